"""One name, one address, one connection, looked for in every channel and in the raw bytes of the data folder."""

import logging
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.test import Client

from tests import make
from tips.pages.models import Page
from tips.receipts.models import Receipt

pytestmark = pytest.mark.django_db

NAME, MAIL, AGENT, ADDRESS = "Canary Zqxname", "canary-zqx@example.org", "CanaryUA/9 zqx", "127.66.77.88"
CHANNELS = ("/", "/pages/", "/feeds/pages.atom", "/sitemap.xml", "/search/?q=wheelbarrow", "/search.json?q=wheelbarrow")


def vik() -> Client:
    return Client(headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS)


def send() -> Page:
    client = vik()
    data = make.filled(client, "/share/", **make.story(name="", email=MAIL))
    assert client.post("/share/", data).status_code == 303
    page = Page.objects.latest("pk")
    make.decide(make.case_of(page))
    page.refresh_from_db()
    return page


def test_no_channel_names_the_author():
    page = send()
    addresses = (*CHANNELS, page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom")
    for address in addresses:
        body = Client().get(address).content.decode()
        for secret in (MAIL, MAIL.split("@")[0], AGENT, ADDRESS):
            assert secret not in body, address


def test_moderators_and_the_owner_read_no_address_either():
    page = send()
    for who in (make.mina(), make.olga()):
        client = make.signed_in(who)
        for address in ("/moderation/", f"/moderation/{make.case_of(page).pk}/", "/admin/", "/admin/pages/page/"):
            assert MAIL not in client.get(address, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_data_folder_names_the_connection_or_the_mail_address_t35(caplog):
    caplog.set_level(logging.DEBUG)
    send()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        files = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
        assert files
        for path in files:
            content = path.read_bytes()
            for secret in (MAIL, AGENT, ADDRESS):
                assert secret.encode() not in content, path
    for model in apps.get_models():
        for row in model.objects.all().values():
            assert MAIL not in str(row)
            assert AGENT not in str(row)
            assert ADDRESS not in str(row)
    logged = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert MAIL not in logged


def test_no_field_of_the_site_could_hold_a_connection():
    ours = [model for model in apps.get_models() if model.__module__.startswith(("tips.", "accounts."))]
    fields = [field for model in ours for field in model._meta.get_fields()]
    assert not [field for field in fields if isinstance(field, models.GenericIPAddressField)]
    assert not [field.name for field in fields if {"ip", "agent", "useragent"} & set(field.name.split("_"))]


def test_nothing_public_can_walk_to_a_receipt():
    for model in apps.get_models():
        if model.__module__.startswith("tips.receipts"):
            continue
        for relation in model._meta.related_objects:
            if relation.related_model is Receipt:
                assert relation.hidden, f"{model.__name__} leads to receipts"


def test_a_page_is_the_same_for_everybody_and_sets_no_cookie():
    page = send()
    one, other = vik().get(page.get_absolute_url()), Client().get(page.get_absolute_url())
    assert one.content == other.content
    for address in (*CHANNELS, page.get_absolute_url()):
        answer = Client().get(address)
        assert not answer.cookies, address
        assert isinstance(getattr(answer.wsgi_request, "user", AnonymousUser()), AnonymousUser)


def test_days_not_times():
    page = send()
    for address in (page.get_absolute_url(), "/feeds/pages.atom", "/sitemap.xml"):
        answer = Client().get(address)
        assert "Last-Modified" not in answer.headers or "00:00:00" in answer.headers["Last-Modified"]
        assert not re.search(r"\dT(?!00:00:00[+Z])\d\d:\d\d", answer.content.decode()), address
