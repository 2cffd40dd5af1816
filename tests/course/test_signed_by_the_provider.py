"""Providers sign what passes through them (RFC 6376). A lesson arrives so that the signature covers the one click."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.course.mailbox import PURPOSES, link_of
from tests.mail.conftest import peer  # noqa: F401 - a fixture
from tips.course import flows
from tips.mail.sending import send_due
from tips.mail.smtp import Server, SmtpTransport

ONE_CLICK = {b"list-unsubscribe", b"list-unsubscribe-post"}


@pytest.fixture
def lesson(ask, mailbox, lessons, peer, now) -> bytes:  # noqa: F811
    """Lesson 1 as the provider got it."""
    ask()
    token = link_of(mailbox.work(now)[-1], "/course/confirm/").split("/")[-2]
    flows.confirm(token=token, now=now)
    server = SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{peer.port}"), hello="site.example")
    send_due(PURPOSES, now=now, transport=server)
    server.close()
    (mail,) = peer.mails
    return mail.content


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed(lesson: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """As a provider does: whatever RFC 6376 advises to sign and is there."""
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    maker = dkim.DKIM(lesson)
    there = {name.lower() for name, _ in maker.headers}
    advised = {name.lower() for name in (*dkim.DKIM.SHOULD, *dkim.DKIM.FROZEN)} | ONE_CLICK
    return maker.sign(b"mail", b"site.example", pem, include_headers=sorted(advised & there)) + lesson


def is_true(message: bytes, key: rsa.RSAPrivateKey) -> bool:
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return bool(dkim.verify(message, dnsfunc=lambda *_args, **_more: b"v=DKIM1; p=" + base64.b64encode(public)))


def test_06_the_signature_covers_both_headers_and_holds(lesson, key):
    message = signed(lesson, key)
    covered = dkim.parse_tag_value(dkim.DKIM(message).headers[0][1])[b"h"]
    assert {name.strip().lower() for name in covered.split(b":")} >= ONE_CLICK
    assert is_true(message, key)


@pytest.mark.parametrize("header", [b"List-Unsubscribe: <http", b"List-Unsubscribe-Post: List"])
def test_06_who_changes_either_breaks_it(header, lesson, key):
    message = signed(lesson, key)
    assert message.count(header) == 1
    assert not is_true(message.replace(header, header + b"x"), key)
