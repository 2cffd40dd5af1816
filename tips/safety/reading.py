"""A text as both parts read it: all its words in one row, so that what belongs to a word or to a pair of words is
looked up for the whole text at once and not sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from tips.safety.concepts import NOTHING
from tips.safety.phrasebook import NO_OPENING
from tips.safety.stretches import Stretch
from tips.safety.vocabulary import NOBODY, Known, Word

FIRST, LAST = "^", "$"  # stems of what stands before and after the words of a stretch
AFTER = Word("", LAST, NO_OPENING, NO_OPENING, NOTHING, NOBODY)


@dataclass(frozen=True, slots=True)
class Reading:
    """`words` are those of all stretches, with a mark before (FIRST) and after (LAST) each; `plain` and `stems` are the
    same, spelt. The words of the stretch with number n stand at `starts[n]` up to, not including, `ends[n]`."""

    stretches: Sequence[Stretch]
    words: Sequence[Word]
    plain: Sequence[str]
    stems: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def lengths(self) -> list[int]:
        """Of the stretches, in words."""
        return [len(stretch.words) for stretch in self.stretches]


def read(stretches: Sequence[Stretch], first: Known) -> Reading:
    """`first` is what the weights know of the beginning of a stretch."""
    before = Word("", FIRST, NO_OPENING, NO_OPENING, NOTHING, first)
    words: list[Word] = []
    starts, ends = [], []
    for stretch in stretches:
        words.append(before)
        starts.append(len(words))
        words += stretch.words
        ends.append(len(words))
        words.append(AFTER)
    return Reading(stretches, words, [word.plain for word in words], [word.stem for word in words], starts, ends)
