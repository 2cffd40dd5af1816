"""The drawing on the page of its exercise, on paper, and for whoever changes the looks."""

import re
import shutil
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests import make
from tests.drawing.files import SLUGS, data
from tips.drawing.files import drawing

pytestmark = pytest.mark.django_db

SHOWN = [slug for slug in SLUGS if data(slug)["ship"]][:12]


def page(slug: str) -> str:
    return Client().get(make.exercise(slug, slug.capitalize()).get_absolute_url()).content.decode()


def test_a_drawing_shows_at_once_what_it_is_about_and_the_cautions_come_before_the_first_step():
    text = page(SHOWN[0])
    assert text.index('<svg class="drawing"') < text.index('id="stop-if"') < text.index('id="step-1"')


def test_it_has_a_name_for_whoever_does_not_see_it_and_a_caption_for_all():
    text = page(SHOWN[0])
    svg = re.search(r'<svg class="drawing"[^>]*role="img" aria-labelledby="([^"]+)"><title id="([^"]+)">([^<]+)<', text)
    assert svg
    assert svg[1] == svg[2]
    kept = data(SHOWN[0])
    assert svg[3].replace("&#x27;", "'") == kept["alt"]
    assert f"<figcaption>{kept['caption']}</figcaption>" in text


def test_an_exercise_without_one_stays_text():
    assert '<svg class="drawing"' not in page("breathing-out")


def test_one_that_is_not_ready_stays_text_too(settings, tmp_path):
    settings.CONTENT_DIR = shutil.copytree(settings.CONTENT_DIR, tmp_path / "content")
    kept = settings.CONTENT_DIR / "drawings" / f"{SHOWN[0]}.toml"
    kept.write_text(kept.read_text("utf-8").replace("ship = true", "ship = false"))
    assert '<svg class="drawing"' not in page(SHOWN[0])


def test_many_on_one_page_share_no_id():
    for slug in SHOWN:
        make.exercise(slug, slug.capitalize())
    text = Client().get("/exercises/print/?" + urlencode([("of", slug) for slug in SHOWN])).content.decode()
    assert text.count('<svg class="drawing"') == len(SHOWN)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_slug_from_outside_reads_no_other_file(tmp_path):
    (tmp_path / "secret.toml").write_text("ship = true")
    assert Client().get("/exercises/..%2Fsecret/").status_code == 404
    assert drawing(tmp_path / "drawings", "nowhere") is None


def test_the_style_page_shows_one():
    olga = make.signed_in(make.olga())
    assert '<svg class="drawing" viewBox="0 0 320' in olga.get("/desk/style/").content.decode()
