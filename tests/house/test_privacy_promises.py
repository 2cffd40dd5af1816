"""The promises on /privacy/ and their tests: every test named exists, every promise names one, the limits are said."""

import re

import pytest

from tests.house.source import ROOT
from tips.pages.models import Page

PAGE, DOCUMENT = ROOT / "tips/content/info/privacy.md", ROOT / "docs/PRIVACY.md"
TEST = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def defined() -> set[str]:
    return {name for path in (ROOT / "tests").rglob("test_*.py") for name in DEFINED.findall(path.read_text())}


@pytest.mark.parametrize("path", [PAGE, DOCUMENT], ids=["the page", "the document"])
def test_every_test_that_is_named_exists(path):
    named = TEST.findall(path.read_text())
    assert len(named) >= 12
    assert sorted(set(named) - defined()) == []


def test_each_of_the_twelve_promises_names_a_test():
    promises = re.findall(r"^\d+\. \*\*P(\d+)\..*", PAGE.read_text(), re.MULTILINE)
    assert promises == [str(number) for number in range(1, 13)]
    lines = [line for line in PAGE.read_text().splitlines() if re.match(r"\d+\. \*\*P", line)]
    assert [line for line in lines if not TEST.search(line)] == []
    rows = [line for line in DOCUMENT.read_text().splitlines() if re.match(r"\| P\d+ ", line)]
    assert len(rows) == 12
    assert [row for row in rows if not TEST.search(row)] == []


def test_what_the_page_names_the_document_names_too():
    assert set(TEST.findall(PAGE.read_text())) <= set(TEST.findall(DOCUMENT.read_text()))


def test_the_page_says_what_cannot_be_hidden(content, client):
    text = client.get("/privacy/").content.decode()
    for limit in ("Your network.", "Our hosting.", "Your style.", "Photos,", "The law.", "Your e-mail provider"):
        assert limit in text
    for adversary in ("A reader", "A moderator", "The owner", "A thief of the database", "The host"):
        assert f"<strong>{adversary}</strong>" in text
    assert Page.objects.filter(slug="privacy").exists()
