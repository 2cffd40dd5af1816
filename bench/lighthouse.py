"""What Lighthouse says of the pages, as a phone: `python -m bench lighthouse`, the median of three.

Needs Node.js; the program itself comes from npm for this one run and is no part of the site.
"""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.phone import PAGES
from tests.browser.chromium import arguments, chromium
from tests.browser.running import running

PROGRAM = "lighthouse@12.8.2"
RUNS = 3
TRIES = 4
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
GOAL = 98
STORY = "It went quiet after the fourth time"  # one of those that `tell` tells
TELL = "from tests.browser.stories import tell; tell()"


def scores(url: str, output: Path) -> dict[str, int]:
    """Of 100, for each category."""
    flags = " ".join([*arguments(), "--headless=new"])
    run = ["npm", "exec", "--yes", "--package", PROGRAM, "--", "lighthouse", url, "--quiet", "--output=json"]
    wanted = [f"--output-path={output}", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    for _ in range(TRIES):  # a busy machine now and then makes it lose the trace
        if subprocess.run([*run, *wanted], env=environment, check=False, stderr=subprocess.DEVNULL).returncode == 0:
            break
    else:
        raise SystemExit(f"Lighthouse could not read {url}.")
    found = json.loads(output.read_text())["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}


def main() -> dict[str, object]:
    table = {}
    with TemporaryDirectory() as home, running(Path(home)) as site:
        site.manage("shell", "--verbosity", "0", "-c", TELL)
        pages = {**PAGES, "visitor's page": visitors_page(site.manage("search", STORY, "--json"))}
        for name, path in pages.items():
            runs = [scores(site.url + path, Path(home) / "said.json") for _ in range(RUNS)]
            table[name] = {category: median(run[category] for run in runs) for category in CATEGORIES}
    print(f"| page | {' | '.join(CATEGORIES)} | under {GOAL} |")
    print("|--" * (len(CATEGORIES) + 2) + "|")
    for name, said in table.items():
        low = [category for category in CATEGORIES if said[category] < GOAL]
        print(f"| {name} | {' | '.join(f'{said[each]:.0f}' for each in CATEGORIES)} | {', '.join(low) or 'none'} |")
    return dict(table)


def visitors_page(found: str) -> str:
    """The address of the first visitor's page among what the search command printed."""
    addresses: list[str] = [hit["url"] for hit in json.loads(found)["hits"]]
    return next(address for address in addresses if address.startswith("/pages/"))
