"""An owner's page as its editor sees it: facts as fields of their own, and nothing stored that leads nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import Field, fields
from functools import cache
from typing import Any

from django import forms

from tips.glossary.fields import Lines
from tips.pages import sources
from tips.pages.facts import ArticleFacts, ExerciseFacts
from tips.pages.models import Kind, Page
from tips.text.clean import many_lines, one_line
from tips.text.render import loose_notes

FACTS: Mapping[str, type[ArticleFacts] | type[ExerciseFacts]] = {
    Kind.ARTICLE: ArticleFacts,
    Kind.EXERCISE: ExerciseFacts,
    Kind.CHECK: ExerciseFacts,
}
PAGES = ("exercises", "checks", "related")  # facts that are the addresses of other pages
PREFIX = "fact_"


class Sentences(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 2, "cols": 100})

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class PageForm(forms.ModelForm):
    class Meta:
        model = Page
        fields = (
            *("title", "summary", "source", "comments_open", "in_search_engines"),
            *("reviewed_by", "reviewed_on", "next_review_on"),
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "cols": 100}),
            "source": forms.Textarea(attrs={"rows": 30, "cols": 100}),
        }
        field_classes = {"summary": Sentences}
        labels = {"source": "Text"}
        help_texts = {
            "source": "Markdown. Footnotes: [^1] in the text, [^1]: at the end.",
            "reviewed_by": "Who has read this text and stands for it. Empty it when the words change in earnest.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({f"{PREFIX}{name}": value for name, value in self.instance.facts.items()})

    def clean_source(self) -> str:
        """As it was stored where nobody changed it: browsers send other line ends."""
        source = many_lines(self.cleaned_data["source"])
        if loose := loose_notes(source):
            raise forms.ValidationError(f"These footnotes lead nowhere: {', '.join(loose)}")
        stored: str = self.instance.source
        return stored if source == many_lines(stored) else source

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("reviewed_by")) != bool(cleaned.get("reviewed_on")):
            self.add_error("reviewed_by", "A review needs both: who, and on which day.")
        changed = [name for name in self.changed_data if name.startswith(PREFIX)]
        facts = {name.removeprefix(PREFIX): cleaned.get(name) for name in changed}
        self._must_exist(facts)
        self.instance.facts = {**self.instance.facts, **facts}
        return cleaned

    def _must_exist(self, facts: Mapping[str, Any]) -> None:
        wanted = {slug for name in PAGES for slug in facts.get(name, ())}
        there = set(Page.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        for name in PAGES:
            self._complain(name, [slug for slug in facts.get(name, ()) if slug not in there])
        known = {source.key for source in sources.named(facts.get("sources", []))}
        self._complain("sources", [key for key in facts.get("sources", ()) if key not in known])

    def _complain(self, name: str, missing: Iterable[str]) -> None:
        if missing:
            self.add_error(f"{PREFIX}{name}", f"There is none of this name: {', '.join(missing)}")


@cache
def form_for(kind: str) -> type[PageForm]:
    """The form of a page of this kind, with a field for each of its facts."""
    declared = {f"{PREFIX}{fact.name}": _field(fact) for fact in facts_of(kind)}
    return type("PageForm", (PageForm,), declared)


def facts_of(kind: str) -> tuple[Field[Any], ...]:
    return fields(FACTS[kind]) if kind in FACTS else ()


def _field(fact: Field[Any]) -> forms.Field:
    label = fact.name.replace("_", " ").capitalize()
    if fact.type is str:
        return Sentences(label=label, required=False)
    return Lines(label=label, help_text="One on each line.")
