"""MAIL, RCPT and DATA in one go, where the server offers it: what is refused in the middle stays refused."""

from datetime import UTC, datetime

import pytest

from tests.mail.peer import RawServer
from tips.mail.envelope import Envelope
from tips.mail.errors import Gone, Temporary, Unreachable
from tips.mail.smtp import Server, SmtpTransport

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GREETING, OFFER, FINE, GO_ON = (
    b"220 peer\r\n",
    b"250-peer\r\n250 PIPELINING\r\n",
    b"250 2.0.0 fine\r\n",
    b"354 go on\r\n",
)
GONE = b"550 5.1.1 unknown\r\n"


def send(server, times=1):
    transport = SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{server.port}"), hello="site.example")
    said = ""
    try:
        for _ in range(times):
            said = transport.send(
                Envelope("a@site.example", "ana@example.org", "<1@x>", NOON, b"Subject: x\r\n\r\nx\r\n")
            )
    finally:
        transport.close()
    return said


def test_three_answers_come_to_three_questions_asked_at_once():
    with RawServer(GREETING, OFFER, FINE + FINE + GO_ON, b"", b"", b"", b"", b"", FINE) as server:
        assert send(server) == "250 2.0.0"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (FINE + GONE + b"503 5.5.1 no valid recipients\r\n", Gone),
        (FINE + GONE + GO_ON, Gone),  # the server takes a message to nobody: its dot alone is sent
        (b"450 4.1.0 later\r\n" + b"503 5.5.1 no\r\n" * 2, Temporary),
        (FINE + b"421 4.3.2 closing\r\n", Unreachable),
        (FINE, Temporary),
    ],
)
def test_what_is_refused_in_the_middle_is_not_sent(answers, error):
    with RawServer(GREETING, OFFER, answers) as server, pytest.raises(error):
        send(server)


def test_after_a_message_to_nobody_the_same_connection_takes_the_next_mail():
    refused = (FINE + GONE + GO_ON, b"", b"", b"554 5.5.1 no recipients\r\n", FINE)  # MAIL RCPT DATA . RSET
    taken = (FINE + FINE + GO_ON, b"", b"", b"", b"", b"", FINE)  # MAIL RCPT DATA, three lines, .
    with RawServer(GREETING, OFFER, *refused, *taken) as server:
        transport = SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{server.port}"), hello="site.example")
        letter = Envelope("a@site.example", "ana@example.org", "<1@x>", NOON, b"Subject: x\r\n\r\nx\r\n")
        with pytest.raises(Gone):
            transport.send(letter)
        assert transport.send(letter) == "250 2.0.0"
        transport.close()
