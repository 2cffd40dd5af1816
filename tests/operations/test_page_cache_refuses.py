"""T42: what is somebody's own, or not surely everybody's, is never kept."""

import pytest

from tests.operations.cached import TEXT


@pytest.mark.parametrize(
    "request_of",
    [
        {"HTTP_COOKIE": "a=1; {session}=x"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_HOST": "evil.example"},
        {"method": "POST"},
        {"path": "/share/"},
        {"path": "/mine/"},
        {"path": "/search/"},
        {"path": "/articles/psoas/comment/"},
        {"path": "/exercises/print/"},
        {"path": "/moderation/"},
        {"path": "/articles/psoas/x.css"},
        {"path": "/articles/psoas;.js"},
        {"path": "/articles//psoas/"},
        {"path": "/accounts/login/"},
    ],
    ids=str,
)
def test_what_may_be_somebodys_own_is_never_kept_t42(site, reader, settings, request_of):
    asked = {name: value.format(session=settings.SESSION_COOKIE_NAME) for name, value in request_of.items()}
    reader.get(**asked)
    reader.get(**asked)
    assert site.rendered == 2
    assert reader.cache.kept == {}


def test_who_is_signed_in_neither_reads_nor_writes_what_strangers_read_t42(site, reader, settings):
    reader.get()
    site.text = "For Mina alone."
    mina = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=x"}
    assert b"For Mina alone." in reader.get(**mina)[2]
    assert b"For Mina alone." not in reader.get()[2]


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=1"),
        ("Vary", "Accept-Language, Cookie"),
        ("Vary", "*"),
        ("Cache-Control", "private, max-age=60"),
        ("Cache-Control", "no-store"),
    ],
    ids=str,
)
def test_an_answer_for_one_reader_is_never_kept_t42(site, reader, header):
    site.headers.append(header)
    reader.get()
    reader.get()
    assert site.rendered == 2


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Internal Server Error", "302 Found"])
def test_only_pages_that_are_there_are_kept(site, reader, status):
    site.status = status
    assert reader.get()[0] == status
    reader.get()
    assert site.rendered == 2


def test_a_view_that_does_not_say_what_it_was_made_from_is_never_kept(site, reader):
    site.names = []
    reader.get()
    reader.get()
    assert site.rendered == 2


def test_unknown_parameters_reach_neither_the_key_nor_the_view_t42(site, reader):
    reader.get("/pages/", query="utm_source=x&kind=tip&x=<script>")
    reader.get("/pages/", query="kind=tip&kind=question&fbclid=1")
    assert site.asked == ["kind=tip"]


def test_headers_that_poison_other_caches_change_nothing_t42(site, reader):
    reader.get(HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_ORIGINAL_URL="/admin/", HTTP_X_FORWARDED_PROTO="http")
    assert reader.get()[2].startswith(TEXT.encode())
    assert site.rendered == 1
