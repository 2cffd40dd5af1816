"""The little language of `flags.toml`, turned into regular expressions that start at a known word and cannot run away.

numb                    the word          numb*                 any word that begins so
(down below|down there) one of these      [my|the]              one of these or nothing
{cannot}                a list of [words] !(laughing|of)        not followed by
..                      up to 3 words     ...                   up to 6 words, none of them "not" or the like
60+                     60 to 109
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from tips.safety.words import plain

ITEM = re.compile(
    r"(?P<gap>\.{2,3})|\{(?P<group>\w+)\}|\[(?P<maybe>[^\]]+)\]|(?P<no>!)?\((?P<any>(?:[^()]|\([^()]*\))+)\)"
    r"|(?P<least>\d+)\+|(?P<not>!)?(?P<word>[\w']+)(?P<star>\*)?|(?P<space>\s+)"
)
OR = re.compile(r"\|(?![^(\[]*[)\]])")  # not those inside inner brackets, which may be one deep
NO_DENIAL = "(?!(?:not|no|never|without|nor|isnt|arent|wasnt|werent|dont|doesnt|didnt) )"  # words no gap may hold
OLDEST = 109
ANY = "*"  # any word

Beginning = tuple[str, str]


class Grammar:
    """Reads phrases, knowing the named groups; `words` collects every whole word that a phrase asks for. Each phrase is
    read once: groups stand in many."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._groups = groups
        self.words: set[str] = set()
        self._opened: dict[str, set[tuple[str, ...]]] = {}
        self._said: dict[str, str] = {}
        self._firstly: dict[str, set[str]] = {}
        self._read: dict[str, list[re.Match[str]]] = {}

    def alternatives(self, phrase: str) -> Iterator[str]:
        """A phrase that is only a group or a bracket stands for the phrases in it."""
        item, *more = self._items(phrase)
        if more or not (item["group"] or item["any"]) or item["no"]:
            yield phrase
            return
        for inner in self._either(item):
            yield from self.alternatives(inner)

    def expression(self, phrase: str) -> str:
        if phrase not in self._said:
            self._said[phrase] = "".join([self._item(item) for item in self._items(phrase)])
        return self._said[phrase]

    def beginnings(self, phrase: str) -> set[Beginning]:
        """The first two words (with a star: the stems) of which one pair must stand at the beginning of any match;
        ANY where the second may be any word."""
        found = self._openings(phrase)
        return {(start[0], start[1] if len(start) == 2 else ANY) for start in found if start}

    def first_words(self, phrase: str) -> set[str]:
        """The words (with a star: the stems) one of which must stand at the beginning of any match."""
        if phrase not in self._firstly:
            found: set[str] = set()
            for item in self._items(phrase):
                if not item["not"] and not item["no"]:
                    found |= self._firsts(item)
                    if not item["maybe"]:
                        break
            self._firstly[phrase] = found
        return self._firstly[phrase]

    def closers(self, phrase: str) -> frozenset[str]:
        """The words one of which must stand at the last place that any match has to fill; none where a stem may, or
        where the first word is that place."""
        asked = [
            item for item in self._items(phrase) if not (item["gap"] or item["maybe"] or item["not"] or item["no"])
        ]
        found = frozenset(self._firsts(asked[-1]) if len(asked) > 1 else ())
        return frozenset() if any(word.endswith(ANY) for word in found) else found

    def _items(self, phrase: str) -> list[re.Match[str]]:
        if phrase not in self._read:
            self._read[phrase] = [*_items(phrase)]
        return self._read[phrase]

    def _item(self, item: re.Match[str]) -> str:
        if item["gap"]:
            return rf"(?:{NO_DENIAL}\S+ ){{0,{3 if item['gap'] == '..' else 6}}}?"
        if item["least"]:
            return f"(?:{'|'.join(_numbers(item))}) "
        if item["word"]:
            return self._word(item)
        either = "|".join(self.expression(phrase) for phrase in self._either(item))
        return f"(?!{either})" if item["no"] else f"(?:{either}){'?' if item['maybe'] else ''}"

    def _word(self, item: re.Match[str]) -> str:
        word = plain(item["word"])
        if not item["star"]:
            self.words.add(word)
        asked = rf"{word}\S* " if item["star"] else f"{word} "
        return f"(?!{asked})" if item["not"] else asked

    def _either(self, item: re.Match[str]) -> Iterable[str]:
        return self._groups[item["group"]] if item["group"] else OR.split(item["any"] or item["maybe"])

    def _beginning(self, item: re.Match[str]) -> set[tuple[str, ...]]:
        if item["gap"]:
            return {(), (ANY,)}
        if item["word"] or item["least"]:
            return {(word,) for word in self._firsts(item)}
        either = {start for phrase in self._either(item) for start in self._openings(phrase)}
        return {*either, ()} if item["maybe"] else either

    def _openings(self, phrase: str) -> set[tuple[str, ...]]:
        """Up to two words of a phrase inside another: shorter where it may end there. Groups stand in many phrases."""
        if phrase not in self._opened:
            found: set[tuple[str, ...]] = {()}
            for item in self._items(phrase):
                if all(len(start) == 2 for start in found):
                    break
                if not item["not"] and not item["no"]:
                    then = self._beginning(item)
                    found = {(*start, *more)[:2] for start in found for more in then}
            self._opened[phrase] = found
        return self._opened[phrase]

    def _firsts(self, item: re.Match[str]) -> set[str]:
        if item["word"]:
            return {plain(item["word"]) + (item["star"] or "")}
        if item["least"]:
            return set(_numbers(item))
        if item["gap"]:
            raise ValueError(f"a phrase cannot begin with a gap: {item.string}")
        return {word for phrase in self._either(item) for word in self.first_words(phrase)}


def _items(phrase: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(phrase):
        item = ITEM.match(phrase, place)
        if not item:
            raise ValueError(f"cannot read {phrase!r} from {phrase[place:]!r}")
        if not item["space"]:
            yield item
        place = item.end()


def _numbers(item: re.Match[str]) -> list[str]:
    return [str(number) for number in range(int(item["least"]), OLDEST + 1)]
