"""What an author fills in: the private code, other words, an update, an address for letters about replies."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dateformat import format as formatted

from tips.guard.fields import CleanText, Email
from tips.guard.forms import GuardedForm
from tips.pages.updates import Update


class CodeForm(GuardedForm):
    """`is_open`: the browser has a page open, so that the code may be left out."""

    form_name = "mine"

    code = CleanText(
        most=60,
        label="Your private code",
        help_text="The 26 letters and digits you were shown when you sent it. Capitals and hyphens do not matter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-open": ""}
        ),
        error_messages={"required": "Please enter your private code."},
    )

    def __init__(self, *args: Any, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not is_open


class PageForm(forms.Form):
    """The words of a page: title, story, and each update that was added to it."""

    title = CleanText(least=5, most=120, label="A title", error_messages={"required": "Please give it a title."})
    story = CleanText(
        least=30,
        most=20_000,
        lines=True,
        label="Your words",
        error_messages={"required": "Please write a few sentences."},
    )

    def __init__(self, *args: Any, later: Sequence[Update] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"update_{number}" for number, _ in enumerate(later, 1)]
        for name, each in zip(self.names, later, strict=True):
            label = f"Your update of {formatted(each.on, 'j F Y')}"
            self.fields[name] = CleanText(most=4_000, lines=True, required=False, initial=each.source, label=label)

    @property
    def later(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]


class ReplyWordsForm(forms.Form):
    text = CleanText(
        least=2,
        most=4_000,
        lines=True,
        label="Your reply",
        error_messages={"required": "Please write something first."},
    )


class UpdateForm(forms.Form):
    update = CleanText(
        least=2,
        most=4_000,
        lines=True,
        label="How is it now?",
        help_text="It is added at the end of your page, with today’s date, once somebody has read it.",
        error_messages={"required": "Please write something first."},
    )


class ObjectionForm(forms.Form):
    objection = CleanText(
        least=2,
        most=4_000,
        lines=True,
        label="Why do you think it was wrong?",
        help_text="A few words are enough. You can say it once.",
        error_messages={"required": "Please write why you think so."},
    )


class PhotoForm(forms.Form):
    photo = forms.Field(
        label="A photo",
        help_text="Place, day and camera are taken out. Please none with somebody else’s face.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
        error_messages={"required": "Please choose a photo first."},
    )
    alt = CleanText(most=250, required=False, label="What can be seen on it?", help_text="For those who cannot see it.")
    caption = CleanText(most=250, required=False, label="Words under it")


class RepliesForm(forms.Form):
    email = Email(
        max_length=254,
        label="Your e-mail address",
        help_text="Only to tell you of replies. Never shown, stored encrypted, deleted when you stop the letters.",
        error_messages={"required": "Please write the address that the letters should go to."},
    )
