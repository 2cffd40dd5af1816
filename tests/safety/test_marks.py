"""What is stored of a finding: alarms only, and whether one was raised to an emergency."""

import pytest

from tips.safety.find import find
from tips.safety.rules import flag, flags, marked


def test_a_quiet_mention_is_not_stored():
    finding = find("My back is killing me and my deadline is tomorrow.")
    assert finding.marks == ()


def test_an_alarm_is_stored_by_its_slug():
    finding = find("I am numb between my legs.")
    assert finding.marks == ("cauda-equina",)
    assert marked("cauda-equina") == flag("cauda-equina")


@pytest.mark.parametrize("slug", [each.slug for each in flags() if each.level != "E" and each.raised_action])
def test_a_raised_flag_comes_back_as_an_emergency(slug):
    raised = flag(slug).raised()
    assert raised.mark == f"{slug}+E"
    assert marked(raised.mark) == raised
    assert marked(raised.mark).level == "E"


def test_a_flag_that_left_the_rules_is_passed_over():
    assert marked("no-such-flag") is None
