"""Many guesses from many places (T46): they end at the limit, and whom they were aimed at still gets in."""

import pytest
from django.test import Client

from accounts.links import link_path
from accounts.models import User
from tests import make
from tests.accounts.people import PASSWORD, confirmed, is_signed_in, letters, sign_in

pytestmark = pytest.mark.django_db
NETWORKS, EACH = 50, 4
LIMIT = 5  # wrong passwords for one account in five minutes


def from_network(number: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.{number}.7")


@pytest.fixture
def checked(monkeypatch) -> list[str]:
    """Every password that was really compared with the right one."""
    compared: list[str] = []
    check = User.check_password

    def checking(self, raw):
        compared.append(raw)
        return check(self, raw)

    monkeypatch.setattr(User, "check_password", checking)
    return compared


def test_of_many_guesses_over_many_networks_few_are_even_looked_at_t46(checked):
    mina = confirmed(make.mina())

    for number in range(NETWORKS):
        for guess in range(EACH):
            sign_in(from_network(number), mina.email, f"guess {number} {guess}")

    assert len(checked) <= LIMIT


def test_the_right_password_among_late_guesses_tells_nothing_t46():
    mina = confirmed(make.mina())
    for number in range(LIMIT):
        sign_in(from_network(number), mina.email, "a guess")
    wrong, right = from_network(98), from_network(99)

    answers = [sign_in(wrong, mina.email, "a guess").status_code, sign_in(right, mina.email, PASSWORD).status_code]

    assert answers[0] == answers[1]
    assert not is_signed_in(right)


def test_whom_it_was_aimed_at_gets_in_by_mail_and_may_use_a_passkey_t46():
    mina = confirmed(make.mina())
    for number in range(NETWORKS):
        sign_in(from_network(number), mina.email, "a guess")
    home = from_network(200)

    assert home.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).status_code == 200
    assert home.post("/accounts/password/reset/", {"email": mina.email}).status_code == 302
    link = next(word for word in letters()[-1].get_content().split() if "/password/reset/key/" in word)
    page = home.get(link.partition("testserver")[2] or "/" + link.split("/", 3)[3], follow=True)
    home.post(page.redirect_chain[-1][0], {"password1": "another long password", "password2": "another long password"})
    mina.refresh_from_db()
    assert mina.check_password("another long password")


def test_the_owner_has_a_link_from_the_terminal_besides_t46():
    olga = confirmed(make.olga())
    for number in range(NETWORKS):
        sign_in(from_network(number), olga.email, "a guess")
    home = from_network(200)

    home.post(link_path(olga))

    assert is_signed_in(home)
