"""Nearly the same words sent again: SimHash of 64 bits over runs of three words, alike within three bits.

M. Charikar, "Similarity estimation techniques from rounding algorithms" (2002); the four parts by which rows are found:
G. Manku and others, "Detecting near-duplicates for web crawling" (2007). Links and numbers are read as one word each,
so that a flood is not told apart by what it counts up. A fingerprint is kept for `KEPT` and goes with its case's words.
"""

import hashlib
import itertools
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tips.guard import statements
from tips.guard.models import Fingerprint
from tips.guard.skeleton import plain
from tips.sql.plain import put

BITS = 64
NEAR = 3  # bits
FEWEST_WORDS = 6  # "Thank you, this helped me" is everybody's
KEPT = timedelta(days=30)
_PARTS = {"a": 48, "b": 32, "c": 16, "d": 0}
_LINK = re.compile(r"https?://\S+|\bwww\.\S+|[\w.+-]{1,64}@\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"\w+")
_NO_SIGNS = {code: " " for code in range(128) if not _WORDS.match(chr(code))}
_LINK_SIGNS = ("://", "www.", "@")


def fingerprint(text: str) -> int | None:
    """None for a text too short to be told from another's."""
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return None
    runs = _runs(words)
    digests = b"".join([hashlib.blake2b(run, digest_size=BITS // 8).digest() for run in runs])
    # All bits of all digests in one row; every 64th belongs to the same place.
    bits = f"{int.from_bytes(digests):0{BITS * len(runs)}b}"
    places = [bits[place::BITS].count("1") for place in range(BITS)]
    return int("".join(["1" if 2 * ones > len(runs) else "0" for ones in places]), 2)


def _words(text: str) -> list[str]:
    if any(each in text.lower() for each in _LINK_SIGNS):
        text = _LINK.sub(" link ", text)
    if not text.isascii():
        return _WORDS.findall(plain(_NUMBER.sub("0", text)))
    words = plain(text).translate(_NO_SIGNS).split()
    return [word if word.isalpha() else _NUMBER.sub("0", word) for word in words]


def _runs(words: list[str]) -> list[bytes]:
    """Three words each."""
    row = [word.encode() for word in words]
    ends = list(itertools.accumulate([len(word) + 1 for word in row], initial=0))
    whole = b" ".join(row)
    return [whole[start : end - 1] for start, end in zip(ends, ends[3:], strict=False)]


def near(one: int, other: int) -> bool:
    return (one ^ other).bit_count() <= NEAR


def twin_of(print_: int | None) -> int | None:
    """The number of the first case with nearly the same words, lately."""
    if print_ is None:
        return None
    known = statements.alike(**_parts(print_))
    return next((each.twin or each.about for each in known if near(_whole(each), print_)), None)


def note(about: int, print_: int | None, *, twin: int | None, today: date) -> None:
    """Remember the words of a new case; `twin` is what `twin_of` said of them."""
    if print_ is not None:
        put(Fingerprint, about=about, twin=twin, made_on=today, **_parts(print_))


def folded(cases: Iterable[int]) -> dict[int, int]:
    """Of these cases, those with nearly the same words as an earlier one, and which that is. One query."""
    rows = Fingerprint.objects.filter(about__in=list(cases), twin__isnull=False)
    return {about: twin for about, twin in rows.values_list("about", "twin") if twin is not None}


def forget(about: int) -> None:
    """With the words of a case goes what they are known by."""
    Fingerprint.objects.filter(about=about).delete()


def purge(*, today: date) -> int:
    return Fingerprint.objects.filter(made_on__lt=today - KEPT).delete()[0]


def _parts(print_: int) -> dict[str, Any]:
    return {name: print_ >> shift & 0xFFFF for name, shift in _PARTS.items()}


def _whole(row: statements.Known) -> int:
    return row.a << 48 | row.b << 32 | row.c << 16 | row.d
