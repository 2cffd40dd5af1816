"""What takes long to build is built by one thread while the others wait for it."""

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Built = TypeVar("Built")


def built_once(build: Callable[Given, Built]) -> Callable[Given, Built]:
    """The last one is kept, as by `lru_cache(maxsize=1)`, under which several threads at once each build their own."""
    lock, kept = threading.RLock(), functools.lru_cache(maxsize=1)(build)

    @functools.wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Built:
        with lock:
            return kept(*args, **kwargs)  # type: ignore[arg-type]

    return built
