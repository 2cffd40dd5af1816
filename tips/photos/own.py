"""The owner's own pictures, for the articles: redrawn as visitors' photos are, and open from the first moment.

There is no row for one: its files are in `media/o/<folder>/`, and the text that shows it names them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tips.photos.decoding import Drawn
from tips.photos.files import OWN, path_of, remove, write_own
from tips.photos.models import new_folder
from tips.photos.taking import taken_from

WIDTH = 960  # pixels: a column of text, on a screen with twice as many
NAME = re.compile(r"(\d{1,4})x(\d{1,4})\.webp")


@dataclass(frozen=True)
class OwnPicture:
    folder: str
    width: int  # pixels
    height: int

    @property
    def name(self) -> str:
        return f"{self.width}x{self.height}.webp"

    @property
    def address(self) -> str:
        """Says its size, so that a page keeps its place free (text/figures.py)."""
        return f"/media/o/{self.folder}/{self.name}"


def keep(uploaded: UploadedFile) -> OwnPicture:
    """`uploaded` comes from tips.photos.uploads. Raises taking.Unusable, taking.Busy, OSError."""
    drawn = taken_from(uploaded)
    sizes = {each.width: each.data for each in drawn.pictures if each.format == "webp"}
    width = min((each for each in sizes if each >= WIDTH), default=max(sizes))
    picture = OwnPicture(new_folder(), width, _height(drawn, width))
    write_own(picture.folder, {picture.name: sizes[width]})
    return picture


def kept() -> list[OwnPicture]:
    """The newest first."""
    parent = Path(settings.MEDIA_ROOT) / OWN
    folders = sorted(parent.iterdir() if parent.is_dir() else (), key=lambda path: path.stat().st_ctime, reverse=True)
    return [picture for folder in folders for picture in _in(folder)]


def throw_away(folder: str) -> None:
    if re.fullmatch(r"[0-9a-f]{32}", folder):
        remove(OWN, folder)


def file_of(folder: str, name: str) -> Path:
    return path_of(OWN, folder) / name


def _height(drawn: Drawn, width: int) -> int:
    return max(1, round(drawn.height * width / drawn.width))


def _in(folder: Path) -> Iterator[OwnPicture]:
    for file in folder.iterdir():
        if size := NAME.fullmatch(file.name):
            yield OwnPicture(folder.name, int(size[1]), int(size[2]))
