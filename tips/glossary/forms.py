from django import forms

from tips.glossary.fields import Lines
from tips.glossary.models import SynonymGroup, Term

LONGEST = 25  # words of a definition: it is shown beside the word in running text


class TermForm(forms.ModelForm):
    variants = Lines(label="Other forms of it, linked as well", help_text="One on each line.")
    lay = Lines(label="Everyday words for it", help_text="One on each line. They help the search and are never linked.")

    class Meta:
        model = Term
        fields = ("name", "slug", "definition", "variants", "lay", "autolink")
        widgets = {"definition": forms.Textarea(attrs={"rows": 3, "cols": 80})}

    def clean_definition(self) -> str:
        definition: str = self.cleaned_data["definition"]
        if len(definition.split()) > LONGEST:
            raise forms.ValidationError(f"Please explain it in {LONGEST} words or fewer.")
        return definition


class GroupForm(forms.ModelForm):
    pages = Lines(label="Pages that answer it best", help_text="The last part of the address, one on each line.")
    lay = Lines(label="What people type", help_text="One on each line.", required=True)
    means = Lines(label="What the site calls it", help_text="One on each line.", required=True)

    class Meta:
        model = SynonymGroup
        fields = ("lay", "means", "both", "pages")
        labels = {"both": "Each finds the other"}
