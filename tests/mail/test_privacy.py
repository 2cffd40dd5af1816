"""Nobody reads an address or a letter in the database, neither while a mail waits nor after."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tips.mail import outbox
from tips.mail.errors import Temporary
from tips.mail.models import State

SECRETS = [b"ana.plain@example.org", b"ana.plain", b"My shoulder", b"Between us"]


def everything_stored():
    """The database's own files where it has such, else every column of every row."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        files = [name, name.with_name(name.name + "-wal")]
        return b"".join(path.read_bytes() for path in files if path.exists())
    rows = [repr(list(model._default_manager.values_list())) for model in apps.get_app_config("mail").get_models()]
    return "".join(rows).encode()


@pytest.mark.django_db(transaction=True)
def test_no_address_and_no_text_is_in_the_bytes_of_the_database(compose, work, post, now):
    context = {"subject": "My shoulder", "text": "Between us\n"}
    for state in (State.SCHEDULED, State.DEFERRED, State.ACCEPTED):
        delivery = compose("ana.plain@example.org", key=f"key-of-{state}", context=context)
        if state == State.DEFERRED:
            post.answers["ana.plain@example.org"] = [Temporary("451")] * 2
        if state != State.SCHEDULED:
            work()
        if state == State.ACCEPTED:
            work(now + timedelta(minutes=5))
        delivery.refresh_from_db()
        assert delivery.state == state
    outbox.suppress("ana.plain@example.org", "complaint", now)

    stored = everything_stored()
    assert b"key-of-scheduled" in stored
    assert not [secret for secret in SECRETS if secret in stored]
