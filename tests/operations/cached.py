"""A small site behind the page cache: it counts how often it rendered."""

from wsgiref.util import setup_testing_defaults

from backsite.pagecache import PageCache
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
