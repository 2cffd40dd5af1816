"""Whole pages from memory, before Django (docs/adr/0036): for strangers, for the addresses named in `keepable`, for ten
seconds.

A view says what a page was rendered from (`freshness.noting.rendered_from`); a page is served again only while none of
those names was bumped, in whichever process. What is stored is what a stranger gets: no cookie, no token.
"""

import gzip
import itertools
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import brotli
from django.conf import settings

from backsite.keepable import Headers, canonical, for_everybody, hosts, packing, parameters
from tips.freshness import files, slots
from tips.freshness.noting import NOTES
from tips.practice.current import GENERATION as EVERYWHERE  # the owner's name and numbers stand on every page

Environment = dict[str, Any]
Asked = tuple[str | None, str, str, str | None, str | None]  # as it came: host, method, path, query, packings
Key = tuple[str, str, str]  # path, canonical query, packing
NOWHERE: Key = ("", "", "")
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]

SECONDS = 10.0  # what time alone changes, and what a process that died could not say, is seen after that long
MOST_BYTES = 16 * 1024 * 1024  # in each process
BESIDE = 4096  # bytes that a page takes beside its body: headers, key, stamp
MOST_ASKED = 4096  # ways of asking that are known by heart …
LONGEST = 1000  # … of so many characters each
PATIENCE = 5.0  # seconds that others wait for the one who renders
PACKERS: dict[str, Callable[[bytes], bytes]] = {  # the better one first
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
LEAST = 200  # bytes worth packing
NOT_MODIFIED = {"ETag", "Vary", "Cache-Control", "Content-Security-Policy"}


@dataclass(slots=True)
class Page:
    """One answer. `stamp`: the generations of what it was rendered from; none for what must not be kept.
    `seen`: where slots.ANYTHING stood when the stamp was last found to hold."""

    status: str
    headers: Headers
    body: bytes
    stamp: slots.Stamp | None = None
    seen: int = -1
    tag: str = ""
    unchanged: Headers = field(default_factory=list)  # what a 304 says of it
    until: float = 0.0


@dataclass(slots=True)
class Crowd:
    """Who wants the same page at once. `begun`: how often it was rendered for them; `page`: what came of the last."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    readers: int = 0
    begun: int = 0
    page: Page | None = None

    def rendered(self, render: Callable[[], Page]) -> Page:
        self.begun += 1
        page = render()
        self.page = page if page.stamp else None  # what must not be kept is for nobody else
        return page


class PageCache:
    """WSGI in, WSGI out. `clock` in seconds, for tests; `publish` is told of every page that is kept."""

    def __init__(
        self,
        application: Application,
        clock: Callable[[], float] = monotonic,
        publish: Callable[[Key, Page], object] | None = None,
    ) -> None:
        self.application = application
        self.clock = clock
        self.publish = publish
        self.kept: dict[Key, Page] = {}
        self.known: dict[Asked, Key] = {}
        self.bytes = 0
        self._generations = slots.counters()
        self._lock = threading.Lock()
        self._crowds: dict[Key, Crowd] = {}
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._hosts = hosts()

    def __call__(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        """Nearly every reading ends here, so it calls as little as it can: bench/pagehit.py tells what it costs."""
        header = environ.get
        asked = (
            header("HTTP_HOST"), environ["REQUEST_METHOD"], environ["PATH_INFO"], header("QUERY_STRING"),
            header("HTTP_ACCEPT_ENCODING"),
        )  # fmt: skip
        page = self.kept.get(self.known.get(asked, NOWHERE))
        if (
            page is None
            or page.seen != self._generations[slots.ANYTHING]
            or page.until < self.clock()
            or ("HTTP_COOKIE" in environ and self._session in environ["HTTP_COOKIE"])
            or "HTTP_AUTHORIZATION" in environ
        ):
            return self._look(asked, environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ:
            return answer(page, environ, start_response)
        start_response(page.status, page.headers)
        return [page.body]

    def _look(self, asked: Asked, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        """For whom it is not known by heart what they get, or not whether it still holds."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self._fresh(key) or self._render_once(key, environ)
        if page.stamp:
            self._remember(asked, key)
        return answer(page, environ, start_response)

    def _key(self, environ: Environment) -> Key | None:
        """None for what is never kept. Drops unknown parameters from the request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_HOST") not in self._hosts:
            return None
        if self._session in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        known = parameters(path) if len(path) + len(query) <= LONGEST else None
        if known is None:
            return None
        if query:
            query = environ["QUERY_STRING"] = canonical(query, known)
        return path, query, packing(environ.get("HTTP_ACCEPT_ENCODING", ""), PACKERS)

    def _remember(self, asked: Asked, key: Key) -> None:
        if asked[1] != "GET" or sum(len(part or "") for part in asked) > LONGEST:
            return
        with self._lock:
            self.known[asked] = key
            while len(self.known) > MOST_ASKED:
                del self.known[next(iter(self.known))]

    def _fresh(self, key: Key) -> Page | None:
        page = self.kept.get(key)
        if page is None or page.until < self.clock():
            return None
        anything = self._generations[slots.ANYTHING]  # read before the others, as it is bumped after them
        if page.seen != anything:
            if not (page.stamp and page.stamp.holds(self._generations)):
                return None
            page.seen = anything
        return page

    def _render_once(self, key: Key, environ: Environment) -> Page:
        """One renders; whoever else wants the same page meanwhile waits for it, but not for ever.

        A rendering that began after a reader came tells them how things stood then, even if it is stale by now.
        """
        with self._lock:
            crowd = self._crowds.setdefault(key, Crowd())
            crowd.readers += 1
            begun = crowd.begun
        mine = crowd.turn.acquire(timeout=PATIENCE)
        try:
            page = self._fresh(key) or (crowd.page if mine and crowd.begun > begun else None)
            return page or (crowd if mine else Crowd()).rendered(lambda: self._render(key, environ))
        finally:
            if mine:
                crowd.turn.release()
            with self._lock:
                crowd.readers -= 1
                if not crowd.readers:
                    self._crowds.pop(key, None)

    def _render(self, key: Key, environ: Environment) -> Page:
        before = slots.snapshot()  # what is bumped from here on makes the page stale again
        page, names = run(self.application, environ)
        if not names:
            return page
        page = replace(page, stamp=slots.stamp(names, before), until=self.clock() + SECONDS)
        page = pack(page, key[2])
        self._keep(key, page)
        if self.publish:
            self.publish(key, page)
        return page

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self.kept[key] = page
            self.bytes += len(page.body) + BESIDE
            now = self.clock()
            for each in [*itertools.takewhile(lambda kept: self.kept[kept].until < now, self.kept)]:
                self._drop(each)
            while self.bytes > MOST_BYTES:
                self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        old = self.kept.pop(key, None)
        self.bytes -= len(old.body) + BESIDE if old else 0


def run(application: Application, environ: Environment) -> tuple[Page, tuple[str, ...]]:
    """The whole answer of the application, and the names of what it was rendered from if it may be kept."""
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
    return Page(status, headers, body), (*notes, EVERYWHERE) if keep else ()


def pack(page: Page, how: str) -> Page:
    """Packed bytes with a tag of their own, to be asked for again at each use."""
    body = PACKERS[how](page.body) if how and len(page.body) >= LEAST else page.body
    tag = files.tag(body)
    replaced = {"content-length", "etag", "vary", "cache-control", "content-encoding"}
    headers = [(name, value) for name, value in page.headers if name.lower() not in replaced]
    headers += [("Content-Length", str(len(body))), ("ETag", tag), ("Vary", "Accept-Encoding")]
    headers += [("Cache-Control", "no-cache")]
    if body is not page.body:
        headers.append(("Content-Encoding", how))
    unchanged = [each for each in headers if each[0] in NOT_MODIFIED]
    return replace(page, headers=headers, body=body, tag=tag, unchanged=unchanged)


def answer(page: Page, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.tag and page.tag in asked:
        start_response("304 Not Modified", page.unchanged)
        return [b""]
    start_response(page.status, page.headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else page.body]
