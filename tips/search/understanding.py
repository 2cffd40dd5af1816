"""What was typed, as it is searched: slips put right first, then everyday words beside their technical ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tips.glossary.words import lexicon, real_words, synonym_groups
from tips.index.match import count, joined_words, seldom_words, unknown_words
from tips.index.query import Query, correct_words, parse
from tips.index.spelling import corrections
from tips.index.synonyms import Stems, answers, expand, stand_ins
from tips.index.words import stems


@dataclass(frozen=True)
class Understood:
    """typed: as it stands. query: put right. also: phrases that find as well. meant: another reading, only offered.

    pages: slugs of those that the staff know to answer it, and how much of it (0 to 1). stand_ins: by stem.
    """

    typed: Query
    query: Query
    also: tuple[str, ...]
    meant: str
    counts: Mapping[str, int]
    pages: Mapping[str, float] = field(default_factory=dict)
    stand_ins: Mapping[str, tuple[Stems, ...]] = field(default_factory=dict)


def understand(raw: str, *, as_typed: bool = False) -> Understood:
    """Only words that the site does not have are put right. Three statements at most."""
    typed = parse(raw)
    also = expand(typed, synonym_groups())
    counts = count(typed, also)
    right = {} if as_typed else _corrections(typed, counts)
    if not any(counts[stem] for word in (*typed.words, *also) for stem in stems(word)):
        right = {word: (meant, True) for word, (meant, _) in right.items()}  # better than nothing
    query = correct_words(typed, {word: meant for word, (meant, sure) in right.items() if sure})
    if query != typed:
        also = expand(query, synonym_groups())
        counts = count(query, also)
    together = tuple(word for word in joined_words(query, counts) if word not in also)
    groups = synonym_groups()
    return Understood(
        typed,
        query,
        (*also, *together),
        _meant(query, right),
        counts,
        answers(query, groups),
        stand_ins(query, groups),
    )


def _corrections(typed: Query, counts: Mapping[str, int]) -> dict[str, tuple[str, bool]]:
    """Word to the likeliest right one, and whether that is sure enough to be searched instead."""
    unknown, seldom = unknown_words(typed, counts), seldom_words(typed, counts)
    found = corrections(typed.text.split(), unknown, lexicon(), seldom)
    return {word: (each.meant[0], each.sure) for word, each in found.items()}


def _meant(query: Query, right: Mapping[str, tuple[str, bool]]) -> str:
    """The query with what is unsure put right too, and words that are good English but rarely meant here ("lumber")."""
    unsure = {word: meant for word, (meant, sure) in right.items() if not sure}
    unusual = {word: meant for word, meant in real_words().items() if word in query.words}
    meant = correct_words(query, {**unsure, **unusual})
    return meant.raw if meant != query else ""
