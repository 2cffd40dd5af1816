"""Two months of many learners, hour by hour: wishes, bounces, a server that is busy, clocks that change, an outage."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from django.db import transaction

from tests.course.mailbox import PURPOSES
from tips.course import addresses, flows, progress, wishes
from tips.course.models import Enrolment, Lesson, State
from tips.mail.envelope import Envelope
from tips.mail.errors import Gone, Temporary, Uncertain
from tips.mail.sending import send_due

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)  # Europe and Chile change their clocks within these two months
OUTAGE = (BEGIN + timedelta(days=20), BEGIN + timedelta(days=25, hours=3))
DAYS = 61
JOINING = 14  # days over which people join
ZONES = ["Europe/London", "Europe/Berlin", "Asia/Kathmandu", "America/Santiago", "Pacific/Apia", "America/St_Johns"]
HOURS = [(9, 12), (6, 9), (17, 22), (22, 2)]
HEAD = 2_000  # bytes, more than the headers take
LESSON = re.compile(rb"^Subject: Lesson (\d)", re.MULTILINE)


@dataclass
class Came:
    at: datetime
    number: int
    message_id: str
    body: int  # hash
    by_plan: bool


@dataclass
class World:
    """What a mail server and an onlooker see; `came` is by address."""

    chance: random.Random
    now: datetime = BEGIN
    came: dict[str, list[Came]] = field(default_factory=lambda: defaultdict(list))
    plans: dict[str, Enrolment] = field(default_factory=dict)
    gone: dict[str, datetime] = field(default_factory=dict)
    left: dict[str, datetime] = field(default_factory=dict)
    hurried: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def send(self, envelope: Envelope) -> str:
        luck = self.chance.random()
        if envelope.to in self.gone and self.now >= self.gone[envelope.to]:
            raise Gone("550 5.1.1")
        if luck < 0.01:
            raise Temporary("451")
        if found := LESSON.search(envelope.body, 0, HEAD):
            self._note(envelope, int(found[1]))
        if luck < 0.013:
            raise Uncertain("no reply")
        return "250 2.0.0"

    def close(self) -> None:
        pass

    def _note(self, envelope: Envelope, number: int) -> None:
        to, known = envelope.to, self.came[envelope.to]
        again = any(each.message_id == envelope.message_id for each in known)
        by_plan = bool(known) and to not in self.hurried
        if by_plan and not again and not self.plans[to].plan.is_open(self.now):
            self.broken.append(f"{to}: lesson {number} came at {self.now}, outside its hours")
        if to in self.left:
            self.broken.append(f"{to}: lesson {number} came after leaving")
        known.append(Came(self.now, number, envelope.message_id, hash(envelope.body), by_plan))
        self.hurried.discard(to)


def simulate(learners: int, seed: int) -> World:
    world = World(random.Random(seed))
    joining = _people(world, learners)
    wishing = _wishes(world, learners)
    for hour in range(DAYS * 24):
        world.now = now = BEGIN + timedelta(hours=hour)
        _confirm(joining.pop(hour, []), now)
        for email, wish in wishing.pop(hour, []):
            _wish(world, email, wish, now)
        if not OUTAGE[0] <= now < OUTAGE[1]:
            _work(world, now)
    return world


def _people(world: World, learners: int) -> dict[int, list[int]]:
    """By the hour at which each confirms."""
    rows = []
    for number in range(learners):
        email, (from_hour, until_hour) = f"reader-{number}@example.org", world.chance.choice(HOURS)
        rows.append(
            Enrolment(
                address_digest=addresses.digest(email),
                sealed_address=addresses.seal(email),
                pace_days=world.chance.choice([1, 3, 3, 3, 7]),
                weekdays=world.chance.choice([127, 127, 0b0011111, 0b0101010]),
                from_hour=from_hour,
                until_hour=until_hour,
                zone=world.chance.choice(ZONES),
            )
        )
        if world.chance.random() < 0.05:
            world.gone[email] = BEGIN + timedelta(days=world.chance.randrange(40))
    Enrolment.objects.bulk_create(rows, batch_size=500)
    joining: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(Enrolment.objects.order_by("pk")):
        world.plans[f"reader-{number}@example.org"] = row
        joining[world.chance.randrange(JOINING * 24)].append(row.pk)
    return joining


@transaction.atomic
def _confirm(rows: list[int], now: datetime) -> None:
    who = Enrolment.objects.filter(pk__in=rows)
    if rows and who.move(State.PENDING, to=State.ACTIVE):
        for enrolment in who:
            progress.compose_lesson(enrolment, now=now, due=now, at_once=True)


def _wishes(world: World, learners: int) -> dict[int, list[tuple[str, str]]]:
    """One learner in two wishes for something, at some hour after the joining."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number in range(learners):
        for _ in range(world.chance.choice([0, 0, 1, 1])):
            wish = world.chance.choice(["pause", "until", "resume", "plan", "now", "now", "skip", "leave"])
            hour = world.chance.randrange(JOINING * 24, DAYS * 24)
            found[hour].append((f"reader-{number}@example.org", wish))
    return found


def _wish(world: World, email: str, wish: str, now: datetime) -> None:
    row = Enrolment.objects.get(pk=world.plans[email].pk)
    match wish:
        case "pause":
            wishes.pause(row, until=None)
        case "until":
            wishes.pause(row, until=(now + timedelta(days=6)).date())
        case "resume":
            progress.resume(row, now=now)
        case "plan":
            wishes.change_plan(row, now=now, pace_days=1, zone=world.chance.choice(ZONES))
        case "now":
            if wishes.next_one_now(row, now=now):
                world.hurried.add(email)
        case "skip":
            wishes.skip(row, now=now)
        case _:
            with transaction.atomic():
                flows.leave_course(row, place="/u/", now=now)
            world.left[email] = now
    world.plans[email] = row


def _work(world: World, now: datetime) -> None:
    progress.put_off(now)
    if now.hour % 6 == 0 or now == OUTAGE[1]:
        progress.tidy(now)
    while send_due(PURPOSES, now=now, transport=world):
        pass


def faults(world: World) -> list[str]:
    """Every promise that was broken."""
    return [*world.broken, *(f"{to}: {what}" for to, came in world.came.items() for what in _faults(world, to, came))]


def _faults(world: World, to: str, came: list[Came]) -> list[str]:
    copies = {each.message_id: each for each in came}
    once = sorted(copies.values(), key=lambda each: each.at)
    gaps = [(later.at - earlier.at, later.by_plan) for earlier, later in pairwise(once)]
    after_outage = [each for each in once if each.by_plan and OUTAGE[1] <= each.at < OUTAGE[1] + timedelta(hours=20)]
    return [
        what
        for what, broken in {
            "a lesson came twice": len({each.number for each in once}) < len(once),
            "a lesson came out of order": [each.number for each in once] != sorted(each.number for each in once),
            "two lessons came too soon after one another": any(
                gap < (timedelta(hours=20) if by_plan else timedelta(hours=12)) for gap, by_plan in gaps
            ),
            "a burst came after the outage": len(after_outage) > 1,
            "two texts under one Message-ID": len({(each.message_id, each.body) for each in came}) > len(copies),
        }.items()
        if broken
    ]


def stuck() -> list[str]:
    """Who should go on and does not: nothing under way, or no lesson left and not told so."""
    total = Lesson.objects.count()
    early = Enrolment.objects.filter(state=State.COMPLETED, cursor__lt=total)
    waiting = Enrolment.objects.filter(state=State.ACTIVE, cursor__gte=total)
    return [f"{row}: at the end before the end" for row in early] + [
        f"{row}: at the end and waiting" for row in waiting
    ]
