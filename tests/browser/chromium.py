"""Which Chromium, and how it is started: for the browser journeys and for measurements."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / ".tools" / "chromium"
ARGUMENTS = """
    --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
    --disable-sync --disable-dev-shm-usage
""".split()


def chromium() -> str:
    """The path of the browser; .ci/chromium says on stderr why there is none."""
    named = os.environ.get("BACKSITE_CHROMIUM")
    return (
        named
        or subprocess.run([ROOT / ".ci" / "chromium"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    )


def arguments() -> list[str]:
    """What it is started with, here and now."""
    wanted = list(ARGUMENTS)
    if os.geteuid() == 0:
        wanted.append("--no-sandbox")
    if Path(chromium()).is_relative_to(UNPACKED):  # made for a place where no process may fork another
        wanted.append("--no-zygote")
    return wanted
