"""Pictures for the articles: redrawn, shown at once, and kept as long as a page shows them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Role
from tests import make
from tips.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def photo(width: int = 1200, height: int = 800) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#2f6147").save(file, "JPEG", comment=b"Olga's garden")
    return SimpleUploadedFile("garden.jpg", file.getvalue(), "image/jpeg")


def add(client: Client, **said: object) -> str:
    sent = {"photo": photo(), "alt": "A bend over a table", "caption": "Half way", **said}
    answer = client.post("/desk/pictures/", sent, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content
    return answer.json()["line"]


def test_a_picture_is_redrawn_and_its_line_shows_it_in_an_article():
    lena = make.signed_in(make.user("lena@example.org", Role.LEAD))
    line = add(lena)
    found = re.fullmatch(r'!\[A bend over a table\]\((/media/o/[0-9a-f]{32}/(\d+)x(\d+)\.webp) "Half way"\)', line)
    answer = Client().get(found[1])
    data = b"".join(answer)
    assert answer["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(data)).size == (int(found[2]), int(found[3])) == (960, 640)
    assert b"garden" not in data
    page = make.article(source=line)
    text = Client().get(page.get_absolute_url()).content.decode()
    assert f'<img src="{found[1]}" alt="A bend over a table"' in text
    assert "<figcaption>Half way</figcaption>" in text
    assert AuditEvent.objects.last().action == "picture"


def test_a_small_picture_stays_as_it_is():
    assert "/300x200.webp" in add(make.signed_in(make.olga()), photo=photo(300, 200), caption="")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"alt": " "}, "required"),
        ({"photo": SimpleUploadedFile("a.jpg", b"not a picture at all", "image/jpeg")}, "not a photo"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(said, complaint):
    olga = make.signed_in(make.olga())
    sent = {"photo": photo(), "alt": "A bend", **said}
    answer = olga.post("/desk/pictures/", sent, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert complaint in answer.json()["error"]
    assert "There is a problem" in olga.post("/desk/pictures/", {"alt": ""}).content.decode()


def test_marks_in_the_words_do_not_break_the_line():
    line = add(make.signed_in(make.olga()), alt="A [bend] \\", caption='So "low"')
    assert line.startswith("![A (bend) ](")
    assert "So ”low”" in make.article(source=line).html


def test_a_picture_goes_when_no_page_shows_it_any_more():
    olga = make.signed_in(make.olga())
    line = add(olga)
    address = re.search(r"/media/o/\w+/\w+\.webp", line)[0]
    folder = address.split("/")[3]
    page = make.article(source=line)
    assert address in olga.get("/desk/pictures/").content.decode()
    kept = olga.post("/desk/pictures/", {"remove": folder}, follow=True).content.decode()
    assert "still shows this picture" in kept
    assert Client().get(address).status_code == 200
    page.source = "Without it."
    page.save()
    olga.post("/desk/pictures/", {"remove": folder})
    assert Client().get(address).status_code == 404
    assert AuditEvent.objects.last().action == "picture-gone"


def test_nobody_leaves_the_folder_of_pictures():
    olga = make.signed_in(make.olga())
    olga.post("/desk/pictures/", {"remove": "../p"})
    assert Client().get("/media/o/../../keys/x.webp").status_code == 404
