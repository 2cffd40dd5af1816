"""Vik, a visitor without an account, writes a page of his own."""

import re
from html import unescape

import pytest
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.outcomes.models import Outcome
from tips.pages.models import Page
from tips.receipts.models import Address, PrivateCode, Receipt

pytestmark = pytest.mark.django_db


def send(client: Client, **over):
    return client.post("/share/", make.filled(client, "/share/", **make.story(**over)))


def test_vik_sends_a_story_and_gets_a_receipt_with_his_private_code():
    vik = Client()
    answer = send(vik)
    assert (answer.status_code, answer["Location"]) == (303, "/share/received/")
    receipt = vik.get("/share/received/")
    assert "waiting to be read" in receipt.content.decode()
    code = receipt.context["receipt"]["code"]
    assert receipt.context["code"] in receipt.content.decode()
    opened = vik.post("/mine/", make.filled(vik, "/mine/", code=receipt.context["code"].lower()))
    assert "Waiting to be read" in opened.content.decode()
    assert PrivateCode.objects.filter(digest=code).count() == 0, "the code itself is not stored"


def test_who_sent_it_is_nowhere_on_the_public_rows():
    send(Client(), name="", email="vik@example.org")
    page = Page.objects.get()
    assert page.byline == ""
    assert page.name_shown == "A visitor"
    receipt = Receipt.objects.get()
    assert receipt.page == page
    assert b"vik@example.org" not in bytes(Address.objects.get(receipt=receipt).sealed)
    assert not any(relation.name == "receipt" for relation in Page._meta.related_objects if relation.name)


def test_it_waits_and_nobody_else_can_read_it():
    send(Client())
    page = Page.objects.get()
    stranger = Client()
    assert stranger.get(page.get_absolute_url()).status_code == 404
    assert "Wheelbarrow" not in stranger.get("/pages/").content.decode()
    assert Case.objects.get().state == "waiting"


def test_an_experience_keeps_its_answers():
    make.exercise("supported-standing-forward-bend", "Supported standing forward bend")
    answer = send(
        Client(),
        tried=["supported-standing-forward-bend", "walking"],
        pain_before="7",
        pain_after="3",
        duration="under-1-week",
        change="much-better",
        again="yes-the-same",
    )
    assert answer.status_code == 303
    outcome = Outcome.objects.get()
    assert outcome.tried == ["supported-standing-forward-bend", "walking"]
    assert (outcome.pain_before, outcome.pain_after, outcome.change) == (7, 3, "much-better")


def test_the_check_page_shows_what_will_be_public_and_stores_nothing():
    vik = Client()
    answer = send(vik, action="check", name="V.")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing has been sent yet" in text
    assert "V." in text
    assert "seized" in text
    assert Page.objects.count() == 0


def test_the_check_page_carries_everything_on_to_sending():
    vik = Client()
    checked = send(vik, action="check", areas=["lower-back", "thigh"], tried=["walking"], place="Wales")
    hidden = dict_of_hidden(checked.content.decode())
    answer = vik.post("/share/", {**hidden, "action": "send"})
    assert answer.status_code == 303
    page = Page.objects.get()
    assert sorted(area.slug for area in page.areas.all()) == ["lower-back", "thigh"]
    assert (page.place, Outcome.objects.get().tried) == ("Wales", ["walking"])


def dict_of_hidden(html: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', html):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found.setdefault(said["name"], []).append(unescape(said["value"]))
    return found


@pytest.mark.parametrize("over", [{"kind": ""}, {"title": ""}, {"story": ""}, {"consent": ""}])
def test_what_is_missing_is_said_at_the_field_and_the_rest_stays(over):
    answer = send(Client(), **over)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in text
    kept = "seized" if "story" not in over else "Wheelbarrow morning"
    assert kept in text
    assert Page.objects.count() == 0


def test_the_same_form_sent_twice_is_one_page_with_one_receipt_t03():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    first, second = vik.post("/share/", data), vik.post("/share/", data)
    assert (first.status_code, second.status_code) == (303, 303)
    code = vik.get("/share/received/").context["receipt"]["code"]
    assert vik.post("/share/", data).status_code == 303
    assert vik.get("/share/received/").context["receipt"]["code"] == code
    assert Page.objects.count() == 1


def test_the_same_form_with_other_words_is_not_taken_and_the_words_stay_t03():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    vik.post("/share/", data)
    answer = vik.post("/share/", {**data, "story": "Something else altogether, at some length."})
    assert answer.status_code == 422
    assert "Something else altogether" in answer.content.decode()
    assert Page.objects.count() == 1


def test_an_invisible_field_filled_in_holds_the_page_and_says_why():
    send(Client(), website="http://spam.example")
    assert "the hidden field was filled in" in Case.objects.get().signals


def test_warning_signs_in_the_words_show_the_card_before_and_after_sending():
    vik = Client()
    story = "My back went yesterday and now I am numb between my legs and can't pee since this morning."
    checked = send(vik, story=story, action="check").content.decode()
    assert "999" in checked
    assert "Nobody reads this right now" in checked
    assert send(vik, story=story).status_code == 303
    assert "Nobody reads this right now" in vik.get("/share/received/").content.decode()
    case = Case.objects.get()
    assert case.priority == 3
    assert "cauda-equina" in case.flags


def test_the_receipt_is_shown_only_to_the_browser_that_sent():
    send(Client())
    assert "Your receipt is not here" in Client().get("/share/received/").content.decode()


def test_who_comes_back_from_a_receipt_is_told_that_it_arrived_and_nobody_else_is():
    vik = Client()
    send(vik, title="Bend over a table")
    vik.get("/share/received/")
    text = vik.get("/share/").content.decode()
    assert "“Bend over a table” has arrived" in text
    assert 'href="/share/received/"' in text
    assert "has arrived" not in Client().get("/share/").content.decode()


def test_erasing_by_code_leaves_a_tombstone_without_words():
    vik = Client()
    send(vik, name="Vikram")
    code = vik.get("/share/received/").context["receipt"]["code"]
    page = Page.objects.get()
    make.decide(make.case_of(page))
    page.refresh_from_db()
    assert Client().get(page.get_absolute_url()).status_code == 200
    erased = vik.post("/mine/", {**make.filled(vik, "/mine/", code=code), "action": "erase"}, follow=True)
    assert "It is gone" in erased.content.decode()
    assert Client().get(page.get_absolute_url()).status_code == 410
    page.refresh_from_db()
    assert (page.title, page.source, page.html, page.byline) == ("", "", "", "")
    assert Receipt.objects.count() == 0
    assert vik.post("/mine/", make.filled(vik, "/mine/", code=code)).status_code == 422


def test_a_quiet_mention_puts_no_card_on_the_published_page():
    send(Client(), story="My back is killing me since Tuesday, and my deadline is tomorrow, so I lay down and waited.")
    page = Page.objects.get()
    assert page.flags == []
    make.decide(make.case_of(page))
    page.refresh_from_db()
    assert 'class="care' not in Client().get(page.get_absolute_url()).content.decode()


def test_a_warning_sign_stays_on_top_of_the_published_page():
    send(Client(), story="I am numb between my legs since this morning and I can not pee. What should I stretch?")
    page = Page.objects.get()
    make.decide(make.case_of(page))
    page.refresh_from_db()
    text = Client().get(page.get_absolute_url()).content.decode()
    assert text.index('class="care E') < text.index("What should I stretch")
