"""The browser journeys: a real Chromium against the site as its owner runs it (tests/browser/running.py), on SQLite.

One site and one browser for the whole run; what they find there is told in tests/browser/stories.py, and a test that
writes something uses a title of its own. `phone` and `desktop` are pages; `without_javascript` is a phone that runs no
script; `minas` and `olgas` are signed in. Whatever a test does, the console must stay silent and nobody else be asked.
`look(page)` asserts what must hold for every page that anybody sees.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import arguments, chromium
from tests.browser.running import Site, running
from tests.browser.seeing import Watch, complaints
from tests.browser.stories import MINA, OLGA, PASSWORD
from tests.browser.trouble import Trouble, rendered

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
TELL = "from tests.browser.stories import tell; tell(); print(settings.SHARED_MEMORY_DIR)"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {"headless": True, **browser_type_launch_args, "executable_path": chromium(), "args": arguments()}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site: `url`, `letter(to, subject)`, `manage(command)`."""
    with running(tmp_path_factory.mktemp("site")) as site:
        memory = site.manage("shell", "--verbosity", "0", "-c", f"from django.conf import settings; {TELL}").strip()
        yield site
    shutil.rmtree(memory)


@pytest.fixture(scope="session")
def trouble(site: Site) -> Trouble:
    """Shows a page that only trouble brings up: `trouble.show(page, "503")`."""
    return rendered(site)


@pytest.fixture
def context_of(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Opens contexts (browsers with cookies of their own) on the site; after the test, none may have complained."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": site.url, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(15_000)
        opened.append((context, Watch(context, site.url)))
        return context

    yield open_context
    for context, _ in opened:
        context.close()
    assert [line for _, watch in opened for line in watch.noticed] == []


@pytest.fixture
def phone(context_of: Callable[..., BrowserContext]) -> Page:
    return context_of(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def desktop(context_of: Callable[..., BrowserContext]) -> Page:
    return context_of(viewport=DESKTOP).new_page()


@pytest.fixture
def without_javascript(context_of: Callable[..., BrowserContext]) -> Page:
    return context_of(viewport=PHONE, java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def sessions(browser: Browser, site: Site) -> Callable[[str], Any]:
    """The cookies of somebody signed in; each signs in once."""
    known: dict[str, Any] = {}

    def session(email: str) -> Any:
        if email not in known:
            page = browser.new_page(base_url=site.url)
            page.goto("/accounts/login/")
            page.locator("[name=login]").fill(email)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url("**/moderation/")
            known[email] = page.context.storage_state()
            page.context.close()
        return known[email]

    return session


@pytest.fixture
def minas(context_of: Callable[..., BrowserContext], sessions: Callable[[str], Any]) -> Page:
    """The moderator's desktop."""
    return context_of(viewport=DESKTOP, storage_state=sessions(MINA)).new_page()


@pytest.fixture
def olgas(context_of: Callable[..., BrowserContext], sessions: Callable[[str], Any]) -> Page:
    """The owner's desktop."""
    return context_of(viewport=DESKTOP, storage_state=sessions(OLGA)).new_page()


@pytest.fixture(scope="session")
def look() -> Callable[[Page], None]:
    """Look at a page that a visitor meets: nothing for axe to say in light or dark, nothing that sticks out."""

    def see(page: Page) -> None:
        assert complaints(page) == ""

    return see


@pytest.fixture
def pictures() -> Path:
    """Where pictures of pages are kept for people to look at."""
    folder = ROOT / "test-results" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
