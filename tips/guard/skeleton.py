"""Words undressed, for comparing only: what looks alike becomes the same letters, and nothing of it is ever stored.

Cyrillic look-alikes, "c.a.s.1.n.o" and invisible characters all lead to "caslno", as "casino" itself does: `i`, `l` and
`1` are one letter here. Compatibility forms go by NFKC, marks are dropped, a letter's relatives are known by their
Unicode names, other scripts' look-alikes by content/lookalikes.toml. (Unicode TR 39 calls the result a skeleton.)
"""

import functools
import re
import tomllib
import unicodedata
from pathlib import Path

from django.conf import settings

LONGEST = 60  # letters of a word that are looked at
_RELATIVE = re.compile(
    r"(?:LATIN (?:SMALL|CAPITAL|LETTER SMALL CAPITAL)(?: LETTER)?(?: SCRIPT| OPEN| BARRED| DOTLESS)?"
    r"|REGIONAL INDICATOR SYMBOL LETTER|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])(?: WITH .*)?"
)
_LEET = dict(zip("0123456789@$!|+", "olzeasgtbgasllt", strict=True))
_SAME = str.maketrans("iz", "ls")
_KEPT = "*?%£€"  # besides letters and digits
_ASCII = [chr(code) for code in range(128)]
_NO_CONTROLS = {ord(each): None for each in _ASCII if unicodedata.category(each) == "Cc" and not each.isspace()}
_BEYOND_ASCII = re.compile(r"([^\x00-\x7f]+)")
_EDGES = ".,;:?\"'()[]{}<>“”‘’«»…*_~#"
_WORD = re.compile(r"[^\s/,;:()\[\]{}<>\"“”]+")
_SPELT = re.compile(r"(?<!\w)(?:(?:[^\W_]|[@$!|+€])[\s.\-_*]{1,3}){2,}(?:[^\W_]|[@$!|+€])(?!\w)")


@functools.cache
def _lookalikes() -> dict[str, str]:
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "lookalikes.toml").read_text("utf-8"))
    return {each: letter for letter, alike in data["letters"].items() for each in alike}


@functools.lru_cache(maxsize=4096)
def letter(character: str) -> str:
    """What one character looks like: a small Latin letter, itself, or nothing for a mark or an invisible one."""
    if character.isspace():  # a line's end is a control, too, and parts two words
        return character
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return ""
    if character in _lookalikes():
        return _lookalikes()[character]
    named = _RELATIVE.fullmatch(unicodedata.name(character, ""))
    return named[1].lower() if named else character


def plain(text: str) -> str:
    """Without dress, but with its digits and signs: NFKC, marks gone, look-alikes as Latin letters, small."""
    if text.isascii():
        return text.lower()
    runs = _BEYOND_ASCII.split(text)
    return "".join(run.translate(_NO_CONTROLS).lower() if run.isascii() else _undressed(run) for run in runs)


def _undressed(run: str) -> str:
    known = "".join(_lookalikes().get(each, each) for each in run)  # before NFKC makes two characters of some
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", known))
    return "".join(letter(each) for each in "".join(letter(each) for each in bare).casefold())


def skeleton(word: str) -> str:
    """The letters that the eye reads in one word; numbers stay numbers."""
    bare = plain(word)[:LONGEST]
    if bare.isascii():
        return bare.translate(_READ if bare.islower() else _COUNTED)
    if any(each.isalpha() for each in bare):
        bare = "".join(_LEET.get(each, each) for each in bare)
    return "".join(each for each in bare.translate(_SAME) if _is_kept(each))


def _is_kept(character: str) -> bool:
    return character.isalnum() or character in _KEPT


_COUNTED = {ord(each): each if _is_kept(each) else None for each in _ASCII}
_READ = _COUNTED | {
    ord(each): _LEET.get(each, each).translate(_SAME) for each in _ASCII if _is_kept(_LEET.get(each, each))
}


def streams(text: str) -> list[list[tuple[str, str]]]:
    """The text's words as [(skeleton, as written), …], read in three ways: as they stand, cut finely, joined."""
    whole = [each.strip(_EDGES) for each in text.split()]
    fine = [each.strip(f"{_EDGES}!|-") for each in _WORD.findall(text)]
    spelt = [each[0] for each in _SPELT.finditer(text)]
    bare = {each: skeleton(each) for each in {*whole, *fine, *spelt}}
    return [[(bare[each], each) for each in words if each] for words in (whole, fine, spelt)]
