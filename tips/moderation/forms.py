from django import forms

from tips.cases.models import Action, Reason
from tips.guard.fields import CleanText


class DecisionForm(forms.Form):
    """One decision about one case, at the version the moderator saw."""

    action = forms.ChoiceField(choices=[(each.value, each.label) for each in Action if each != Action.UNDO])
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Reason (the author reads it)",
        choices=[("", "Choose a reason"), *((each.value, f"Because {each.label}") for each in Reason)],
        required=False,
    )
    note = CleanText(most=2000, lines=True, required=False, label="A few words of your own (the author reads them)")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") in {Action.DECLINE, Action.HIDE} and not cleaned.get("reason"):
            self.add_error("reason", "Please choose the reason: the author is told why.")
        return cleaned
