"""Answers that Vik mended and somebody has yet to read: what waits, what stands, what a decision makes of it."""

import pytest
from django.utils import timezone

from tests import make
from tests.sharing.answers import EMERGENCY, FIRST, answer, mended, public_text, the_form
from tests.sharing.mine import STORY, opened, page_and_code, press, text_of
from tips.cases.models import Case
from tips.moderation import flows as moderation
from tips.outcomes import answers
from tips.pages.models import Page

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("said", ["see www.cure.example", "400 mg of it", "numb between my legs"])
def test_what_may_do_harm_in_an_answer_is_read_first_however_short(said):
    page, code = mended()
    assert "waits to be read" in text_of(answer(code, **{**FIRST, "why_not": said}))
    assert said not in public_text(page)


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
