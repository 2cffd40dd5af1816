"""Workers to be killed: on each line of JSON it forks one, says its number, and "gone" when it has ended.

A line: `now` (ISO), `limit`, `lease` (seconds), `die` ("", "rendering", "before", "after": the sending), `slow` (the
seconds that each sending takes).
"""

import json
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from tips.mail.envelope import Envelope, Transport  # noqa: E402  (models need Django to be set up)
from tips.mail.letters import Letter  # noqa: E402
from tips.mail.models import IN_HAND, Delivery  # noqa: E402
from tips.mail.sending import Purpose, send_due  # noqa: E402
from tips.mail.transport import from_settings  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    def __init__(self, transport: Transport, moment: str, slow: float) -> None:
        self.transport, self.moment, self.slow = transport, moment, slow

    def send(self, envelope: Envelope) -> str:
        if self.moment == "before":
            die()
        time.sleep(self.slow)
        code = self.transport.send(envelope)
        if self.moment == "after":
            die()
        return code

    def close(self) -> None:
        self.transport.close()


def work(order: dict[str, Any]) -> None:
    """Until nothing is due and nothing is in anybody's hand."""

    def render(_delivery: Delivery, context: Any) -> Letter:
        if order["die"] == "rendering":
            die()
        return Letter(**context)

    now, lease = datetime.fromisoformat(order["now"]), timedelta(seconds=order["lease"])
    transport = Dying(from_settings(), order["die"], order["slow"])
    while True:
        taken = send_due({"note": Purpose(render)}, now=now, transport=transport, limit=order["limit"], lease=lease)
        if not taken:
            if not Delivery.objects.filter(state__in=IN_HAND).exists() and not Delivery.objects.due(now).exists():
                return
            time.sleep(0.02)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work(json.loads(line))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
