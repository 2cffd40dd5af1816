"""A small site's content in a folder of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from pytest_django import Settings

from backsite.pagecache import PageCache
from tests.operations.cached import Clock, Reader, Site

WHOLE = Path(__file__).resolve().parents[2] / "tips" / "content"
PAGES = ("articles/psoas.md", "exercises/bird-dog.md", "exercises/thomas-check.md", "info/about.md")
LESSONS = ("lessons/1-story-and-safety-first.md",)


@pytest.fixture
def content(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "content"
    for name in (*PAGES, *LESSONS, *(path.name for path in WHOLE.glob("*.toml"))):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(WHOLE / name, folder / name)
    settings.CONTENT_DIR = folder
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(site, clock) -> Reader:
    return Reader(PageCache(site, clock))


@pytest.fixture
def one_connection(settings: Settings) -> Iterator[None]:
    """The test's transaction lives in it; a request must not close it."""
    settings.SITE_URL = "http://127.0.0.1:8000"
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
