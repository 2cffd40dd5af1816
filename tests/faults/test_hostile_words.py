"""T18, T19, T21, T29: collections of hostile words through every field, and read wherever words are read.

First inside this process, on either database: every form, every address, no answer of 500, no second line in the log.
Then in Chromium, on a site of its own: nothing runs, nothing leads away, nothing is asked elsewhere, and the words
stand there as they were typed. Short versions of both are in tests/sharing and tests/browser.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from tests import make
from tests.browser.chromium import arguments, chromium
from tests.browser.running import Site, running
from tests.browser.stories import MINA, OLGA, PASSWORD
from tests.faults import hostile
from tests.faults.eyes import Eyes
from tests.faults.reading_round import Round
from tips.guard.buckets import BUCKETS

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not all(path.is_file() for path in hostile.FILES), reason="no collections beside the checkout"),
]
NO_LIMITS = ",".join(f"{name}=1000000/10" for name in BUCKETS)


@pytest.mark.django_db
def test_no_form_and_no_address_breaks_and_the_log_stays_one_line_each_t18_t29(settings):
    settings.FORM_LIMITS = NO_LIMITS
    page, tally = make.page("A page to reply to"), hostile.Tally()
    payloads = hostile.lines()
    with hostile.log() as log:
        hostile.send_through_everything(payloads, tally, page.get_absolute_url())
    print(f"{connection.vendor}: {len(payloads)} lines, {tally.answers.total()} sent: {dict(tally.answers)}")  # noqa: T201

    assert tally.faults == []
    assert hostile.odd_lines(log) == []
    assert (tally.answers["/share/ 303"], tally.answers["reply 303"]) == (len(payloads), len(payloads))


@pytest.fixture
def site(tmp_path, monkeypatch) -> Iterator[Site]:
    monkeypatch.setenv("FORM_LIMITS", NO_LIMITS)
    with running(tmp_path) as site:
        site.manage("shell", "--verbosity", "0", "-c", "from tests.browser.stories import tell; tell()")
        yield site


@pytest.fixture
def eyes(site: Site) -> Iterator[dict[str, Eyes]]:
    """A browser of this test's own: the one of pytest-playwright would stay, and with it a loop that Django shuns."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments())
        yield {
            "vik": look(browser, site, width=360),
            "stranger": look(browser, site, width=360),
            "mina": look(browser, site, email=MINA),
            "olga": look(browser, site, email=OLGA),
        }
        browser.close()


def look(browser: Browser, site: Site, *, email: str = "", width: int = 1280) -> Eyes:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", base_url=site.url)
    if email:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/moderation/")
        page.close()
    context.set_default_timeout(20_000)
    return Eyes(context, site.url)


def of_the_site(site: Site, call: str) -> Any:
    said = site.manage("shell", "--verbosity", "0", "-c", f"from tests.faults import hostile; hostile.{call}")
    return json.loads(said.splitlines()[-1])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the browser goes round once")
def test_nothing_runs_and_words_stay_words_wherever_they_are_read_t18_t19_t21(site, eyes):
    payloads = hostile.lines()
    every = Round(site, eyes, payloads)
    for number, lines in enumerate(hostile.long_texts(payloads)):
        every.long_text(lines, number)
    answers: dict[str, int] = {}
    for first in range(0, len(payloads), 300):
        poured = of_the_site(site, f"pour({first}, {first + 300})")
        assert poured["faults"] == []
        every.staff(poured["cases"])
        every.readers(of_the_site(site, f"publish({poured['cases']})"), first)
        for what, times in poured["answers"].items():
            answers[what] = answers.get(what, 0) + times
    every.owner()
    every.letters()
    for who, each in eyes.items():
        print(f"{who}: {each.seen.total()} documents: {dict(each.seen)}")  # noqa: T201
    print(f"{len(payloads)} lines; sent: {answers}")  # noqa: T201

    assert "\n".join(fault for each in eyes.values() for fault in each.everything) == ""
    assert [line for line in (site.home / "run.log").read_text().splitlines() if "forged" in line] == []
