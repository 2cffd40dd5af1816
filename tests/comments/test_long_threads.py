"""T13: a thread of ten thousand replies is read page by page without JavaScript, at the price of a short one."""

import re
import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tips.cases.models import Case
from tips.comments.models import DEEPEST, Comment, recount
from tips.pages.models import Page
from tips.reading.threads import SHOWN

pytestmark = pytest.mark.django_db
LATER = re.compile(r'rel="next" href="([^"#]+)')
EARLIER = re.compile(r'rel="prev" href="([^"#]+)')
REPLIES = re.compile(r'<li id="reply-(\w+)"')
# On PostgreSQL it is the number of queries alone that counts, and four pages have a beginning, a middle and an end.
MANY = 10_000 if connection.vendor == "sqlite" else 400
QUERIES = 6  # of a page of replies in the middle, the pages's own included


def crowded(count: int, words: str = "This helped me as well.") -> Page:
    """`count` public replies, every third to the one before, down to the deepest level."""
    page = make.page()
    cases = Case.objects.bulk_create(Case(kind="comment", state="published", opened_at=make.NOW) for _ in range(count))
    made: list[Comment] = []
    for number, case in enumerate(cases, 1):
        parent = made[-1] if number % 3 != 1 else None
        made.append(
            Comment(
                page=page, case=case, byline=f"N{number}", source=words, html=f"<p>{words}</p>", sequence=number,
                thread=parent.thread if parent else number, depth=min(parent.depth + 1 if parent else 0, DEEPEST),
                visibility="published", published_on=make.TODAY, public_id=secrets.token_hex(10),
            )
        )  # fmt: skip
    Comment.objects.bulk_create(made)
    for index in range(len(made)):
        if index % 3:
            made[index].parent = made[index - 1]
    Comment.objects.bulk_update(made, ["parent"], batch_size=400)
    recount(page)
    return page


def asked(address: str) -> tuple[int, str]:
    Client().get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(address)
    assert answer.status_code == 200
    return len(queries), answer.content.decode()


def test_ten_thousand_replies_cost_what_fifty_do_t13():
    page = crowded(60)
    few, _text = asked(page.get_absolute_url())
    few_between, _text = asked(f"{page.get_absolute_url()}?from=31.31")
    Comment.objects.all().delete()
    page.delete()
    page = crowded(MANY)
    address = page.get_absolute_url()
    many, text = asked(address)
    assert many == few
    assert len(text.encode()) <= 150_000
    assert len(REPLIES.findall(text)) == SHOWN
    assert f"{MANY} in all" in text
    for place in ("31.31", f"{MANY // 2 - 1}.{MANY // 2}", f"{MANY - 99}.{MANY - 99}"):
        queries, text = asked(f"{address}?from={place}")
        assert queries == few_between <= QUERIES
        assert len(text.encode()) <= 150_000


def test_long_replies_make_shorter_pages_t13():
    page = crowded(60, "word " * 800)
    _queries, text = asked(page.get_absolute_url())
    assert len(text.encode()) <= 150_000
    assert 1 <= len(REPLIES.findall(text)) < SHOWN
    assert LATER.search(text)


def walked(address: str, step: re.Pattern[str]) -> list[list[str]]:
    pages = []
    while address:
        text = Client().get(address).content.decode()
        pages.append(REPLIES.findall(text))
        found = step.search(text)
        address = found[1] if found else ""
    return pages


def test_walking_on_shows_every_reply_once_and_walking_back_too():
    page = crowded(140)
    forward = walked(page.get_absolute_url(), LATER)
    wanted = list(Comment.objects.on(page).in_reading_order().values_list("public_id", flat=True))
    assert [each for shown in forward for each in shown] == wanted
    assert len(forward) == 3
    last = Comment.objects.get(public_id=forward[-1][0])
    back = walked(f"{page.get_absolute_url()}?from={last.standing.place}", EARLIER)
    assert [each for shown in reversed(back) for each in shown] == wanted


def test_every_permanent_address_leads_to_a_page_that_holds_the_reply():
    page = crowded(140)
    for comment in Comment.objects.on(page).select_related("page").order_by("?")[:10]:
        address, _, anchor = comment.get_absolute_url().partition("#")
        assert f'id="{anchor}"' in Client().get(address).content.decode()


def test_a_reply_cut_from_the_one_it_answers_says_whom_it_answers():
    page = crowded(140)
    cut = Comment.objects.on(page).exclude(parent=None).select_related("parent").order_by("sequence")[10]
    text = Client().get(f"{page.get_absolute_url()}?from={cut.standing.place}").content.decode()
    assert "in answer to <a href=" in text
    assert cut.parent.name_shown in text


@pytest.mark.parametrize("place", ["", "x", "1", "1.", "-1.2", "999999999.999999999", "1.2.3", "٣.٣", "9" * 40])
def test_a_made_up_place_is_no_error(place):
    page = crowded(3)
    assert Client().get(page.get_absolute_url(), {"from": place}).status_code == 200


def test_fifty_deep_answers_stand_on_two_levels_below_the_first_t13():
    page = make.page()
    above = None
    for number in range(50):
        above = make.comment(page, f"Answer {number}.", parent=above)
    depths = list(Comment.objects.on(page).in_reading_order().values_list("depth", flat=True))
    assert depths == [0, 1] + [2] * 48
    text = Client().get(page.get_absolute_url()).content.decode()
    assert text.count('<ol class="thread">') == 3
    assert [int(n) for n in re.findall(r"Answer (\d+)\.", text)] == list(range(50))


def test_replies_print_with_their_page():
    page = crowded(5)
    text = Client().get(page.get_absolute_url()).content.decode()
    assert len(REPLIES.findall(text)) == 5
    assert "<script" not in text[text.index('id="replies"') :]
