"""The round through everything that people and programs read, each with the eyes of the one who reads it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import quote
from xml.etree import ElementTree  # the feeds of this very site

from playwright.sync_api import FilePayload, Page

from tests.browser.running import Site
from tests.faults import hostile
from tests.faults.eyes import Eyes
from tests.photos.pictures import jpeg
from tips.text.clean import one_line

ATOM = "{http://www.w3.org/2005/Atom}"
HEADERS = re.compile(
    r"From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding|Auto-Submitted|Precedence"
    r"|Reply-To|List-[\w-]+|X-Auto-Response-Suppress|Feedback-ID|References|In-Reply-To|X-[\w-]+",
    re.IGNORECASE,
)
SLIPPED_IN = re.compile(r"^(bcc|cc|sender|content-disposition)$", re.IGNORECASE)
SHOWN_AT_MOST = 20  # one list, and one queue, of the site


@dataclass
class Round:
    site: Site
    eyes: dict[str, Eyes]
    payloads: list[str]

    def long_text(self, lines: list[str], number: int) -> None:
        """One text of many lines on all its ways: draft, form, check, receipt, Mina's eyes, reader, author, reply."""
        title = f"Many lines, number {number}"
        self.eyes["vik"].context.clear_cookies()  # somebody else each time
        self.write("/share/", lines, number, title=title)
        code = self.eyes["vik"].page.locator(".code").first.inner_text()
        self.read_first(title, lines)
        address = self.find(title)
        self.eyes["stranger"].see(address, *lines, what="visitor's page")
        self.write(f"{address}comment/", lines, number)
        self.read_first(one_line(lines[0])[:20], lines, comment=True)
        self.eyes["stranger"].see(address, what="page with replies")
        self.by_code(code, lines)

    def write(self, path: str, lines: list[str], number: int, title: str = "") -> None:
        """A draft that comes back in the form, the check page, the receipt."""
        vik, words = self.eyes["vik"], "\n\n".join(lines)
        form = vik.see(path, what="empty form")
        kind = ("question", "tip", "experience")[number % 3]
        said: dict[str, str | float | bool] = {
            "kind": kind,
            "title": title,
            "story": words,
            "text": words,
            "steps": hostile.steps(lines),
        }
        said |= {"name": lines[0][:60], "place": lines[-1][:60], "consent": "on"}
        said |= {"form_token": form.locator("[name=form_token]").first.input_value()}
        said |= {"email": "vik@example.org"} if number % 4 == 0 else {}
        if title and number % 8 == 0:
            said |= self.photo(lines)
        draft = "/share/draft/" if title else f"/share/draft/?of={path.split('/')[2]}"
        kept = vik.context.request.post(f"{vik.url}{draft}", form=said)
        vik.seen[f"draft {kept.status}"] += 1
        form = vik.see(path, what="form with a draft")
        self.press(vik, form, "check", "check page", *(lines if title else ()))
        self.press(vik, form, "send", "receipt")

    def photo(self, lines: list[str]) -> dict[str, str | float | bool]:
        vik = self.eyes["vik"]
        picture: FilePayload = {
            "name": '"><img src=x onerror=alert(1)>.jpg',
            "mimeType": "image/jpeg",
            "buffer": jpeg(),
        }
        taken = vik.context.request.post(f"{vik.url}/share/photo/", multipart={"photo": picture}, timeout=120_000)
        return {"photo": taken.json()["id"], "photo_alt": lines[1][:200], "photo_caption": lines[2][:200]}

    def press(self, eyes: Eyes, page: Page, action: str, what: str, *words: str) -> None:
        button = page.locator(f"main button[name=action][value={action}]").last
        assert button.count(), f"no button for the {what}: {page.locator('main').inner_text()[:600]}"
        with page.expect_navigation():
            button.click()
        eyes.judge(page.url, *words, what=what)

    def read_first(self, start: str, lines: list[str], *, comment: bool = False) -> None:
        """Mina meets it in the queue, opens it and publishes it."""
        mina = self.eyes["mina"]
        case = hostile.newest_case(self.site)
        mina.see("/moderation/", what="queue")
        page = mina.see(f"/moderation/{case}/", *([] if comment else lines), what="case page")
        self.press(mina, page, "publish", "queue after a decision")

    def find(self, title: str) -> str:
        page = self.eyes["stranger"].see("/pages/", title, what="list")
        return str(page.get_by_role("link", name=title, exact=True).first.get_attribute("href"))

    def by_code(self, code: str, lines: list[str]) -> None:
        """The author's own page, the copy of everything, an update that waits."""
        vik, words = self.eyes["vik"], "\n\n".join(lines)
        page = vik.see("/mine/", what="private code")
        page.locator("[name=code]").first.fill(code)
        with page.expect_navigation():
            page.locator("main form button").first.click()
        vik.judge(page.url, *lines, what="author's page")
        self.press(vik, page, "edit", "form to edit", *lines)
        self.press(vik, vik.see("/mine/", what="author's page again"), "update", "form to update")
        page.locator("[name=update]").fill(words)
        self.press(vik, page, "add", "author's page with an update")
        json.loads(self.copy("json"))
        vik.letter(self.copy("html"), *lines, what="copy of everything")

    def copy(self, kind: str) -> str:
        page = self.eyes["vik"].see("/mine/", what="author's page again")
        with page.expect_download() as download:
            page.locator(f"main button[value={kind}]").first.click()
        return download.value.path().read_text(encoding="utf-8")

    def staff(self, cases: list[int]) -> None:
        """What waits, before anybody has read it."""
        mina, olga = self.eyes["mina"], self.eyes["olga"]
        mina.see("/moderation/", what="queue")
        for case in cases[::25]:
            mina.see(f"/moderation/{case}/", what="case page")
        for model in ("pages/page", "contact/message"):
            olga.see(f"/admin/{model}/", what="list in the admin")
        olga.see("/admin/pages/page/?q=script", what="list in the admin")

    def readers(self, addresses: list[str], first: int) -> None:
        """Each page, every list, the feeds, the map, the search."""
        stranger, told = self.eyes["stranger"], {}
        for number, address in enumerate(addresses, first):
            payload = self.payloads[number]
            told[address] = (hostile.story(payload, number)["title"], payload)
            if number % 20 == 0:
                stranger.see(address, *told[address], what="visitor's page")
                self.searched(payload)
        stranger.see_many(told, what="visitor's page among others")
        path = "/pages/"
        for _ in range(len(addresses) // SHOWN_AT_MOST):
            older = stranger.see(path, what="list").locator("main a[rel=next], main a[href*='before=']")
            further = older.last.get_attribute("href") if older.count() else None
            if not further:
                break
            path = further if further.startswith("/") else f"/pages/{further}"
        self.machines()

    def searched(self, payload: str) -> None:
        stranger, words = self.eyes["stranger"], quote(one_line(payload)[:150], safe="")
        stranger.see(f"/search/?q={words}", what="search")
        for path in (f"/search.json?q={words}", f"/search/suggest/?q={words}"):
            answer = stranger.context.request.get(f"{stranger.url}{path}")
            text = answer.json() if answer.status == 200 else {}
            stranger.seen[f"{path.partition('?')[0]} {answer.status}"] += 1
            passages = [each["html"] for hit in text.get("hits", []) for each in hit["passages"]]
            if passages and path.startswith("/search.json"):
                stranger.letter("<p>".join(passages), what="passages of search.json")

    def machines(self) -> None:
        stranger = self.eyes["stranger"]
        for path in ("/feeds/pages.atom", "/feeds/articles.atom", "/sitemap.xml"):
            answer = stranger.context.request.get(f"{stranger.url}{path}")
            tree = ElementTree.fromstring(answer.body())  # noqa: S314 - what this very site wrote
            stranger.seen[path] += 1
            entries = list(tree.iter(f"{ATOM}entry"))
            assert all(entry.findtext(f"{ATOM}title") for entry in entries)
            stranger.letter("<p>".join(entry.findtext(f"{ATOM}summary") or "" for entry in entries), what="feed")

    def owner(self) -> None:
        """Her desk, the box of messages, each message of the first lists."""
        olga = self.eyes["olga"]
        for path in ("/desk/", "/desk/letters/", "/desk/searches/", "/desk/messages/?box=spam"):
            olga.see(path, what="desk")
        page = olga.see("/desk/messages/", what="box of messages")
        links = page.locator("main a[href^='/desk/messages/']:not([href*='?'])")
        for message in [each.get_attribute("href") for each in links.all()]:
            olga.see(str(message), what="message")

    def letters(self) -> None:
        """Every letter that went out: its headers, and its HTML where nothing is forbidden."""
        stranger = self.eyes["stranger"]
        for letter in self.site.letters():
            stranger.seen["letters"] += 1
            stranger.faults += [f"{letter['Subject']}: header {name}" for name in odd_headers(letter)]
            for part in letter.walk():
                if part.get_content_type() == "text/html":
                    stranger.letter(part.get_content(), what="letter")


def odd_headers(letter: EmailMessage) -> Iterator[str]:
    for name, value in letter.items():
        if SLIPPED_IN.match(name) or not HEADERS.fullmatch(name) or "\n" in str(value):
            yield name
    for name in ("To", "Subject", "From"):
        if len(letter.get_all(name, [])) != 1:
            yield f"{name}, {len(letter.get_all(name, []))} times"
