"""Letters as the owner sees them: what for, how they stand and why, in words. No address, no text."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tips.mail.models import Delivery, Fate, State

STANDS = {
    State.SCHEDULED: "waits for its turn",
    State.LEASED: "is being sent",
    State.SENDING: "is being sent",
    State.DEFERRED: "will be tried again",
    State.UNCERTAIN: "will be tried again",
    State.ACCEPTED: "sent",
    State.REJECTED: "refused",
    State.CANCELLED: "stopped",
    State.DEAD: "given up",
}
FATES = {
    Fate.DELIVERED: "arrived",
    Fate.BOUNCED: "came back",
    Fate.COMPLAINED: "arrived, and the reader called it unwanted",
}
REASONS = {
    "temporary": "The other mail server asked us to come back later.",
    "unreachable": "The mail server could not be reached.",
    "uncertain": "The line broke after the letter was handed over, so nobody knows whether it arrived.",
    "permanent": "The other mail server does not take this letter.",
    "no such address": "There is no such mailbox. It gets no more letters.",
    "our fault": "The mail server refuses our letters, not this reader. Look at the mail settings.",
    "locked out": "The mail server did not let us in. Look at the password and the mail settings.",
    "poison": "The letter could not be written. Please tell whoever looks after the site.",
    "unwanted": "It had lost its point before it was sent.",
    "suppressed": "This reader asked for no more mail, or the mailbox does not exist.",
    "cancelled": "It was not needed any more: the reader left, paused, changed the plan, or took the page back.",
    "left": "It was left as it was: you decided so, or nobody decided for thirty days.",
}
PURPOSES = {
    "django": "About an account",
    "desk/mail/test": "Test letter",
    "course/mail/already": "Course: you have it already",
    "course/mail/completed": "Course: the last letter",
    "course/mail/letter": "Letter to the list",
    "course/mail/trial": "A copy for you to look at",
    "contact/mail/to_owner": "Contact: a message for you",
    "contact/mail/received": "Contact: receipt",
}


@dataclass(frozen=True)
class Row:
    number: int
    what: str
    stands: str
    why: str
    code: str
    day: str
    undecided: bool


def rows(found: "QuerySet[Delivery] | list[Delivery]") -> list[Row]:
    return [_row(delivery) for delivery in found]


def _row(delivery: Delivery) -> Row:
    undecided = delivery.state == State.UNCERTAIN and delivery.due_at is None
    return Row(
        number=delivery.pk,
        what=_what(delivery.purpose),
        stands="may not have arrived" if undecided else FATES.get(Fate(delivery.fate), STANDS[State(delivery.state)]),
        why=REASONS.get(delivery.last_reason, ""),
        code=delivery.last_code if delivery.last_reason else "",
        day=f"{delivery.created_day:%-d %B %Y}",
        undecided=undecided,
    )


def _what(purpose: str) -> str:
    """ "course/mail/lesson" reads "Course: lesson"."""
    room, _, name = purpose.partition("/mail/")
    return PURPOSES.get(purpose) or f"{room.capitalize()}: {name.replace('_', ' ')}"
