"""EMAIL_RATE: no faster than the mail server allows, however many workers; a clock that jumps harms nobody."""

from datetime import timedelta

import pytest

from tips.mail import rates
from tips.mail.errors import Unreachable
from tips.mail.limits import limits

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def full(compose, settings, now):
    settings.EMAIL_RATE = "5/second, 12/hour"
    for number in range(40):
        compose(f"reader{number}@example.org", due=now - 2 * HOUR)


def test_no_more_goes_out_than_every_limit_allows(full, work, now):
    assert [work(now + second * SECOND) for second in range(4)] == [5, 5, 2, 0]
    assert work(now + HOUR / 2) == 5


def test_what_was_granted_and_not_used_is_given_back(settings, compose, work, now):
    settings.EMAIL_RATE = "5/hour"
    compose()
    assert work() == 1
    for _ in range(9):
        compose()
    assert work() == 4


def test_a_server_that_finds_us_too_fast_gets_half_for_an_hour(full, settings, work, post, now):
    settings.EMAIL_RATE = "2/second"
    post.answers["reader0@example.org"] = [Unreachable("421 4.7.0")]
    work()
    later = now + timedelta(minutes=2)

    assert [work(later), work(later + SECOND), work(later + 2 * SECOND)] == [2, 1, 1]
    assert [work(later + HOUR), work(later + HOUR + SECOND)] == [2, 2]


def test_a_clock_put_back_brings_nothing_and_blocks_nothing_t15(full, work, now):
    assert work(now) == 5
    assert work(now - HOUR) == 0
    assert work(now - HOUR + SECOND) == 5


def test_without_a_limit_nothing_is_asked(compose, work, django_assert_max_num_queries):
    compose()
    with django_assert_max_num_queries(25):
        work()
    assert not rates.RateBucket.objects.exists()


@pytest.mark.parametrize("words", ["fast", "5", "0/second", "5/fortnight", "-1/day", "5/second 6/day"])
def test_a_limit_that_cannot_be_read_is_refused(words):
    with pytest.raises(ValueError, match="EMAIL_RATE"):
        limits(words)
