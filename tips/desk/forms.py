from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tips.desk.choices import countries, time_zones
from tips.desk.photo import NotAPhoto, redraw
from tips.guard.fields import Email
from tips.practice.models import Practice


class SetupForm(forms.ModelForm):
    """What the site says about its owner. Everything may be left out and added later."""

    photo_file = forms.FileField(
        label="A photo of you",
        help_text="JPEG, PNG or WebP, up to 10 MB. It is drawn anew, so that no place or device stays in it.",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label="Take the present photo away", required=False)
    notify = Email(
        label="Address that messages and the queue's news go to",
        help_text="Visitors never see it.",
        required=False,
        max_length=254,
    )
    country = forms.ChoiceField(label="Country for the emergency numbers", choices=countries)
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zones)

    class Meta:
        model = Practice
        fields = (
            "name",
            "site_name",
            "qualifications",
            "about",
            "photo_alt",
            "contact_hours",
            "away_until",
            "away_line",
            "handover",
            "notify",
            "country",
            "time_zone",
        )
        labels = {
            "name": "Your name",
            "site_name": "Name of the site",
            "qualifications": "Your training and qualifications, as they should be shown",
            "about": "A few sentences about you",
            "photo_alt": "What the photo shows",
            "contact_hours": "When you answer messages",
            "away_until": "Away until",
            "away_line": "What visitors are told meanwhile",
            "handover": "A note for whoever stands in for you",
        }
        help_texts = {
            "name": "It stands at the foot of every page and on “About this site”.",
            "qualifications": "Readers weigh advice by who gives it. Write only what you can show on paper.",
            "photo_alt": "For people who cannot see it, in a few words: “Anna in her garden”.",
            "contact_hours": "One sentence for the contact page: “I answer on Tuesdays and Fridays.”",
            "away_until": "Your first day back. Visitors are told so wherever they write, and it ends by itself.",
            "away_line": "One sentence, if you like: “Mina reads what you send; letters wait for me.”",
            "handover": "Whom to ring, what to leave alone, what may come. Moderators read it beside the queue; "
            "visitors never see it.",
        }
        widgets = {
            "about": forms.Textarea(attrs={"rows": 6}),
            "handover": forms.Textarea(attrs={"rows": 6}),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_photo_file(self) -> bytes | None:
        """The photo redrawn, or None where none was chosen."""
        file: UploadedFile | None = self.cleaned_data["photo_file"]
        if not file or file.file is None:
            return None
        try:
            return redraw(file.file, size=file.size or 0)
        except NotAPhoto as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("photo_file") and not cleaned.get("photo_alt"):
            self.add_error("photo_alt", "Please say in a few words what the photo shows.")
        return cleaned
