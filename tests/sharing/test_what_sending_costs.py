"""What a sending asks of the database, and what it leaves undone: statements and calls, never seconds."""

import re

import pytest
from django import forms
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tips.comments.models import Comment
from tips.desk import flows as desk
from tips.guard.models import WatchedWord
from tips.guard.tokens import issue
from tips.mail.models import Delivery
from tips.pages.models import Page
from tips.practice.models import Practice
from tips.sharing.forms import ReplyForm, StoryForm
from tips.text import render as markdown

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:INSERT INTO|FROM|UPDATE) "?(\w+)')
ROWS = ["cases_case", "guard_fingerprint", "pages_page", "pages_revision", "receipts_receipt", "receipts_privatecode"]
SENDING = ["guard_acknowledgement", "guard_fingerprint", *ROWS, "guard_acknowledgement"]
REPLIED = [
    "cases_case",
    "comments_comment",
    "receipts_receipt",
    "receipts_privatecode",
]  # "It let go." has no fingerprint
REPLYING = ["pages_page", "guard_acknowledgement", *REPLIED, "guard_acknowledgement"]
# What a browser sends of the whole form when only what must be is filled in.
UNANSWERED = {
    name: ""
    for name, field in StoryForm.base_fields.items()
    if not isinstance(field, (forms.MultipleChoiceField, forms.BooleanField)) and name != "photos"
}


def asked(client: Client, path: str = "/share/", **over: str) -> list[str]:
    """The tables of all statements of a POST, in their order; the savepoint in place of the transaction left out."""
    said = make.filled(client, path, **make.story(**over))
    with CaptureQueriesContext(connection) as queries:
        assert client.post(path, said).status_code in {200, 303}
    return tables_of(queries)


def tables_of(queries: CaptureQueriesContext) -> list[str]:
    tables = [TABLE.search(each["sql"]) for each in queries if "SAVEPOINT" not in each["sql"]]
    return [table[1] for table in tables if table]


def test_a_sending_asks_twice_and_puts_in_seven_rows_each_with_one_statement():
    asked(Client())
    assert asked(Client(), title="Another morning", kind="tip") == SENDING


@pytest.mark.parametrize("answering", [False, True])
def test_a_reply_asks_little_and_after_the_first_nothing_is_put_together_for_it(answering, monkeypatch):
    page = make.page()
    path, answered = f"{page.get_absolute_url()}comment/", make.comment(page)
    said = {
        "text": "It let go.",
        "reply_to": answered.public_id if answering else "",
        "consent": "on",
        "action": "send",
    }
    first, second = (make.filled(Client(), path, **said) for _ in range(2))
    assert Client().post(path, first).status_code == 303

    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as queries:
        patch.setattr(SQLCompiler, "as_sql", None)
        assert Client().post(path, second).status_code == 303

    asked = ["comments_comment"] if answering else []
    assert tables_of(queries) == [*REPLYING[:3], *asked, *REPLYING[3:]]
    assert Comment.objects.filter(parent=answered, page=page).count() == (2 if answering else 0)


def test_a_sending_needs_no_savepoints_within_its_transaction():
    said = make.filled(Client(), "/share/", **make.story())
    with CaptureQueriesContext(connection) as queries:
        Client().post("/share/", said)
    assert sum(each["sql"].startswith("SAVEPOINT") for each in queries) == 1  # the test's own transaction is around it


def test_the_owner_is_told_once_an_hour_and_asking_that_is_one_statement():
    Practice.objects.create(pk=1, notify="olga@example.org")
    assert asked(Client()).count("mail_delivery") == 2  # known yet? and put in
    assert asked(Client(), title="Another morning").count("mail_delivery") == 1
    assert Delivery.objects.count() == 1


def test_a_sending_renders_nothing(monkeypatch):
    """What nobody has read is shown to nobody; publishing renders it."""
    said = make.filled(Client(), "/share/", **make.story(story="Bend over a _table_, for ten minutes each morning."))
    with monkeypatch.context() as patch:
        patch.setattr(markdown, "visitor", None)
        assert Client().post("/share/", said).status_code == 303

    page = Page.objects.get()
    make.decide(make.case_of(page))
    page.refresh_from_db()
    assert 'id="p-1"' in page.html


def test_the_check_page_keeps_a_draft_with_one_statement():
    vik = Client()
    asked(vik, action="check")
    assert asked(Client(), action="check") == ["guard_draft"]
    assert asked(vik, action="check") == ["guard_draft", "guard_draft"]  # whether it is a new one counts


def test_the_watched_words_are_read_when_they_were_changed_and_only_then(django_capture_on_commit_callbacks):
    olga = make.olga()
    assert "guard_watchedword" in asked(Client())
    assert "guard_watchedword" not in asked(Client(), title="Another morning")

    with django_capture_on_commit_callbacks(execute=True):
        word = WatchedWord(pattern="miracle*", label="promises a cure")
        desk.save_watched_word(word=word, by=olga, now=make.NOW)
    assert "guard_watchedword" in asked(Client(), title="A third morning")

    with django_capture_on_commit_callbacks(execute=True):
        desk.remove_watched_word(word=word, by=olga, now=make.NOW)
    assert "guard_watchedword" in asked(Client(), title="A fourth morning")


@pytest.mark.parametrize("form", [StoryForm, ReplyForm])
def test_its_fields_are_shared_and_never_changed(form):
    before = {name: _state(field) for name, field in form.base_fields.items()}

    one, other = form(QueryDict("tried=nothing-such&weeks_done=x&pain_now=7"), now=make.NOW), form(now=make.NOW)
    assert not one.is_valid()
    assert str(one)
    assert str(other)

    assert all(one.fields[name] is field for name, field in form.base_fields.items())
    assert one.fields is not other.fields
    assert {name: _state(field) for name, field in form.base_fields.items()} == before
    assert one["form_token"].value() != other["form_token"].value()


def _state(field: forms.Field) -> str:
    return repr([{**vars(part), "widget": None, "_choices": None, "choices": None} for part in (field, field.widget)])


@pytest.mark.parametrize(
    "said",
    [
        "",
        "kind=tip&title=Bend+over+a+table&story=It+let+go+after+ten+minutes+of+bending&consent=on",
        "kind=poem&title=++&story=+&weeks_done=+&weeks_done=0&pain_before=&areas=&areas=hip&tried=&keep_no_draft=false",
        "kind=tip&pain_now=11&main=x&email=nobody&areas=hip&areas=neck&areas=knee&areas=head&steps=%00&photos=x",
    ],
)
def test_what_is_left_empty_is_taken_as_django_takes_it(said, monkeypatch):
    data = QueryDict("", mutable=True)
    data.update({**UNANSWERED, "form_token": issue("share", now=make.NOW)})
    for name, values in QueryDict(said).lists():
        data.setlist(name, values)
    ours = StoryForm(data, now=make.NOW)
    assert ours.errors is not None

    monkeypatch.setattr(StoryForm, "_clean_fields", forms.Form._clean_fields)
    djangos = StoryForm(data, now=make.NOW)
    assert (djangos.errors, djangos.cleaned_data) == (ours.errors, ours.cleaned_data)


def test_fields_that_are_left_empty_are_not_judged_one_by_one(monkeypatch):
    judged = []
    monkeypatch.setattr(forms.Field, "validate", lambda field, _value: judged.append(field.label))
    form = StoryForm({**UNANSWERED, **make.story(kind="tip"), "form_token": issue("share", now=make.NOW)})
    form.is_valid()

    assert len(judged) < 12 < len(form.fields)


def test_empty_lists_are_each_forms_own():
    one, other = StoryForm({}, now=make.NOW), StoryForm({}, now=make.NOW)
    assert one.errors
    one.cleaned_data["tried"].append("walking")
    assert other.errors
    assert other.cleaned_data["tried"] == []
