"""Vik, who holds a private code and presses buttons with it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from tests import make
from tips.comments.models import Comment
from tips.pages.models import Page
from tips.receipts import store
from tips.receipts.models import Receipt

STORY = (
    "After pushing a wheelbarrow all morning my lower back seized up. I put both hands on the kitchen table and bent "
    "forward in small steps, and after some minutes it let go. Now I do it every morning before breakfast."
)


def page_and_code(*, public: bool = True, email: str = "", **over: Any) -> tuple[Page, str]:
    """A page of Vik's, and the code that opens it."""
    page = make.waiting_page(**{"title": "Wheelbarrow morning", "story": STORY, **over})
    _receipt, code = store.issue(page=page, email=email, today=make.TODAY)
    if public:
        make.decide(make.case_of(page))
        page.refresh_from_db()
    return page, code


def reply_and_code(on: Page, text: str = "This helped me as well.", *, public: bool = True, **over: Any):
    comment = make.waiting_comment(on, text, **over)
    _receipt, code = store.issue(comment=comment, email="", today=make.TODAY)
    if public:
        make.decide(comment.case)
    return Comment.objects.get(pk=comment.pk), code


def press(client: Client, action: str = "", **said: Any) -> Any:
    """One press on the page that a code opened in this browser, or with `code` in a browser that opened none.

    The answer is the page that a browser then shows.
    """
    return client.post("/mine/", make.filled(client, "/mine/", action=action, **said), follow=True)


def receipt_of(code: str) -> Receipt:
    found = store.find(code)
    assert found
    return found


def opened(code: str) -> Client:
    """A browser in which the page is open."""
    client = Client()
    assert press(client, code=code).status_code == 200
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def settle() -> None:
    """Time goes by: what was decided has been so for eleven minutes."""
    make.settle(timezone.now())
