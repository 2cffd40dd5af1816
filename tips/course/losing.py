"""What becomes of a course whose mail could not be delivered, in the transaction in which the mail ends.

`progress.mend` finds the same courses some minutes later, should this fail.
"""

from datetime import datetime

from tips.course import addresses, progress
from tips.course.models import IN, Enrolment, State
from tips.mail import outbox
from tips.mail.models import Delivery


def lesson_lost(delivery: Delivery, now: datetime) -> None:
    """The course ends, waits for its reader, or tries again on another day, but never stands still unseen."""
    enrolment = _enrolment(delivery)
    if delivery.idem_key.startswith("again:"):
        letter_lost(delivery, now)
    elif enrolment and delivery.idem_key.startswith(f"lesson:{enrolment.pk}:{enrolment.run}:"):
        progress.mend_one(enrolment, now)


def letter_lost(delivery: Delivery, now: datetime) -> None:
    """Any other mail: it changes something only where its address gets no more mail at all."""
    enrolment = _enrolment(delivery)
    if enrolment is None or not outbox.is_suppressed(addresses.unseal(enrolment.sealed_address)):
        return
    row = Enrolment.objects.filter(pk=enrolment.pk)
    if row.move(State.PENDING, to=State.EXPIRED, ended_on=now.date()):
        outbox.cancel(enrolment.group)  # the reminder
    row.move(*IN, to=State.SUPPRESSED, ended_on=now.date(), wants_letters=False, wants_new=False)


def _enrolment(delivery: Delivery) -> Enrolment | None:
    """Of the group that the mail is in; a wiped mail has no context any more. None for who was erased."""
    _, _, number = delivery.group.partition(":")
    return Enrolment.objects.filter(pk=int(number)).exclude(address_digest="").first() if number else None
