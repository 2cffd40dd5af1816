"""Where the files lie: `media/sealed/<folder>/` unreadable, `media/p/<folder>/` for everybody,
`media/o/<folder>/` for the pictures of the owner's articles.

A folder appears whole or not at all, and is on the disk before its row is. All files carry the same time, 1970, so
that none tells when somebody wrote.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tips.keys.sealing import seal, unseal

SEALED, OPEN, OWN = "sealed", "p", "o"
# How long a folder that no row names may be one whose row is just being written. An open one may be an erased photo.
GRACE = {SEALED: timedelta(hours=24), OPEN: timedelta(hours=1)}
PART = ".part"


def path_of(kind: str, folder: str) -> Path:
    return Path(settings.MEDIA_ROOT) / kind / folder


def write_sealed(folder: str, files: Mapping[str, bytes]) -> None:
    _write(path_of(SEALED, folder), files, _sealed)


def write_open(folder: str, files: Mapping[str, bytes]) -> None:
    _write(path_of(OPEN, folder), files, bytes, for_others=True)


def write_own(folder: str, files: Mapping[str, bytes]) -> None:
    _write(path_of(OWN, folder), files, bytes, for_others=True)


def add_open(folder: str, files: Mapping[str, bytes]) -> None:
    """More files beside those that are there. Raises FileNotFoundError when the folder went meanwhile."""
    target = path_of(OPEN, folder)
    for name, data in files.items():
        _put(target / f"{name}{PART}", data)
        (target / f"{name}{PART}").chmod(0o644)
        (target / f"{name}{PART}").rename(target / name)
    _settle(target)


def read_sealed(folder: str, name: str) -> bytes:
    """Raises FileNotFoundError, sealing.Unreadable."""
    return unseal("photos", (path_of(SEALED, folder) / name).read_bytes())


def read_open(folder: str, name: str) -> bytes:
    """Raises FileNotFoundError."""
    return (path_of(OPEN, folder) / name).read_bytes()


def remove(kind: str, folder: str) -> None:
    shutil.rmtree(path_of(kind, folder), ignore_errors=True)


def orphans(kind: str, named: set[str], *, now: datetime) -> Iterator[str]:
    """Folders that no row names, and halves that a crash left, once they are old enough."""
    limit = (now - GRACE[kind]).timestamp()
    parent = Path(settings.MEDIA_ROOT) / kind
    for entry in os.scandir(parent) if parent.is_dir() else ():
        # The time of the last change of the entry itself: the other one is 1970.
        if entry.name not in named and entry.stat(follow_symlinks=False).st_ctime < limit:
            yield entry.name


def _sealed(data: bytes) -> bytes:
    return seal("photos", data)


def _write(
    target: Path, files: Mapping[str, bytes], form: Callable[[bytes], bytes], *, for_others: bool = False
) -> None:
    """`for_others`: a web server in front may read it, whatever the process lets others read otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}{PART}")
    draft.mkdir()
    try:
        for name, data in files.items():
            _put(draft / name, form(data))
        if for_others:
            _open(draft)
        _settle(draft)
        draft.rename(target)
        _settle(target.parent)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _open(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o644)
    for each in (folder, folder.parent, folder.parent.parent):
        each.chmod(0o711)


def _put(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.utime(file.fileno(), (0, 0))
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """The names in it are on the disk, and say nothing of when."""
    os.utime(folder, (0, 0))
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
