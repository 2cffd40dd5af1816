"""Django's way of sending, which allauth uses too, made a way into the outbox."""

import uuid
from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from tips.mail import outbox
from tips.mail.letters import Letter
from tips.mail.models import Delivery
from tips.mail.sending import Purpose

PURPOSE = "django"


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One delivery a recipient, To, Cc and Bcc alike; the site is always the sender. Attachments are refused."""
        with transaction.atomic():
            for message in email_messages:
                self._compose(message)
        return len(email_messages)

    def _compose(self, message: EmailMessage) -> None:
        if message.attachments:
            raise ValueError("the outbox carries no attachments")
        context = _context(message)
        for _name, address in map(parseaddr, message.recipients()):
            key = f"{PURPOSE}:{uuid.uuid4().hex}"
            outbox.compose(PURPOSE, to=address, context=context, key=key, now=timezone.now(), priority=1)


def _context(message: EmailMessage) -> dict[str, Any]:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return {
        "subject": str(message.subject),
        "text": str(message.body),
        "html": next((str(part[0]) for part in alternatives if part[1] == "text/html"), ""),
        "reply_to": parseaddr(next(iter(message.reply_to), ""))[1],
    }


def _letter(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    return Letter(**context)


DJANGO = Purpose(_letter)
