"""A visitor's photo: redrawn, in a few sizes. The rows say where its files are; nothing here says whose it is."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tips.cases.models import Case, State
from tips.pages.models import Page, Visibility, new_public_id

SIZES = "(min-width: 48rem) 40rem, 100vw"  # how wide a page shows it


def new_folder() -> str:
    """128 random bits: a new one whenever the files move, so that an address once public leads nowhere afterwards."""
    return secrets.token_hex(16)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def published(self) -> Self:
        return self.filter(visibility=Visibility.PUBLISHED, page__visibility=Visibility.PUBLISHED)

    def waiting(self) -> Self:
        """Sent with a page, and never public so far."""
        return self.filter(visibility=Visibility.UNPUBLISHED, page__isnull=False)

    def sent(self) -> Self:
        return self.filter(page__isnull=False)

    def loose(self) -> Self:
        """Taken, but not sent yet: a draft holds its public id."""
        return self.filter(page__isnull=True)

    def open(self) -> Self:
        """With files that everybody may fetch."""
        return self.filter(visibility=Visibility.PUBLISHED)

    def approved(self) -> Self:
        """The version of the page that they came with was read and published, and not taken back since."""
        return self.filter(case__state=State.PUBLISHED)

    def closed(self) -> Self:
        return self.exclude(visibility=Visibility.PUBLISHED)

    def without_avif(self) -> Self:
        return self.published().filter(has_avif=False)

    def on(self, page: Page) -> Self:
        return self.filter(page=page)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Photo(models.Model):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="photos")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="photos")  # docs/adr/0021
    position = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(max_length=250, blank=True)
    caption = models.CharField(max_length=250, blank=True)
    width = models.PositiveSmallIntegerField()  # pixels of the largest picture
    height = models.PositiveSmallIntegerField()
    widths = models.JSONField()  # of all pictures, from small to large; a list of int
    has_avif = models.BooleanField(default=False)
    folder = models.CharField(max_length=32, unique=True, default=new_folder)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.UNPUBLISHED)
    taken_on = models.DateField()

    objects: ClassVar[models.Manager["Photo"]] = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="photo_visibility_known"),
            models.CheckConstraint(
                condition=Q(page__isnull=True, case__isnull=True) | Q(page__isnull=False, case__isnull=False),
                name="photo_waits_with_its_page",
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=False) | Q(visibility=Visibility.UNPUBLISHED), name="photo_loose_is_private"
            ),
        ]
        indexes = [models.Index(fields=["page", "visibility", "position"], name="photo_of_page")]

    def __str__(self) -> str:
        return f"photo {self.public_id}"

    @property
    def is_published(self) -> bool:
        return self.visibility == Visibility.PUBLISHED

    @property
    def names(self) -> list[str]:
        """The files in its folder."""
        formats = ("webp", "jpg", "avif") if self.has_avif else ("webp", "jpg")
        return [f"{width}.{each}" for width in self.widths for each in formats]

    @property
    def sizes(self) -> str:
        return SIZES

    @property
    def webp(self) -> str:
        return self._set("webp")

    @property
    def avif(self) -> str:
        return self._set("avif") if self.has_avif else ""

    @property
    def jpeg(self) -> str:
        return self._set("jpg")

    @property
    def src(self) -> str:
        """For browsers that know nothing of sets: the middle size."""
        return f"/media/p/{self.folder}/{self.nearest(960)}.jpg"

    def nearest(self, width: int) -> int:
        """The smallest picture that is at least so wide, or the largest there is; in pixels."""
        return min((int(each) for each in self.widths if each >= width), default=self.width)

    def _set(self, name: str) -> str:
        return ", ".join(f"/media/p/{self.folder}/{width}.{name} {width}w" for width in self.widths)
