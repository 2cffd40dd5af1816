"""What writing costs the server: CPU of the form, of the check page and of sending, beside a view that does nothing.

`python -m bench share`. A page is sent with the check page's own form, as everybody sends it, and once more without, as
a program may (`unseen`). All take turns in one process, through the whole of the middleware; the database is the
site's own SQLite, on a disk, with everything that a promise of durability asks for. The budget is a ratio, so that it
means the same on any machine.
"""

import itertools
import random
import re
import time
from collections.abc import Callable
from io import BytesIO
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.site import throw_away_site

ROUNDS = 150
WARM = 10
BUDGET = {"form": 3.0, "send": 8.0}  # times an empty view
TOKEN = re.compile(rb'name="form_token" value="([^"]+)"')
SLIP = re.compile(rb'name="slip" value="([^"]+)"')
STORY = "After pushing a wheelbarrow my lower back seized. Bending forward over the table let it go. " * 6
WORDS = STORY.split()
ASKED = itertools.count()
Ask = Callable[[str, bytes], bytes]


def environ(path: str, body: bytes) -> dict[str, Any]:
    asked = next(ASKED)
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))} if body else {}
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        # Everybody has a connection of their own: the fourth page of one in a day is told to who reads it.
        "REMOTE_ADDR": f"10.{asked >> 8}.{asked & 255}.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        **form,
    }


def measured(ask: Ask) -> dict[str, list[float]]:
    """Milliseconds of CPU of every round, by what was asked."""
    spent: dict[str, list[float]] = {"empty": [], "form": [], "check": [], "send": [], "unseen": []}
    for number in range(WARM + ROUNDS):
        form = _timed(spent["empty"], ask, "/empty/") or _timed(spent["form"], ask, "/share/")
        checked = _timed(spent["check"], ask, "/share/", filled_in(form, number, action="check"))
        slip = SLIP.findall(checked)[0].decode()
        _timed(spent["send"], ask, "/share/", filled_in(form, number, action="send", slip=slip))
        _timed(spent["unseen"], ask, "/share/", filled_in(ask("/share/", b""), WARM + ROUNDS + number, action="send"))
    return {name: times[WARM:] for name, times in spent.items()}


def filled_in(form: bytes, number: int, **more: str) -> bytes:
    """Everybody's words are their own: the same again would be taken for a flood."""
    story = " ".join(random.Random(number).sample(WORDS, len(WORDS)))
    said = {"kind": "tip", "title": f"Bend over a table, {number}", "story": story, "consent": "on"}
    return urlencode({**said, "form_token": TOKEN.findall(form)[0].decode(), **more}).encode()


def _timed(times: list[float], ask: Ask, path: str, body: bytes = b"") -> bytes:
    started = time.process_time()
    answer = ask(path, body)
    times.append((time.process_time() - started) * 1000)
    return answer


def main() -> dict[str, object]:
    with throw_away_site():
        from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - only once a site is set up
        from django.test import override_settings  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from tips.desk.flows import save_practice  # noqa: PLC0415
        from tips.practice.models import Practice  # noqa: PLC0415

        owner = Practice(notify="owner@example.org")  # who is told of what waits, once an hour
        save_practice(practice=owner, photo=None, remove_photo=False, by=None, now=timezone.now())

        with override_settings(ROOT_URLCONF="bench.share_urls", FORM_LIMITS="share=1000000/1,draft=1000000/1"):
            handler: Callable[..., Any] = WSGIHandler()

            def ask(path: str, body: bytes) -> bytes:
                said: list[str] = []
                answer = handler(environ(path, body), lambda status, _headers: said.append(status))
                content = b"".join(answer)
                answer.close()
                if said[0][:3] not in ("200", "303"):
                    raise SystemExit(f"{path} answered {said[0]}")
                return content

            times = measured(ask)
    return report(times)


def report(times: dict[str, list[float]]) -> dict[str, object]:
    nothing = median(times["empty"])
    rows = {
        name: {"cpu_ms": round(median(each), 2), "times_empty": round(median(each) / nothing, 1)}
        for name, each in times.items()
    }
    print("| asked | CPU, ms, median | times an empty view | budget |")
    print("|--|--|--|--|")
    for name, row in rows.items():
        print(f"| {name} | {row['cpu_ms']} | {row['times_empty']} | {BUDGET.get(name, '')} |")
    return {"rows": rows, "rounds": ROUNDS, "budget": BUDGET}
