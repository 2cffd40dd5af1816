"""What every lesson asks and writes, as SQL, for the same reason as mail/statements.py (ADR 43).

Columns are named here: who renames one meets the tests of the course.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tips.course.models import Enrolment
from tips.mail.statements import day, moment, rows, run

READER = """
SELECT {columns}, EXISTS (
    SELECT 1 FROM mail_delivery WHERE "group" = %s AND state = 'sending' AND id <> %s
) FROM course_enrolment WHERE id = %s AND run = %s AND state = 'active'
"""
PLAN = """
SELECT id, position, newest, position > %s AND NOT had FROM (
    SELECT id, position,
    (SELECT id FROM course_lessonrevision WHERE lesson_id = lesson.id ORDER BY number DESC LIMIT 1) AS newest,
    EXISTS (
        SELECT 1 FROM course_lessonsent WHERE enrolment_id = %s AND run = %s AND lesson_id = lesson.id
        AND (accepted_on IS NOT NULL OR skipped)
    ) AS had
    FROM course_lesson AS lesson WHERE published
) AS listed WHERE newest IS NOT NULL ORDER BY position, id
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


def reader(enrolment: int, run: int, *, besides: int) -> tuple[Enrolment | None, bool]:
    """Who is taking the course in that run, and whether a lesson besides that delivery is on its way to them now."""
    names = _in_order(WHOSE)
    for *values, is_busy in rows(_of(READER, names), f"lessons:{enrolment}", besides, enrolment, run):
        return Enrolment.from_db(connection.alias, names, values), bool(is_busy)
    return None, False


def plan(enrolment: Enrolment) -> list[Planned]:
    """Every published lesson in order, and which of them this run still has before it."""
    listed = rows(PLAN, enrolment.cursor, enrolment.pk, enrolment.run)
    return [Planned(lesson, position, revision, bool(to_come)) for lesson, position, revision, to_come in listed]


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
    moved = rows(_of(MOVE_ON, names), moment(now), at_once, delivery_key)
    run(ARRIVED, day(now.date()), delivery_key)
    for values in moved:
        enrolment = Enrolment.from_db(connection.alias, names, values)
        enrolment.last_at = now
        return enrolment
    return None


def _in_order(names: set[str]) -> list[str]:
    """As `from_db` wants them. Who asks such a row for another column has it read."""
    return [field.attname for field in Enrolment._meta.concrete_fields if field.attname in names]


def _of(sql: str, names: list[str]) -> str:
    return sql.format(columns=", ".join(f'"{name}"' for name in names))
