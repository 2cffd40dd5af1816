"""T17: what must be true before the site may run is checked, and each check fires when it is not."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test.utils import isolate_apps

from backsite import checks, sqlite_safety
from backsite.loopback import set_defaults


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def on_sqlite(monkeypatch):
    """Whatever the suite runs on."""
    monkeypatch.setattr(checks, "_on_sqlite", lambda: True)


@pytest.fixture
def public_site(settings):
    settings.SITE_URL, settings.SITE_IS_LOCAL, settings.SITE_IS_SECURE = "https://tips.example", False, True
    settings.EMAIL_URL, settings.STAFF_MFA = "smtps://letters:secret@mail.tips.example", True


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 53, 4), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)])
def test_t17_versions_with_the_mended_log_are_safe(version):
    assert sqlite_safety.wal_is_safe(version)


@pytest.mark.parametrize(
    "version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2), (3, 52, 0), (3, 7, 0)]
)
def test_t17_affected_versions_are_not(version):
    assert not sqlite_safety.wal_is_safe(version)


def test_t17_an_affected_version_is_refused_in_clear_text(on_sqlite, monkeypatch):
    monkeypatch.setattr(sqlite_safety, "version", lambda: (3, 40, 1))

    with pytest.raises(ImproperlyConfigured, match=r"site\.E001: SQLite 3\.40\.1 has the WAL-reset bug.*pysqlite3"):
        checks.refuse_to_start()


def test_an_sqlite_that_cannot_search_is_refused(on_sqlite, monkeypatch):
    monkeypatch.setattr(sqlite_safety, "has_full_text", lambda: False)

    assert ids(checks.sqlite_is_safe()) == ["site.E002"]


def test_the_sqlite_that_the_site_brings_is_good(on_sqlite):
    assert checks.sqlite_is_safe() == []


def test_on_postgresql_no_sqlite_is_asked_for(monkeypatch):
    monkeypatch.setattr(checks, "_on_sqlite", lambda: False)
    monkeypatch.setattr(sqlite_safety, "version", lambda: (3, 40, 1))

    assert checks.sqlite_is_safe() == []


def test_a_public_site_without_mail_refuses_to_start(public_site, settings):
    settings.EMAIL_URL = ""

    with pytest.raises(ImproperlyConfigured, match=r"site\.E003.*EMAIL_URL"):
        checks.refuse_to_start()


def test_a_public_site_with_mail_and_a_local_one_without_start(public_site, settings):
    checks.refuse_to_start()
    settings.SITE_IS_LOCAL, settings.EMAIL_URL = True, ""
    checks.refuse_to_start()


def test_a_mail_server_that_cannot_be_read_is_refused_without_showing_the_password(public_site, settings):
    settings.EMAIL_URL = "imap://letters:canary@mail.tips.example"

    with pytest.raises(ImproperlyConfigured, match=r"site\.E005: EMAIL_URL cannot be read") as refusal:
        checks.refuse_to_start()
    assert "canary" not in str(refusal.value)


@isolate_apps("tests")
def test_a_column_for_addresses_of_connections_or_for_browsers_is_refused():
    class Visit(models.Model):
        where = models.GenericIPAddressField()
        user_agent = models.TextField()
        title = models.TextField()

        class Meta:
            app_label = "tests"

        def __str__(self) -> str:
            return "a visit"

    messages = checks.traces_in([Visit])

    assert ids(messages) == ["site.E004", "site.E004"]
    assert "Visit.where" in messages[0].msg


def test_no_table_of_the_site_has_such_a_column():
    assert checks.nothing_keeps_traces() == []


def test_the_owner_is_warned_of_what_is_unwise(public_site, on_sqlite, settings, tmp_path, monkeypatch):
    settings.SITE_IS_SECURE, settings.STAFF_MFA = False, False
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR.mkdir(mode=0o755)
    monkeypatch.setattr(sqlite_safety, "network_file_system", lambda path: "nfs4")

    assert ids(checks.data_lies_well()) == ["site.W001", "site.W002", "site.W003", "site.W004"]


def test_t17_a_home_on_another_machine_is_told_from_one_on_this():
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/homes /home nfs4 rw 0 0\n/dev/sdb1 /home/local ext4 rw 0 0\n"

    def kind(path):
        return sqlite_safety.network_file_system(Path(path), mounts)

    assert kind("/home/olga/backsite") == "nfs4"
    assert kind("/home/local/backsite") == ""
    assert kind("/homes") == ""


@pytest.mark.parametrize(
    ("environment", "factor"),
    [
        ({}, "0"),
        ({"HOST": "localhost", "SITE_URL": "http://localhost:8000"}, "0"),
        ({"STAFF_MFA": "1"}, "1"),
        ({"HOST": "192.0.2.1"}, None),
        ({"HOST": "192.0.2.1", "SITE_URL": "http://localhost:8000"}, None),
        ({"SITE_URL": "https://tips.example"}, None),
    ],
)
def test_only_where_nobody_else_can_connect_staff_need_no_second_factor(environment, factor):
    set_defaults(environment)

    assert environment.get("STAFF_MFA") == factor
