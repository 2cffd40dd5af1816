from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from tips.course.loading import load_lessons
from tips.glossary.loading import load_synonyms, load_terms
from tips.index.passages import settle
from tips.pages.files import Unreadable
from tips.pages.loading import load_pages, render_again
from tips.pages.warnings import store_warnings


class Command(BaseCommand):
    help = (
        "Load the site's own texts from tips/content/. What did not change is skipped, what the owner rewrote is kept."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say only what the owner should look at")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded, kept = load_everything()
        except (Unreadable, ValueError, KeyError) as error:
            raise CommandError(str(error)) from error
        for name in kept:
            self.stdout.write(f"Kept: {name}. Its file changed, but you have written your own version.")
        if loaded and not options["quiet"]:
            self.stdout.write(f"Loaded: {', '.join(f'{count} {what}' for what, count in loaded.items())}.")
        elif not options["quiet"]:
            self.stdout.write("Nothing has changed.")


@transaction.atomic
def load_everything() -> tuple[dict[str, int], list[str]]:
    """All or nothing. What was loaded, counted by kind, and the names of what was kept."""
    terms, synonyms = load_terms(), load_synonyms()
    pages = load_pages(today=timezone.localdate())
    if terms.changed:
        render_again()
    store_warnings()
    if pages.changed or terms.changed:
        settle()
    lessons = load_lessons(Path(settings.CONTENT_DIR) / "lessons", now=timezone.now())
    counts = {
        "pages": len(pages.changed),
        "terms": terms.changed,
        "groups of everyday words": synonyms.changed,
        "lessons": lessons,
    }
    return {what: count for what, count in counts.items() if count}, [*pages.kept, *terms.kept, *synonyms.kept]
