"""One worker of the outbox for `python -m bench mail`: sends all that is due, then prints how long that took (s).

The home and the mail server come from the environment. The letter is as long as a lesson, 17 KB.
"""

import time
from collections.abc import Mapping
from typing import Any

import django
from django.utils import timezone

import backsite  # noqa: F401 - the safe SQLite comes first

django.setup()

from tips.mail.letters import Letter  # noqa: E402 - models need Django to be set up
from tips.mail.models import Delivery  # noqa: E402
from tips.mail.sending import Purpose, send_due  # noqa: E402
from tips.mail.transport import from_settings  # noqa: E402

TEXT = "Lie on your back and let both knees fall gently to one side – slowly, as far as it is comfortable.\n\n" * 60
HTML = f"<html lang='en-GB'><body>{TEXT.replace(chr(10), '<br>')}</body></html>"
LETTER = Letter("Lesson 3 of 8: Moving", TEXT, HTML)
ROUND = 100


def render(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    return LETTER


def main() -> None:
    transport = from_settings()
    print("ready", flush=True)
    input()
    began = time.perf_counter()
    while send_due({"bench": Purpose(render)}, now=timezone.now(), transport=transport, limit=ROUND):
        pass
    print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
