"""Words that the site explains: changed in the admin, they change in glossary, search and pages at once."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Role
from tests import make
from tips.freshness.slots import generation
from tips.glossary.models import SynonymGroup, Term
from tips.glossary.words import synonym_groups
from tips.index.match import match
from tips.index.query import parse

pytestmark = pytest.mark.django_db


def lena() -> Client:
    return make.signed_in(make.user("lena@example.org", Role.LEAD))


def term(**over: str) -> dict[str, str]:
    return {
        "name": "Psoas",
        "slug": "psoas",
        "definition": "A quibblefish muscle.",
        "variants": "iliopsoas",
        "lay": "hip muscle\r\n\r\nglimmerwort",
        "autolink": "everywhere",
        **over,
    }


def found(words: str) -> list[str]:
    return [hit.url for hit in match(parse(words)).hits]


def test_a_new_term_is_linked_in_pages_listed_and_found(django_capture_on_commit_callbacks):
    page = make.article(source="Your iliopsoas is tight.")
    before = (page.revisions.count(), page.updated_on, generation("glossary"), generation(page.source_key))

    with django_capture_on_commit_callbacks(execute=True):
        assert lena().post("/admin/glossary/term/add/", term()).status_code == 302

    text = Client().get("/articles/back-exercises/").content.decode()
    assert 'href="/glossary/#psoas"' in text
    assert "A quibblefish muscle." in text
    assert "A quibblefish muscle." in Client().get("/glossary/").content.decode()
    assert "/glossary/#psoas" in found("glimmerwort")
    assert Term.objects.get().lay == ["hip muscle", "glimmerwort"]
    page.refresh_from_db()
    assert (page.revisions.count(), page.updated_on) == before[:2]
    assert generation("glossary") != before[2]
    assert generation(page.source_key) != before[3]


def test_a_changed_term_says_so_everywhere_and_keeps_its_address():
    made = make.term()
    page = make.article(source="Your psoas is tight.")

    lena().post(f"/admin/glossary/term/{made.pk}/change/", term(slug="other", definition="A glimmerwort muscle."))

    made.refresh_from_db()
    page.refresh_from_db()
    assert made.slug == "psoas"
    assert "A glimmerwort muscle." in page.html
    assert "deep muscle" not in page.html


def test_a_removed_term_leaves_pages_and_search():
    made = make.term()
    client = lena()
    client.post(f"/admin/glossary/term/{made.pk}/change/", term())
    page = make.article(source="Your psoas is tight.")
    assert "/glossary/#psoas" in page.html

    assert client.post(f"/admin/glossary/term/{made.pk}/delete/", {"post": "yes"}).status_code == 302

    page.refresh_from_db()
    assert "/glossary/#psoas" not in page.html
    assert "/glossary/#psoas" not in found("quibblefish")


def test_what_came_with_the_site_is_changed_not_removed(capsys):
    call_command("load_content")
    client = lena()
    came, group = Term.objects.get(slug="acute-pain"), SynonymGroup.objects.first()
    sent = term(name="acute pain", definition="Pain of the last six weeks.", variants="", lay="")
    assert client.post(f"/admin/glossary/term/{came.pk}/change/", sent).status_code == 302

    assert client.post(f"/admin/glossary/term/{came.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/glossary/synonymgroup/{group.pk}/delete/", {"post": "yes"}).status_code == 403
    call_command("load_content")
    came.refresh_from_db()
    assert came.definition == "Pain of the last six weeks."


def test_a_definition_is_short():
    answer = lena().post("/admin/glossary/term/add/", term(definition="word " * 26))

    assert answer.status_code == 200
    assert "25 words or fewer" in answer.content.decode()
    assert not Term.objects.exists()


def test_everyday_words_are_understood_from_the_next_search_on(django_capture_on_commit_callbacks):
    client = lena()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/admin/glossary/synonymgroup/add/", {"lay": "crick\r\nrick", "means": "stiff neck"})
    assert answer.status_code == 302
    assert [(group.lay, group.means) for group in synonym_groups()] == [(("crick", "rick"), ("stiff neck",))]

    group = SynonymGroup.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/glossary/synonymgroup/{group.pk}/delete/", {"post": "yes"})
    assert synonym_groups() == ()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_nobody_else_edits_words(role):
    client = make.signed_in(make.user("somebody@example.org", role))

    for place in ("term", "synonymgroup"):
        assert client.post(f"/admin/glossary/{place}/add/", term()).status_code == 302
    assert not Term.objects.exists()
