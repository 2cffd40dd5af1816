"""Upright, in the colours of the web, never larger than it came: what people see of what they sent."""

import io

import pytest
from PIL import Image

from tests.photos import pictures
from tips.photos import drawing

# EXIF 2.3, tag 274: where the first row and the first column of the stored picture are when it is seen upright.
SEEN_AT = {
    1: lambda c, r, w, h: (c, r),
    2: lambda c, r, w, h: (w - 1 - c, r),
    3: lambda c, r, w, h: (w - 1 - c, h - 1 - r),
    4: lambda c, r, w, h: (c, h - 1 - r),
    5: lambda c, r, w, h: (r, c),
    6: lambda c, r, w, h: (h - 1 - r, c),
    7: lambda c, r, w, h: (h - 1 - r, w - 1 - c),
    8: lambda c, r, w, h: (r, w - 1 - c),
}


def drawn(data: bytes, name: str = "jpg") -> bytes:
    """The largest; drawn here, without a child."""
    _, made = drawing.draw(io.BytesIO(data), "photo")
    return next(picture for _width, form, picture in reversed(made) if form == name)


def stored(orientation: int) -> Image.Image:
    """The grid as a camera held like this stores it."""
    width, height = (3, 2) if orientation < 5 else (2, 3)
    cells = []
    for row in range(height):
        places = [SEEN_AT[orientation](column, row, width, height) for column in range(width)]
        cells.append(tuple(pictures.GRID[y][x] for x, y in places))
    return pictures.grid(tuple(cells))


def looks_right(data: bytes) -> bool:
    found = pictures.colours_of(data)
    return all(
        pictures.near(seen, wanted)
        for row, wanted_row in zip(found, pictures.GRID, strict=True)
        for seen, wanted in zip(row, wanted_row, strict=True)
    )


@pytest.mark.parametrize("orientation", SEEN_AT)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_way_of_holding_the_camera_is_seen_upright_t36(form, orientation):
    data = pictures.encoded(stored(orientation), form, exif=pictures.exif(orientation), quality=95)

    assert looks_right(drawn(data, "jpg"))
    assert looks_right(drawn(data, "webp"))


def test_a_phones_heic_is_seen_upright_t36():
    assert looks_right(pictures.drawn_from(pictures.HEIC).pictures[-1].data)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000)])
def test_a_large_photo_comes_in_three_widths_in_its_own_shape(size):
    made = pictures.drawn_from(pictures.jpeg(size))

    assert max(made.width, made.height) == 1600
    assert [picture.name for picture in made.pictures][:4] == ["480.webp", "480.jpg", "960.webp", "960.jpg"]
    for picture in made.pictures:
        image = Image.open(io.BytesIO(picture.data))
        assert image.width == picture.width
        assert abs(image.width / image.height - size[0] / size[1]) < 0.01


@pytest.mark.parametrize(("size", "widths"), [((300, 200), [300]), ((500, 20), [480, 500]), ((1, 1), [1])])
def test_a_small_one_is_never_made_larger(size, widths):
    made = pictures.drawn_from(pictures.jpeg(size))

    assert sorted({picture.width for picture in made.pictures}) == widths
    assert (made.width, made.height) == size


def test_what_was_transparent_is_white():
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    palette = Image.new("P", (64, 64), 0)
    palette.putpalette([9, 9, 9, 200, 0, 0])

    for data in (
        pictures.encoded(clear, "PNG"),
        pictures.encoded(clear, "WEBP", lossless=True, exact=True),
        pictures.encoded(palette, "PNG", transparency=0),
    ):
        assert pictures.near(pictures.colours_of(drawn(data), 1, 1)[0][0], "#ffffff", by=3)


def swapped_profile() -> bytes:
    """sRGB with red and green exchanged: who ignores it sees the wrong colour."""
    data = bytearray(pictures.profile())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_colours_are_those_that_the_files_profile_means_t36(form):
    red = Image.new("RGB", (64, 64), "#d01010")
    data = pictures.encoded(red, form, quality=95, icc_profile=swapped_profile())

    assert pictures.near(pictures.colours_of(drawn(data), 1, 1)[0][0], "#10d010", by=10)


def test_a_profile_that_makes_no_sense_is_left_aside():
    data = pictures.jpeg(icc_profile=b"not a profile at all" * 20)

    assert looks_right(drawn(data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_understood(mode):
    grey = Image.linear_gradient("L")
    image = grey.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    data = pictures.encoded(image, "JPEG" if mode == "CMYK" else "PNG")
    seen = pictures.colours_of(drawn(data), 1, 8)

    assert seen[0][0][0] < 40
    assert seen[-1][0][0] > 215


def test_a_jpeg_is_decoded_no_larger_than_needed(monkeypatch):
    monkeypatch.setattr(drawing, "LONGEST_SIDE", 160)

    assert drawing.read(io.BytesIO(pictures.jpeg((1600, 1200)))).size == (200, 150)


def test_avif_is_drawn_from_what_was_drawn_before():
    made = pictures.drawn_from(pictures.jpeg((600, 400)), "avif")

    assert [picture.name for picture in made.pictures] == ["480.avif", "600.avif"]
    assert looks_right(made.pictures[-1].data)
