"""Whatever an address asks for in its question, no page breaks; not on PostgreSQL either, which takes no zero bytes."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

ODD = ["%00", "a%00b", "%ED%A0%80", "%FF", "%E2%80%AE", "-1", "1.1", "9" * 20, "9" * 400]
QUESTIONS = [
    "{page}comment/?reply_to=", "{page}?from=", "{page}comments.atom?from=",
    "/articles/?page=", "/exercises/?area=", "/exercises/print/?e=",
    "/pages/?about=", "/pages/?before=", "/pages/?area=", "/pages/?kind=",
    "/feeds/pages.atom?about=", "/feeds/pages.atom?kind=", "/feeds/pages.atom?area=",
    "/search/?q=", "/search/?q=back&in=", "/search/?q=back&page=", "/search/?q=back&kind=", "/search/?q=back&area=",
    "/search/suggest/?q=", "/search.json?q=",
    "/share/?kind=question&title=", "/share/?about=", "/share/similar/?title=", "/report/?of=", "/contact/?about=",
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_no_question_breaks_a_page(odd):
    page = make.page()
    make.comment(page)
    make.article()
    make.exercise()
    reader = Client(raise_request_exception=False)
    answers = {
        address: reader.get(address.format(page=page.get_absolute_url()) + odd).status_code for address in QUESTIONS
    }
    assert {address: status for address, status in answers.items() if status >= 500} == {}
