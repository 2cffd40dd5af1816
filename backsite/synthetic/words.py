"""A language made of the site's own words, each as often as its rank lets it be by Zipf's law."""

import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from tips.index.words import STOP_WORDS

EXPONENT = 1.07
WORD = re.compile(r"(?<![\w/#&@.-])(?:[a-z]{2,20}|a)(?![\w/@-])")
KEY = re.compile(r"^\w+ = ", re.MULTILINE)  # of TOML
SENTENCE = (8, 20)  # words


@dataclass(frozen=True)
class Language:
    """`words` by rank; `weights` are cumulative."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def sentence(self, chance: random.Random) -> str:
        return f"{' '.join(self._drawn(chance, chance.randint(*SENTENCE))).capitalize()}."

    def paragraph(self, chance: random.Random, words: int) -> str:
        """Whole sentences, of about so many words."""
        count = max(1, round(words / (sum(SENTENCE) / 2)))
        return " ".join(self.sentence(chance) for _ in range(count))

    def title(self, chance: random.Random) -> str:
        drawn = [word for word in self._drawn(chance, 12) if word not in STOP_WORDS][:5]
        return " ".join(drawn or self.words[:1]).capitalize()

    def _drawn(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def language_of(content: Path) -> Language:
    """The site's own words, the commonest first, then the ordinary ones that visitors use. ValueError: no words."""
    said = Counter(word for text in _texts(content) for word in WORD.findall(KEY.sub("", text).lower()))
    if not said:
        raise ValueError(f"{content} has no words to make pages of")
    ranked = sorted(said, key=lambda word: (-said[word], _shuffled(word)))
    ranked += sorted(set(_ordinary(content)) - said.keys(), key=_shuffled)
    return Language(tuple(ranked), tuple(accumulate((rank + 1) ** -EXPONENT for rank in range(len(ranked)))))


def _texts(content: Path) -> Iterable[str]:
    files = [*sorted(content.rglob("*.md")), *content.glob("glossary.toml")]
    return (file.read_text("utf-8") for file in files)


def _ordinary(content: Path) -> Iterator[str]:
    for file in content.glob("plain.txt"):
        for line in file.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                yield from WORD.findall(line.lower())


def _shuffled(word: str) -> int:
    """Not by the alphabet, but always the same."""
    return zlib.crc32(word.encode())
