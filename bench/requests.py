"""A whole /search/ request on the site's content beside an empty view, in turns, CPU milliseconds."""

from statistics import median
from time import process_time

from bench.judging import visitors_queries

TIMES = 7


def spent(client: object, address: str, data: dict[str, str]) -> float:
    started = process_time()
    answer = client.get(address, data)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise SystemExit(f"{address} {data} answered {answer.status_code}")
    return (process_time() - started) * 1000


def requests() -> dict[str, float]:
    """The empty view is the search page before anything was typed. Medians over the visitors' questions."""
    from django.test import Client  # noqa: PLC0415 - once a site is set up

    client, empty, full, suggested = Client(), [], [], []
    for text, _ in visitors_queries():
        spent(client, "/search/", {"q": text})
        for _ in range(TIMES):
            empty.append(spent(client, "/search/", {}))
            full.append(spent(client, "/search/", {"q": text}))
        suggested.append(spent(client, "/search/suggest/", {"q": text[:6]}))
    return {
        "empty view": round(median(empty), 2),
        "search": round(median(full), 2),
        "times": round(median(full) / median(empty), 2),
        "suggestions": round(median(suggested), 2),
    }
