"""A program of its own: publishes replies that wait, so many a second, as a moderator's decisions do.

`python -m bench.speed.writer HOW_MANY A_SECOND SLUG`, with the site's environment. SLUG: where to write; "-" for
other pages, a new one each time. Prints "ready"; then, for every number of seconds on its input, writes for so long,
and prints how many were published.
"""

import sys
import time

import django

import backsite  # noqa: F401 - the safe SQLite comes before the database

django.setup()

from django.utils import timezone  # noqa: E402

from tips.cases.models import Case, Kind  # noqa: E402
from tips.comments.flows import propose_comment  # noqa: E402
from tips.moderation.flows import publish  # noqa: E402
from tips.pages.models import Page  # noqa: E402


def waiting(count: int, slug: str) -> list[Case]:
    """As many replies that nobody has read yet."""
    pages = list(Page.objects.published().by_visitors()[:count] if slug == "-" else Page.objects.filter(slug=slug))
    return [_waiting(pages[number % len(pages)], f"The hip hinge, number {number}, helped.") for number in range(count)]


def _waiting(page: Page, text: str) -> Case:
    case = Case.objects.create(kind=Kind.COMMENT, opened_at=timezone.now())
    propose_comment(page=page, parent=None, text=text, byline="", flags=(), case=case)
    return case


def write(cases: list[Case], seconds: float, a_second: float) -> int:
    begun, done = time.monotonic(), 0
    while (now := time.monotonic() - begun) < seconds:
        time.sleep(max(0.0, min(done / a_second, seconds) - now))
        case = cases.pop()
        publish(case=case, by=None, version=case.version, now=timezone.now())
        done += 1
    return done


def main(count: int, a_second: float, slug: str) -> None:
    cases = waiting(count, slug)
    print("ready", flush=True)
    for line in sys.stdin:
        print(write(cases, float(line), a_second), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
