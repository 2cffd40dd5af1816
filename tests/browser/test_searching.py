"""Words typed into the box lead to the paragraph where they stand, with suggestions and without."""

from playwright.sync_api import expect


def test_from_the_box_at_the_foot_of_a_page_to_the_paragraph(phone, look):
    phone.goto("/warning-signs/")
    box = phone.get_by_role("combobox", name="The search button brings up")
    box.fill("handbasin")
    phone.get_by_role("button", name="Search").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Search")
    look(phone)
    phone.locator(".hit a", has_text="handbasin").first.click()
    target = phone.locator(f"[id='{phone.url.partition('#')[2]}']")
    expect(target).to_be_in_viewport()


def test_suggestions_are_chosen_by_keys(desktop, look):
    desktop.goto("/search/")
    box = desktop.get_by_role("combobox").first
    box.press_sequentially("pso")
    expect(desktop.get_by_role("option").first).to_be_visible()
    look(desktop)
    box.press("ArrowDown")
    first = desktop.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(first).to_be_hidden()
    expect(box).to_be_focused()
    box.press_sequentially("as")
    expect(first).to_be_visible()
    box.press("ArrowDown")
    box.press("End")
    last = desktop.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == last.get_attribute("id")
    box.press("Home")
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    desktop.wait_for_url(lambda url: not url.endswith("/search/"))


def test_suggestions_are_told_to_those_who_hear_the_page(desktop):
    desktop.goto("/search/")
    box = desktop.get_by_role("combobox").first
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("slipped d")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(desktop.locator("form[role=search] [aria-live]").first).to_contain_text("Use the arrow keys")
    assert box.get_attribute("aria-controls") == desktop.get_by_role("listbox").get_attribute("id")
    desktop.get_by_role("option", name="slipped disc").click()
    desktop.wait_for_url("**/search/?q=slipped+disc")
    expect(desktop.locator(".found")).to_contain_text("disc herniation")


def test_all_places_on_a_page_and_back(phone, look):
    phone.goto("/search/?q=psoas")
    phone.get_by_role("link", name="on this page").first.click()
    expect(phone.get_by_role("status").first).to_contain_text("places on this page")
    look(phone)
    phone.get_by_role("link", name="Back to all the pages").click()
    expect(phone.locator(".found")).to_be_visible()


def test_a_word_that_stands_nowhere_gets_ways_on(phone, look):
    phone.goto("/search/?q=quibblefish-nowhere")
    expect(phone.get_by_role("status")).to_contain_text("mentioned nowhere")
    look(phone)
    phone.get_by_role("link", name="Ask the other visitors").click()
    expect(phone.get_by_label("Ask for help or opinions")).to_be_checked()
    expect(phone.locator("input[name=title]")).to_have_value("quibblefish-nowhere")


def test_without_any_script(without_javascript):
    page = without_javascript
    page.goto("/")
    page.get_by_role("searchbox").fill("siatica")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("Shown for sciatica")
    page.locator(".found a").first.click()
    expect(page.locator("mark, h1").first).to_be_visible()
