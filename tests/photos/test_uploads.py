"""T23: what is sent stays in memory, is cut where it is too long, and takes nothing else down with it."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_file, encode_multipart

from tips.photos import uploads
from tips.photos.uploads import MOST_BYTES_TOGETHER


class Counted(io.BytesIO):
    """A body that says how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def named(data: bytes, name: str = "a.jpg") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def request(body: bytes, *, length: int | None = None) -> tuple[WSGIRequest, Counted]:
    stream = Counted(body)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/share/",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": MULTIPART_CONTENT,
            "CONTENT_LENGTH": str(len(body) if length is None else length),
            "wsgi.input": stream,
        }
    ), stream


def form(**fields: object) -> bytes:
    return encode_multipart(BOUNDARY, fields)


def lies_in_memory(file) -> bool:
    return Path(f"/proc/self/fd/{file.fileno()}").readlink().as_posix().startswith("/memfd:")


@pytest.mark.parametrize("size", [10, 3_000_000, 11_999_999])
def test_a_photo_of_any_size_never_lies_on_a_disk(size):
    asked, _ = request(form(photos=named(b"x" * size), title="My back"))
    uploaded = asked.FILES["photos"]

    assert uploaded.size == size
    assert lies_in_memory(uploaded)
    assert uploaded.read() == b"x" * size
    assert asked.POST["title"] == "My back"


def test_it_is_forgotten_when_the_answer_is_given():
    asked, _ = request(form(photos=[named(b"x"), named(b"y")]))
    kept = asked.FILES.getlist("photos")
    asked.close()

    assert [file.closed for file in kept] == [True, True]


def test_of_a_photo_that_is_too_large_nothing_is_kept_but_the_words_beside_it_are_t23():
    asked, _ = request(form(photos=[named(b"x" * 12_000_001), named(b"y" * 9)], title="My back"))
    large, small = asked.FILES.getlist("photos")

    assert (large.size, large.read()) == (12_000_001, b"")
    assert small.read() == b"y" * 9
    assert asked.POST["title"] == "My back"


def test_a_request_that_says_it_is_too_large_is_refused_before_a_byte_is_read_t23():
    asked, body = request(form(photos=named(b"x" * 1_000_000)), length=100_000_000)

    with pytest.raises(RequestDataTooBig):
        _ = asked.POST
    assert body.taken == 0


def test_one_that_says_less_than_it_sends_is_not_read_further_than_it_said_t23():
    asked, body = request(form(photos=named(b"x" * 1_000_000)), length=200_000)
    _ = asked.POST

    assert body.taken <= 200_000


def test_files_that_are_too_much_together_are_cut_while_they_come_t23(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES_TOGETHER", 500_000)
    body = form(photos=[named(b"x" * 400_000), named(b"y" * 900_000)])
    asked, read = request(body, length=499_999)
    asked.META["CONTENT_LENGTH"] = str(len(body))
    handler = uploads.PhotoUploads(asked)
    monkeypatch.setattr(handler, "handle_raw_input", lambda *_args, **_over: None)
    asked.upload_handlers = [handler]

    with pytest.raises(RequestDataTooBig):
        asked.parse_file_upload({**asked.META, "CONTENT_LENGTH": len(body)}, Counted(body))
    assert handler.together < 600_000
    assert read.taken == 0


def test_files_that_nobody_asked_for_are_not_kept():
    asked, _ = request(form(payload=named(b"x" * 1000), photos=named(b"y"), title="My back"))

    assert list(asked.FILES) == ["photos"]
    assert asked.POST["title"] == "My back"


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["too large", "too many files", "2,000 parts"])
def test_what_is_too_much_gets_a_page_that_says_so_t23(what):
    bodies = {
        "too large": form(title="x"),
        "too many files": form(photos=[named(b"x") for _ in range(9)]),
        "2,000 parts": form(title=["x"] * 2000),
    }
    headers = {"CONTENT_LENGTH": str(MOST_BYTES_TOGETHER + 1)} if what == "too large" else {}
    answer = Client().generic("POST", "/share/", bodies[what], MULTIPART_CONTENT, **headers)

    assert answer.status_code in {400, 413}
    assert answer.status_code == 413 or what == "2,000 parts"


def test_a_name_with_a_path_in_it_is_only_a_name_t22():
    for name in ("../../etc/passwd", "..\\..\\boot.ini", "/srv/x.jpg"):
        body = b"\r\n".join(encode_file(BOUNDARY, "photos", named(b"x", name))) + f"\r\n--{BOUNDARY}--\r\n".encode()
        asked, _ = request(body)
        assert {"/", "\\"} & set(asked.FILES["photos"].name) == set()
