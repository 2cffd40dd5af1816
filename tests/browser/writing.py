"""A visitor who writes a page in a browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

WORDS = "I had been digging over the vegetable bed all Saturday, and on Sunday I could not get up."
PHOTO = Path(__file__).parents[2] / "backsite" / "static" / "img" / "card.png"


def begin(page: Page, title: str) -> None:
    page.goto("/share/")
    page.get_by_label("Share a tip that helps").check()
    page.get_by_label("A title").fill(title)
    page.get_by_role("textbox", name="Your words").fill(WORDS)


def finish(page: Page) -> None:
    page.get_by_label("I am 16 or older").check()
    page.locator(".buttons").get_by_role("button", name="See it as others will").click()
    page.locator(".buttons").get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
