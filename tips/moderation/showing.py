"""What the page of one case shows: the words marked, what changed, what was noticed, what was decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from tips.cases.models import Action, Case, State
from tips.moderation.folding import behind
from tips.moderation.forms import DecisionForm
from tips.moderation.queueing import Why, is_hard, why
from tips.moderation.subjects import Subject, subject
from tips.outcomes import answers
from tips.pages.models import Page, Revision
from tips.pages.updates import words
from tips.photos import store as photo_store
from tips.practice import care
from tips.safety.find import find
from tips.text.differences import differences
from tips.text.marking import around, mark
from tips.text.personal import personal

STEPS: dict[str, tuple[Action, ...]] = {
    "waiting": (Action.PUBLISH, Action.EDIT, Action.ASK, Action.DECLINE, Action.SPAM),
    "published": (Action.HIDE, Action.REMOVE),
    "hidden": (Action.PUBLISH, Action.REMOVE),
    "changes": (Action.PUBLISH, Action.EDIT, Action.DECLINE, Action.SPAM),
    "declined": (Action.PUBLISH,),
    "removed": (Action.PUBLISH,),
    "spam": (Action.PUBLISH, Action.DECLINE),
}


def case_context(case: Case, form: DecisionForm) -> dict[str, Any]:
    about = subject(case)
    found = _why(case, about)
    hints = personal(about.everything)
    return {
        "case": case,
        "about": about,
        "form": form,
        "why": found,
        "hints": [Why(hint.name, *around(about.everything, hint.words)) for hint in hints],
        "body": mark(about.body, [*(each.words for each in found), *(hint.words for hint in hints)]),
        "changed": changes(about),
        "is_hard": is_hard(case),
        "alike": len(behind([case.pk])) if case.state == State.WAITING else 0,
        "cards": care.cards_for(case.flags),
        "decisions": case.decisions.select_related("by"),
        "photos": photo_store.of_case(case),
        "may": {action.value: True for action in STEPS.get(case.state, ())},
        "seen": about.revision.number if about.revision else 0,
    }


def _why(case: Case, about: Subject) -> list[Why]:
    """A case from before the words were kept is looked at again."""
    if case.flags and not case.matches:
        found = find(about.everything).matches
        case.matches = [[match.flag.name, match.words] for match in found if match.is_alarm]
    return why(case, about.everything)


def changes(about: Subject) -> SafeString | None:
    """A new version against what readers have."""
    if not about.is_new_version or not about.revision:
        return None
    return differences(_of(about.page, answers.of_page(about.page)), _of_revision(about.revision))


def conflict_context(pk: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """Both decisions, and what differs: between the notes, and between the words then and now."""
    case = Case.objects.select_related("revision__page", "comment__page").get(pk=pk)
    theirs = case.decisions.select_related("by").first()
    return {
        "case": case,
        "about": subject(case),
        "theirs": theirs,
        "yours": {**said, "label": Action(said["action"]).label},
        "notes": differences(theirs.note, said["note"]) if theirs and (theirs.note or said["note"]) else None,
        "words": _since(subject(case), said.get("seen") or 0),
    }


def _since(about: Subject, seen: int) -> SafeString | None:
    """How the words changed since the revision that the moderator had before them."""
    now = about.revision
    then = Revision.objects.filter(page=about.page, number=seen).first() if now and seen else None
    if now is None or then is None or then.number == now.number:
        return None
    return differences(_of_revision(then), _of_revision(now))


def _of_revision(revision: Revision) -> str:
    return _of(revision, answers.of_revision(revision))


def _of(version: Page | Revision, said: answers.Answers) -> str:
    """Words and answers as one text."""
    told = (version.title, words(version.source, version.facts), answers.as_text(version.facts, said))
    return "\n\n".join(filter(None, told))
