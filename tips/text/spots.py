"""What can be spotted in a text, and where it is worth looking: most patterns cannot match in most texts.

A pattern that is tried at every letter costs the same whether it matches or not. So a text is read once, into its
words; a pattern tells the words that it needs, and how what it finds begins, and is tried nowhere else. It finds what
it would find everywhere (tests/guard/test_looking_in_few_places.py).
"""

import functools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER, CODE = "#", "x#"  # as a beginning: digits; and one or two letters with digits after them
_LETTERS = re.compile(r"[^\W\d]+")
_DIGITS = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
_SPACED = re.compile(r"\d(?:[ ().\u2010-\u2015/-]{0,2}\d)*")  # one number, as people space it
# Of what is not ASCII, what most texts hold and no word does.
_TYPOGRAPHY = "’‘“”–—…£€"
_ONLY_LETTERS = {ord(each): " " for each in map(chr, range(128)) if each not in string.ascii_lowercase + "_"}


class Written:
    """A text, read once for all that is looked for in it. It lives as long as whoever looks, and no longer.

    `small` is the text in small letters, every letter at its place; `words` are its runs of letters, and NUMBER where
    there are digits.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = _small(text)
        words = set(_words(self.small))
        if self.numbers:
            words.add(NUMBER)
        self.words = words

    @functools.cached_property
    def numbers(self) -> list[int]:
        """Where digits begin."""
        if not self.text.isascii():
            return [digits.start() for digits in _DIGITS.finditer(self.text)]
        found = {at for digit in string.digits for at in self._occurrences(digit)}
        return sorted(at for at in found if at - 1 not in found)

    @functools.cached_property
    def digits(self) -> int:
        """Of the longest number, however it is spaced."""
        most, end = 0, 0
        for at in self.numbers:
            if at >= end and (spaced := _SPACED.match(self.text, at)):
                most, end = max(most, len(_DIGIT.findall(spaced[0]))), spaced.end()
        return most

    def places(self, beginnings: tuple[str, ...]) -> list[int]:
        """Where one of these stands: a whole word, the beginning of something (with a star), or NUMBER or CODE.

        More places may be told than those.
        """
        found: set[int] = set()
        for each in beginnings:
            if each == NUMBER:
                found.update(self.numbers)
            elif each == CODE:
                after = [at for at in self.numbers if at and self.text[at - 1].isalpha()]
                found.update([max(at - back, 0) for at in after for back in (1, 2)])
            elif each[-1] == "*":
                found.update(self._occurrences(each[:-1]))
            elif each in self.words:
                found.update(self._occurrences(each))
        return sorted(found)

    def _occurrences(self, of: str) -> Iterator[int]:
        at = self.small.find(of)
        while at >= 0:
            yield at
            at = self.small.find(of, at + 1)


def _small(text: str) -> str:
    """As `re.IGNORECASE` sees it, which takes these three for "i" and "s"."""
    if not text.isascii():
        text = text.replace("\u0130", "i").replace("\u0131", "i").replace("\u017f", "s")
    return text.lower()


def _words(small: str) -> list[str]:
    if not small.isascii():
        for each in _TYPOGRAPHY:
            small = small.replace(each, " ")
    return small.translate(_ONLY_LETTERS).split() if small.isascii() else _LETTERS.findall(small)


Way = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Spot:
    """A pattern that matches nowhere but where the text has one of the words of each group of one of the `ways`, a
    number of so many `digits`, and one of the strings that it `holds`; and begins only as `begins` says (small letters;
    empty: in any way).
    """

    pattern: re.Pattern[str]
    ways: tuple[Way, ...]
    digits: int
    holds: tuple[str, ...]
    begins: tuple[str, ...]

    def may_be_in(self, written: Written) -> bool:
        lacks = written.words.isdisjoint
        for way in self.ways:
            if not any(map(lacks, way)):
                break
        else:
            return False
        enough = not self.digits or self.digits <= written.digits
        return enough and (not self.holds or any(each in written.small for each in self.holds))

    def all(self, written: Written) -> Iterator[re.Match[str]]:
        """As `finditer` of the pattern."""
        if not self.may_be_in(written):
            return
        if not self.begins:
            yield from self.pattern.finditer(written.text)
            return
        end = 0
        for at in written.places(self.begins):
            match = self.pattern.match(written.text, at) if at >= end else None
            if match:
                end = match.end()
                yield match

    def first(self, written: Written) -> re.Match[str] | None:
        return next(self.all(written), None)


def spot(pattern: re.Pattern[str], *needs: str, digits: int = 0, holds: str = "", begins: str = "") -> Spot:
    """`needs`: "one|or|another and|also", of which one is enough; `holds`: "one|or|another"; `begins`: "word|beg*"."""
    ways = tuple(tuple(frozenset(group.split("|")) for group in way.split()) for way in needs or ("",))
    return Spot(pattern, ways, digits, _either(holds), _either(begins))


def _either(strings: str) -> tuple[str, ...]:
    return tuple(strings.split("|")) if strings else ()
