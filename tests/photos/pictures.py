"""Files as phones, cameras and ill-wishers make them, made here."""

import io
import struct
import zlib
from pathlib import Path
from typing import IO, Any, Literal, cast

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from tests import make
from tips.photos.decoding import Drawn, redraw
from tips.photos.models import Photo
from tips.photos.taking import take_photo
from tips.photos.uploads import unnamed_file

HEIC = (Path(__file__).parent / "phone.heic").read_bytes()  # 96 by 64, lying on its side, with GPS and XMP
# What a photo tells of its author besides what it shows.
CANARIES = (b"Canary", b"GPS", b"2026:11:22", b"<x:xmpmeta", b"Exif", b"Photoshop", b"ICC_PROFILE", b"sRGB")
GRID = (("#d01010", "#10c010", "#1010d0"), ("#e0e010", "#10c0c0", "#c010c0"))  # as it is to be seen
CELL = 32  # pixels


def uploaded(data: bytes, name: str = "holiday.jpg") -> UploadedFile:
    """As it comes out of the upload handler."""
    file = unnamed_file()
    file.write(data)
    return UploadedFile(file=file, name=name, content_type="image/jpeg", size=len(data))


def taken(data: bytes | None = None, **over: Any) -> Photo:
    return take_photo(uploaded=uploaded(jpeg() if data is None else data), now=make.NOW, **over)


def drawn_from(data: bytes, mode: Literal["photo", "avif"] = "photo") -> Drawn:
    return redraw(cast(IO[bytes], uploaded(data).file), mode)


def grid(colours: tuple[tuple[str, ...], ...] = GRID) -> Image.Image:
    image = Image.new("RGB", (CELL * len(colours[0]), CELL * len(colours)))
    for y, row in enumerate(colours):
        for x, colour in enumerate(row):
            image.paste(colour, (x * CELL, y * CELL, (x + 1) * CELL, (y + 1) * CELL))
    return image


def encoded(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (96, 64), **how: Any) -> bytes:
    return encoded(grid().resize(size), "JPEG", **{"quality": 95, "subsampling": "4:4:4", **how})


def exif(orientation: int = 1) -> Image.Exif:
    notes = Image.Exif()
    notes[0x010F], notes[0x0110], notes[0x9003], notes[0x0112] = (
        "Canary Camera",
        "Canary One",
        "2026:11:22 10:11:12",
        orientation,
    )
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return notes


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Canary place</x:xmpmeta>'


def telling_jpeg() -> bytes:
    """With everything a camera, a phone and a program write into a JPEG, a thumbnail and a hidden end included."""
    data = jpeg(exif=exif(), icc_profile=profile(), comment=b"Canary comment", xmp=XMP)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0fCanary headline"
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:] + b"Canary behind the end"


def telling_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "Canary text")
    notes.add_text("Author", "Canary author", zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(grid(), "PNG", pnginfo=notes, exif=exif(), icc_profile=profile(), dpi=(300, 300)) + b"Canary end"


def telling_webp() -> bytes:
    return encoded(grid(), "WEBP", exif=exif(), icc_profile=profile(), xmp=XMP)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *, depth: int = 1, colour: int = 0, body: bytes = b"", more: bytes = b"") -> bytes:
    """A PNG whose header may say whatever it likes."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    end = chunk(b"IDAT", body or zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + end


def moving(form: str) -> bytes:
    return encoded(grid(), form, save_all=True, append_images=[grid().rotate(180), grid()], duration=50)


def many_frames(number: int) -> bytes:
    """A WebP of `number` empty frames, put together by hand."""
    one = encoded(Image.new("RGB", (16, 16)), "WEBP", quality=1)[12:]
    size = (15).to_bytes(3, "little")
    frame = bytes(6) + size + size + (10).to_bytes(3, "little") + b"\0" + one
    frames = riff(b"ANMF", frame) * number
    body = b"WEBP" + riff(b"VP8X", b"\x02\0\0\0" + size + size) + riff(b"ANIM", bytes(6)) + frames
    return riff(b"RIFF", body)


def riff(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def colours_of(data: bytes, columns: int = 3, rows: int = 2) -> list[list[tuple[int, int, int]]]:
    """The colour in the middle of each cell."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = image.width / columns, image.height / rows
    return [
        [image.getpixel((int((x + 0.5) * width), int((y + 0.5) * height))) for x in range(columns)]  # type: ignore[misc]
        for y in range(rows)
    ]


def near(colour: tuple[int, int, int], wanted: str, by: int = 26) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, bytes.fromhex(wanted[1:]), strict=True))
