"""Asking for the course, confirming it, leaving it, being forgotten: each step one conditional UPDATE."""

import contextlib
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tips.course import addresses, capabilities, leaving, progress, zones
from tips.course.models import (
    FORGETTABLE,
    IN,
    LIVE,
    CapabilityToken,
    ConsentEvent,
    Enrolment,
    LessonSent,
    State,
)
from tips.course.wording import BY_PLACE, ERASE, LETTERS, NO_LETTERS, Wording
from tips.keys.sealing import Unreadable
from tips.mail import outbox, suppressions

CONFIRM = "course/mail/confirm"
ENROLLED_ALREADY = "course/mail/already"
REMINDER = "course/mail/reminder"

SCOPES = ("course", "letters")  # the lists that one can leave, as the outbox calls them
UNCONFIRMED_FOR = timedelta(days=7)
REMINDED_AFTER = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=30)
NOTHING = {"zone": "", "last_at": None, "paused_until": None, "wants_letters": False, "wants_new": False}
Event = ConsentEvent.Event


@transaction.atomic
def request(*, email: str, place: str, now: datetime, letters: bool = False) -> None:
    """Somebody asks for the course on the page at `place`, and with `letters` for the owner's letters as well.

    The answer is in the mailbox alone. Every address costs the same work here, whatever we know of it: a mail that the
    rules do not allow is composed too, and dropped unsent. Call it with a valid address; raises KeyError for a page
    without a wording.
    """
    digest = addresses.digest(email)
    newcomer = Enrolment(address_digest=digest, sealed_address=addresses.seal(email))
    Enrolment.objects.bulk_create([newcomer], ignore_conflicts=True)
    outbox.try_again(email, now)
    answered = Enrolment.objects.filter(address_digest=digest).answer(now)
    enrolment = Enrolment.objects.get(address_digest=digest)
    record(enrolment, Event.REQUESTED, BY_PLACE[place], place, now)
    if letters:
        record(enrolment, Event.REQUESTED, LETTERS, place, now)
    answer = ENROLLED_ALREADY if enrolment.state in IN else CONFIRM
    for purpose, due in ((answer, now), (REMINDER, now + REMINDED_AFTER)):
        context = {
            "enrolment": enrolment.pk,
            "run": enrolment.run,
            "silent": not answered,
            "asked": due.isoformat(),
            "letters": letters,
        }
        key = f"course-answer:{uuid.uuid4().hex}"
        outbox.compose(purpose, to=email, context=context, key=key, now=now, due=due, priority=1, group=enrolment.group)


@transaction.atomic
def confirm(*, token: str, now: datetime, zone: str = "") -> bool:
    """The first confirmation starts the course with lesson 1; any later or unknown one changes nothing.

    `zone` is what the reader's browser says of itself, and kept if it is the name of a time zone.
    """
    found = capabilities.held(token, capabilities.Purpose.CONFIRM, now=now)
    if found is None:
        return False
    changes = {"zone": zones.known(zone)} | ({"wants_letters": True} if found.letters else {})
    if not Enrolment.objects.filter(pk=found.enrolment_id).move(State.PENDING, to=State.ACTIVE, **changes):
        return False
    enrolment = found.enrolment
    enrolment.refresh_from_db()
    capabilities.use_up(capabilities.Purpose.CONFIRM, enrolment, now=now)
    outbox.cancel(enrolment.group)  # other letters that ask for the same, and the reminder
    welcome_back(enrolment, *(SCOPES if found.letters else SCOPES[:1]))
    record(enrolment, Event.CONFIRMED, BY_PLACE["/course/confirm/"], "/course/confirm/", now)
    if found.letters:
        record(enrolment, Event.CONFIRMED, LETTERS, "/course/confirm/", now)
    progress.compose_lesson(enrolment, now=now, due=now, at_once=True)
    return True


@transaction.atomic
def leave(*, word: str, now: datetime) -> bool:
    """Stop what the letter with this word was about: no mail of it starts after this commits.

    Whoever stops the course hears nothing more at all; whoever stops the letters keeps the course. False when there was
    nothing to stop.
    """
    found = leaving.read(word)
    enrolment = Enrolment.objects.filter(pk=found.enrolment).first() if found else None
    if found is None or enrolment is None:
        return False
    if found.what == leaving.LETTERS:
        return stop_letters(enrolment, place="/u/", now=now)
    return leave_course(enrolment, place="/u/", now=now)


def leave_course(enrolment: Enrolment, *, place: str, now: datetime) -> bool:
    """Call it in a transaction."""
    left = Enrolment.objects.filter(pk=enrolment.pk).move(
        *LIVE, State.COMPLETED, to=State.UNSUBSCRIBED, ended_on=now.date(), wants_letters=False, wants_new=False
    )
    silence(enrolment)
    capabilities.use_up(capabilities.Purpose.CONFIRM, enrolment, now=now)
    if left:
        _remember_leaving(enrolment, *SCOPES, now=now)
        record(enrolment, Event.WITHDRAWN, BY_PLACE["/u/"], place, now)
    return bool(left)


def silence(enrolment: Enrolment) -> None:
    for group in (enrolment.group, enrolment.lessons, enrolment.letters):
        outbox.cancel(group)


def _remember_leaving(enrolment: Enrolment, *scopes: str, now: datetime) -> None:
    """As a digest that outlives the address: no list that is read in later brings anybody back.

    An address that is forgotten, or whose key is gone, must keep nobody from leaving.
    """
    with contextlib.suppress(Unreadable):
        address = addresses.unseal(enrolment.sealed_address)
        for scope in scopes:
            outbox.suppress(address, suppressions.LEFT, now, scope=scope)


def welcome_back(enrolment: Enrolment, *scopes: str) -> None:
    """They asked for it again, themselves."""
    for scope in scopes:
        outbox.lift(addresses.unseal(enrolment.sealed_address), scope=scope)


@transaction.atomic
def start_letters(enrolment: Enrolment, *, place: str, now: datetime) -> bool:
    started = Enrolment.objects.filter(pk=enrolment.pk, state__in=IN, wants_letters=False).update(wants_letters=True)
    if started:
        welcome_back(enrolment, SCOPES[1])
        record(enrolment, Event.CONFIRMED, LETTERS, place, now)
    return bool(started)


@transaction.atomic
def stop_letters(enrolment: Enrolment, *, place: str, now: datetime) -> bool:
    stopped = Enrolment.objects.filter(pk=enrolment.pk, wants_letters=True).update(wants_letters=False)
    outbox.cancel(enrolment.letters)
    if stopped:
        _remember_leaving(enrolment, SCOPES[1], now=now)
        record(enrolment, Event.WITHDRAWN, NO_LETTERS, place, now)
    return bool(stopped)


@transaction.atomic
def erase(enrolment: Enrolment, *, now: datetime) -> bool:
    """Leave, and be forgotten at once. What stays says what was agreed to on which day, by nobody in particular."""
    row = Enrolment.objects.filter(pk=enrolment.pk)
    erased = row.exclude(address_digest="").move(
        *LIVE, *FORGETTABLE, to=State.ERASED, ended_on=now.date(), address_digest="", sealed_address=b"", **NOTHING
    )
    if erased:
        silence(enrolment)
        _remember_leaving(enrolment, *SCOPES, now=now)
        record(enrolment, Event.WITHDRAWN, ERASE, "/course/me/", now)
        _forget_traces([enrolment.pk])
    return bool(erased)


def _forget_traces(enrolments: list[int]) -> None:
    CapabilityToken.objects.filter(enrolment__in=enrolments).delete()
    LessonSent.objects.filter(enrolment__in=enrolments).delete()
    ConsentEvent.objects.filter(enrolment__in=enrolments).update(at=None)


@transaction.atomic
def expire(now: datetime) -> int:
    """Let requests that nobody confirmed within seven days lapse; how many."""
    stale = Enrolment.objects.filter(state=State.PENDING, asked_at__lte=now - UNCONFIRMED_FOR)
    lapsed = list(stale.select_for_update())
    for enrolment in lapsed:
        outbox.cancel(enrolment.group)
    return Enrolment.objects.filter(pk__in=[row.pk for row in lapsed]).move(
        State.PENDING, to=State.EXPIRED, ended_on=now.date() - UNCONFIRMED_FOR
    )


@transaction.atomic
def forget(now: datetime) -> int:
    """Forget the addresses of courses that are over for 30 days, and old secrets; how many addresses.

    Whoever asked for letters, or for lessons that are added later, is kept for that.
    """
    capabilities.purge(now=now)
    over = Enrolment.objects.filter(state__in=FORGETTABLE, ended_on__lte=now.date() - FORGOTTEN_AFTER)
    lapsed = over.exclude(address_digest="").filter(wants_letters=False, wants_new=False)
    done = list(lapsed.values_list("pk", flat=True))
    _forget_traces(done)
    return Enrolment.objects.filter(pk__in=done).update(
        address_digest="", sealed_address=b"", version=F("version") + 1, **NOTHING
    )


def record(enrolment: Enrolment, event: Event, wording: Wording, place: str, now: datetime) -> None:
    ConsentEvent.objects.create(
        enrolment=enrolment, event=event, what=wording.version, place=place, day=now.date(), at=now
    )
