"""The door: https with a certificate made for the test, http that leads there, and no answer under another name."""

import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backsite.headers import of_a_page
from backsite.pagecache import PageCache
from backsite.publishing import publish
from tests.deploy.asking import Answer, ask, connected
from tests.deploy.conftest import Front
from tests.operations.cached import Site
from tests.operations.test_publishing import PACKING


def make_certificate(folder: Path) -> None:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = made.sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain, pkcs8 = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))


@pytest.fixture
def front(in_front_of, memory, settings) -> Front:
    make_certificate(memory)
    settings.SITE_URL = settings.SITE_URL.replace("http:", "https:")
    settings.SECURE_HSTS_SECONDS = 63072000
    site = Site()
    site.headers = [(name.title(), value) for name, value in of_a_page().items() if name not in PACKING]
    return in_front_of(PageCache(site, publish=publish))


def hand_shaken(front: Front, name: str = "localhost", *protocols: str, **over) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(front.nginx.folder.parent / "certificate.pem"))
    context.set_alpn_protocols(list(protocols))
    for key, value in over.items():
        setattr(context, key, value)
    return context.wrap_socket(connected(front.port), server_hostname=name)


def get(front: Front, path: str) -> Answer:
    with hand_shaken(front) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{front.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        response = HTTPResponse(line)
        response.begin()
        return Answer(response.status, response.getheaders(), response.read())


def test_pages_come_over_tls_and_say_that_it_shall_stay_so(front):
    passed_on, from_file = get(front, "/articles/psoas/"), get(front, "/articles/psoas/")
    assert len(front.application.asked) == 1
    assert front.application.asked[0]["HTTP_X_FORWARDED_PROTO"] == "https"
    assert (from_file.status, from_file.lasting, from_file.body) == (200, passed_on.lasting, passed_on.body)
    assert from_file.header("Strict-Transport-Security") == "max-age=63072000; includeSubDomains; preload"


def test_browsers_are_offered_http_2_and_no_old_tls(front):
    with hand_shaken(front, "localhost", "h2", "http/1.1") as line:
        assert line.selected_alpn_protocol() == "h2"
        assert line.version() == "TLSv1.3"
    with hand_shaken(front, maximum_version=ssl.TLSVersion.TLSv1_2) as line:
        assert line.version() == "TLSv1.2"
    with pytest.raises(ssl.SSLError), pytest.warns(DeprecationWarning, match="TLSv1_1"):
        hand_shaken(front, maximum_version=ssl.TLSVersion.TLSv1_1)


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def over_http_2(front: Front, path: str, *cookies: str) -> bytes:
    """The body of an answer (RFC 9113, header fields written out in full). Every browser comes this way."""
    said = [(":method", "GET"), (":scheme", "https"), (":authority", f"localhost:{front.port}"), (":path", path)]
    said += [("accept-encoding", "gzip"), *(("cookie", each) for each in cookies)]
    block = b"".join(bytes([0, len(name), *name.encode(), len(value), *value.encode()]) for name, value in said)
    with hand_shaken(front, "localhost", "h2") as line, line.makefile("rb") as answers:
        line.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0) + frame(1, 0x5, 1, block))
        body, over = b"", False
        while not over:
            head = answers.read(9)
            payload, kind, flags = answers.read(int.from_bytes(head[:3], "big")), head[3], head[4]
            body += payload if kind == 0 else b""
            over = bool(kind in (0, 1) and flags & 0x1) or kind == 7
        return body


def test_over_http_2_pages_lie_there_as_well_and_only_for_strangers_t42(front):
    page = get(front, "/articles/psoas/").body
    assert over_http_2(front, "/articles/psoas/") == over_http_2(front, "/articles/psoas/", "a=1") == page
    assert len(front.application.asked) == 1
    for asked, way in enumerate([["a=1", "__Host-session=x"], ["session=x", "b=2"]], start=2):
        assert over_http_2(front, "/articles/psoas/", *way)
        assert len(front.application.asked) == asked
    over_http_2(front, "/articles//psoas/")
    assert front.application.asked[-1]["PATH_INFO"] == "/articles//psoas/"


def test_under_another_name_there_is_not_even_a_certificate(front):
    with pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"):
        hand_shaken(front, "evil.example")


def test_plain_http_leads_to_https_whatever_name_was_asked_for(front):
    for host in ("localhost", "evil.example"):
        answer = ask(front.redirecting, "/pages/?kind=tip", host=host)
        assert (answer.status, answer.header("Location")) == (301, f"https://localhost:{front.port}/pages/?kind=tip")
    assert front.application.asked == []
