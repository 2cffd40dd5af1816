"""Whatever is sent, nothing breaks and nothing typed is lost."""

import pytest
from django.test import Client

from tests import make
from tips.pages.models import Page

pytestmark = pytest.mark.django_db

HOSTILE = {
    "empty": "",
    "spaces": "   \n\t ",
    "nul": "a story with a nul \x00 in the middle of it, long enough to pass",
    "controls": "a story with \x01\x02\x1b[31m controls in the middle, long enough",
    "right to left": "a story that \u202eturns round\u202c in the middle, long enough",
    "html": "<script>alert(1)</script><b>bold</b> and a good many words besides these",
    "long": "very " * 5000,
    "a megabyte": "x" * 1_000_000,
    "surrogate-like": "a story with \ufffe\uffff odd characters and quite enough words",
    "emoji": "\U0001f635 my back my back my back my back my back",
}


@pytest.mark.parametrize(
    "field", ["title", "story", "name", "place", "email", "activity", "kind", "areas", "tried", "about"]
)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("action", ["check", "send"])
def test_no_value_of_any_field_breaks_the_form(field, value, action):
    vik = Client()
    answer = vik.post("/share/", make.filled(vik, "/share/", **make.story(**{field: value, "action": action})))
    assert answer.status_code in {200, 303, 422}
    if answer.status_code == 422:
        assert "Wheelbarrow morning" in answer.content.decode() or field == "title"


@pytest.mark.parametrize("field", ["pain_before", "pain_after", "duration", "change", "again", "frequency"])
@pytest.mark.parametrize("value", ["11", "-1", "7.5", "seven", "much-better-than-ever", "\x00"])
def test_an_answer_that_is_not_on_the_list_is_said_at_the_field(field, value):
    vik = Client()
    answer = vik.post("/share/", make.filled(vik, "/share/", **make.story(**{field: value})))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_fields_sent_twice_do_not_break_it():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    answer = vik.post("/share/", {name: [value, value] for name, value in data.items()})
    assert answer.status_code == 303


def test_more_bytes_than_a_story_can_have_are_refused_kindly():
    answer = Client().post("/share/", {"story": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "Nothing was sent" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\x00"])
def test_a_missing_or_broken_token_keeps_the_text_and_gives_a_fresh_one(token):
    vik = Client()
    data = {**make.filled(vik, "/share/", **make.story()), "form_token": token}
    answer = vik.post("/share/", data)
    assert answer.status_code == 422
    assert "seized" in answer.content.decode()
    again = {**data, "form_token": answer.context["form"]["form_token"].value()}
    assert vik.post("/share/", again).status_code == 303
    assert Page.objects.count() == 1


def test_the_token_of_another_form_is_not_taken():
    vik = Client()
    token = make.filled(vik, "/mine/")["form_token"]
    assert vik.post("/share/", {**make.story(), "form_token": token}).status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({}, 303),
    ],
)
def test_where_a_post_may_come_from_t43(headers, status):
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    assert vik.post("/share/", data, headers=headers).status_code == status
