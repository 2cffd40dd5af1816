"""Nothing for axe to say and nothing that sticks out, on every page that a visitor can come to; light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.seeing import Watch, complaints, sideways
from tests.browser.stories import LONG_WORDS, SIGNS, VOICES
from tests.browser.trouble import NAMES

ADDRESSES = [
    "/",
    "/articles/",
    "/articles/back-exercises/",
    "/articles/psoas/",
    "/articles/examination-of-the-spine/",
    "/articles/lumbar-spine-core-stabilisation/",
    "/articles/neck-muscle-stretching/",
    "/articles/prevention-lifting-household/",
    "/articles/psoas/comment/",
    "/exercises/",
    "/exercises/?area=neck",
    "/exercises/supported-standing-forward-bend/",
    "/exercises/thomas-check/",
    "/exercises/pain-map-and-score/",
    "/exercises/walking/",
    "/exercises/print/",
    "/exercises/print/?of=hip-hinge&of=neck-turns",
    "/glossary/",
    "/warning-signs/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/house-rules/",
    "/pages/",
    "/pages/?kind=tip&area=head-jaw",
    "/pages/there-was-never-one/",
    "/share/",
    "/share/received/",
    "/mine/",
    "/search/",
    "/search/?q=psoas",
    "/search/?q=siatica",
    "/search/?q=quibblefish",
    "/search/?q=numb+between+my+legs",
    "/contact/",
    "/contact/received/",
    "/course/",
    "/course/check-your-mail/",
    "/course/me/",
    "/course/confirm/used-or-unknown/",
    "/course/confirmed/",
    "/course/gentle/",
    "/course/left/",
    "/course/erased/",
    "/transparency/",
    "/r/unknown",
    "/u/unknown",
    "/report/?of=/pages/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/no-such-page/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_on_a_phone(address, phone, look):
    phone.goto(address)
    look(phone)


@pytest.mark.parametrize("name", NAMES)
def test_trouble_on_a_phone(name, phone, look, trouble):
    trouble.show(phone, name)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    look(phone)


@pytest.mark.parametrize("title", [VOICES, SIGNS, LONG_WORDS])
def test_visitors_pages_on_a_phone(title, phone, look):
    phone.goto("/pages/")
    phone.get_by_role("link", name=title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(title)
    look(phone)


def test_nothing_sticks_out_at_any_width(desktop):
    for address in ADDRESSES:
        desktop.goto(address)
        for width in (320, 600, 800, 1024, 1280, 1920):
            desktop.set_viewport_size({"width": width, "height": 800})
            assert sideways(desktop, width) == ""


def test_the_look_would_notice(desktop):
    """What every test here relies on can fail."""
    desktop.goto("/about/")
    desktop.evaluate("""() => {
        const picture = document.createElement("img");
        picture.src = "/static/img/favicon.ico";
        const wide = document.createElement("div");
        wide.className = "wide-for-the-test";
        wide.append("-".repeat(400));
        wide.setAttribute("aria-label", "no");
        document.querySelector("main").append(picture, wide);
        document.querySelector("h1").style.color = "#eee8dc";
        wide.style.inlineSize = "2000px";
        wide.style.maxInlineSize = "none";
    }""")
    found = complaints(desktop)
    for what in ("image-alt", "color-contrast", "wide on 1280: div.wide-for-the-test"):
        assert what in found


def test_the_watch_would_notice(browser, site):
    context = browser.new_context(base_url=site.url)
    watch = Watch(context, site.url)
    page = context.new_page()
    page.goto("/about/")
    page.evaluate("""() => {
        const picture = new Image();
        picture.src = "https://elsewhere.example/spy.gif";
        setTimeout(() => { throw new Error("on purpose"); });
    }""")
    page.wait_for_timeout(300)
    context.close()
    noticed = "\n".join(watch.noticed)
    assert "Content Security Policy" in noticed
    assert "on purpose" in noticed
