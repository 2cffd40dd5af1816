"""What lies published, as a web server would find it."""

import gzip
from pathlib import Path

from tips.freshness import files, slots

PSOAS = "/articles/psoas/"
NAMES = ("page:1", "lists", "practice")
WORDS = gzip.compress(b"Bend forward in stages. " * 40, mtime=0)


def put(
    address: str = PSOAS, packed: bytes = WORDS, *, names=NAMES, until: float = 10.0, still_true=lambda: True
) -> bool:
    return files.put(address, packed, slots=map(slots.place, names), until=until, still_true=still_true)


def lying() -> dict[str, bytes]:
    """What the web server could hand out, by address."""
    root = files.folder() / "pages"
    return {f"/{path.parent.relative_to(root)}/".replace("/./", "/"): path.read_bytes() for path in root.rglob("*.gz")}


def notes() -> list[Path]:
    """Every name that is kept of any page."""
    return [*(files.folder() / "notes").glob("*")]
