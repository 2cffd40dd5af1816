"""The owner's answers, and the bin."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tips.audit import log
from tips.cases.models import Action, Case, Decision, NotAllowed, State
from tips.contact.models import Answer, Message
from tips.mail import outbox

ANSWER = "contact/mail/answer"


@transaction.atomic
def answer(*, message: Message, text: str, by: User | None, version: int, now: datetime) -> Answer:
    """Mail `text` to whoever wrote the message, which is then dealt with.

    Raises cases.Conflict when somebody else dealt with it since `version`, NotAllowed where no address is left.
    """
    if not message.has_address:
        raise NotAllowed("no address")
    if message.case.state == State.WAITING:
        _decide(message.case, State.ANSWERED, Action.ANSWER, by=by, version=version, now=now)
    said = Answer.objects.create(message=message, text=text, by=by, answered_on=now.date())
    outbox.compose(
        ANSWER,
        to=message.address,
        context={"answer": said.pk},
        key=f"answer:{message.public_id}:{said.pk}",
        now=now,
        priority=3,
        group=f"message:{message.public_id}",
    )
    return said


@transaction.atomic
def set_aside(*, case: Case, spam: bool, by: User | None, version: int, now: datetime) -> None:
    """Nothing more is needed, or it is spam; its address is forgotten 30 days later."""
    state, action = (State.SPAM, Action.SPAM) if spam else (State.ANSWERED, Action.ANSWER)
    _decide(case, state, action, by=by, version=version, now=now)


@transaction.atomic
def take_back(*, case: Case, by: User | None, version: int, now: datetime) -> None:
    """Out of the bin: it waits to be read again."""
    if case.state != State.SPAM:
        raise NotAllowed(case.state)
    case.put(to=State.WAITING, version=version)
    _record(case, Action.UNDO, State.SPAM, by=by, now=now)


def _decide(case: Case, state: State, action: Action, *, by: User | None, version: int, now: datetime) -> None:
    before = case.move(to=state, version=version)
    case.joined.update(joins=None)  # other reports of the same thing come forward
    _record(case, action, before, by=by, now=now)


def _record(case: Case, action: Action, before: str, *, by: User | None, now: datetime) -> None:
    Decision.objects.create(
        case=case, action=action, state_before=before, state_after=case.state, by=by, decided_at=now, scope="message"
    )
    log.append(actor=f"staff:{by.pk}" if by else "site", action=action, about=f"case:{case.pk}", day=now.date())
