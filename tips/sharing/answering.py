"""The answers of a form that asks what `parts.py` asks: a new page has one, and so has a page that is mended."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms

from tips.pages.facts import VisitorFacts
from tips.pages.models import Kind, Page
from tips.sharing import parts

NUMBERS = ("pain_before", "pain_after", "activity_before", "activity_after")
OF_ANY_KIND = ("side", "triggers", "helped_by")
OF_A_KIND: Mapping[str, tuple[str, ...]] = {
    Kind.QUESTION: ("duration", "better", "worse", "pain_now", "tried"),
    Kind.TIP: ("steps", "frequency", "caution"),
    Kind.EXPERIENCE: (),
}
OUTCOME = ("tried", "duration", "frequency", *parts.ExperiencePart.base_fields)
PLACES = ("areas", "place", "about")


def facts_of(kind: str) -> tuple[str, ...]:
    return (*OF_ANY_KIND, *OF_A_KIND[kind])


def asked_of(kind: str) -> tuple[str, ...]:
    """The fields whose answers are kept with a page of this kind."""
    return (*PLACES, *facts_of(kind), *(OUTCOME if kind == Kind.EXPERIENCE else ()))


class Answering(parts.ExperiencePart, parts.TipPart, parts.QuestionPart, parts.AnyPain):
    def clean_areas(self) -> list[str]:
        chosen: list[str] = list(dict.fromkeys(self.cleaned_data["areas"]))
        if len(chosen) > 3:
            raise forms.ValidationError("Please choose up to three places, the ones that matter most.", code="too_many")
        return chosen

    def clean_steps(self) -> str:
        typed: str = self.cleaned_data["steps"]
        if len(_lines(typed)) > parts.MOST_STEPS:
            raise forms.ValidationError(f"Please make it {parts.MOST_STEPS} steps or fewer.", code="too_many")
        return typed

    @property
    def of_kind(self) -> str:
        """The kind of page that it is about; forms that do not ask it say so themselves."""
        kind: str = self.cleaned_data["kind"]
        return kind

    @property
    def pages_about(self) -> list[Page]:
        slugs = self.cleaned_data["about"]
        return list(Page.objects.published().filter(slug__in=slugs)) if slugs else []

    @property
    def facts(self) -> dict[str, Any]:
        """What goes with any page, and with one of this kind; what was not answered is left out."""
        said = self.cleaned_data
        given = {name: said[name] for name in facts_of(self.of_kind) if said[name]}
        if "pain_now" in given:
            given["pain_now"] = int(given["pain_now"])
        if "steps" in given:
            given["steps"] = _lines(given["steps"])
        return {each.name: given[each.name] for each in fields(VisitorFacts) if each.name in given}

    @property
    def outcome(self) -> dict[str, Any]:
        """The answers of an experience, with numbers as numbers and what was not answered left out."""
        said = self.cleaned_data
        if self.of_kind != Kind.EXPERIENCE:
            return {}
        answers = {name: said[name] for name in OUTCOME if said[name] not in ("", None, [], parts.FORGOTTEN[0])}
        return {name: int(value) if name in NUMBERS else value for name, value in answers.items()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
