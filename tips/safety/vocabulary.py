"""All that the site knows of one word, looked up once: what it may begin, what it is about, and its stem.

What is known of a common word stays for the texts to come. Common is a word that the weights know, in letters: no
number, no name but one that stands in the collections that the weights were learnt from. Of all others nothing stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tips.safety.concepts import Meaning
from tips.safety.phrasebook import Opening
from tips.safety.words import plain, stem

MOST_KEPT = 20_000  # words; the weights know some 3,600 and their endings


@dataclass(slots=True, eq=False)
class Known:
    """What the weights know of a stem, as numbers of features: of the word, and of the word denied (None: nothing); and
    by another stem, of the two side by side (`next`), and with one word between them (`second`)."""

    told: int | None
    denied: int | None
    next: dict[str, int]
    second: dict[str, int]

    def number(self, kind: str, other: str) -> int | None:
        """Of the feature of that kind ("w", "~w", "b" or "s"), with the other stem where it has two."""
        if other:
            return (self.next if kind == "b" else self.second).get(other)
        return self.told if kind == "w" else self.denied


NOBODY = Known(None, None, {}, {})


@dataclass(slots=True, eq=False)
class Word:
    """`plain` is the word put right and made plain. `opening` is of the phrases of the rules that may begin with it,
    `first` of those that a pattern begins with."""

    plain: str
    stem: str
    first: Opening
    opening: Opening
    meaning: Meaning
    known: Known


class Vocabulary:
    """`stems` are those of common words; `common` what is known of these, by the word as it may be spelt."""

    def __init__(
        self,
        correct: Callable[[str], str],
        openings: Callable[[str], tuple[Opening, Opening]],
        meaning: Callable[[str], Meaning],
        stems: Mapping[str, Known],
    ) -> None:
        self._correct, self._openings = correct, openings
        self._meaning, self._stems = meaning, stems
        self.common: dict[str, Word] = {}

    def word(self, typed: str) -> Word:
        """The word behind what was typed."""
        spelt = plain(typed)
        word = self.common.get(spelt)
        if word is None:
            right = self._correct(spelt)
            stemmed = stem(right)
            known = self._stems.get(stemmed, NOBODY)
            word = Word(right, stemmed, *self._openings(right), self._meaning(right), known)
            if spelt.isascii() and spelt.isalpha() and stem(spelt) in self._stems and len(self.common) < MOST_KEPT:
                self.common[spelt] = word
        return word
