"""The list of watched words. Before a line is kept, its writer sees what it would have marked."""

from typing import Any

from django import forms

from tips.desk.dry_run import Tried, dry_run
from tips.guard.models import WatchedWord

NONE = "Of the last {of} things published it would have marked none. Press Save once more to keep it."
SOME = "Of the last {of} things published it would have marked {count}: {examples}. Press Save once more to keep it."


class WatchedWordForm(forms.ModelForm):
    tried = forms.CharField(required=False, widget=forms.HiddenInput)  # the words whose dry run was shown

    class Meta:
        model = WatchedWord
        fields = ("pattern", "label", "does", "points")

    def clean_pattern(self) -> str:
        pattern = " ".join(str(self.cleaned_data["pattern"]).lower().split())
        if not any(len(part.strip("*?")) > 1 for part in pattern.split()):
            raise forms.ValidationError("Please write at least two letters: the rest may be * and ?.")
        return pattern

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pattern = cleaned.get("pattern")
        if pattern and "pattern" in self.changed_data and cleaned.get("tried") != pattern:
            self.data = {**self.data, self.add_prefix("tried"): pattern}
            raise forms.ValidationError(_in_words(dry_run(pattern)), code="try")
        return cleaned


def _in_words(tried: Tried) -> str:
    if not tried.found:
        return NONE.format(of=tried.looked_at)
    examples = ", ".join(f"“{words}”" for words in dict.fromkeys(tried.found[:5]))
    return SOME.format(of=tried.looked_at, count=len(tried.found), examples=examples)
