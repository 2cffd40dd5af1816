"""The statement of reasons: what the author of a thing may read of a decision about it."""

from typing import Any

from tips.cases.models import Action, Decision

OBJECTING = "With the private link, once for each decision. Somebody else looks at it where there is somebody else."


def statement(decision: Decision) -> dict[str, Any]:
    """`helped`: what programs had noticed, in words; people decided. `how_to_object` may be empty."""
    return {
        "action": decision.action,
        "about": decision.scope,
        "reason": decision.get_reason_display() if decision.reason else "",
        "code": decision.reason,
        "note": decision.note,
        "helped": list(decision.helped),
        "how_to_object": OBJECTING if decision.is_against and decision.action != Action.SPAM else "",
        "day": decision.decided_at.date(),
    }
