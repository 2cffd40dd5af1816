"""What could hurt somebody is read before what could not; adverts last; and nearly the same words are one row."""

import random

import pytest
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Case, Priority
from tips.desk.flows import save_practice
from tips.guard.forms import HONEYPOT, UNPROVEN
from tips.moderation.queueing import rows, waiting
from tips.pages.models import Page
from tips.practice.models import Practice
from tips.safety.numbers import helplines
from tips.sharing import flows as sharing

pytestmark = pytest.mark.django_db

HARMFUL = {
    "despair": "I want to die, and my family would be better off without me.",
    "a warning sign": "Since this morning I am numb between my legs and cannot pass water.",
    "a dose": "Take 800 mg of ibuprofen every three hours, whatever the packet says.",
    "against care": "Never go to the hospital with a bad back, they only make it worse.",
    "selling": "I have spare tramadol and can post you some.",
    "selling by a program": "Buy oxycodone online, https://pills.example and https://more.example, 50% off",
    "doxxing": "My physio lives at 14 Elm Tree Road, Leeds, and his number is 0113 496 0123.",
    "a child": "Hi, I am 13 and my back hurts after gymnastics.",
    "a threat": "I know where you live.",
}
ADVERTS = [
    "Best casino bonus at https://casino{}.example and https://bet{}.example, 200% off, only £5, sign up now",
    "MIRACLE CUSHION NUMBER {} FOR ONLY £49 AT WWW.CUSHION{}.EXAMPLE AND WWW.SHOP{}.EXAMPLE 50% OFF TODAY",
]
HONEST = "Walking {} minutes along the {} every morning did more for my lower back than any {} ever has."
WHERE, THINGS = "canal beach street garden forest river".split(), "chair cushion mattress corset gadget book".split()


def sent(text: str, signals: list[str] | None = None) -> Case:
    page = Page.objects.first() or make.page("A public page")
    said = {"text": text, "name": "", "email": "", "reply_to": ""}
    sharing.submit_reply(said=said, page=page, signals=signals or [], now=timezone.now())
    return Case.objects.latest("pk")


def order() -> list[Case]:
    return list(waiting().most_urgent_first())


def test_of_a_mixed_queue_all_that_could_hurt_comes_first_and_the_adverts_last():
    pick, sort = random.Random(5), {}
    texts = [("harm", text) for text in HARMFUL.values()]
    texts += [("advert", ADVERTS[n % 2].replace("{}", str(n))) for n in range(12)]
    texts += [("honest", HONEST.format(n, pick.choice(WHERE), pick.choice(THINGS))) for n in range(20, 40)]
    pick.shuffle(texts)
    for what, text in texts:
        sort[sent(text, [HONEYPOT, UNPROVEN] if what == "advert" else []).pk] = what

    found = [sort[case.pk] for case in order()]

    assert found == sorted(found, key=["harm", "honest", "advert"].index)
    assert found.count("harm") == len(HARMFUL)


def test_each_reason_has_its_words_marked_and_its_points_told():
    case = sent("Ring 0113 496 0123 and ask for Carol.")
    mina = make.signed_in(make.mina())

    for address in ("/moderation/", f"/moderation/{case.pk}/"):
        assert "<b>Contact details</b>: Ring <mark>0113 496 0123</mark>" in text_of(mina.get(address))
    assert "A telephone number: 0113 496 0123</b> <small>+10</small>" in text_of(mina.get(f"/moderation/{case.pk}/"))
    assert case.points == 10


def test_points_colour_and_say_so():
    plain, look, late = (sent(f"Words of case {n}", signals) for n, signals in enumerate([[], [HONEYPOT], [HONEYPOT]]))
    Case.objects.filter(pk=late.pk).update(weights=[60], late=True)
    shown = {row.case.pk: row.looks for row in rows(waiting(), now=timezone.now())}

    assert shown == {plain.pk: "", look.pk: "Worth a second look", late.pk: "Looks like an advert"}
    assert order() == [plain, look, late]
    assert text_of(make.signed_in(make.mina()).get("/moderation/")).count('class="line doubtful"') == 2


def test_words_that_their_author_changes_are_weighed_anew_and_what_the_form_told_stays():
    page, code = page_and_code(public=False)
    case = make.case_of(page)
    Case.objects.filter(pk=case.pk).update(signals=[HONEYPOT, "a price: £5"], weights=[40, 5])
    press(
        opened(code), "save", title=page.title, story="She lives at 14 Elm Tree Road, Leeds, £9 by bus. Ask her there."
    )
    case.refresh_from_db()

    assert ["contact details", "14 Elm Tree Road"] in case.matches
    assert case.priority >= Priority.SEE_GP
    assert (case.signals, case.weights) == ([HONEYPOT, "a price: £9"], [40, 5])


# --- nearly the same words --------------------------------------------------------------------------------------------


def flood(many: int) -> list[Case]:
    return [
        sent(f"My back was broken for {n} years until Doctor Miracle sent his mixture, https://p{n}.example")
        for n in range(many)
    ]


def test_a_flood_is_one_row_with_a_count_and_one_look_marks_all_of_it():
    first, *others = flood(30)
    mina = make.signed_in(make.mina())

    assert order() == [first]
    assert "and 29 more with nearly the same words" in text_of(mina.get("/moderation/"))
    preview = text_of(mina.post("/moderation/spam/", {"case": [f"{first.pk}.1"]}))
    assert "Mark 30 as spam?" in preview
    assert all(f'value="{case.pk}.1"' in preview for case in others)


def test_once_the_first_is_decided_the_others_come_forward():
    first, second, _third = flood(3)
    mina = make.signed_in(make.mina())
    mina.post(f"/moderation/{first.pk}/", {"action": "publish", "version": 1})

    assert second in order()


def test_who_may_be_in_need_stands_behind_nobody():
    long = "I walked the canal every day for a year, and swam on Sundays, and slept with two cushions. " * 8
    first, other = sent(long), sent(f"{long} Thank you.")
    assert order() == [first]
    Case.objects.filter(pk=other.pk).update(priority=Priority.SAME_DAY, flags=["leg-weakness-foot-drop"])

    assert order() == [other, first]


def test_what_is_urgent_does_not_stand_behind_what_is_not():
    long = "I walked the canal every day for a year, and swam on Sundays, and slept with two cushions. " * 8
    first, other = sent(long), sent(f"{long} Ring 0113 496 0123.")

    assert order() == [other, first]


# --- going on ---------------------------------------------------------------------------------------------------------


def test_what_is_left_for_now_does_not_come_back_after_the_next_decision():
    one, two, three = (sent(f"Number {n}") for n in range(3))
    mina = make.signed_in(make.mina())
    assert mina.get("/moderation/next/")["Location"] == f"/moderation/{one.pk}/"

    later = mina.get(f"/moderation/next/?past={one.pk}")["Location"]
    assert later == f"/moderation/{two.pk}/?past={one.pk}"
    assert f'href="/moderation/next/?past={one.pk}.{two.pk}"' in text_of(mina.get(later))
    answer = mina.post(f"/moderation/{two.pk}/", {"action": "publish", "version": 1, "onwards": f"{one.pk}"})
    assert answer["Location"] == f"/moderation/{three.pk}/?past={one.pk}"
    answer = mina.post(f"/moderation/{three.pk}/", {"action": "publish", "version": 1, "onwards": f"{one.pk}"})
    assert answer["Location"] == "/moderation/"


@pytest.mark.parametrize("past", ["x", "1.x.-2", "9" * 400, "." * 300, "%00", "1" * 15])
def test_whatever_the_address_says_of_the_past_leads_on(past):
    case = sent("A reply.")
    mina = make.signed_in(make.mina())

    assert mina.get(f"/moderation/next/?past={past}").status_code == 303
    assert mina.get(f"/moderation/{case.pk}/?past={past}").status_code == 200


def test_a_slip_taken_back_is_before_its_moderator_again():
    case = sent("A reply.")
    sent("Another.")
    mina = make.signed_in(make.mina())
    mina.post(f"/moderation/{case.pk}/", {"action": "spam", "version": 1, "onwards": ""})
    undo = f"/moderation/decisions/{case.decisions.get().pk}/undo/"

    assert mina.post(undo, {"onwards": ""})["Location"] == f"/moderation/{case.pk}/"


def test_the_first_words_of_a_hard_reply_are_folded_as_well():
    sent(HARMFUL["despair"])
    before, _, after = text_of(make.signed_in(make.mina()).get("/moderation/")).partition("Open it when you are ready")

    assert "my family would be" not in before
    assert "my family would be" in after


@pytest.mark.parametrize("country", ["GB", "AU", "DE"])
def test_the_words_that_a_moderator_may_copy_carry_every_number(country, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save_practice(practice=Practice(country=country), photo=None, remove_photo=False, by=None, now=make.NOW)

    page = text_of(make.signed_in(make.mina()).get("/moderation/imminent-harm/"))
    words, lines = page.partition("</blockquote>")[0], helplines(country)

    assert lines.emergency.number in words
    assert [line.number for line in lines.crisis if line.number not in words] == []
    assert ("talk to somebody now" in words) == bool(lines.crisis)
    assert f"Numbers in {lines.name}" in page
