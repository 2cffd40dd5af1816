from typing import Any
from urllib.parse import urlsplit

from django import forms

from tips.contact import wording
from tips.contact.reasons import REASONS
from tips.course.wording import CONTACT_PAGE
from tips.guard.fields import CleanText, Email
from tips.guard.forms import GuardedForm


class ContactForm(GuardedForm):
    form_name = "contact"

    name = CleanText(most=80, required=False, label="Your name", help_text="A first name is plenty.")
    email = Email(
        required=False,
        max_length=254,
        label="Your e-mail address",
        help_text="Without it there is no way to answer you. It is stored encrypted and never shown.",
    )
    message = CleanText(
        least=2,
        most=5_000,
        lines=True,
        label="Your message",
        error_messages={"required": "Please write your message."},
    )
    course = forms.BooleanField(required=False, label=CONTACT_PAGE.text)
    consent = forms.BooleanField(
        label=wording.TEXT,
        error_messages={"required": "Please tick this box if you agree. Without it we may not read it."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("course") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Please enter the address that the lessons should go to, or leave the course out.")
        return cleaned


class SetAsideForm(forms.Form):
    """One of the owner's buttons, at the version that they saw."""

    ACTIONS = (("done", "Dealt with"), ("spam", "Spam"), ("back", "Not spam"))
    action = forms.ChoiceField(choices=ACTIONS)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    text = CleanText(
        most=10_000,
        lines=True,
        label="Your answer",
        help_text="It goes by e-mail. What they wrote is put under it.",
        error_messages={"required": "Please write your answer."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReportForm(GuardedForm):
    """Anybody may say that something here should not be here."""

    form_name = "report"

    of = CleanText(most=200, required=False, label="Which page or reply?", help_text="Its address on this site.")
    reason = forms.ChoiceField(
        choices=REASONS,
        widget=forms.RadioSelect,
        label="What is wrong with it?",
        error_messages={"required": "Please choose what is wrong.", "invalid_choice": "Please choose from the list."},
    )
    words = CleanText(most=2_000, lines=True, required=False, label="In your own words")
    email = Email(
        required=False,
        max_length=254,
        label="Your e-mail address",
        help_text="Only so that we can tell you what became of it. It is stored encrypted and never shown.",
    )

    def clean_of(self) -> str:
        """The path alone, wherever it was copied from."""
        parts = urlsplit(self.cleaned_data["of"])
        return f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path

    @property
    def text(self) -> str:
        chosen = dict(REASONS)[self.cleaned_data["reason"]]
        return "\n\n".join(filter(None, (f"{chosen}.", self.cleaned_data["words"])))
