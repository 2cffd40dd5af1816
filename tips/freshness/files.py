"""Whole pages as packed files, for a web server in front (docs/adr/0051). Below `published/` in shared memory lie

`pages/<address>index.html.gz`  what the web server may hand out,
`notes/<name>`                  of each page: until when, how large, and the slots of what it was rendered from.

Whoever adds or removes a page holds the folder (holding.py). A page is there only together with its note, which comes
before it and goes after it, so that a process may die anywhere. A note is a symbolic link: its text is there at once.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from tips.freshness.holding import Held, NothingPublished, alone, folder, forget_those_left

__all__ = ["Note", "checksum", "folder", "put", "sweep", "tag", "withdraw", "withdraw_all"]

ADDRESS = re.compile(r"/(?:[A-Za-z0-9_-]+/)*")
LONGEST = 200  # characters of an address
MOST_BYTES = 32 * 1024 * 1024  # of memory, for all pages and their notes
BLOCK = 4096  # bytes; memory is given in these
BITS = 33  # of a checksum that every file system can keep as a time
PAGES, NOTES, DRAFT = "pages", "notes", "draft"


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
    note = Note(until, -(-len(packed) // BLOCK) * BLOCK + BLOCK, frozenset(slots))
    with contextlib.suppress(NothingPublished), alone() as held:
        return _put(held, address.replace("/", "+"), packed, note, still_true)
    return False


def _put(held: Held, name: str, packed: bytes, note: Note, still_true: Callable[[], bool]) -> bool:
    old = _note(held, name)
    taken = held.taken() + note.size - old.size
    if taken > MOST_BYTES or not still_true():
        return False
    if old.slots - note.slots:  # the new note would not speak for the old page, if we died between them
        held.unlink(str(_page(name)))
    _write_note(held, name, note)
    _write_page(held, _page(name), packed)
    held.count(taken)
    return True


def withdraw(slots: Iterable[int]) -> None:
    """What was rendered from something in these slots is gone when this returns. To be called once they have moved."""
    gone = frozenset(slots)
    with contextlib.suppress(NothingPublished), alone() as held:
        for name in held.names(NOTES):
            if not gone.isdisjoint(_note(held, name).slots):
                _remove(held, name)


def withdraw_all() -> None:
    with contextlib.suppress(NothingPublished), alone() as held:
        for each in (PAGES, NOTES):
            held.clear(each)
        held.unlink(DRAFT)
        held.count(0)
    forget_those_left()


def sweep(now: float) -> None:
    """Ends what has had its time, and mends what a process left that died on its way."""
    with contextlib.suppress(NothingPublished), alone() as held:
        held.unlink(DRAFT)
        notes = {name: _note(held, name) for name in held.names(NOTES)}
        held.count(sum(note.size for note in notes.values()))
        for name, note in notes.items():
            if note.until <= now:
                _remove(held, name)


def checksum(packed: bytes) -> int:
    return int.from_bytes(hashlib.sha256(packed).digest()[:8], "big") >> (64 - BITS)


def tag(packed: bytes) -> str:
    """The ETag that nginx makes of a file: its time, which `put` sets to the checksum, and its length."""
    return f'"{checksum(packed):x}-{len(packed):x}"'


def _write_note(held: Held, name: str, note: Note) -> None:
    held.make(NOTES, 0o700)
    held.unlink(DRAFT)
    os.symlink(str(note), DRAFT, dir_fd=held.root)
    held.rename(DRAFT, f"{NOTES}/{name}")


def _write_page(held: Held, path: PurePosixPath, packed: bytes) -> None:
    """For others to read; with its checksum as its time."""
    for each in (*reversed(path.parents), PurePosixPath("..")):
        held.make(str(each), 0o711)  # they may go through, and not look around
    moment = checksum(packed) * 1_000_000_000
    handle = os.open(DRAFT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644, dir_fd=held.root)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(packed)
        file.flush()
        os.utime(file.fileno(), ns=(moment, moment))
        if os.fstat(file.fileno()).st_mtime_ns != moment:
            raise OSError("the file system cannot keep a checksum as a time")
    held.rename(DRAFT, str(path))


def _remove(held: Held, name: str) -> None:
    """The page first, then folders that nobody needs any more, then its note."""
    page, note = _page(name), _note(held, name)
    held.unlink(str(page))
    with contextlib.suppress(OSError):  # until one is not empty
        for parent in page.parents:
            os.rmdir(parent, dir_fd=held.root)
    held.unlink(f"{NOTES}/{name}")
    held.count(held.taken() - note.size)


def _note(held: Held, name: str) -> Note:
    """An empty one for a page that has none."""
    try:
        until, size, *slots = os.readlink(f"{NOTES}/{name}", dir_fd=held.root).split()
    except FileNotFoundError:
        return Note()
    return Note(float(until), int(size), frozenset(map(int, slots)))


def _page(name: str) -> PurePosixPath:
    return PurePosixPath(PAGES) / f"{name.replace('+', '/')}index.html.gz".lstrip("/")
