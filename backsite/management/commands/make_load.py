from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backsite.synthetic.drafts import Draft, Places, draft
from backsite.synthetic.real import real_content
from backsite.synthetic.storing import MARK, store_drafts
from backsite.synthetic.words import language_of
from tips.freshness.slots import bump_everything
from tips.index.passages import settle
from tips.pages.areas import areas
from tips.pages.models import Kind, Page

BATCH = 500  # pages in one transaction


class Command(BaseCommand):
    help = (
        "Fill a site with made-up pages and replies, to measure with: published, found by the search, the same for "
        "the same seed. Goes on where an earlier one ended."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pages", type=int, required=True, help="how many made-up pages there shall be")
        parser.add_argument("--comments", type=int, required=True, help="replies under each page that is made now")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--yes", action="store_true", help="even on a site with real content")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = real_content()
        if found and not options["yes"]:
            told = ", ".join(f"{count} {what}" for what, count in found.items())
            raise CommandError(f"This site has real content ({told}). Made-up pages would stand beside it: --yes.")
        started, before = monotonic(), made_up()
        for batch in batches(before + 1, options["pages"], seed=options["seed"], replies=options["comments"]):
            store_drafts(batch, seed=options["seed"])
            bump_everything()
            self._tell(batch[-1].number, before, monotonic() - started)
        settle()

    def _tell(self, done: int, before: int, seconds: float) -> None:
        self.stdout.write(f"{done} pages ({(done - before) / seconds:.0f} a second)")


def made_up() -> int:
    return Page.objects.filter(loaded_digest__startswith=MARK).count()


def batches(first: int, last: int, *, seed: int, replies: int) -> Iterator[list[Draft]]:
    language = language_of(Path(settings.CONTENT_DIR))
    exercises = Page.objects.of_kind(Kind.EXERCISE).order_by("slug").values_list("slug", flat=True)
    places = Places([area.slug for area in areas()], list(exercises))
    for begin in range(first, last + 1, BATCH):
        numbers = range(begin, min(begin + BATCH, last + 1))
        yield [draft(language, places, seed=seed, number=number, replies=replies) for number in numbers]
