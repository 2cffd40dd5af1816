"""Putting one word right before it is matched: known typos, drawn-out letters, near misses of a few telling words."""

import re
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from tips.safety.words import plain

SHORTEST, LONG = 6, 9  # letters: shorter words are never guessed at, longer ones may have two slips
DRAWN_OUT = re.compile(r"(.)\1{2,}")


class Speller:
    """`known` are the words that phrases use and are never changed; `fuzzy` the few worth guessing at."""

    def __init__(self, typos: Mapping[str, str], known: frozenset[str], fuzzy: frozenset[str]) -> None:
        self._typos = {wrong: plain(right) for wrong, right in typos.items()}
        self._known = known
        self._fuzzy: dict[str, list[str]] = defaultdict(list)
        for word in sorted(fuzzy):
            self._fuzzy[word[0]].append(word)

    def correct(self, word: str) -> str:
        if word in self._known:
            return word
        word = self._shortened(word)
        return self._typos.get(word) or self._near(word)

    def _shortened(self, word: str) -> str:
        if not DRAWN_OUT.search(word):
            return word
        twice, once = DRAWN_OUT.sub(r"\1\1", word), DRAWN_OUT.sub(r"\1", word)
        return once if twice not in self._known and once in self._known else twice

    def _near(self, word: str) -> str:
        if word in self._known or not SHORTEST <= len(word) <= 2 * LONG or word[0] not in self._fuzzy:
            return word
        slips = 2 if len(word) >= LONG else 1
        near = [right for right in self._fuzzy[word[0]] if abs(len(right) - len(word)) <= slips]
        distances = [(OSA.distance(word, right, score_cutoff=slips), right) for right in near]
        distance, best = min(distances, default=(slips + 1, word))
        return best if distance <= slips else word
