"""Which warning signs a text speaks of. Text in, findings out: nothing is stored and nothing is blocked.

A text is read once, in six steps, and each looks up at once what it needs for all words:

1. `stretches`: it is cut into sentences; each distinct word is put right and looked up (`vocabulary`).
2. `reading`: all words stand in one row.
3. `places`: in which stretches a pattern of the rules may begin. A phrase is tried only where its first word and its
   second or last word stand.
4. `ruling`: in these few, every phrase that stands there and what all mean together, with denial, the past and
   questions in mind.
5. `telling`, `judging`: what the words are about, and how much alarm the learned weights hear in each passage. Features
   are found as numbers, word by word; only learning spells them out.
6. `hearing`: rules and weights put together, with the writer's own words as the reason.
"""

from functools import cache

from tips.freshness.once import built_once
from tips.safety import rules, scope
from tips.safety.concepts import lexicon
from tips.safety.hearing import Hearing
from tips.safety.matches import Finding, Match, finding
from tips.safety.patterns import Patterns
from tips.safety.phrasebook import Phrasebook
from tips.safety.phrases import Grammar
from tips.safety.places import places
from tips.safety.reading import FIRST, Reading, read
from tips.safety.ruling import Ruling
from tips.safety.spelling import Speller
from tips.safety.stretches import stretches
from tips.safety.telling import Telling, tell
from tips.safety.vocabulary import Vocabulary
from tips.safety.weights import weights

__all__ = ["Finding", "Match", "find", "find_by_rules", "told"]


def find(text: str) -> Finding:
    """What the rules and the learned weights notice in `text`: at most one match of a flag in a sentence."""
    reading = _read(text)
    ruled = _ruled(text, reading)
    return finding(Hearing(text, _told(reading, ruled), weights()).together(ruled))


def find_by_rules(text: str) -> Finding:
    """What `content/flags.toml` alone notices: for measuring."""
    return finding(each for matches in _ruled(text, _read(text)) for each in matches)


def told(text: str) -> Telling:
    """What there is to learn from, with what the rules said of it."""
    reading = _read(text)
    return _told(reading, _ruled(text, reading))


def _read(text: str) -> Reading:
    return read([*stretches(text, _vocabulary())], weights().stems[FIRST])


def _ruled(text: str, reading: Reading) -> list[list[Match]]:
    return Ruling(_patterns(), text, places(reading)).matches()


def _told(reading: Reading, ruled: list[list[Match]]) -> Telling:
    return tell(reading, [[mark for each in matches for mark in each.features] for matches in ruled], lexicon().scopes)


@cache
def _patterns() -> Patterns:
    return Patterns(rules.flags())


@built_once
def _vocabulary() -> Vocabulary:
    data = rules.rules()
    grammar = Grammar(data.groups)
    book = Phrasebook(grammar, {*scope.PARTS, *_patterns().parts}, _patterns().first)
    speller = Speller(data.typos, frozenset(grammar.words) | data.fuzzy, data.fuzzy)
    return Vocabulary(speller.correct, book.openings, lexicon().meaning, weights().stems)
