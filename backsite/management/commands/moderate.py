import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tips.cases.models import Case, Conflict, Kind, NotAllowed
from tips.cases.reasons import Reason
from tips.moderation import flows
from tips.moderation.subjects import WITH_SUBJECTS, Subject, subject
from tips.safety.rules import RAISED

DEFAULT_REASON = Reason.OFF_TOPIC
DONE = {"publish": "Published", "decline": "Declined", "hide": "Hidden", "undo": "Undone"}


class Command(BaseCommand):
    help = "The queue from a terminal: what waits, and decisions by the number of the case."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["list", *DONE])
        parser.add_argument("id", type=int, nargs="?", help="of the case, as list prints it")
        parser.add_argument(
            "--reason", choices=Reason.values, default=DEFAULT_REASON.value, metavar="CODE", help=REASONS
        )
        parser.add_argument("--note", default="", help="a few words of your own; the author reads them")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        if action == "list":
            self._list(as_json=options["as_json"])
            return
        if options["id"] is None:
            raise CommandError(f"Which one? moderate {action} ID")
        case = Case.objects.to_be_shown().select_related(*WITH_SUBJECTS).filter(pk=options["id"]).first()
        if case is None:
            raise CommandError(f"There is no case {options['id']}.")
        try:
            decide(action, case, reason=options["reason"], note=options["note"])
        except (Conflict, NotAllowed) as error:
            raise CommandError(f"Not possible: case {case.pk} is {case.state} ({error}).") from error
        self._tell(action, case, options)

    def _list(self, *, as_json: bool) -> None:
        rows = waiting()
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            flags = f"  [{', '.join(row['flags'])}]" if row["flags"] else ""
            self.stdout.write(f"{row['id']:>6}  {row['age_h']:>4} h  {row['kind']:<10}  {row['title']}{flags}")
        self.stdout.write(f"{len(rows)} waiting.")

    def _tell(self, action: str, case: Case, options: dict[str, Any]) -> None:
        about = subject(case)
        if options["as_json"]:
            said = {
                "id": case.pk,
                "kind": kind_of(about),
                "title": about.title,
                "state": case.state,
                "url": about.address,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        why = f" because {Reason(options['reason']).label}" if action in ("decline", "hide") else ""
        self.stdout.write(f"{DONE[action]}{why}: {about.title} ({about.address})")


REASONS = f"why, as the author reads it; {DEFAULT_REASON.value} when not given. One of: {', '.join(Reason.values)}"


def waiting() -> list[dict[str, Any]]:
    """What waits, the most urgent first. Hours, never times."""
    now = timezone.now()
    cases = Case.objects.waiting().to_be_shown().select_related(*WITH_SUBJECTS).most_urgent_first()
    return [
        {
            "id": case.pk,
            "kind": kind_of(subject(case)),
            "title": subject(case).title,
            "state": case.state,
            "flags": [mark.removesuffix(RAISED) for mark in case.flags],
            "age_h": int(case.age(now).total_seconds() // 3600),
        }
        for case in cases
    ]


def kind_of(about: Subject) -> str:
    """As programs read it: question, tip, experience or comment."""
    return Kind.COMMENT.value if about.comment else about.page.kind


def decide(action: str, case: Case, *, reason: str, note: str) -> None:
    """As the site's owner at the terminal. Raises Conflict or NotAllowed."""
    now = timezone.now()
    match action:
        case "publish":
            flows.publish(case=case, by=None, version=case.version, now=now)
        case "decline":
            flows.decline(case=case, reason=reason, note=note, by=None, version=case.version, now=now)
        case "hide":
            flows.hide(case=case, reason=reason, note=note, by=None, version=case.version, now=now)
        case _:
            newest = case.decisions.first()
            if newest is None:
                raise NotAllowed("nothing was decided yet")
            flows.undo(decision=newest, by=None, now=now)
    case.refresh_from_db()
