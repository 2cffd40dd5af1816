"""Whole pages as packed files, for a web server in front (docs/adr/0051). Below `published/` in shared memory lie

`pages/<address>index.html.gz`  what the web server may hand out,
`notes/<name>`                  of each page: until when, how large, and the slots of what it was rendered from.

Whoever adds or removes a page holds the lock. A page is there only together with its note, which comes before it and
goes after it, so that a process may die anywhere. A note is a symbolic link: its text is there at once.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ADDRESS = re.compile(r"/(?:[A-Za-z0-9_-]+/)*")
LONGEST = 200  # characters of an address
MOST_BYTES = 32 * 1024 * 1024  # of memory, for all pages and their notes
BLOCK = 4096  # bytes; memory is given in these
BITS = 33  # of a checksum that every file system can keep as a time
PAGES, NOTES, DRAFT, LOCK = "pages", "notes", "draft", "lock"
_counter = struct.Struct("<Q")


class _NothingPublished(Exception):
    """There is no folder."""


@dataclass(frozen=True, slots=True)
class Note:
    """`until` in seconds of time.monotonic(), which all processes of a machine share; `size` in bytes of memory."""

    until: float = 0.0
    size: int = 0
    slots: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return f"{self.until} {self.size} {' '.join(map(str, self.slots))}"


def put(address: str, packed: bytes, *, slots: Iterable[int], until: float, still_true: Callable[[], bool]) -> bool:
    """False where it may not be published: no plain address, no room left, or not `still_true` any more.

    `still_true` compares the generations of what the page was rendered from. Raises OSError.
    """
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST:
        return False
    folder().mkdir(parents=True, exist_ok=True)
    name = address.replace("/", "+")
    note = Note(until, -(-len(packed) // BLOCK) * BLOCK + BLOCK, frozenset(slots))
    with _alone() as lock:
        old = _note(name)
        taken = _taken(lock) + note.size - old.size
        if taken > MOST_BYTES or not still_true():
            return False
        if old.slots - note.slots:  # the new note would not speak for the old page, if we died between them
            _page(name).unlink(missing_ok=True)
        _write_note(name, note)
        _write_page(_page(name), packed)
        _count(lock, taken)
    return True


def withdraw(slots: Iterable[int]) -> None:
    """What was rendered from something in these slots is gone when this returns. To be called once they have moved."""
    gone = frozenset(slots)
    with contextlib.suppress(_NothingPublished), _alone() as lock:
        for name in _names():
            if not gone.isdisjoint(_note(name).slots):
                _remove(name, lock)


def withdraw_all() -> None:
    with contextlib.suppress(_NothingPublished), _alone() as lock:
        for each in (PAGES, NOTES):
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(folder() / each)
        _draft().unlink(missing_ok=True)
        _count(lock, 0)


def sweep(now: float) -> None:
    """Ends what has had its time, and mends what a process left that died on its way."""
    with contextlib.suppress(_NothingPublished), _alone() as lock:
        _draft().unlink(missing_ok=True)
        notes = {name: _note(name) for name in _names()}
        _count(lock, sum(note.size for note in notes.values()))
        for name, note in notes.items():
            if note.until <= now:
                _remove(name, lock)


def checksum(packed: bytes) -> int:
    return int.from_bytes(hashlib.sha256(packed).digest()[:8], "big") >> (64 - BITS)


def tag(packed: bytes) -> str:
    """The ETag that nginx makes of a file: its time, which `put` sets to the checksum, and its length."""
    return f'"{checksum(packed):x}-{len(packed):x}"'


def folder() -> Path:
    return Path(settings.SHARED_MEMORY_DIR) / "published"


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """A handle of the lock, which also holds how many bytes are taken."""
    try:
        handle = os.open(folder() / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        raise _NothingPublished from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _taken(lock: int) -> int:
    said = os.pread(lock, _counter.size, 0)
    return int(_counter.unpack(said)[0]) if said else 0


def _count(lock: int, taken: int) -> None:
    os.pwrite(lock, _counter.pack(max(taken, 0)), 0)


def _write_note(name: str, note: Note) -> None:
    (folder() / NOTES).mkdir(exist_ok=True, mode=0o700)
    _draft().unlink(missing_ok=True)
    _draft().symlink_to(str(note))
    _draft().rename(folder() / NOTES / name)


def _write_page(path: Path, packed: bytes) -> None:
    """For others to read, whatever the process lets them read otherwise; with its checksum as its time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for each in path.parents:
        each.chmod(0o711)  # they may go through, and not look around
        if each == folder().parent:
            break
    moment = checksum(packed) * 1_000_000_000
    with os.fdopen(os.open(_draft(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(packed)
        file.flush()
        os.utime(file.fileno(), ns=(moment, moment))
        if os.fstat(file.fileno()).st_mtime_ns != moment:
            raise OSError("the file system cannot keep a checksum as a time")
    _draft().rename(path)


def _remove(name: str, lock: int) -> None:
    """The page first, then folders that nobody needs any more, then its note."""
    page, note = _page(name), _note(name)
    page.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # until one is not empty
        for parent in page.parents:
            parent.rmdir()
    (folder() / NOTES / name).unlink(missing_ok=True)
    _count(lock, _taken(lock) - note.size)


def _note(name: str) -> Note:
    """An empty one for a page that has none."""
    try:
        until, size, *slots = os.readlink(f"{folder()}/{NOTES}/{name}").split()  # noqa: PTH115 - of all, at every bump
    except FileNotFoundError:
        return Note()
    return Note(float(until), int(size), frozenset(map(int, slots)))


def _names() -> list[str]:
    try:
        return [each.name for each in (folder() / NOTES).iterdir()]
    except FileNotFoundError:
        return []


def _page(name: str) -> Path:
    return folder() / PAGES / f"{name.replace('+', '/')}index.html.gz".lstrip("/")


def _draft() -> Path:
    return folder() / DRAFT
