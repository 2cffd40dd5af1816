"""The owner's photo, redrawn: only its pixels are kept, at a size for a page, without place, device or name."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
SIDE = 800  # pixels, the longer one
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhoto(Exception):
    """In words for whoever chose the file."""


def redraw(file: IO[bytes], *, size: int) -> bytes:
    """A WebP of at most 800 by 800 pixels on a fresh canvas. `size` in bytes. Raises NotAPhoto."""
    if size > MOST_BYTES:
        raise NotAPhoto("This file is larger than 10 MB. Please choose a smaller one.")
    try:
        with Image.open(file, formats=FORMATS) as opened:
            return _webp(_small(opened))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto("This file cannot be read as a photo. Please choose a JPEG, PNG or WebP file.") from error


def _small(opened: Image.Image) -> Image.Image:
    """The header says how large it is; nothing is decoded before that was looked at."""
    if opened.width * opened.height > MOST_PIXELS:
        raise NotAPhoto("This photo has more than 40 million pixels. Please choose a smaller one.")
    opened.draft("RGB", (SIDE * 2, SIDE * 2))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((SIDE, SIDE))
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright)
    return canvas


def _webp(canvas: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
