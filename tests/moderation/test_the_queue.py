"""One list of everything that waits: each thing once, what may harm first, with why it is here."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.moderation.test_messages import report
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Case, Kind
from tips.moderation.queueing import rows, waiting

pytestmark = pytest.mark.django_db
NUMB = "Since this morning I cannot feel anything between my legs, and I cannot pass water. It began on the sofa."


def queue(**query) -> str:
    return text_of(make.signed_in(make.mina()).get("/moderation/", query))


def sent(**over) -> Case:
    vik = Client()
    assert vik.post("/share/", make.filled(vik, "/share/", **make.story(**over))).status_code == 303
    return Case.objects.latest("pk")


def one_of_each() -> dict[str, Case]:
    page = make.waiting_page("A waiting page")
    photographed = make.waiting_page("A page with a photo")
    make.photo(photographed)
    reply = make.waiting_comment(make.page("A public page"), "A waiting reply.")
    changed, code = page_and_code(title="A changed page")
    press(opened(code), "save", title="A changed page", story="Entirely other words, which nobody has read so far.")
    return {
        "pages": make.case_of(page),
        "photos": make.case_of(photographed),
        "replies": reply.case,
        "versions": Case.objects.filter(revision__page=changed).latest("pk"),
        "reports": report(Client()),
    }


def test_everything_waits_in_one_list_and_each_thing_once():
    cases = one_of_each()
    text = queue()
    for case in cases.values():
        assert text.count(f'/{case.pk}/"') == 1
    assert "New version of experience" in text
    assert "1 photo" in text


@pytest.mark.parametrize("sort", ["pages", "photos", "replies", "versions", "reports"])
def test_one_sort_alone_can_be_asked_for(sort):
    cases = one_of_each()
    shown = {row.case.pk for row in rows(waiting(sort), now=timezone.now())}
    assert cases[sort].pk in shown
    others = {case.pk for name, case in cases.items() if name != sort and (sort, name) != ("pages", "photos")}
    assert not shown & others


def test_a_row_says_which_rule_brought_it_here_with_the_words_marked():
    sent(story=NUMB)
    text = queue()
    assert "Cauda equina" in text or "<b>" in text
    case = Case.objects.get()
    assert case.matches
    rule, words = case.matches[0]
    assert words in NUMB
    assert words in text
    page = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert f"<mark>{words}</mark>" in page
    assert rule in page


def test_what_the_form_noticed_is_said():
    case = make.case_of(make.waiting_page())
    Case.objects.filter(pk=case.pk).update(signals=["the hidden field was filled in"])
    assert "The hidden field was filled in" in queue()


def test_a_hard_story_is_folded_until_it_is_wanted():
    case = sent(story=NUMB)
    assert case.priority == 3
    before, _, after = queue().partition("Open it when you are ready")
    assert "It began on the sofa" not in before
    assert "It began on the sofa" in after
    assert "Open it when you are ready" in text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))


def test_photos_are_blurred_until_they_are_pressed():
    page = make.waiting_page("With a photo")
    photo = make.photo(page)
    text = text_of(make.signed_in(make.mina()).get(f"/moderation/{make.case_of(page).pk}/"))
    assert f'<details class="veil"><summary><img src="/moderation/photos/{photo.public_id}.webp"' in text


def test_harm_goes_before_age_and_age_before_what_is_new():
    now = timezone.now()
    old = make.case(opened_at=now - timedelta(days=9))
    newer = make.case(opened_at=now - timedelta(days=1))
    soon = make.case(priority=1)
    today = make.case(priority=2)
    at_once = make.case(Kind.COMMENT, priority=3)
    assert list(waiting().most_urgent_first()) == [at_once, today, soon, old, newer]


def test_nothing_leads_from_one_thing_of_an_author_to_another():
    _first, code = page_and_code(title="The first page of Vik", byline="Vik of Leeds")
    second = make.waiting_page("The second page of Vik", byline="Vik of Leeds")
    text = text_of(make.signed_in(make.mina()).get(f"/moderation/{make.case_of(second).pk}/"))
    assert "The first page of Vik" not in text
    assert code not in text


def test_days_and_hours_but_no_times_are_shown():
    case = make.case_of(make.waiting_page())
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now().replace(hour=3, minute=17, second=41))
    for address in ("/moderation/", f"/moderation/{case.pk}/"):
        text = text_of(make.signed_in(make.mina()).get(address))
        assert "3:17" not in text
        assert ":41" not in text


def test_a_long_queue_goes_on_and_asks_no_more_often(django_assert_max_num_queries):
    for number in range(30):
        page = make.waiting_page(f"Page number {number}", flags=["cauda-equina"] if number % 2 else [])
        make.photo(page)
    one_of_each()
    mina = make.signed_in(make.mina())
    with django_assert_max_num_queries(8):
        text = text_of(mina.get("/moderation/"))
    assert "?from=25" in text
    assert text_of(mina.get("/moderation/?from=25")).count('class="line') > 5


def test_after_a_decision_the_next_thing_comes_with_one_press_to_undo():
    first, second = (make.case_of(make.waiting_page(f"Page number {number}")) for number in range(2))
    mina = make.signed_in(make.mina())
    said = {"action": "publish", "version": 1, "onwards": ""}
    answer = mina.post(f"/moderation/{first.pk}/", said)
    assert answer["Location"] == f"/moderation/{second.pk}/"
    assert f"/moderation/decisions/{first.decisions.get().pk}/undo/" in text_of(mina.get(answer["Location"]))
