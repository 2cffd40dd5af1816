from collections.abc import Sequence
from typing import Any

from django import forms

from tips.cases.models import Action
from tips.cases.reasons import Reason
from tips.guard.fields import CleanText
from tips.outcomes.wording import Piece

DECIDED = (Action.PUBLISH, Action.SPAM, Action.ASK, Action.DECLINE, Action.HIDE, Action.REMOVE, Action.ANSWER)
NEED_REASON = {Action.DECLINE, Action.HIDE, Action.REMOVE}
REASONS = [("", "Choose a reason"), *((each.value, f"Because {each.label}") for each in Reason)]


def note(label: str = "A few words of your own (the author reads them)") -> CleanText:
    return CleanText(most=2000, lines=True, required=False, label=label, widget=forms.Textarea(attrs={"rows": 4}))


class DecisionForm(forms.Form):
    """One decision about one case, at the version the moderator saw. `seen`: the number of the revision."""

    action = forms.ChoiceField(choices=[(each.value, each.label) for each in DECIDED])
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="Reason (the author reads it)", choices=REASONS, required=False)
    note = note()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") in NEED_REASON and not cleaned.get("reason"):
            self.add_error("reason", "Please choose the reason: the author is told why.")
        if cleaned.get("action") == Action.ASK and not cleaned.get("note"):
            self.add_error("note", "Please write what should be changed: the author reads it.")
        return cleaned


class EditForm(forms.Form):
    """Small changes before publishing. A reply has no title, and none of the `pieces` that a page has besides."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = CleanText(least=5, most=120, label="Title")
    source = CleanText(least=2, most=20_000, lines=True, label="Words")
    note = note("Why you changed it (the author reads it)")

    def __init__(self, *args: Any, has_title: bool, pieces: Sequence[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_title:
            del self.fields["title"]
        self._pieces = [each.name for each in pieces]
        for each in pieces:
            widget = forms.Textarea(attrs={"rows": 4}) if each.has_lines else forms.TextInput()
            self.fields[each.name] = CleanText(
                most=each.most, lines=each.has_lines, required=False, label=each.label, widget=widget
            )

    @property
    def of_pieces(self) -> list[forms.BoundField]:
        return [self[name] for name in self._pieces]

    @property
    def besides(self) -> dict[str, str]:
        """Of what the form did not show, nothing was said."""
        return {name: self.cleaned_data[name] for name in self._pieces if name in self.data}


class ReportForm(forms.Form):
    """What becomes of a report, or of a message."""

    action = forms.ChoiceField(choices=[("answer", "leave it"), ("spam", "spam"), ("hide", "hide it now")])
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="Reason (the author reads it)", choices=REASONS, required=False)
    note = note()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") == "hide" and not cleaned.get("reason"):
            self.add_error("reason", "Please choose the reason: the author is told why.")
        return cleaned


class AnswerForm(forms.Form):
    """The answer to an objection."""

    action = forms.ChoiceField(choices=[("uphold", "stays"), ("overturn", "otherwise")])
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="The reason, looked at anew", choices=REASONS, required=False)
    note = note()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") == "uphold" and not (cleaned.get("reason") and cleaned.get("note")):
            self.add_error("note", "Please choose a reason and write it out: its author asked why.")
        return cleaned
