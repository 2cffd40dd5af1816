"""What visitors fill in: a page of their own, and a reply. Field names are those of the contract."""

from typing import Any

from django import forms

from tips.guard.fields import CleanText, Codes, Email, consent
from tips.guard.forms import GuardedForm
from tips.outcomes import choices
from tips.pages.areas import areas
from tips.pages.models import Kind, Page

KINDS = (
    (Kind.EXPERIENCE.value, "Tell what happened to me, so that others can learn from it"),
    (Kind.TIP.value, "Share a tip that helps"),
    (Kind.QUESTION.value, "Ask for help or opinions"),
)
PAIN = [("", "Rather not say"), *((str(n), str(n)) for n in range(11))]
HEALTH_CONSENT = (
    "I am 16 or older, and I agree that what I write about my health is shown here for everyone to read. "
    "My words stay mine; the site may show them until I take them down."
)


def optional(label: str, codes: tuple[choices.Choice, ...]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Rather not say"), *codes], required=False)


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


class StoryForm(ByWhom):
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
        help_text="One line that says what it is about.",
        error_messages={"required": "Please give it a title of a few words."},
    )
    story = CleanText(
        least=30,
        most=20_000,
        lines=True,
        label="Your words",
        help_text="What happened, what you tried, what you would like to know. "
        "Leave out names, addresses and anything a stranger could find you by.",
        error_messages={"required": "Please write a few sentences."},
    )
    place = CleanText(most=60, required=False, label="Where you are", help_text="A country or region is plenty.")
    areas = Codes(required=False, label="Where does it hurt?", choices=[])
    about = Codes(required=False, label="Which pages here is it about?", choices=[])
    tried = Codes(required=False, label="What did you try?", choices=[])
    duration = optional("How long had this pain lasted?", choices.DURATION)
    pain_before = forms.ChoiceField(
        label="Pain before, from 0 to 10",
        help_text="0 is no pain, 10 the worst you can imagine.",
        choices=PAIN,
        required=False,
    )
    pain_after = forms.ChoiceField(label="Pain after, from 0 to 10", choices=PAIN, required=False)
    after_how_long = optional("When was that second number?", choices.AFTER_HOW_LONG)
    frequency = optional("How often did you do it?", choices.FREQUENCY)
    change = optional("Overall, since you started", choices.CHANGE)
    activity = CleanText(most=60, required=False, label="One thing the pain kept you from doing")
    side_effects = optional("Anything unwelcome afterwards?", choices.SIDE_EFFECTS)
    again = optional("Would you do it again?", choices.AGAIN)
    consent = consent(HEALTH_CONSENT)

    OUTCOME_FIELDS = (
        "tried",
        "duration",
        "pain_before",
        "pain_after",
        "after_how_long",
        "frequency",
        "change",
        "activity",
        "side_effects",
        "again",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = list(Page.objects.published().of_kind(Kind.ARTICLE, Kind.EXERCISE, Kind.CHECK).order_by("title"))
        exercises = [(page.slug, page.title) for page in owners if page.kind == Kind.EXERCISE]
        known = {slug for slug, _title in exercises}
        self._owners = {page.slug: page for page in owners}
        self._choose("areas", [(each.slug, each.name) for each in areas()])
        self._choose("about", [(page.slug, page.title) for page in owners])
        self._choose("tried", [*exercises, *(each for each in choices.OTHER_THINGS_TRIED if each[0] not in known)])

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = options

    def clean_areas(self) -> list[str]:
        chosen: list[str] = list(dict.fromkeys(self.cleaned_data["areas"]))
        if len(chosen) > 3:
            raise forms.ValidationError("Please choose up to three places, the ones that matter most.", code="too_many")
        return chosen

    @property
    def pages_about(self) -> list[Page]:
        return [self._owners[slug] for slug in self.cleaned_data["about"]]

    @property
    def outcome(self) -> dict[str, Any]:
        """The answers of an experience, with numbers as numbers and what was not answered left out."""
        if self.cleaned_data["kind"] != Kind.EXPERIENCE:
            return {}
        answers = {name: self.cleaned_data[name] for name in self.OUTCOME_FIELDS if self.cleaned_data[name]}
        for name in ("pain_before", "pain_after"):
            if name in answers:
                answers[name] = int(answers[name])
        return answers


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


class CodeForm(GuardedForm):
    form_name = "mine"

    code = CleanText(
        most=60,
        label="Your private code",
        help_text="The 26 letters and digits you were shown when you sent it. Capitals and hyphens do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Please enter your private code."},
    )
