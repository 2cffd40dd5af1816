"""Pages that may already answer what somebody is about to ask. Offered, never in the way."""

from tips.index.match import Hit, match
from tips.index.query import parse
from tips.index.words import ASKING_WORDS, STOP_WORDS, stems, tokens
from tips.pages.models import VISITOR_KINDS, Kind, Page

SHORTEST = 10  # letters of a title
PASSAGES = 60
SHOWN = 5
GROUP = "page:"
KINDS = frozenset({Kind.ARTICLE.value, Kind.EXERCISE.value, *(each.value for each in VISITOR_KINDS)})


def similar(title: str) -> list[Page]:
    """At most five, the nearest first; none for a title of fewer than ten letters. Read again through published()."""
    if len(title.strip()) < SHORTEST:
        return []
    asked = _telling(title[:200])
    hits = [hit for hit in match(parse(title[:200]), kinds=KINDS, limit=PASSAGES).hits if _is_near(hit, asked)]
    groups = dict.fromkeys(hit.group for hit in hits if hit.group.startswith(GROUP))
    keys = [int(group.removeprefix(GROUP)) for group in groups][: 2 * SHOWN]
    found: dict[int, Page] = Page.objects.published().of_kind(*KINDS).in_bulk(keys)
    return [found[key] for key in keys if key in found][:SHOWN]


def _is_near(hit: Hit, asked: set[str]) -> bool:
    """At least half of the words that tell something: a passage that shares one of many answers nothing."""
    shared = asked.intersection(stems(f"{hit.title} {hit.heading} {hit.body}"))
    return bool(shared) and 2 * len(shared) >= len(asked)


def _telling(title: str) -> set[str]:
    words = [word for word in tokens(title) if word not in STOP_WORDS | ASKING_WORDS]
    return set(stems(" ".join(words)))
