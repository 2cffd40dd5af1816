"""Form fields that several of the visitors' forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from email_validator import EmailNotValidError, validate_email

from tips.text.clean import many_lines, one_line

# Browsers send CRLF and a 1 MB paste is no story: refuse by size before anything looks at the text.
TOO_LONG = "This is {count} characters long. Please bring it down to {most} or fewer."
TOO_SHORT = "Please write a little more: {least} characters or more."


class CleanText(forms.CharField):
    """Text without control and direction characters, of `least` to `most` characters. Over-long text stays typed."""

    def __init__(self, *, most: int, least: int = 0, lines: bool = False, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 10}) if lines else forms.TextInput()
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)
        self.most, self.least, self.tidy = most, least, many_lines if lines else one_line
        # Django's own validator refuses NUL with its own words; we take it out instead.
        self.validators = [each for each in self.validators if type(each).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if len(text) > 10 * self.most:
            raise ValidationError(TOO_LONG.format(count=f"{len(text):,}", most=f"{self.most:,}"), code="too_long")
        return self.tidy(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(TOO_LONG.format(count=f"{len(value):,}", most=f"{self.most:,}"), code="too_long")
        if value and len(value) < self.least:
            raise ValidationError(TOO_SHORT.format(least=self.least), code="too_short")


class Email(forms.CharField):
    """One plain address, or nothing. Judged by its form alone: no look-up in a request."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        text = one_line(super().clean(value) or "")
        if not text and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if not text:
            return ""
        try:
            return str(validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True).normalized)
        except EmailNotValidError:
            raise ValidationError(
                "This does not look like an e-mail address. It should read like name@example.org.", code="email"
            ) from None


class Codes(forms.MultipleChoiceField):
    """Ticked boxes. A code that is not on the list is an error at the field."""

    widget = forms.CheckboxSelectMultiple


def consent(label: str) -> forms.BooleanField:
    return forms.BooleanField(
        label=label,
        error_messages={"required": "Please tick this box if you agree. Without it we may not show your words."},
    )
