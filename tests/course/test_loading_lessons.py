"""Lessons come from files until the owner takes one in hand."""

from pathlib import Path

import pytest
from django.conf import settings as site

from tips.course.loading import load_lessons
from tips.course.models import Lesson, LessonRevision

FOLDER = Path(site.CONTENT_DIR) / "lessons"
FILE = """+++
number = {number}
title = "A lesson"
slug = "a-lesson"
aim = "To try."
safety = "Slowly."
selfcheck = {{ question = "Well?", options = [] }}
+++

{text}
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def write(folder, text="Words.", number=1):
    (folder / "1-a-lesson.md").write_text(FILE.format(text=text, number=number))


def test_the_sites_own_lessons_are_eight_and_loaded_once(db, now):
    assert load_lessons(FOLDER, now=now) == 8
    assert load_lessons(FOLDER, now=now) == 0
    assert Lesson.objects.outline()[0][1] == "Story and safety first"
    for lesson in Lesson.objects.all():
        check = lesson.latest.selfcheck
        assert sum(option["correct"] for option in check["options"]) == 1
        assert len(lesson.latest.source.split()) < 500


def test_a_changed_file_becomes_a_new_revision(db, folder, now):
    write(folder)
    load_lessons(folder, now=now)
    write(folder, "Other words.", number=3)
    assert load_lessons(folder, now=now) == 1
    lesson = Lesson.objects.get()
    assert (lesson.latest.number, lesson.latest.source, lesson.position) == (2, "Other words.", 3)


def test_what_the_owner_edited_is_kept(db, folder, now):
    write(folder)
    load_lessons(folder, now=now)
    LessonRevision.objects.create(
        lesson=Lesson.objects.get(), number=2, title="Mine", aim="", source="Mine.", safety="", published_at=now
    )
    write(folder, "Other words.")
    assert load_lessons(folder, now=now) == 0
    assert Lesson.objects.get().latest.title == "Mine"


def test_a_revision_is_never_changed(db, folder, now):
    write(folder, "**Bold** <script>")
    load_lessons(folder, now=now)
    revision = LessonRevision.objects.get()
    assert "<strong>Bold</strong>" in revision.html
    assert "<script>" not in revision.html
    revision.title = "Other"
    with pytest.raises(TypeError):
        revision.save()


def test_a_file_without_its_head_is_named(db, folder, now):
    (folder / "broken.md").write_text("Only words")
    with pytest.raises(ValueError, match=r"broken\.md"):
        load_lessons(folder, now=now)
