"""What visitors write does not outlive the request: no memory of the process grows by reading another text."""

import functools
import sys
from collections.abc import Iterator

from tips.guard.duplicates import fingerprint
from tips.guard.points import judge
from tips.guard.watching import Watched
from tips.safety.find import find
from tips.text.personal import personal

WATCHED = [Watched("casino", "gambling", 20), Watched("cheap pill?", "sells", 5), Watched("*loan*", "lends", 5)]
STORY = "{0} of {1}bury, a {2}ist, told {1}son and {0}ina: two {2}s of l0an-{1}, c.h.e.a.p p1lls, {0}{1}@example.org. "


def caches() -> Iterator[tuple[str, int]]:
    """All memories that functions keep of what they were asked, and how much is in each."""
    for module in [*sys.modules.values()]:
        for name, found in vars(module).items() if getattr(module, "__name__", "").startswith("tips.") else ():
            if isinstance(found, functools._lru_cache_wrapper):
                yield f"{module.__name__}.{name}", found.cache_info().currsize


def read(text: str) -> None:
    judge(text, watched=WATCHED)
    fingerprint(text)
    find(text)
    personal(text)


def test_no_memory_of_the_process_grows_by_what_another_visitor_writes():
    read(STORY.format("Zebulon", "Quux", "flange") * 3)
    before = dict(caches())
    assert before
    read(STORY.format("Wilhelmina", "Dorking", "tinsmith") * 3)
    assert dict(caches()) == before
