"""What the queue costs a moderator with 5,000 things waiting, beside the same page with nothing waiting.

`python -m bench queue`: queries, CPU milliseconds of this process, and bytes after gzip.
"""

import gzip
import time
from datetime import timedelta
from statistics import median

from bench.site import throw_away_site

MANY, ROUNDS, WARM = 5_000, 40, 5
STORY = "It began last week. Since this morning I am numb between the legs and cannot pass water, and I wonder. " * 6
SAME = {"a": 1, "b": 2, "c": 3, "d": 4}
MOST_QUERIES, MOST_TIMES = 8, 3


def fill(many: int) -> None:
    """A fifth each of flagged pages, plain pages, replies, messages and reports; rows alone, without the index.

    Every seventh looks like an advert; every ninth page or reply has nearly the words of an earlier one.
    """
    from django.utils import timezone  # noqa: PLC0415 - once a site is set up

    from tests import make  # noqa: PLC0415
    from tips.cases.models import Case, Kind  # noqa: PLC0415
    from tips.comments.models import Comment  # noqa: PLC0415
    from tips.contact.models import Message  # noqa: PLC0415
    from tips.guard.models import Fingerprint  # noqa: PLC0415
    from tips.pages.models import Page, Revision  # noqa: PLC0415

    now, each = timezone.now(), many // 5
    public = make.page("A page with replies")
    shared = {"kind": "experience", "title": "How I got up again", "source": STORY, "html": f"<p>{STORY}</p>"}
    pages = Page.objects.bulk_create([Page(**shared) for _ in range(2 * each)])
    kinds = [Kind.PAGE] * 2 * each + [Kind.COMMENT] * each + [Kind.MESSAGE] * 2 * each
    cases = Case.objects.bulk_create(
        Case(
            kind=kind,
            opened_at=now - timedelta(minutes=number),
            priority=3 if number % 10 == 0 else 0,
            flags=["cauda-equina"] if number % 10 == 0 else [],
            matches=[["Cauda equina", "numb between the legs"]] if number % 10 == 0 else [],
            signals=["sent within 3 seconds"] if number % 7 == 0 else [],
            weights=[55] if number % 7 == 0 else [],
            late=number % 7 == 0,
        )
        for number, kind in enumerate(kinds)
    )
    words = {"origin": "visitor", "title": "How I got up again", "source": STORY, "made_on": make.TODAY, "number": 1}
    Revision.objects.bulk_create(
        Revision(page=page, case=case, **words) for page, case in zip(pages, cases, strict=False)
    )
    replies = cases[2 * each : 3 * each]
    Comment.objects.bulk_create(Comment(page=public, source=STORY, html=STORY, case=case) for case in replies)
    Fingerprint.objects.bulk_create(
        Fingerprint(about=case.pk, twin=cases[3].pk if number % 9 == 4 else None, **SAME, made_on=make.TODAY)
        for number, case in enumerate(cases[: 3 * each])
    )
    letters = enumerate(cases[3 * each :])
    Message.objects.bulk_create(
        Message(text=STORY, about=f"/pages/{number}/" if number % 2 else "", consent_on=make.TODAY, case=case)
        for number, case in letters
    )


def cost() -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from tests import make  # noqa: PLC0415

    mina, spent = make.signed_in(make.mina()), []
    for _ in range(WARM + ROUNDS):
        started = time.process_time()
        answer = mina.get("/moderation/")
        spent.append((time.process_time() - started) * 1000)
    with CaptureQueriesContext(connection) as asked:
        mina.get("/moderation/")
    return {
        "queries": len(asked),
        "cpu_ms": round(median(spent[WARM:]), 2),
        "html": len(gzip.compress(answer.content, 9)),
    }


def main() -> dict[str, object]:
    with throw_away_site():
        empty = cost()
        fill(MANY)
        full = cost()
    times = round(full["cpu_ms"] / empty["cpu_ms"], 2)
    print("| waiting | queries | CPU, ms | HTML, gzip |\n|--|--|--|--|")
    for name, row in (("nothing", empty), (f"{MANY:,}", full)):
        print(f"| {name} | {row['queries']} | {row['cpu_ms']} | {row['html']:,} |")
    print(f"\n{times} times the CPU of the empty page (at most {MOST_TIMES}); at most {MOST_QUERIES} queries.")
    return {"empty": empty, "full": full, "times": times}
