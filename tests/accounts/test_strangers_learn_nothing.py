"""T45, T46: whether an address has an account cannot be told from outside, nor guessed at by trying."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.accounts.people import confirmed, is_signed_in, letters, sign_in
from tips.mail.models import Delivery

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "mina@example.org", "nina@example.org"


def seen(answer, email):
    """All that a stranger gets, without what differs for each request and what they typed themselves."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(email, "")
    headers = {name: value for name, value in answer.items() if name not in {"Set-Cookie", "Expires"}}
    cookies = {name: len(morsel.value) for name, morsel in answer.cookies.items()}
    return answer.status_code, page, headers, cookies


@pytest.fixture
def hashings(monkeypatch):
    """How many passwords were hashed: what makes one answer slower than another."""
    done = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: (done.append(1), encode(*args))[1])
    return done


def test_a_failed_login_is_the_same_for_both_and_as_slow_t45(hashings):
    confirmed(make.mina())
    hashings.clear()
    answers, work = [], []
    for email in (KNOWN, UNKNOWN):
        answers.append(seen(sign_in(Client(), email, "a guess, and not a bad one"), email))
        work.append(len(hashings))
        hashings.clear()

    assert answers[0] == answers[1]
    assert work == [1, 1]


def test_asking_for_a_new_password_is_the_same_for_both_t45():
    confirmed(make.mina())
    answers, mails = [], []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        first = client.post("/accounts/password/reset/", {"email": email})
        answers.append((seen(first, email), seen(client.get(first["Location"]), email)))
        mails.append(Delivery.objects.count())

    assert answers[0] == answers[1]
    assert mails == [1, 2]
    assert [str(letter["To"]) for letter in letters()] == [KNOWN, UNKNOWN]


def test_somebody_without_a_password_is_told_nothing_else_t45(hashings):
    mina = confirmed(make.mina())
    mina.set_unusable_password()
    mina.save()
    hashings.clear()

    known, unknown = (seen(sign_in(Client(), email, "a guess"), email) for email in (KNOWN, UNKNOWN))

    assert known == unknown
    assert len(hashings) == 2


def from_network(number: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.{number}.7")


def test_guesses_at_one_account_are_limited_wherever_they_come_from_t46():
    confirmed(make.mina())
    for number in range(5):
        sign_in(from_network(number), KNOWN, "a guess")

    late = from_network(99)
    answer = sign_in(late, KNOWN)

    assert "Too many failed login attempts" in answer.content.decode()
    assert not is_signed_in(late)
    # Who is shut out by another's guesses still has the passkey, and a letter with a new password.
    assert late.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).status_code == 200
    assert late.post("/accounts/password/reset/", {"email": KNOWN}).status_code == 302


def test_guesses_from_one_network_are_limited_whoever_they_are_at_t46():
    confirmed(make.mina())
    for number in range(10):
        sign_in(from_network(1), f"somebody-{number}@example.org", "a guess")

    guesser, mina = from_network(1), from_network(2)
    sign_in(guesser, KNOWN)
    sign_in(mina, KNOWN)

    assert not is_signed_in(guesser)
    assert is_signed_in(mina)


def test_a_limit_is_a_page_of_the_site():
    for _ in range(20):
        Client().post("/accounts/password/reset/", {"email": UNKNOWN})

    answer = Client().post("/accounts/password/reset/", {"email": UNKNOWN})

    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_the_counters_of_guesses_hold_no_address_t35():
    client = Client(REMOTE_ADDR="127.66.77.88", headers={"user-agent": "CanaryUA/9"})
    confirmed(make.mina())
    sign_in(client, KNOWN, "a guess")
    client.post("/accounts/password/reset/", {"email": KNOWN})

    held = repr(getattr(cache, "_cache"))  # noqa: B009 - the memory of Django's local cache, whatever the proxy hides

    assert "allauth:rl:" in held
    for trace in ("127.66.77", KNOWN, "mina", "CanaryUA"):
        assert trace not in held
