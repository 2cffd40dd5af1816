"""Ana asks for the course, confirms it by a button, gets the first lesson, and leaves; with a script and without."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect


def link_in(letter: EmailMessage, folder: str) -> str:
    body = letter.get_body(("plain",))
    assert body
    found = re.search(rf"https?://\S+{folder}\S+", body.get_content())
    assert found
    return found[0]


def ask(page: Page, email: str) -> None:
    page.goto("/contact/")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("textbox", name="Your message").fill("Please send me the lessons.")
    page.get_by_role("checkbox", name="I agree that you read").check()
    page.get_by_role("checkbox", name="Send me the eight lessons").check()
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message has arrived")


@pytest.mark.parametrize("kind", ["phone", "desktop", "without_javascript"])
def test_05_from_asking_to_leaving_with_a_scanner_at_every_link(kind, request, site, look, context_of):
    ana: Page = request.getfixturevalue(kind)
    see = (lambda _page: None) if kind == "without_javascript" else look
    email = f"ana-{kind}@example.org"
    ask(ana, email)
    see(ana)
    confirmation = link_in(site.letter(email, "confirm"), "/course/confirm/")
    scanner = context_of(viewport={"width": 800, "height": 600}).new_page()
    for _ in range(3):  # it runs scripts, and waits; without the cookie of whoever asked, nothing is confirmed
        scanner.goto(confirmation, wait_until="networkidle")
    expect(scanner.get_by_role("heading", level=1)).to_have_text("Shall the lessons begin?")
    see(scanner)
    ana.goto(confirmation)
    if kind == "without_javascript":  # elsewhere the page presses its own button, in the browser that asked
        ana.get_by_role("button", name="Yes, send me the lessons").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Welcome to the course")
    see(ana)

    lesson = site.letter(email, "Lesson 1 of 8")
    assert lesson["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for link in (link_in(lesson, "/u/"), link_in(lesson, "/course/me/")):
        for _ in range(2):
            scanner.goto(link, wait_until="networkidle")
    expect(scanner.get_by_role("heading", level=1)).to_have_text("Your course")
    ana.goto(link_in(lesson, "/course/me/"))
    if kind != "without_javascript":  # the script takes the code out of the address; without it, it is typed
        expect(ana.get_by_label("code", exact=False).first).not_to_have_value("")
        see(ana)
        ana.get_by_role("button", name="Open my course").click()
        expect(ana.get_by_text("sent on")).to_be_visible()
        see(ana)
    ana.goto(link_in(lesson, "/u/"))
    see(ana)
    ana.get_by_role("button", name="Stop the course").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("The course is stopped")
    see(ana)


def test_from_the_page_of_the_course(phone, look):
    phone.goto("/")
    phone.get_by_role("link", name="The course by").click()
    look(phone)
    phone.get_by_label("Your e-mail address").fill("birgit@example.org")
    phone.get_by_role("checkbox", name="I would like").check()
    phone.get_by_role("button", name="Ask for the course").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Please look at your mail")
    look(phone)
