"""A picture for an article, and the line of Markdown that shows it there."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tips.audit import log
from tips.pages.models import OWNER_KINDS, Page
from tips.photos import own
from tips.photos.taking import WORDS, Busy, Unusable
from tips.text.clean import one_line


class PictureForm(forms.Form):
    photo = forms.FileField(
        label="The picture", help_text="JPEG, PNG, WebP or HEIC. Place, day and camera are taken out."
    )
    alt = forms.CharField(
        label="What it shows", max_length=WORDS, help_text="For who cannot see it. It stands in place of the picture."
    )
    caption = forms.CharField(label="A line below it", max_length=WORDS, required=False)

    def clean_alt(self) -> str:
        return one_line(self.cleaned_data["alt"])

    def clean_caption(self) -> str:
        return one_line(self.cleaned_data["caption"])


def add_picture(*, photo: UploadedFile, alt: str, caption: str, by: User) -> str:
    """The line that shows it. Raises forms.ValidationError in words for whoever chose the file."""
    try:
        picture = own.keep(photo)
    except (Unusable, Busy) as refused:
        raise forms.ValidationError(str(refused)) from None
    log.append(actor=f"staff:{by.pk}", action="picture", about=picture.folder, day=timezone.localdate())
    return line(picture.address, alt, caption)


def line(address: str, alt: str, caption: str = "") -> str:
    below = caption.replace("\\", "").replace('"', "”")
    words = alt.replace("\\", "").replace("[", "(").replace("]", ")")
    return f'![{words}]({address} "{below}")' if below else f"![{words}]({address})"


@transaction.atomic
def remove_picture(*, folder: str, by: User) -> bool:
    """False while a page shows it."""
    if Page.objects.filter(kind__in=OWNER_KINDS, source__contains=f"/media/o/{folder}/").exists():
        return False
    log.append(actor=f"staff:{by.pk}", action="picture-gone", about=folder, day=timezone.localdate())
    own.throw_away(folder)
    return True
