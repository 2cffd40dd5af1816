"""Which pages the staff put first for which words; kept in memory until one of them changes that."""

import functools

from tips.freshness.slots import generation
from tips.index.query import Query
from tips.index.words import stems
from tips.search.models import Promotion

GENERATION = "promotions"


def promoted_pages(*queries: Query) -> tuple[int, ...]:
    """Primary keys for any of the readings of a question."""
    promotions = _promotions(generation(GENERATION))
    keys = [pk for query in queries for pk in promotions.get(key(query.text), ())]
    return tuple(dict.fromkeys(keys))


def key(words: str) -> str:
    return " ".join(stems(words))[:100]


@functools.lru_cache(maxsize=1)
def _promotions(_generation: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for words, page in Promotion.objects.order_by("pk").values_list("stems", "page_id"):
        found.setdefault(words, []).append(page)
    return found
