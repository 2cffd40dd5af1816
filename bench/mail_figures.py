"""The figures of one database, as JSON on the last line. Run by bench/mail.py, which chooses home and database."""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from django.conf import settings

from bench.site import prepare

prepare()

from django.db import connection  # noqa: E402 - only once a site is set up
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.mail_speed import first_lessons, letters, throughput  # noqa: E402
from tests import make  # noqa: E402
from tests.mail import campaign  # noqa: E402
from tips.mail import claims  # noqa: E402
from tips.mail.models import Delivery  # noqa: E402

KILLS = 50  # of each of four kinds
SIGN_UPS = 60
FEW, MANY, AT_ONCE = 5_000, 500_000, 100


def fill(rows: int) -> None:
    """`rows` mails, of which 100 are due and the others at any time in the next year, of three priorities."""
    letters(1)
    (row,) = Delivery.objects.all()
    names = [str(field.column) for field in Delivery._meta.local_concrete_fields if not field.primary_key]
    series = "generate_series(1, %s) AS series(n)"
    soon = "due_at + (n %% 8760 + 1) * interval '1 hour'"
    if connection.vendor == "sqlite":
        series = "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s)"
        soon = "strftime('%%Y-%%m-%%d %%H:%%M:%%S', due_at, '+' || (n %% 8760 + 1) || ' hours')"
    made = {"idem_key": "idem_key || n", "message_id": "message_id || n", "priority": "n %% 3 * 4 + 1", "due_at": soon}
    columns = ", ".join(made.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        source = f"SELECT {columns} FROM mail_delivery, {series} WHERE mail_delivery.id = %s"
        cursor.execute(f"INSERT INTO mail_delivery ({quoted}) {source}", [rows, row.pk])
        cursor.execute("ANALYZE")
    row.delete()


def claiming(rows: int) -> float:
    """Milliseconds to claim 100 due mails of a table of `rows`; the median of 15."""
    fill(rows)
    took = []
    for _ in range(15):
        chosen = list(Delivery.objects.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
        Delivery.objects.filter(pk__in=chosen).update(due_at=timezone.now(), state="scheduled", lease_until=None)
        began = time.perf_counter()
        batch = claims.claim(now=timezone.now(), limit=AT_ONCE, lease=claims.LEASE)
        took.append((time.perf_counter() - began) * 1000)
        assert len(batch) == AT_ONCE  # noqa: S101
        claims.release(batch, timezone.now())
    return median(took)


def sign_up(number: int) -> float:
    client = Client()
    said = make.filled(client, "/course/", email=f"r{number}-{time.monotonic_ns()}@example.org", consent="on")
    began = time.perf_counter()
    answer = client.post("/course/", said)
    took = time.perf_counter() - began
    assert answer.status_code == 303, answer.status_code  # noqa: S101
    return took


def signing_up() -> float:
    """The mail server there and away by turns; the ratio of the medians."""
    there, away = settings.EMAIL_URL, "smtp://127.0.0.1:9"
    took: dict[str, list[float]] = {there: [], away: []}
    for number in range(SIGN_UPS):
        for settings.EMAIL_URL in (there, away):
            took[settings.EMAIL_URL].append(sign_up(number))
    settings.EMAIL_URL = there
    return median(took[away]) / median(took[there])


def kills() -> dict[str, float]:
    """Of 200 in all, by one worker and by four, for each policy."""
    lost, copies, killed = 0, {"retry": 0, "hold": 0}, 0
    for policy in copies:
        for count in (1, 4):
            Delivery.objects.all().delete()
            account = campaign.run(kills=KILLS, workers=count, policy=policy, seed=count)
            lost += len(account.lost)
            copies[policy] += account.copies
            killed += account.kills
    Delivery.objects.all().delete()
    return {
        "kills": killed,
        "lost": lost,
        "copies, policy retry": copies["retry"],
        "copies, policy hold": copies["hold"],
    }


def claims_by_size() -> dict[str, float]:
    few, many = claiming(FEW), claiming(MANY)
    return {
        "claim 100 of 5,000 (ms)": round(few, 1),
        "claim 100 of 500,000 (ms)": round(many, 1),
        "claim 100 of 500,000 ÷ of 5,000": round(many / few, 2),
    }


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "throughput": throughput,
    "lesson 1": first_lessons,
    "sign-up": lambda: {"sign-up, mail server down ÷ up": round(signing_up(), 2)},
    "kills": kills,
    "claims": claims_by_size,
}


def main(chosen: list[str]) -> None:
    figures: dict[str, float] = {}
    for name in chosen or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures |= PARTS[name]()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
