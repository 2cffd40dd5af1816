"""The two letters that a message brings about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tips.contact import answering, flows
from tips.contact.models import Answer, Message
from tips.mail import addresses
from tips.mail.errors import Poison, Unwanted
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose
from tips.practice.care import cards_for
from tips.practice.current import site

QUOTED = 2_000  # characters of their own words that a receipt gives back


def to_owner(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """Says it all, so that the owner can press Reply. The sender is only in Reply-To, never in From."""
    message = _message(context)
    reply_to = _reply_to(message)
    context = {"site": site(), "message": message, "case": message.case, "reply_to": reply_to}
    return replace(from_templates(flows.TO_OWNER, context), reply_to=reply_to)


def _reply_to(message: Message) -> str:
    """Empty for an address that mail cannot reach: its message must reach the owner all the same."""
    try:
        return addresses.deliverable(message.address) if message.has_address else ""
    except Poison:
        return ""


def received(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """One a day for each address: strangers could enter anybody's."""
    message, today = _message(context), date.fromisoformat(context["day"])
    if Message.objects.told_today(message.address_digest, today).exists():
        raise Unwanted("told today")
    Message.objects.filter(pk=message.pk).update(told_on=today)
    quoted = message.text[:QUOTED].splitlines() if context["quote"] else []
    cards = cards_for(message.case.flags) if message.case.priority else []
    return from_templates(flows.RECEIVED, {"site": site(), "quoted": quoted, "cards": cards})


def answer(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """The owner's words and under them the visitor's; whoever replies reaches the owner's own mailbox."""
    said = Answer.objects.select_related("message").filter(pk=context["answer"]).first()
    if said is None:
        raise Unwanted("erased")
    quoted = said.message.text[:QUOTED].splitlines()
    context = {"site": site(), "answer": said, "quoted": quoted, "replies": bool(site().notify)}
    return replace(from_templates(answering.ANSWER, context), reply_to=site().notify)


def _message(context: Mapping[str, Any]) -> Message:
    message = Message.objects.select_related("case").filter(public_id=context["message"]).first()
    if message is None:
        raise Unwanted("erased")
    return message


PURPOSES: Mapping[str, Purpose] = {
    flows.TO_OWNER: Purpose(to_owner),
    flows.RECEIVED: Purpose(received),
    answering.ANSWER: Purpose(answer),
}
