"""What a stranger gets from nginx is what the application says, byte by byte, and nothing that was withdrawn."""

import gzip
from email.utils import formatdate

import pytest
from django.utils import timezone

from tests import make
from tests.deploy.asking import ask
from tests.freshness.lying import lying
from tips.freshness import files
from tips.moderation import flows as moderation

ARTICLE = "/articles/back-exercises/"
ADDRESSES = ("/", "/articles/", ARTICLE, "/exercises/", "/pages/", "/glossary/", "/warning-signs/")


@pytest.fixture
def story(front):
    make.article("start-here", "Start here")
    make.article()
    return make.page("Wheelbarrow morning")


def hide(case) -> None:
    moderation.hide(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())


@pytest.mark.parametrize("packing", [["Accept-Encoding: gzip"], ["Accept-Encoding: gzip", "Via: 1.1 a"], []], ids=str)
def test_nginx_says_the_same_as_the_application_in_every_byte(front, story, packing):
    addresses = {*ADDRESSES, story.get_absolute_url()}
    for address in addresses:
        behind = ask(front.behind, address, host=f"localhost:{front.port}", headers=["Accept-Encoding: gzip"])
        passed_on, asked = front.asked_for(f"{address}?utm_source=x", headers=packing)
        from_file, asked_again = front.asked_for(address, headers=packing)
        assert (asked, asked_again) == (1, 0), address
        assert (from_file.status, from_file.lasting, from_file.body) == (200, passed_on.lasting, passed_on.body)
        if packing:
            assert (from_file.lasting, from_file.body) == (behind.lasting, behind.body)
        else:
            assert from_file.body == gzip.decompress(behind.body)
            assert from_file.header("Content-Encoding") == ""
            assert from_file.header("ETag") == f"W/{behind.header('ETag')}"
    assert set(lying()) == addresses


def test_a_head_is_answered_like_a_get_without_its_bytes(front, story):
    whole = front.get(ARTICLE)
    head, asked = front.asked_for(ARTICLE, method="HEAD")
    assert (asked, head.status, head.lasting, head.body) == (0, 200, whole.lasting, b"")


@pytest.mark.parametrize("packing", [["Accept-Encoding: gzip"], []], ids=str)
def test_who_has_the_page_gets_no_bytes_from_nginx_nor_from_the_application(front, story, packing):
    tag = front.ask(ARTICLE, headers=packing).header("ETag")
    had = [*packing, f"If-None-Match: {tag}"]
    from_file, asked = front.asked_for(ARTICLE, headers=had)
    passed_on, asked_again = front.asked_for(f"{ARTICLE}?utm_source=x", headers=had)
    assert (asked, asked_again) == (0, 1)
    assert (from_file.status, from_file.body) == (passed_on.status, passed_on.body) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Content-Security-Policy"):
        assert from_file.header(name) == passed_on.header(name) != ""
    (file,) = (files.folder() / "pages" / "articles").rglob("*.gz")
    since = f"If-Modified-Since: {formatdate(file.stat().st_mtime, usegmt=True)}"
    for other in ('If-None-Match: "1-1"', since, "Range: bytes=0-9"):
        assert front.ask(ARTICLE, headers=[*packing, other]).status == 200


def test_no_answer_tells_when_a_page_was_written(front, story):
    front.get(ARTICLE)
    answer, asked = front.asked_for(ARTICLE)
    assert asked == 0
    assert {"last-modified", "expires", "age"} & {name.lower() for name, _ in answer.headers} == set()


NO_PLAIN_STRANGER = (
    ({"headers": ["Cookie: a=1; session=x"]}, {200}),
    ({"headers": ["Cookie: a=1", "Cookie: __Host-session=x"]}, {200}),
    ({"headers": ["Authorization: Basic eDp5"]}, {200}),
    ({"headers": ['If-Match: "x"']}, {200}),
    ({"headers": ["If-Unmodified-Since: Thu, 01 Jan 2026 00:00:00 GMT"]}, {200}),
    ({"path": f"{ARTICLE}?from=home"}, {200}),
    ({"path": f"{ARTICLE}?"}, {200}),
    ({"method": "POST", "body": b"a=1"}, {403}),
    ({"method": "OPTIONS"}, {405}),
    ({"method": "DELETE"}, {403}),
)


def test_whoever_is_no_plain_stranger_is_answered_by_the_application_t42(front, story):
    front.get(ARTICLE)
    for asked_with, expected in NO_PLAIN_STRANGER:
        assert front.asked_for(ARTICLE)[1] == 0
        answer, asked = front.asked_for(**{"path": ARTICLE, **asked_with})
        assert (asked, {answer.status}) == (1, expected), asked_with


TRICKS = """
    /articles/back-exercises/x.css /articles/back-exercises/;x.js /articles/back-exercises/;.js
    /articles/back-exercises;.js
    /articles//back-exercises/ /articles/back-exercises// /articles/../articles/back-exercises/
    /articles/back-exercises/../back-exercises/ /articles/./back-exercises/ /%2e/articles/back-exercises/
    /articles/back-exercises/%2e%2e/back-exercises/ /articles/back-exercises/index.html
    /articles/back-exercises/index.html.gz /articles/back-exercises/%00 /articles\\back-exercises/ /index.html.gz
    /no.page/ /.html /../published/pages/ /../notes/ /%2e%2e/%2e%2e/notes/+articles+ /articles/back-exercises/#x
    /articles/back-exercises/%0a /articles/back-exercises/%2e/ /media/p/../../articles/back-exercises/
""".split()
ANOTHER_SPELLING = """
    /articles/%62ack-exercises/ /articles/back-exercises%2f /%61rticles%2fback-exercises/
""".split()


def test_a_trick_with_the_address_gets_no_page_and_another_spelling_gets_it_from_the_application_t42(front, story):
    front.get("/")
    front.get(ARTICLE)
    for path in TRICKS:
        answer, asked = front.asked_for(path)
        assert (answer.status, asked) in {(404, 1), (400, 0)}, path
        assert b"Back muscles" not in answer.body
    for path in ANOTHER_SPELLING:
        answer, asked = front.asked_for(path)
        assert (answer.status, asked) == (200, 1), path
    bare, asked = front.asked_for(ARTICLE.rstrip("/"))
    assert (bare.status, bare.header("Location"), asked) == (301, ARTICLE, 1)


def test_what_is_hidden_is_gone_in_the_next_read(front, story):
    remark = make.comment(story, "A remark to be hidden")
    address = story.get_absolute_url()
    before = front.get(address)
    assert b"A remark to be hidden" in gzip.decompress(before.body)
    assert front.asked_for(address)[1] == 0

    hide(make.case_of(remark))

    assert b"A remark to be hidden" not in gzip.decompress(front.get(address).body)
    assert front.asked_for(address)[1] == 0, "the new page lies there again"
    lists = [front.get(each) and front.asked_for(each) for each in ("/", "/pages/")]
    assert all(asked == 0 and b"Wheelbarrow" in gzip.decompress(answer.body) for answer, asked in lists)

    hide(make.case_of(story))

    assert front.get(address).status == 410
    assert all(b"Wheelbarrow" not in front.ask(each).body for each in ("/", "/pages/"))


def test_a_new_page_and_a_new_reply_are_in_the_next_read(front, story):
    front.get("/pages/")
    front.get(story.get_absolute_url())
    make.page("Another morning")
    make.comment(story, "Quite so")
    assert b"Another morning" in front.ask("/pages/").body
    assert b"Quite so" in front.ask(story.get_absolute_url()).body


def test_a_page_whose_time_is_over_is_asked_for_again(front, story):
    front.get(ARTICLE)
    files.sweep(float("inf"))
    assert front.asked_for(ARTICLE)[1] == 1
