"""T42: looking sets no cookie, and what is personal is kept in no cache."""

import pytest
from django.test import Client

from tests.accounts.people import Answer
from tests.house.addresses import patterns, world

pytestmark = pytest.mark.django_db

# Where a stranger's browser is given a cookie by only looking: the forms of accounts, which Django protects.
MAY_SET_COOKIES = ("/accounts/", "/admin/")
PRIVATE = ("/accounts/", "/admin/", "/moderation/", "/desk/")
FORMS = ("/share/", "/mine/", "/contact/", "/report/", "/course/", "/course/me/")


def seen_by(role: str) -> dict[str, Answer]:
    """Every address, looked at once."""
    there = world()
    return {there.address(pattern): there.client(role).get(there.address(pattern)) for pattern in patterns()}


def test_looking_at_public_pages_sets_no_cookie_and_depends_on_none_t42():
    answers = seen_by("stranger")

    public = {path: answer for path, answer in answers.items() if not path.startswith(MAY_SET_COOKIES)}
    assert [path for path, answer in public.items() if answer.cookies] == []
    shared = {path: answer for path, answer in public.items() if not path.startswith(PRIVATE)}
    assert [path for path, answer in shared.items() if "Cookie" in answer.headers.get("Vary", "")] == []
    assert len(shared) > 30


def is_kept_nowhere(answer: Answer) -> bool:
    kept = answer.headers.get("Cache-Control", "")
    return "no-store" in kept and "private" in kept


@pytest.mark.parametrize("role", ["stranger", "owner"])
def test_what_is_personal_is_kept_in_no_cache_t42(role):
    answers = seen_by(role)

    personal = {path: answer for path, answer in answers.items() if path.startswith(PRIVATE) or path in FORMS}
    personal |= {path: answer for path, answer in answers.items() if path.endswith("/comment/")}
    assert len(personal) > 80
    assert [
        path for path, answer in personal.items() if answer.status_code == 200 and not is_kept_nowhere(answer)
    ] == []


def test_a_signed_in_reader_leaves_nothing_personal_in_a_public_page_t42():
    there = world()
    page = there.address("pages/<slug:slug>/")
    anonymous = Client().get(page)
    for role in ("member", "owner"):
        answer = there.client(role).get(page)
        assert answer.content == anonymous.content
        assert not answer.cookies
