"""A letter of the owner to everybody who agreed to such letters: once, through the outbox like every other mail."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction

from tips.course import addresses
from tips.course.models import IN, Announcement, Enrolment
from tips.keys.sealing import Unreadable
from tips.mail import outbox

LETTER = "course/mail/letter"
Stage = Announcement.State


def write(
    *, subject: str, source: str, today: date, due: datetime | None = None, announcement: Announcement | None = None
) -> Announcement:
    """A draft, new or changed. `due`: when the owner thinks of sending it."""
    draft = announcement or Announcement(made_on=today)
    draft.subject, draft.source, draft.due_at = subject, source, due
    draft.save()
    return draft


@transaction.atomic
def schedule(announcement: Announcement, *, due: datetime) -> bool:
    """It goes to those who want letters at that moment."""
    return bool(Announcement.objects.filter(pk=announcement.pk).move(Stage.DRAFT, to=Stage.SCHEDULED, due_at=due))


@transaction.atomic
def stop(announcement: Announcement) -> bool:
    """Back to a draft before it went out; afterwards, none that has not been begun is begun."""
    row = Announcement.objects.filter(pk=announcement.pk)
    return bool(row.move(Stage.SCHEDULED, to=Stage.DRAFT) or row.move(Stage.SENT, to=Stage.STOPPED))


def send_due(now: datetime) -> int:
    """How many letters went into the outbox."""
    return sum(_send(announcement, now) for announcement in Announcement.objects.due(now))


@transaction.atomic
def _send(announcement: Announcement, now: datetime) -> int:
    """All of its recipients in one transaction. A doubtful mail is held for the owner: a second copy would look odd."""
    if not Announcement.objects.due(now).filter(pk=announcement.pk).move(Stage.SCHEDULED, to=Stage.SENT):
        return 0
    readers = list(_readable(Enrolment.objects.filter(wants_letters=True, state__in=IN).exclude(address_digest="")))
    for enrolment, address in readers:
        outbox.compose(
            LETTER,
            to=address,
            context={"enrolment": enrolment.pk, "announcement": announcement.pk, "due": now.isoformat()},
            key=f"letter:{announcement.pk}:{enrolment.pk}",
            now=now,
            priority=8,
            policy="hold",
            group=enrolment.letters,
        )
    Announcement.objects.filter(pk=announcement.pk).update(recipients=len(readers))
    return len(readers)


def _readable(enrolments: Iterable[Enrolment]) -> Iterator[tuple[Enrolment, str]]:
    """With their addresses; one whose key is out of reach keeps nobody else waiting."""
    for enrolment in enrolments:
        with contextlib.suppress(Unreadable):
            yield enrolment, addresses.unseal(enrolment.sealed_address)
