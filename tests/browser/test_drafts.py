"""Nothing is lost: what somebody began to write is there again after a closed tab or a killed browser."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.chromium import arguments, chromium
from tests.browser.writing import PHOTO, begin, finish

KEPT = "We kept what you wrote"


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


def test_one_download_after_another(desktop):
    begin(desktop, "Saved three times")
    finish(desktop)
    desktop.get_by_role("link", name="/mine/#").click()
    expect(desktop.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    for name in ("Save it as a page", "Save it as JSON", "Save it as a text file", "Save it as JSON"):
        with desktop.expect_download(timeout=4_000):
            desktop.get_by_role("button", name=name).click()
