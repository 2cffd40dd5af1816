"""What writing costs the server: CPU of the form, of the check page and of sending, beside a view that does nothing.

`python -m bench share`. All four take turns in one process, through the whole of the middleware; the database is the
site's own SQLite, on a disk, with everything that a promise of durability asks for. The budget is a ratio, so that it
means the same on any machine.
"""

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
STORY = "After pushing a wheelbarrow my lower back seized. Bending forward over the table let it go. " * 6
WORDS = STORY.split()
Ask = Callable[[str, bytes], bytes]


def environ(path: str, body: bytes) -> dict[str, Any]:
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))} if body else {}
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        **form,
    }


def measured(ask: Ask) -> dict[str, list[float]]:
    """Milliseconds of CPU of every round, by what was asked."""
    spent: dict[str, list[float]] = {"empty": [], "form": [], "check": [], "send": []}
    for number in range(WARM + ROUNDS):
        form = _timed(spent["empty"], ask, "/empty/") or _timed(spent["form"], ask, "/share/")
        # Everybody's words are their own: the same again would be taken for a flood.
        story = " ".join(random.Random(number).sample(WORDS, len(WORDS)))
        said = {"kind": "tip", "title": f"Bend over a table, {number}", "story": story, "consent": "on"}
        for action in ("check", "send"):
            body = urlencode({**said, "form_token": TOKEN.findall(form)[0].decode(), "action": action}).encode()
            _timed(spent[action], ask, "/share/", body)
    return {name: times[WARM:] for name, times in spent.items()}


def _timed(times: list[float], ask: Ask, path: str, body: bytes = b"") -> bytes:
    started = time.process_time()
    answer = ask(path, body)
    times.append((time.process_time() - started) * 1000)
    return answer


def main() -> dict[str, object]:
    with throw_away_site():
        from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - only once a site is set up
        from django.test import override_settings  # noqa: PLC0415

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
