"""The site's own texts hold together: every link, note, heading and slug leads somewhere."""

from tests.house.content import (
    AREAS,
    ARTICLES,
    FOOTNOTE_MARK,
    FOOTNOTE_TEXT,
    HEADING,
    LINK,
    all_markdown,
    all_texts,
    link_works,
    markdown,
    slugs_of_kind,
    table,
)


def test_every_internal_link_leads_somewhere() -> None:
    broken = [
        (str(path), link)
        for path, text in all_texts()
        for link in LINK.findall(text)
        if link.startswith("/") and not link_works(link)
    ]
    assert not broken


def test_links_are_absolute_or_lead_within_the_page() -> None:
    odd = [
        (name, link)
        for name, _, body in all_markdown()
        for link in LINK.findall(body)
        if not link.startswith(("/", "http://", "https://"))
        and link.removeprefix("#") not in [anchor for _, _, anchor in HEADING.findall(body)]
    ]
    assert not odd


def test_no_footnote_is_orphaned_or_dangling() -> None:
    for name, _, body in all_markdown():
        marks, texts = FOOTNOTE_MARK.findall(body), FOOTNOTE_TEXT.findall(body)
        assert set(marks) == set(texts), name
        assert len(texts) == len(set(texts)), f"{name}: a note is written twice"


def test_back_exercises_keeps_its_three_notes_and_its_pop_up() -> None:
    body = markdown("articles")["back-exercises"][1]
    assert FOOTNOTE_MARK.findall(body) == ["1", "2", "3"]
    assert "[intercostal muscles](/glossary/#intercostal-muscles)" in body


def test_front_matter_names_only_what_exists() -> None:
    known = {
        "areas": AREAS,
        "exercises": slugs_of_kind("exercise"),
        "checks": slugs_of_kind("check"),
        "related": ARTICLES | set(markdown("exercises")),
        "sources": set(table("sources.toml")),
    }
    unknown = [
        (name, field, sorted(set(front.get(field, [])) - allowed))
        for name, front, _ in all_markdown()
        for field, allowed in known.items()
        if not set(front.get(field, [])) <= allowed
    ]
    assert not unknown


def test_every_exercise_has_one_aim() -> None:
    named = [slug for aim in table("aims.toml")["aim"] for slug in aim["exercises"]]
    assert sorted(named) == sorted(slugs_of_kind("exercise"))


def test_the_parts_of_articles_that_areas_name_are_there() -> None:
    named = [part["address"] for area in table("areas.toml")["area"] for part in area.get("parts", [])]
    assert named
    assert [address for address in named if not link_works(address)] == []


def test_articles_relate_to_articles_and_stay_within_three_areas() -> None:
    for slug, (front, _) in markdown("articles").items():
        assert set(front["related"]) <= ARTICLES - {slug}, slug
        assert 1 <= len(front["areas"]) <= 3, slug
        assert front["summary"], slug
        assert front["invitation"], slug


def test_headings_have_ids_that_occur_once() -> None:
    for slug, (_, body) in (markdown("articles") | markdown("info")).items():
        found = HEADING.findall(body)
        assert {level for level, _, _ in found} <= {"##", "###"}, slug
        ids = [anchor for _, _, anchor in found]
        assert all(ids), f"{slug}: a heading without an id"
        assert len(ids) == len(set(ids)), slug
