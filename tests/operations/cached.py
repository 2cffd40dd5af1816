"""Sites behind the page cache that count how often they rendered: a small one, and the whole."""

from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from backsite.pagecache import PageCache
from tips.freshness import pieces
from tips.freshness.noting import NOTES

TEXT = "Bend forward in stages. " * 40


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Site:
    """An application that counts how often it rendered."""

    def __init__(self) -> None:
        self.rendered = 0
        self.text = TEXT
        self.names = ["page:1"]
        self.status = "200 OK"
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html; charset=utf-8")]
        self.asked: list[str] = []

    def __call__(self, environ, start_response):
        self.rendered += 1
        self.asked.append(environ["QUERY_STRING"])
        environ.get(NOTES, []).extend(self.names)
        start_response(self.status, list(self.headers))
        return [f"{self.text} {environ['QUERY_STRING']}".encode()]


class Reader:
    def __init__(self, cache: PageCache) -> None:
        self.cache = cache

    def environ(
        self, path: str = "/articles/psoas/", *, method: str = "GET", query: str = "", **headers: str
    ) -> dict[str, object]:
        environ: dict[str, object] = {"HTTP_HOST": next(iter(self.cache._hosts))}
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method, **headers}
        setup_testing_defaults(environ)
        return environ

    def get(self, path: str = "/articles/psoas/", **asked: str):
        said: list[object] = []
        environ = self.environ(path, **asked)
        body = b"".join(self.cache(environ, lambda status, headers: said.extend((status, dict(headers)))))
        return said[0], said[1], body


class Rendering:
    """The whole site, and how often it was asked to render."""

    def __init__(self) -> None:
        self.site, self.times = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.times += 1
        return self.site(environ, start_response)


class Fresh:
    """The whole site with none of the pieces that were rendered before, which are there again afterwards."""

    def __init__(self) -> None:
        self.site = WSGIHandler()

    def __call__(self, environ, start_response):
        kept, pieces.pieces = pieces.pieces, pieces.Pieces()
        try:
            return self.site(environ, start_response)
        finally:
            pieces.pieces = kept


def read(application, address: str, **headers: str) -> tuple[str, bytes]:
    path, _, query = address.partition("?")
    environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": "GET", **headers}
    environ["HTTP_HOST"] = "127.0.0.1:8000"
    setup_testing_defaults(environ)
    said: list[str] = []
    body = b"".join(application(environ, lambda status, *_: said.append(status)))
    return said[0], body
