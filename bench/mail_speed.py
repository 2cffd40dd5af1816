"""How fast letters and lessons go out, beside loops that do the same job and keep no journal. Import it after set-up.

The loops send over one connection. Everything is measured by turns, in seconds by the clock and of the processor: what
else the machine does meets all of them.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from bench.mail_worker import LETTER
from tips.course import addresses, capabilities, contents, flows, progress
from tips.course.models import Enrolment, Lesson, LessonRevision
from tips.mail import outbox
from tips.mail.letters import Letter, serialise
from tips.mail.models import Delivery, State
from tips.mail.smtp import Server

MAILS = 200
TURNS = 5
WAITING = 1_000
READERS = 5


@dataclass(frozen=True)
class Took:
    """For one letter, milliseconds by the clock and of the processor."""

    clock: float
    processor: float


def letters(count: int) -> None:
    """Due in the outbox, and nothing else."""
    now = timezone.now()
    Delivery.objects.all().delete()
    with transaction.atomic():
        for number in range(count):
            outbox.compose("bench", to=f"r{number}@example.org", context={}, key=f"bench:{number}", now=now)


def lessons(count: int) -> None:
    """As many readers whose next lesson is due, and nothing else in the outbox."""
    now = timezone.now()
    Delivery.objects.all().delete()
    Enrolment.objects.filter(consents=None).delete()
    with transaction.atomic():
        for number in range(count):
            address = f"r{number}@example.org"
            sealed = {"address_digest": addresses.digest(address), "sealed_address": addresses.seal(address)}
            progress.compose_lesson(Enrolment.objects.create(**sealed, state="active"), now=now, due=now)


def workers(count: int, compose: Callable[[int], None]) -> Took:
    """Real workers, all together, from the outbox to the journal. Each has sent a letter before the clock starts."""
    compose(count)
    command = [sys.executable, "-m", "bench.mail_worker", "once"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(command, text=True, env=os.environ, **pipes) for _ in range(count)]  # type: ignore[call-overload]
    for each in started:
        assert each.stdout.readline() == "ready\n"  # noqa: S101
    compose(MAILS)
    began = time.perf_counter()
    for each in started:
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.stdout.readline().split() for each in started]
    took = time.perf_counter() - began
    for each in started:
        each.communicate()
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == MAILS  # noqa: S101
    return Took(1000 * took / MAILS, 1000 * sum(float(busy) for _, busy in said) / MAILS)


def loop(send: Callable[[str, int], None]) -> Took:
    began, busy = time.perf_counter(), time.process_time()
    for number in range(MAILS):
        send(f"r{number}@example.org", number)
    return Took(1000 * (time.perf_counter() - began) / MAILS, 1000 * (time.process_time() - busy) / MAILS)


def by_django(written: Callable[[], Letter]) -> Took:
    """Django's own message and its own way of sending."""
    server = Server.from_url(settings.EMAIL_URL)
    path = "django.core.mail.backends.smtp.EmailBackend"
    with get_connection(path, host=server.host, port=server.port) as kept:

        def send(to: str, number: int) -> None:
            letter = written()
            text, html = (with_links(body, letter, number) for body in (letter.text, letter.html))
            mail = EmailMultiAlternatives(letter.subject, text, "a@b.example", [to], connection=kept)
            mail.attach_alternative(html, "text/html")
            mail.send()

        return loop(send)


def with_links(body: str, letter: Letter, number: int) -> str:
    for mark, link in letter.links.items():
        body = body.replace(mark, f"{link}{number}")
    return body


def by_smtplib(written: Callable[[str], bytes]) -> Took:
    server = Server.from_url(settings.EMAIL_URL)
    with smtplib.SMTP(server.host, server.port) as smtp:

        def send(to: str, _number: int) -> None:
            smtp.sendmail("a@b.example", [to], written(to))

        return loop(send)


def written(to: str) -> bytes:
    return serialise(LETTER, sender="a@b.example", to=to, message_id=outbox.new_message_id(), date=timezone.now())


def lesson(revision: LessonRevision) -> Letter:
    """From its templates, styles inlined; written once for all where the revision has its key."""
    links = {"me": "https://site.example/course/me/#", "leave": "https://site.example/u/"}
    return contents.filled_in(contents.lesson(progress.LESSON, revision, 1, 8), **links, headers={})


def throughput() -> dict[str, float]:
    ready, once = written("r@example.org"), Lesson.objects.order_by("position")[0].latest
    each_time = copy(once)
    each_time.pk = None
    kinds: dict[str, Callable[[], Took]] = {
        "worker, letters": lambda: workers(1, letters),
        "two workers, letters": lambda: workers(2, letters),
        "worker, lessons": lambda: workers(1, lessons),
        "Django loop, letters": lambda: by_django(lambda: LETTER),
        "Django loop, lessons": lambda: by_django(lambda: lesson(each_time)),
        "Django loop, lessons written once": lambda: by_django(lambda: lesson(once)),
        "smtplib, our writing": lambda: by_smtplib(written),
        "smtplib, ready bytes": lambda: by_smtplib(lambda _to: ready),
    }
    took: dict[str, list[Took]] = {name: [] for name in kinds}
    for _ in range(TURNS):
        for name, measure in kinds.items():
            took[name].append(measure())
    return {**surroundings(), **told(took), **ratios(took)}


def told(took: dict[str, list[Took]]) -> dict[str, float]:
    rates = {f"{name}, a second": round(1000 / median(each.clock for each in turns)) for name, turns in took.items()}
    busy = {f"{name}, processor (ms)": round(median(t.processor for t in turns), 2) for name, turns in took.items()}
    return {**rates, **busy}


def ratios(took: dict[str, list[Took]]) -> dict[str, float]:
    """The median of the turns' own ratios: what was measured one after the other is compared."""
    pairs = {
        "letters, worker ÷ Django loop": ("worker, letters", "Django loop, letters"),
        "lessons, worker ÷ Django loop": ("worker, lessons", "Django loop, lessons"),
        "lessons, worker ÷ Django loop, written once": ("worker, lessons", "Django loop, lessons written once"),
        "letters, worker ÷ smtplib, our writing": ("worker, letters", "smtplib, our writing"),
        "letters, worker ÷ smtplib, ready bytes": ("worker, letters", "smtplib, ready bytes"),
    }
    found = {}
    for name, (worker, bare) in pairs.items():
        both = list(zip(took[worker], took[bare], strict=True))
        found[name] = round(median(loop.clock / ours.clock for ours, loop in both), 2)
        found[f"{name}, by processor time"] = round(median(loop.processor / ours.processor for ours, loop in both), 2)
    return found


def surroundings() -> dict[str, float]:
    return {
        "one fsync of the disk meanwhile (ms)": sync_ms(),
        "processes that wanted a processor meanwhile": round(os.getloadavg()[0], 1),
    }


def sync_ms() -> float:
    """What the disk takes for one fsync of a page, the median of 200: half of what a commit costs, and not ours."""
    with tempfile.TemporaryFile(dir=settings.HOME) as file:
        took = []
        for _ in range(200):
            began = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return round(median(took), 2)


@contextmanager
def running_worker() -> Iterator[None]:
    command = [sys.executable, "-m", "bench.mail_worker", "stay"]
    worker = subprocess.Popen(command, text=True, env=os.environ, stdout=subprocess.PIPE)
    try:
        assert worker.stdout and worker.stdout.readline() == "ready\n"  # noqa: S101, PT018
        yield
    finally:
        worker.terminate()
        worker.wait()


def first_lesson(number: int) -> float:
    """Seconds from a confirmation to the mail server's acceptance of lesson 1, by the worker that runs."""
    now = timezone.now()
    flows.request(email=f"new{number}-{time.monotonic_ns()}@example.org", place="/course/", now=now)
    enrolment = Enrolment.objects.latest("pk")
    token = capabilities.mint(capabilities.Purpose.CONFIRM, enrolment, now=now)
    assert flows.confirm(token=token, now=now)  # noqa: S101
    began = time.perf_counter()
    while not Delivery.objects.filter(purpose=progress.LESSON, state=State.ACCEPTED, group=enrolment.lessons).exists():
        time.sleep(0.01)
    return time.perf_counter() - began


def first_lessons() -> dict[str, float]:
    """By an idle worker that has just been started, and by one with many lessons waiting."""
    lessons(0)
    with running_worker():
        idle = [first_lesson(number) for number in range(READERS)]
        lessons(WAITING)
        busy = [first_lesson(number) for number in range(READERS)]
        assert Delivery.objects.due(timezone.now()).exists(), "the worker was through already"  # noqa: S101
    letters(0)
    return {
        "lesson 1, usually (s)": round(median(idle), 2),
        "lesson 1, the slowest (s)": round(max(idle), 2),
        "lesson 1, behind 1,000 lessons, the slowest (s)": round(max(busy), 2),
    }
