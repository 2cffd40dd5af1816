"""Vik ticked a wrong number, and mends it by his private code on a small screen that runs no script."""

from playwright.sync_api import Page, expect

from tests.browser.seeing import sideways
from tests.browser.test_posting import publish, write

PHONE = 360


def sent(page: Page, title: str) -> str:
    """The private code of an experience."""
    page.goto("/share/?kind=experience")
    write(page, title)
    page.get_by_text("Add where it hurts").click()
    page.get_by_label("Lower back").check()
    page.get_by_text("How it went: before and after").click()
    page.get_by_label("Pain before").select_option("7")
    page.get_by_label("Pain after").select_option("9")
    page.get_by_role("button", name="See it as others will").click()
    page.get_by_role("button", name="Send it to be read").click()
    return page.locator(".code").inner_text()


def answers_of(page: Page, code: str) -> None:
    page.goto("/mine/")
    page.get_by_label("Your private code").fill(code)
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("button", name="Change my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change your answers")


def test_a_wrong_number_is_mended_at_once_and_new_words_wait(without_javascript, minas, context_of):
    vik, title = without_javascript, "Wheelbarrow morning, with a wrong number"
    code = sent(vik, title)
    publish(minas, title)
    answers_of(vik, code)
    assert sideways(vik, PHONE) == ""
    expect(vik.get_by_label("Lower back")).to_be_checked()
    expect(vik.get_by_label("Pain after")).to_have_value("9")
    vik.get_by_label("Pain after").select_option("2")
    vik.get_by_label("For how many weeks").fill("many")
    vik.get_by_role("button", name="Save my answers").click()
    expect(vik.get_by_role("alert")).to_contain_text("whole number")
    expect(vik.get_by_label("Pain after")).to_have_value("2")
    vik.get_by_label("For how many weeks").fill("6")
    vik.get_by_role("button", name="Save my answers").click()
    expect(vik.get_by_role("status")).to_have_text("Your change is on the site.")
    assert sideways(vik, PHONE) == ""

    stranger = context_of().new_page()
    vik.get_by_role("link", name=title).first.click()
    stranger.goto(vik.url)
    expect(stranger.get_by_text("7 before, 2 after")).to_be_visible()

    vik.goto("/mine/?show=answers")
    vik.get_by_label("If not, why?").fill("It took every morning and most of the evenings of a long winter.")
    vik.get_by_role("button", name="Save my answers").click()
    expect(vik.get_by_role("status")).to_contain_text("waits to be read")
    stranger.reload()
    expect(stranger.get_by_text("most of the evenings")).to_have_count(0)
    publish(minas, title)
    stranger.reload()
    expect(stranger.get_by_text("most of the evenings")).to_be_visible()


def test_its_form_is_good_to_look_at(phone, look):
    answers_of(phone, sent(phone, "Wheelbarrow morning, looked at again"))
    look(phone)
    phone.get_by_label("For how many weeks").fill("many")
    phone.get_by_role("button", name="Save my answers").click()
    look(phone)
