"""Without a mail server, letters are files."""

from datetime import timedelta

import pytest

from tips.mail.models import State
from tips.mail.transport import FileTransport, SmtpTransport, from_settings


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_URL = ""
    settings.MAIL_FOLDER = tmp_path / "letters"
    return settings.MAIL_FOLDER


def test_each_mail_is_a_file_and_their_names_sort_by_time(compose, work, now, folder):
    late = compose("vik@example.org", due=now + timedelta(hours=1))
    early = compose("ana@example.org")
    work(transport=from_settings())
    work(now + timedelta(hours=1), transport=from_settings())

    names = sorted(path.name for path in folder.iterdir())
    ids = [delivery.message_id.strip("<>").partition("@")[0] for delivery in (early, late)]
    assert names == [f"20260504T120000.000000Z-{ids[0]}.eml", f"20260504T130000.000000Z-{ids[1]}.eml"]
    assert b"To: ana@example.org\r\n" in (folder / names[0]).read_bytes()
    early.refresh_from_db()
    assert (early.state, early.last_code) == (State.ACCEPTED, "file")


def test_letters_are_for_the_owner_of_the_process_only(compose, work, folder):
    compose()
    work(transport=from_settings())

    assert folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0]


def test_a_folder_that_cannot_be_written_pauses_the_mail_and_loses_none(compose, work, now, tmp_path):
    (tmp_path / "file").write_text("in the way")
    delivery = compose()

    assert work(transport=FileTransport(tmp_path / "file")) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.SCHEDULED, 0)
    assert work(transport=FileTransport(tmp_path / "letters")) == 0
    assert work(now + timedelta(minutes=1), transport=FileTransport(tmp_path / "letters")) == 1


def test_with_a_server_in_the_settings_mail_goes_there(settings):
    settings.EMAIL_URL = "smtp+starttls://us%40er:secret@mail.example"
    transport = from_settings()

    assert isinstance(transport, SmtpTransport)
    assert (transport.server.host, transport.server.port) == ("mail.example", 587)
    assert (transport.server.user, transport.server.password) == ("us@er", "secret")
