"""What every lesson asks and writes, as SQL, for the same reason as mail/statements.py (ADR 43).

Columns are named here: who renames one meets the tests of the course.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tips.course.models import Enrolment
from tips.course.pace import Plan
from tips.mail.statements import OPEN
from tips.practice.current import site
from tips.sql.plain import day, loaded, moment, rows, run

HAD = """EXISTS (
    SELECT 1 FROM course_lessonsent WHERE enrolment_id = {reader} AND run = {run} AND lesson_id = lesson.id
    AND (accepted_on IS NOT NULL OR skipped)
)"""
NEWEST = "(SELECT id FROM course_lessonrevision WHERE lesson_id = lesson.id ORDER BY number DESC LIMIT 1)"
READER = f"""
SELECT {{columns}}, EXISTS (
    SELECT 1 FROM mail_delivery WHERE "group" = %s AND state = 'sending' AND id <> %s
), lesson.id, position, {NEWEST}, position > "cursor" AND NOT {HAD.format(reader="reader.id", run="reader.run")}
FROM course_enrolment AS reader LEFT JOIN course_lesson AS lesson ON published
WHERE reader.id = %s AND reader.run = %s AND state = 'active' ORDER BY lesson.position, lesson.id
"""
TO_COME = f"""
SELECT 1 FROM course_lesson AS lesson WHERE published AND position > %s AND {NEWEST} IS NOT NULL
AND NOT {HAD.format(reader="%s", run="%s")} LIMIT 1
"""
PUBLISHED = f"SELECT 1 FROM course_lesson AS lesson WHERE published AND {NEWEST} IS NOT NULL LIMIT 1"
PLAN = f"""
SELECT id, position, {NEWEST}, position > %s AND NOT {HAD.format(reader="%s", run="%s")}
FROM course_lesson AS lesson WHERE published ORDER BY lesson.position, lesson.id
"""
NOTE = """
INSERT INTO course_lessonsent (enrolment_id, run, lesson_id, revision_id, position, delivery_key, skipped)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (enrolment_id, run, lesson_id) DO UPDATE
SET revision_id = excluded.revision_id, position = excluded.position, delivery_key = excluded.delivery_key
"""
MINT = """
INSERT INTO course_capabilitytoken (digest, purpose, enrolment_id, expires, letters) VALUES (%s, %s, %s, %s, %s)
"""
MOVE_ON = """
UPDATE course_enrolment SET "cursor" = sent.place, last_at = %s, failures = 0, version = version + 1,
early = CASE WHEN %s THEN early ELSE 0 END
FROM (
    SELECT enrolment_id, course_lessonsent.run AS of_run,
    COALESCE(NULLIF(course_lessonsent.position, 0), course_lesson.position) AS place
    FROM course_lessonsent JOIN course_lesson ON course_lesson.id = lesson_id WHERE delivery_key = %s
) AS sent
WHERE id = sent.enrolment_id AND run = sent.of_run AND state IN ('active', 'paused') RETURNING {columns}
"""
COMPLETE = """
UPDATE course_enrolment SET state = 'completed', ended_on = %s, version = version + 1 WHERE id = %s AND state = 'active'
"""
FAREWELL = f"""
SELECT wants_letters, (
    SELECT COUNT(*) FROM course_lesson AS lesson WHERE published AND {NEWEST} IS NOT NULL
), (
    SELECT COUNT(*) FROM course_lessonsent JOIN course_lesson ON course_lesson.id = lesson_id
    WHERE enrolment_id = reader.id AND course_lessonsent.run = reader.run AND accepted_on IS NOT NULL AND published
) FROM course_enrolment AS reader WHERE id = %s AND run = %s AND state = 'completed'
"""
# The outbox holds that a reader's lesson is alone in its group (mail_alone), and its index answers here.
STRANDED = f"""
SELECT id FROM course_enrolment AS reader WHERE state = 'active' AND NOT EXISTS (
    SELECT 1 FROM mail_delivery WHERE "group" = 'lessons:' || reader.id AND alone AND {OPEN} AND NOT stopped
)
"""
OVERDUE = """
SELECT delivery.id, reader.id, weekdays, from_hour, until_hour, zone FROM mail_delivery AS delivery
JOIN course_enrolment AS reader ON reader.id = CAST(SUBSTR("group", 9) AS bigint)
WHERE due_at IS NOT NULL AND priority = %s AND due_at <= %s AND alone AND purpose = %s
"""
ARRIVED = "UPDATE course_lessonsent SET accepted_on = %s WHERE delivery_key = %s"
WHOSE = {"id", "run", "cursor"}
TO_GO_ON = {*WHOSE, "state", "version", "sealed_address", "pace_days", "weekdays", "from_hour", "until_hour", "zone"}


@dataclass(frozen=True)
class Planned:
    """A lesson as a letter needs it; `revision` is the newest."""

    lesson: int
    position: int
    revision: int
    to_come: bool


@dataclass(frozen=True)
class Reader:
    """Who is taking the course, and whether another lesson is on its way to them at this moment."""

    enrolment: Enrolment
    is_busy: bool
    planned: list[Planned]


def reader(enrolment: int, run: int, *, besides: int) -> Reader | None:
    """For that delivery; None where nobody is taking the course in that run."""
    names, count = _in_order(WHOSE), len(WHOSE)
    listed = rows(_of(READER, names, "reader."), f"lessons:{enrolment}", besides, enrolment, run)
    if not listed:
        return None
    whose = Enrolment.from_db(connection.alias, names, listed[0][:count])
    return Reader(whose, bool(listed[0][count]), _planned(each[count + 1 :] for each in listed))


def plan(enrolment: Enrolment) -> list[Planned]:
    """Every published lesson in order, and which of them this run still has before it."""
    return _planned(rows(PLAN, enrolment.cursor, enrolment.pk, enrolment.run))


def _planned(listed: Iterable[tuple[Any, ...]]) -> list[Planned]:
    return [Planned(lesson, position, newest, bool(to_come)) for lesson, position, newest, to_come in listed if newest]


def has_more(enrolment: Enrolment) -> bool:
    """Lessons to come; also where all are taken away, since a course that is taken away whole comes back one day."""
    return bool(rows(TO_COME, enrolment.cursor, enrolment.pk, enrolment.run)) or not rows(PUBLISHED)


def complete(enrolment: int, on: date) -> bool:
    """False when the reader left meanwhile."""
    return run(COMPLETE, day(on), enrolment)


def farewell(enrolment: int, run: int) -> tuple[bool, int, int] | None:
    """Whether they want letters, how many lessons there are, and how many of them they had; None: not at the end."""
    for wants, total, had in rows(FAREWELL, enrolment, run):
        return bool(wants), total, had
    return None


def stranded(*enrolments: int) -> list[int]:
    """Of these, or of all: who goes on, and has no lesson under way."""
    among = f" AND id IN ({', '.join(['%s'] * len(enrolments))})" if enrolments else ""
    return [pk for (pk,) in rows(STRANDED + among, *enrolments)]


def overdue(priority: int, purpose: str, now: datetime) -> Iterator[tuple[int, int, Plan]]:
    """Lessons that may go out now: delivery, enrolment, and the plan but for its pace."""
    for delivery, enrolment, weekdays, start, end, zone in rows(OVERDUE, priority, moment(now), purpose):
        yield delivery, enrolment, Plan(1, weekdays, start, end, zone or site().time_zone)


def note(enrolment: Enrolment, chosen: Planned, delivery_key: str) -> None:
    """The lesson goes into that mail; the second time where a first mail of it was called back."""
    what = (chosen.lesson, chosen.revision, chosen.position)
    run(NOTE, enrolment.pk, enrolment.run, *what, delivery_key, False)


def mint(digest: str, purpose: str, enrolment: int, *, expires: datetime, letters: bool) -> None:
    run(MINT, digest, purpose, enrolment, moment(expires), letters)


def move_on(delivery_key: str, now: datetime, *, at_once: bool) -> Enrolment | None:
    """The lesson in that mail was accepted: the cursor moves there. None where no course that goes on had it.

    The enrolment comes first and stays locked, as in everything else that its reader does.
    """
    names = _in_order(TO_GO_ON)
    moved = loaded(Enrolment, names, _of(MOVE_ON, names), moment(now), at_once, delivery_key)
    run(ARRIVED, day(now.date()), delivery_key)
    for enrolment in moved:
        enrolment.last_at = now
        return enrolment
    return None


def _in_order(names: set[str]) -> list[str]:
    """As `from_db` wants them. Who asks such a row for another column has it read."""
    return [field.attname for field in Enrolment._meta.concrete_fields if field.attname in names]


def _of(sql: str, names: list[str], table: str = "") -> str:
    return sql.format(columns=", ".join(f'{table}"{name}"' for name in names))
