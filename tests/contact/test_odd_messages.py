"""Whatever comes in: no 500, nothing lost, and the page says what to do."""

import pytest
from django.test import Client

from tips.contact.models import Message
from tips.course.models import Enrolment

REFUSED = {
    "no message": {"message": ""},
    "only spaces": {"message": " \t\n "},
    "only signs that nobody sees": {"message": "\x00\u200b\u202e"},
    "too long": {"message": "Ouch. " * 1_000},
    "a megabyte": {"message": "x" * 1_000_000},
    "a name of a page": {"name": "V" * 81},
    "no address at all": {"email": "vik at home"},
    "an address with a header": {"email": "vik@example.org\nBcc: all@example.org"},
    "an address with NUL": {"email": "vik\x00@example.org"},
    "an address written backwards": {"email": "vik\u202egro@elpmaxe"},
    "an address with letters that few relays take": {"email": "jürgen@example.org"},
    "the course without an address": {"email": "", "course": "on"},
    "no consent": {"consent": None},
    "no token": {"form_token": ""},
    "a made-up token": {"form_token": "abc:def:ghi"},
}
TAKEN = {
    "markup": ({"message": "<script>alert(1)</script> & <b>bold</b>"}, "<script>alert(1)</script> & <b>bold</b>"),
    "NUL inside": ({"message": "It\x00 hurts"}, "It hurts"),
    "right-to-left override": ({"message": "abc \u202edef"}, "abc def"),
    "Arabic": ({"message": "ألم في الظهر"}, "ألم في الظهر"),
    "emoji": ({"message": "Thank you 🙏🏽"}, "Thank you 🙏🏽"),
    "Windows line ends": ({"message": "one\r\ntwo"}, "one\ntwo"),
    "template words": ({"message": "{{ settings.SECRET_KEY }} {% now %}"}, "{{ settings.SECRET_KEY }} {% now %}"),
    "a field twice": ({"message": ["first words", "second words"]}, "second words"),
    "fields that nobody asked for": ({"is_staff": "on", "case": "1"}, "Thank you for the stretches."),
    "a filled trap": ({"website": "https://spam.example"}, "Thank you for the stretches."),
}


@pytest.mark.parametrize("fields", REFUSED.values(), ids=REFUSED)
def test_10_what_is_refused_keeps_every_word(fields, write, db):
    answer = write(**fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert Message.objects.count() == 0
    words = fields.get("message", "Thank you for the stretches.")
    assert words.replace("\x00", "�")[:60].strip() in page or words[:60].strip() in page


@pytest.mark.parametrize(("fields", "kept"), TAKEN.values(), ids=TAKEN)
def test_what_is_taken_is_kept_as_written(fields, kept, write, mailbox, owner):
    assert write(**fields).status_code == 303
    message = Message.objects.get()
    assert message.text == kept
    assert len(mailbox.work(message.case.opened_at)) == 2


def test_the_field_of_the_address_says_why_the_course_needs_it(write, db):
    page = write(email="", course="on").content.decode()
    assert 'href="#id_email"' in page
    assert "the lessons should go to" in page
    assert Enrolment.objects.count() == 0


def test_a_filled_trap_is_told_to_the_moderator(write, owner):
    write(website="https://spam.example")
    assert Message.objects.get().case.signals[:1] == ["the hidden field was filled in"]


def test_the_same_form_with_other_words_is_not_a_second_message_by_mistake(client, write, db):
    token = client.get("/contact/").content.decode().partition('name="form_token" value="')[2].partition('"')[0]
    write(form_token=token)
    answer = write(form_token=token, message="Something else altogether")
    assert answer.status_code == 422
    assert "Something else altogether" in answer.content.decode()
    assert Message.objects.count() == 1


def test_too_many_messages_are_asked_to_wait_with_their_words_kept(write, settings, db):
    settings.FORM_LIMITS = "contact=2/600"
    answers = [write(Client(), message=f"Message number {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Message number 2" in answers[-1].content.decode()


def test_a_page_elsewhere_cannot_write(client, db):
    assert client.post("/contact/", {}, headers={"Origin": "null"}).status_code == 403


@pytest.mark.parametrize("path", ["/contact/", "/course/"])
def test_a_form_page_is_fresh_each_time_and_sets_no_cookie(path, client, db):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "path", ["/contact/", "/contact/received/", "/course/", "/course/check-your-mail/", "/course/me/"]
)
def test_other_methods_are_refused(path, client, db):
    assert client.delete(path).status_code == 405


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nTo: c@d.org", "x" * 300 + "@example.org", "\x00", "\u202e"])
def test_a_wrong_address_for_the_course_is_said_so(email, client, db):
    token = client.get("/course/").content.decode().partition('name="form_token" value="')[2].partition('"')[0]
    answer = client.post("/course/", {"form_token": token, "email": email, "consent": "on"})
    assert answer.status_code == 422
    assert Enrolment.objects.count() == 0
