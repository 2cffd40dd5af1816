"""From a filled-in form to a decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from tips.cases.models import Action, Case, Decision, NotAllowed
from tips.moderation import flows

VERBS = {
    Action.ASK: "Ask for changes",
    Action.DECLINE: "Decline",
    Action.HIDE: "Hide for now",
    Action.REMOVE: "Remove for good",
}
_WITH_WORDS = {
    Action.ASK: flows.ask_for_changes,
    Action.DECLINE: flows.decline,
    Action.HIDE: flows.hide,
    Action.REMOVE: flows.remove,
}


def decide(case: Case, said: Mapping[str, Any], *, by: User, now: datetime) -> Decision:
    """`said`: the cleaned values of a `DecisionForm`. Raises Conflict or NotAllowed."""
    version = said["version"]
    match said["action"]:
        case Action.PUBLISH:
            return flows.publish(case=case, by=by, version=version, now=now)
        case Action.SPAM:
            return flows.mark_spam(case=case, by=by, version=version, now=now)
        case Action.ASK | Action.DECLINE | Action.HIDE | Action.REMOVE:
            act = _WITH_WORDS[said["action"]]
            return act(case=case, reason=said["reason"], note=said["note"], by=by, version=version, now=now)
        case _:
            raise NotAllowed(said["action"])
