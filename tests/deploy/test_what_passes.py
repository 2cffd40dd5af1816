"""T40, T28, P1: what the application hears of a request, what it never hears, and what is written down of it."""

import select
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.deploy.asking import connected, send

CANARIES = ("CanaryUA/9 zqx", "canary-referrer", "canary-token", "127.66.77.88")


def said_to_all(environ, start_response):
    """Reads everything, as the application does, and answers with a page that nobody keeps."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["size"] = len(body)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


@pytest.fixture
def front(in_front_of):
    return in_front_of(said_to_all)


FORGED = """
    X-Forwarded-For: 6.6.6.6|X-Forwarded-Host: evil.example|X-Forwarded-Proto: https|X-Forwarded-Port: 1
    X-Real-IP: 6.6.6.6
    X-Forwarded-Server: evil.example|Forwarded: for=6.6.6.6;host=evil.example|Proxy: http://evil.example
    X_Forwarded_For: 6.6.6.6|User-Agent: CanaryUA/9 zqx
""".replace("\n", "|").split("|")


def test_the_application_hears_of_the_connection_only_what_nginx_saw_t40(front):
    front.get("/share/", headers=[line.strip() for line in FORGED if line.strip()], source="127.66.77.88")
    heard = front.application.asked[-1]
    assert heard["HTTP_X_FORWARDED_FOR"] == "127.66.77.88"
    assert heard["HTTP_X_FORWARDED_PROTO"] == "http"
    assert heard["HTTP_HOST"] == f"localhost:{front.port}"
    assert not any(bad in str(value) for value in heard.values() for bad in ("6.6.6.6", "evil.example", "Canary"))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1", "evil.example:{port}", "_"])
def test_another_name_gets_no_answer_t40(front, host):
    assert front.get("/", host=host.format(port=front.port)).status == 0
    assert front.application.asked == []


SMUGGLED = (
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : localhost:{port}\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: a\0b\r\n\r\n",
    "GET /\x7f\x01 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
)


@pytest.mark.parametrize("raw", SMUGGLED)
def test_a_request_with_two_meanings_reaches_nobody_t40(front, raw):
    answer = send(front.port, raw.format(port=front.port).encode("latin-1"))
    assert answer.status in {0, 400, 501}
    assert front.application.asked == []


@pytest.mark.parametrize(
    "line", ["http://localhost/x/ {}\r\nHost: evil.example", "/x/ {}\r\nHost: localhost:1@evil.example"]
)
def test_what_a_request_says_of_the_name_is_never_passed_on_t40(front, line):
    send(front.port, f"GET {line.format('HTTP/1.1')}\r\nConnection: close\r\n\r\n".encode())
    (heard,) = front.application.asked
    assert (heard["HTTP_HOST"], heard["PATH_INFO"]) == (f"localhost:{front.port}", "/x/")


def held_by_nginx(front) -> list[str]:
    """Files that its workers have open, with or without a name."""
    handles = [each for pid in front.nginx.workers() for each in Path(f"/proc/{pid}/fd").iterdir()]
    return [str(each.readlink()) for each in handles if each.is_symlink()]


def test_a_body_reaches_the_application_when_all_of_it_has_arrived_t28(front):
    """Through memory: what is larger than a form lies in a folder that is no disk, and never has a name there."""
    arriving = front.nginx.folder / "arriving" / "bodies"
    size = 300_000
    head = f"POST /share/photo/ HTTP/1.1\r\nHost: localhost:{front.port}\r\nContent-Length: {size}\r\n\r\n".encode()
    with connected(front.port) as line:
        line.sendall(head + b"x" * (size - 1))
        while not any(each.startswith(str(arriving)) for each in held_by_nginx(front)):
            time.sleep(0.01)  # the suite ends what hangs
        assert [path for path in arriving.rglob("*") if path.is_file()] == []
        assert front.application.asked == []
        line.sendall(b"x")
        assert b"200 OK" in line.recv(1000)
    assert [each["size"] for each in front.application.asked] == [size]


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/share/photo/", 52_000_000, 200),
        ("/share/photo/", 52_000_001, 413),
        ("/contact/", 2_000_000, 200),
        ("/contact/", 3_000_000, 413),
        ("/", 3_000_000, 413),
    ],
)
def test_four_photos_fit_and_nothing_larger_does(front, path, size, status):
    answer = front.ask(path, method="POST", body=b"x" * size)
    assert answer.status == status
    assert len(front.application.asked) == (status == 200)
    if status == 413:
        assert b"Go back in your browser" in answer.body


def test_no_more_than_eight_large_bodies_arrive_at_a_time_and_no_more_than_three_from_one_household(front):
    head = f"POST /share/photo/ HTTP/1.1\r\nHost: localhost:{front.port}\r\nContent-Length: 9000000\r\n\r\n".encode()
    lines = [connected(front.port, f"127.0.{number // 4}.9") for number in range(12)]
    for line in lines:
        line.sendall(head)
    refused, waiting, limit = [], list(lines), time.monotonic() + 60
    while len(refused) < 4 and time.monotonic() < limit:
        answered = select.select(waiting, [], [], 1)[0]
        refused += [(line.getsockname()[0], line.recv(12)) for line in answered]
        waiting = [line for line in waiting if line not in answered]
    for line in lines:
        line.close()
    assert {said for _, said in refused} == {b"HTTP/1.1 429"}
    assert sorted(Counter(household for household, _ in refused).values()) == [1, 1, 2]


@pytest.mark.parametrize(("path", "most"), [("/search/?q=a", 30), ("/pages/", 100), ("/share/", 30)])
def test_one_household_has_so_many_requests_under_way_and_the_next_is_refused_t28(in_front_of, path, most):
    let_go = threading.Event()

    def slow(environ, start_response):
        let_go.wait(60)
        return said_to_all(environ, start_response)

    front = in_front_of(slow)
    lines = [connected(front.port, "127.0.7.7") for _ in range(most + 1)]
    for line in lines:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{front.port}\r\n\r\n".encode())
    try:
        refused = select.select(lines, [], [], 60)[0]
        assert [line.recv(12) for line in refused] == [b"HTTP/1.1 429"]
        other = connected(front.port, "127.0.8.8")
        other.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{front.port}\r\n\r\n".encode())
    finally:
        let_go.set()
    with other:
        assert other.recv(12) == b"HTTP/1.1 200"
    for line in lines:
        line.close()


@pytest.mark.parametrize(("path", "at_once"), [("/search/?q=a", 60), ("/pages/", 200), ("/share/", 60)])
def test_a_flood_from_one_household_is_refused_and_nobody_else_is_t28(in_front_of, path, at_once):
    front, many = in_front_of(said_to_all, rate="1r/m"), at_once + 50
    with connected(front.port, "127.0.7.7") as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{front.port}\r\n\r\n".encode() * many)
        said = b""
        while said.count(b"HTTP/1.1 ") < many:
            said += line.recv(65536)
    assert said.count(b"HTTP/1.1 429") in {48, 49}, "one, and as many more as may come at once; one a minute"
    assert b"Retry-After: 30" in said
    assert len(front.application.asked) == said.count(b"HTTP/1.1 200")
    assert front.get(path, source="127.0.8.8").status == 200


def test_nothing_is_written_down_of_anybody_p1(front):
    who = ["User-Agent: CanaryUA/9 zqx", "Referer: http://canary-referrer/", "Cookie: a=canary-token"]
    for path in ("/", "/canary-token/", "/?q=canary-token", "/static/canary-token.0123456789ab.css", "/%zz", "/.."):
        for method in ("GET", "POST"):
            front.ask(path, method=method, headers=who, source="127.66.77.88")
    front.ask("/", host="evil.example", headers=who, source="127.66.77.88")
    front.ask("/share/", method="POST", headers=[*who, "Content-Length: 99999999"], source="127.66.77.88")
    for _ in range(99):
        front.ask("/mine/", headers=who, source="127.66.77.88")
    folder = front.nginx.folder
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert Path(folder / "error.log") in written
    assert [(path, canary) for path, text in written.items() for canary in CANARIES if canary.encode() in text] == []
