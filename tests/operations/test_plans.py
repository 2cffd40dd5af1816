"""No page, list or round of the worker looks through a table that grows, or sorts one: read in the databases' plans.

A table grows with what visitors write. SQLite tells how it goes through the made-up site as it is. PostgreSQL, for
which so few rows are not worth an index, is kept from whole tables, and goes through one only where no index serves.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tips.index.passages import settle
from tips.mail import statements
from tips.mail.models import Delivery
from tips.mail.outbox import compose
from tips.moderation import flows as moderation
from tips.pages.models import Page
from tips.reading import sitemap

pytestmark = pytest.mark.django_db
GROWING = (
    "pages_page pages_pagearea pages_page_about pages_listed pages_revision outcomes_outcome comments_comment"
    " photos_photo cases_case cases_decision guard_fingerprint index_passage index_word index_spelling mail_delivery"
    " contact_message receipts_receipt"
).split()
# What makes a step small: the key of one thing, or of what belongs to one. The replies of a page may be many.
ONE = re.compile(r"\b(rowid|id|slug|\w+_id|twin|stem|word|form)=\?")
MANY = re.compile(r"SEARCH comments_comment\b.*\bpage_id=")
OWN_LIST = re.compile(r"\"kind\" IN \('(article', ')?exercise', 'check'\)")  # sorted by title: the owner wrote them all
STEPS = "step.priority"  # along an index, from one value to the next
NEWEST_ROWS = re.compile(r'ORDER BY ("\w+")\."id" DESC LIMIT \d+$')  # the end of a table, read backwards
PATHS = (
    "/", "/articles/", "/articles/?page=2", "/exercises/", "/exercises/?area=neck", "/pages/", "/pages/?before=150",
    "/pages/?kind=tip", "/pages/?area=neck", "/pages/?kind=tip&area=neck&before=150", "/pages/?about=hip-hinge",
    "/pages/?kind=question&about=hip-hinge", "/pages/?about=hip-hinge&area=neck", "/articles/psoas/",
    "/exercises/hip-hinge/", "/feeds/articles.atom", "/feeds/pages.atom", "/feeds/pages.atom?kind=tip",
    "/feeds/pages.atom?area=neck", "/feeds/pages.atom?about=hip-hinge", "/sitemap.xml",
    "/search/?q=psoas", "/search/?q=psoas&in=/articles/psoas/", "/search/suggest/?q=pso",
)  # fmt: skip
OF_A_PAGE = ("", "?from=30.30", "comments.atom")
FOR_STAFF = ("/moderation/", "/moderation/?sort=pages", "/moderation/?sort=replies")


@pytest.fixture
def large_site(monkeypatch) -> Page:
    """A page with many replies on it; more waits than a moderator sees at once, and letters in every state."""
    monkeypatch.setattr(sitemap, "IN_A_PART", 60)
    call_command("load_content", quiet=True)
    call_command("make_load", "--pages=240", "--comments=1", yes=True)
    call_command("make_load", "--pages=241", "--comments=80", yes=True)
    for number in range(40):
        make.waiting_page(f"Waiting {number}")
    now = timezone.now()
    for number in range(60):
        compose(purpose="reply", to=f"{number}@example.org", context={}, key=f"k{number}", now=now - timedelta(hours=1))
    wiped = {"sealed_to": b"", "sealed_context": b"", "sealed_body": b"", "to_digest": ""}
    Delivery.objects.filter(idem_key__regex="k[1-5]").update(state="accepted", due_at=None, **wiped)
    settle()
    return Page.objects.get(loaded_digest="make_load 1 241")


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return statements_of(queries)


def statements_of(queries: Any) -> list[str]:
    return [query["sql"] for query in queries if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)\b", query["sql"])]


def everything(page: Page) -> Iterator[tuple[str, str]]:
    """Where it is asked, and what."""
    here = page.get_absolute_url()
    part = f"/sitemap-{page.pk // sitemap.IN_A_PART}.xml"
    paths = [(Client(), path) for path in (*PATHS, part, *(f"{here}{part}" for part in OF_A_PAGE))]
    mina = make.signed_in(make.mina())
    for client, path in (*paths, *((mina, path) for path in FOR_STAFF)):
        yield from ((path, sql) for sql in asked(client, path))
    now = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        (urgency, *_) = statements.urgencies(now)
        assert statements.due(urgency, now, 5)
        statements.has_lapsed()
    yield from (("the worker", sql) for sql in statements_of(queries))
    for where, decide in (("hiding", moderation.hide), ("removing", moderation.remove)):
        case = make.case_of(make.page(where))
        with CaptureQueriesContext(connection) as queries:
            decide(case=case, reason="off-topic", note="", by=None, version=case.version, now=now)
        yield from ((where, sql) for sql in statements_of(queries))


def faults(sql: str) -> list[str]:
    found = {"sqlite": sqlite_faults, "postgresql": postgresql_faults}[connection.vendor]
    return found(sql)


def explained(explain: str, sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql.replace('%', '%%')}", ())
        return cursor.fetchall()


def sqlite_faults(sql: str) -> list[str]:
    steps = [row[3] for row in explained("EXPLAIN QUERY PLAN", sql)]
    growing = {*GROWING, *re.findall(rf'"(?:{"|".join(GROWING)})" ([T-Z]\d+)\b', sql)}
    through = [step for step in steps if (seen := re.match(r"SCAN (\w+)", step)) and seen[1] in growing]
    through = [] if through and NEWEST_ROWS.search(sql) and len(through) == 1 else through
    looked_up = [step for step in steps if re.match(r"SEARCH (\w+)", step) and step.split()[1] in growing]
    is_small = not looked_up or ONE.search(looked_up[0]) or OWN_LIST.search(sql) or STEPS in sql
    is_small = is_small and not any(map(MANY.match, looked_up))
    return through + [step for step in steps if step == "USE TEMP B-TREE FOR ORDER BY" and not is_small]


def postgresql_faults(sql: str) -> list[str]:
    ((plan,),) = explained("EXPLAIN (FORMAT JSON, COSTS OFF)", sql)
    nodes = [*_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]
    through = [node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"]
    return [f"Seq Scan on {table}" for table in through if table in GROWING]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def by_indexes_alone() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def test_nothing_that_grows_is_gone_through_or_sorted(large_site):
    by_indexes_alone()

    found = {(path, fault, sql[:200]) for path, sql in everything(large_site) for fault in faults(sql)}

    assert found == set()


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL may go through an index from end to end instead"
)
@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "pages_page"."id" FROM "pages_page" WHERE "pages_page"."byline" = \'x\'',
        'SELECT "id" FROM "pages_page" WHERE "visibility" = \'published\' ORDER BY "byline" LIMIT 5',
        'SELECT COUNT(*) FROM "comments_comment"',
        'SELECT 1 FROM "pages_page" INNER JOIN "comments_comment" T4 ON T4."byline" = "pages_page"."byline"',
    ],
)
def test_what_would_be_a_fault_is_seen(sql):
    assert faults(sql)
