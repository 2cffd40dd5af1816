"""What EMAIL_RATE says, as in "14/second, 50000/day". Read before Django knows its models."""

import re

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
RULE = re.compile(rf"\s*(\d+)\s*/\s*({'|'.join(SECONDS)})\s*")


def limits(text: str) -> dict[str, tuple[int, float]]:
    """Name of each limit -> how many at once, and how many more a second. Raises ValueError for other words."""
    found = {}
    for rule in filter(str.strip, text.split(",")):
        matched = RULE.fullmatch(rule)
        if not matched or not int(matched[1]):
            raise ValueError(f"EMAIL_RATE: {rule.strip()} is not like 14/second or 5000/day")
        found[f"{matched[1]}/{matched[2]}"] = int(matched[1]), int(matched[1]) / SECONDS[matched[2]]
    return found
