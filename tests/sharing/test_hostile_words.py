"""T18, T26, T29, the short version: hostile words through every form and address, on either database.

The long one, over public collections, is tests/faults/test_hostile_words.py; what a browser makes of such words is told
in tests/browser/test_hostile_words.py.
"""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests import make
from tests.faults import hostile
from tips.guard.buckets import BUCKETS
from tips.pages.models import Page


@pytest.mark.django_db
def test_hostile_words_break_no_form_no_address_and_no_line_of_the_log_t18_t29(settings):
    settings.FORM_LIMITS = ",".join(f"{name}=1000/10" for name in BUCKETS)
    page, tally = make.page("A page to reply to"), hostile.Tally()
    payloads = [*hostile.CLASSICS[:2], *hostile.ODD[::2]]
    with hostile.log() as log:
        hostile.send_through_everything(payloads, tally, page.get_absolute_url())

    assert tally.faults == []
    assert hostile.odd_lines(log) == []
    assert (tally.answers["/share/ 303"], tally.answers["reply 303"]) == (len(payloads), len(payloads))
    assert Page.objects.by_visitors().count() >= len(payloads)


@pytest.mark.django_db
def test_a_feed_reader_that_shows_html_reads_words_and_no_markup_t18():
    page = make.page("A page with markup", "<img src=x onerror=alert(1)> and words enough for a page of one's own.")
    make.comment(page, "<script>alert(2)</script> is what I wrote.")
    make.settle(timezone.now())
    for path in ("/feeds/pages.atom", f"{page.get_absolute_url()}comments.atom"):
        tree = ElementTree.fromstring(hostile.within().get(path).content)  # noqa: S314 - what this very site wrote
        summaries = list(tree.iter("{http://www.w3.org/2005/Atom}summary"))
        assert summaries, path
        assert {each.get("type") for each in summaries} == {"html"}
        assert all("<" not in (each.text or "") and "&lt;" in (each.text or "") for each in summaries)
