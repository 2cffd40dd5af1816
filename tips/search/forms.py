from django import forms

from tips.pages.models import Page
from tips.search.promoted import key


class PromotionForm(forms.Form):
    words = forms.CharField(label="When somebody searches for", max_length=60)
    page = forms.ModelChoiceField(
        Page.objects.published().order_by("title"), label="this page comes first", empty_label="Choose a page"
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not key(words):
            raise forms.ValidationError("Please give a word or two.")
        return words
