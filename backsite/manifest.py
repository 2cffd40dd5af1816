"""What a backup says about itself, so that a restore can refuse what is damaged or does not fit."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"


class Refused(Exception):
    """In words for whoever typed the command."""


@dataclass(frozen=True)
class Manifest:
    """`rows` by table; `files` by path below the backup, `keys` by name: SHA-256 in hex digits, of keys shortened."""

    made_at: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str]
    keys: dict[str, str]

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n")


def read(folder: Path) -> Manifest:
    """Raises Refused."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text()))
    except FileNotFoundError:
        raise Refused(f"{folder} is not a backup: there is no {NAME} in it.") from None
    except (ValueError, TypeError) as error:
        raise Refused(f"{folder / NAME} cannot be read: {error}") from error


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(keys: Path) -> dict[str, str]:
    """By which a key is recognised; 32 random bytes cannot be found from them."""
    files = sorted(path for path in keys.glob("*") if path.is_file() and not path.name.startswith("."))
    return {path.name: hashlib.sha256(b"backsite key\0" + path.read_bytes()).hexdigest()[:32] for path in files}
