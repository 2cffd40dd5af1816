"""How soon somebody should read a thing, and why: from its writer's warning signs, and from what could hurt others."""

from typing import Any

from tips.cases.models import Priority
from tips.guard.points import Judgement
from tips.safety.find import Finding

PRIORITIES = {"E": Priority.EMERGENCY, "S": Priority.SAME_DAY, "G": Priority.SEE_GP}
NOTHING = Judgement(())


def urgency(finding: Finding, judgement: Judgement = NOTHING) -> Priority:
    levels = (finding.level or "", *(harm.level for harm in judgement.harms))
    return max(PRIORITIES.get(level, Priority.ORDINARY) for level in levels)


def noticed(finding: Finding, judgement: Judgement = NOTHING) -> dict[str, Any]:
    """The columns of a `Case` that programs fill in."""
    alarms = [[match.flag.name, match.words] for match in finding.matches if match.is_alarm]
    return {
        "priority": urgency(finding, judgement),
        "flags": list(finding.marks),
        "matches": [*alarms, *([harm.rule, harm.words] for harm in judgement.harms)],
        "signals": judgement.in_words,
        "weights": judgement.weights,
        "late": judgement.band == "late",
    }
