"""What handing over a kept page costs: CPU of `PageCache.__call__`, beside a bare WSGI callable with the same bytes.

`python -m bench pagehit`. No server: the page is an article of the site's own, asked for as a browser asks; every
request comes in strings of its own, as a server makes them, and both take turns in one process.
"""

import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from statistics import median
from typing import Any

from granian.wsgi import Response  # what a page meets on the site: it keeps status and headers

from bench.site import throw_away_site

PATH = "/articles/back-exercises/"
TURNS = 200
REQUESTS = 500  # in one turn
BROWSER = {
    "HTTP_ACCEPT": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
    "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.5",
    "HTTP_CONNECTION": "keep-alive",
    "HTTP_HOST": "127.0.0.1:8000",
    "HTTP_UPGRADE_INSECURE_REQUESTS": "1",
    "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
}
Application = Callable[[dict[str, Any], Response], Iterable[bytes]]


def environ(**more: str) -> dict[str, Any]:
    """Made of bytes, so that no string is known from the request before."""
    said = {"REQUEST_METHOD": "GET", "PATH_INFO": PATH, "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1"}
    said |= {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": ""}
    said |= {**BROWSER, **more}
    fresh = {name: value.encode().decode() for name, value in said.items()}
    return {**fresh, "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr}


def bare(response: Response, body: bytes) -> Application:
    status, headers = f"{response.status} OK", response.headers

    def application(_environ: dict[str, Any], start_response: Response) -> list[bytes]:
        start_response(status, headers)
        return [body]

    return application


def turn(application: Application, **more: str) -> float:
    """Microseconds of CPU a request."""
    asked = [(environ(**more), Response()) for _ in range(REQUESTS)]
    started = time.process_time()
    for environment, response in asked:
        application(environment, response)
    return (time.process_time() - started) / REQUESTS * 1e6


def measured(cache: Application) -> dict[str, float]:
    """Medians of turns, after one request that renders."""
    response = Response()
    (body,) = cache(environ(), response)
    tag = dict(response.headers)["ETag"]
    ways = {
        "bare": (bare(response, body), {}),
        "hit": (cache, {}),
        "hit, unchanged (304)": (cache, {"HTTP_IF_NONE_MATCH": tag}),
        "hit, with another cookie": (cache, {"HTTP_COOKIE": "draft=x"}),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, (application, more) in ways.items():
            times[name].append(turn(application, **more))
    return {name: median(spent) for name, spent in times.items()}


def main() -> dict[str, object]:
    with throw_away_site():
        from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - once a site is set up

        from backsite.pagecache import PageCache  # noqa: PLC0415

        times = measured(PageCache(WSGIHandler()))
    print("| asked | CPU, µs, median | times the bare callable |\n|--|--|--|")
    for name, spent in times.items():
        print(f"| {name} | {spent:.2f} | {spent / times['bare']:.1f} |")
    return {"microseconds": times, "ratio": times["hit"] / times["bare"]}
