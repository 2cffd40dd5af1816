"""Has a picture redrawn by a child process: what a file may break is that child, never the site."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from tips.photos.slots import slot

PROGRAM = Path(__file__).with_name("drawing.py")
# Nothing of the site's settings or keys; one pool of memory, so that the limit on it is not spent on reservations.
SURROUNDINGS = {"MALLOC_ARENA_MAX": "1"}
LONGEST = 30.0  # seconds on the clock; the child ends itself after 10 of processor time
MOST_BYTES = 16_000_000  # of an answer; three sizes in two formats are about 2 MB at worst
CHUNK = 1 << 16
LONGEST_SIDE = 1600  # pixels
BEHIND = 10  # steps behind the site: a tenth of what a reader gets of a processor that both want
FORMATS = {"webp", "jpg", "avif"}


class NotDrawn(Exception):
    """Why, in one word: unknown, pixels, moving, broken or heic."""


class TooSlow(Exception):
    """The machine had no time for it."""


@dataclass(frozen=True)
class Picture:
    width: int  # pixels
    format: str  # webp, jpg or avif: the end of its file's name
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.width}.{self.format}"


@dataclass(frozen=True)
class Drawn:
    """`width` and `height` of the largest picture, in pixels; the pictures from small to large."""

    width: int
    height: int
    pictures: list[Picture]


def redraw(file: IO[bytes], mode: Literal["photo", "avif"] = "photo") -> Drawn:
    """From its first byte, whatever was read of `file` before; it needs a descriptor. Raises NotDrawn, TooSlow,
    slots.NoSlot."""
    with slot() as held:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        with subprocess.Popen(
            [sys.executable, "-I", "-B", str(PROGRAM), mode],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=SURROUNDINGS,
            cwd="/",
            pass_fds=(held,),
        ) as child:
            # By us, since it could say so itself only once it has started.
            os.setpriority(os.PRIO_PROCESS, child.pid, os.getpriority(os.PRIO_PROCESS, 0) + BEHIND)
            said = _heard(child, time.monotonic() + LONGEST)
    return _drawn(said, child.returncode)


def _heard(child: "subprocess.Popen[bytes]", limit: float) -> bytearray:
    """All that it says until it ends; beyond the limits of time and size it is ended. Raises NotDrawn, TooSlow."""
    try:
        said = _all_of(child.stdout, limit) if child.stdout else bytearray()
        child.wait(max(0.0, limit - time.monotonic()))
    except (NotDrawn, TooSlow):
        child.kill()
        raise
    except subprocess.TimeoutExpired:
        child.kill()
        raise TooSlow from None
    return said


def _all_of(pipe: IO[bytes], limit: float) -> bytearray:
    said = bytearray()
    with selectors.DefaultSelector() as ears:
        ears.register(pipe, selectors.EVENT_READ)
        while ears.select(max(0.0, limit - time.monotonic())):
            heard = os.read(pipe.fileno(), CHUNK)
            if not heard:
                return said
            said += heard
            if len(said) > MOST_BYTES:
                raise NotDrawn("broken")
    raise TooSlow


def _drawn(said: bytearray, status: int) -> Drawn:
    """Nothing of what it says is believed without a look. Raises NotDrawn."""
    ends = said.find(b"\n") + 1
    head, rest = said[:ends], memoryview(said)[ends:]
    try:
        told: dict[str, Any] = json.loads(head)
        if status == 0 and "trouble" not in told:
            return Drawn(_side(told["width"]), _side(told["height"]), list(_pictures(told["pictures"], rest)))
    except (ValueError, KeyError, TypeError):
        raise NotDrawn("broken") from None
    raise NotDrawn(str(told.get("trouble", "broken")))


def _pictures(listed: list[tuple[int, str, int]], data: memoryview) -> Iterator[Picture]:
    start = 0
    for width, name, size in listed:
        if name not in FORMATS:
            raise ValueError(name)
        yield Picture(_side(width), name, bytes(data[start : start + size]))
        start += size
    if not listed or start != len(data):
        raise ValueError("it did not finish")


def _side(pixels: int) -> int:
    if not 0 < int(pixels) <= LONGEST_SIDE:
        raise ValueError(pixels)
    return int(pixels)
