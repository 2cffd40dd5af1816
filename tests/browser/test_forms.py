"""What a form does for whoever fills it in: errors that can be found, words that stay, a private link that is short."""

from playwright.sync_api import expect


def test_errors_take_the_focus_and_lead_to_their_fields(phone, look):
    phone.goto("/share/")
    phone.get_by_role("textbox", name="Your words").fill("Too short.")
    phone.get_by_role("button", name="See it as others will").click()
    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(phone).to_have_title("Error: Write your own page · Back exercises")
    look(phone)
    summary.get_by_role("link", name="Please give it a title").click()
    title = phone.get_by_label("A title")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(phone.get_by_role("textbox", name="Your words")).to_have_value("Too short.")


def test_the_room_that_is_left_is_counted_only_near_the_end(desktop):
    desktop.goto("/contact/")
    message = desktop.get_by_role("textbox", name="Your message")
    message.fill("A few words.")
    expect(desktop.locator("[data-count]")).to_be_hidden()
    message.fill("word " * 900)
    expect(desktop.locator("[data-count]")).to_contain_text("Room for 500 more")
    message.fill("word " * 1010)
    expect(desktop.locator("[data-count]")).to_contain_text("50 characters too many")


def messages(site):
    count = "from tips.contact.models import Message; print(Message.objects.count())"
    return int(site.manage("shell", "--verbosity", "0", "-c", count).split()[-1])


def test_two_presses_send_once(phone, site):
    before = messages(site)
    phone.goto("/contact/")
    phone.get_by_role("textbox", name="Your message").fill("Pressed twice by an unsteady hand.")
    phone.get_by_role("checkbox", name="I agree that you read").check()
    phone.get_by_role("button", name="Send the message").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your message has arrived")
    assert messages(site) == before + 1


def test_the_private_code_leaves_the_address_and_enters_the_form(phone):
    phone.goto("/mine/#7QXNWKE571TRD61MG19MMQ52DX")
    expect(phone.get_by_label("Your private code")).to_have_value("7QXNWKE571TRD61MG19MMQ52DX")
    assert phone.url.endswith("/mine/")
    phone.get_by_role("button", name="Open my page").click()
    expect(phone.get_by_role("alert")).to_contain_text("No page opens with this code")
