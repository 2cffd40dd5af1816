"""What may be wrong with something on the site, and how soon somebody should look."""

from tips.cases.models import Priority

PERSONAL = "personal"
REASONS = (
    (PERSONAL, "It names or shows somebody who did not agree"),
    ("harm", "It could hurt somebody who follows it"),
    ("unkind", "It is unkind or threatening"),
    ("selling", "It sells or advertises something"),
    ("rights", "It uses words or a picture that belong to somebody else"),
    ("other", "Something else"),
)
# What is public does its harm now; who is named by somebody else goes first (security page, 4.5).
PRIORITIES = {PERSONAL: Priority.EMERGENCY, "harm": Priority.SAME_DAY}


def priority(reason: str) -> Priority:
    """Of a report with this reason."""
    return PRIORITIES.get(reason, Priority.SEE_GP)
