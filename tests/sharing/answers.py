"""Vik's answers beside the story, and how he mends them."""

from typing import Any

from django.test import Client

from tests import make
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.pages.models import Page

FIRST: dict[str, Any] = {
    "areas": ["lower-back", "pelvis-buttock"],
    "side": "left",
    "place": "Wales",
    "tried": ["walking", "rest"],
    "duration": "1-6-weeks",
    "pain_before": "7",
    "pain_after": "0",
    "change": "much-better",
    "activity": "tying my shoes",
}
EMERGENCY = "Since then I am numb between my legs and I can not pee."


def mended(*, public: bool = True, **over: Any) -> tuple[Page, str]:
    """A page whose answers were given before anybody read it."""
    page, code = page_and_code(public=False, **over)
    answer(code, **FIRST)
    if public:
        make.decide(make.case_of(page))
    page.refresh_from_db()
    return page, code


def answer(code: str, **said: Any) -> Any:
    return press(opened(code), "answer", **said)


def public_text(page: Page) -> str:
    return text_of(Client().get(page.get_absolute_url()))


def the_form(code: str) -> str:
    return text_of(press(opened(code), "answers"))
