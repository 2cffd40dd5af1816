"""Olga looks at messages and enrolments. The admin shows that there is an address, and not which."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.make import signed_in
from tips.contact.models import Message
from tips.course.models import ConsentEvent, Enrolment, Lesson

CANARY = "canary-90d2"


@pytest.fixture
def olga(db):
    return signed_in(User.objects.create_superuser("olga@example.org", "a long enough password"))


@pytest.mark.parametrize("model", [Message, Enrolment, ConsentEvent, Lesson])
def test_no_page_of_the_admin_shows_an_address(model, olga, write):
    write(email=f"{CANARY}@example.org", course="on")
    lesson = Lesson.objects.create(slug="one", position=1)
    row = lesson if model is Lesson else model.objects.get()
    names = model._meta.app_label, model._meta.model_name
    for path in (
        reverse("admin:{}_{}_changelist".format(*names)),
        reverse("admin:{}_{}_change".format(*names), args=[row.pk]),
    ):
        answer = olga.get(path)
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("model", [Message, Enrolment, ConsentEvent])
def test_what_visitors_sent_cannot_be_rewritten(model, olga, write):
    write(course="on")
    names = model._meta.app_label, model._meta.model_name, model.objects.get().pk
    assert olga.post(reverse("admin:{}_{}_change".format(*names[:2]), args=[names[2]]), {}).status_code == 403
    assert (
        olga.post(reverse("admin:{}_{}_delete".format(*names[:2]), args=[names[2]]), {"post": "yes"}).status_code == 403
    )
