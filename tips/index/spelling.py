"""Corrections out of the words that the site has: candidates by shared letters (SymSpell, in SQL), then ranked anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from math import log10

from rapidfuzz.distance import OSA

from tips.index.models import SpellingForm, Word
from tips.index.slips import heard_distance, sound
from tips.index.stemming import stem
from tips.index.vocabulary import SPELLED, forms
from tips.index.words import STOP_WORDS, clean, fold

MOST = 5
MOST_WORDS = 10  # of one question are put right
RARE = 2  # passages: so few may all have the same slip
PARTED = range(5, 25)  # letters of a word that may be several without their spaces
SURE = 1.25  # a dearer correction is none, unless the two sound alike
OFFERED = 1.75  # a dearer one is not even offered
AT_HOME = 0.6  # what speaks for a word that is often said beside its neighbour
SPACE = 0.6  # what a space that was left out costs, as letters do


@dataclass(frozen=True)
class Lexicon:
    """What the staff know about words beside those of the pages.

    misspellings: curated, wrong to right. plain: ordinary English words, which in any form are no slips even where no
    page has them; plain_stems: theirs. lay: words that lead to the site's own, as good as words of a page. pairs: those
    that people say side by side, so that beside "shoulder" a "blaid" is a "blade".
    """

    misspellings: Mapping[str, str] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    plain_stems: frozenset[str] = frozenset()
    lay: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Correction:
    """meant: best first. sure: searched in place of what was typed; else only offered."""

    meant: tuple[str, ...]
    sure: bool = True


NOTHING = Lexicon()


def known(word: str) -> bool:
    """Some passage has the word, as it is spelled."""
    return Word.objects.filter(word=fold(clean(word)), df__gt=0).exists()


def correct(word: str, lexicon: Lexicon = NOTHING) -> tuple[str, ...]:
    """What was meant, best first; nothing for words that some passage has."""
    word = fold(clean(word))
    return corrections([word], [word], lexicon).get(word, Correction(())).meant if word and not known(word) else ()


def did_you_mean(word: str) -> tuple[str, ...]:
    """For a word that only one or two passages have: much commoner ones beside it. To be offered, never taken."""
    word = fold(clean(word))
    return corrections([word], [], rare=[word]).get(word, Correction(())).meant


def corrections(
    words: Sequence[str], unknown: Collection[str], lexicon: Lexicon = NOTHING, rare: Collection[str] = ()
) -> dict[str, Correction]:
    """What was meant by the words that no page has, and perhaps by those that few have; one statement at most.

    words: the whole question, folded and in order, so that two can turn out to be one: "ham strings", "hamstrings".
    """
    curated = {word: Correction((lexicon.misspellings[word],)) for word in unknown if word in lexicon.misspellings}
    doubtful = [word for word in unknown if word not in curated and not _is_plain(word, lexicon)][:MOST_WORDS]
    seldom = [word for word in rare if not _is_plain(word, lexicon)][:MOST_WORDS]
    if not doubtful and not seldom:
        return curated
    near = _near([*doubtful, *seldom], lexicon, [one + two for one, two in pairwise(words)])
    joined = _joined(words, unknown, near)
    inside = {word for pair in joined for word in pair.split()}
    put_right = {
        word: _correction(word, near, _beside(word, words, near, lexicon)) for word in doubtful if word not in inside
    }
    offered = {word: Correction(_commoner(word, near), sure=False) for word in seldom}
    found = {**curated, **joined, **put_right, **offered}
    return {word: correction for word, correction in found.items() if correction.meant}


def _joined(words: Sequence[str], unknown: Collection[str], near: Mapping[str, int]) -> dict[str, Correction]:
    pairs = [pair for pair in pairwise(words) if "".join(pair) in near and {*pair} & {*unknown}]
    return {" ".join(pair): Correction(("".join(pair),)) for pair in pairs}


def _beside(word: str, words: Sequence[str], near: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Of the known words, those that are at home beside the neighbours of this one."""
    around = [pair for pair in pairwise(words) if word in pair]
    return frozenset(
        other
        for other in near
        for one, two in around
        if ((other, two) if one == word else (one, other)) in lexicon.pairs
    )


def _correction(word: str, near: Mapping[str, int], beside: Collection[str] = ()) -> Correction:
    costs = {other: price - AT_HOME * (other in beside) for other, price in _costs(word, near).items()}
    heard = _heard(word)
    sure = {other: price for other, price in costs.items() if price <= SURE or _heard(other) == heard}
    perhaps = {other: price for other, price in costs.items() if price <= OFFERED}
    return Correction(_cheapest(sure or perhaps), sure=bool(sure))


def _commoner(word: str, near: Mapping[str, int]) -> tuple[str, ...]:
    own = near.get(word, 0)
    if not 0 < own <= RARE:
        return ()
    return _cheapest(_costs(word, {other: df for other, df in near.items() if df >= 10 * own}))


def _heard(word: str) -> str:
    """How it sounds, whether of one or of several: people misspell plurals of words that stand here alone."""
    return sound(word.removesuffix("s"))


def _cheapest(costs: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(costs, key=lambda other: (costs[other], other)))[:MOST]


def cost(word: str, other: str, df: int) -> float:
    """Weighted edits between the two, less what speaks for it: a common word, the same ends, the same sound."""
    same_ends = 0.35 * (word[0] == other[0]) + 0.1 * (word[-1] == other[-1])
    same_sound = 0.5 * (sound(word) == sound(other))
    return heard_distance(word, other) - 0.18 * log10(df + 1) - same_ends - same_sound


def _is_plain(word: str, lexicon: Lexicon) -> bool:
    """A bare stem is none, though it is the stem of a plain word: "muscl"."""
    root = stem(word)
    return word in lexicon.lay or word in lexicon.plain or (root != word and root in lexicon.plain_stems)


def _near(words: Sequence[str], lexicon: Lexicon, joined: Iterable[str] = ()) -> dict[str, int]:
    """Known words that share a form with one of these or stand in it, and how many passages have them."""
    spelled = [word for word in words if SPELLED.fullmatch(word)]
    if not spelled:
        return {}
    wanted = {form for word in spelled for form in forms(word)}
    parts = {part for word in spelled if len(word) in PARTED for part in _parts(word)}
    by_form = SpellingForm.objects.filter(form__in=wanted).values_list("word__word", "word__df")
    exactly = Word.objects.filter(word__in={*joined, *parts}, df__gt=0).values_list("word", "df")
    lay = {other: 1 for other in lexicon.lay if any(abs(len(other) - len(word)) < 4 for word in spelled)}
    return lay | dict(by_form.union(exactly))


def _parts(word: str) -> Iterable[str]:
    return {word[start:stop] for start in range(len(word)) for stop in range(start + 2, len(word) + 1)}


def _costs(word: str, near: Mapping[str, int]) -> dict[str, float]:
    most = _edits(word)
    heard = sound(word)
    close = [other for other in near if SPELLED.fullmatch(other) and _is_close(word, other, most, heard)]
    costs = {other: cost(word, other, near[other]) for other in close}
    return costs | _parted(word, near) if len(word) in PARTED else costs


def _is_close(word: str, other: str, most: int, heard: str) -> bool:
    """Words that sound alike may be spelled quite differently."""
    apart = OSA.distance(word, other)
    return apart <= most or (apart <= most + min(len(heard), 2) and sound(other) == heard)


def _parted(word: str, near: Mapping[str, int]) -> dict[str, float]:
    """The word as the fewest known ones, written apart; "pinsandneedles" is three."""

    def longer(ways: list[tuple[str, ...] | None], stop: int) -> list[tuple[str, ...] | None]:
        found = [
            (*way, word[start:stop])
            for start in range(stop)
            if (way := ways[start]) is not None and _is_part(word[start:stop], near)
        ]
        best = min(found, key=lambda way: (len(way), -min(near.get(part, 99) for part in way)), default=None)
        return [*ways, best]

    start: list[tuple[str, ...] | None] = [()]
    whole = reduce(longer, range(1, len(word) + 1), start)[-1]
    telling = [part for part in whole or () if part not in STOP_WORDS]
    if not whole or len(whole) < 2 or not telling:
        return {}
    rarest = min(near.get(part, 0) for part in telling)
    return {" ".join(whole): SPACE * (len(whole) - 1) - 0.18 * log10(rarest + 1) - 0.35}


def _is_part(part: str, near: Mapping[str, int]) -> bool:
    return len(part) > 2 and part in near


def _edits(word: str) -> int:
    if len(word) < 5:
        return 1
    return 2 if len(word) < 9 else 3
