"""Pages out of memory beside nginx with the same bytes: processor time for a request, by the number of readers."""

from functools import partial

from bench.speed.processes import get
from bench.speed.servers import beside_references, made_site
from bench.speed.turns import Goal, Measure, in_turns, report
from bench.speed.wrk import GZIP, load

PAGES = 2_000
SECONDS = 2
PATHS = {"article": "/articles/psoas/", "home": "/"}
LEAST = {16: 0.45, 64: 0.55}  # of what nginx serves for the same processor time


def main() -> dict[str, object]:
    home = made_site(PAGES)
    measures: dict[str, Measure] = {}
    with beside_references(home, tuple(PATHS.values())) as targets:
        for readers in LEAST:
            for name, path in PATHS.items():
                for server in ("site", "nginx"):
                    measures[f"{name}, {server}, c={readers}"] = partial(
                        load, targets[server], [path], connections=readers, seconds=SECONDS
                    )
        for server in ("site", "nginx"):
            tag = get(targets[server].port, PATHS["article"], GZIP)[2]["etag"]
            measures[f"304, {server}, c=16"] = partial(
                load,
                targets[server],
                [PATHS["article"]],
                connections=16,
                seconds=SECONDS,
                headers=GZIP | {"If-None-Match": tag},
            )
        measures["empty view, c=16"] = partial(load, targets["empty"], ["/"], connections=16, seconds=SECONDS)
        found = in_turns(measures)
    goals = [
        Goal(f"{name}, site, c={readers}", f"{name}, nginx, c={readers}", least)
        for readers, least in LEAST.items()
        for name in PATHS
    ]
    goals += [Goal("304, site, c=16", "304, nginx, c=16", 0.2), Goal("article, site, c=16", "empty view, c=16", 0)]
    return report(found, goals)
