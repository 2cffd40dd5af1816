"""T24: every kind of PNG there is, and the ways to be none, as PngSuite has them (whose files need not be at hand)."""

import io
import struct
import zlib

import pytest

from tests.photos import pictures
from tips.photos import drawing
from tips.photos.decoding import NotDrawn

SIDE = 32
KINDS = {  # colour type of the format: its depths, and how many values make a pixel
    0: ((1, 2, 4, 8, 16), 1),
    2: ((8, 16), 3),
    3: ((1, 2, 4, 8), 1),
    4: ((8, 16), 2),
    6: ((8, 16), 4),
}
EVERY_KIND = [(colour, depth, laced) for colour, (depths, _) in KINDS.items() for depth in depths for laced in (0, 1)]
ADAM7 = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))
GREY, WHITE = 0x80, 0xFF
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def passes(laced: int) -> list[tuple[int, int]]:
    """Width and height of each picture that the pixels come in: seven, growing finer, when laced."""
    if not laced:
        return [(SIDE, SIDE)]
    return [(len(range(x, SIDE, dx)), len(range(y, SIDE, dy))) for x, dx, y, dy in ADAM7]


def png(colour: int, depth: int, laced: int = 0) -> bytes:
    bits = depth * KINDS[colour][1]
    row = bytes([GREY if depth == 16 and colour in {0, 2} else WHITE]) * (SIDE * bits // 8)
    rows = b"".join((b"\0" + row[: (width * bits + 7) // 8]) * height for width, height in passes(laced))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, depth, colour, 0, 0, laced)
    colours = pictures.chunk(b"PLTE", bytes([255, 255, 255]) * 2**depth) if colour == 3 else b""
    pixels = pictures.chunk(b"IDAT", zlib.compress(rows))
    return SIGNATURE + pictures.chunk(b"IHDR", header) + colours + pixels + pictures.chunk(b"IEND", b"")


@pytest.mark.parametrize(("colour", "depth", "laced"), EVERY_KIND)
def test_every_kind_of_png_is_taken_t24(colour, depth, laced):
    largest, made = drawing.draw(io.BytesIO(png(colour, depth, laced)), "photo")

    assert largest.size == (SIDE, SIDE)
    colour_wanted = "#808080" if depth == 16 and colour in {0, 2} else "#ffffff"
    assert pictures.near(pictures.colours_of(made[0][2], 1, 1)[0][0], colour_wanted, by=3)


GOOD = png(0, 8)
DAMAGED = {
    "colours of kind 1": pictures.png(SIDE, SIDE, depth=8, colour=1),
    "colours of kind 9": pictures.png(SIDE, SIDE, depth=8, colour=9),
    "no bits": pictures.png(SIDE, SIDE, depth=0, colour=2),
    "3 bits": pictures.png(SIDE, SIDE, depth=3, colour=2),
    "99 bits": pictures.png(SIDE, SIDE, depth=99, colour=2),
    "a wrong checksum in its header": GOOD[:29] + bytes([GOOD[29] ^ 1]) + GOOD[30:],
    "no pixels": GOOD[:33] + GOOD[-12:],
    "pixels that are not packed": GOOD[:33] + pictures.chunk(b"IDAT", bytes(200)) + GOOD[-12:],
    "a first byte of seven bits": b"\x09" + GOOD[1:],
    "another name": GOOD.replace(b"PNG", b"pNG", 1),
    "line ends of another system": GOOD.replace(b"\r\n", b"\n", 1),
    "more line ends": GOOD.replace(b"\r\n\x1a\n", b"\r\n\x1a\r\n", 1),
    "no end of the file mark": GOOD.replace(b"\x1a", b"", 1),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_what_is_damaged_is_refused_t24(what):
    with pytest.raises(NotDrawn) as refused:
        pictures.drawn_from(DAMAGED[what])
    assert str(refused.value) in {"unknown", "broken"}
