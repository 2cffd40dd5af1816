from datetime import timedelta
from typing import Any

from django import forms

from tips.course import zones
from tips.course.models import Enrolment, LessonRevision
from tips.course.wording import COURSE_PAGE, LETTERS
from tips.guard.fields import CleanText, Codes, Email
from tips.guard.forms import GuardedForm

PACES = (("1", "One a day"), ("3", "One every three days"), ("7", "One a week"))
HOURS = (
    ("6-9", "Early, 6 to 9"),
    ("9-12", "In the morning, 9 to 12"),
    ("12-17", "In the afternoon, 12 to 5"),
    ("17-22", "In the evening, 5 to 10"),
)
WEEKDAYS = tuple(
    (str(number), name)
    for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
LONGEST_PAUSE = timedelta(days=183)


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
    letters = forms.BooleanField(required=False, label=LETTERS.text)

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


class PlanForm(forms.Form):
    pace = forms.ChoiceField(label="How often?", choices=PACES, widget=forms.RadioSelect)
    weekdays = Codes(
        label="On which days?",
        choices=WEEKDAYS,
        error_messages={"required": "Please choose one day or more.", "invalid_choice": "Please choose from the list."},
    )
    hours = forms.ChoiceField(label="At what time?", choices=HOURS)
    zone = CleanText(
        most=60,
        required=False,
        label="Your time zone",
        help_text="Such as Europe/London. Leave it empty for that of this site.",
    )

    @classmethod
    def of(cls, enrolment: Enrolment) -> "PlanForm":
        days = [number for number, _name in WEEKDAYS if enrolment.weekdays >> int(number) & 1]
        hours = f"{enrolment.from_hour}-{enrolment.until_hour}"
        said = {"pace": str(enrolment.pace_days), "weekdays": days, "hours": hours, "zone": enrolment.zone}
        return cls(initial=said)

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone and not zones.known(zone):
            raise forms.ValidationError("I do not know this time zone. It should read like Europe/London.")
        return zone

    @property
    def plan(self) -> dict[str, Any]:
        """As the fields of an enrolment; of a valid form."""
        said = self.cleaned_data
        from_hour, until_hour = said["hours"].split("-")
        return {
            "pace_days": int(said["pace"]),
            "weekdays": sum(1 << int(number) for number in set(said["weekdays"])),
            "from_hour": int(from_hour),
            "until_hour": int(until_hour),
            "zone": said["zone"],
        }


class PauseForm(forms.Form):
    until = forms.DateField(
        required=False,
        label="Until which day?",
        help_text="Leave it empty to decide later.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Please enter a day such as 2027-01-31."},
    )


class SelfCheckForm(forms.Form):
    """The question of a lesson. The answer is not kept."""

    def __init__(self, revision: LessonRevision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options: list[dict[str, Any]] = revision.selfcheck.get("options", [])
        self.fields["answer"] = forms.ChoiceField(
            label=revision.selfcheck.get("question", ""),
            choices=[(str(number), option["text"]) for number, option in enumerate(self.options)],
            widget=forms.RadioSelect,
            error_messages={"required": "Please choose one.", "invalid_choice": "Please choose from the list."},
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """text, correct and feedback of the answer; of a valid form."""
        return self.options[int(self.cleaned_data["answer"])]
