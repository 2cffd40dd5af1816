"""The worker: mail that is due, and housekeeping. It joins the rooms' purposes; more than one of it does no harm."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db.models.functions import Now

from backsite import housekeeping
from backsite.stopping import Stop
from tips.contact import letters as contact
from tips.course import letters as course
from tips.desk import letters as desk
from tips.mail import backend
from tips.mail.envelope import Transport
from tips.mail.models import IN_HAND, Delivery
from tips.mail.sending import Purpose, send_due
from tips.moderation import letters as moderation
from tips.sharing import letters as sharing

logger = logging.getLogger("backsite.work")

PURPOSES: Mapping[str, Purpose] = {
    backend.PURPOSE: backend.DJANGO,
    **contact.PURPOSES,
    **course.PURPOSES,
    **desk.PURPOSES,
    **moderation.PURPOSES,
    **sharing.PURPOSES,
}
BETWEEN = 0.02  # seconds between two rounds of a worker that does not idle
PATIENCE = 30.0  # seconds that `--once` waits for another worker's letters
IDLE = 1.0  # seconds between two looks at an empty outbox
AFTER_TROUBLE = 5.0
AT_ONCE = 25  # mails of one round: a signal, or an urgent mail, waits for no more
TIDY_EVERY = timedelta(minutes=10)
LOOK_EVERY = timedelta(minutes=1)

Clock = Callable[[], datetime]


@dataclass
class Worker:
    """`nights`: also do what belongs into the night. A made-up time must not: its backups would push out real ones."""

    clock: Clock
    transport: Transport
    nights: bool = True
    stop: Stop = field(default_factory=Stop)
    tidied: datetime | None = None
    looked: datetime | None = None

    def run(self) -> None:
        """Until `stop` is set. A database that is away for a while is waited for."""
        while not self.stop.is_set():
            try:
                self.stop.wait(0 if self.round() else IDLE)
            except (OperationalError, InterfaceError) as error:
                logger.error("the database does not answer: %s", type(error).__name__)
                connection.close()
                self.stop.wait(AFTER_TROUBLE)
            close_old_connections()

    def run_once(self) -> None:
        """Until nothing is due and no other worker has anything in hand. One that died is not waited for."""
        for _ in range(int(PATIENCE / BETWEEN)):
            busy = in_hand()
            while self.round() and not self.stop.is_set():
                busy = True
            if not busy or self.stop.wait(BETWEEN):
                return

    def round(self) -> int:
        """One look at everything; how many mails were taken up."""
        now = self.clock()
        if self.looked is None or now - self.looked >= LOOK_EVERY:
            self.looked = now
            housekeeping.look(now)
        if self.tidied is None or now - self.tidied >= TIDY_EVERY:
            self.tidied = now
            housekeeping.tidy(now)
            if self.nights:
                housekeeping.tidy_at_night(now)
        return send_due(PURPOSES, now=now, transport=self.transport, limit=AT_ONCE)


def in_hand() -> bool:
    return Delivery.objects.filter(state__in=IN_HAND, lease_until__gt=Now()).exists()
