"""Scenario 9: every weather of the table at once, over real SMTP. Nobody else waits, nobody is blamed."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.mail.peer import Peer
from tips.mail import outbox
from tips.mail.models import Delivery, ProviderPause, State, Suppression
from tips.mail.smtp import Server, SmtpTransport

MINUTE = timedelta(minutes=1)
FINE = [f"fine{number}@example.org" for number in range(5)]
WEATHER = {  # address -> where, what the server says once
    "greylisted@example.org": ("rcpt", "450 4.7.1 later"),
    "busy@example.org": ("data", "451 4.3.0 busy"),
    "nobody@example.org": ("rcpt", "550 5.1.1 no such user"),
    "full@example.org": ("rcpt", "552 5.2.2 full"),
    "refused@example.org": ("data", "554 5.6.0 not this"),
    "policy@example.org": ("data", "554 5.7.1 not from you"),
    "dropped@example.org": ("data", Peer.DROP),
}


@pytest.fixture
def transport(peer):
    transport = SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{peer.port}"), hello="site.example", tls=None)
    yield transport
    transport.close()


def test_every_kind_at_once_keeps_nobody_else_waiting_m09(compose, work, peer, transport, now):
    for address, (verb, answer) in WEATHER.items():
        compose(address)
        peer.answers[verb][address] = [answer]
    for address in FINE:
        compose(address)

    for minutes in (0, 1, 2, 5, 16, 32, 120):  # a pause of ours, the first tries anew, what was in doubt
        while work(now + minutes * MINUTE, transport=transport):
            pass

    came = Counter(mail.to for mail in peer.mails)
    assert came == Counter([*FINE, *WEATHER, "dropped@example.org"]) - Counter(
        ["nobody@example.org", "refused@example.org"]
    )
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED: 10, State.REJECTED: 2}
    assert outbox.is_suppressed("nobody@example.org")
    assert Suppression.objects.count() == 1, "no other weather is held against its reader"
    assert not ProviderPause.objects.exists()
    copies = {mail.content for mail in peer.mails if mail.to == "dropped@example.org"}
    assert len(copies) == 1, "what came twice is the same mail"
