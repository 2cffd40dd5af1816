"""`python -m tests.mails`: every letter of the site as text, HTML and .eml in test-results/mails/, to be looked at.

It runs the tests of the rooms that write letters, with this file as a plugin, and keeps the first few different
letters of each purpose that they hand to a worker. It fails when a purpose has none: nobody has seen that letter.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "test-results" / "mails"
ROOMS = ("accounts", "contact", "course", "desk", "journeys", "moderation", "receipts", "sharing")
A_PURPOSE = 5  # different subjects of each that are kept


def pytest_configure() -> None:
    """As a plugin: what is frozen to be sent is written down too."""
    from tips.mail import fence  # noqa: PLC0415 - only once Django is set up, as it is by now

    write, kept, seen = fence._written, Counter[str](), set[tuple[str, str]]()

    def written(row: Any, *arguments: Any, **more: Any) -> bytes:
        body: bytes = write(row, *arguments, **more)
        message = message_from_bytes(body, policy=policy.default)
        what = (row.purpose, str(message["Subject"]))
        if what not in seen and kept[row.purpose] < A_PURPOSE:
            seen.add(what)
            kept[row.purpose] += 1
            keep(f"{row.purpose.replace('/mail/', '-').replace('/', '-')}-{kept[row.purpose]}", message, body)
        return body

    fence._written = written


def keep(name: str, message: EmailMessage, body: bytes) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.eml").write_bytes(body)
    for kind, ending in (("plain", "txt"), ("html", "html")):
        part = message.get_body((kind,))
        if part is not None:
            (FOLDER / f"{name}.{ending}").write_text(part.get_content())


def missing(purposes: Mapping[str, object]) -> list[str]:
    names = {path.stem.rpartition("-")[0] for path in FOLDER.glob("*.eml")}
    return [purpose for purpose in purposes if purpose.replace("/mail/", "-").replace("/", "-") not in names]


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    rooms = [f"tests/{room}" for room in ROOMS if (ROOT / "tests" / room).is_dir()]
    command = [sys.executable, "-m", "pytest", "-p", "tests.mails", "-n0", "-q", "-p", "no:randomly", *rooms]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    asked = [sys.executable, "-c", "import tests.early, django; django.setup(); import tests.mails as m; m.tell()"]
    return subprocess.run(asked, cwd=ROOT, check=False, env=os.environ).returncode or status


def tell() -> None:
    """In a process with Django set up: the purposes that nobody wrote a letter for."""
    from backsite.work import PURPOSES  # noqa: PLC0415 - only once Django is set up

    unseen = missing(PURPOSES)
    sys.stdout.write(f"{len(list(FOLDER.glob('*.eml')))} letters in {FOLDER}.\n")
    if unseen:
        raise SystemExit(f"No test had these sent: {', '.join(unseen)}")


if __name__ == "__main__":
    sys.exit(main())
