"""What a page costs a reader and the database: queries, bytes after gzip, files before images, requests to other hosts.

`python -m bench budgets` prints the table beside the budgets of the contract; nothing here is a time.
"""

import gzip
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.site import throw_away_site

STATIC = Path(__file__).resolve().parent.parent / "backsite" / "static"
FILE = re.compile(r'<(?:link rel="stylesheet" href|script [^>]*src)="([^"]+)"')
ADDRESS = re.compile(r'(?:<(?:link|script|img|iframe|source)[^>]*(?:href|src)=")(https?://[^"]+)"')
FEW, MANY = 5, 60


@dataclass(frozen=True)
class Cost:
    """One address measured. `html`: bytes after gzip -9. `files`: style sheets and scripts it asks for, plus itself."""

    name: str
    path: str
    queries: int
    html: int
    files: int
    other_hosts: int
    cookies: int


@dataclass(frozen=True)
class Budget:
    queries: int
    html: int = 14_000
    files: int = 4
    other_hosts: int = 0
    cookies: int = 0


PAGES = {
    "home": ("/", Budget(6)),
    "article": ("/articles/back-exercises/", Budget(5)),
    "exercise": ("/exercises/supported-standing-forward-bend/", Budget(5)),
    "visitor's page": ("{page}", Budget(5)),
    "articles": ("/articles/", Budget(6)),
    "exercises": ("/exercises/", Budget(6)),
    "visitors' pages": ("/pages/", Budget(6)),
    "glossary": ("/glossary/", Budget(6)),
    "warning signs": ("/warning-signs/", Budget(6)),
    "search": ("/search/?q=psoas", Budget(6, html=20_000)),
    "search, misspelled": ("/search/?q=psosas", Budget(6, html=20_000)),
    "search.json": ("/search.json?q=psoas", Budget(6, html=20_000)),
}
CSS, JAVASCRIPT = 10_000, 12_000  # bytes after gzip -9, all files together


def weigh(pattern: str) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in sorted(STATIC.glob(pattern)))


def cost(name: str, path: str) -> Cost:
    """The second reading of an address: what the process keeps in memory is there by then."""
    from django.db import connection  # noqa: PLC0415 - only once a site is set up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    text = answer.content.decode()
    return Cost(
        name=name,
        path=path,
        queries=len(asked),
        html=len(gzip.compress(answer.content, 9)),
        files=1 + len(FILE.findall(text)),
        other_hosts=len(
            [each for each in ADDRESS.findall(text) if "//127.0.0.1" not in each and "//localhost" not in each]
        ),
        cookies=len(answer.cookies),
    )


def over(measured: Cost, allowed: Budget) -> list[str]:
    """The names of the figures that are over their budget."""
    return [name for name, most in asdict(allowed).items() if getattr(measured, name) > most]


def fill(rows: int) -> str:
    """`rows` visitors' pages, and a page with as many replies; the address of that page."""
    from tests import make  # noqa: PLC0415

    for number in range(rows):
        make.page(
            f"My psoas, page {number}", f"It was the psoas, I think, in the year {number}, and it got better slowly."
        )
    page = make.page(
        "A page with many replies", "My psoas was sore for a year. What helped you, and how long did it take?"
    )
    first = make.comment(page, "Mine took three months.")
    for number in range(rows - 1):
        make.comment(
            page, f"The psoas hang off a table helped me, number {number}.", parent=first if number % 3 == 0 else None
        )
    return page.get_absolute_url()


def main() -> dict[str, object]:
    with throw_away_site():
        table = {}
        for rows in (FEW, MANY):
            page = fill(rows)
            for name, (path, allowed) in PAGES.items():
                measured = cost(name, path.format(page=page))
                table[f"{name}, {rows} rows"] = asdict(measured) | {"over": over(measured, allowed)}
    print("| page | queries | HTML, gzip | files before images | other hosts | cookies | over budget |")
    print("|--|--|--|--|--|--|--|")
    for name, row in table.items():
        figures = " | ".join(str(row[key]) for key in ("queries", "html", "files", "other_hosts", "cookies"))
        print(f"| {name} | {figures} | {', '.join(row['over']) or 'none'} |")
    weights = {"css": weigh("css/*.css"), "javascript": weigh("js/*.js")}
    print(f"\nCSS {weights['css']:,} of {CSS:,} bytes; JavaScript {weights['javascript']:,} of {JAVASCRIPT:,} bytes.")
    return {"pages": table, **weights}
