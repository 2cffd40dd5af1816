"""While somebody types: titles and terms, then everyday words that lead to them."""

from urllib.parse import quote_plus

from tips.glossary.words import synonym_groups
from tips.index.suggest import Suggestion, suggest
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
    lay = {" ".join(tokens(wording)): wording for group in synonym_groups() for wording in group.lay}
    fitting = sorted((words for words in lay if words.startswith(begun)), key=lambda words: (len(words), words))
    return [Suggestion(words, f"/search/?q={quote_plus(words)}", "words") for words in fitting]
