"""The base of every anonymous form: its hidden fields, and what they tell about who fills it in.

Nothing here refuses a person. A filled honeypot or a form sent at once becomes a signal that the moderator reads.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from tips.guard import proof, tokens

HONEYPOT = "the hidden field was filled in"
HASTE = "sent within {} seconds"
UNPROVEN = "sent without proof of work"  # no JavaScript, a very slow phone, or a program
STALE = "This page was open for a long time, so we made it fresh. Nothing you wrote is lost: please send it again."


class GuardedForm(forms.Form):
    """Subclasses set `form_name`. Build with `fresh()` for a GET and `posted(request)` for a POST."""

    form_name: ClassVar[str]
    error_css_class = "has-error"

    form_token = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    proof = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-proof": ""}))
    website = forms.CharField(
        required=False,
        label="Leave this empty",
        help_text="It is here to catch programs that fill in everything.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        self.token: tokens.FormToken | None = None
        self.noticed: list[str] = []  # what else is to be told, found while it was taken

    @classmethod
    def fresh(cls, **initial: Any) -> "GuardedForm":
        return cls(initial=initial)

    @classmethod
    def posted(cls, request: HttpRequest) -> "GuardedForm":
        return cls(request.POST, request.FILES)

    @classmethod
    def begun(cls, fields: Mapping[str, Sequence[str]], *, now: datetime) -> Self:
        """The form with what was typed so far, not judged yet, and with its own token while that is good."""
        several = {name for name, field in cls.base_fields.items() if isinstance(field, forms.MultipleChoiceField)}
        typed = {name: list(said) if name in several else said[-1] for name, said in fields.items() if said}
        if not _is_good((fields.get("form_token") or [""])[-1], cls.form_name, now):
            typed.pop("form_token", None)
            typed.pop("proof", None)
        return cls(initial=typed, now=now)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A token for whoever has none."""
        given = super().get_initial_for_field(field, field_name)
        return given or self._new_token if field_name == "form_token" else given

    @functools.cached_property
    def _new_token(self) -> str:
        return tokens.issue(self.form_name, now=self.now)

    def _clean_fields(self) -> None:
        """As Django does it, but what was left empty is not looked at one by one: most of a long form is."""
        nothing, judged = _nothing(type(self)), _judged(type(self))
        sent = self.data.keys() | self.files.keys()
        for name, field in self.fields.items():
            is_sent = self.add_prefix(name) in sent
            said = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)) if is_sent else None
            try:
                left_empty = not said and not field.required and name in nothing
                self.cleaned_data[name] = nothing[name] if left_empty else field.clean(said)
                if name in judged:
                    self.cleaned_data[name] = getattr(self, f"clean_{name}")()
            except forms.ValidationError as error:
                self.add_error(name, error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.token = tokens.read(cleaned.get("form_token", ""), form=self.form_name, now=self.now)
        except tokens.BadToken:
            self.renew_token()
            self.add_error(None, STALE)
        return cleaned

    def renew_token(self) -> None:
        """Show a fresh token in the re-rendered form instead of the one that was sent."""
        fresh = QueryDict("", mutable=True)
        fresh.update(self.data)
        fresh["form_token"] = self._new_token
        fresh["proof"] = ""
        self.data = fresh

    @property
    def signals(self) -> list[str]:
        """Why a person should look twice, in words."""
        found = []
        if self.cleaned_data.get("website"):
            found.append(HONEYPOT)
        if self.token and self.token.age.total_seconds() < settings.FORM_MIN_SECONDS:
            found.append(HASTE.format(settings.FORM_MIN_SECONDS))
        if not proof.is_proven(self.cleaned_data.get("form_token", ""), self.cleaned_data.get("proof", "")):
            found.append(UNPROVEN)
        return [*found, *self.noticed]

    @property
    def nonce(self) -> str:
        """The idempotency key of this filling-in; only of a valid form."""
        if self.token is None:
            raise ValueError("an invalid form has no nonce")
        return self.token.nonce


F = TypeVar("F", bound=GuardedForm)


def _nothing(form: type[GuardedForm]) -> dict[str, Any]:
    """What the fields that may be left empty make of it; every list is the caller's own."""
    return {name: value[:] if isinstance(value, list) else value for name, value in _made_of_nothing(form).items()}


@functools.cache
def _made_of_nothing(form: type[GuardedForm]) -> dict[str, Any]:
    return {
        name: field.clean(field.widget.value_from_datadict(QueryDict(), MultiValueDict(), name))
        for name, field in form.base_fields.items()
        if not field.required
    }


@functools.cache
def _judged(form: type[GuardedForm]) -> frozenset[str]:
    """The fields that the form looks at once more, by a method of its own."""
    return frozenset(name.removeprefix("clean_") for name in dir(form) if name.startswith("clean_"))


class _InCommon(dict[str, forms.Field]):
    def __deepcopy__(self, _known: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


def fields_in_common(form: type[F]) -> type[F]:
    """For a form that changes none of its fields: Django would copy and order them for each that is filled in."""
    form.base_fields, form.field_order = _InCommon(form().fields), None
    return form


def _is_good(token: str, form: str, now: datetime) -> bool:
    try:
        tokens.read(token, form=form, now=now)
    except tokens.BadToken:
        return False
    return True
