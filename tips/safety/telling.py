"""One stretch of a text as the learned part reads it: its words, what they are about, and what it denies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tips.safety.concepts import Lexicon, Sense
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
    features: frozenset[str]
    concepts: frozenset[str]


def read(stretch: Stretch, lexicon: Lexicon, marks: frozenset[str] = frozenset()) -> Telling:
    """`marks` are the rules' own features of this stretch."""
    words = [word.text for word in stretch.words]
    denied = denials(words, stretch.breaks, lexicon)
    told: set[str] = set()
    taken_back: set[str] = set()
    for start, _, name in lexicon.senses(words):
        (taken_back if denied[start] else told).add(name)
    features = {f"c:{name}" for name in told}
    features.update([f"~c:{name}" for name in taken_back])
    features.update(_worded([stem(word) for word in words], denied))
    return Telling(stretch, marks | features, frozenset(told))


def _worded(stems: Sequence[str], denied: Sequence[bool]) -> Iterator[str]:
    for word, is_denied in zip(stems, denied, strict=True):
        yield f"~w:{word}" if is_denied else f"w:{word}"
    for first, second in pairwise((FIRST, *stems, LAST)):
        yield f"b:{first} {second}"
    for first, third in zip(stems, stems[2:], strict=False):
        yield f"s:{first} {third}"


def placed(stretch: Stretch, lexicon: Lexicon) -> Iterator[tuple[str, Sense]]:
    """Each feature of the stretch that stands somewhere, with its words: for saying why."""
    words = [word.text for word in stretch.words]
    denied = denials(words, stretch.breaks, lexicon)
    for sense in lexicon.senses(words):
        if not denied[sense.start]:
            yield f"c:{sense.name}", sense
    for place, word in enumerate(words):
        if not denied[place]:
            yield f"w:{stem(word)}", Sense(place, place + 1, word)


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
