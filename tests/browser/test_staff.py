"""Mina reads what waits and takes a decision back, Olga sees to the site, Nora signs in with a passkey."""

from playwright.sync_api import Page, expect

from tests.browser.stories import NORA, PASSWORD

VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


DESK = (
    *("/desk/", "/desk/setup/", "/desk/style/", "/desk/pictures/", "/desk/handover/", "/desk/searches/"),
    *("/desk/messages/", "/desk/letters/", "/desk/course/", "/desk/course/lessons/new/", "/desk/course/letters/new/"),
    *("/moderation/imminent-harm/", "/accounts/2fa/", "/accounts/password/change/"),
)


def test_the_queue_and_a_decision_taken_back(minas, phone, look):
    phone.goto("/share/?kind=tip")
    phone.get_by_label("A title").fill("A tip to be declined")
    phone.get_by_role("textbox", name="Your words").fill("Buy my cushions at the address that I leave here for you.")
    phone.get_by_role("checkbox", name="I am 16 or older").check()
    phone.get_by_role("button", name="See it as others will").click()
    phone.get_by_role("button", name="Send it to be read").click()

    minas.goto("/moderation/")
    expect(minas.get_by_role("link", name="Numb since this morning")).to_be_visible()
    look(minas)
    minas.get_by_role("link", name="A tip to be declined").click()
    look(minas)
    minas.get_by_role("button", name="Decline").click()
    expect(minas.get_by_role("alert")).to_contain_text("please choose the reason")
    look(minas)
    minas.get_by_label("Reason").select_option("spam-product")
    minas.get_by_role("button", name="Decline").click()
    expect(minas.locator(".preview")).to_contain_text("it advertises a product or a service")
    look(minas)
    minas.get_by_role("button", name="Decline and send it").click()
    expect(minas.get_by_role("status")).to_contain_text("It can be undone")
    look(minas)
    minas.goto("/moderation/")
    minas.get_by_role("button", name="of A tip to be declined").first.click()
    expect(minas.get_by_role("status")).to_contain_text("Undone")
    expect(minas.locator(".lines").first).to_contain_text("A tip to be declined")


def test_deciding_with_keys_alone(minas):
    """From the list: down, open, look at the edit form, back, ask for the letter, and back to the list."""
    minas.goto("/moderation/")
    minas.keyboard.press("j")
    first = minas.evaluate("document.activeElement.href")
    assert "/moderation/" in first
    minas.keyboard.press("j")
    minas.keyboard.press("k")
    assert minas.evaluate("document.activeElement.href") == first
    minas.keyboard.press("Enter")
    minas.wait_for_url(first)
    minas.keyboard.press("e")
    minas.wait_for_url("**/edit/")
    minas.go_back()
    minas.keyboard.press("d")
    assert minas.evaluate("document.activeElement.name") == "reason"
    minas.get_by_label("Reason").select_option("off-topic")
    minas.evaluate("document.activeElement.blur()")
    minas.keyboard.press("d")
    expect(minas.locator(".preview")).to_contain_text("it is not about backs")
    minas.goto(first)
    minas.keyboard.press("q")
    minas.wait_for_url("**/moderation/")


def test_the_owners_desk(olgas, look):
    for address in DESK:
        olgas.goto(address)
        expect(olgas.get_by_role("heading", level=1)).to_be_visible()
        look(olgas)


def test_the_owner_says_who_is_speaking(olgas, look):
    olgas.goto("/desk/setup/")
    olgas.get_by_label("Your training and qualifications").fill("Gardener of backs")
    olgas.get_by_role("button", name="Save").click()
    expect(olgas.get_by_role("status").first).to_contain_text("Saved")
    look(olgas)


def with_a_key(page: Page) -> None:
    """A passkey in the browser instead of a real one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(NORA)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/moderation/")


def test_a_passkey_is_added_and_signs_in_without_a_password(desktop, look):
    with_a_key(desktop)
    sign_in(desktop)
    desktop.goto("/accounts/2fa/")
    desktop.get_by_role("link", name="Add a passkey").click()
    if desktop.locator("[name=password]").count():
        desktop.locator("[name=password]").fill(PASSWORD)
        desktop.locator("[name=password]").press("Enter")
    look(desktop)
    passwordless = desktop.get_by_label("Passwordless")
    if passwordless.count():
        passwordless.check()
    desktop.locator("[name=name]").fill("Nora’s phone")
    desktop.locator("main form button").first.click()
    expect(desktop.locator("main")).to_contain_text("recovery codes")
    look(desktop)
    desktop.goto("/accounts/2fa/webauthn/")
    expect(desktop.locator("main")).to_contain_text("Nora’s phone")
    look(desktop)

    desktop.context.clear_cookies()
    desktop.goto("/accounts/login/")
    look(desktop)
    desktop.get_by_role("button", name="Sign in with a passkey").click()
    desktop.wait_for_url("**/moderation/")
