"""The search page, search.json and suggestions, on the site's own words."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.comments.models import Comment
from tips.freshness.slots import bump
from tips.glossary.models import SynonymGroup, Term
from tips.glossary.passages import passage
from tips.moderation import flows
from tips.pages.models import Visibility
from tips.pages.warnings import passages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    make.article("psoas", "The psoas", "## Where it is {#where}\n\nThe psoas is deep in your belly, near the groin.")
    make.article("neck", "The neck", "## Turning\n\nTurn your neck slowly. Sciatica is elsewhere.")
    make.exercise("hip-hinge", "Hip hinge", steps=["Hold a broom handle along your spine.", "Push your hips back."])
    SynonymGroup.objects.create(lay=["so-as"], means=["psoas"], both=False)
    bump("glossary")


def ask(q: str, **more) -> dict:
    return Client().get("/search.json", {"q": q, **more}).json()


def test_words_are_found_where_they_stand_with_the_address_of_the_place(site):
    hit = ask("groin")["hits"][0]
    assert (hit["kind"], hit["slug"], hit["url"]) == ("article", "psoas", "/articles/psoas/")
    assert hit["passages"][0]["url"] == "/articles/psoas/#where"
    assert "<mark>groin</mark>" in hit["passages"][0]["html"]
    assert ask("broom")["hits"][0]["passages"][0]["url"] == "/exercises/hip-hinge/#step-1"


def test_what_an_exercise_needs_is_found_and_shown_in_sentences(site):
    facts = {"feel": "A long pull.", "muscles": ["psoas", "iliacus"], "position": "standing", "equipment": "a quiver"}
    make.exercise("back-bend", "Back bend", **facts)
    make.exercise("turns", "Turns", muscles=["quarrons"], position="standing", equipment="none")
    shown = ask("quiver")["hits"][0]["passages"][0]["html"]
    assert shown == "A long pull. For: psoas, iliacus. Position: standing. You need: a <mark>quiver</mark>."
    assert ask("quarrons")["hits"][0]["passages"][0]["html"] == "For: <mark>quarrons</mark>. Position: standing."


def test_the_lines_of_warning_signs_and_terms_are_set_apart(site):
    signs = {each.url: each.body for each in passages()}["/warning-signs/#heart-attack"]
    assert "heavy or squeezed; the pain spreads" in signs
    assert "short of breath. Call" in signs
    term = Term(name="coccyx", variants=["coccygeal"], lay=["tailbone", "butt bone"], definition="Small bones.")
    assert passage(term).body == "Small bones. (coccygeal, tailbone, butt bone)"


def test_a_reply_is_found_and_leads_to_itself(site):
    page = make.page("A wheelbarrow morning")
    reply = make.comment(page, "Glimmerwort helped me as well.")
    hit = ask("glimmerwort")["hits"][0]
    assert (hit["slug"], hit["passages"][0]["url"]) == (page.slug, reply.get_absolute_url())


def test_a_misspelling_is_put_right_and_can_be_undone(site):
    found = ask("siatica")
    assert (found["corrected"], found["total"]) == ("sciatica", 1)
    assert ask("siatica", as_typed="1")["total"] == 0


def test_an_everyday_word_finds_the_technical_one_and_says_so(site):
    found = ask("so-as")
    assert found["expanded"] == ["psoas"]
    assert found["hits"][0]["slug"] == "psoas"


def test_either_spelling_finds_the_other_and_is_no_slip(site):
    make.article("discs", "Discs", "A disc can bulge. Core stabilisation, in colour. One disk.")
    SynonymGroup.objects.create(lay=["slipped disc"], means=["prolapse"])
    bump("glossary")
    for typed in ("disk", "stabilization", "color"):
        found = ask(typed)
        assert (found["corrected"], found["total"]) == (None, 1)
        assert "<mark>" in found["hits"][0]["passages"][0]["html"]
    assert "prolapse" in ask("slip disk")["expanded"]
    assert "disk" in ask("disc")["expanded"]
    assert ask("color", as_typed=1, only=1)["total"] == 0


def test_a_real_word_that_is_usually_a_slip_is_offered_not_replaced(site):
    text = Client().get("/search/", {"q": "lumber"}).content.decode()
    assert "Did you mean" in text
    assert ask("lumber")["corrected"] is None


def test_what_was_hidden_is_not_found_even_while_the_index_still_has_it(site, monkeypatch):
    page = make.page("Quibblefish morning")
    monkeypatch.setattr("tips.pages.flows.remove_group", lambda group: None)
    case = make.case_of(page)
    flows.hide(case=case, reason="hate", note="", by=None, version=case.version, now=timezone.now())
    assert ask("quibblefish")["total"] == 0


def test_a_reply_hidden_meanwhile_is_not_shown_under_a_page_that_is_found(site):
    page = make.page("Quibblefish morning", "The quibblefish.")
    reply = make.comment(page, "Another quibblefish.")
    assert "Another" in str(ask("quibblefish")["hits"])
    Comment.objects.filter(pk=reply.pk).update(visibility=Visibility.UNPUBLISHED)
    assert "Another" not in str(ask("quibblefish")["hits"])


def test_a_warning_sign_in_the_question_shows_the_card(site):
    found = ask("numb between my legs")
    assert found["safety"]["level"] == "E"
    assert "cauda-equina" in found["safety"]["flags"]
    assert "999" in Client().get("/search/", {"q": "numb between my legs"}).content.decode()


def test_kinds_are_counted_and_can_be_chosen(site):
    make.page("The psoas and me", "My psoas was sore for a year, and then it was not.")
    assert {hit["kind"] for hit in ask("psoas")["hits"]} == {"article", "experience"}
    assert {hit["kind"] for hit in ask("psoas", kind="experience")["hits"]} == {"experience"}


def test_the_cursor_is_in_the_box_before_a_search_and_the_results_are_one_step_away_after_it(site):
    before, after = Client().get("/search/").content.decode(), Client().get("/search/", {"q": "psoas"}).content.decode()
    assert before.count(" autofocus") == 1
    assert 'href="#results"' not in before
    assert " autofocus" not in after
    assert after.index('href="#results"') < after.index('<ol class="found" id="results" tabindex="-1">')


def test_nothing_found_offers_a_next_step(site):
    text = Client().get("/search/", {"q": "zzzzqqqq"}).content.decode()
    assert "mentioned nowhere" in text
    assert "/share/?kind=question" in text


HOSTILE = [
    "", " ", '"', '""', "'", "it's", "L4-L5", "foo AND", "NEAR(", "*", "-x", "(", ")", "a\x00b", "x" * 5000,
    "\U0001f635", "col:x", "{a b}", "^a", "a OR", "%", "_", "\\", "<script>", "\u202eabc", "the of and", "-", "--",
    '"a" -"b"', "\ud83d",
]  # fmt: skip


@pytest.mark.parametrize("q", HOSTILE)
@pytest.mark.parametrize("address", ["/search/", "/search.json", "/search/suggest/"])
def test_whatever_is_typed_is_just_words_t26(site, address, q):
    answer = Client().get(address, {"q": q.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    "over", [{"page": "x"}, {"page": "-1"}, {"page": "999"}, {"kind": "'"}, {"area": "\x00"}, {"sort": "?"}]
)
def test_odd_addresses_are_taken_kindly(site, over):
    assert Client().get("/search/", {"q": "psoas", **over}).status_code == 200


def test_the_search_asks_six_times_at_most_however_many_pages(site, django_assert_max_num_queries):
    for number in range(25):
        make.comment(
            make.page(f"Psoas page {number}", f"My psoas was sore, number {number}."), f"Mine too, the psoas {number}."
        )
    Client().get("/search/", {"q": "psoas"})
    with django_assert_max_num_queries(6):
        Client().get("/search/", {"q": "psoas"})
    with django_assert_max_num_queries(6):
        Client().get("/search/", {"q": "psosas"})


def test_suggestions_are_titles(site):
    offered = Client().get("/search/suggest/", {"q": "pso"}).json()["suggestions"]
    assert offered[0]["url"] == "/articles/psoas/"
