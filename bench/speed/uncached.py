"""What is done anew for each request: pages that are not in memory, searches, sending a reply; beside an empty view."""

import re
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.speed.servers import COMMENTS, Target, copied, empty_view, made_pages, made_site, most_answered, site
from bench.speed.turns import Goal, Measure, in_turns, report
from bench.speed.words import asked
from bench.speed.wrk import GZIP, Load, load

PAGES, MANY = 2_000, 50
SECONDS = 2
POSTS = 40
TOKEN = re.compile(rb'name="form_token" value="([^"]+)"')
NOT_KEPT = GZIP | {"Authorization": "none"}  # nobody's: the page cache steps aside
FORM = "/articles/psoas/comment/"
numbers = count()


def crowded_site() -> Path:
    """Pages with few replies, and one more that has many."""
    made_site(PAGES)
    return made_site(PAGES + 1, MANY, like=(PAGES, COMMENTS))


def send_replies(target: Target) -> Load:
    """The forms are fetched before; the processor is asked what the sending alone took."""
    connection = HTTPConnection("127.0.0.1", target.port, timeout=60)
    bodies = [_filled(connection) for _ in range(POSTS)]
    connection.close()
    return send(target, FORM, bodies, accepted=303)


def _filled(connection: HTTPConnection) -> str:
    connection.request("GET", FORM)
    token = TOKEN.search(connection.getresponse().read())
    if token is None:
        raise SystemExit(f"{FORM} has no form")
    text = (
        f"The {next(numbers)}th time that I hang my leg off the table, it lets go after some {next(numbers)} minutes."
    )
    return urlencode({"form_token": token[1].decode(), "text": text, "consent": "on", "action": "send"})


def send(target: Target, path: str, bodies: Sequence[str], *, accepted: int) -> Load:
    """One after the other over one connection; each has to be answered by `accepted`."""
    connection = HTTPConnection("127.0.0.1", target.port, timeout=60)
    before, begun = target.cpu(), time.monotonic()
    times = [_sent(connection, path, body, accepted) for body in bodies]
    used, lasted = target.cpu() - before, time.monotonic() - begun
    connection.close()
    return Load(used * 1000 / len(bodies), len(bodies) / lasted, median(times), max(times))


def _sent(connection: HTTPConnection, path: str, body: str, accepted: int) -> float:
    begun = time.monotonic()
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != accepted:
        raise SystemExit(f"{path} answered {answer.status}")
    return (time.monotonic() - begun) * 1000


def main() -> dict[str, object]:
    with ExitStack() as stack:
        home = stack.enter_context(copied(crowded_site()))
        own, empty = stack.enter_context(site(home)), stack.enter_context(empty_view())
        pages = made_pages(home)
        ask = partial(load, connections=2, seconds=SECONDS)
        measures: dict[str, Measure] = {
            "empty view": partial(ask, empty, ["/"]),
            "article, 5 replies": partial(ask, own, [pages["article"][1]], headers=NOT_KEPT),
            f"article, {MANY} replies": partial(ask, own, [most_answered(home)], headers=NOT_KEPT),
            "home": partial(ask, own, ["/"], headers=NOT_KEPT),
            "visitor's page, missed and packed": partial(ask, own, pages["visitors"]),
            **{f"search, {kind}": partial(ask, own, paths) for kind, paths in asked().items()},
            "send a reply": partial(send_replies, own),
        }
        found = in_turns(measures)
    return report(found, [Goal("empty view", name, 0) for name in measures if name != "empty view"])
