"""Exercises on paper: what speaks against them first, and a code that leads back."""

import re
from urllib.parse import urlencode

import pytest
import segno
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from tests import make
from tips.pages.models import Page, Visibility
from tips.text.qr import draw

pytestmark = pytest.mark.django_db

BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def sheets(*slugs: str) -> str:
    answer = Client().get("/exercises/print/?" + urlencode([("of", slug) for slug in slugs]))
    assert answer.status_code == 200
    return answer.content.decode()


def titles(text: str) -> list[str]:
    """Of the sheets, in the order in which they are printed."""
    return re.findall(r'<article class="sheet".*?<h2[^>]*>(.*?)</h2>', text, re.DOTALL)


def many(number: int) -> list[str]:
    return [make.exercise(f"exercise-{each}", f"Exercise {each}").slug for each in range(number)]


def test_every_caution_stands_before_the_first_step():
    make.exercise(
        not_for=["You broke a bone."], hold="ten breaths", repeat="three times", feel="The back of the thighs."
    )
    text = sheets("hip-hinge")
    wanted = [
        ">Hip hinge</h2>",
        "You broke a bone.",
        "It hurts more.",
        "Stand tall.",
        "Push your hips back.",
        "Ten breaths",
        "Three times",
        "The back of the thighs.",
        "In an emergency: call 999.",
        f"{settings.SITE_URL}/exercises/hip-hinge/</a>",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert date_format(timezone.localdate(), "j F Y") in text


def test_the_emergency_number_is_that_of_the_owners_country(settings):
    settings.COUNTRY = "IE"
    make.exercise()
    assert "call 112 or 999." in sheets("hip-hinge")


def test_the_code_leads_back_to_the_exercise():
    make.exercise()
    text = sheets("hip-hinge")
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])
    drawn = [[0] * size for _ in range(size)]
    for x, y, length, back in (map(int, bar) for bar in BAR.findall(text)):
        assert length == back
        drawn[y][x : x + length] = [1] * length

    wanted = segno.make(f"{settings.SITE_URL}/exercises/hip-hinge/", error="m", micro=False)
    assert drawn == [list(row) for row in wanted.matrix_iter(border=4)]


@pytest.mark.parametrize("made", [make.article, make.exercise])
def test_a_printed_page_leads_back_too(made):
    page = made()
    text = Client().get(page.get_absolute_url()).content.decode()
    foot = text[text.index('class="print-only paper"') :]
    assert f"{settings.SITE_URL}{page.get_absolute_url()}<br>" in foot
    assert draw(f"{settings.SITE_URL}{page.get_absolute_url()}").path in foot
    assert "call 999" in foot


def test_the_page_keeps_to_the_policy_and_sets_no_cookie():
    make.exercise()
    answer = Client().get("/exercises/print/?of=hip-hinge")
    assert not answer.cookies
    assert not re.search(r"\sstyle=|<style|data:", answer.content.decode())


@pytest.mark.parametrize("address", ["/exercises/print/", "/exercises/print/?of=hip-hinge"])
def test_search_engines_keep_the_exercise_and_not_its_sheet(address):
    make.exercise()
    assert '<meta name="robots" content="noindex">' in Client().get(address).content.decode()


def test_a_set_is_printed_in_the_order_asked_for_and_each_once():
    many(3)
    assert titles(sheets("exercise-2", "exercise-0", "exercise-2")) == ["Exercise 2", "Exercise 0"]


def test_twelve_at_once_and_the_others_one_click_away():
    slugs = many(14)
    text = sheets(*slugs)
    assert titles(text) == [f"Exercise {each}" for each in range(12)]
    assert "The first 12 of your set" in text
    assert 'href="/exercises/print/?of=exercise-12&amp;of=exercise-13"' in text
    assert titles(sheets("exercise-12", "exercise-13")) == ["Exercise 12", "Exercise 13"]


def test_what_is_unknown_hidden_or_no_exercise_is_left_out():
    make.exercise()
    make.exercise("hidden", "A hidden one")
    Page.objects.filter(slug="hidden").update(visibility=Visibility.GONE)
    make.article("neck", "The neck")
    visitors = make.page("By a visitor")
    text = sheets("nowhere", "hidden", "neck", visitors.slug, "hip-hinge")
    assert titles(text) == ["Hip hinge"]
    assert "A hidden one" not in text


@pytest.mark.parametrize("slug", ["", "nowhere", "\x00", "print", "<script>alert(1)</script>", "é" * 3000])
def test_where_nothing_is_left_one_may_choose(slug):
    make.exercise()
    text = sheets(slug)
    assert "Choose what to print" in text
    assert "Nothing here by that name" in text
    assert 'name="of" value="hip-hinge"' in text
    assert "<script>alert" not in text


def test_the_form_is_plain_and_lists_every_exercise_under_its_areas():
    make.exercise("neck-turns", "Easy neck turns")
    text = Client().get("/exercises/print/").content.decode()
    assert '<form action="/exercises/print/">' in text
    assert text.count('name="of" value="neck-turns"') > 1
    assert "Nothing here by that name" not in text


def test_the_exercise_and_the_list_lead_to_the_sheet():
    page = make.exercise("neck-turns", "Easy neck turns")
    assert 'href="/exercises/print/?of=neck-turns"' in Client().get(page.get_absolute_url()).content.decode()
    assert 'href="/exercises/print/"' in Client().get("/exercises/").content.decode()
    assert 'href="/exercises/print/#neck"' in Client().get("/exercises/?area=neck").content.decode()
    assert 'id="neck"' in Client().get("/exercises/print/").content.decode()


def test_a_sheet_changes_nothing():
    assert Client().post("/exercises/print/").status_code == 405


@pytest.mark.parametrize("number", [1, 12])
def test_any_number_of_sheets_is_one_question_and_the_owners_two(number, django_assert_max_num_queries):
    slugs = many(number)
    with django_assert_max_num_queries(3):
        sheets(*slugs)
