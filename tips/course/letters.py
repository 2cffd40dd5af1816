"""The letters of the course, written when they are sent: secrets are minted and lessons chosen then, not before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from tips.course import announcing, capabilities, contents, editing, flows, leaving, losing, progress, statements
from tips.course.capabilities import Purpose as Secret
from tips.course.models import IN, Announcement, Enrolment, State
from tips.course.statements import Planned
from tips.mail.errors import Temporary, Unwanted
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose
from tips.practice.current import site

Context = Mapping[str, Any]
LETTER = announcing.LETTER
WORD = "your-own-word"  # stands in an address for it


def confirm(_delivery: Delivery, context: Context) -> Letter:
    """Carries no lesson and nothing else that was not asked for."""
    enrolment = _reader(context, State.PENDING)
    if context["silent"]:
        raise Unwanted("cooldown")
    return _asking(flows.CONFIRM, enrolment, context)


def reminder(_delivery: Delivery, context: Context) -> Letter:
    """One in each run, to whoever did not answer within a day."""
    enrolment = _reader(context, State.PENDING)
    if context["silent"] or not Enrolment.objects.filter(pk=enrolment.pk, reminded=False).update(reminded=True):
        raise Unwanted("cooldown")
    return _asking(flows.REMINDER, enrolment, context)


def _asking(name: str, enrolment: Enrolment, context: Context) -> Letter:
    letters = context.get("letters", False)
    token = capabilities.mint(Secret.CONFIRM, enrolment, now=datetime.fromisoformat(context["asked"]), letters=letters)
    return from_templates(name, {"site": site(), "link": _link("course_confirm", token), "letters": letters})


def already(_delivery: Delivery, context: Context) -> Letter:
    enrolment = _reader(context, *IN)
    if context["silent"]:
        raise Unwanted("cooldown")
    done = enrolment.state == State.COMPLETED
    return _letter(flows.ENROLLED_ALREADY, enrolment, now=datetime.fromisoformat(context["asked"]), done=done)


def lesson(delivery: Delivery, context: Context) -> Letter:
    """The first lesson still to come, as it reads today; the farewell where all that was left has been taken away."""
    now = datetime.fromisoformat(context["due"])
    if "again" in context:
        return _again(context, now)
    reader = statements.reader(context["enrolment"], context["run"], besides=delivery.pk)
    if reader is None:
        raise Unwanted("moved on")
    if reader.is_busy:
        raise Temporary("one at a time")
    chosen = next((each for each in reader.planned if each.to_come), None)
    if chosen is None:
        return _nothing_left(reader.enrolment, reader.planned, now)
    statements.note(reader.enrolment, chosen, delivery.idem_key)
    return _lesson(reader.enrolment, reader.planned, chosen, now)


def _nothing_left(enrolment: Enrolment, planned: Sequence[Planned], now: datetime) -> Letter:
    if not planned:
        raise Temporary("no lessons")
    statements.complete(enrolment.pk, now.date())
    return _farewell(enrolment, now)


def _again(context: Context, now: datetime) -> Letter:
    enrolment = _reader(context, *IN)
    planned = statements.plan(enrolment)
    chosen = next((each for each in planned if each.lesson == context["again"]), None)
    if chosen is None:
        raise Unwanted("taken away")
    return _lesson(enrolment, planned, chosen, now)


def _lesson(enrolment: Enrolment, planned: Sequence[Planned], chosen: Planned, now: datetime) -> Letter:
    number = sum(each.position <= chosen.position for each in planned)
    written = contents.mailed(progress.LESSON, chosen.revision, number, len(planned))
    return _with_ways_out(written, enrolment, now=now)


def completed(_delivery: Delivery, context: Context) -> Letter:
    enrolment = Enrolment(pk=context["enrolment"], run=context["run"])
    return _farewell(enrolment, datetime.fromisoformat(context["due"]))


def _farewell(enrolment: Enrolment, now: datetime) -> Letter:
    said = statements.farewell(enrolment.pk, enrolment.run)
    if said is None:
        raise Unwanted("moved on")
    wants_letters, total, had = said
    written = contents.farewell(progress.COMPLETED, total=total, all_read=had >= total, letters=wants_letters)
    return _with_ways_out(written, enrolment, now=now)


def to_the_list(_delivery: Delivery, context: Context) -> Letter:
    """Written once for all; asks again whether this reader still wants it."""
    enrolment = Enrolment.objects.filter(pk=context["enrolment"], wants_letters=True, state__in=IN).first()
    announcement = Announcement.objects.filter(pk=context["announcement"], state=Announcement.State.SENT).first()
    if enrolment is None or announcement is None:
        raise Unwanted("stopped")
    now = datetime.fromisoformat(context["due"])
    written = contents.announcement(LETTER, announcement.subject, announcement.html)
    return _with_ways_out(written, enrolment, now=now, what=leaving.LETTERS)


def trial(_delivery: Delivery, context: Context) -> Letter:
    """To the owner, before anybody else reads it. Its links lead to where a reader's code is asked for."""
    if "subject" in context:
        written = contents.announcement(LETTER, context["subject"], contents.html_of(context["source"]))
    else:
        revision = editing.unsaved(context)
        written = contents.lesson(progress.LESSON, revision, context["number"], context["total"])
    page = _link("course_me")
    return contents.filled_in(written, me=page, leave=page, headers={})


def _reader(context: Context, *states: str) -> Enrolment:
    """Raises Unwanted when the mail has lost its point: they left, confirmed by another mail, or began anew."""
    enrolment = Enrolment.objects.filter(pk=context["enrolment"], run=context["run"], state__in=states).first()
    if enrolment is None:
        raise Unwanted("moved on")
    return enrolment


def _letter(name: str, enrolment: Enrolment, *, now: datetime, **more: Any) -> Letter:
    context = {"site": site(), "me": contents.ME, "leave": contents.LEAVE, **more}
    return _with_ways_out(from_templates(name, context), enrolment, now=now)


def _with_ways_out(written: Letter, enrolment: Enrolment, *, now: datetime, what: str = leaving.COURSE) -> Letter:
    """With the way out in its foot and in its headers (RFC 8058, RFC 2919)."""
    leave = _link("course_leave", leaving.word(enrolment.pk, what))
    me = f"{_link('course_me')}#{capabilities.mint(Secret.LEARNER, enrolment, now=now)}"
    headers = {
        "List-Id": f"<{what}.{settings.SITE_HOST}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Post": "NO",
        "List-Help": f"<{_link('course_me')}>",
        "List-Archive": f"<{me}>",
    }
    return contents.filled_in(written, me=me, leave=leave, headers=headers)


def _link(name: str, word: str = "") -> str:
    path = _path(name, bool(word)).replace(WORD, word) if word else _path(name, False)
    return f"{settings.SITE_URL}{path}"


@lru_cache(maxsize=8)
def _path(name: str, has_word: bool) -> str:
    """Looked up once: every lesson has three of them."""
    return reverse(name, args=[WORD] if has_word else [])


PURPOSES: Mapping[str, Purpose] = {
    flows.CONFIRM: Purpose(confirm, on_lost=losing.letter_lost),
    flows.REMINDER: Purpose(reminder, on_lost=losing.letter_lost),
    flows.ENROLLED_ALREADY: Purpose(already, on_lost=losing.letter_lost),
    progress.LESSON: Purpose(lesson, progress.advance, losing.lesson_lost),
    progress.COMPLETED: Purpose(completed, on_lost=losing.letter_lost),
    LETTER: Purpose(to_the_list, on_lost=losing.letter_lost),
    editing.TRIAL: Purpose(trial),
}
