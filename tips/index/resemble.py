"""Long questions: of the best hits, those rise that read like the first ones (pseudo-relevance feedback).

After J. Rocchio, "Relevance feedback in information retrieval" (1971), with the term scores of BM25. A long question
says in many words what it is about, so its first hits are mostly right and tell which words belong to the matter; with
a few words they may not be, and the order stays. Only the order changes, never what is found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tips.index.backend import Hit
from tips.index.words import STOP_WORDS, stem_set, stems

FIRST = 10  # hits that tell what the question is about
BEST = 30  # hits that are put in a new order
TELLING = 30  # stems of the first ones
SHARE = 0.3  # of the new score; the rest is the old one
MISSING = 0.7  # of the score, for a hit that holds none of the words (but of their synonyms)
K1, B = 1.2, 0.75  # of BM25, as both databases have them by default
STOPS = frozenset(stem for word in STOP_WORDS for stem in stems(word))

Bag = Counter[str]
StandIns = Mapping[str, Sequence[tuple[str, ...]]]
NO_STAND_INS: StandIns = {}


def reorder(hits: Sequence[Hit]) -> list[Hit]:
    """The same hits, best first as they were given; the scores of the first thirty are mixed with their likeness."""
    best, rest = list(hits[:BEST]), list(hits[BEST:])
    if len(best) < 2 or best[0].score <= 0:
        return [*best, *rest]
    bags = [_bag(hit) for hit in best]
    likeness = _likeness(bags, _telling(best, bags))
    top = best[0].score
    mixed = [
        hit._replace(score=(1 - SHARE) * hit.score + SHARE * top * like)
        for hit, like in zip(best, likeness, strict=True)
    ]
    lowest = min(hit.score for hit in mixed)
    order = sorted(mixed, key=lambda hit: -hit.score)
    return [*order, *(hit._replace(score=min(hit.score, lowest)) for hit in rest)]


def cover(hits: Sequence[Hit], worth: Mapping[str, float], stand_ins: StandIns = NO_STAND_INS) -> list[Hit]:
    """Short questions: of the best hits, those rise that hold more of what was asked, a rare word counting for more.

    One word in a title would else go before all the others in a text. worth: idf by stem. stand_ins: what says the
    same as a stem of the question.
    """
    every = sum(worth.values())
    best, rest = list(hits[:BEST]), list(hits[BEST:])
    if len(worth) < 2 or not every or not best:
        return [*best, *rest]
    texts = [stem_set(hit.text) for hit in best]
    shares = [sum(value for stem, value in worth.items() if _holds(text, stem, stand_ins)) / every for text in texts]
    mixed = [
        hit._replace(score=hit.score * (1 - MISSING * (1 - share))) for hit, share in zip(best, shares, strict=True)
    ]
    lowest = min(hit.score for hit in mixed)
    order = sorted(mixed, key=lambda hit: -hit.score)
    return [*order, *(hit._replace(score=min(hit.score, lowest)) for hit in rest)]


def _holds(text: frozenset[str], stem: str, stand_ins: StandIns) -> bool:
    return stem in text or any(text.issuperset(other) for other in stand_ins.get(stem, ()))


def _bag(hit: Hit) -> Bag:
    return Counter(stem for stem in stems(f"{hit.title} {hit.body}") if len(stem) > 2 and stem not in STOPS)


def _telling(hits: Sequence[Hit], bags: Sequence[Bag]) -> dict[str, float]:
    """The stems with the largest share of the first hits, the better the hit the more; the largest is 1."""
    weights: Counter[str] = Counter()
    for hit, bag in zip(hits[:FIRST], bags[:FIRST], strict=True):
        length = bag.total() or 1
        for stem, count in bag.items():
            weights[stem] += hit.score * count / length  # type: ignore[assignment]
    chosen = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TELLING]
    most = chosen[0][1] if chosen else 1
    return {stem: weight / most for stem, weight in chosen}


def _likeness(bags: Sequence[Bag], telling: dict[str, float]) -> list[float]:
    """0 to 1 for each bag; 1 is the likest."""
    average = sum(bag.total() for bag in bags) / len(bags) or 1
    found = [_score(bag, telling, average) for bag in bags]
    most = max(found) or 1
    return [each / most for each in found]


def _score(bag: Bag, telling: dict[str, float], average: float) -> float:
    room = K1 * (1 - B + B * bag.total() / average)
    return sum(weight * bag[stem] * (K1 + 1) / (bag[stem] + room) for stem, weight in telling.items() if stem in bag)
