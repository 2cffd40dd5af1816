"""What a picture file is made of, read without the library that wrote it: its parts, and nothing between or behind."""

import struct
from collections.abc import Iterator

JPEG_NEEDS = {0xC0, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA}  # frame, tables, restart interval, scan
JFIF = b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"  # version 1.1, no density, no thumbnail
AVIF_NEEDS = set("ftyp meta mdat hdlr pitm iloc iinf infe iprp ipco ipma ispe pixi av1C colr".split())


def strange_parts(name: str, data: bytes) -> list[str]:
    """Whatever in the file is not needed to show its pixels."""
    return list({"jpg": _jpeg, "webp": _webp, "avif": _avif}[name.rpartition(".")[2]](data))


def _jpeg(data: bytes) -> Iterator[str]:
    if data[:2] != b"\xff\xd8":
        yield "no start"
    place = 2
    while data[place : place + 2] != b"\xff\xd9":
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        payload = data[place + 4 : place + 2 + size]
        if data[place] != 0xFF or (marker not in JPEG_NEEDS and (marker, payload) != (0xE0, JFIF)):
            yield f"marker {marker:02x}: {payload[:20]!r}"
        place += 2 + size
        if marker == 0xDA:
            place = _end_of_scan(data, place)
    if place + 2 != len(data):
        yield f"{len(data) - place - 2} bytes behind the end"


def _end_of_scan(data: bytes, place: int) -> int:
    while data[place] != 0xFF or data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7:
        place += 1
    return place


def _webp(data: bytes) -> Iterator[str]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or struct.unpack("<I", data[4:8])[0] + 8 != len(data):
        yield "no frame of the right length"
    place = 12
    while place < len(data):
        name, size = data[place : place + 4], struct.unpack("<I", data[place + 4 : place + 8])[0]
        if name != b"VP8 ":
            yield f"chunk {name!r}"
        place += 8 + size + size % 2


def _avif(data: bytes) -> Iterator[str]:
    for path, body in _boxes(data):
        name = path[-4:]
        if name not in AVIF_NEEDS:
            yield f"box {path}"
        if name == "colr" and body[:4] != b"nclx":
            yield "a colour profile"
        if name == "infe" and body[8:12] != b"av01":
            yield f"an item of type {body[8:12]!r}"


def _boxes(data: bytes, above: str = "") -> Iterator[tuple[str, bytes]]:
    skipped = {"meta": 4, "iinf": 6, "iprp": 0, "ipco": 0}
    place = 0
    while place < len(data):
        size, name = struct.unpack(">I", data[place : place + 4])[0], data[place + 4 : place + 8].decode("latin-1")
        body = data[place + 8 : place + size]
        yield f"{above}/{name}", body
        if name in skipped:
            yield from _boxes(body[skipped[name] :], f"{above}/{name}")
        place += size or len(data)
