"""Somebody with a browser that runs no script, and the letterbox to which the worker delivers.

A visitor knows what the pages print and nothing else: links, forms with their hidden fields, buttons.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpResponse
from django.test import Client

from backsite.work import PURPOSES
from tips.mail.envelope import Envelope
from tips.mail.sending import send_due


@dataclass
class Form:
    action: str
    names: set[str] = field(default_factory=set)
    hidden: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """The words, links and posting forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []  # words, address
        self._words: list[str] = []
        self._form: Form | None = None
        self._href = ""
        self._link_words: list[str] = []
        self.feed(html)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method") == "post":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self._href, self._link_words = said.get("href", ""), []
        elif self._form and said.get("name"):
            self._form.names.add(said["name"])
            if said.get("type") == "hidden":
                self._form.hidden.setdefault(said["name"], []).append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "a":
            self.links.append((re.sub(r"\s+", " ", "".join(self._link_words)).strip(), self._href))

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        self._link_words.append(data)


class Visitor:
    """Opens addresses, follows links by their words, fills in forms, and goes where a 303 sends them."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.address = "/"
        self.status = 0
        self.page = Reader("")

    def open(self, address: str) -> str:
        """The words of the page."""
        return self._read(address, self.client.get(urldefrag(address).url))

    def follow(self, words: str) -> str:
        found = [address for said, address in self.page.links if words in said]
        assert found, f"no link says “{words}” on {self.address}"
        return self.open(found[0])

    def send(self, having: str, **answers: Any) -> str:
        """Fill in the form that has a field or button `having`, and send it with everything hidden in it."""
        form = next((form for form in self.page.forms if having in form.names), None)
        assert form, f"no form with {having} on {self.address}"
        assert set(answers) <= form.names, set(answers) - form.names
        return self._post(form, answers)

    def press(self) -> str:
        """The one button of a page that asks nothing."""
        (form,) = self.page.forms
        return self._post(form, {})

    def _post(self, form: Form, answers: dict[str, Any]) -> str:
        address = form.action or self.address
        said = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
        return self._read(address, self.client.post(address, {**form.hidden, **answers}, headers=said))

    def _read(self, address: str, answer: Any) -> str:
        if answer.status_code in (301, 302, 303):
            return self.open(answer["Location"])
        self.address, self.status = address, answer.status_code
        self.page = Reader(text_of(answer))
        return self.page.words


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


class Letterbox:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, envelope: Envelope) -> str:
        self.letters.append(message_from_bytes(envelope.body, policy=policy.default))
        return "250 2.0.0"

    def close(self) -> None:
        pass

    def fetch(self, now: datetime) -> list[EmailMessage]:
        """What the worker sends when it looks at this moment."""
        before = len(self.letters)
        while send_due(PURPOSES, now=now, transport=self):
            pass
        return self.letters[before:]


def words_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage, folder: str) -> str:
    """The path of the first address in the letter that lies in `folder`, with what follows its #."""
    addresses = [urlsplit(found) for found in re.findall(r"https?://\S+", words_of(letter))]
    paths = [f"{each.path}#{each.fragment}" if each.fragment else each.path for each in addresses]
    found = [path for path in paths if path.startswith(folder)]
    assert found, f"no link into {folder}"
    return found[0]
