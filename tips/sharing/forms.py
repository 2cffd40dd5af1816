"""What visitors fill in: a page of their own, and a reply. Field names are those of the contract."""

from django import forms

from tips.guard.fields import CleanText, Email, consent
from tips.guard.forms import GuardedForm, fields_in_common
from tips.pages.models import Kind
from tips.sharing import parts
from tips.sharing.answering import Answering

KINDS = (
    (Kind.EXPERIENCE.value, "Tell what happened to me, so that others can learn from it"),
    (Kind.TIP.value, "Share a tip that helps"),
    (Kind.QUESTION.value, "Ask for help or opinions"),
)
HEALTH_CONSENT = (
    "I am 16 or older, and I agree that what I write about my health is shown here for everyone to read. "
    "My words stay mine; the site may show them until I take them down."
)
PARTS = {
    "any": parts.AnyPain,
    Kind.QUESTION.value: parts.QuestionPart,
    Kind.TIP.value: parts.TipPart,
    Kind.EXPERIENCE.value: parts.ExperiencePart,
}


class ByWhom(GuardedForm):
    """Name and address: both optional, both explained."""

    name = CleanText(
        most=60,
        required=False,
        label="A name to show",
        help_text="Leave it empty to be “A visitor”. A first name or a made-up name is fine.",
    )
    email = Email(
        required=False,
        max_length=254,
        label="Your e-mail address",
        help_text="Only to tell you what became of it. Never shown, stored encrypted, and deleted 30 days later.",
    )
    keep_no_draft = forms.BooleanField(
        required=False,
        label="Others use this phone or computer: keep no draft",
        help_text="Otherwise what you write is kept for a week, so that you can come back to it. "
        "It is locked with a key that only this browser has.",
    )


class Photos(forms.FileInput):
    """Several at once. The form only names them: `sharing/album.py` takes them."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif", "multiple": True})


@fields_in_common
class StoryForm(Answering, ByWhom):
    form_name = "share"

    kind = forms.ChoiceField(
        choices=KINDS,
        widget=forms.RadioSelect,
        label="What would you like to do?",
        error_messages={
            "required": "Please choose one of the three.",
            "invalid_choice": "Please choose one of the three.",
        },
    )
    title = CleanText(
        least=5,
        most=120,
        label="A title",
        help_text="One line that says what it is about. A question may be one: “Does sitting make yours worse?”",
        widget=forms.TextInput(attrs={"data-similar": "/share/similar/", "data-similar-in": "similar"}),
        error_messages={"required": "Please give it a title of a few words."},
    )
    story = CleanText(
        least=30,
        most=20_000,
        lines=True,
        label="Your words",
        help_text="What happened, what you tried, what you would like to know. "
        "Two or three sentences are enough. "
        "Leave out names, addresses and anything a stranger could find you by.",
        error_messages={"required": "Please write a few sentences."},
    )
    photos = forms.Field(
        required=False,
        label="Photos",
        help_text="Up to four. Place, day and camera are taken out, and you see them again before anything is sent. "
        "Please none with somebody else’s face.",
        widget=Photos,
    )
    consent = consent(HEALTH_CONSENT)
    field_order = (
        *("form_token", "website", "kind", "title", "story", *parts.AnyPain.base_fields),
        *(*parts.ExperiencePart.base_fields, *parts.QuestionPart.base_fields, *parts.TipPart.base_fields),
    )

    @property
    def went(self) -> bool:
        """Whether anything was said of how it went, so that this part of the form stands open."""
        return any(self[name].value() or self[name].errors for name in parts.ExperiencePart.base_fields)

    @property
    def wrong_in(self) -> dict[str, bool]:
        """The parts with an error, which must stand open whatever kind was chosen."""
        return {name: not self.errors.keys().isdisjoint(part.base_fields) for name, part in PARTS.items()}


@fields_in_common
class ReplyForm(ByWhom):
    form_name = "comment"

    text = CleanText(
        least=2,
        most=4_000,
        lines=True,
        label="Your reply",
        help_text="Replies are read before they appear.",
        error_messages={"required": "Please write something first."},
    )
    reply_to = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    consent = consent("I am 16 or older, and I agree that what I write here is shown for everyone to read.")
