"""The spine beside an article, notes on words, the print of a page."""

from playwright.sync_api import expect


def test_the_spine_opens_on_a_phone_and_leads_to_the_section(phone, look):
    phone.goto("/articles/back-exercises/")
    spine = phone.get_by_role("navigation", name="On this page")
    expect(spine.get_by_role("link", name="Psoas")).to_be_hidden()
    spine.get_by_text("On this page").click()
    look(phone)
    spine.get_by_role("link", name="Psoas").click()
    expect(phone.get_by_role("heading", name="Psoas", exact=True)).to_be_in_viewport()
    expect(spine.get_by_role("link", name="Psoas")).to_be_hidden()


def test_the_spine_stands_beside_the_text_and_follows_it(desktop):
    desktop.goto("/articles/back-exercises/")
    spine = desktop.get_by_role("navigation", name="On this page")
    expect(spine.get_by_role("link", name="Prevention")).to_be_visible()
    desktop.get_by_role("heading", name="Prevention").scroll_into_view_if_needed()
    desktop.mouse.wheel(0, 500)
    expect(spine.locator("[aria-current]")).to_have_count(1)
    expect(spine.get_by_role("link", name="Why start")).not_to_have_attribute("aria-current", "true")


def test_a_word_of_the_glossary_shows_its_note_and_puts_it_away(desktop, look):
    desktop.goto("/articles/back-exercises/")
    word = desktop.locator("a.term").first
    note = desktop.locator(f"#{word.get_attribute('aria-describedby')}")
    expect(note).not_to_be_visible()
    word.focus()
    expect(note).to_be_visible()
    look(desktop)
    desktop.keyboard.press("Escape")
    expect(note).not_to_be_visible()


def test_on_paper_there_is_the_text_and_no_way_to_press_anything(desktop):
    desktop.goto("/articles/back-exercises/")
    desktop.emulate_media(media="print")
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()
    for gone in ("header nav", "footer.site", "nav.spine", ".button"):
        expect(desktop.locator(gone).first).to_be_hidden()
    foot = desktop.locator(".paper")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text("/articles/back-exercises/")
