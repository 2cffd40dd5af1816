"""T42: after any sequence of changes, what a stranger reads from memory equals a fresh rendering."""

import random
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from backsite.pagecache import PageCache
from tests import make
from tips.cases.models import Case, Decision, State
from tips.comments.models import Comment
from tips.desk.flows import save_practice
from tips.moderation import flows as moderation
from tips.pages.flows import edit_page
from tips.pages.models import Page
from tips.pages.revising import remove_name
from tips.practice.models import Practice

pytestmark = pytest.mark.django_db
STEPS = 25


@pytest.fixture(autouse=True)
def one_connection():
    """The test's transaction lives in it; a request must not close it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def read(application, path: str, **headers: str) -> bytes:
    environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": "", "REQUEST_METHOD": "GET", **headers}
    environ["HTTP_HOST"] = "127.0.0.1:8000"
    setup_testing_defaults(environ)
    return b"".join(application(environ, lambda *_: lambda _: None))


class World:
    """Everything that may happen to what strangers read; each step picks one of the things that are there."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.articles = [make.article(), make.exercise()]
        self.pages = [make.page(f"Page {number}", about=self.articles[:1]) for number in range(3)]
        self.steps = (self.publish, self.reply, self.hide, self.undo, self.edit, self.unname, self.rename)

    def addresses(self) -> list[str]:
        named = [page.get_absolute_url() for page in Page.objects.exclude(published_on=None)]
        return ["/", "/articles/", "/exercises/", "/pages/", "/glossary/", "/warning-signs/", *named]

    def publish(self) -> None:
        self.pages.append(make.page(f"Another page {len(self.pages)}", about=self.articles[:1]))

    def reply(self) -> None:
        make.comment(self.chance.choice(self.articles), f"A reply {self.chance.random()}")

    def hide(self) -> None:
        shown = list(Case.objects.filter(state=State.PUBLISHED))
        if not shown:
            return
        case, now = self.chance.choice(shown), timezone.now()
        moderation.hide(case=case, reason="off-topic", note="", by=make.mina(), version=case.version, now=now)

    def undo(self) -> None:
        newest = self.chance.choice(list(Decision.objects.all()))
        case = newest.case
        if newest.can_be_undone(timezone.now()) and case.state == newest.state_after:
            moderation.undo(decision=newest, by=make.mina(), now=timezone.now())

    def edit(self) -> None:
        page = self.chance.choice(self.articles)
        page.refresh_from_db()
        page.title, page.source = f"Title {self.chance.random()}", f"## Why\n\nBecause of {self.chance.random()}."
        edit_page(page=page, by=make.olga(), today=timezone.localdate())

    def unname(self) -> None:
        page = self.chance.choice(list(Page.objects.published().by_visitors()) or [None])
        if page:
            remove_name(page=page)

    def rename(self) -> None:
        row = Practice.current()
        row.name = f"Olga {self.chance.random()}"
        save_practice(practice=row, photo=None, remove_photo=False, by=None, now=timezone.now())


@pytest.mark.parametrize("seed", [1, 2])
def test_memory_and_a_fresh_rendering_never_differ_t42(seed, settings, django_capture_on_commit_callbacks):
    settings.SITE_URL = "http://127.0.0.1:8000"
    fresh = WSGIHandler()
    cache = PageCache(fresh, clock=lambda: 0.0)  # time stands still: only bumps make anything stale
    with django_capture_on_commit_callbacks(execute=True):
        world = World(random.Random(seed))
    for _ in range(STEPS):
        for address in world.chance.sample(world.addresses(), 4):
            read(cache, address)
        step = world.chance.choice(world.steps)
        with django_capture_on_commit_callbacks(execute=True):
            step()
        for address in world.addresses():
            assert read(cache, address) == read(fresh, address), (step.__name__, address)
    assert cache.kept
    assert Comment.objects.exists()
