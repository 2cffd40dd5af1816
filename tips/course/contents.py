"""What lessons and letters to the list say: written once for all their readers, each one's own links put in after."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from django.conf import settings

from tips.course import plain
from tips.course.models import LessonRevision
from tips.freshness.slots import generation
from tips.mail.letters import Letter, from_templates
from tips.practice.current import GENERATION, site
from tips.text import render
from tips.text.markup import safe

# Where a reader's own addresses go. A visitor cannot bring these into a letter: none of its words are a visitor's.
ME = "https://me.invalid/"
LEAVE = "https://leave.invalid/"


def lesson(name: str, revision: LessonRevision, number: int, total: int) -> Letter:
    """The lesson as "number of total", with ME and LEAVE for its reader's links."""
    return mailed(name, revision.pk, number, total) if revision.pk else _lesson(name, revision, number, total)


def mailed(name: str, revision: int, number: int, total: int) -> Letter:
    """The same by the revision's key, and written once for all its readers."""
    return _kept(name, revision, number, total, generation(GENERATION), settings.SITE_URL)


@lru_cache(maxsize=64)
def _kept(name: str, revision: int, number: int, total: int, _generation: int, _site_url: str) -> Letter:
    return _lesson(name, LessonRevision.objects.get(pk=revision), number, total)


def _lesson(name: str, revision: LessonRevision, number: int, total: int) -> Letter:
    options = zip("abcdefgh", revision.selfcheck.get("options", []), strict=False)
    context = {
        "site": site(),
        "me": ME,
        "leave": LEAVE,
        "number": number,
        "total": total,
        "revision": revision,
        "text": plain.text(revision.html, site_url=settings.SITE_URL),
        "html": _whole_addresses(revision.html),
        "question": revision.selfcheck.get("question", ""),
        "options": [{"letter": letter, **option} for letter, option in options],
    }
    return from_templates(name, context)


def announcement(name: str, subject: str, html: str) -> Letter:
    """Written once for all its readers, too."""
    return _announcement(name, subject, html, generation(GENERATION), settings.SITE_URL)


@lru_cache(maxsize=4)
def _announcement(name: str, subject: str, html: str, _generation: int, site_url: str) -> Letter:
    text = plain.text(html, site_url=site_url)
    context = {"site": site(), "me": ME, "leave": LEAVE, "subject": subject, "text": text}
    return from_templates(name, {**context, "html": _whole_addresses(html)})


def farewell(name: str, *, total: int, all_read: bool, letters: bool) -> Letter:
    """And so are the last words of a course."""
    return _farewell(name, total, all_read, letters, generation(GENERATION), settings.SITE_URL)


@lru_cache(maxsize=16)
def _farewell(name: str, total: int, all_read: bool, letters: bool, _generation: int, _site_url: str) -> Letter:
    said = {"total": total, "all_read": all_read, "letters": letters}
    return from_templates(name, {"site": site(), "me": ME, "leave": LEAVE, **said})


def html_of(source: str) -> str:
    return str(render.staff(source).html)


def filled_in(written: Letter, *, me: str, leave: str, headers: Mapping[str, str]) -> Letter:
    return replace(written, links={ME: me, LEAVE: leave}, headers=headers)


def _whole_addresses(html: str) -> str:
    return safe(html.replace('href="/', f'href="{settings.SITE_URL}/'))
