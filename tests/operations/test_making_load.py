"""`manage.py make_load`: a made-up site to measure with, the same for the same seed, not beside real words."""

from collections import Counter
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backsite.synthetic.words import language_of
from tests import make
from tests.operations.conftest import WHOLE
from tests.operations.test_reindexing import index
from tips.comments.models import Comment
from tips.contact.models import Message
from tips.course.models import Enrolment
from tips.index.words import tokens
from tips.pages.models import OWNER_KINDS, Kind, Page, Revision

pytestmark = pytest.mark.django_db


def make_load(pages: int, comments: int = 0, **options: object) -> None:
    call_command("make_load", f"--pages={pages}", f"--comments={comments}", **options)


def made() -> list[tuple[str, ...]]:
    pages = Page.objects.filter(loaded_digest__startswith="make_load").order_by("sequence")
    return list(pages.values_list("kind", "slug", "title", "source", "html"))


def said() -> list[tuple[str, str, int, int]]:
    return list(Comment.objects.order_by("public_id").values_list("public_id", "html", "thread", "depth"))


def test_a_stranger_reads_the_pages_and_replies(client, content):
    call_command("load_content", quiet=True)
    make_load(21, 4)

    for page in Page.objects.filter(loaded_digest__startswith="make_load"):
        shown = client.get(page.get_absolute_url()).content.decode()
        assert page.title in shown
        assert all(f'id="{comment.anchor}"' in shown for comment in page.comments.all())
        assert page.comment_count == page.comments.count() == 4
    assert Page.objects.published().of_kind(Kind.ARTICLE).filter(loaded_digest__startswith="make_load").count() == 2


def test_the_rows_are_those_that_publishing_leaves(content):
    make_load(3, 4)
    tip = Page.objects.by_visitors()[0]
    published = make.page("A tip", tip.source, kind=tip.kind)
    make.comment(published, tip.comments.order_by("sequence")[0].source)

    def left(page: Page) -> tuple[object, ...]:
        revision = page.revisions.get()
        replies = [
            (reply.case.state, reply.case.version, reply.case.decisions.count()) for reply in page.comments.all()
        ]
        about = make.case_of(page)
        case = (about.kind, about.state, about.version, about.decisions.count())
        return page.html, page.visibility, revision.origin, revision.number, case, set(replies)

    assert left(tip) == left(published)


def test_the_search_finds_what_a_new_index_would(content, capsys):
    call_command("load_content", quiet=True)
    make_load(21, 4)
    grown = index()

    call_command("reindex")

    assert index() == grown
    assert len({row[0] for row in grown if row[0].startswith("comment:")}) == 84


def test_the_same_seed_says_the_same_however_it_is_reached(content):
    make_load(5, 3)
    at_once, replies = made(), said()
    Comment.objects.all().delete()
    Page.objects.all().delete()

    make_load(2, 3)
    make_load(5, 3)

    assert (made(), said()) == (at_once, replies)


def test_another_seed_says_something_else(content):
    make_load(2)
    make_load(4, seed=2)

    pages = made()
    assert len(pages) == len({page[3] for page in pages}) == 4
    assert pages[0][2] != pages[2][2]


def test_what_is_there_is_not_made_again(content):
    make_load(3, 2)
    make_load(3, 5)

    assert (len(made()), len(said())) == (3, 6)


def test_the_words_are_the_sites_own_and_follow_zipfs_law(content):
    content.joinpath("plain.txt").unlink(missing_ok=True)
    make_load(40)

    language = language_of(content)
    words = Counter(word for page in made() for word in tokens(page[3]))
    assert words.keys() <= set(language.words)
    assert 500 < words.total() / 40 < 700
    tens = [sum(words[word] for word in language.words[10 * rank : 10 * rank + 10]) for rank in (0, 1, 4, 20)]
    assert all(more > fewer for more, fewer in pairwise(tens))


def test_a_large_vocabulary_has_words_that_few_pages_have():
    language = language_of(WHOLE)

    share = (language.weights[-1] - language.weights[-2]) / language.weights[-1]
    assert len(language.words) > 5_000
    assert 0.002 < share * 600 < 0.01  # of the pages


def test_replies_answer_one_another_and_keep_their_threads(content):
    make_load(2, 12)

    for reply in Comment.objects.select_related("parent").exclude(parent=None):
        assert reply.parent.sequence < reply.sequence
        assert (reply.thread, reply.depth) == (reply.parent.thread, reply.parent.depth + 1)
    assert Comment.objects.filter(depth=2).exists()


def real_term() -> None:
    make.term("Sit bone")


def owners_words() -> None:
    page = Page.objects.of_kind(*OWNER_KINDS)[0]
    Revision.objects.create(page=page, origin="owner", title=page.title, source="My own words.", made_on=make.TODAY)


def reply_by_somebody() -> None:
    make.waiting_comment(Page.objects.of_kind(Kind.ARTICLE)[0])


def reader_of_the_course() -> None:
    Enrolment.objects.create(address_digest="a", sealed_address=b"a")


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (make.waiting_page, "1 pages"),
        (owners_words, "1 changes to pages"),
        (reply_by_somebody, "1 replies"),
        (real_term, "1 terms"),
        (lambda: Message.objects.create(text="Hello.", consent_on=make.TODAY, case=make.case("message")), "1 messages"),
        (reader_of_the_course, "1 readers of the course"),
        (make.ana, "1 accounts"),
    ],
)
def test_a_site_with_real_content_is_left_alone_unless_asked_twice(content, there, told):
    make_load(1)
    there()

    with pytest.raises(CommandError, match=told):
        make_load(2)
    assert len(made()) == 1

    make_load(2, yes=True)
    assert len(made()) == 2


def test_many_pages_cost_few_statements(content):
    counts = []
    for last in (40, 180):
        with CaptureQueriesContext(connection) as counted:
            make_load(last, 2)
        counts.append(len(counted))

    assert counts[1] < counts[0] + 100  # for a hundred pages more, each with two replies
