"""What the search may find of the warning signs, with the numbers of the owner's country filled in."""

from django.db import transaction

from tips.index.passages import Passage, store
from tips.practice.current import site
from tips.safety.numbers import fill
from tips.safety.rules import Flag, flags

SOURCE = "warnings"
KIND = "warning"


def passages() -> list[Passage]:
    return [_passage(flag) for flag in flags()]


@transaction.atomic
def store_warnings() -> None:
    """Once more after the rules or the country changed; costs one look when neither did."""
    store(SOURCE, passages())


def _passage(flag: Flag) -> Passage:
    numbers = site().helplines
    lines = (flag.action, f"{'; '.join(flag.signs)}.", *flag.advice)
    return Passage(
        group=f"warning:{flag.slug}",
        kind=KIND,
        url=f"/warning-signs/#{flag.slug}",
        title=flag.name,
        heading="Warning sign",
        body=" ".join(fill(line, numbers) for line in lines),
    )
