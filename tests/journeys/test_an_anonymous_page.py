"""Vik tells what happened to his back, Mina reads it, a stranger finds it, Ana answers. No one learns who Vik is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.journeys.people import Visitor, link_in, words_of

STORY = (
    "After pushing a wheelbarrow all morning my lower back seized. Hands on the kitchen table, I bent forward in "
    "small steps, and after ten minutes the quibblefish let go."
)


@pytest.fixture
def mina():
    return Visitor(make.signed_in(make.mina()))


def write(vik, **more):
    """As far as the check page."""
    vik.open("/")
    vik.follow("Write your own page")
    return vik.send(
        "story", kind="experience", title="Wheelbarrow morning", story=STORY, consent="on", action="check", **more
    )


def private_code(receipt):
    found = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{4,5}){5}", receipt)
    assert found, "the receipt shows no private code"
    return found[0]


def read_and_publish(mina, title):
    mina.open("/moderation/")
    mina.follow(title)
    return mina.send("action", action="publish")


def test_from_writing_to_the_first_reply(vik, mina, stranger, ana):
    checked = write(vik, tried=["supported-standing-forward-bend"], pain_before="7", pain_after="3")
    assert "Nothing has been sent yet" in checked
    assert "A visitor" in checked
    assert "Pain out of ten: 7 before, 3 after." in checked

    receipt = vik.send("action", action="send")
    assert "It is waiting to be read" in receipt
    assert (vik.status, vik.address) == (200, "/share/received/")

    assert "nowhere on this site" in stranger.open("/search/?q=quibblefish")
    assert "Wheelbarrow morning" not in stranger.open("/pages/")

    assert "seized" in open_waiting(mina, "Wheelbarrow morning")
    assert "Nothing is waiting" in mina.send("action", action="publish")

    found = stranger.open("/search/?q=quibblefish")
    assert "1 page where your words are mentioned" in found
    page = stranger.follow("Wheelbarrow morning")
    assert "A visitor’s experience. Not medical advice." in page
    assert "Tried supported standing forward bend." in page
    assert stranger.address == "/pages/wheelbarrow-morning/"

    ana.open("/search/?q=wheelbarrow")
    ana.follow("Wheelbarrow morning")
    ana.follow("Write a reply")
    checked = ana.send("text", text="Thank you, the glimmerwort helped me as well.", consent="on", action="check")
    assert "Nothing has been sent yet" in checked
    assert "It has arrived" in ana.send("action", action="send")
    assert "glimmerwort" not in stranger.open("/pages/wheelbarrow-morning/")

    read_and_publish(mina, "glimmerwort")
    assert "glimmerwort helped me as well" in stranger.open("/pages/wheelbarrow-morning/")
    stranger.open("/search/?q=glimmerwort")
    assert "glimmerwort helped me" in stranger.follow("glimmerwort")


def open_waiting(mina, title):
    mina.open("/moderation/")
    return mina.follow(title)


def test_it_stands_where_others_look_for_it(vik, mina, stranger):
    write(vik, about=["back-exercises"])
    vik.send("action", action="send")
    read_and_publish(mina, "Wheelbarrow morning")

    for address in ("/", "/pages/", "/pages/?kind=experience", "/articles/back-exercises/"):
        assert "Wheelbarrow morning" in stranger.open(address), address
    assert "Wheelbarrow morning" not in stranger.open("/pages/?kind=tip")
    make.settle(timezone.now())
    assert b"Wheelbarrow morning" in stranger.client.get("/feeds/pages.atom").content
    assert b"/pages/wheelbarrow-morning/" in stranger.client.get("/sitemap.xml").content


def test_the_private_code_says_how_it_stands_and_takes_it_down(vik, mina, stranger):
    write(vik)
    code = private_code(vik.send("action", action="send"))
    vik.open("/mine/")
    assert "Waiting to be read" in vik.send("code", code=code)

    read_and_publish(mina, "Wheelbarrow morning")
    elsewhere = Visitor()
    elsewhere.open("/mine/")
    assert "Published" in elsewhere.send("code", code=code.lower().replace("-", " "))
    assert "Taken down" in elsewhere.send("action", action="erase")

    assert "This page has been taken down" in stranger.open("/pages/wheelbarrow-morning/")
    assert stranger.status == 410
    assert "nowhere on this site" in stranger.open("/search/?q=quibblefish")


def test_with_an_address_left_two_letters_come_and_neither_names_the_story_in_its_subject(vik, mina, letterbox):
    write(vik, email="vik@example.org")
    vik.send("action", action="send")
    (received,) = letterbox.fetch(timezone.now() + timedelta(minutes=1))
    assert received["To"] == "vik@example.org"
    assert "Wheelbarrow" not in received["Subject"]

    private = Visitor()
    code = link_in(received, "/mine/").partition("#")[2]
    private.open("/mine/")
    assert "Waiting to be read" in private.send("code", code=code)

    read_and_publish(mina, "Wheelbarrow morning")
    (decided,) = letterbox.fetch(timezone.now() + timedelta(minutes=11))
    assert decided["To"] == "vik@example.org"
    assert "/pages/wheelbarrow-morning/" in words_of(decided)
    assert "vik@example.org" not in mina.open("/moderation/")


def test_what_is_declined_is_seen_by_nobody_and_its_author_reads_why(vik, mina, stranger):
    write(vik)
    code = private_code(vik.send("action", action="send"))
    open_waiting(mina, "Wheelbarrow morning")
    assert "Please choose the reason" in mina.send("action", action="decline")
    mina.send("action", action="decline", reason="off-topic", note="It is about a wheelbarrow.")

    assert "nowhere on this site" in stranger.open("/search/?q=quibblefish")
    vik.open("/mine/")
    told = vik.send("code", code=code)
    assert "Not published" in told
    assert "It is about a wheelbarrow." in told


def test_warning_signs_are_answered_at_once_and_read_first_by_the_moderator(vik, mina, ana):
    write(ana)
    ana.send("action", action="send")
    vik.open("/share/?kind=question")
    numb = "Since this morning I am numb between my legs and cannot pee. Is that normal with a bad back?"
    checked = vik.send("story", kind="question", title="Is this normal?", story=numb, consent="on", action="check")
    assert "call 999" in checked
    assert "Nobody reads this right now" in checked
    assert "call 999" in vik.send("action", action="send")

    queue = mina.open("/moderation/")
    assert queue.index("Is this normal?") < queue.index("Wheelbarrow morning")
