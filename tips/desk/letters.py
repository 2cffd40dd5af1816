from collections.abc import Mapping
from typing import Any

from tips.cases.models import Case
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose
from tips.practice.current import site

TEST = "desk/mail/test"
OVERDUE = "desk/mail/overdue"  # something has waited a day
EMERGENCY = "desk/mail/emergency"  # has waited an hour


def test(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    return from_templates(TEST, {"site": site()})


def overdue(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    waiting = Case.objects.waiting().order_by("opened_at")
    return from_templates(OVERDUE, {"site": site(), "count": waiting.count(), "first": waiting.first()})


def emergency(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    case = Case.objects.filter(pk=context["case"]).first()
    return from_templates(EMERGENCY, {"site": site(), "case": case})


PURPOSES: Mapping[str, Purpose] = {
    TEST: Purpose(test),
    OVERDUE: Purpose(overdue),
    EMERGENCY: Purpose(emergency),
}
