"""Scenario 1 of the mail: workers are killed at random points. Nothing is lost, and a copy is the same mail."""

import pytest

from tests.mail import campaign

pytestmark = pytest.mark.django_db(transaction=True)


def judge(account: campaign.Account, policy: str) -> None:
    assert account.lost == set()
    assert account.contents == len(account.arrived), "a copy differs"
    assert account.doubts, "no kill hit a mail on the wire: nothing was proved"
    assert account.unfinished == len(account.held)
    if policy == "hold":
        assert account.copies == 0
    else:
        assert account.copies <= account.kills


@pytest.mark.parametrize("policy", ["retry", "hold"])
@pytest.mark.parametrize("workers", [1, 4])
def test_two_hundred_kills_in_four_parts_lose_nothing_m01(workers, policy):
    judge(campaign.run(kills=50, workers=workers, policy=policy, seed=workers), policy)


@pytest.mark.campaign
@pytest.mark.parametrize("policy", ["retry", "hold"])
@pytest.mark.parametrize("workers", [1, 4])
def test_a_thousand_kills_in_four_parts_lose_nothing_m01(workers, policy):
    judge(campaign.run(kills=250, workers=workers, policy=policy, seed=1000 + workers), policy)
