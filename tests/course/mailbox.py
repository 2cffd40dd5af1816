"""A transport that keeps what it is given, and the ways in which a reader uses it."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.http import HttpResponse

from tips.contact import letters as contact
from tips.course import letters as course
from tips.course import progress
from tips.mail.envelope import Envelope
from tips.mail.sending import send_due

PURPOSES = {**course.PURPOSES, **contact.PURPOSES}


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    def send(self, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.body, policy=policy.default))
        return "250 2.0.0"

    def close(self) -> None:
        pass

    def work(self, now: datetime) -> list[EmailMessage]:
        """Let the worker send all that is due; the mails that came of it."""
        before = len(self.mails)
        while send_due(PURPOSES, now=now, transport=self):
            pass
        return self.mails[before:]

    def mornings(self, since: datetime, days: int) -> list[EmailMessage]:
        """Let the worker look in once a day at 9:45 UTC, from `since` on; the mails that came of it."""
        before = len(self.mails)
        for number in range(days + 1):
            moment = (since + timedelta(days=number)).replace(hour=9, minute=45)
            if since <= moment < since + timedelta(days=days):
                progress.tidy(moment)
                self.work(moment)
        return self.mails[before:]

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def link_of(mail: EmailMessage, path: str) -> str:
    """The first address in the text that leads to `path`, without scheme and host."""
    found = re.search(rf"https?://[^/\s]+({re.escape(path)}\S*)", text_of(mail))
    assert found, f"no link to {path}"
    return found[1]


def hidden_token(html: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found, "the form has no token"
    return found[1]


def page_at(answer: HttpResponse, path: str) -> tuple[int, str]:
    """Status and page, without the address that a printed page shows."""
    return answer.status_code, answer.content.decode().replace(path, "")
