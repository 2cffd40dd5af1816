"""Rooms and layers. import-linter holds the imports themselves (pyproject.toml); here, that nothing escapes it."""

import re
import subprocess
import sys
import tomllib
from shutil import which
from typing import Any

import pytest

from tests.house.source import ROOT, rooms

# The project itself, and what a Python project carries by convention.
TOP = """
    backsite tips accounts templates tests manage.py pyproject.toml
    README.md LICENSE CHANGELOG.md CONTRIBUTING.md Makefile uv.lock docs bench deploy
    .pre-commit-config.yaml .ci .editorconfig .gitattributes .gitignore
""".split()


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(settings["tool"]["importlinter"]["contracts"])


@pytest.mark.skipif(not (ROOT / ".git").exists() or not which("git"), reason="no list of the project's files")
def test_nothing_lies_at_the_top_but_what_belongs_there():
    # The checkout may be another user's, which git would otherwise refuse to read.
    listing = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()

    assert {name.partition("/")[0] for name in files} - set(TOP) == set()


def test_the_contract_for_the_inside_of_a_room_covers_every_room():
    inside = next(contract for contract in contracts() if contract["name"].startswith("Inside a room"))

    assert sorted(inside["containers"]) == sorted(["accounts", *(f"tips.{room}" for room in rooms())])


def test_the_contract_for_the_rooms_leaves_none_out_and_the_private_one_is_protected():
    by_type = {contract["type"]: contract for contract in contracts()}
    order = next(contract for contract in contracts() if contract.get("containers") == ["tips"])

    assert order["exhaustive"] is True
    assert "ignore_imports" not in order
    assert by_type["protected"]["protected_modules"] == ["tips.receipts"]
    assert set(by_type["protected"]["allowed_importers"]) == {"tips.sharing", "tips.moderation"}


def test_every_room_is_named_where_the_architecture_is_explained():
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text()

    assert [room for room in rooms() if not re.search(rf"\b{room}\b", text)] == []
    assert len(text.splitlines()) <= 150


def test_rooms_are_empty_packages_so_that_importing_one_imports_nothing_else():
    assert [room for room in rooms() if (ROOT / "tips" / room / "__init__.py").read_text().strip()] == []


def test_every_decision_record_says_when_what_and_why():
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    wanted = ("Date", "Status", "Context", "Decision", "Consequences")
    incomplete = {
        record.name: [word for word in wanted if word not in record.read_text()]
        for record in records
        if not all(word in record.read_text() for word in wanted)
    }

    assert records
    assert incomplete == {}
    assert [record.name for record in records if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name)] == []


def test_the_safe_sqlite_is_in_place_before_django_asks_for_one():
    program = (
        "import backsite.settings, django.db.backends.sqlite3.base as base;"
        "print('.'.join(map(str, base.Database.sqlite_version_info)))"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert tuple(map(int, said.split("."))) >= (3, 51, 3)  # the first without the WAL-reset bug


def test_every_dependency_is_accounted_for():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [settings["project"]["dependencies"], *settings["project"]["optional-dependencies"].values()]
    groups += [[item for item in group if isinstance(item, str)] for group in settings["dependency-groups"].values()]
    names = {re.split(r"[\[<>=; ]", requirement)[0] for group in groups for requirement in group}
    text = (ROOT / "docs" / "DEPENDENCIES.md").read_text()

    assert {name for name in names if not re.search(rf"`{name}[`\[ ]", text)} == set()
