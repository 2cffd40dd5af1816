"""Vik mends what he ticked, counted and filled in: at once where he says nothing new, else once it was read."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import STORY, opened, page_and_code, press, reply_and_code, text_of
from tips.cases.models import Case
from tips.freshness.slots import generation
from tips.index.models import StoredPassage
from tips.moderation import flows as moderation
from tips.outcomes import answers
from tips.pages.fresh import VISITORS
from tips.pages.models import Page
from tips.sharing import answering, parts

pytestmark = pytest.mark.django_db
FIRST: dict[str, Any] = {
    "areas": ["lower-back", "pelvis-buttock"],
    "side": "left",
    "place": "Wales",
    "tried": ["walking", "rest"],
    "duration": "1-6-weeks",
    "pain_before": "7",
    "pain_after": "0",
    "change": "much-better",
    "activity": "tying my shoes",
}
EMERGENCY = "Since then I am numb between my legs and I can not pee."


def mended(*, public: bool = True, **over: Any) -> tuple[Page, str]:
    """A page whose answers were given before anybody read it."""
    page, code = page_and_code(public=False, **over)
    answer(code, **FIRST)
    if public:
        make.decide(make.case_of(page))
    page.refresh_from_db()
    return page, code


def answer(code: str, **said: Any) -> Any:
    return press(opened(code), "answer", **said)


def public_text(page: Page) -> str:
    return text_of(Client().get(page.get_absolute_url()))


def areas_found(word: str) -> set[str]:
    return set(StoredPassage.objects.filter(body__icontains=word).values_list("areas", flat=True))


def the_form(code: str) -> str:
    return text_of(press(opened(code), "answers"))


@pytest.mark.parametrize("kind", ["experience", "tip", "question"])
def test_it_asks_what_the_form_asks_of_this_kind_and_nothing_else(kind):
    _page, code = page_and_code(kind=kind)
    named = set(re.findall(r'name="(\w+)"', the_form(code))) & set(answering.Answering.base_fields)
    shared = {*parts.AnyPain.base_fields, *parts.ExperiencePart.base_fields} if kind == "experience" else set()
    assert named - {"about"} == (shared or set(answering.asked_of(kind))) - {"about"}
    other = {"experience": "steps", "tip": "pain_before", "question": "caution"}
    assert other[kind] not in named


def test_it_is_filled_with_what_was_answered():
    _page, code = mended()
    text = the_form(code)
    for code_of in ("lower-back", "pelvis-buttock", "walking", "rest"):
        assert re.search(rf'value="{code_of}"[^>]* checked', text), code_of
    for said in ("left", "1-6-weeks", "much-better", "7", "0"):
        assert f'<option value="{said}" selected>' in text, said
    assert 'value="Wales"' in text
    assert 'value="tying my shoes"' in text


def test_while_nobody_has_read_it_the_new_answers_stand_in_for_the_old_and_are_weighed():
    page, code = mended(public=False)
    case = make.case_of(page)
    version, opened_at = case.version, case.opened_at
    assert "waits to be read" in text_of(answer(code, **{**FIRST, "pain_before": "8", "new_symptom": EMERGENCY}))
    case.refresh_from_db()
    page.refresh_from_db()
    assert (case.version, case.opened_at, case.priority) == (version + 1, opened_at, 3)
    assert "cauda-equina" in page.flags
    assert answers.of_page(page)["outcome"]["pain_before"] == 8
    text = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert "8 before, 0 after" in text
    assert "7 before" not in text


def test_a_warning_sign_in_an_answer_stays_when_other_words_change():
    page, code = page_and_code(public=False)
    answer(code, new_symptom=EMERGENCY)
    press(opened(code), "save", title="Wheelbarrow evening", story=STORY)
    assert make.case_of(page).priority == 3


def test_ticks_and_numbers_of_a_public_page_are_mended_at_once_everywhere():
    page, code = mended()
    make.comment(page, "Glimmerwort helped me.")
    said = {**FIRST, "areas": ["neck"], "pain_before": "9", "change": "a-little-worse", "side": "right"}
    assert "Your change is on the site." in text_of(answer(code, **said))
    text = public_text(page)
    assert "9 before, 0 after" in text
    assert "verall a little worse" in text
    assert "7 before" not in text
    assert page.title in text_of(Client().get("/pages/?area=neck"))
    assert page.title not in text_of(Client().get("/pages/?area=lower-back"))
    assert areas_found("wheelbarrow") == {"|neck|"}
    assert areas_found("glimmerwort") == {"|neck|"}
    assert Case.objects.waiting().count() == 0


def test_a_page_from_memory_is_drawn_anew(django_capture_on_commit_callbacks):
    page, code = mended()
    vik = opened(code)
    before = (generation(page.source_key), generation(VISITORS))
    with django_capture_on_commit_callbacks(execute=True):
        press(vik, "answer", **{**FIRST, "pain_before": "9"})
    assert generation(page.source_key) > before[0]
    assert generation(VISITORS) > before[1]


def test_a_public_page_can_be_said_to_be_about_others():
    make.article("psoas", "A deep muscle")
    make.article("neck-care", "Care of the neck")
    page, code = mended()
    answer(code, **FIRST, about=["psoas"])
    assert [each.slug for each in page.about.all()] == ["psoas"]
    answer(code, **FIRST, about=["neck-care"])
    assert [each.slug for each in page.about.all()] == ["neck-care"]
    assert Case.objects.waiting().count() == 0


def test_new_words_in_an_answer_wait_with_all_that_was_changed_beside_them():
    page, code = mended()
    said = {**FIRST, "pain_before": "9", "areas": ["neck"], "place": "The far north of somewhere else altogether"}
    assert "A new version waits to be read" in text_of(answer(code, **said))
    assert "7 before, 0 after" in public_text(page)
    assert [each.slug for each in page.areas.order_by("slug")] == ["lower-back", "pelvis-buttock"]
    case = Case.objects.waiting().get()
    text = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert "<del>7</del><ins>9</ins>" in text
    assert "far" in text
    assert 'value="The far north of somewhere else altogether"' in the_form(code), "what waits is newer"
    make.decide(case)
    page.refresh_from_db()
    assert "9 before, 0 after" in public_text(page)
    assert (page.place, [each.slug for each in page.areas.all()]) == (said["place"], ["neck"])


def test_a_slip_of_the_pen_in_an_answer_is_mended_at_once():
    page, code = mended()
    assert "is on the site" in text_of(answer(code, **{**FIRST, "activity": "tying my boots"}))
    assert "tying my boots" in public_text(page)


@pytest.mark.parametrize("said", ["see www.cure.example", "400 mg of it", "numb between my legs"])
def test_what_may_do_harm_in_an_answer_is_read_first_however_short(said):
    page, code = mended()
    assert "waits to be read" in text_of(answer(code, **{**FIRST, "why_not": said}))
    assert said not in public_text(page)


def test_pressed_twice_it_is_changed_once():
    page, code = mended()
    vik = opened(code)
    said = {**FIRST, "pain_before": "9"}
    press(vik, "answer", **said)
    many = page.revisions.count()
    assert "Nothing has changed." in text_of(press(vik, "answer", **said))
    assert page.revisions.count() == many


def test_the_facts_of_a_tip_and_its_updates_stay_beside_each_other():
    page, code = page_and_code(kind="tip")
    press(opened(code), "add", update="A month later it is much better.")
    make.decide(Case.objects.waiting().get())
    answer(code, steps="Stand up and look out of the window.\n\nWalk on.", caution="")
    make.decide(Case.objects.waiting().get())
    page.refresh_from_db()
    assert page.facts["steps"] == ["Stand up and look out of the window.", "Walk on."]
    assert "A month later" in public_text(page)
    answer(code, steps="", caution="")
    make.decide(Case.objects.waiting().get())
    page.refresh_from_db()
    assert "steps" not in page.facts


def test_a_decision_in_between_is_a_conflict_for_both():
    page, code = mended(public=False)
    case = make.case_of(page)
    seen, version = case.revision.number, case.version
    answer(code, **{**FIRST, "pain_before": "9"})
    said = {"action": "publish", "version": version, "seen": seen}
    late = make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", said)
    assert late.status_code == 409
    assert "<del>7</del><ins>9</ins>" in text_of(late)
    case.refresh_from_db()
    moderation.decline(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())
    many = page.revisions.count()
    assert answer(code, **{**FIRST, "pain_before": "3"}).status_code == 409
    assert page.revisions.count() == many


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost():
    page, code = mended()
    said = {
        **FIRST,
        "weeks_done": "many",
        "areas": ["neck", "pelvis-buttock", "hip-groin", "lower-back"],
        "why_not": "quibblefish",
    }
    answered = answer(code, **said)
    text = text_of(answered)
    assert answered.status_code == 422
    assert "whole number" in text
    assert "up to three places" in text
    for kept in ('value="many"', 'value="quibblefish"', 'value="Wales"'):
        assert kept in text
    assert page.revisions.count() == 2


def test_what_was_ticked_while_it_closed_is_kept_every_tick_of_it():
    page, code = mended()
    closed = press(Client(), "answer", **{**FIRST, "areas": ["neck", "hip-groin"]})
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text_of(closed))
    assert ("areas", "neck") in fields
    assert ("areas", "hip-groin") in fields
    again = {name: [value for each, value in fields if each == name] for name, _ in fields if name != "form_token"}
    press(Client(), **{**again, "code": code})
    assert [each.slug for each in page.areas.order_by("slug")] == ["hip-groin", "neck"]


def test_hostile_words_in_an_answer_are_words_wherever_they_are_shown():
    hostile = '"><script>alert(1)</script>'
    page, code = page_and_code(kind="question")
    waiting = answer(code, better=hostile, place=hostile)
    case = Case.objects.waiting().get()
    shown = [text_of(waiting), the_form(code), text_of(press(opened(code), "html"))]
    shown.append(text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/")))
    make.decide(case)
    for text in (*shown, public_text(page)):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_a_moderators_small_changes_leave_the_answers_as_they_wait():
    page, code = mended()
    answer(code, **{**FIRST, "pain_before": "9", "why_not": "It took all my mornings and most of the evenings."})
    case = Case.objects.waiting().get()
    said = {"title": page.title, "source": STORY.replace("kitchen", "garden"), "note": ""}
    moderation.edit_and_publish(case=case, by=None, version=case.version, now=timezone.now(), **said)
    text = public_text(page)
    assert "9 before, 0 after" in text
    assert "all my mornings" in text
    assert "garden table" in text


def test_undoing_brings_the_first_answers_back_of_a_page_that_never_changed_them_before():
    page, code = page_and_code()
    first = answers.of_page(page)
    answer(code, **{**FIRST, "why_not": "It took all my mornings and most of the evenings."})
    case = Case.objects.waiting().get()
    decision = moderation.publish(case=case, by=None, version=case.version, now=timezone.now())
    page.refresh_from_db()
    assert answers.of_page(page) != first
    moderation.undo(decision=decision, by=None, now=timezone.now())
    assert answers.of_page(Page.objects.get(pk=page.pk)) == first


def test_a_reply_has_no_answers():
    page = make.page()
    _comment, code = reply_and_code(page)
    vik = opened(code)
    assert "Change my answers" not in text_of(vik.get("/mine/"))
    assert vik.get("/mine/?show=answers").status_code == 404
    assert press(vik, "answer", place="Wales").status_code == 404


def test_nothing_is_kept_twice_until_it_changes():
    page, code = page_and_code()
    assert [each.answers for each in page.revisions.all()] == [{}]
    answer(code, **FIRST)
    assert all(each.answers for each in page.revisions.all())
