"""Whole pages from memory, before Django (docs/adr/0036): for strangers, for the addresses named here, for ten seconds.

A view says what a page was rendered from (`freshness.slots.rendered_from`); a page is served again only while none of
those names was bumped, in whichever process. What is stored is what a stranger gets: no cookie, no token.
"""

import functools
import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import brotli
from django.conf import settings

from tips.freshness import slots
from tips.freshness.noting import NOTES
from tips.practice.current import GENERATION as EVERYWHERE  # the owner's name and numbers stand on every page

Environment = dict[str, Any]
Headers = list[tuple[str, str]]
Key = tuple[str, str, str]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]

SECONDS = 10.0  # what time alone changes, and what a process that died could not say, is seen after that long
MOST_BYTES = 32 * 1024 * 1024  # of bodies, in each process
PATIENCE = 5.0  # seconds that others wait for the one who renders
PACKERS: dict[str, Callable[[bytes], bytes]] = {  # the better one first
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
LEAST = 200  # bytes worth packing
NOT_MODIFIED = {"ETag", "Vary", "Cache-Control", "Content-Security-Policy"}

# The addresses that may be kept, and the parameters that they know. Others never reach the view of such an address.
KNOWN: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(names.split()))
    for pattern, names in (
        (r"/(articles/|glossary/|warning-signs/|(about|privacy|accessibility|house-rules)/)?", ""),
        (r"/articles/[\w-]+/", "from"),
        (r"/exercises/", "area"),
        (r"/exercises/(?!print/)[\w-]+/", "from"),
        (r"/pages/", "kind area about before"),
        (r"/pages/[\w-]+/", "from"),
        (r"/feeds/[\w]+\.atom", "kind area about"),
        (r"/(articles|exercises|pages)/[\w-]+/comments\.atom", ""),
        (r"/(sitemap\.xml|robots\.txt|manifest\.webmanifest)", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `names`: what it was rendered from; empty for what must not be kept."""

    status: str
    headers: Headers
    body: bytes
    names: tuple[str, ...] = ()
    stamp: tuple[int, ...] = ()
    tag: str = ""
    until: float = 0.0


class PageCache:
    """WSGI in, WSGI out. `clock` in seconds, for tests."""

    def __init__(self, application: Application, clock: Callable[[], float] = monotonic) -> None:
        self.application = application
        self.clock = clock
        self.kept: dict[Key, Page] = {}
        self.bytes = 0
        self._lock = threading.Lock()
        self._turns: dict[Key, threading.Lock] = {}
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._hosts = hosts()

    def __call__(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self._fresh(key) or self._render_once(key, environ)
        return answer(page, environ, start_response)

    def _key(self, environ: Environment) -> Key | None:
        """Path, canonical query, packing; None for what is never kept. Drops unknown parameters from the request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_HOST") not in self._hosts:
            return None
        if self._session in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
            return None
        path = environ["PATH_INFO"]
        known = parameters(path)
        if known is None:
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            query = environ["QUERY_STRING"] = canonical(query, known)
        return path, query, packing(environ.get("HTTP_ACCEPT_ENCODING", ""))

    def _fresh(self, key: Key) -> Page | None:
        page = self.kept.get(key)
        if page is None or page.until < self.clock() or page.stamp != slots.generations(page.names):
            return None
        return page

    def _render_once(self, key: Key, environ: Environment) -> Page:
        """One renders; whoever else wants the same page meanwhile waits for it, but not for ever."""
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        mine = turn.acquire(timeout=PATIENCE)
        try:
            return self._fresh(key) or self._render(key, environ)
        finally:
            if mine:
                turn.release()
            with self._lock:
                self._turns.pop(key, None)

    def _render(self, key: Key, environ: Environment) -> Page:
        before = slots.snapshot()  # what is bumped from here on makes the page stale again
        page = run(self.application, environ)
        if not page.names:
            return page
        stamp = slots.generations(page.names, before)
        page = pack(replace(page, stamp=stamp, until=self.clock() + SECONDS), key[2])
        self._keep(key, page)
        return page

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self.kept[key] = page
            self.bytes += len(page.body)
            while self.bytes > MOST_BYTES:
                self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        old = self.kept.pop(key, None)
        self.bytes -= len(old.body) if old else 0


def hosts() -> frozenset[str]:
    """The names under which this site is asked for, as browsers send them."""
    own = urlsplit(settings.SITE_URL).netloc
    port = own.rpartition(":")[2]
    local = [f"{name}:{port}" for name in settings.ALLOWED_HOSTS] if settings.SITE_IS_LOCAL else []
    return frozenset([own, *local])


@functools.lru_cache(maxsize=4096)
def parameters(path: str) -> frozenset[str] | None:
    """What this address knows; None where nothing may be kept."""
    return next((known for pattern, known in KNOWN if pattern.fullmatch(path)), None)


def canonical(query: str, known: frozenset[str]) -> str:
    """The first of each known parameter, in one order; values as they are."""
    said: dict[str, str] = {}
    for name, value in parse_qsl(query, max_num_fields=None):
        if name in known:
            said.setdefault(name, value)
    return urlencode(sorted(said.items()))


@functools.lru_cache(maxsize=1024)
def packing(accepted: str) -> str:
    """The best that a browser takes: "br", "gzip" or "" for bytes as they are (RFC 9110, 12.5.3)."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, quality = offer.strip().partition(";")
        offers[name.strip()] = not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)
    return next((name for name in PACKERS if offers.get(name)), "")


def run(application: Application, environ: Environment) -> Page:
    """The whole answer of the application, and what it was rendered from if it may be kept."""
    started: list[tuple[str, Headers]] = []
    notes: list[str] = []

    def start(status: str, headers: Headers, *_: object) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda _: None

    parts = application({**environ, "REQUEST_METHOD": "GET", NOTES: notes}, start)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = started[-1]
    keep = notes and status.startswith("200 ") and for_everybody(headers)
    return Page(status, headers, body, (*dict.fromkeys(notes), EVERYWHERE) if keep else ())


def for_everybody(headers: Headers) -> bool:
    """No cookie is set, none was looked at, and nobody asked not to keep it."""
    for name, value in headers:
        said = value.lower()
        if name.lower() == "set-cookie" or (name.lower() == "vary" and ("cookie" in said or "*" in said)):
            return False
        if name.lower() == "cache-control" and ("private" in said or "no-store" in said):
            return False
    return True


def pack(page: Page, how: str) -> Page:
    """Packed bytes with a tag of their own, to be asked for again at each use."""
    body = PACKERS[how](page.body) if how and len(page.body) >= LEAST else page.body
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    replaced = {"content-length", "etag", "vary", "cache-control", "content-encoding"}
    headers = [(name, value) for name, value in page.headers if name.lower() not in replaced]
    headers += [("Content-Length", str(len(body))), ("ETag", tag), ("Vary", "Accept-Encoding")]
    headers += [("Cache-Control", "no-cache")]
    if body is not page.body:
        headers.append(("Content-Encoding", how))
    return replace(page, headers=headers, body=body, tag=tag)


def answer(page: Page, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.tag and page.tag in asked:
        start_response("304 Not Modified", [each for each in page.headers if each[0] in NOT_MODIFIED])
        return [b""]
    start_response(page.status, page.headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else page.body]
