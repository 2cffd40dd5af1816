"""Pictures of the pages for people to look at: `make screenshots` puts them into test-results/screenshots/.

A name says what and how: share-errors-360-dark.png; "large" has text of twice the size, "forced" the
system's own few colours, "print" is paper. The four of the README (docs/screenshots/) are made anew, too.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.browser.places import ADDRESSES, DESK
from tests.browser.stories import MINA, NUMB, OLGA, SIGNS, VOICES, WAITING
from tests.browser.test_course import link_in
from tests.browser.trouble import NAMES

pytestmark = pytest.mark.screenshots

README = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
BY_THE_WORKTOP = "I bent forward over the kitchen worktop.\n\nIt **pulled**, and after ten minutes it let go."
MOST_BYTES = 120_000  # of a picture that everybody who clones the project fetches

WIDTHS = (360, 768, 1280)
PAPER = 658  # pixels: A4 without its margins


def take(page: Page, name: str, pictures: Path) -> None:
    """In light and dark; on a phone also in forced colours, with text of twice the size, and on paper."""
    assert page.viewport_size
    own = page.viewport_size
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=pictures / f"{name}-{own['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    if own["width"] == WIDTHS[0]:
        page.emulate_media(forced_colors="active")
        page.screenshot(path=pictures / f"{name}-{own['width']}-forced.png", full_page=True)
        page.emulate_media(forced_colors="none")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.screenshot(path=pictures / f"{name}-{own['width']}-large.png", full_page=True)
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({**own, "width": PAPER})
        page.emulate_media(media="print")
        page.screenshot(path=pictures / f"{name}-print.png", full_page=True)
        page.emulate_media(media="screen")
        page.set_viewport_size(own)


@pytest.fixture(params=WIDTHS)
def page_of(request: pytest.FixtureRequest, context_of: Callable[..., BrowserContext], sessions: Any) -> Any:
    def open_page(email: str = "") -> Page:
        size = {"width": request.param, "height": 800}
        return context_of(viewport=size, storage_state=sessions(email) if email else None).new_page()

    return open_page


def visitors_page(page: Page, title: str) -> None:
    page.goto("/pages/")
    page.get_by_role("link", name=title).click()


def write(page: Page, title: str = "It went quiet by the worktop", words: str = BY_THE_WORKTOP) -> None:
    page.goto("/share/")
    page.get_by_label("Tell what happened to me").check()
    page.get_by_label("A title").fill(title)
    page.get_by_role("textbox", name="Your words").fill(words)
    page.get_by_label("I am 16 or older").check()


def open_mine(page: Page, code: str) -> None:
    page.goto("/mine/")
    page.get_by_label("Your private code").fill(code)
    page.get_by_role("button", name="Open my page").click()


@pytest.mark.parametrize("name", ADDRESSES)
def test_pages_that_are_only_read(name, page_of, pictures):
    page = page_of()
    page.goto(ADDRESSES[name])
    take(page, name, pictures)


@pytest.mark.parametrize("name", NAMES)
def test_trouble(name, page_of, pictures, trouble):
    page = page_of()
    trouble.show(page, name)
    take(page, f"trouble-{name}", pictures)


def test_visitors_pages(page_of, pictures):
    page = page_of()
    for name, title in (("visitors-page", VOICES), ("visitors-page-signs", SIGNS)):
        visitors_page(page, title)
        take(page, name, pictures)


def test_notes_on_words_and_suggestions(page_of, pictures):
    page = page_of()
    page.goto("/articles/psoas/")
    page.locator("a.term").first.focus()
    page.screenshot(path=pictures / f"term-open-{page.viewport_size['width']}-light.png")
    page.goto("/search/")
    page.get_by_role("combobox").first.press_sequentially("pso")
    page.get_by_role("option").first.wait_for()
    page.screenshot(path=pictures / f"suggestions-{page.viewport_size['width']}-light.png")


def test_writing_a_page(page_of, pictures):
    page = page_of()
    page.goto("/share/")
    for summary in page.locator("details.more summary").all():
        summary.click()
    take(page, "share-all-open", pictures)
    page.goto("/share/")
    page.get_by_role("button", name="See it as others will").click()
    take(page, "share-errors", pictures)
    write(page, "Numb since my back went", NUMB)
    page.get_by_role("button", name="See it as others will").click()
    take(page, "share-check-signs", pictures)
    write(page)
    page.get_by_role("button", name="See it as others will").click()
    take(page, "share-check", pictures)
    page.get_by_role("button", name="Send it to be read").click()
    take(page, "share-received", pictures)
    code = page.locator(".code").inner_text()
    open_mine(page, code)
    take(page, "mine-open", pictures)
    page.get_by_role("button", name="Erase it for good…").click()
    take(page, "mine-erase", pictures)


def test_forms_that_were_not_accepted(page_of, pictures):
    page = page_of()
    for name, address, button in (
        ("contact-errors", "/contact/", "Send the message"),
        ("course-errors", "/course/", "Ask for the course"),
        ("mine-errors", "/mine/", "Open my page"),
        ("sign-in-errors", "/accounts/login/", "Sign in"),
    ):
        page.goto(address)
        page.locator("main form").first.evaluate("form => { form.noValidate = true; }")
        page.get_by_role("button", name=button, exact=True).first.click()
        take(page, name, pictures)


def test_confirming_the_course(page_of, pictures, site):
    page = page_of()
    address = f"pictures{page.viewport_size['width']}@example.org"
    page.goto("/course/")
    page.get_by_label("e-mail address").fill(address)
    page.get_by_role("checkbox", name="I would like").check()
    page.get_by_role("button", name="Ask for the course").click()
    link = link_in(site.letter(address, ""), "/course/confirm/")
    page.goto(link)
    take(page, "confirmed", pictures)
    page.goto(link_in(site.letter(address, "Lesson 1 of"), "/course/me/"))
    page.get_by_role("button", name="Open my course").click()
    take(page, "course-me-open", pictures)
    page.locator(".lessons a").first.click()
    take(page, "course-lesson", pictures)


def test_staff(page_of, pictures):
    page = page_of(MINA)
    page.goto("/moderation/")
    take(page, "queue", pictures)
    page.get_by_role("link", name=WAITING).click()
    take(page, "case", pictures)
    page = page_of(OLGA)
    for name, address in DESK.items():
        page.goto(address)
        take(page, name, pictures)


def for_the_readme(page: Page, name: str) -> None:
    """What stands on the screen, in few colours: small enough to be kept with the code."""
    README.mkdir(exist_ok=True)
    Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
        README / f"{name}.png", optimize=True
    )
    assert (README / f"{name}.png").stat().st_size <= MOST_BYTES


def test_the_four_of_the_readme(context_of, sessions):
    desk = context_of(viewport={"width": 1200, "height": 780}).new_page()
    desk.goto("/")
    for_the_readme(desk, "home")
    desk.goto("/articles/back-exercises/")
    for_the_readme(desk, "article")
    phone = context_of(viewport={"width": 390, "height": 780}).new_page()
    write(phone)
    phone.get_by_role("button", name="See it as others will").click()
    for_the_readme(phone, "check")
    phone = context_of(viewport={"width": 390, "height": 780}, color_scheme="dark").new_page()
    visitors_page(phone, VOICES)
    for_the_readme(phone, "visitors-page")
