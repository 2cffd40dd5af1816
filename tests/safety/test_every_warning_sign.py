"""Every flag fires on its own wording, misspelt or not, and stays calm on the lines that only sound like it."""

import pytest

from tests.safety.phrases import alarms, fixtures
from tips.safety.find import find
from tips.safety.rules import flag, flags


@pytest.mark.parametrize(("slug", "line"), fixtures("fires", "typos"))
def test_its_own_wording_raises_the_flag(slug: str, line: str) -> None:
    assert slug in alarms(find(line))


@pytest.mark.parametrize(("slug", "line"), fixtures("quiet_or_none"))
def test_what_only_sounds_like_it_raises_no_alarm(slug: str, line: str) -> None:
    assert find(line).level in (None, "quiet")


def test_every_flag_has_wording_to_be_tested_by() -> None:
    for kind in ("fires", "typos", "quiet_or_none"):
        assert {slug for slug, _ in fixtures(kind)} == {each.slug for each in flags()}


@pytest.mark.parametrize("slug", [each.slug for each in flags() if each.level != "E"])
def test_wording_fires_at_the_level_of_its_flag_or_above(slug: str) -> None:
    lines = [line for own, line in fixtures("fires") if own == slug]
    levels = {match.level for line in lines for match in find(line).matches if match.flag.slug == slug}
    assert flag(slug).level in levels
    assert levels <= {flag(slug).level, "E"}
