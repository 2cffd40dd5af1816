"""What the owner fills in: a lesson, and a letter to the list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from tips.course.models import Announcement, Lesson, LessonRevision
from tips.guard.fields import CleanText

AS_BROWSERS_WRITE_IT = "%Y-%m-%dT%H:%M"


def _some_lines() -> forms.Textarea:
    """To see a long sentence whole; it is kept as one line."""
    return forms.Textarea(attrs={"rows": 3})


class LessonForm(forms.Form):
    """A lesson as it will read from now on. An option is a line: text | what is said to whoever chose it."""

    title = CleanText(most=120, label="Title")
    aim = CleanText(most=300, widget=_some_lines(), label="What it is for", help_text="One sentence.")
    safety = CleanText(
        most=300, widget=_some_lines(), label="Before you begin", help_text="What to watch for, in one sentence."
    )
    source = CleanText(most=20_000, lines=True, label="The lesson", help_text="Markdown, in fewer than 500 words.")
    question = CleanText(most=300, widget=_some_lines(), required=False, label="A question for the reader")
    options = CleanText(
        most=3_000,
        lines=True,
        required=False,
        label="The answers to choose from",
        help_text="One a line: the answer, a |, then what you say to it. Put a * before the right one.",
    )

    @classmethod
    def of(cls, revision: LessonRevision) -> "LessonForm":
        check = revision.selfcheck
        lines = [
            f"{'*' if option['correct'] else ''}{option['text']} | {option['feedback']}"
            for option in check.get("options", [])
        ]
        names = ("title", "aim", "safety", "source")
        words = {name: getattr(revision, name) for name in names}
        return cls(initial={**words, "question": check.get("question", ""), "options": "\n".join(lines)})

    def clean_options(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        options = [_option(line) for line in lines]
        if options and sum(option["correct"] for option in options) != 1:
            raise forms.ValidationError("Please put a * before the right answer, and before that one alone.")
        return options

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("question")) != bool(cleaned.get("options")) and "options" not in self.errors:
            self.add_error("options", "A question needs its answers, and answers need their question.")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """As the fields of a revision; of a valid form."""
        said = self.cleaned_data
        check = {"question": said["question"], "options": said["options"]} if said["question"] else {}
        words = {name: said[name] for name in ("title", "aim", "safety", "source")}
        return {**words, "selfcheck": check, "slug": _free_slug(said["title"])}


def _option(line: str) -> dict[str, Any]:
    text, _bar, feedback = line.removeprefix("*").partition("|")
    if not text.strip() or not feedback.strip():
        raise forms.ValidationError(f"Something is missing in this line: {line[:60]}")
    return {"text": text.strip(), "correct": line.startswith("*"), "feedback": feedback.strip()}


def _free_slug(title: str) -> str:
    wished = slugify(title)[:70] or "lesson"
    taken = set(Lesson.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    numbered = (f"{wished}-{number}" for number in range(2, len(taken) + 2))
    return next(slug for slug in (wished, *numbered) if slug not in taken)


class AnnouncementForm(forms.Form):
    subject = CleanText(
        most=120,
        label="Subject",
        help_text="Everybody who looks over a reader’s shoulder can see it: say nothing of backs or pain.",
    )
    source = CleanText(most=20_000, lines=True, label="The letter", help_text="Markdown. Your name is put under it.")

    @classmethod
    def of(cls, announcement: Announcement | None) -> "AnnouncementForm":
        words = {"subject": announcement.subject, "source": announcement.source} if announcement else {}
        return cls(initial=words)


class ScheduleForm(forms.Form):
    """The time is that of the site's owner (`Practice.time_zone`); the view makes it current."""

    due = forms.DateTimeField(
        required=False,
        label="When?",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=AS_BROWSERS_WRITE_IT),
        error_messages={"invalid": "Please enter a day and a time."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["due"].help_text = f"Leave it empty for as soon as possible. In the time of {zone}."

    @classmethod
    def of(cls, announcement: Announcement | None) -> "ScheduleForm":
        return cls(initial={"due": announcement.due_at} if announcement else {})
