"""What a stranger reads: articles, exercises, visitors' pages and replies."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.moderation import flows
from tips.pages.models import Page

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_home_is_the_article_start_here_and_its_own_address_leads_home():
    make.article("start-here", "Start here", "Most back pain settles in weeks.")
    assert "Most back pain settles in weeks." in read("/")
    answer = Client().get("/articles/start-here/")
    assert (answer.status_code, answer["Location"]) == (301, "/")


def test_an_article_has_its_contents_its_footnotes_and_its_terms():
    make.term("Psoas", "A deep muscle from the spine to the thigh.")
    make.article(source="## Why start {#why}\n\nThe psoas hurts.[^1]\n\n[^1]: At times.\n")
    text = read("/articles/back-exercises/")
    assert 'href="#why"' in text
    assert 'id="fn1"' in text
    assert 'href="/glossary/#psoas"' in text
    assert "A deep muscle from the spine to the thigh." in text


def test_an_article_says_when_to_get_help_first_before_its_exercises():
    make.exercise()
    page = make.article(facts={"cards": ["cord-myelopathy", "cauda-equina"], "exercises": ["hip-hinge"]})
    text = read(page.get_absolute_url())
    wanted = ["When to get help first", "Emergency: ", "999", "Urgent: ", "Step by step"]
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)


def test_an_article_leads_to_its_first_three_exercises_before_its_text():
    slugs = [make.exercise(f"exercise-{each}", f"Exercise {each}").slug for each in range(4)]
    page = make.article(source="## Why start\n\nBecause it hurts.", facts={"exercises": slugs})
    text = read(page.get_absolute_url())
    above = text[text.index("<h1") : text.index("Because it hurts.")]
    wanted = ["/warning-signs/", *(f"/exercises/{slug}/" for slug in slugs[:3])]
    assert [above.index(words) for words in wanted] == sorted(above.index(words) for words in wanted)
    assert slugs[3] not in above
    assert slugs[3] in text


def test_the_exercises_are_grouped_by_what_they_are_for_the_owners_own_last():
    own, hard, gentle = (
        make.exercise("a-new-one", "A new one"),
        make.exercise("bird-dog", "Bird-dog"),
        make.exercise("walking", "Walking"),
    )
    text = read("/exercises/")
    wanted = ['id="ease"', gentle.title, 'id="strengthen"', hard.title, 'id="others"', own.title]
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)
    assert 'id="loosen"' not in text
    assert text.count('class="line"') == 3


def test_who_has_no_pain_finds_the_way_to_a_stronger_back():
    for address in ("/", "/exercises/"):
        assert '<a href="/articles/lumbar-spine-core-stabilisation/">Make my back stronger</a>' in read(address)


@pytest.mark.parametrize(("area", "leads"), [("abdomen", True), ("lower-back", True), ("neck", False)])
def test_an_area_leads_to_the_part_of_an_article_that_is_about_it(area, leads):
    make.article()
    make.article("neck-muscle-stretching", "The neck")
    text = read(f"/exercises/?area={area}")
    assert ('href="/articles/back-exercises/#quadratus-lumborum"' in text) is leads


def test_nothing_claims_a_review_that_nobody_signed():
    page = make.article()
    text = read(page.get_absolute_url())
    assert '<a href="/about/#how-sure">Not yet reviewed</a> by a named physio or doctor' in text
    page.reviewed_by, page.reviewed_on = "Dr Named Person", make.TODAY
    page.save()
    assert "Looked over by Dr Named Person" in read(page.get_absolute_url())


def test_an_exercise_says_stop_if_before_the_first_step():
    text = read(make.exercise(not_for=["You broke a bone."]).get_absolute_url())
    assert text.index("You broke a bone.") < text.index("It hurts more.") < text.index("Stand tall.")
    assert 'id="step-1"' in text


def test_what_should_be_asked_first_is_one_list_under_one_sentence():
    asked = ["Ask a GP or physio first if you broke a bone.", "Ask a GP or physio first if you are dizzy."]
    text = read(make.exercise(not_for=[*asked, "Never do this after a fall."]).get_absolute_url())
    assert text.count("Ask a GP or physio first if") == 1
    wanted = ["Never do this after a fall.", "<li>you broke a bone</li>", "<li>you are dizzy</li>", "Stand tall."]
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)


def test_a_visitors_page_says_whose_it_is_before_what_to_do_about_its_signs():
    text = read(make.page("Numb since Friday", flags=["cauda-equina"]).get_absolute_url())
    text = text[text.index("<h1") :]
    wanted = ["Numb since Friday</h1>", "A visitor", "If it sounds like you:", "999", 'id="text"']
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)


def test_a_visitors_page_shows_the_byline_the_month_and_the_voice():
    text = read(make.page("How I got up again", byline="Vik").get_absolute_url())
    assert "<b>Vik</b>" in text
    assert "November 2026" in text or timezone.now().strftime("%B %Y") in text
    assert "Not medical advice" in text


def test_replies_stand_under_what_they_answer_two_levels_deep():
    page = make.page()
    first = make.comment(page, "The first of all.")
    answer = make.comment(page, "An answer to the first.", parent=first)
    deeper = make.comment(page, "An answer to the answer.", parent=answer)
    deepest = make.comment(page, "One level too deep.", parent=deeper)
    other = make.comment(page, "A second thread.")
    assert [reply.depth for reply in (first, answer, deeper, deepest, other)] == [0, 1, 2, 2, 0]
    text = read(page.get_absolute_url())
    places = [text.index(reply.source) for reply in (first, answer, deeper, deepest, other)]
    assert places == sorted(places)


def test_a_reply_whose_parent_was_hidden_still_stands():
    page = make.page()
    first = make.comment(page, "The first of all.")
    make.comment(page, "An answer to the first.", parent=first)
    flows.hide(case=first.case, reason="hate", note="", by=None, version=first.case.version, now=timezone.now())
    text = read(page.get_absolute_url())
    assert "The first of all." not in text
    assert "An answer to the first." in text


def test_what_was_taken_down_answers_410_and_what_never_was_404():
    page = make.page()
    case = make.case_of(page)
    flows.hide(case=case, reason="hate", note="", by=None, version=case.version, now=timezone.now())
    assert Client().get(page.get_absolute_url()).status_code == 410
    assert Client().get("/pages/never-was/").status_code == 404
    assert Client().get(f"/articles/{page.slug}/").status_code == 404


def test_a_list_goes_on_from_where_it_ended_although_newer_pages_came():
    for number in range(25):
        make.page(f"Page number {number:02}")
    first = Client().get("/pages/")
    older = first.context["older"]
    make.page("A newer one")
    second = read(f"/pages/?before={older}")
    assert "Page number 05" in first.content.decode()
    assert "Page number 04" in second
    assert "Page number 05" not in second


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=999999999999999999999", "?kind=%00", "?area=nowhere", "?before=-1", "?about=%00"]
)
def test_odd_list_addresses_are_taken_kindly(query):
    make.page()
    assert Client().get(f"/pages/{query}").status_code == 200


def test_a_list_can_be_about_one_page_one_place_or_one_kind():
    neck = make.article("neck", "The neck")
    make.page("About the neck", about=[neck], areas=["neck"], kind="tip")
    make.page("About the back")
    for query in ("?about=neck", "?area=neck", "?kind=tip"):
        text = read(f"/pages/{query}")
        assert "About the neck" in text
        assert "About the back" not in text


def test_empty_lists_invite_to_be_the_first():
    assert "You could be the first" in read("/pages/")


def test_who_asked_not_to_be_found_is_in_no_sitemap_and_no_feed():
    page = make.page("A private matter")
    Page.objects.filter(pk=page.pk).update(in_search_engines=False)
    assert 'content="noindex' in read(page.get_absolute_url())
    assert page.slug not in read("/sitemap.xml")
    assert page.slug not in read("/feeds/pages.atom")


def test_feeds_carry_days_bylines_and_nothing_else():
    page = make.page("How I got up again", byline="Vik")
    make.comment(page, "This helped me too.", byline="Ana")
    make.settle(timezone.now())
    feed = read("/feeds/pages.atom")
    assert "<name>Vik</name>" in feed
    assert "T00:00:00" in feed
    replies = read(f"{page.get_absolute_url()}comments.atom")
    assert "This helped me too." in replies


def test_a_feed_can_be_about_one_kind_one_place_or_one_page():
    neck = make.article("neck", "The neck")
    make.page("About the neck", about=[neck], areas=["neck"], kind="tip")
    make.page("About the back")
    make.settle(timezone.now())
    for query in ("?about=neck", "?area=neck", "?kind=tip"):
        feed = read(f"/feeds/pages.atom{query}")
        assert "About the neck" in feed
        assert "About the back" not in feed
        assert query in feed
        assert f"/feeds/pages.atom{query}" in read(f"/pages/{query}")
    assert "About the back" in read("/feeds/pages.atom?about=never-was")


@pytest.mark.parametrize("made", [make.article, make.exercise, make.page])
def test_the_replies_under_every_kind_of_page_have_a_feed(made):
    page = made()
    make.comment(page, "This helped me too.")
    make.settle(timezone.now())
    assert "This helped me too." in read(f"{page.get_absolute_url()}comments.atom")
    assert f'href="{page.get_absolute_url()}comments.atom"' in read(page.get_absolute_url())
    elsewhere = "/pages/" if made is make.article else "/articles/"
    assert Client().get(f"{elsewhere}{page.slug}/comments.atom").status_code == 404


def test_an_address_that_nobody_has_offers_a_search_for_its_words():
    answer = Client().get("/articles/psoas-strech-2/")
    assert answer.status_code == 404
    assert 'value="psoas strech"' in answer.content.decode()
    assert 'value=""' in Client().get("/%00/123/").content.decode()


def test_control_characters_do_not_break_a_feed_t29():
    make.page("A title with \x0b odd \x1f signs", "A story with \x00 and \x08 and ]]> and <b> in it, long enough.")
    feed = read("/feeds/pages.atom")
    assert not any(ord(sign) < 32 and sign not in "\n\t\r" for sign in feed)


@pytest.mark.parametrize("replies", [5, 60])
def test_a_page_asks_five_times_however_many_replies(replies, django_assert_max_num_queries):
    page = make.page()
    first = make.comment(page, "The first.")
    for number in range(replies):
        make.comment(page, f"Reply {number}", parent=first if number % 3 == 0 else None)
    read(page.get_absolute_url())
    with django_assert_max_num_queries(5):
        read(page.get_absolute_url())
