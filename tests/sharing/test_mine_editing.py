"""Vik changes what he sent: while it waits, a little of what is public, and much of it."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import STORY, opened, page_and_code, press, text_of
from tips.cases.models import Case, Conflict
from tips.index.match import match
from tips.index.query import parse
from tips.moderation import flows as moderation
from tips.pages.models import Page, Revision

pytestmark = pytest.mark.django_db
OTHER = "All this is other than it was: I went swimming every week, and my back grew stronger through one long summer."


def public_text(page: Page) -> str:
    page.refresh_from_db()
    return text_of(Client().get(page.get_absolute_url()))


def save(code: str, **said):
    return press(opened(code), "save", **{"title": "Wheelbarrow morning", "story": STORY, **said})


def test_an_edit_while_it_waits_keeps_its_place_and_the_moderator_decides_about_the_new_words():
    first, code = page_and_code(public=False)
    make.waiting_page("Came later")
    case = make.case_of(first)
    before = (case.opened_at, case.version)
    assert "waits to be read" in text_of(save(code, title="Wheelbarrow evening", story=OTHER))
    case.refresh_from_db()
    assert case.opened_at == before[0]
    assert Case.objects.waiting().most_urgent_first().first() == case
    with pytest.raises(Conflict):
        moderation.publish(case=case, by=None, version=before[1], now=timezone.now())
    shown = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert "swimming" in shown
    assert "wheelbarrow all morning" not in shown
    make.decide(case)
    assert "swimming" in public_text(first)
    assert "wheelbarrow all morning" not in public_text(first)


def test_a_slip_of_the_pen_is_mended_on_the_public_page_and_in_the_search_at_once():
    page, code = page_and_code()
    answer = save(code, story=STORY.replace("kitchen table", "quibblefish table"))
    assert "Your change is on the site." in text_of(answer)
    assert "quibblefish table" in public_text(page)
    assert len(match(parse("quibblefish")).hits) == 1
    assert Case.objects.waiting().count() == 0
    assert page.slug == "wheelbarrow-morning"


def test_many_small_steps_do_not_make_a_long_way():
    page, code = page_and_code()
    words = STORY.split()
    story, live = STORY, []
    vik = opened(code)
    for number in range(5):
        story = story.replace(words[number * 4], f"sl{'i' * (number + 1)}p", 1).replace(
            words[number * 4 + 1], f"sl{'o' * (number + 1)}p", 1
        )
        said = text_of(press(vik, "save", title=page.title, story=story))
        live.append("is on the site" in said)
    assert live[0]
    assert not live[-1]
    assert Case.objects.waiting().count() == 1


def test_a_larger_change_waits_while_the_old_version_stays_public():
    page, code = page_and_code()
    answer = save(code, story=OTHER)
    assert "A new version waits to be read" in text_of(answer)
    assert "swimming" in text_of(answer), "its author sees the new words"
    assert "swimming" not in public_text(page)
    assert "wheelbarrow all morning" in public_text(page)
    assert not match(parse("swimming")).hits
    case = Case.objects.waiting().get()
    shown = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert "swimming" in shown
    assert "Readers have the earlier one until you decide" in shown
    day = page.published_on
    make.decide(case)
    assert "swimming" in public_text(page)
    assert page.published_on == day


def test_declining_a_new_version_leaves_the_old_one_and_undoing_its_publication_brings_it_back():
    page, code = page_and_code()
    save(code, story=OTHER)
    case = Case.objects.waiting().get()
    decision = moderation.publish(case=case, by=None, version=case.version, now=timezone.now())
    assert "swimming" in public_text(page)
    moderation.undo(decision=decision, by=None, now=timezone.now())
    assert "wheelbarrow all morning" in public_text(page)
    case.refresh_from_db()
    moderation.decline(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())
    assert "wheelbarrow all morning" in public_text(page)
    assert not match(parse("swimming")).hits


@pytest.mark.parametrize(
    "added",
    ["It is at https://example.org/cure", "I take 400 mg of it", "Now I am numb between my legs and cannot pee."],
    ids=["a link", "a dose", "a warning sign"],
)
def test_what_may_do_harm_is_read_first_however_short(added):
    page, code = page_and_code()
    assert "waits to be read" in text_of(save(code, story=f"{STORY} {added}"))
    assert added not in public_text(page)


def test_a_warning_sign_in_new_words_goes_to_the_top_of_the_queue_and_onto_the_page():
    page, code = page_and_code()
    save(code, story=f"{STORY} Now I am numb between my legs and I can not pee.")
    case = Case.objects.waiting().get()
    assert (case.priority, case.flags[0]) == (3, "cauda-equina")
    make.decide(case)
    assert 'class="care E' in public_text(page)


def test_an_update_is_read_first_and_stands_below_with_its_day():
    page, code = page_and_code()
    vik = opened(code)
    assert "How is it now?" in text_of(press(vik, "update"))
    assert "waits to be read" in text_of(press(vik, "add", update="A month later it is much better, quibblefish."))
    assert "quibblefish" not in public_text(page)
    make.decide(Case.objects.waiting().get())
    text = public_text(page)
    today = timezone.localdate()
    assert f"Update, {today.day} {today:%B %Y}</h2>" in text
    assert text.index("wheelbarrow all morning") < text.index("Update, ") < text.index("quibblefish")
    (hit,) = match(parse("quibblefish")).hits
    assert hit.url.endswith("#update-1-p-1")


def test_the_same_update_pressed_twice_is_one_and_it_can_be_mended_and_taken_away():
    page, code = page_and_code()
    vik = opened(code)
    for _ in range(2):
        press(vik, "add", update="A month later it is much better.")
    make.decide(Case.objects.waiting().get())
    assert public_text(page).count("A month later") == 1
    press(vik, "save", title=page.title, story=STORY, update_1="")
    make.decide(Case.objects.waiting().get())
    assert "A month later" not in public_text(page)
    assert "Update, " not in public_text(page)


def test_what_is_wrong_in_the_form_is_said_and_the_words_stay():
    _page, code = page_and_code()
    answer = save(code, title="", story=f"{STORY} quibblefish")
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert "quibblefish" in text_of(answer)


def test_what_was_declined_cannot_be_changed():
    page, code = page_and_code(public=False)
    case = make.case_of(page)
    moderation.decline(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())
    assert save(code, story=OTHER).status_code == 409
    assert Revision.objects.filter(page=page).count() == 1


def test_a_revision_says_nothing_of_who_wrote_it():
    page, code = page_and_code()
    save(code, story=OTHER)
    assert {revision.by for revision in page.revisions.all()} == {None}
