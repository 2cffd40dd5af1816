"""One stretch of a text as the learned part reads it: its words, what they are about, and what it denies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from tips.safety.concepts import Lexicon, Meaning, Sense
from tips.safety.words import Stretch

DENIAL_REACH = 6  # words
ENDINGS, LAST_LETTERS = ("ing", "ed", "es", "s"), "gds"
SHORTEST_STEM = 3  # letters that stay before an ending
FIRST, LAST = "^", "$"  # stand before and after the words of a stretch


@dataclass(frozen=True)
class Telling:
    """`features` name words (w:), classes (c:), both denied (~w:, ~c:), words that stand side by side (b:) or with one
    between them (s:), and what the rules said (r:, q:).

    `concepts` are the classes that are not denied.
    """

    stretch: Stretch
    features: tuple[str, ...]
    concepts: frozenset[str]


class Reader:
    """Reads the stretches of one text; what a word means and its stem are remembered for that text only."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._meanings: dict[str, Meaning] = {}
        self._stems: dict[str, str] = {}

    def read(self, stretch: Stretch, marks: Iterable[str] = ()) -> Telling:
        """`marks` are the rules' own features of this stretch."""
        words = stretch.words
        denied = denials(words, stretch.breaks, self._lexicon)
        senses = self._lexicon.senses(words, self._meanings)
        told = frozenset([name for start, _, name in senses if not denied[start]])
        taken_back = {name for start, _, name in senses if denied[start]}
        classes = [*[f"c:{name}" for name in told], *[f"~c:{name}" for name in taken_back]]
        return Telling(stretch, (*marks, *classes, *_worded(self._stemmed(words), denied)), told)

    def placed(self, stretch: Stretch) -> Iterator[tuple[str, Sense]]:
        """Each feature of the stretch that stands somewhere, with its words: for saying why."""
        words = stretch.words
        denied = denials(words, stretch.breaks, self._lexicon)
        for sense in self._lexicon.senses(words, self._meanings):
            if not denied[sense[0]]:
                yield f"c:{sense[2]}", sense
        for place, word in enumerate(words):
            if not denied[place]:
                yield f"w:{stem(word)}", (place, place + 1, word)

    def _stemmed(self, words: Sequence[str]) -> list[str]:
        known = self._stems
        for word in words:
            if word not in known:
                known[word] = stem(word)
        return [known[word] for word in words]


def _worded(stems: Sequence[str], denied: Sequence[bool]) -> Iterator[str]:
    return chain(
        [f"~w:{word}" if is_denied else f"w:{word}" for word, is_denied in zip(stems, denied, strict=True)],
        [f"b:{first} {second}" for first, second in pairwise((FIRST, *stems, LAST))],
        [f"s:{first} {third}" for first, third in zip(stems, stems[2:], strict=False)],
    )


def denials(words: Sequence[str], breaks: frozenset[int], lexicon: Lexicon) -> list[bool]:
    """Of each word, whether a denial before it reaches so far; in "no pain, numbness or fever" it runs on."""
    denied = [False] * len(words)
    if lexicon.scopes.denials.isdisjoint(words):
        return denied
    reach = 0
    for place, word in enumerate(words):
        is_list = reach > 0 and "or" in words[place : place + DENIAL_REACH]
        if word in lexicon.scopes.ends or (place in breaks and not is_list):
            reach = 0
        denied[place] = reach > 0
        reach = DENIAL_REACH if word in lexicon.scopes.denials else max(reach - 1, 0)
    return denied


def stem(word: str) -> str:
    if word[0].isdigit():
        return "#"
    if word[-1] not in LAST_LETTERS or word.endswith("ss"):
        return word
    return next(
        (word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + SHORTEST_STEM), word
    )
