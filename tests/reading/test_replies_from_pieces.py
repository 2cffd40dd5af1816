"""What is read under a page is the same whether its replies were rendered before or just now; and nothing that went is
kept after the next reading."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.comments.flows import remove_name, rewrite_comment, take_down_comment
from tips.comments.models import Comment
from tips.freshness import pieces
from tips.moderation import flows as moderation
from tips.pages.flows import take_down_page
from tips.pages.models import Page
from tips.receipts import store
from tips.sharing import mine_edits, mine_flows

pytestmark = pytest.mark.django_db
WORDS = "The wheelbarrow did it"


class Thread:
    """An article's replies: one with a reply to it, which has one of its own, and one more."""

    def __init__(self) -> None:
        self.page = make.article()
        self.first = make.comment(self.page, f"{WORDS}, says Bea.", byline="Bea")
        self.second = make.comment(self.page, "So it was with me.", parent=self.first, byline="Cleo")
        self.third = make.comment(self.page, "And with me.", parent=self.second)
        self.last = make.comment(self.page, "It was the car.")
        self.receipt = store.issue(comment=self.first, email="", today=make.TODAY)[0]

    def hide(self) -> None:
        case = self.first.case
        case.refresh_from_db()
        said: dict[str, Any] = {"reason": "off-topic", "note": "", "by": make.mina(), "version": case.version}
        moderation.hide(case=case, now=timezone.now(), **said)

    def close(self) -> None:
        Page.objects.filter(pk=self.page.pk).update(comments_open=False, closed_because="moderator")

    def correct(self) -> None:
        mine_edits.edit_reply(receipt=self.receipt, text="The barrow did it, says Bea.", now=timezone.now())


CHANGES: dict[str, Callable[[Thread], object]] = {
    "a reply below": lambda on: make.comment(on.page, "With me, too.", parent=on.second),
    "a reply at the end": lambda on: make.comment(on.page, "Thank you."),
    "other words": lambda on: rewrite_comment(comment=on.first, text="It did it & I know.", flags=()),
    "corrected by its author": Thread.correct,
    "its name taken off": lambda on: remove_name(comment=on.first),
    "withdrawn": lambda on: mine_flows.withdraw(receipt=on.receipt, today=make.TODAY),
    "erased": lambda on: mine_flows.erase(receipt=on.receipt),
    "hidden": Thread.hide,
    "the one in the middle gone": lambda on: take_down_comment(comment=on.second),
    "closed to replies": Thread.close,
}
GOES = set(CHANGES) - {"a reply below", "a reply at the end", "the one in the middle gone", "closed to replies"}


@pytest.fixture(autouse=True)
def none_from_before(monkeypatch) -> None:
    monkeypatch.setattr(pieces, "pieces", pieces.Pieces())


def read(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_reads_finds_what_a_fresh_rendering_says(change, monkeypatch):
    monkeypatch.setattr(pieces.Pieces, "forget_what_went", lambda _: None)  # the pieces from before are all at hand
    on, readers = Thread(), [Client(), make.signed_in(make.ana()), make.signed_in(make.mina())]
    addresses = [on.page.get_absolute_url(), f"{on.page.get_absolute_url()}?from=1.2"]
    before = [read(each) for each in addresses]
    CHANGES[change](on)
    kept = [[read(each, who) for each in addresses] for who in readers]
    monkeypatch.setattr(pieces, "pieces", pieces.Pieces())
    assert kept == [[read(each) for each in addresses]] * len(readers)
    assert before[0] != kept[0][0]


@pytest.mark.parametrize("change", sorted(GOES))
def test_what_went_is_in_memory_no_more_when_anything_is_read(change, django_capture_on_commit_callbacks):
    on = Thread()
    read(on.page.get_absolute_url())
    assert any("Bea" in text for text in pieces.pieces.kept.values())
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change](on)
    read("/glossary/")
    assert not any("Bea" in text for text in pieces.pieces.kept.values())


def test_with_its_page_all_replies_go(django_capture_on_commit_callbacks):
    page = make.page()
    make.comment(page, WORDS)
    read(page.get_absolute_url())
    with django_capture_on_commit_callbacks(execute=True):
        take_down_page(page=page)
    read("/glossary/")
    assert not any(WORDS in text for text in pieces.pieces.kept.values())


def test_one_more_reply_costs_one_more_rendering_however_many_there_are(django_capture_on_commit_callbacks):
    page = make.article()
    for number in range(12):
        make.comment(page, f"{WORDS}, {number} times.")
    read(page.get_absolute_url())
    renderings = pieces.pieces.rendered
    with django_capture_on_commit_callbacks(execute=True):
        make.comment(page, "And once more.")
    assert read(page.get_absolute_url()).count('<li id="reply-') == 13
    assert pieces.pieces.rendered == renderings + 1


def test_a_reply_that_answers_one_renders_that_one_again_and_no_other(django_capture_on_commit_callbacks):
    on = Thread()
    read(on.page.get_absolute_url())
    renderings = pieces.pieces.rendered
    with django_capture_on_commit_callbacks(execute=True):
        make.comment(on.page, "In answer.", parent=on.last)
    read(on.page.get_absolute_url())
    assert pieces.pieces.rendered == renderings + 2
    assert Comment.objects.count() == 5
