"""Lessons from their files: TOML between two lines of +++, then Markdown."""

import hashlib
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tips.course.models import Lesson, LessonRevision


@transaction.atomic
def load_lessons(folder: Path, *, now: datetime) -> int:
    """How many lessons got a new revision. A file that did not change, or a lesson that the owner edited, gets none.

    Raises ValueError for a file without front matter, KeyError for one that lacks a field.
    """
    return sum(_load(path.read_text(encoding="utf-8"), path.name, now) for path in sorted(folder.glob("*.md")))


def _load(text: str, name: str, now: datetime) -> bool:
    digest = hashlib.sha256(text.encode()).hexdigest()
    facts, source = _parse(text, name)
    lesson, _ = Lesson.objects.get_or_create(slug=facts["slug"], defaults={"position": facts["number"]})
    newest = lesson.revisions.order_by("-number").first()
    if newest and newest.loaded_digest in {"", digest}:
        return False
    if lesson.position != facts["number"]:
        Lesson.objects.filter(pk=lesson.pk).update(position=facts["number"])
    LessonRevision.objects.create(
        lesson=lesson,
        number=newest.number + 1 if newest else 1,
        title=facts["title"],
        aim=facts["aim"],
        source=source,
        safety=facts["safety"],
        selfcheck=facts["selfcheck"],
        loaded_digest=digest,
        published_at=now,
    )
    return True


def _parse(text: str, name: str) -> tuple[dict[str, Any], str]:
    head, opened, rest = text.partition("+++\n")
    front, closed, source = rest.partition("\n+++\n")
    if head or not opened or not closed:
        raise ValueError(f"{name}: no front matter")
    return tomllib.loads(front), source.strip()
