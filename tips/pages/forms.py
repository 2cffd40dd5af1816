"""An owner's page as its editor sees it: facts as fields of their own, and nothing stored that leads nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import Field, fields
from functools import cache
from typing import Any

from django import forms

from tips.glossary.fields import Lines
from tips.pages import sources
from tips.pages.facts import ArticleFacts, ExerciseFacts, InfoFacts, Inviting
from tips.pages.models import VISITOR_KINDS, Kind, Page, Revision
from tips.safety.rules import marked
from tips.text.clean import many_lines, one_line
from tips.text.render import complaints, loose_notes

FACTS: Mapping[str, type[Inviting]] = {
    Kind.ARTICLE: ArticleFacts,
    Kind.EXERCISE: ExerciseFacts,
    Kind.CHECK: ExerciseFacts,
    Kind.INFO: InfoFacts,
}
PAGES = ("exercises", "checks", "related", "invitation_about")  # facts that are the addresses of other pages
PREFIX = "fact_"
BACK_TO = "Go back to"
BACK_TO_HELP = "Puts back what the page said then; what stands in the fields above is not used."
INVITATION = tuple(f"{PREFIX}{each.name}" for each in fields(Inviting))
INVITATION_HELP = {
    "invitation": "Your words above the button. Empty: the words that every page has.",
    "invitation_button": "Empty: “Write your own page”.",
    "invitation_kind": "What the form has ticked already.",
    "invitation_about": "Addresses of more pages that it is about, one on each line. This page is named anyhow.",
}


class Sentences(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 2, "cols": 100})

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class PageForm(forms.ModelForm):
    why = Sentences(label="Why", required=False, max_length=200, help_text="A line for whoever reads the history.")
    back_to = forms.ModelChoiceField(Revision.objects.none(), label=BACK_TO, required=False, help_text=BACK_TO_HELP)

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
            "source": "The buttons above write it for you. By hand it is Markdown, with footnotes: [^1] in the text, "
            "[^1]: at the end.",
            "reviewed_by": "Who has read this text and stands for it. Empty it when the words change in earnest.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["back_to"] = forms.ModelChoiceField(
                self.instance.revisions.order_by("-number"), label=BACK_TO, required=False, help_text=BACK_TO_HELP
            )
        self.initial.update({f"{PREFIX}{name}": value for name, value in self.instance.facts.items()})

    def clean_source(self) -> str:
        """As it was stored where nobody changed it: browsers send other line ends."""
        source = many_lines(self.cleaned_data["source"])
        if loose := loose_notes(source):
            raise forms.ValidationError(f"These footnotes lead nowhere: {', '.join(loose)}")
        if found := complaints(source):
            raise forms.ValidationError(found)
        stored: str = self.instance.source
        return stored if source == many_lines(stored) else source

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("reviewed_by")) != bool(cleaned.get("reviewed_on")):
            self.add_error("reviewed_by", "A review needs both: who, and on which day.")
        changed = [name for name in self.changed_data if name.startswith(PREFIX)]
        facts = {name.removeprefix(PREFIX): cleaned.get(name) for name in changed}
        self._invite_in_words(cleaned)
        self._must_exist(facts)
        self.instance.facts = {**self.instance.facts, **facts}
        if wanted := cleaned.get("back_to"):
            self.instance.facts = wanted.facts
            cleaned.update(title=wanted.title, source=wanted.source)
        return cleaned

    def _invite_in_words(self, cleaned: Mapping[str, Any]) -> None:
        words, *rest = INVITATION
        if any(cleaned.get(name) for name in rest) and not cleaned.get(words):
            self.add_error(
                words, "Please say in your own words what you invite people to. Without them nothing changes."
            )

    def _must_exist(self, facts: Mapping[str, Any]) -> None:
        wanted = {slug for name in PAGES for slug in facts.get(name, ())}
        there = set(Page.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        for name in PAGES:
            self._complain(name, [slug for slug in facts.get(name, ()) if slug not in there])
        known = {source.key for source in sources.named(facts.get("sources", []))}
        self._complain("sources", [key for key in facts.get("sources", ()) if key not in known])
        self._complain("cards", [slug for slug in facts.get("cards", ()) if not marked(slug)])

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
    said = INVITATION_HELP.get(fact.name, "")
    if fact.name == "invitation_kind":
        kinds = [("", "Whatever they like"), *((kind.value, kind.label.capitalize()) for kind in VISITOR_KINDS)]
        return forms.ChoiceField(label=label, help_text=said, choices=kinds, required=False)
    if fact.type is str:
        return Sentences(label=label, help_text=said, required=False)
    return Lines(label=label, help_text=said or "One on each line.")
