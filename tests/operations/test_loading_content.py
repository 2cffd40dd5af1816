"""`manage.py load_content`: the site's own texts come in as often as wanted, and the owner's words are never lost."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backsite.management.commands.load_content import load_everything
from tests.make import TODAY
from tests.operations.conftest import WHOLE, edit
from tips.course.models import LessonRevision
from tips.glossary.loading import digest
from tips.glossary.models import SynonymGroup, Term
from tips.index.models import StoredPassage
from tips.pages.flows import take_down_page
from tips.pages.models import Kind, Page, Revision

pytestmark = pytest.mark.django_db


def load(capsys: pytest.CaptureFixture[str]) -> str:
    call_command("load_content")
    return capsys.readouterr().out


def found(kind: str) -> set[str]:
    return set(StoredPassage.objects.filter(kind=kind).values_list("url", flat=True))


def rewrite(page: Page) -> None:
    """As the owner's editor does it."""
    Revision.objects.create(page=page, origin="owner", title=page.title, source="My own words.", made_on=TODAY)
    Page.objects.filter(pk=page.pk).update(source="My own words.", html="<p>My own words.</p>")


def test_everything_that_the_site_came_with_is_public_and_found(capsys):
    said = load(capsys)

    groups = (WHOLE / "synonyms.toml").read_text("utf-8").count("[[group]]")
    assert f"36 pages, 60 terms, {groups} groups of everyday words, 8 lessons" in said
    pages = Page.objects.published()
    assert pages.of_kind(Kind.ARTICLE).count() == 7
    assert pages.of_kind(Kind.EXERCISE).count() == 22
    assert pages.of_kind(Kind.CHECK).count() == 3
    assert set(pages.of_kind(Kind.INFO).values_list("slug", flat=True)) == {
        "about",
        "privacy",
        "accessibility",
        "house-rules",
    }
    assert "/glossary/#psoas" in found("term")
    assert len(found("warning")) == (WHOLE / "flags.toml").read_text("utf-8").count("[[flag]]")


def test_articles_stand_in_a_sensible_order(capsys):
    load(capsys)

    first = Page.objects.of_kind(Kind.ARTICLE).order_by("sequence").values_list("slug", flat=True)
    assert list(first)[:2] == ["start-here", "back-exercises"]


def test_a_second_time_nothing_changes_and_little_is_asked(capsys):
    load(capsys)
    before = list(Page.objects.order_by("pk").values()), Revision.objects.count(), StoredPassage.objects.count()

    with CaptureQueriesContext(connection) as queries:
        loaded, kept = load_everything()

    assert (loaded, kept) == ({}, [])
    assert len(queries) <= 40
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (
        list(Page.objects.order_by("pk").values()),
        Revision.objects.count(),
        StoredPassage.objects.count(),
    ) == before


def test_an_exercise_keeps_its_facts(content, capsys):
    load(capsys)

    page = Page.objects.get(slug="bird-dog")
    assert page.kind == Kind.EXERCISE
    assert page.facts["code"] == "EX15"
    assert len(page.facts["steps"]) == 7
    assert sorted(area.slug for area in page.areas.all()) == ["lower-back", "pelvis-buttock"]
    assert "/exercises/bird-dog/#step-3" in found("exercise")


def test_a_file_that_changed_makes_a_new_revision(content, capsys):
    load(capsys)
    edit(content / "exercises/bird-dog.md", 'title = "Bird-dog"', 'title = "The bird-dog"')

    assert load(capsys) == "Loaded: 1 pages.\n"

    page = Page.objects.get(slug="bird-dog")
    assert page.title == "The bird-dog"
    assert [revision.origin for revision in page.revisions.all()] == ["content", "content"]
    assert StoredPassage.objects.filter(source=page.source_key, title="The bird-dog").exists()


def test_what_the_owner_wrote_is_kept_and_the_command_says_so_once(content, capsys):
    load(capsys)
    rewrite(Page.objects.get(slug="psoas"))
    edit(content / "articles/psoas.md", "psoas", "psoas muscle")

    assert "Kept: psoas" in load(capsys)
    assert "Kept" not in load(capsys)
    assert Page.objects.get(slug="psoas").source == "My own words."


def test_a_page_that_the_owner_took_down_stays_down(content, capsys):
    load(capsys)
    take_down_page(page=Page.objects.get(slug="bird-dog"))
    edit(content / "exercises/bird-dog.md", 'title = "Bird-dog"', 'title = "The bird-dog"')

    load(capsys)

    page = Page.objects.get(slug="bird-dog")
    assert page.title == "The bird-dog"
    assert not page.is_published
    assert not StoredPassage.objects.filter(source=page.source_key).exists()


def test_a_file_that_cannot_be_read_changes_nothing_at_all(content, capsys):
    (content / "exercises/bird-dog.md").write_text("no front matter")

    with pytest.raises(CommandError, match=r"bird-dog\.md"):
        load(capsys)

    assert (Page.objects.count(), Term.objects.count(), SynonymGroup.objects.count()) == (0, 0, 0)


def test_a_new_term_is_linked_in_pages_that_did_not_change(content, capsys):
    load(capsys)
    page = Page.objects.get(slug="about")
    edit(content / "glossary.toml", 'name = "abdominal muscles"', 'name = "visitors"')
    edit(content / "glossary.toml", 'slug = "abdominal-muscles"', 'slug = "visitors"')

    load(capsys)

    again = Page.objects.get(slug="about")
    assert "/glossary/#visitors" not in page.html
    assert "/glossary/#visitors" in again.html
    assert again.updated_on == page.updated_on
    assert again.revisions.count() == 1


def test_a_term_that_left_the_file_leaves_the_site_and_the_search(content, capsys):
    load(capsys)
    edit(content / "glossary.toml", 'slug = "acute-pain"', 'slug = "new-pain"')

    load(capsys)

    assert not Term.objects.filter(slug="acute-pain").exists()
    assert "/glossary/#acute-pain" not in found("term")
    assert "/glossary/#new-pain" in found("term")


def test_a_term_that_the_owner_rewrote_is_kept(content, capsys):
    load(capsys)
    Term.objects.filter(slug="acute-pain").update(definition="Pain of the last six weeks.")
    edit(content / "glossary.toml", "Pain that started recently.", "Pain that began lately.")

    assert "Kept: acute pain" in load(capsys)
    assert "Kept" not in load(capsys)
    assert Term.objects.get(slug="acute-pain").definition == "Pain of the last six weeks."


def test_groups_of_everyday_words_follow_their_file_and_spare_the_owners(content, capsys):
    load(capsys)
    groups = SynonymGroup.objects.count()
    mine = SynonymGroup.objects.create(lay=["crick"], means=["stiff neck"])
    edit(content / "synonyms.toml", '"slipped disc", ', "")

    assert load(capsys) == "Loaded: 2 groups of everyday words.\n"

    assert SynonymGroup.objects.count() == groups + 1
    assert SynonymGroup.objects.filter(pk=mine.pk).exists()
    assert not [group for group in SynonymGroup.objects.all() if "slipped disc" in group.lay]


def test_groups_from_before_pages_could_answer_them_are_nobodys_edits(content, capsys):
    fields = {"lay": ["sore toe"], "means": ["coccyx"], "both": False}
    SynonymGroup.objects.create(**fields, loaded_digest=digest(fields))

    assert "Kept" not in load(capsys)
    assert not SynonymGroup.objects.filter(lay=["sore toe"]).exists()


def test_a_group_that_the_owner_rewrote_is_kept_and_told_of_once(content, capsys):
    load(capsys)
    (mine,) = [group for group in SynonymGroup.objects.all() if "slipped disc" in group.lay]
    SynonymGroup.objects.filter(pk=mine.pk).update(means=["disc"])
    edit(content / "synonyms.toml", '"slipped disc", ', "")

    assert "Kept: slipped disc" in load(capsys)
    assert "Kept" not in load(capsys)
    assert SynonymGroup.objects.get(pk=mine.pk).means == ["disc"]


def test_warning_signs_are_found_under_their_own_headings(content, capsys):
    load(capsys)

    row = StoredPassage.objects.filter(kind="warning").order_by("pk").first()
    assert row is not None
    assert row.url.startswith("/warning-signs/#")
    assert "{" not in row.body
    assert StoredPassage.objects.filter(kind="warning").values("group").distinct().count() == len(found("warning"))


def test_lessons_come_with_the_rest(content, capsys):
    load(capsys)
    load(capsys)

    assert LessonRevision.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's searches name the order of their joins")
def test_searches_are_planned_at_once_by_what_was_loaded(capsys):
    load(capsys)

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_stats WHERE tablename LIKE 'index_%'")
        assert {name for (name,) in cursor.fetchall()} >= {"index_passage", "index_word", "index_spelling"}
