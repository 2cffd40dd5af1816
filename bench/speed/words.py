"""What searches ask for: words by how common they are on a made-up site, the same on one of any size."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from backsite.synthetic.words import Language, language_of
from bench.speed.servers import ROOT
from tips.index.words import ASKING_WORDS, STOP_WORDS

RANKS = {"common": range(60), "rare": range(6_000, 7_000)}
EACH = 5


def asked() -> dict[str, list[str]]:
    """Addresses by kind: one common word, two common ones, a word of one page in two hundred, whose hits grow."""
    language = language_of(ROOT / "tips" / "content")
    words = {kind: _spread(language, ranks) for kind, ranks in RANKS.items()}
    pairs = [f"{one} {two}" for one, two in zip(words["common"], reversed(words["common"]), strict=True) if one != two]
    return {kind: [f"/search/?q={quote(text)}" for text in texts] for kind, texts in (*words.items(), ("two", pairs))}


def few_hits(home: Path) -> list[str]:
    """Addresses for numbers. No made-up page has any, so that they have as many hits on a site of any size."""
    sql = "SELECT word FROM index_word WHERE word NOT GLOB '*[^0-9]*' AND df BETWEEN 10 AND 60 ORDER BY df DESC, word"
    with closing(sqlite3.connect(home / "backsite.sqlite3")) as database:
        return [f"/search/?q={number}" for (number,) in database.execute(f"{sql} LIMIT {EACH}")]


def _spread(language: Language, ranks: range) -> list[str]:
    useful = [language.words[rank] for rank in ranks if language.words[rank] not in STOP_WORDS | ASKING_WORDS]
    return useful[:: max(1, len(useful) // EACH)][:EACH]
