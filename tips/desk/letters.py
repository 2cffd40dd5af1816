from collections.abc import Mapping
from typing import Any

from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose
from tips.practice.current import site

TEST = "desk/mail/test"


def test(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    return from_templates(TEST, {"site": site()})


PURPOSES: Mapping[str, Purpose] = {TEST: Purpose(test)}
