"""What can be wrong with a page that a browser shows, whatever the page."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Every rule that axe-core runs unasked: WCAG 2.2 A and AA, and good practice. What passes need not be told.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
NARROWEST = 320  # WCAG 1.4.10: 1280 pixels at 400 %
STICKS_OUT = """(width) => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== "absolute")
    .map((e) => `${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5).join(", ")"""


@dataclass
class Watch:
    """Listens to a browser: errors in its console, refusals of the content security policy, requests to others."""

    context: BrowserContext
    url: str
    noticed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.noticed.append(f"script: {error.error}"))
        self.context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or self._is_the_page_itself(message):
            return
        self.noticed.append(f"console, at {message.location.get('url')}: {message.text}")

    def _is_the_page_itself(self, message: ConsoleMessage) -> bool:
        """Chromium reports a page with an error's status as if something on it were missing. So is a refused photo."""
        page, address = message.page, message.location.get("url", "")
        refused = address.endswith("/share/photo/") and "422" in message.text
        return bool(page and message.text.startswith("Failed to load resource") and (address == page.url or refused))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.noticed.append(f"asked another host: {request.url}")


def complaints(page: Page) -> str:
    """A line for everything wrong with the page: axe in light, colours in dark, what does not fit its width."""
    found = axe(page, EVERYTHING)
    page.emulate_media(color_scheme="dark")
    found += [f"{line} (dark)" for line in axe(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return "\n".join([*found, *too_wide(page)])


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    """A rule and its elements each line."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [
        f"{page.url}: {rule['id']} ({rule['impact']}): {rule['help']}: "
        + ", ".join(str(node["target"]) for node in rule["nodes"])
        for rule in violations
    ]


def too_wide(page: Page) -> list[str]:
    """Whether the page scrolls sideways: at its own width, there with text of twice the size, and at the narrowest."""
    own = page.viewport_size
    assert own
    found = [sideways(page, own["width"])]
    if own["width"] < 600:
        page.set_viewport_size({**own, "width": NARROWEST})
        found.append(sideways(page, NARROWEST))
        page.set_viewport_size(own)
        found.append(with_large_text(page, own["width"]))
    return [line for line in found if line]


def with_large_text(page: Page, width: int) -> str:
    """As a browser does where its owner reads text of twice the size (WCAG 1.4.4)."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = sideways(page, width)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found and f"{found} (text of twice the size)"


def sideways(page: Page, width: int) -> str:
    """A phone's own innerWidth would not tell: it grows with what sticks out."""
    whole = page.evaluate("document.documentElement.scrollWidth")
    return "" if whole <= width else f"{page.url}: {whole} wide on {width}: {page.evaluate(STICKS_OUT, width)}"
