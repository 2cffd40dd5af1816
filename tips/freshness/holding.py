"""The folder of published pages, in which one at a time changes something; and what becomes of one that stands still.

Everything in it is named relative to the folder as it was opened (`dir_fd`), never by its path. So when a process that
holds the lock stands still (a signal, a debugger, a machine without memory), whoever has waited for PATIENCE renames
the folder: nothing in it can be asked for any more, and nothing that the holder still does can bring a page back.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LOCK = "lock"
PATIENCE = 2.0  # seconds; a page takes a thousandth
PAUSE = 0.001
_counter = struct.Struct("<Q")


class NothingPublished(Exception):
    """There is no folder, or there is none any more."""


@dataclass(frozen=True, slots=True)
class Held:
    """`root`: the folder. `lock`: a handle of its lock, which also holds how many bytes are taken."""

    root: int
    lock: int

    def taken(self) -> int:
        said = os.pread(self.lock, _counter.size, 0)
        return int(_counter.unpack(said)[0]) if said else 0

    def count(self, taken: int) -> None:
        os.pwrite(self.lock, _counter.pack(max(taken, 0)), 0)

    def names(self, folder: str) -> list[str]:
        with contextlib.suppress(FileNotFoundError), _opened(folder, os.O_DIRECTORY, dir_fd=self.root) as handle:
            return os.listdir(handle)  # noqa: PTH208 - no path leads there for certain
        return []

    def rename(self, old: str, new: str) -> None:
        os.rename(old, new, src_dir_fd=self.root, dst_dir_fd=self.root)

    def unlink(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path, dir_fd=self.root)

    def make(self, folder: str, mode: int) -> None:
        """With this mode, whatever the process lets others do otherwise."""
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, mode, dir_fd=self.root)
        os.chmod(folder, mode, dir_fd=self.root)

    def clear(self, folder: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(folder, dir_fd=self.root)


def folder() -> Path:
    return Path(settings.SHARED_MEMORY_DIR) / "published"


@contextlib.contextmanager
def alone() -> Iterator[Held]:
    """Raises NothingPublished where nothing lies, or where all was left to a holder that stands still."""
    with contextlib.ExitStack() as stack:
        try:
            root = stack.enter_context(_opened(folder(), os.O_DIRECTORY))
            lock = stack.enter_context(_opened(LOCK, os.O_RDWR | os.O_CREAT, dir_fd=root))
            is_ours = _is_ours(lock) or _leave(root)
        except FileNotFoundError:
            raise NothingPublished from None
        if not is_ours:
            raise NothingPublished
        yield Held(root, lock)


def forget_those_left() -> None:
    """Folders that a holder wrote in once more after they were left."""
    for each in folder().parent.glob(f"{folder().name}-*"):
        shutil.rmtree(each, ignore_errors=True)


def _is_ours(lock: int) -> bool:
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= limit:
                return False
            time.sleep(PAUSE)
        else:
            return True


def _leave(root: int) -> bool:
    """Whoever publishes next makes a new one. False: it is nobody's."""
    if os.path.samestat(os.fstat(root), folder().stat()):  # nobody else did meanwhile
        left = folder().with_name(f"{folder().name}-{secrets.token_hex(8)}")
        folder().rename(left)
        shutil.rmtree(left, ignore_errors=True)
    return False


@contextlib.contextmanager
def _opened(path: Path | str, how: int, dir_fd: int | None = None) -> Iterator[int]:
    handle = os.open(path, how, 0o600, dir_fd=dir_fd)
    try:
        yield handle
    finally:
        os.close(handle)
