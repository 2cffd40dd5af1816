"""T35, T37: one author's secrets, looked for in every channel that the site has and in every byte that it keeps."""

import io
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from unittest.mock import patch

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from backsite import housekeeping
from backsite.logs import LineFormatter
from backsite.work import PURPOSES
from tests import make
from tests.house.addresses import patterns, world
from tests.photos import pictures
from tips.cases.models import Case, Decision
from tips.mail.envelope import Envelope
from tips.mail.sending import send_due
from tips.pages.models import Page
from tips.photos import store as photos
from tips.receipts import replies, store

pytestmark = pytest.mark.django_db(transaction=True)

NAME, MAIL, AGENT, ADDRESS = "Zqxwilhelm", "canary-zqx@example.org", "CanaryUA/9 zqx", "127.66.77.88"
TIME = datetime(2026, 11, 20, 4, 53, 27, 918273, tzinfo=UTC)  # when it was sent, and when it was decided
TIMES = ("04:53", "4:53", "4.53 a", "918273")
# Of the staff; of letters and forms, which are forgotten within days.
NOT_EXACT = ("accounts", "account", "mfa", "sessions", "admin", "mail", "guard", "auth", "contenttypes")


def vik() -> Client:
    return Client(headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS)


def sent_and_unnamed() -> tuple[Page, str]:
    """Vik's page with photo and name, published, replied to; then the name is taken off."""
    client = vik()
    data = make.filled(client, "/share/", **make.story(name=NAME, email=MAIL))
    assert client.post("/share/", data).status_code == 303
    page = Page.objects.by_visitors().latest("pk")
    receipt = store.of_page(page)
    assert receipt
    code = store.new_code(receipt)
    photos.attach(photos=[pictures.taken(alt="A table")], page=page, case=make.case_of(page))
    make.decide(make.case_of(page))
    page.refresh_from_db()
    make.comment(page, "A reply to the wheelbarrow.", byline=NAME)
    Case.objects.update(opened_at=TIME)
    Decision.objects.update(decided_at=TIME)
    _receipt, other = store.issue(comment=page.comments.get(), email="", today=make.TODAY)
    data = make.filled(
        client, "/mine/", code=code, action="answer", areas=["neck"], why_not="A long wheelbarrow story."
    )
    assert client.post("/mine/", data).status_code == 303
    make.decide(Case.objects.waiting().get())
    for each in (code, other):
        data = make.filled(client, "/mine/", code=each, action="name-off")
        assert client.post("/mine/", data).status_code == 303
    return page, code


def public(page: Page) -> Iterator[tuple[str, bytes]]:
    """Every address a stranger gets, that of the page's own photos included, with headers."""
    asked = (
        "/", "/pages/", "/pages/?kind=experience", "/feeds/pages.atom", "/feeds/articles.atom", "/sitemap.xml",
        "/search/?q=wheelbarrow", "/search.json?q=wheelbarrow", "/search/suggest/?q=whe", "/search.json?q=reply",
        page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom", "/robots.txt",
    )  # fmt: skip
    for address in asked:
        answer = Client().get(address)
        yield address, repr(answer.items()).encode() + answer.content
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            yield str(path.relative_to(settings.MEDIA_ROOT)), str(path.name).encode() + path.read_bytes()


def staff() -> Iterator[tuple[str, bytes]]:
    there = world()
    for role in ("moderator", "lead", "owner"):
        client = there.client(role)
        for case in Case.objects.exclude(kind="message"):
            yield f"{role}: case {case.pk}", client.get(f"/moderation/{case.pk}/").content
        for pattern in patterns():
            if pattern.startswith(("moderation/", "admin/", "desk/")):
                with suppress(LookupError):
                    yield f"{role}: {pattern}", client.get(there.address(pattern)).content


class Letters:
    """To others than the author: readers of the thread, the owner."""

    def __init__(self) -> None:
        self.found: list[bytes] = []

    def send(self, envelope: Envelope) -> str:
        letter = message_from_bytes(envelope.body, policy=policy.default)
        if MAIL not in str(letter["To"]):
            part = letter.get_body(("plain",))
            self.found.append(str(letter["Subject"]).encode() + str(part and part.get_content()).encode())
        return "250 2.0.0"

    def close(self) -> None:
        pass


def letters(page: Page) -> Iterator[tuple[str, bytes]]:
    """Ana has replied, and is told that Vik answered her."""
    ana = make.comment(page, "Ana's reply.")
    receipt, _code = store.issue(comment=ana, email="", today=make.TODAY)
    replies.ask(receipt=receipt, email="ana@example.org", now=timezone.now())
    receipt.addresses.update(confirmed_on=make.TODAY, confirm_digest="")
    make.comment(page, "An answer to Ana.", parent=ana, byline="")
    box = Letters()
    while send_due(PURPOSES, now=timezone.now() + timedelta(minutes=30), transport=box):
        pass
    assert box.found
    yield from (("a letter", each) for each in box.found)


def leaks(channels: Iterator[tuple[str, bytes]], secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(where, secret) for where, text in channels for secret in secrets if secret.encode() in text]


def test_no_public_channel_tells_name_address_connection_or_time():
    page, _code = sent_and_unnamed()
    assert leaks(public(page), (NAME, MAIL, AGENT, ADDRESS, *TIMES)) == []
    assert Client().get(f"/search.json?q={NAME}").json()["total"] == 0


def test_the_walk_would_notice_the_name():
    page = make.page("Wheelbarrow morning", byline=NAME)
    assert {where for where, _secret in leaks(public(page), (NAME,))} >= {"/pages/", page.get_absolute_url()}


def test_no_page_of_the_staff_tells_them_either():
    page, _code = sent_and_unnamed()
    shown = list(staff())
    assert leaks(iter(shown), (NAME, MAIL, AGENT, ADDRESS, *TIMES)) == []
    assert page.title in b"".join(text for _where, text in shown).decode()


def test_no_letter_to_others_tells_them():
    page, _code = sent_and_unnamed()
    assert leaks(letters(page), (NAME, MAIL, AGENT, ADDRESS, *TIMES)) == []


def files() -> Iterator[tuple[str, bytes]]:
    """Database, its log of changes, media, memory, keys: whatever lies in the folders of the site."""
    folders = [Path(settings.HOME), Path(settings.SHARED_MEMORY_DIR), Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    for path in {path for folder in folders for path in folder.rglob("*") if path.is_file()}:
        yield str(path), str(path.name).encode() + path.read_bytes()


def rows() -> Iterator[tuple[str, bytes]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            yield from ((model._meta.label, repr(row).encode()) for row in model._base_manager.values())


def test_no_byte_that_is_kept_tells_them_t35():
    sent_and_unnamed()
    assert leaks(rows(), (NAME, MAIL, AGENT, ADDRESS)) == []
    if connection.vendor == "sqlite":
        assert leaks(files(), (NAME, MAIL, AGENT, ADDRESS)) == []


def test_a_backup_tells_them_no_more_than_the_site_t35(tmp_path):
    sent_and_unnamed()
    if connection.vendor != "sqlite":
        pytest.skip("made by the tools of PostgreSQL from the same rows")
    housekeeping.backup(tmp_path / "copy", keys=None, now=timezone.now())
    copied = ((str(path), path.read_bytes()) for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert leaks(copied, (NAME, MAIL, AGENT, ADDRESS)) == []


@pytest.mark.parametrize("broken", ["tips.guard.acknowledgements.record", "tips.receipts.store.find"])
def test_no_log_tells_them_when_something_breaks_t35(broken):
    page, out = make.page("A public page"), io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "tips", "backsite")]
    for logger in loggers:
        logger.addHandler(handler)
    said = {"name": NAME, "email": MAIL, "text": f"{NAME} was here.", "message": f"{NAME} asks.", "code": "0" * 26}
    client = Client(headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS, raise_request_exception=False)
    try:
        with patch(broken, side_effect=RuntimeError(f"{NAME} {MAIL}")):
            for path in ("/share/", f"{page.get_absolute_url()}comment/", "/contact/", "/course/", "/mine/"):
                data = make.filled(client, path, **make.story(story=f"{NAME}: {'a story ' * 9}", **said))
                client.post(path, data)
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    assert "RuntimeError" in out.getvalue()
    assert leaks(iter([("the log", out.getvalue().encode())]), (NAME, MAIL, AGENT, ADDRESS, "0" * 26)) == []


def exact_times() -> list[str]:
    """Columns of rows about what visitors sent that hold more than a day."""
    found = []
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label in NOT_EXACT:
            continue
        names = [each.name for each in model._meta.get_fields() if type(each) is models.DateTimeField]
        values = (row for row in model._base_manager.values(*names)) if names else ()
        found += [
            f"{model._meta.label}.{name}"
            for row in values
            for name in names
            if row[name] and row[name].astimezone(UTC).time() != datetime.min.time()
        ]
    return found


def test_a_week_after_the_decision_no_row_knows_the_hour_t37():
    page, code = sent_and_unnamed()
    now = timezone.now()
    Case.objects.update(opened_at=now)
    Decision.objects.update(decided_at=now)
    assert exact_times(), "they are exact at first"
    housekeeping.tidy(now + timedelta(days=8))
    assert exact_times() == []
    page.refresh_from_db()
    assert page.sequence
    assert store.find(code)
    assert {path.stat().st_mtime for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} == {0.0}
