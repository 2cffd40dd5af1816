from django import forms

from tips.course.wording import COURSE_PAGE
from tips.guard.fields import CleanText, Email
from tips.guard.forms import GuardedForm


class JoinForm(GuardedForm):
    form_name = "course"

    email = Email(
        max_length=254,
        label="Your e-mail address",
        help_text="The lessons go there and nothing else. It is stored encrypted and never shown.",
        error_messages={"required": "Please enter the address that the lessons should go to."},
    )
    consent = forms.BooleanField(
        label=COURSE_PAGE.text, error_messages={"required": "Please tick this box if you would like the lessons."}
    )

    def clean_email(self) -> str:
        """Signs that nobody sees, and nothing else, are no address."""
        email: str = self.cleaned_data["email"]
        if not email:
            raise forms.ValidationError(self.fields["email"].error_messages["required"], code="required")
        return email


class LearnerForm(GuardedForm):
    form_name = "course-me"

    code = CleanText(
        most=60,
        label="The code of your course",
        help_text="It is the part behind the # in the link at the end of every lesson. Capitals matter here.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "data-from-hash": ""}
        ),
        error_messages={"required": "Please enter the code from one of your lessons."},
    )
