"""Pictures of the pages for people to look at: `make screenshots` puts them into test-results/screenshots/.

A name says what and how: share-errors-360-dark.png; "large" has text of twice the size, "print" is paper. The four of
the README (docs/screenshots/) are made anew, too.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.browser.stories import MINA, OLGA, SIGNS, VOICES, WAITING

pytestmark = pytest.mark.screenshots

README = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
MOST_BYTES = 120_000  # of a picture that everybody who clones the project fetches

WIDTHS = (360, 768, 1280)
ADDRESSES = {
    "home": "/",
    "articles": "/articles/",
    "article": "/articles/back-exercises/",
    "exercises": "/exercises/",
    "exercises-neck": "/exercises/?area=neck",
    "print-sheet": "/exercises/print/?of=psoas-table-hang&of=chin-tuck",
    "print-choose": "/exercises/print/",
    "exercise": "/exercises/supported-standing-forward-bend/",
    "check": "/exercises/thomas-check/",
    "glossary": "/glossary/",
    "warning-signs": "/warning-signs/",
    "about": "/about/",
    "privacy": "/privacy/",
    "pages": "/pages/",
    "pages-none": "/pages/?kind=tip&area=head-jaw",
    "share": "/share/",
    "received-elsewhere": "/share/received/",
    "reply": "/articles/psoas/comment/",
    "mine": "/mine/",
    "search": "/search/",
    "search-psoas": "/search/?q=psoas",
    "search-mistyped": "/search/?q=siatica",
    "search-signs": "/search/?q=numb+between+my+legs",
    "search-nothing": "/search/?q=quibblefish",
    "contact": "/contact/",
    "course": "/course/",
    "check-your-mail": "/course/check-your-mail/",
    "course-me": "/course/me/",
    "confirm-spent": "/course/confirm/used-before/",
    "sign-in": "/accounts/login/",
    "no-page": "/no-such-page/",
}


def take(page: Page, name: str, pictures: Path) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=pictures / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    if width == WIDTHS[0]:
        page.emulate_media(media="print")
        page.screenshot(path=pictures / f"{name}-print.png", full_page=True)
        page.emulate_media(media="screen")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.screenshot(path=pictures / f"{name}-{width}-large.png", full_page=True)
        page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.fixture(params=WIDTHS)
def page_of(request: pytest.FixtureRequest, context_of: Callable[..., BrowserContext], sessions: Any) -> Any:
    def open_page(email: str = "") -> Page:
        size = {"width": request.param, "height": 800}
        return context_of(viewport=size, storage_state=sessions(email) if email else None).new_page()

    return open_page


def visitors_page(page: Page, title: str) -> None:
    page.goto("/pages/")
    page.get_by_role("link", name=title).click()


def write(page: Page, title: str = "It went quiet by the worktop") -> None:
    page.goto("/share/")
    page.get_by_label("Tell what happened to me").check()
    page.get_by_label("A title").fill(title)
    page.get_by_role("textbox", name="Your words").fill(
        "I bent forward over the kitchen worktop.\n\nIt **pulled**, and after ten minutes it let go."
    )
    page.get_by_label("I am 16 or older").check()


@pytest.mark.parametrize("name", ADDRESSES)
def test_pages_that_are_only_read(name, page_of, pictures):
    page = page_of()
    page.goto(ADDRESSES[name])
    take(page, name, pictures)


def test_visitors_pages(page_of, pictures):
    page = page_of()
    for name, title in (("visitors-page", VOICES), ("visitors-page-signs", SIGNS)):
        visitors_page(page, title)
        take(page, name, pictures)


def test_writing_a_page(page_of, pictures):
    page = page_of()
    page.goto("/share/")
    for summary in page.locator("details.more summary").all():
        summary.click()
    take(page, "share-all-open", pictures)
    page.goto("/share/")
    page.get_by_role("button", name="See it as others will").click()
    take(page, "share-errors", pictures)
    write(page)
    page.get_by_role("button", name="See it as others will").click()
    take(page, "share-check", pictures)
    page.get_by_role("button", name="Send it to be read").click()
    take(page, "share-received", pictures)
    code = page.locator(".code").inner_text()
    page.goto("/mine/")
    page.get_by_label("Your private code").fill(code)
    page.get_by_role("button", name="Open my page").click()
    take(page, "mine-open", pictures)


def test_confirming_the_course(page_of, pictures, site):
    page = page_of()
    address = f"pictures{page.viewport_size['width']}@example.org"
    page.goto("/course/")
    page.get_by_label("e-mail address").fill(address)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Ask for the course").click()
    letter = site.letter(address, "")
    body = letter.get_body(("plain",))
    link = next(word for word in body.get_content().split() if "/course/confirm/" in word)
    page.goto(link)
    take(page, "confirm", pictures)
    page.get_by_role("button").first.click()
    take(page, "confirmed", pictures)


def test_staff(page_of, pictures):
    page = page_of(MINA)
    page.goto("/moderation/")
    take(page, "queue", pictures)
    page.get_by_role("link", name=WAITING).click()
    take(page, "case", pictures)
    page = page_of(OLGA)
    for name, address in (("desk", "/desk/"), ("set-up", "/desk/setup/"), ("second-step", "/accounts/2fa/")):
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
