"""The same pages on a small site and on large ones: processor time in the process, nothing cached, sizes in turns.

GROWTH_SIZES="2000 20000 200000" chooses the sizes; the first is what the others are compared with. A site is made once,
into test-results/bench/, at some 100 pages a second, and takes some 30 kB a page.
"""

import os
import random
from contextlib import ExitStack
from statistics import median

from bench.speed.servers import environment, made_pages, made_site
from bench.speed.talking import Partner, partner
from bench.speed.words import asked, few_hits

SIZES = [int(size) for size in os.environ.get("GROWTH_SIZES", "2000 20000").split()]
TURNS, TIMES = 5, 6
PAGES = {"article": 1.2, "visitor's page": 1.2, "home": 1.3, "list": 1.3, "feed": 1.3}
MOST = {**PAGES, "search, rare": 1.5, "search, as few": 1.5, "search, places": 1.5}


def main() -> dict[str, object]:
    homes = {size: made_site(size) for size in SIZES}
    paths = addresses(made_pages(homes[SIZES[0]]), few_hits(homes[SIZES[0]]))
    with ExitStack() as stack:
        askers = {
            size: stack.enter_context(partner("bench.speed.asker", environment=environment(home, 8000)))
            for size, home in homes.items()
        }
        spent = {name: _spent(askers, several) for name, several in paths.items()}
    return report(spent)


def addresses(pages: dict[str, list[str]], few: list[str]) -> dict[str, list[str]]:
    """What is asked, by name; a name with several addresses is their median. The goal goes by the name's beginning."""
    return {
        "article, the site's own": ["/articles/psoas/"],
        "article, 5 replies": pages["article"][1:4],
        "article, an exercise": ["/exercises/hip-hinge/"],
        "visitor's page, 5 replies": pages["visitors"][:3],
        "home": ["/"],
        "list, visitors' pages": ["/pages/"],
        "list, tips about the neck": ["/pages/?kind=tip&area=neck"],
        "list, about the neck": ["/pages/?area=neck"],
        "list, about an exercise": ["/pages/?about=hip-hinge"],
        "list, about an exercise and the neck": ["/pages/?about=hip-hinge&area=neck"],
        "list, articles": ["/articles/"],
        "list, exercises": ["/exercises/"],
        "feed, visitors' pages": ["/feeds/pages.atom"],
        "sitemap, its first part": ["/sitemap-0.xml"],
        "search, as few hits on each": few,
        "search, places on a page": [f"{path}&in=/articles/psoas/" for path in asked()["common"]],
        **{f"search, {kind}": several for kind, several in asked().items()},
    }


def _spent(askers: dict[int, Partner], paths: list[str]) -> dict[int, list[float]]:
    chance = random.Random(1)
    found: dict[int, list[float]] = {size: [] for size in askers}
    for _ in range(TURNS):
        for size in chance.sample(list(askers), len(askers)):
            found[size].append(median(float(askers[size].ask(f"{TIMES} {path}")) for path in paths))
    return found


def report(spent: dict[str, dict[int, list[float]]]) -> dict[str, object]:
    first, *larger = SIZES
    heads = [*(f"{size:,} pages, ms" for size in SIZES), *(f"times at {size:,}" for size in larger)]
    print(f"| asked | {' | '.join(heads)} | most |")
    print(f"|{'--|' * (2 + len(SIZES) + len(larger))}")
    rows = {}
    for name, by_size in spent.items():
        times = {size: median(each) for size, each in by_size.items()}
        ratios = {size: median(b / a for a, b in zip(by_size[first], by_size[size], strict=True)) for size in larger}
        most = next((most for begin, most in MOST.items() if name.startswith(begin)), None)
        missed = most is not None and any(ratio > most for ratio in ratios.values())
        figures = [*(f"{each:.2f}" for each in times.values()), *(f"{each:.2f}" for each in ratios.values())]
        print(f"| {name} | {' | '.join(figures)} | {most or ''}{', **missed**' if missed else ''} |")
        rows[name] = {"ms": times, "ratio": ratios, "most": most}
    return {"sizes": SIZES, "turns": TURNS, "rows": rows}
