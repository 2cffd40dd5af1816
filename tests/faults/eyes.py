"""Chromium as a judge: whatever hostile words did to a document, it shows here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import BrowserContext, Page

from tests.browser.seeing import Watch, sideways
from tips.text.clean import many_lines

STRANGE_IN = r"""(document, mail) => [...document.querySelectorAll("*")].flatMap((e) => [
    ...[...e.attributes].filter((a) => /^on/i.test(a.name)
        || (/^\s*(java|vb)script:|^\s*data:(?!image\/(webp|jpeg);base64,)/i.test(a.value)
        && /^(href|src|action|formaction|xlink:href|srcset|data)$/i.test(a.name))).map((a) => `${e.tagName} ${a.name}`),
    ...(/^(iframe|frame|frameset|object|embed|base|applet|marquee|math|audio|video|foreignobject|animate|set)$/i
        .test(e.tagName) ? [e.tagName] : []),
    ...(!mail && e.tagName === "STYLE" ? ["STYLE"] : []),
    ...(e.tagName === "SCRIPT" && (mail || !new URL(e.src || "x:").pathname.startsWith("/static/")) ? ["SCRIPT"] : []),
    ...(e.tagName === "META" && /refresh/i.test(e.httpEquiv) ? ["META refresh"] : []),
])"""
STRANGE = f"(mail) => ({STRANGE_IN})(document, mail)"
WHOLE_IN = "(document) => document.querySelectorAll('main').length === 1 && !!document.querySelector('footer')"
WHOLE = f"() => ({WHOLE_IN})(document)"
# Read by the browser as it reads a page, without going there.
READ = f"""(pages) => pages.map((html) => new DOMParser().parseFromString(html, "text/html")).map((read) => [
    ({STRANGE_IN})(read, false), ({WHOLE_IN})(read), read.documentElement.textContent,
    read.querySelector("main")?.innerHTML ?? ""])"""
TOGETHER = 25
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_SHOWN_OTHERWISE = re.compile(r"[\s*]")


@dataclass
class Eyes:
    context: BrowserContext
    url: str
    faults: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.watch = Watch(self.context, self.url)
        self._letters = count(1)
        self.context.on("dialog", self._dialog)
        self.context.on("page", lambda page: self.faults.append(f"a window opened: {page.url}"))

    def _dialog(self, dialog) -> None:
        self.faults.append(f"a dialog: {dialog.message} at {self.page.url}")
        dialog.dismiss()

    def see(self, path: str, *words: str, what: str) -> Page:
        """Go there, and judge. `words` must be read there as they were typed."""
        answer = self.page.goto(f"{self.url}{path}")
        if answer and answer.status >= 500:
            self.faults.append(f"{answer.status} at {path}")
        self.judge(path, *words, what=what)
        return self.page

    def see_many(self, told: Mapping[str, Iterable[str]], *, what: str) -> None:
        """As `see`, for addresses and their words, without the journey: each is read by the browser for its parts, its
        frame and its words, and what stands in its `main` is then shown with others where nothing is forbidden."""
        addresses = list(told)
        self.letter("", what="nothing")  # on a page of the site its policy of trusted types would refuse to read
        for first in range(0, len(addresses), TOGETHER):
            some = addresses[first : first + TOGETHER]
            answers = [self.context.request.get(f"{self.url}{address}") for address in some]
            self.faults += [f"{each.status} at {each.url}" for each in answers if each.status != 200]
            read = self.page.evaluate(READ, [each.text() for each in answers])
            for address, (strange, whole, text, _) in zip(some, read, strict=True):
                self.seen[what] += 1
                if strange or not whole:
                    self.faults.append(f"{address} ({what}) holds {sorted(set(strange))}, or its frame is broken")
                self._missing(address, told[address], text, what)
            self.letter("<hr>".join(main for *_, main in read), what=f"{what}, together")

    def judge(self, where: str, *words: str, what: str, mail: bool = False) -> None:
        """The document that is shown now."""
        self.seen[what] += 1
        if not self.page.url.startswith(self.url):
            self.faults.append(f"{where} led to {self.page.url}")
        strange = self.page.evaluate(STRANGE, mail)
        if strange:
            self.faults.append(f"{where} ({what}) holds {sorted(set(strange))}")
        if not mail:
            self._whole(where, what)
        self._verbatim(where, words, what)

    def _whole(self, where: str, what: str) -> None:
        size = self.page.viewport_size
        if size and "/admin/" not in where:
            wide = sideways(self.page, size["width"])
            if wide or not self.page.evaluate(WHOLE):
                self.faults.append(f"{where} ({what}): {wide or 'its frame is broken'}")

    def _verbatim(self, where: str, words: Iterable[str], what: str) -> None:
        self._missing(where, words, self.page.evaluate("document.documentElement.textContent"), what)

    def _missing(self, where: str, words: Iterable[str], text: str, what: str) -> None:
        shown = as_compared(text)
        for each in words:
            if as_compared(each) not in shown:
                self.faults.append(f"{where} ({what}) does not show {each[:200]!r}")

    def letter(self, html: str, *words: str, what: str) -> None:
        """HTML as a mail program or a feed reader would show it that forbids nothing at all."""
        address = f"{self.url}/a-letter/{next(self._letters)}"
        self.page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self.page.goto(address)
        self.judge(what, *words, what=what, mail=True)
        self.page.unroute(address)

    @property
    def everything(self) -> list[str]:
        return [*self.faults, *self.watch.noticed]


def as_compared(text: str) -> str:
    """Without spaces, stars and the mark of a list, which a reader sees as paragraphs, stress and bullets."""
    lines = (_LIST_MARK.sub("", line) for line in many_lines(text).split("\n"))
    return unicodedata.normalize("NFC", _SHOWN_OTHERWISE.sub("", "".join(lines)))
