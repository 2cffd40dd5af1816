"""Vik tells his story, Mina reads it, a stranger finds it, Ana answers: with any screen, without a script, by keys."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

WORDS = "After pushing a wheelbarrow my lower back seized. On the kitchen table, in small steps, it let go."


def write(page: Page, title: str) -> None:
    page.get_by_label("Tell what happened to me").check()
    page.get_by_label("A title").fill(title)
    page.get_by_role("textbox", name="Your words").fill(WORDS)
    page.get_by_role("checkbox", name="I am 16 or older").check()


def publish(minas: Page, title: str) -> None:
    minas.goto("/moderation/")
    minas.get_by_role("link", name=title).first.click()
    minas.get_by_role("button", name="Publish", exact=True).click()
    expect(minas.get_by_role("status")).to_contain_text("It can be undone")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_writing_to_the_first_reply(size, request, minas, look, without_javascript):
    vik: Page = request.getfixturevalue(size)
    title = f"Wheelbarrow morning, on a {size}"
    vik.goto("/")
    vik.get_by_role("link", name="Write your own page").last.click()
    look(vik)
    write(vik, title)
    vik.get_by_text("How it went: before and after").click()
    vik.get_by_text("Tick what you tried").click()
    vik.get_by_label("Supported standing forward bend").last.check()
    vik.get_by_label("Pain before").select_option("7")
    vik.get_by_label("Pain after").select_option("3")
    look(vik)
    vik.get_by_role("button", name="See it as others will").click()
    expect(vik.get_by_role("heading", level=1)).to_have_text("Is this right?")
    expect(vik.get_by_label("Your page")).to_contain_text("Pain out of ten: 7 before, 3 after.")
    look(vik)
    vik.get_by_role("button", name="Send it to be read").click()
    expect(vik.get_by_role("heading", level=1)).to_have_text("It has arrived")
    look(vik)

    stranger = without_javascript
    stranger.goto(f"/search/?q={title}")
    expect(stranger.get_by_role("link", name=title, exact=True)).to_have_count(0)
    publish(minas, title)
    stranger.reload()
    stranger.get_by_role("link", name=title, exact=True).first.click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(title)
    expect(stranger.get_by_text("A visitor’s experience")).to_be_visible()

    ana: Page = vik
    ana.goto(stranger.url)
    look(ana)
    ana.get_by_role("link", name="Write a reply").click()
    ana.get_by_role("textbox", name="Your reply").fill(f"Thank you, this helped me on my {size}.")
    ana.get_by_role("checkbox", name="I am 16 or older").check()
    ana.get_by_role("button", name="See it as others will").click()
    expect(ana.get_by_text("Nothing has been sent yet")).to_be_visible()
    look(ana)
    ana.get_by_role("button", name="Send it to be read").first.click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("It has arrived")
    publish(minas, f"Thank you, this helped me on my {size}")
    stranger.reload()
    expect(stranger.get_by_text(f"Thank you, this helped me on my {size}")).to_be_visible()


def test_without_any_script(without_javascript):
    vik = without_javascript
    vik.goto("/share/?kind=tip")
    expect(vik.get_by_label("Share a tip")).to_be_checked()
    write(vik, "Wheelbarrow morning, without a script")
    vik.get_by_text("Add where it hurts").click()
    vik.get_by_label("Lower back").check()
    vik.get_by_role("button", name="See it as others will").click()
    vik.get_by_role("button", name="Change something").click()
    expect(vik.get_by_label("A title")).to_have_value("Wheelbarrow morning, without a script")
    expect(vik.get_by_label("Lower back")).to_be_checked()
    vik.get_by_role("button", name="See it as others will").click()
    vik.get_by_role("button", name="Send it to be read").click()
    code = vik.locator(".code").inner_text()

    vik.goto("/mine/")
    vik.get_by_label("Your private code").fill(code)
    vik.get_by_role("button", name="Open my page").click()
    expect(vik.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    vik.get_by_role("button", name="Erase it for good…").click()
    vik.get_by_role("button", name="Erase it for good").click()
    expect(vik.get_by_role("heading", name="Taken down")).to_be_visible()


def test_with_the_keyboard_alone(desktop):
    vik = Keys(desktop)
    desktop.goto("/")
    vik.press_until("Skip to the text", "Tab").press("Enter")
    vik.press_until("Write your own page", "Tab").press("Enter")
    desktop.wait_for_url("**/share/")
    vik.press_until("Tell what happened to me", "Tab").press("Space")
    vik.press_until("A title", "Tab").type("Wheelbarrow morning, by keys alone")
    vik.press_until("Your words", "Tab").type(WORDS)
    vik.press_until("Add where it hurts", "Tab").press("Enter")
    vik.press_until("Lower back", "Tab").press("Space")
    vik.press_until("I am 16 or older", "Tab").press("Space")
    vik.press_until("See it as others will", "Tab").press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Is this right?")
    vik.press_until("Send it to be read", "Tab").press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("It has arrived")
    expect(desktop.get_by_text("Wheelbarrow morning, by keys alone")).to_be_visible()


class Keys:
    """Somebody without a mouse; must at every step see where the focus is."""

    FOCUSED: Any = """() => {
        const e = document.activeElement;
        const drawn = getComputedStyle(e).outlineStyle !== "none" && e.getBoundingClientRect().width > 0;
        const seen = e.matches("body") || drawn;
        const words = [e.getAttribute("aria-label"), e.labels?.[0]?.textContent, e.textContent].join(" ");
        return [words.replace(/\\s+/g, " ").trim(), seen, e.closest(".trap") !== null];
    }"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press_until(self, words: str, key: str) -> "Keys":
        passed: list[str] = []
        while len(passed) < 60:
            self.press(key)
            focused, seen, trapped = self.page.evaluate(self.FOCUSED)
            assert seen, f"nobody sees that the focus is on {focused}"
            assert not trapped, "the field that only programs fill in takes the focus"
            if focused.startswith(words):
                return self
            passed.append(focused)
        raise AssertionError(f"{words} is not reached by {key}: {passed}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
