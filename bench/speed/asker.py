"""A program of its own: asks the site within its own process, past the page cache, and tells the processor time.

`python -m bench.speed.asker`, with the site's environment. Prints "ready"; a line "TIMES PATH" is answered by the
median of so many times, in ms, after one that is not counted.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import django

import backsite  # noqa: F401 - the safe SQLite comes before the database

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from bench.share import environ  # noqa: E402


def ask(handler: Callable[..., Any], path: str) -> float:
    place, _, query = path.partition("?")
    said: list[str] = []
    started = process_time()
    answer = handler(environ(place, b"") | {"QUERY_STRING": query}, lambda status, _headers: said.append(status))
    b"".join(answer)
    answer.close()
    spent = (process_time() - started) * 1000
    if not said[0].startswith("200"):
        raise SystemExit(f"{path} answered {said[0]}")
    return spent


def main() -> None:
    handler = WSGIHandler()
    print("ready", flush=True)
    for line in sys.stdin:
        times, _, path = line.strip().partition(" ")
        ask(handler, path)
        print(median(ask(handler, path) for _ in range(int(times))), flush=True)


if __name__ == "__main__":
    main()
