"""T35: a connection has a name for a day, made with a key that only memory holds."""

import re
from datetime import date

import pytest
from django.test import RequestFactory, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import pseudonym as names
from accounts.pseudonym import pseudonym
from tips.keys.sealing import seal

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


def of(address: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return pseudonym(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day that tests can move on from."""

    def set_day(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda: day)

    set_day(TODAY)
    return set_day


def keys(settings) -> list[str]:
    return sorted(path.name for path in settings.SHARED_MEMORY_DIR.glob("*pseudonyms*"))


def test_it_is_24_hex_digits_that_say_nothing():
    assert re.fullmatch(r"[0-9a-f]{24}", of("203.0.113.7"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7", "203.0.113.250"),
        ("2001:db8:12:3400::1", "2001:db8:12:34ff:ffff:ffff:ffff:ffff"),
        ("::ffff:203.0.113.7", "203.0.113.9"),
        ("", "unix:"),
        ("not an address", "x" * 500),
    ],
)
def test_one_household_has_one_name(one, other):
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.114.7"),
        ("203.0.113.7", "11.0.113.7"),
        ("2001:db8:12:3400::1", "2001:db8:12:3500::1"),
        ("::ffff:203.0.113.7", "::ffff:198.51.100.7"),
        ("203.0.113.7", ""),
        ("203.0.113.0", "cb00:7100::"),
    ],
)
def test_another_household_has_another(one, other):
    assert of(one) != of(other)


def test_another_day_gives_another_name_and_the_old_key_is_gone(settings, today):
    before = of("203.0.113.7")
    today(TOMORROW)
    after = of("203.0.113.7")

    assert before != after
    assert keys(settings) == ["pseudonyms-2026-11-23"]
    today(TODAY)
    assert of("203.0.113.7") not in {before, after}  # the old name cannot be worked out again


def test_a_day_without_visitors_forgets_as_well(settings):
    of("203.0.113.7")

    names.forget_old_keys(TOMORROW)

    assert keys(settings) == []


def test_the_key_is_32_bytes_in_shared_memory_that_nobody_else_reads(settings):
    of("203.0.113.7")

    (key,) = settings.SHARED_MEMORY_DIR.glob("*pseudonyms*")
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o777 == 0o600


def test_no_file_of_the_site_holds_the_key(settings):
    name = of("203.0.113.7")
    (path,) = settings.SHARED_MEMORY_DIR.glob("*pseudonyms*")
    key = path.read_bytes()
    seal("drafts", b"Something is stored, whichever test ran before.")

    stored = [file.read_bytes() for file in settings.HOME.rglob("*") if file.is_file()]

    assert stored
    assert not [content for content in stored if key in content or name.encode() in content]


def test_another_key_means_another_name(settings, tmp_path):
    one = of("203.0.113.7")
    settings.SHARED_MEMORY_DIR = tmp_path / "another"

    assert of("203.0.113.7") != one


def test_without_a_proxy_nobody_believes_x_forwarded_for(settings):
    settings.TRUSTED_PROXIES = 0

    assert of("203.0.113.7", forwarded="198.51.100.1") == of("203.0.113.7")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (1, " 192.0.2.66 ,,198.51.100.1 ", "198.51.100.1"),
        (2, "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, None, "10.0.0.1"),
    ],
)
def test_only_what_the_trusted_proxies_added_is_believed(settings, proxies, forwarded, believed):
    settings.TRUSTED_PROXIES = 0
    expected = of(believed)
    settings.TRUSTED_PROXIES = proxies

    assert of("10.0.0.1", forwarded=forwarded) == expected


@given(claim=st.text(alphabet="0123456789abcdef.:, x", max_size=60))
def test_whatever_somebody_claims_before_the_proxy_changes_nothing(claim):
    with override_settings(TRUSTED_PROXIES=1):
        assert of("10.0.0.1", forwarded=f"{claim}, 198.51.100.1") == of("10.0.0.1", forwarded="198.51.100.1")
