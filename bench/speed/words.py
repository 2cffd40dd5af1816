"""What searches ask for: words by how common they are on a made-up site, the same on one of any size."""

from urllib.parse import quote

from backsite.synthetic.words import Language, language_of
from bench.speed.servers import ROOT
from tips.index.words import ASKING_WORDS, STOP_WORDS

RANKS = {"common": range(60), "rare": range(6_000, 7_000)}
EACH = 5


def asked() -> dict[str, list[str]]:
    """Addresses by kind: one common word, two common ones, a word that one page in two hundred has."""
    language = language_of(ROOT / "tips" / "content")
    words = {kind: _spread(language, ranks) for kind, ranks in RANKS.items()}
    pairs = [f"{one} {two}" for one, two in zip(words["common"], reversed(words["common"]), strict=True) if one != two]
    return {kind: [f"/search/?q={quote(text)}" for text in texts] for kind, texts in (*words.items(), ("two", pairs))}


def _spread(language: Language, ranks: range) -> list[str]:
    useful = [language.words[rank] for rank in ranks if language.words[rank] not in STOP_WORDS | ASKING_WORDS]
    return useful[:: max(1, len(useful) // EACH)][:EACH]
