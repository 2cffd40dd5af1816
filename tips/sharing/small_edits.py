"""Which corrections of a published text readers may have at once, without anybody reading it again (docs/adr/0025)."""

import re
from collections import Counter

from tips.safety.find import find

SHARE = 10  # per cent of the words that may change …
FEWEST, MOST = 3, 40  # … but that many words always, and never more than these
CHARACTERS = 300  # in all words that are new
WEB = re.compile(r"://|www\.|@|\w\.\w{2,}", re.IGNORECASE)  # a link, an address, or what could be read as one
TELLING = re.compile(
    r"\d|^(?:no|not|never|without|stop|don['’]?t|\w+n['’]t)$", re.IGNORECASE
)  # doses, and what turns a meaning


def is_small(before: str, after: str) -> bool:
    """`before` is what a person last read, so that many small steps do not add up to a long way."""
    old, new = before.split(), after.split()
    allowed = min(MOST, max(FEWEST, len(old) * SHARE // 100))
    if abs(len(old) - len(new)) > allowed or _says_something_new(old, new):
        return False
    steps = distance(old, new, most=2 * allowed)
    if steps is None or (steps + abs(len(new) - len(old))) // 2 > allowed:
        return False
    return set(find(after).marks) <= set(find(before).marks)


def _says_something_new(old: list[str], new: list[str]) -> bool:
    added, gone = Counter(new) - Counter(old), Counter(old) - Counter(new)
    if sum(len(word) * count for word, count in added.items()) > CHARACTERS or any(map(WEB.search, added)):
        return True
    return any(TELLING.search(word.strip(".,;:!?()“”\"'")) for word in (*added, *gone))


def distance(old: list[str], new: list[str], *, most: int) -> int | None:
    """Words to take out and to put in to make one of the other; None when more than `most`.

    E. W. Myers, An O(ND) difference algorithm and its variations, Algorithmica 1 (1986): work grows with `most`.
    """
    reached = {1: 0}  # diagonal -> how far along `old`
    for steps in range(most + 1):
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (
                diagonal != steps and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
            )
            x = reached.get(diagonal + 1, 0) if down else reached.get(diagonal - 1, 0) + 1
            reached[diagonal] = x = _along(old, new, x, x - diagonal)
            if x >= len(old) and x - diagonal >= len(new):
                return steps
    return None


def _along(old: list[str], new: list[str], x: int, y: int) -> int:
    while x < len(old) and 0 <= y < len(new) and old[x] == new[y]:
        x, y = x + 1, y + 1
    return x
