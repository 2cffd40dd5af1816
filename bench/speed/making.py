"""A program of its own: brings a home up to date and to so many made-up pages.

`python -m bench.speed.making PAGES COMMENTS SEED`, with the site's environment.
"""

import sys
from io import StringIO

import django

import backsite  # noqa: F401 - the safe SQLite comes before the database

django.setup()

from django.core.management import call_command  # noqa: E402

from backsite import preparing  # noqa: E402


def main(pages: str, comments: str, seed: str) -> None:
    preparing.migrate_when_needed(print)
    preparing.collect_when_changed(print)
    call_command("load_content", quiet=True, stdout=StringIO())
    call_command("make_load", f"--pages={pages}", f"--comments={comments}", f"--seed={seed}")


if __name__ == "__main__":
    main(*sys.argv[1:])
