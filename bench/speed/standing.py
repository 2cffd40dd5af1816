"""The whole site as `make run` starts it, worker included: processor time until it answers, memory before and after."""

import time
from pathlib import Path
from statistics import median

from bench.speed.processes import Server, get, wait_for
from bench.speed.servers import MANAGE, Target, copied, environment, free_port, made_pages, made_site, warm
from bench.speed.uncached import send_replies
from bench.speed.words import asked
from bench.speed.wrk import load

PAGES = 2_000
TURNS = 5
MOST = {"start, CPU s": 1.5, "idle, MiB": 150.0, "after load, MiB": 200.0}


def started(home: Path) -> tuple[Server, Target, float]:
    """Running, and the processor time of all its processes until the first page came."""
    port = free_port()
    # Whoever starts this may forbid to keep compiled modules; an existing site has them from its first start.
    server = Server([*MANAGE, "serve"], {**environment(home, port), "PYTHONDONTWRITEBYTECODE": ""})
    try:
        wait_for(port, every=0.02)
    except SystemExit:
        server.stop()
        raise
    return server, Target(server, port), server.cpu()


def once(home: Path, pages: dict[str, list[str]]) -> dict[str, float]:
    server, target, spent = started(home)
    try:
        get(target.port, "/articles/psoas/")
        time.sleep(3)
        idle = server.memory()
        work(target, pages)
        return {"start, CPU s": spent, "idle, MiB": idle, "after load, MiB": server.memory()}
    finally:
        server.stop()


def work(target: Target, pages: dict[str, list[str]]) -> None:
    """Something of everything: the same pages, many pages, searches, forms and replies."""
    searches = [path for paths in asked().values() for path in paths]
    warm(target.port)
    load(target, ["/"], connections=16, seconds=2, core=None)
    load(target, [*pages["visitors"], *pages["article"]], connections=16, seconds=5, core=None)
    load(target, [*searches, "/share/", "/contact/", "/pages/?area=neck"], connections=4, seconds=3, core=None)
    send_replies(target)


def main() -> dict[str, object]:
    with copied(made_site(PAGES)) as home:
        pages = made_pages(home)
        server, _, _ = started(home)  # what is done once after an update is done by then
        server.stop()
        turns = [once(home, pages) for _ in range(TURNS)]
    print("| what | median | all | most | |\n|--|--|--|--|--|")
    rows = {}
    for name, most in MOST.items():
        found = [turn[name] for turn in turns]
        told = ", ".join(f"{each:.4g}" for each in sorted(found))
        print(f"| {name} | {median(found):.4g} | {told} | {most:g} | {'' if median(found) <= most else 'missed'} |")
        rows[name] = {"median": median(found), "all": found, "most": most}
    return {"pages": PAGES, "rows": rows}
