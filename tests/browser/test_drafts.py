"""Nothing is lost: what somebody began to write is there again after a closed tab or a killed browser."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, FilePayload, Page, expect

from tests.browser.chromium import arguments, chromium

WORDS = "I had been digging over the vegetable bed all Saturday, and on Sunday I could not get up."
KEPT = "We kept what you wrote"
NO_PHOTO: FilePayload = {"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"These are words."}
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


def test_a_closed_tab_costs_nothing_and_a_receipt_ends_the_draft_t08(phone, look):
    begin(phone, "After a closed tab")
    expect(phone.locator("[data-draft-note]")).to_contain_text("Draft kept")
    context = phone.context
    phone.close()
    page = context.new_page()
    page.goto("/share/")
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_label("A title")).to_have_value("After a closed tab")
    look(page)
    finish(page)
    page.goto("/share/")
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_a_killed_browser_finds_the_words_again_t08(site, browser_type: BrowserType, tmp_path):
    options = {"executable_path": chromium(), "args": arguments(), "headless": True, "base_url": site.url}
    context = browser_type.launch_persistent_context(str(tmp_path), **options)
    page = context.new_page()
    begin(page, "After a killed browser")
    expect(page.locator("[data-draft-note]")).to_contain_text("Draft kept")
    page.wait_for_timeout(31_000)  # Chromium writes its cookies to the disk every half minute
    for process in processes_of(tmp_path):
        os.kill(process, signal.SIGKILL)
    context = browser_type.launch_persistent_context(str(tmp_path), **options)
    page = context.new_page()
    page.goto("/share/")
    expect(page.get_by_label("A title")).to_have_value("After a killed browser")
    context.close()


def processes_of(profile: Path) -> list[int]:
    """Those that were started with this profile, and no other's."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in command:
            found.append(int(folder.name))
    return found


def test_without_script_the_check_keeps_it_t08(without_javascript):
    page = without_javascript
    begin(page, "Without any script")
    page.locator("[name=photos]").set_input_files(PHOTO)
    page.get_by_label("I am 16 or older").check()
    page.locator(".buttons").get_by_role("button", name="See it as others will").click()
    expect(page.locator("figure.photo img")).to_have_count(1)
    page.goto("/share/")
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.locator(".photo-row img")).to_have_count(1)
    page.get_by_role("button", name="Forget this draft").click()
    expect(page.get_by_label("A title")).to_have_value("")
    page.go_back()
    expect(page.get_by_text("Without any script")).to_have_count(0)


def test_on_a_shared_computer_nothing_is_kept(desktop):
    begin(desktop, "In the library")
    desktop.get_by_label("Others use this phone or computer").check()
    expect(desktop.locator("[data-draft-note]")).to_have_text("No draft is kept on this computer.")
    assert [each for each in desktop.context.cookies() if "draft" in each["name"]] == []
    desktop.goto("/share/")
    expect(desktop.get_by_label("A title")).to_have_value("")


def test_a_photo_arrives_by_itself_and_can_be_taken_out(phone, look):
    begin(phone, "With a photo")
    phone.locator("[name=photos]").set_input_files(PHOTO)
    expect(phone.locator("[data-photo-note]")).to_contain_text("has arrived", timeout=30_000)
    expect(phone.locator(".photo-row img")).to_have_js_property("complete", value=True)
    phone.get_by_label("What can be seen on it?").fill("Three bones, the middle one eased out")
    look(phone)
    phone.get_by_role("button", name="Take this photo out").click()
    expect(phone.locator(".photo-row")).to_have_count(0)
    expect(phone.get_by_label("A title")).to_have_value("With a photo")


def test_a_short_tip_takes_few_taps_on_a_phone(phone):
    """Twelve at most beside typing, from opening the form to the receipt."""
    phone.goto("/share/")
    taps = [
        phone.get_by_label("Share a tip that helps"),
        phone.get_by_label("A title"),
        phone.get_by_role("textbox", name="Your words"),
        phone.get_by_label("I am 16 or older"),
        phone.locator(".buttons").get_by_role("button", name="See it as others will"),
        phone.locator(".buttons").get_by_role("button", name="Send it to be read"),
    ]
    typed = {1: "Lean on the worktop", 2: WORDS}
    for number, place in enumerate(taps):
        place.tap()
        if number in typed:
            phone.keyboard.insert_text(typed[number])
    expect(phone.get_by_role("heading", name="It has arrived")).to_be_visible()
    assert len(taps) <= 12


def test_the_whole_way_by_keyboard(desktop):
    desktop.goto("/share/")
    desktop.get_by_label("Share a tip that helps").focus()
    desktop.keyboard.press("Space")
    for words in ("By keyboard alone", WORDS):
        desktop.keyboard.press("Tab")
        desktop.keyboard.insert_text(words)
    desktop.get_by_label("I am 16 or older").focus()
    desktop.keyboard.press("Space")
    desktop.get_by_label("A title").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="Is this right?")).to_be_visible()
    desktop.locator(".buttons").get_by_role("button", name="Send it to be read").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="It has arrived")).to_be_visible()


def test_the_way_back_from_a_receipt_leads_to_it_again_t03(phone, look):
    """Not to the browser's own page about sending a form twice."""
    begin(phone, "Sent, and then back")
    finish(phone)
    phone.go_back()
    expect(phone.get_by_text("“Sent, and then back” has arrived")).to_be_visible()
    expect(phone.get_by_label("A title")).to_have_value("")
    look(phone)
    phone.get_by_role("link", name="its receipt and private code").click()
    expect(phone.get_by_role("heading", name="It has arrived")).to_be_visible()


def test_loading_the_check_page_again_brings_the_words_back(phone):
    begin(phone, "Checked, and loaded again")
    phone.get_by_label("I am 16 or older").check()
    phone.locator(".buttons").get_by_role("button", name="See it as others will").click()
    expect(phone.get_by_role("heading", name="Is this right?")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("A title")).to_have_value("Checked, and loaded again")


@pytest.mark.parametrize("who", ["phone", "without_javascript"])
def test_nothing_is_done_twice_by_going_back_or_loading_again_on_ones_own_page(who, request):
    page: Page = request.getfixturevalue(who)
    begin(page, f"Once is enough, {who}")
    finish(page)
    code = page.locator(".code").inner_text()
    page.goto("/mine/")
    page.get_by_label("Your private code").fill(code)
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("button", name="Close it to replies").click()
    expect(page.get_by_text("Your page is closed to new replies.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Your page is closed to new replies.")).to_have_count(0)
    page.get_by_role("button", name="Change my words").click()
    page.get_by_label("A title").fill(f"Twice would be too much, {who}")
    page.get_by_role("button", name="Save my words").click()
    expect(page.get_by_text("Your change is kept")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("A title")).to_have_value(f"Twice would be too much, {who}")
    page.go_back()
    expect(page.get_by_role("heading", name="How it stands")).to_be_visible()


def test_pages_alike_are_offered_while_the_title_is_typed(desktop):
    desktop.goto("/share/")
    desktop.get_by_label("A title").press_sequentially("Stretching the psoas on a table")
    expect(desktop.locator("#similar")).to_contain_text("The psoas")
    assert desktop.locator("#similar").get_attribute("aria-live") == "polite"


def good_and_bad() -> list[FilePayload]:
    good: FilePayload = {"name": "p1.png", "mimeType": "image/png", "buffer": PHOTO.read_bytes()}
    return [NO_PHOTO, good]


@pytest.mark.parametrize("who", ["phone", "without_javascript"])
def test_a_bad_photo_costs_no_good_one_and_is_said_until_it_is_dealt_with(who, request):
    page: Page = request.getfixturevalue(who)
    begin(page, f"One bad photo, {who}")
    page.locator("[name=photos]").set_input_files(good_and_bad())
    if who == "without_javascript":
        page.locator(".buttons").get_by_role("button", name="See it as others will").click()
        expect(page.locator(".error-summary")).to_contain_text("Photos: text.jpg is not a photo that we can read")
    expect(page.locator(".wrong .error", has_text="p1.png has arrived")).to_contain_text(
        "text.jpg is not", timeout=30_000
    )
    page.locator(".buttons").get_by_role("button", name="See it as others will").click()
    expect(page.locator(".error-summary")).to_contain_text("text.jpg is not a photo")
    page.get_by_label("I am 16 or older").check()
    page.locator(".buttons").get_by_role("button", name="See it as others will").click()
    expect(page.get_by_text("1 photo.", exact=True)).to_be_visible()
    expect(page.locator(".notice", has_text="text.jpg is not a photo")).to_be_visible()
    page.get_by_role("button", name="Choose another photo").click()
    page.get_by_role("button", name="Go on without it").click()
    expect(page.locator(".error")).to_have_count(0)
    expect(page.locator(".photo-row")).to_have_count(1)


def test_one_download_after_another(desktop):
    begin(desktop, "Saved three times")
    finish(desktop)
    desktop.get_by_role("link", name="/mine/#").click()
    expect(desktop.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    for name in ("Save it as a page", "Save it as JSON", "Save it as a text file", "Save it as JSON"):
        with desktop.expect_download(timeout=4_000):
            desktop.get_by_role("button", name=name).click()


def test_what_mattered_most_is_one_of_what_was_ticked(desktop):
    desktop.goto("/share/?kind=experience")
    desktop.get_by_text("Tick what you tried").click()
    desktop.get_by_text("How it went: before and after").click()
    main = desktop.locator("select[name=main]")
    expect(main).to_be_hidden()
    for name in ("walking", "rest"):
        desktop.locator(f"[name=tried][value={name}]").check()
    expect(main).to_be_visible()
    assert main.locator("option:not([hidden])").count() == 3
    main.select_option("rest")
    desktop.locator("[name=tried][value=rest]").uncheck()
    expect(main).to_have_value("")
