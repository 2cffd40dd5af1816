"""Hostile words, and every form and address of a visitor that they are sent through.

The collections lie beside the checkout (`../shared/data/corpora`) or where BACKSITE_CORPORA says; ODD stands here, for
what they lack: line ends for the headers of a letter, NUL, signs that turn the line round, one endless word.
"""

import functools
import io
import json
import logging
import os
import re
import sqlite3
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core import signing
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from backsite.logs import LineFormatter
from tests import make
from tests.browser.running import Site
from tips.cases.models import Case, Kind
from tips.guard import tokens
from tips.pages.models import Page
from tips.text.clean import one_line

CORPORA = Path(os.environ.get("BACKSITE_CORPORA", Path(__file__).resolve().parents[3] / "shared" / "data" / "corpora"))
FILES = (CORPORA / "xss_lines.txt", CORPORA / "naughty_strings.json")
CLASSICS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) https://nhs.uk@evil.example/ //evil.example",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<meta http-equiv=refresh content="0;url=//evil.example/">',
    "{{ settings.SECRET_KEY }} {% include '/etc/passwd' %}",
)
ODD = (
    "Vik\r\nBcc: all@example.org",
    "Vik\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "vik@example.org%0d%0aBcc: all@example.org",
    "=?utf-8?q?Vik=0d=0aBcc=3a_all=40example.org?=",
    "Vik\u2028Bcc: all@example.org",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\x1b[31m2026-01-01 00:00:00 ERROR backsite forged\x1b[0m",
    "2026-01-01 ordinary\r\n2026-01-01 00:00:00 ERROR backsite forged",
    "abc \u202egnp.tpircs\u202c \u2066xyz",
    '=cmd|"/C calc"!A1',
    "</textarea></title></style></script><img src=x onerror=alert(1)>",
    "]]><script>alert(1)</script>",
    "&#0;&#x1F;&#xD800; \x0b\x0c\x1f\x7f\x85 \ufffe\uffff",
    "<form id=document name=cookie><input name=body><a id=p-1 name=main>",
    "x" * 3_000,
)
CHOICES = (
    "kind areas side triggers helped_by about duration tried frequency pain_now main pain_before pain_after "
    "after_how_long weeks_done change activity_before activity_after side_effects other_things again"
).split()
HIDDEN = ("form_token", "proof", "website", "action", "photo", "remove_photo", "keep_no_draft", "email")
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+ .*")
LONG, LETTERS = 60, 3_800  # lines of a collection in one long text, and what a reply has room for


@dataclass
class Tally:
    """What was sent where and how it was answered."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, status: int, payload: str) -> None:
        self.answers[f"{what} {status}"] += 1
        if status >= 500:
            self.faults.append(f"{what} answered {status} to {payload[:200]!r}")


def within(**over: Any) -> Client:
    """Somebody without an account, inside this process; what breaks answers 500 as it would on the site."""
    return Client(raise_request_exception=False, **over)


def lines() -> list[str]:
    """Every line of the collections, and what they lack; each tenth for a quick look with HOSTILE_EVERY=10."""
    strings = [str(each) for each in json.loads(FILES[1].read_text(encoding="utf-8"))]
    found = list(dict.fromkeys([*FILES[0].read_text(encoding="utf-8").splitlines(), *strings, *ODD]))
    return found[:: int(os.environ.get("HOSTILE_EVERY", "1"))]


def long_texts(payloads: list[str]) -> list[list[str]]:
    """Every line whole, in texts that a reply can hold too."""
    texts: list[list[str]] = [[]]
    for line in payloads:
        if texts[-1] and (len(texts[-1]) == LONG or len("\n\n".join([*texts[-1], line])) > LETTERS):
            texts.append([])
        texts[-1].append(line)
    return texts


def steps(payloads: list[str]) -> str:
    """As many as one page may have."""
    return "\n".join(payloads[:10])[:3_900]


def at_least(payload: str, least: int, most: int) -> str:
    """As much of it as the field takes; what is too short to be taken gets a word more."""
    text = one_line(payload)[:most].strip()
    return text if len(text) >= least else f"{text} and more"


def story(payload: str, number: int) -> dict[str, Any]:
    """Every field of the form in which somebody may write, filled with it."""
    words = at_least(payload, 5, 120)
    return {
        "kind": ("question", "tip", "experience")[number % 3],
        "title": words,
        "story": f"{payload}\n\n- {payload}\n\nBefore *{payload}* and after: that is how it was this morning.",
        "name": payload[:60],
        "place": one_line(payload)[:60],
        "tried_other": words[:80],
        "activity": words[:60],
        **dict.fromkeys(("better", "worse", "caution", "new_symptom", "why_not"), words),
        "steps": f"{payload[:900]}\n{words}",
        "side_effects": "new-symptom",
        "change": "much-worse",
        "again": "no",
        "consent": "on",
        "action": "send",
    }


@functools.cache
def form_at(path: str, host: str) -> str:
    """What the form there is called: the form is fetched once, and each time it is sent with a token of its own."""
    name, _, _ = signing.loads(make.filled(within(SERVER_NAME=host), path)["form_token"], salt=tokens._SALT)
    return str(name)


def send(who: Client, tally: Tally, path: str, payload: str, *, what: str = "", **said: Any) -> Any:
    """One form, filled in and sent."""
    token = tokens.issue(form_at(path, str(who.defaults.get("SERVER_NAME", "testserver"))), now=timezone.now())
    answer = who.post(path, {"form_token": token, "website": "", **said})
    tally.note(what or path, answer.status_code, payload)
    return answer


def write_to_everybody(who: Client, tally: Tally, payload: str, number: int, page: str) -> None:
    """A page, a reply to `page`, a message, a report, a wish for the course, a code; and no word where none is free."""
    send(who, tally, "/share/", payload, **story(payload, number))
    reply = {"text": f"{payload}\nIt was so.", "name": payload[:60], "consent": "on", "action": "send"}
    send(who, tally, f"{page}comment/", payload, what="reply", **reply)
    send(who, tally, "/contact/", payload, name=payload[:80], message=payload or "-", consent="on")
    report = {"of": payload[:200], "reason": "other", "words": payload[:2_000]}
    send(who, tally, "/report/", payload, **report)
    send(who, tally, "/course/", payload, email=payload, consent="on")
    send(who, tally, "/mine/", payload, code=payload, action=payload)
    name = (*CHOICES, *HIDDEN)[number % (len(CHOICES) + len(HIDDEN))]
    send(who, tally, "/share/", payload, what=f"share with {name}", **{**story("Plain words", number), name: payload})


def ask_everywhere(who: Client, tally: Tally, payload: str, number: int) -> None:
    """What may stand in an address: the search each time, the others in turn."""
    words = urllib.parse.quote(payload, safe="")
    always = (f"/search/?q={words}", f"/search.json?q={words}", f"/search/suggest/?q={words}")
    in_turn = (
        f"/share/similar/?title={words}",
        f"/share/?kind={words}&about={words}&title={words}",
        f"/report/?of={words}",
        f"/pages/?kind={words}&area={words}&about={words}&before={words}",
        f"/search/?q=back&kind={words}&sort={words}&page={words}",
        f"/mine/replies/{words}/",
        f"/u/{words}",
        f"/r/{words}",
        f"/course/confirm/{words}/",
        f"/pages/{words}/",
        f"/{words}",
    )
    for path in (*always, in_turn[number % len(in_turn)]):
        answer = who.get(path)
        tally.note(path.partition("?")[0] if "?" in path else "an address", answer.status_code, payload)
        if path.startswith(("/search.json", "/search/suggest/")) and answer.status_code == 200:
            json.loads(answer.content)


def send_through_everything(payloads: Sequence[str], tally: Tally, page: str) -> None:
    for number, payload in enumerate(payloads):
        who = within()
        write_to_everybody(who, tally, payload, number, page)
        ask_everywhere(who, tally, payload, number)


@contextmanager
def log() -> Iterator[io.StringIO]:
    """What the site would have written to its log."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "tips", "backsite")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield out
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def odd_lines(log: io.StringIO) -> list[str]:
    """What somebody else wrote into a log of ours: a line of no form of ours, or the forged one of ODD."""
    found = log.getvalue().splitlines()
    return [line for line in found if not LOG_LINE.fullmatch(line) or "forged" in line]


def pour(first: int, last: int) -> None:
    """Inside the site's own surroundings: a page for each of these lines, and a message for each fifth. Prints the ids
    of their cases, in order."""
    before = Case.objects.aggregate(last=Max("pk"))["last"] or 0
    who, tally = within(SERVER_NAME="localhost"), Tally()
    for number, payload in enumerate(lines()[first:last], first):
        send(who, tally, "/share/", payload, **story(payload, number))
        if number % 5 == 0:
            send(who, tally, "/contact/", payload, name=payload[:80], message=payload or "-", consent="on")
    cases = list(Case.objects.filter(pk__gt=before, kind=Kind.PAGE).order_by("pk").values_list("pk", flat=True))
    print(json.dumps({"cases": cases, "answers": tally.answers, "faults": tally.faults}))  # noqa: T201


def publish(pks: list[int]) -> None:
    """Inside the site's own surroundings: printed are the addresses. The decisions are eleven minutes old."""
    for case in Case.objects.filter(pk__in=pks):
        make.decide(case)
    make.settle(timezone.now())
    pages = Page.objects.filter(revisions__case__in=pks).order_by("revisions__case")
    print(json.dumps([page.get_absolute_url() for page in pages]))  # noqa: T201


def newest_case(site: Site) -> int:
    """The number of the case that was opened last."""
    with closing(sqlite3.connect(f"file:{site.home / 'backsite.sqlite3'}?mode=ro", uri=True)) as reading:
        (number,) = reading.execute("SELECT max(id) FROM cases_case").fetchone()
    return int(number)
