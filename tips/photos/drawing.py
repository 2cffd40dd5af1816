"""A program of its own: one picture on its input, redrawn ones on its output. It trusts nothing it reads.

Started by tips/photos/decoding.py, never imported by the site. Before it reads a byte it gives up what a hostile file
could use: memory over 1.5 GB, processor time over 10 s, every new file, program and connection. Its only argument is
one of MODES: "photo" for an upload (WebP and JPEG), "avif" for a photo of ours that was drawn before.

Output: one line of JSON, then the pictures it lists, one behind the other: {"width", "height", "pictures": [[width,
format, bytes], …]}, in pixels, or {"trouble": "unknown" | "pixels" | "moving" | "broken" | "heic"}.
"""

import contextlib
import io
import json
import resource
import struct
import sys
import zlib
from collections.abc import Iterator

import pi_heif

# Every reader that may be needed is loaded here: later on no file can be opened, not even a module.
from PIL import (
    AvifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    ImagePalette,  # noqa: F401
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401 - it reads the camera's notes
    WebPImagePlugin,  # noqa: F401
)

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 10  # of processor time
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600  # pixels of the largest picture we keep
WIDTHS = (480, 960)  # and smaller ones, for phones
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOVING = {"PNG", "WEBP"}  # a JPEG or HEIC with several pictures is a phone's: the first is the photo
# WebP's method 2 takes half the time of 4 for files that are a twentieth larger.
MODES: dict[str, dict[str, dict[str, object]]] = {
    "photo": {
        "webp": {"format": "WEBP", "quality": 80, "method": 2},
        "jpg": {"format": "JPEG", "quality": 80, "subsampling": "4:2:0"},
    },
    "avif": {"avif": {"format": "AVIF", "quality": 60, "speed": 7, "max_threads": 1}},
}
ORIENTATION = 0x0112  # in EXIF: which way the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the readers raise for files that are not as they should be.
UNREADABLE = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, RuntimeError, ArithmeticError),
    *(AttributeError, struct.error, zlib.error),
)


class Trouble(Exception):
    """One of the words above."""


@contextlib.contextmanager
def told_as(word: str) -> Iterator[None]:
    try:
        yield
    except (Image.DecompressionBombError, MemoryError):
        raise Trouble("pixels") from None
    except UNREADABLE:
        raise Trouble(word) from None


def give_up_powers() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


def draw(file: io.BytesIO, mode: str) -> tuple[Image.Image, list[tuple[int, str, bytes]]]:
    """The largest picture, and all of them encoded, from small to large. Raises Trouble."""
    largest = redraw(read(file))
    pictures = [
        (picture.width, name, encode(picture, how)) for picture in sizes(largest) for name, how in MODES[mode].items()
    ]
    return largest, pictures


def read(file: io.BytesIO) -> Image.Image:
    """Decoded, at a size near ours. Whatever is too large or moves is refused by what its header says."""
    is_heic = file.getvalue()[4:8] == b"ftyp"
    with told_as("heic" if is_heic else "unknown"):
        image = Image.open(file, formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise Trouble("pixels")
    if image.format in MOVING and getattr(image, "is_animated", False):
        raise Trouble("moving")
    with told_as("heic" if is_heic else "broken"):
        # A JPEG can be decoded at a half or a quarter of its size, in a fraction of the time.
        image.draft("RGB", fitting(image.size))
        image.load()
    return image


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The largest size of this shape that we keep; never larger than it came."""
    scale = min(1, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def redraw(image: Image.Image) -> Image.Image:
    """Its pixels alone, upright and in sRGB, on a fresh canvas. Raises Trouble."""
    with told_as("broken"):
        turn = TURNS.get(orientation(image))
        plain = flat(image)
        plain = plain.resize(fitting(plain.size), Image.Resampling.LANCZOS, reducing_gap=2.0)
        painted = in_srgb(plain, image.info.get("icc_profile"))
        upright = painted.transpose(turn) if turn is not None else painted
        canvas = Image.new("RGB", upright.size)
        canvas.paste(upright)
    return canvas


def orientation(image: Image.Image) -> int:
    """As the camera noted it; notes that cannot be read say nothing."""
    try:
        with told_as("broken"):
            return int(image.getexif().get(ORIENTATION, 1))
    except Trouble:
        return 1


def flat(image: Image.Image) -> Image.Image:
    """Without palette or transparency, 8 bits a colour, in a mode that a profile can speak of."""
    if image.mode.startswith("I") or image.mode == "F":  # grey, with 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"RGB", "L", "CMYK"} and "transparency" not in image.info:
        return image
    clear = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(clear, mask=clear)
    return white


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours of the web. A profile that makes no sense is left aside."""
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, *UNREADABLE):
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def sizes(largest: Image.Image) -> Iterator[Image.Image]:
    for width in WIDTHS:
        if width < largest.width:
            height = max(1, round(largest.height * width / largest.width))
            yield largest.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    yield largest


def encode(picture: Image.Image, how: dict[str, object]) -> bytes:
    out = io.BytesIO()
    picture.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def answer(data: bytes, mode: str) -> bytes:
    try:
        largest, pictures = draw(io.BytesIO(data), mode)
    except Trouble as trouble:
        return json.dumps({"trouble": str(trouble)}).encode() + b"\n"
    listed = [(width, name, len(picture)) for width, name, picture in pictures]
    told = {"width": largest.width, "height": largest.height, "pictures": listed}
    return json.dumps(told).encode() + b"\n" + b"".join(picture for _, _, picture in pictures)


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image._initialized = 2  # or Pillow would look for more readers
    pi_heif.options.DECODE_THREADS = 1
    pi_heif.register_heif_opener()
    give_up_powers()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), sys.argv[1]))
    sys.stdout.buffer.flush()
