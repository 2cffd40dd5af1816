"""The owner and the lead moderators rewrite the site's own pages in the admin, and what they wrote stays."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.operations.conftest import content, edit
from tips.freshness.slots import generation
from tips.index.match import match
from tips.index.query import parse
from tips.pages.models import OWNER_KINDS, Page, Revision

__all__ = ["content"]  # the fixture of a small site
pytestmark = pytest.mark.django_db


def lena() -> Client:
    return make.signed_in(make.user("lena@example.org", Role.LEAD))


def address_of(page: Page) -> str:
    return f"/admin/pages/page/{page.pk}/change/"


def shown(client: Client, page: Page) -> dict[str, str]:
    """What a browser would send back if nobody changed anything, with the line ends of browsers."""
    answer = client.get(address_of(page))
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form}
    inline = {"revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0"}
    sent = {name: str(value).replace("\n", "\r\n") for name, value in values.items() if value not in (None, False)}
    return {**sent, **inline}


def save(client: Client, page: Page, **changes: str) -> Page:
    answer = client.post(address_of(page), {**shown(client, page), **changes})
    assert answer.status_code == 302, re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.DOTALL)
    page.refresh_from_db()
    return page


def refused(client: Client, page: Page, **changes: str) -> str:
    answer = client.post(address_of(page), {**shown(client, page), **changes})
    assert answer.status_code == 200
    return " ".join(re.findall(r"<li>(.*?)</li>", answer.content.decode()))


@pytest.mark.parametrize("client", [lena, lambda: make.signed_in(make.olga())])
def test_new_words_are_read_and_found_and_their_history_kept(client):
    page = make.article(source="## Why\n\nBecause of glimmerwort.")
    who = client()

    save(who, page, title="Backs", summary="About backs.", source="## Why\n\nBecause of quibblefish.")

    text = Client().get("/articles/back-exercises/").content.decode()
    assert "quibblefish" in text
    assert "<h1" in text
    assert "Backs" in text
    assert (len(match(parse("quibblefish")).hits), len(match(parse("glimmerwort")).hits)) == (1, 0)
    first, second = page.revisions.all()
    assert (first.origin, first.source) == ("content", "## Why\n\nBecause of glimmerwort.")
    assert (second.origin, second.title, second.source) == ("owner", "Backs", "## Why\n\nBecause of quibblefish.")
    assert str(second.by.pk) == who.session["_auth_user_id"]
    assert page.updated_on == timezone.localdate()
    assert 'id="why"' in page.html
    history = who.get(address_of(page)).content.decode()
    assert "Because of glimmerwort." in history


def test_an_address_and_a_day_of_publishing_are_not_changed_by_an_edit():
    page = make.article()
    before = (page.slug, page.kind, page.published_on, page.sequence, page.visibility, page.comment_count)

    save(lena(), page, title="Backs", slug="other", kind="info", visibility="gone", comment_count="7")

    assert (page.slug, page.kind, page.published_on, page.sequence, page.visibility, page.comment_count) == before


def test_pages_are_rendered_anew_by_their_readers_caches(django_capture_on_commit_callbacks):
    page = make.article()
    before = generation(page.source_key)
    with django_capture_on_commit_callbacks(execute=True):
        save(lena(), page, source="Other words.")

    assert generation(page.source_key) != before


def test_the_facts_of_an_exercise_are_fields_of_their_own():
    make.exercise("bridge", "Bridge")
    page = make.exercise(sources=[])
    client = lena()

    save(
        client,
        page,
        fact_steps="Stand tall.\r\n\r\nQuibblefish back.",
        fact_related="bridge",
        fact_hold="Five  breaths",
    )

    assert page.facts["steps"] == ["Stand tall.", "Quibblefish back."]
    assert (page.facts["related"], page.facts["hold"]) == (["bridge"], "Five breaths")
    assert page.facts["stop_if"] == ["It hurts more."]
    text = Client().get("/exercises/hip-hinge/").content.decode()
    assert "Quibblefish back." in text
    assert [hit.url for hit in match(parse("quibblefish")).hits] == ["/exercises/hip-hinge/#step-2"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"source": "It helps.[^1]"}, "[^1]"),
        ({"source": "It helps.\n\n[^2]: A study."}, "[^2]"),
        ({"fact_related": "no-such-page"}, "no-such-page"),
        ({"fact_sources": "S1\nS999"}, "S999"),
        ({"fact_cards": "cauda-equina\nno-such-sign"}, "no-such-sign"),
        ({"reviewed_by": "Dr Berg"}, "who, and on which day"),
        ({"reviewed_on": "2026-11-01"}, "who, and on which day"),
        ({"title": ""}, "required"),
        ({"title": "x" * 121}, "at most 120"),
    ],
)
def test_what_leads_nowhere_is_not_stored(changes, complaint):
    page = make.article(source="As it was.")

    assert complaint in refused(lena(), page, **changes)

    page.refresh_from_db()
    assert (page.source, page.title, page.reviewed_by, page.revisions.count()) == (
        "As it was.",
        "Back exercises",
        "",
        1,
    )


def test_a_footnote_that_leads_somewhere_is_fine():
    page = make.article()

    save(lena(), page, source="It helps.[^1]\n\n[^1]: A study.")

    assert "A study." in page.html


def test_a_review_is_signed_with_a_name_and_a_day_and_makes_no_revision():
    page = make.article()

    save(lena(), page, reviewed_by="Dr Nora Berg, GP", reviewed_on="2026-11-20", next_review_on="2027-11-20")

    assert (page.reviewed_on, page.next_review_on) == (date(2026, 11, 20), date(2027, 11, 20))
    assert page.revisions.count() == 1
    assert "Looked over by Dr Nora Berg, GP" in Client().get("/articles/back-exercises/").content.decode()


def test_a_page_that_is_not_public_stays_so():
    page = make.article()
    page.take_down()

    save(lena(), page, source="Quibblefish.")

    assert not page.is_published
    assert not match(parse("quibblefish")).hits


def test_saving_what_nobody_changed_is_no_edit_on_any_page_of_the_site(capsys):
    """Browsers send other line ends than files have: if that counted, no content file would ever come in again."""
    call_command("load_content")
    client = make.signed_in(make.olga())
    for page in Page.objects.of_kind(*OWNER_KINDS):
        save(client, page)

    assert not Revision.objects.exclude(origin="content").exists()


def test_load_content_keeps_what_the_owner_wrote_and_takes_the_rest(content, capsys):
    call_command("load_content")
    mine, theirs = Page.objects.get(slug="psoas"), Page.objects.get(slug="bird-dog")
    save(make.signed_in(make.olga()), mine, source="My own words about the psoas.", fact_related="")
    edit(content / "articles/psoas.md", "psoas", "psoas muscle")
    edit(content / "exercises/bird-dog.md", 'title = "Bird-dog"', 'title = "The bird-dog"')
    capsys.readouterr()

    call_command("load_content")

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.source == "My own words about the psoas."
    assert "My own words" in mine.html
    assert theirs.title == "The bird-dog"
    assert "Kept: psoas" in capsys.readouterr().out


def test_visitors_pages_are_neither_listed_nor_opened_nor_changed():
    page = make.page("A quibblefish morning", "Words of a visitor.")
    client = make.signed_in(make.olga())

    assert page.title not in client.get("/admin/pages/page/").content.decode()
    assert page.title not in client.get("/admin/pages/page/?q=quibblefish").content.decode()
    assert client.get(address_of(page), follow=True).redirect_chain[-1][0] == "/admin/"
    client.post(address_of(page), {"title": "Mine", "source": "Mine"})
    page.refresh_from_db()
    assert (page.title, page.revisions.count()) == ("A quibblefish morning", 1)


def test_nobody_adds_or_deletes_a_page_there():
    page = make.article()
    client = make.signed_in(make.olga())

    assert client.get("/admin/pages/page/add/").status_code == 403
    assert client.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/admin/pages/page/", {"action": "delete_selected", "_selected_action": page.pk, "post": "yes"})
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_revision_is_never_changed():
    page = make.article(source="As it was.")
    client = make.signed_in(make.olga())
    revision = page.revisions.get()

    save(
        client,
        page,
        **{
            "revisions-TOTAL_FORMS": "1",
            "revisions-INITIAL_FORMS": "1",
            "revisions-0-id": str(revision.pk),
            "revisions-0-page": str(page.pk),
            "revisions-0-source": "Forged.",
            "revisions-0-DELETE": "on",
        },
    )

    revision.refresh_from_db()
    assert revision.source == "As it was."


def test_the_list_asks_the_database_no_more_often_when_there_are_more(django_assert_max_num_queries):
    client = make.signed_in(make.olga())
    for number in range(30):
        make.article(f"page-{number}", f"Page {number}")

    with django_assert_max_num_queries(8):
        assert "Page 29" in client.get("/admin/pages/page/").content.decode()
