"""A text as the learned part reads it: its words, what they are about, and what it denies."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tips.safety.concepts import Scopes, Sense
from tips.safety.reading import Reading

DENIAL_REACH = 6  # words


@dataclass(frozen=True, slots=True)
class Telling:
    """`marks` are, by stretch, what the rules said (r:, q:). By word of the reading: `denied`, whether it is;
    `classes`, what begins there to be spoken of and is not denied; `taken_back`, what is."""

    reading: Reading
    marks: Sequence[Sequence[str]]
    denied: Sequence[bool]
    classes: Sequence[tuple[str, ...]]
    taken_back: Sequence[tuple[str, ...]]
    scopes: Scopes

    def concepts(self, words: slice = slice(None)) -> frozenset[str]:
        """The classes spoken of in these words and not denied."""
        return frozenset[str]().union(*self.classes[words])

    def denials(self, words: slice) -> frozenset[str]:
        """The classes that are denied in these words."""
        return frozenset[str]().union(*self.taken_back[words])

    def words_of(self, first: int, last: int) -> slice:
        """The words of the stretches `first` up to, not including, `last`, with what stands before and after."""
        return slice(self.reading.starts[first] - 1, self.reading.ends[last - 1] + 1)

    def numbers(self) -> list[list[int | None]]:
        """By word of the reading, the numbers by which the weights know the word, it and the next, and it and the next
        but one: most of `features`, without spelling them out."""
        known, stems = [word.known for word in self.reading.words], self.reading.stems
        return [
            [word.denied if no else word.told for word, no in zip(known, self.denied, strict=True)],
            [*map(dict.get, [word.next for word in known], stems[1:])],
            [*map(dict.get, [word.second for word in known], stems[2:])],
        ]

    def features(self, first: int, last: int) -> Iterator[str]:
        """What `judging` hears in these stretches, spelt out for learning: marks, classes (c:) and words (w:),
        both denied (~c:, ~w:), words side by side (b:) or with one between them (s:)."""
        for number in range(first, last):
            words = self.words_of(number, number + 1)
            before, *stems, after = self.reading.stems[words]
            denied = self.denied[words][1:-1]
            yield from self.marks[number]
            yield from [f"c:{name}" for name in self.concepts(words)]
            yield from [f"~c:{name}" for name in self.denials(words)]
            yield from [f"~w:{stem}" if no else f"w:{stem}" for stem, no in zip(stems, denied, strict=True)]
            yield from [f"b:{one} {next_}" for one, next_ in pairwise((before, *stems, after))]
            yield from [f"s:{one} {third}" for one, third in zip(stems, stems[2:], strict=False)]

    def placed(self, number: int) -> Iterator[tuple[str, Sense]]:
        """Each feature of the stretch that stands somewhere, with its words: for saying why."""
        reading, start = self.reading, self.reading.starts[number]
        for place in range(start, reading.ends[number]):
            if not self.denied[place]:
                first, word = place - start, reading.words[place]
                yield f"w:{word.stem}", (first, first + 1, word.plain)
                yield from [
                    (f"c:{name}", (first, first + length, name)) for name, length in _named(reading, place, self.scopes)
                ]


def tell(reading: Reading, marks: Sequence[Sequence[str]], scopes: Scopes) -> Telling:
    """`marks` are the rules' own features, by stretch."""
    classes = _classes(reading, scopes)
    denied = _denied(reading, scopes)
    nothing: list[tuple[str, ...]] = [()] * len(classes)
    if True not in denied:
        return Telling(reading, marks, denied, classes, nothing, scopes)
    told = [() if no else names for names, no in zip(classes, denied, strict=True)]
    taken_back = [names if no else () for names, no in zip(classes, denied, strict=True)]
    return Telling(reading, marks, denied, told, taken_back, scopes)


def _classes(reading: Reading, scopes: Scopes) -> list[tuple[str, ...]]:
    """By word, what begins there to be spoken of: words alone and pairs of words first, all at once."""
    meanings, seconds = [word.meaning for word in reading.words], reading.plain[1:]
    classes = [meaning.alone for meaning in meanings]
    pairs = map(dict.get, [meaning.pairs for meaning in meanings], seconds)
    for place, names in [(place, names) for place, names in enumerate(pairs) if names]:
        classes[place] += names
    longer = map(dict.get, [meaning.longer for meaning in meanings], seconds)
    more = [place for place, entries in enumerate(longer) if entries]
    more += [place for place, meaning in enumerate(meanings) if meaning.open or meaning.number]
    for place in more:
        classes[place] += tuple(name for name, _ in _more(reading, place, scopes))
    return classes


def _named(reading: Reading, place: int, scopes: Scopes) -> Iterator[tuple[str, int]]:
    """What begins at that place of the reading to be spoken of, and in how many words."""
    meaning, second = reading.words[place].meaning, reading.plain[place + 1]
    yield from [(name, 1) for name in meaning.alone]
    yield from [(name, 2) for name in meaning.pairs.get(second, ())]
    yield from _more(reading, place, scopes)


def _more(reading: Reading, place: int, scopes: Scopes) -> Iterator[tuple[str, int]]:
    """Longer phrases, phrases with a stem, and numbers."""
    meaning, second = reading.words[place].meaning, reading.plain[place + 1]
    for entry in (*meaning.longer.get(second, ()), *meaning.open):
        if entry.follows(reading.plain, place):
            yield entry.name, 1 + len(entry.rest)
    if meaning.number:
        yield meaning.number[second in scopes.units], 1


def _denied(reading: Reading, scopes: Scopes) -> list[bool]:
    denied = [False] * len(reading.words)
    spoken = [place for place, word in enumerate(reading.plain) if word in scopes.denials]
    for number in {bisect(reading.starts, place) - 1 for place in spoken}:
        start, end = reading.starts[number], reading.ends[number]
        denied[start:end] = denials(reading.plain[start:end], reading.stretches[number].breaks, scopes)
    return denied


def denials(words: Sequence[str], breaks: frozenset[int], scopes: Scopes) -> list[bool]:
    """Of each word, whether a denial before it reaches so far; in "no pain, numbness or fever" it runs on."""
    denied = []
    reach = 0
    for place, word in enumerate(words):
        is_list = reach > 0 and "or" in words[place : place + DENIAL_REACH]
        if word in scopes.ends or (place in breaks and not is_list):
            reach = 0
        denied.append(reach > 0)
        reach = DENIAL_REACH if word in scopes.denials else max(reach - 1, 0)
    return denied
