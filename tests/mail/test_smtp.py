"""Scenario 9, as far as it is the transport: what arrives at a real server, and which error each kind of weather is."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.mail.peer import Peer, RawServer, free_port, refuse_login, tls_context
from tips.mail import smtp
from tips.mail.envelope import Envelope
from tips.mail.errors import Gone, LockedOut, OurFault, Temporary, Uncertain, Unreachable
from tips.mail.smtp import Server, SmtpTransport

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BODY = b"Message-ID: <1@site.example>\r\n\r\n.hidden dot\r\n..two\r\nend\r\n"
GREETING, HELLO, FINE = b"220 peer\r\n", b"250 peer\r\n", b"250 2.0.0 fine\r\n"


def envelope(to="ana@example.org", body=BODY):
    return Envelope("letters@site.example", to, "<1@site.example>", NOON, body)


@pytest.fixture
def connect():
    """A transport to a port of this machine, closed in the end."""
    made = []

    def connect(port, scheme="smtp", login="", trust=None):
        server = Server.from_url(f"{scheme}://{login}127.0.0.1:{port}")
        made.append(SmtpTransport(server, hello="site.example", tls=trust))
        return made[-1]

    yield connect
    for transport in made:
        transport.close()


def test_a_message_arrives_byte_for_byte(peer, connect):
    assert connect(peer.port).send(envelope()) == "250 2.0.0"
    assert [(mail.to, mail.content) for mail in peer.mails] == [("ana@example.org", BODY)]


def test_one_connection_serves_many_mails_and_survives_refusals(peer, connect):
    transport = connect(peer.port)
    peer.answers["rcpt"]["gone@example.org"] = ["550 5.1.1 unknown"]
    peer.answers["data"]["spam@example.org"] = ["554 5.7.1 spam"]

    transport.send(envelope("ana@example.org"))
    with pytest.raises(Gone):
        transport.send(envelope("gone@example.org"))
    with pytest.raises(OurFault):
        transport.send(envelope("spam@example.org"))
    transport.send(envelope("vik@example.org"))

    assert [mail.to for mail in peer.mails] == ["ana@example.org", "vik@example.org"]
    assert peer.connections == 1


def test_after_421_or_a_broken_connection_there_is_a_new_one(peer, connect):
    transport = connect(peer.port)
    peer.answers["rcpt"]["ana@example.org"] = ["421 4.3.2 closing"]
    peer.answers["data"]["vik@example.org"] = [Peer.DROP]

    with pytest.raises(Unreachable):
        transport.send(envelope("ana@example.org"))
    with pytest.raises(Uncertain):
        transport.send(envelope("vik@example.org"))
    transport.send(envelope("ana@example.org"))

    assert peer.connections == 3


def test_a_connection_that_went_away_between_two_mails_is_made_anew(connect):
    port = free_port()
    first = Peer(port)
    first.start()
    transport = connect(port)
    transport.send(envelope())
    first.stop()
    second = Peer(port)
    second.start()
    transport.send(envelope("vik@example.org"))
    second.stop()

    assert [mail.to for mail in first.mails + second.mails] == ["ana@example.org", "vik@example.org"]


@pytest.mark.parametrize(
    ("says", "error", "code"),
    [
        ([b"421 4.3.2 full\r\n"], Unreachable, "421 4.3.2"),
        ([b"554 5.7.1 not you\r\n"], LockedOut, "554 5.7.1"),
        ([b""], Unreachable, "connection"),
        ([GREETING], Unreachable, "connection"),
        ([GREETING, HELLO], Temporary, "connection"),
        ([GREETING, HELLO, b"530 5.7.0 log in first\r\n"], OurFault, "530 5.7.0"),
        ([GREETING, HELLO, FINE, b"250 " + b"x" * 10_000 + b"\r\n"], Temporary, "connection"),
        ([GREETING, HELLO, FINE, b"550-5.1.1 a\r\n" * 900 + b"550 5.1.1 b\r\n"], Gone, "550 5.1.1"),
        ([GREETING, HELLO, FINE, FINE, b"354 go\r\n", b"250 " + b"x" * 10_000 + b"\r\n"], Uncertain, "no reply"),
        ([GREETING, HELLO, FINE, FINE, b"354 go\r\n", b"gibberish\r\n"], Uncertain, "no sense"),
    ],
)
def test_each_kind_of_weather_has_its_name_m09(connect, says, error, code):
    with RawServer(*says) as server, pytest.raises(error) as caught:
        connect(server.port).send(envelope())
    assert (type(caught.value), caught.value.code) == (error, code)


def test_nobody_listening_is_unreachable(connect):
    with pytest.raises(Unreachable):
        connect(free_port()).send(envelope())


def test_a_silent_server_is_not_waited_for_for_ever_m09(connect, monkeypatch, peer):
    monkeypatch.setattr(smtp, "VERB_SECONDS", 0.2)
    monkeypatch.setattr(smtp, "VERDICT_SECONDS", 0.2)
    peer.hold_verdicts.set()
    with pytest.raises(Uncertain):
        connect(peer.port).send(envelope())


def test_a_wrong_password_is_our_fault_m09(connect):
    peer = Peer(free_port(), authenticator=refuse_login, auth_require_tls=False)
    peer.start()
    with pytest.raises(LockedOut, match="535"):
        connect(peer.port, login="user:wrong@").send(envelope())
    peer.stop()


def test_user_and_password_come_from_the_url(connect):
    seen = []

    def take_login(_server, _session, _envelope, _mechanism, data):
        seen.append((data.login, data.password))
        return AuthResult(success=True)

    peer = Peer(free_port(), authenticator=take_login, auth_require_tls=False)
    peer.start()
    connect(peer.port, login="us%40er:p%3Aw@").send(envelope())
    peer.stop()

    assert seen == [(b"us@er", b"p:w")]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Paths of a certificate for 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    return [str(path) for path in paths]


@pytest.fixture
def secure_peers(certificate):
    """Servers for smtp+starttls and smtps."""
    context = tls_context(*certificate)
    peers = {
        "smtp+starttls": Peer(free_port(), tls_context=context),
        "smtps": Peer(free_port(), ssl_context=context),
    }
    for peer in peers.values():
        peer.start()
    yield peers
    for peer in peers.values():
        peer.stop()


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_over_tls_a_trusted_server_gets_the_mail_and_a_stranger_does_not(scheme, secure_peers, certificate, connect):
    peer = secure_peers[scheme]
    with pytest.raises(LockedOut, match="tls"):
        connect(peer.port, scheme).send(envelope())
    assert not peer.mails

    connect(peer.port, scheme, trust=ssl.create_default_context(cafile=certificate[0])).send(envelope())
    assert [mail.content for mail in peer.mails] == [BODY]


def test_without_starttls_on_offer_nothing_is_sent_in_the_clear_m09(peer, connect):
    with pytest.raises(LockedOut, match="not offered"):
        connect(peer.port, "smtp+starttls").send(envelope())
    assert not peer.mails


@pytest.mark.parametrize("url", ["", "http://127.0.0.1", "smtp://", "smtp://host:port", "user@host"])
def test_a_url_that_names_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match=r".+"):
        Server.from_url(url)
