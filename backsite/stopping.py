"""The wish to stop, said by a signal and heard by who waits."""

from time import monotonic, sleep

LOOK = 0.2


class Stop:
    """Used like a threading.Event. That no signal must set: it may come while this very thread holds the lock."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        self._is_set = True

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Heard within LOOK."""
        limit = monotonic() + seconds
        while not self._is_set and (left := limit - monotonic()) > 0:
            sleep(min(LOOK, left))
        return self._is_set
