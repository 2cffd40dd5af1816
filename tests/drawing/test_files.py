"""Every drawing that is shown is whole: in its frame, light, described, and of an exercise that we have."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.drawing.files import FOLDER, SLUGS, data
from tips.drawing import body
from tips.drawing.figure import LIMBS, SIDES, SPINE, skeleton
from tips.drawing.files import drawing, drawn, picture
from tips.drawing.muscles import ROWS
from tips.drawing.picture import WIDTH
from tips.drawing.svg import Disc

SHOWN = [slug for slug in SLUGS if data(slug)["ship"]]
HEAVIEST = 2500  # bytes, gzip
TOP = set(
    "ship alt caption height scale turn tilt at end_at helper_at floors level arrow props muscles sore start_sore over"
    " stick ghost alone cut start end helper".split()
)
POSED = {"body", "fixed", "at", *SPINE, *LIMBS, *(f"{joint}_{side}" for joint in LIMBS for side in SIDES)}


def markup(slug: str) -> str:
    return render_to_string("ui/_drawing.html", {"drawing": drawn(slug, data(slug))})


def test_there_are_drawings() -> None:
    assert len(SHOWN) >= 12


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_of_an_exercise_that_we_have(slug: str) -> None:
    assert (Path(settings.CONTENT_DIR) / "exercises" / f"{slug}.md").is_file()


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_in_its_file_is_misspelt_and_so_passed_over(slug: str) -> None:
    kept = data(slug)
    assert set(kept) - TOP == set()
    for name in ("start", "end", "helper"):
        assert set(kept.get(name, {})) - POSED == set()
    assert {name.partition("_")[0] for name in (*kept.get("muscles", ()), *kept.get("sore", ()))} - set(ROWS) == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_in_words_what_it_shows(slug: str) -> None:
    found = drawn(slug, data(slug))
    assert 60 < len(found.alt) < 300
    assert found.alt != found.caption
    assert found.alt.endswith(".")
    assert found.caption.endswith((".", "?"))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_words_name_what_is_painted(slug: str) -> None:
    found = data(slug)
    painted = bool(found.get("muscles")) or bool(found.get("sore"))
    assert ("haded" in found["caption"]) == painted


@pytest.mark.parametrize("slug", SLUGS)
def test_the_whole_figure_is_in_the_frame_or_at_least_its_head(slug: str) -> None:
    found = picture(data(slug))
    for figure in found.figures:
        parts = body.parts(skeleton(figure.pose))
        wanted = [part for part in parts if part.name == "head" or not data(slug).get("cut")]
        outside = [
            part.name
            for part in wanted
            for pair in part.skin
            for ball in pair
            if not inside(figure.camera.see(ball), found.height)
        ]
        assert outside == []


def inside(disc: Disc, height: int) -> bool:
    reach = disc.radius + 2  # and the line round it
    return reach <= disc.x <= WIDTH - reach and reach <= disc.y <= height - reach + 4


@pytest.mark.parametrize("slug", SLUGS)
def test_its_arrow_and_floor_are_in_the_frame_too(slug: str) -> None:
    found = picture(data(slug))
    ends = [(x, y) for start, end, y in (*found.floors, *([found.level] if found.level else [])) for x in (start, end)]
    for x, y in (*found.arrow, *ends):
        assert 0 < x < WIDTH
        assert 0 < y < found.height


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_light(slug: str) -> None:
    assert len(gzip.compress(markup(slug).encode(), mtime=0)) <= HEAVIEST


@pytest.mark.parametrize("slug", SLUGS)
def test_its_colours_come_from_classes_that_the_style_sheet_knows(slug: str) -> None:
    text = markup(slug)
    assert not re.search(
        r"\s(style|fill|stroke|stroke-width|color|opacity)=|#[0-9a-f]{3}|<(style|script|use|image)", text
    )
    known = set(re.findall(r"\.([a-z-]+)", " ".join(re.findall(r"\.drawing[^{]+(?={)", sheet()))))
    assert set(re.findall(r'<path class="([^"]*)"', text)) - known == set()


def sheet() -> str:
    return (settings.BASE_DIR / "backsite" / "static" / "css" / "site.css").read_text("utf-8")


def test_both_themes_forced_colours_and_print_give_the_tokens_values() -> None:
    tokens = set(re.findall(r"var\((--[a-z]+)\)", " ".join(re.findall(r"\.drawing[^}]+}", sheet()))))
    assert tokens >= {"--ink", "--paper", "--sheet", "--moss", "--clay", "--edge"}
    forced = re.search(r"forced-colors: active\).*?\.drawing \{([^}]*)\}", sheet(), re.DOTALL)
    assert forced
    assert set(re.findall(r"(--[a-z]+):", forced[1])) >= tokens


def test_one_that_is_not_ready_is_not_shown(tmp_path: Path) -> None:
    text = (FOLDER / f"{SHOWN[0]}.toml").read_text("utf-8")
    (tmp_path / "ready.toml").write_text(text)
    (tmp_path / "waits.toml").write_text(text.replace("ship = true", "ship = false"))
    assert drawing(tmp_path, "ready")
    assert drawing(tmp_path, "waits") is None
    assert drawing(tmp_path, "nowhere") is None
