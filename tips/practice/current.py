"""The owner's answers as templates print them, read from the database only when they change."""

import functools
import io
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from PIL import Image

from tips.freshness.slots import generation
from tips.practice.models import Practice
from tips.safety.numbers import Helplines, helplines

GENERATION = "practice"
PHOTO_WIDTH = 240  # pixels, on the page about the site


@dataclass(frozen=True)
class Site:
    """What every page may print about the site."""

    name: str
    owner_name: str
    qualifications: str
    about: str
    has_photo: bool
    photo_width: int
    photo_height: int  # pixels at this width, so that the page keeps its place free; 0 without a photo
    photo_alt: str
    country: str
    time_zone: str
    contact_hours: str
    notify: str
    away_until: date | None  # the first day back
    away_line: str
    slow: bool  # so much waits that reading takes longer than usual
    set_up: bool
    helplines: Helplines
    url: str
    host: str


def site() -> Site:
    return _read(generation(GENERATION))


def handover() -> str:
    """What the owner left for whoever stands in. For people who can moderate, never for a public page."""
    return _handover(generation(GENERATION))


@functools.lru_cache(maxsize=1)
def _handover(_generation: int) -> str:
    return Practice.current().handover


@functools.lru_cache(maxsize=1)
def _read(_generation: int) -> Site:
    row = Practice.current()
    height = _height(Practice.objects.filter(pk=1).values_list("photo", flat=True).first())
    return Site(
        name=row.site_name or "Back exercises",
        owner_name=row.name,
        qualifications=row.qualifications,
        about=row.about,
        has_photo=height > 0,
        photo_width=PHOTO_WIDTH,
        photo_height=height,
        photo_alt=row.photo_alt,
        country=row.country or settings.COUNTRY,
        time_zone=row.time_zone or settings.TIME_ZONE,
        contact_hours=row.contact_hours,
        notify=row.notify,
        away_until=row.away_until,
        away_line=row.away_line,
        slow=row.is_slow,
        set_up=row.set_up,
        helplines=helplines(row.country or settings.COUNTRY),
        url=settings.SITE_URL,
        host=settings.SITE_HOST,
    )


def _height(photo: bytes | memoryview | None) -> int:
    if photo is None:
        return 0
    with Image.open(io.BytesIO(photo)) as opened:
        return max(1, round(opened.height * PHOTO_WIDTH / opened.width))
