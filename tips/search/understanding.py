"""What was typed, as it is searched: slips put right first, then everyday words beside their technical ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tips.glossary.words import lexicon, real_words, synonym_groups
from tips.index.match import also_spelled, count, joined_words, our_spelling, seldom_words, unknown_words, worth
from tips.index.query import Query, correct_words, parse
from tips.index.spelling import corrections
from tips.index.stemming import stem
from tips.index.synonyms import Stems, answers, expand, stand_ins
from tips.index.words import stems


@dataclass(frozen=True)
class Understood:
    """typed: as it stands. query: put right. also: phrases that find as well. meant: another reading, only offered.

    pages: slugs of those that the staff know to answer it, and how much of it (0 to 1). stand_ins: by stem.
    corrected: the query, if slips were put right in it and not only the spelling of another country.
    """

    typed: Query
    query: Query
    also: tuple[str, ...]
    meant: str
    counts: Mapping[str, int]
    pages: Mapping[str, float] = field(default_factory=dict)
    stand_ins: Mapping[str, tuple[Stems, ...]] = field(default_factory=dict)
    corrected: str = ""


def understand(raw: str, *, as_typed: bool = False) -> Understood:
    """Only words that the site does not have are put right. Three statements at most."""
    typed = parse(raw)
    groups = synonym_groups()
    also = expand(typed, groups)
    counts = count(typed, also)
    spelled = {} if as_typed else our_spelling(typed, counts)
    right = {} if as_typed else _corrections(typed, counts, spelled)
    if not any(counts[stem] for word in (*typed.words, *also, *spelled.values()) for stem in stems(word)):
        right = {word: (meant, True) for word, (meant, _) in right.items()}  # better than nothing
    put_right = {word: meant for word, (meant, sure) in right.items() if sure}
    query = correct_words(typed, {**spelled, **put_right})
    if query != typed:
        also = expand(query, groups)
        counts = count(query, also)
    beside = also_spelled(query, counts)
    together = tuple(word for word in (*joined_words(query, counts), *beside.values()) if word not in also)
    return Understood(
        typed,
        query,
        (*also, *together),
        _meant(query, right),
        counts,
        answers(query, groups, worth(query, counts)),
        stand_ins(query, groups) | {stem(word): (stems(other),) for word, other in beside.items()},
        corrected=query.raw if put_right else "",
    )


def _corrections(typed: Query, counts: Mapping[str, int], spelled: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Word to the likeliest right one, and whether that is sure enough to be searched instead."""
    unknown = [word for word in unknown_words(typed, counts) if word not in spelled]
    found = corrections(typed.text.split(), unknown, lexicon(), seldom_words(typed, counts))
    return {word: (each.meant[0], each.sure) for word, each in found.items()}


def _meant(query: Query, right: Mapping[str, tuple[str, bool]]) -> str:
    """The query with what is unsure put right too, and words that are good English but rarely meant here ("lumber")."""
    unsure = {word: meant for word, (meant, sure) in right.items() if not sure}
    unusual = {word: meant for word, meant in real_words().items() if word in query.words}
    meant = correct_words(query, {**unsure, **unusual})
    return meant.raw if meant != query else ""
