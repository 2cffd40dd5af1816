"""A worker of the outbox for `python -m bench mail`. The home and the mail server come from the environment.

`once` sends all that is due, in the rounds of the real worker, and prints how long that took: seconds by the clock and
of the processor. `stay` is the real worker, until it is ended.
"""

import sys
import time
from collections.abc import Mapping
from typing import Any

import django
from django.utils import timezone

import backsite  # noqa: F401 - the safe SQLite comes first

django.setup()

from backsite.work import AT_ONCE, PURPOSES, Worker  # noqa: E402 - models need Django to be set up
from tips.mail.letters import Letter  # noqa: E402
from tips.mail.models import Delivery  # noqa: E402
from tips.mail.sending import Purpose, send_due  # noqa: E402
from tips.mail.transport import from_settings  # noqa: E402

TEXT = "Lie on your back and let both knees fall gently to one side – slowly, as far as it is comfortable.\n\n" * 60
HTML = f"<html lang='en-GB'><body>{TEXT.replace(chr(10), '<br>')}</body></html>"
LETTER = Letter("Lesson 3 of 8: Moving", TEXT, HTML)  # 17 KB, as long as a lesson


def render(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    return LETTER


def once() -> None:
    purposes, transport = {"bench": Purpose(render), **PURPOSES}, from_settings()
    send_due(purposes, now=timezone.now(), transport=transport, limit=1)
    print("ready", flush=True)
    input()
    began, busy = time.perf_counter(), time.process_time()
    while send_due(purposes, now=timezone.now(), transport=transport, limit=AT_ONCE):
        pass
    print(time.perf_counter() - began, time.process_time() - busy, flush=True)


def stay() -> None:
    worker = Worker(timezone.now, from_settings(), nights=False)
    worker.round()
    print("ready", flush=True)
    worker.run()


if __name__ == "__main__":
    {"once": once, "stay": stay}[sys.argv[1]]()
