"""While somebody types: titles and terms, then everyday words that lead to them."""

from bisect import bisect_left
from itertools import islice, takewhile
from urllib.parse import quote_plus

from tips.freshness.once import built_once
from tips.glossary.words import synonym_groups
from tips.index.suggest import Suggestion, suggest
from tips.index.synonyms import Group
from tips.index.words import clean, tokens

MOST = 8
SHORTEST = 3  # letters, for words of the groups


def suggestions_for(typed: str) -> tuple[Suggestion, ...]:
    """At most eight. One query."""
    titles = suggest(typed, MOST)
    known = {each.text.lower() for each in titles}
    return (*titles, *(each for each in _wordings(typed) if each.text not in known))[:MOST]


def _wordings(typed: str) -> list[Suggestion]:
    """Everyday words that begin like this: they are searched for, since no page has them as its title."""
    begun = " ".join(tokens(clean(typed)))
    if len(begun) < SHORTEST:
        return []
    everyday = _everyday(synonym_groups())
    first = bisect_left(everyday, begun)
    fitting = sorted(takewhile(lambda words: words.startswith(begun), islice(everyday, first, None)), key=len)
    return [Suggestion(words, f"/search/?q={quote_plus(words)}", "words") for words in fitting[:MOST]]


@built_once
def _everyday(groups: tuple[Group, ...]) -> list[str]:
    """In order of the alphabet, so that those with one beginning stand together."""
    return sorted({" ".join(tokens(wording)) for group in groups for wording in group.lay})
