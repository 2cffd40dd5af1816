"""What a search costs as the site grows: a made-up language with Zipf's law, CPU milliseconds of this process."""

import random
from collections.abc import Callable, Iterator
from itertools import accumulate
from time import process_time

SIZES = (1_000, 10_000, 100_000)
WORDS = 20_000
EXPONENT = 1.07
TITLE, BODY = 6, 80  # words of a passage
TIMES = 30


class Language:
    def __init__(self) -> None:
        chance = random.Random(1)
        syllables = [one + two for one in "bcdfghklmnprstvw" for two in "aeiou"]
        made = ("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(2 * WORDS))
        self.words = list(dict.fromkeys(made))[:WORDS]
        self.weights = list(accumulate(1 / (rank + 1) ** EXPONENT for rank in range(len(self.words))))
        self.chance = chance

    def text(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=length))


def costs(do: Callable[[], object], times: int = TIMES) -> dict[str, float]:
    do()
    spent = []
    for _ in range(times):
        started = process_time()
        do()
        spent.append((process_time() - started) * 1000)
    spent.sort()
    return {"p50": round(spent[len(spent) // 2], 2), "p99": round(spent[-1], 2)}


def grow(size: int) -> dict[str, object]:
    """The index with `size` passages, from nothing, and what it costs to ask."""
    from tips.index.match import match  # noqa: PLC0415 - once a site is set up
    from tips.index.passages import Passage, rebuild, store  # noqa: PLC0415
    from tips.index.query import parse  # noqa: PLC0415
    from tips.index.suggest import suggest  # noqa: PLC0415

    language = Language()

    def passage(number: int) -> Passage:
        return Passage("article", f"/a/{number}/", language.text(TITLE), "", language.text(BODY))

    def sources() -> Iterator[tuple[str, list[Passage]]]:
        for number in range(size):
            made = process_time()
            ready = [passage(number)]
            drawing[0] += process_time() - made
            yield f"page:{number}", ready

    drawing = [0.0]
    rebuild([])
    started = process_time()
    rebuild(sources())
    spent = process_time() - started - drawing[0]
    word = language.words
    asked = {
        "rare": word[3000],
        "common": word[12],
        "very common": word[0],
        "two very common": f"{word[0]} {word[1]}",
        "five mixed": " ".join(word[rank] for rank in (0, 5, 60, 300, 4000)),
        "twenty": " ".join(word[rank * 7] for rank in range(20)),
    }
    found: dict[str, object] = {
        name: costs(lambda text=text: match(parse(text), limit=20))  # type: ignore[misc]
        for name, text in asked.items()
    }
    numbers = iter(range(10**9))
    return {
        **found,
        "suggestion": costs(lambda: suggest(word[12][:3])),
        "one more page": costs(lambda: store(f"new:{next(numbers)}", [passage(next(numbers))])),
        "passages per second, from nothing": round(size / spent),
    }
