"""What time alone makes due: forgetting what nobody may keep, the nightly backup, and a tidy index."""

import logging
import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDay
from django.utils import timezone

from backsite import locks
from backsite.manifest import Refused
from backsite.safekeeping import backup
from tips.audit import log
from tips.cases.models import Case, Decision, State
from tips.contact import flows as contact
from tips.course import announcing, progress
from tips.course import flows as course
from tips.desk import alerts
from tips.guard import acknowledgements, buckets, drafts, duplicates
from tips.index.engine import engine
from tips.mail import events, outbox
from tips.photos import avif
from tips.photos import store as photos
from tips.practice import pace
from tips.search import flows as search
from tips.sharing import flows as sharing
from tips.sharing import mine_flows as keeping
from tips.sharing import traces

logger = logging.getLogger("backsite.housekeeping")

EXACT_TIMES_KEPT = timedelta(days=7)  # after a decision
FINISHED_MAIL_KEPT = timedelta(days=7)  # without address or text; for the owner's question "did it go out?"
HELD_MAIL_KEPT = timedelta(days=30)
BACKUPS_KEPT = 7
NIGHT = time(3, 0)  # local time
BACKUPS = "backups"
STAMP = ".last"

Task = Callable[[datetime], object]
Rows = QuerySet[Any]


def look(now: datetime) -> None:
    """What every minute may change: how much waits to be read."""
    _run(look_how_much_waits, now)


def tidy(now: datetime) -> None:
    """What any hour may ask for. Harmless when two workers do it at once."""
    for task in HOURLY:
        _run(task, now)


def tidy_at_night(now: datetime) -> bool:
    """Once a night, by one worker; False when it was not the time or another does it."""
    folder = Path(settings.HOME) / BACKUPS
    try:
        with locks.alone(Path(settings.HOME) / locks.HOUSEKEEPER):
            if not _night_is_due(folder, now):
                return False
            _stamp(folder / STAMP, now)
            for task in NIGHTLY:
                _run(task, now)
            return True
    except locks.InUse:
        return False


def _run(task: Task, now: datetime) -> None:
    """One task that fails must not keep the others, or the mail, from their turn."""
    try:
        task(now)
    except (DatabaseError, OSError, Refused) as error:
        logger.error("%s failed: %s", task.__name__, error if isinstance(error, Refused) else type(error).__name__)


def _night_is_due(folder: Path, now: datetime) -> bool:
    """Whether a 03:00 has passed since the last time. A new home counts from its first look."""
    stamp = folder / STAMP
    if not stamp.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _stamp(stamp, now)
    local = timezone.localtime(now)
    night = local.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    if night > local:
        night -= timedelta(days=1)
    return stamp.stat().st_mtime < night.timestamp()


def _stamp(path: Path, now: datetime) -> None:
    path.touch()
    os.utime(path, (now.timestamp(), now.timestamp()))


def forget_addresses(now: datetime) -> None:
    sharing.tidy(today=timezone.localdate(now))


def forget_withdrawn(now: datetime) -> None:
    keeping.erase_withdrawn(now=now)


def forget_unconfirmed(now: datetime) -> None:
    keeping.forget_unconfirmed(now=now)


def wipe_traces(_now: datetime) -> None:
    traces.wipe_traces()


def vacuum(_now: datetime) -> None:
    traces.vacuum()


def forget_receipts(now: datetime) -> None:
    acknowledgements.purge(now=now)


def forget_drafts(now: datetime) -> None:
    drafts.purge(today=timezone.localdate(now))


def forget_fingerprints(now: datetime) -> None:
    duplicates.purge(today=timezone.localdate(now))


def look_how_much_waits(now: datetime) -> None:
    """Whether it is slow now, and whether the owner is back."""
    pace.look(now)


def look_at_the_queue(now: datetime) -> None:
    """Whether something has waited too long."""
    alerts.tell_of_waiting(now)


def forget_takings(now: datetime) -> None:
    buckets.purge(now=now)


def forget_learners(now: datetime) -> None:
    course.expire(now)
    course.forget(now)


def move_learners_on(now: datetime) -> None:
    progress.tidy(now)


def post_letters(now: datetime) -> None:
    announcing.send_due(now)


def forget_writers(now: datetime) -> None:
    contact.forget(now)


def forget_mail(now: datetime) -> None:
    outbox.give_up_held(before=now - HELD_MAIL_KEPT, now=now)
    outbox.forget_finished(before=now - FINISHED_MAIL_KEPT)
    events.forget(before=now - events.KEPT)


def forget_photos(now: datetime) -> None:
    photos.collect(now)


def draw_photos(now: datetime) -> None:
    avif.add_missing(now)


def forget_searches(now: datetime) -> None:
    search.forget_unanswered(today=timezone.localdate(now))


def forget_sessions(now: datetime) -> None:
    Session.objects.filter(expire_date__lt=now).delete()


def blur_times(now: datetime) -> int:
    """A week after a decision the day stays and the time goes; how many rows lost theirs. (Security page, P3.)"""
    limit = now - EXACT_TIMES_KEPT
    decisions: Rows = Decision.objects.filter(decided_at__lt=limit).exclude(decided_at__time=time(0))
    lately = Decision.objects.filter(case=OuterRef("pk"), decided_at__gte=limit)
    cases: Rows = Case.objects.filter(opened_at__lt=limit).exclude(Exists(lately)).exclude(state=State.WAITING)
    with timezone.override(UTC):
        return _blur(decisions, "decided_at") + _blur(cases.exclude(opened_at__time=time(0)), "opened_at")


def _blur(rows: Rows, name: str) -> int:
    return rows.update(**{name: TruncDay(name, tzinfo=UTC)})


def tidy_index(_now: datetime) -> None:
    engine().tidy()


def note_the_log(now: datetime) -> None:
    """How far the log of what staff did has come, written down outside the database."""
    log.note_head(timezone.localdate(now))


def back_up(now: datetime) -> None:
    """Into `backups/<day>` of the home, without the keys, which stay beside it. The newest seven are kept."""
    folder = Path(settings.HOME) / BACKUPS
    target = folder / timezone.localdate(now).isoformat()
    if not target.exists():
        backup(target, keys=None, now=now)
    days = sorted(path for path in folder.iterdir() if re.fullmatch(r"\d{4}-\d\d-\d\d", path.name))
    for old in days[:-BACKUPS_KEPT]:
        shutil.rmtree(old)


HOURLY: tuple[Task, ...] = (
    forget_addresses,
    forget_receipts,
    forget_drafts,
    forget_fingerprints,
    look_at_the_queue,
    forget_takings,
    forget_learners,
    move_learners_on,
    post_letters,
    forget_writers,
    forget_mail,
    forget_searches,
    forget_sessions,
    blur_times,
    forget_withdrawn,
    forget_unconfirmed,
    wipe_traces,
    forget_photos,
    draw_photos,
)
NIGHTLY: tuple[Task, ...] = (note_the_log, tidy_index, vacuum, back_up)
