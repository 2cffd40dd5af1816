"""The owner writes an article in the browser without knowing any Markdown."""

from tests.browser.seeing import complaints
from tests.photos.pictures import jpeg


def test_the_buttons_write_headings_tables_pictures_and_videos(olgas):
    olgas.goto("/admin/pages/page/?q=psoas")
    olgas.get_by_role("link", name="The psoas", exact=True).click()
    text = olgas.get_by_label("Text:", exact=True)
    text.fill("")
    press = olgas.get_by_role("group", name="Put into the text")
    press.get_by_role("button", name="Heading", exact=True).click()
    olgas.keyboard.type("Where it is")
    text.press("Control+End")
    press.get_by_role("button", name="Table").click()
    text.press("Control+End")
    press.get_by_role("button", name="Picture").click()
    olgas.get_by_label("The picture").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    olgas.get_by_label("What it shows, for who").fill("A thigh over the edge of a table")
    olgas.get_by_role("button", name="Put it in").click()
    olgas.get_by_role("dialog").wait_for(state="detached")
    press.get_by_role("button", name="Video").click()
    olgas.get_by_label("Its title").fill("The psoas")
    olgas.get_by_label("Its address").fill("https://www.youtube.com/watch?v=x")
    olgas.get_by_label("What it shows, for who").fill("Somebody lies on a table.")
    olgas.get_by_role("button", name="Put it in").click()
    text.press("Control+End")
    press.get_by_role("button", name="Note").click()

    with olgas.expect_popup() as opened:
        olgas.get_by_role("button", name="See it as readers will").click()
    seen = opened.value
    seen.get_by_text("Not saved yet.").wait_for()
    prose = seen.locator(".prose")
    prose.get_by_role("heading", name="Where it is").wait_for()
    assert prose.locator("td").count() == 3
    assert prose.locator("figure img").get_attribute("alt") == "A thigh over the edge of a table"
    assert "A video on youtube.com" in prose.inner_text()
    assert seen.locator("#fn1").count() == 1
    assert complaints(seen) == ""
