"""Each kind of page asks what belongs to it, keeps what was answered, and never corrects anybody."""

import pytest
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.outcomes.models import Outcome
from tips.outcomes.sentence import outcome_sentence
from tips.pages.models import Page
from tips.sharing.similar import similar

pytestmark = pytest.mark.django_db


def send(**over):
    vik = Client()
    return vik.post("/share/", make.filled(vik, "/share/", **make.story(**over)))


def public(page: Page) -> str:
    make.decide(make.case_of(page))
    page.refresh_from_db()
    return Client().get(page.get_absolute_url()).content.decode()


def test_a_question_keeps_what_makes_it_better_and_worse():
    send(kind="question", better="Walking", worse="Sitting", pain_now="4", duration="1-6-weeks", tried=["heat-cold"])
    page = Page.objects.get()
    assert page.facts == {
        "duration": "1-6-weeks",
        "better": "Walking",
        "worse": "Sitting",
        "pain_now": 4,
        "tried": ["heat-cold"],
    }
    text = public(page)
    for words in ("Worse with:</b> Sitting", "Pain now, out of ten:</b> 4", "1-6 weeks", "Heat or cold"):
        assert words in text
    assert not Outcome.objects.exists()


def test_a_tip_keeps_its_steps_as_a_list():
    send(kind="tip", steps="Stand tall\n\n Bend slowly ", frequency="most-days", caution="Not after a fall")
    text = public(Page.objects.get())
    assert "<ol><li>Stand tall</li><li>Bend slowly</li></ol>" in text.replace("\n", "")
    assert "Not after a fall" in text


def test_an_experience_keeps_everything_about_how_it_went():
    send(
        tried=["walking", "other"], main="walking", tried_other="A hammock", weeks_done="6", activity="Tying my shoes",
        activity_before="2", activity_after="9", side_effects="new-symptom", new_symptom="Pins and needles",
        other_things=["medicine"], again="no", why_not="Too slow for me", frequency="most-days",
    )  # fmt: skip
    said = outcome_sentence(Outcome.objects.get())
    for words in (
        *("walking and A hammock (mostly walking)", "most days, for 6 weeks", "Tying my shoes"),
        "2 out of ten then, 9 now",
        *("something new: Pins and needles", "At the same time: medicine", "Why not again: Too slow for me"),
    ):
        assert words in said


def test_every_answer_is_told_whatever_else_was_left_out():
    send(main="walking", weeks_done="3")
    assert outcome_sentence(Outcome.objects.get()) == "For 3 weeks, what helped most was walking."


def test_what_belongs_to_another_kind_is_not_kept():
    send(kind="tip", pain_before="7", change="much-better", better="Rest", pain_now="3")
    assert Page.objects.get().facts == {}
    assert not Outcome.objects.exists()


def test_a_number_not_remembered_is_no_number():
    send(pain_before="dont-remember", pain_after="3")
    outcome = Outcome.objects.get()
    assert (outcome.pain_before, outcome.pain_after) == (None, 3)


@pytest.mark.parametrize(
    ("field", "value"), [("weeks_done", "x"), ("weeks_done", "521"), ("weeks_done", "-1"), ("side", "up")]
)
def test_what_cannot_be_is_said_at_the_field(field, value):
    answer = send(**{field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_two_answers_that_look_odd_together_are_asked_about_once_and_kept_as_they_are():
    odd = {"pain_before": "3", "pain_after": "7", "change": "much-better"}
    checked = send(**odd, action="check").content.decode()
    assert "Is this right?" in checked.partition("</h1>")[2]
    assert "went from 3 to 7" in checked
    assert send(**odd).status_code == 303
    outcome = Outcome.objects.get()
    assert (outcome.pain_before, outcome.pain_after, outcome.change) == (3, 7, "much-better")


@pytest.mark.parametrize(
    ("before", "after", "change"), [("3", "4", "much-better"), ("7", "3", "much-better"), ("3", "7", "")]
)
def test_answers_that_fit_are_not_asked_about(before, after, change):
    assert "went from" not in send(pain_before=before, pain_after=after, change=change, action="check").content.decode()


def test_who_would_not_do_it_again_is_asked_why_unless_they_said():
    assert "say why" in send(again="no", action="check").content.decode()
    assert "say why" not in send(again="no", why_not="Too slow", action="check").content.decode()
    assert "say why" not in send(again="no", side_effects="sore-longer", action="check").content.decode()


@pytest.mark.parametrize(
    "over",
    [
        {"kind": "tip", "steps": "Lie down\nI am numb between my legs and can't pee"},
        {"kind": "question", "worse": "I am numb between my legs and can't pee"},
        {"new_symptom": "numb between my legs and can't pee"},
    ],
    ids=["a step", "what makes it worse", "a new symptom"],
)
def test_warning_signs_are_looked_for_in_every_field_of_ones_own_words_t34(over):
    assert "999" in send(**over, action="check").content.decode()
    send(**over)
    assert Case.objects.get().priority == 3


def test_personal_details_are_pointed_out_and_nothing_is_blocked_t33():
    story = "Dr Miller told me to bend. Call me on 07700 900123 if you want to know more about it."
    text = send(story=story, action="check").content.decode()
    assert "“Dr Miller” looks like somebody’s name" in text
    assert "“07700 900123” looks like a phone number" in text
    assert send(story=story).status_code == 303


def test_back_to_one_field_with_everything_typed():
    answer = send(action="edit", steps="One\nTwo")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" not in text
    assert "seized" in text


def test_pages_alike_are_offered_and_never_in_the_way():
    make.page("Wheelbarrow and the lower back", "It was the wheelbarrow, and my lower back.")
    make.waiting_page("Wheelbarrow, but nobody read it", "A wheelbarrow that waits.")
    text = send(action="check", kind="question").content.decode()
    assert text.index("Send it to be read</button> <button") < text.index("Wheelbarrow and the lower back")
    assert "may already help" not in send(action="check", kind="tip").content.decode()
    assert "nobody read it" not in text
    said = Client().get("/share/similar/?q=Wheelbarrow+morning").json()
    assert [each["text"] for each in said["suggestions"]] == ["Wheelbarrow and the lower back"]
    assert Client().get("/share/similar/?q=Wheel").json() == {"suggestions": []}
    assert Client().get("/share/similar/").status_code == 200


def test_moderators_read_everything_that_will_be_public():
    words = {"steps": "Stand tall\nBend", "caution": "Not after a fall", "place": "Wales", "areas": ["neck"]}
    send(kind="tip", **words)
    text = make.signed_in(make.mina()).get(f"/moderation/{Case.objects.get().pk}/").content.decode()
    for said in ("2. Bend", "Not after a fall", "Wales", "Neck"):
        assert said in text


def test_what_the_pain_kept_somebody_from_reads_as_they_meant_it():
    text = send(action="check", activity="tying my shoes.", activity_before="2", activity_after="8").content.decode()
    assert "The pain kept me from: tying my shoes. How well that went: 2 out of ten then, 8 now" in text
    assert "The pain kept me from: tying my shoes.<" in send(action="check", activity="tying my shoes").content.decode()


def test_only_pages_that_answer_are_offered_and_none_about_the_site():
    make.page("Wheelbarrow and the lower back", "It was the wheelbarrow, and my lower back.")
    make.page("Wheelbarrow, lower back: house rules", "The wheelbarrow has rules.", kind="info")
    found = [each.title for each in similar("Wheelbarrow morning pain")]
    assert found == []
    assert [each.title for each in similar("Wheelbarrow, lower back")] == ["Wheelbarrow and the lower back"]


def test_one_way_out_of_a_question_is_enough():
    text = Client().get("/share/?kind=experience").content.decode()
    assert "Rather not say" in text
    assert "Prefer not to say" not in text
