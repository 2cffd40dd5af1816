"""The form of a page under a thumb, by keyboard, and with photos."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.writing import PHOTO, WORDS, begin

NO_PHOTO: FilePayload = {"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"These are words."}


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


def test_pages_alike_are_offered_while_the_title_is_typed(desktop):
    desktop.goto("/share/")
    desktop.get_by_label("A title").press_sequentially("Stretching the psoas on a table")
    expect(desktop.locator("#similar")).to_contain_text("The psoas")
    assert desktop.locator("#similar").get_attribute("aria-live") == "polite"


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
