"""What readers notice of others: uncached searches, and decisions that make pages stale. By rates, on both cores."""

from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

from bench.speed.servers import Target, copied, environment, made_site, site
from bench.speed.talking import Partner, partner
from bench.speed.turns import TURNS, Goal, Limit, in_turns, report
from bench.speed.words import asked
from bench.speed.wrk import Load, load, started

PAGES = 2_000
SECONDS = 3
ARTICLE = "/articles/psoas/"
SEARCHERS = 2
A_SECOND = 10  # replies published
LEAST_BESIDE_SEARCHES, LEAST_BESIDE_WRITES, MOST_P50 = 0.5, 0.9, 2.0


def read(target: Target) -> Load:
    return load(target, [ARTICLE], connections=16, seconds=SECONDS, core=None)


def beside_searches(target: Target) -> Load:
    searches = [path for paths in asked().values() for path in paths]
    with started(target, searches, connections=SEARCHERS, seconds=SECONDS + 2, core=None):
        return read(target)


def beside_writes(target: Target, writer: Partner) -> Load:
    writer.say(str(SECONDS))
    found = read(target)
    if int(writer.hear()) < 0.8 * SECONDS * A_SECOND:
        print("The writer could not keep up.")
    return found


def writing(home: Path, target: Target, slug: str) -> AbstractContextManager[Partner]:
    count = (TURNS + 1) * SECONDS * A_SECOND + 20
    return partner("bench.speed.writer", str(count), str(A_SECOND), slug, environment=environment(home, target.port))


def main() -> dict[str, object]:
    with ExitStack() as stack:
        home = stack.enter_context(copied(made_site(PAGES)))
        target = stack.enter_context(site(home, core=None))
        others = stack.enter_context(writing(home, target, "-"))
        same = stack.enter_context(writing(home, target, "psoas"))
        found = in_turns(
            {
                "alone": partial(read, target),
                "beside two searches": partial(beside_searches, target),
                "beside ten replies a second elsewhere": partial(beside_writes, target, others),
                "beside ten replies a second to the page": partial(beside_writes, target, same),
            }
        )
    return report(
        found,
        [
            Goal("beside two searches", "alone", LEAST_BESIDE_SEARCHES, "rate"),
            Goal("beside ten replies a second elsewhere", "alone", LEAST_BESIDE_WRITES, "rate"),
            Goal("beside ten replies a second to the page", "alone", 0, "rate"),
        ],
        [Limit("beside two searches", "p50", MOST_P50)],
    )
