"""What must be true before this site may run. `manage.py check` lists all; server and worker refuse on errors."""

import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from backsite import sqlite_safety
from tips.mail.limits import limits
from tips.mail.readers import READERS
from tips.mail.smtp import Server

TAG = "backsite"
# Names of columns that would keep where a visitor came from. No table has any of them.
TRACES = {"ip", "ip_address", "ip_addr", "remote_addr", "remote_address", "user_agent", "useragent", "ua", "referer"}
ADDRESS_FIELDS = (models.GenericIPAddressField,)


def refuse_to_start() -> None:
    """Raises ImproperlyConfigured with every error of this file, in words for whoever starts the site."""
    errors = [message for message in run_checks(tags=[TAG]) if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(f"{each.id}: {each.msg} {each.hint or ''}".strip() for each in errors))


@register(TAG)
def sqlite_is_safe(**_: Any) -> list[CheckMessage]:
    """E001, E002. Sources: sqlite.org/wal.html (WAL-reset bug), sqlite.org/fts5.html."""
    if not _on_sqlite():
        return []
    version = sqlite_safety.version()
    found: list[CheckMessage] = []
    if not sqlite_safety.wal_is_safe(version):
        found.append(
            Error(
                f"SQLite {'.'.join(map(str, version))} has the WAL-reset bug: committed data can be lost.",
                hint="Install pysqlite3 (make run does), or SQLite 3.51.3 or newer; or use PostgreSQL (DATABASE_URL).",
                id="site.E001",
            )
        )
    if not sqlite_safety.has_full_text():
        found.append(Error("This SQLite has no FTS5, so nothing could be searched.", hint=None, id="site.E002"))
    return found


@register(TAG)
def mail_goes_somewhere(**_: Any) -> list[CheckMessage]:
    """E003: nobody is told to look for a mail that never comes."""
    if settings.SITE_IS_LOCAL or settings.EMAIL_URL:
        return []
    return [
        Error(
            f"SITE_URL is public ({settings.SITE_URL}) and EMAIL_URL is not set: mail would end in files.",
            hint="Set EMAIL_URL, for instance smtps://user:password@mail.example:465 (see docs/RUNBOOK.md).",
            id="site.E003",
        )
    ]


@register(TAG)
def mail_server_has_a_name(**_: Any) -> list[CheckMessage]:
    """E005."""
    try:
        if settings.EMAIL_URL:
            Server.from_url(settings.EMAIL_URL)
    except ValueError as error:
        return [Error(f"EMAIL_URL cannot be read: {error}", hint="See docs/RUNBOOK.md.", id="site.E005")]
    return []


@register(TAG)
def mail_settings_can_be_read(**_: Any) -> list[CheckMessage]:
    """E006: a limit nobody understands, or a provider whose calls could not be told from forged ones."""
    found: list[CheckMessage] = []
    try:
        limits(settings.EMAIL_RATE)
    except ValueError as error:
        found.append(Error(str(error), hint="See docs/RUNBOOK.md.", id="site.E006"))
    name, secret = settings.EMAIL_WEBHOOK, settings.EMAIL_WEBHOOK_SECRET
    if name and (name not in READERS or not secret):
        known = ", ".join(READERS)
        found.append(Error(f"EMAIL_WEBHOOK wants one of {known}, and EMAIL_WEBHOOK_SECRET.", hint=None, id="site.E006"))
    return found


@register(TAG)
def nothing_keeps_traces(**_: Any) -> list[CheckMessage]:
    """E004: no column of any app, ours or installed, is made for addresses of connections or for browsers."""
    return traces_in(apps.get_models(include_auto_created=True))


def traces_in(kinds: Iterable[type[models.Model]]) -> list[CheckMessage]:
    return [
        Error(f"{kind._meta.label}.{field.name} would store where a visitor came from.", hint=None, id="site.E004")
        for kind in kinds
        for field in kind._meta.local_fields
        if isinstance(field, ADDRESS_FIELDS) or field.name.lower() in TRACES
    ]


@register(TAG)
def data_lies_well(**_: Any) -> list[CheckMessage]:
    """W001 to W004: not wrong enough to refuse, but the owner should know."""
    found = [] if settings.SITE_IS_LOCAL else list(_of_public_site())
    keys = Path(settings.KEYS_DIR)
    if keys.is_dir() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        found.append(
            checks.Warning(f"Others on this machine can read {keys}.", hint=f"chmod 700 {keys}", id="site.W003")
        )
    if _on_sqlite() and (network := sqlite_safety.network_file_system(Path(settings.HOME))):
        found.append(
            checks.Warning(
                f"{settings.HOME} lies on {network}: SQLite's WAL needs a disk of this machine.",
                hint="Move BACKSITE_HOME to a local disk, or set DATABASE_URL to a PostgreSQL.",
                id="site.W004",
            )
        )
    return found


def _of_public_site() -> Iterable[CheckMessage]:
    if not settings.SITE_IS_SECURE:
        yield checks.Warning("SITE_URL is public and not https.", hint="See deploy/ for TLS.", id="site.W001")
    if not settings.STAFF_MFA:
        yield checks.Warning(
            "STAFF_MFA is off on a public site.", hint="Remove it from the environment.", id="site.W002"
        )


def _on_sqlite() -> bool:
    databases: Sequence[dict[str, Any]] = list(settings.DATABASES.values())
    return any(database["ENGINE"].endswith("sqlite3") for database in databases)
