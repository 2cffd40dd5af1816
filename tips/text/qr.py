"""QR codes as shapes that a page can draw itself, since our policy allows neither data: images nor inline style."""

import functools
from itertools import groupby
from typing import NamedTuple

import segno

QUIET = 4  # modules of white that ISO/IEC 18004 wants on every side


class Code(NamedTuple):
    """A QR code as SVG path data, one unit a module; `size` counts the white on both sides too."""

    size: int
    path: str


@functools.lru_cache(maxsize=512)
def draw(address: str) -> Code:
    """The same again for the same address: drawing one costs as much as half an article."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)]
    return Code(len(rows), "".join(bars(row, y) for y, row in enumerate(rows)))


def bars(row: list[int], y: int) -> str:
    """Every run of dark modules of one row, as a closed shape."""
    path, x = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        path += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
        x += length
    return path
