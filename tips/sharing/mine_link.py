"""The private link, to be kept: as words, as a code for a phone, as a text file."""

from datetime import datetime
from typing import Any

from tips.practice.current import site
from tips.receipts.codes import grouped
from tips.sharing.mine_forms import CodeForm
from tips.text.qr import draw


def link(code: str) -> str:
    """Behind the #, so that no server, log or Referer ever sees the code."""
    return f"{site().url}/mine/#{code}"


def private_link(code: str, *, now: datetime) -> dict[str, Any]:
    """What `sharing/_private_link.html` prints."""
    return {"code": grouped(code), "link": link(code), "qr": draw(link(code)), "link_form": CodeForm(now=now)}


def as_text(code: str) -> str:
    return (
        f"Your private link at {site().name}\n\n{link(code)}\n\n"
        f"If it does not open, go to {site().url}/mine/ and enter this code:\n\n{grouped(code)}\n\n"
        "Whoever has it can read, change and take down what you sent. Nobody can make it again for you.\n"
    )
