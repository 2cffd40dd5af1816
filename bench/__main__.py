"""`python -m bench [NAME …]`: run the measurements, or all of them. The figures also go to bench/results/ as JSON."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import budgets, lighthouse, mail, pagehit, phone, photos, queue, safety, safety_train, search, share
from bench.peers import measuring as peers
from bench.speed import disturbed, front, growth, reads, standing, uncached
from bench.speed.servers import Missing

BENCHES: dict[str, Callable[[], dict[str, object]]] = {
    "budgets": budgets.main,
    "pagehit": pagehit.main,
    "share": share.main,
    "mail": mail.main,
    "phone": phone.main,
    "lighthouse": lighthouse.main,
    "photos": photos.main,
    "queue": queue.main,
    "search": search.main,
    "safety": safety.main,
    "reads": reads.main,
    "front": front.main,
    "disturbed": disturbed.main,
    "uncached": uncached.main,
    "growth": growth.main,
    "standing": standing.main,
}
TOGETHER = {"speed": ["reads", "front", "disturbed", "uncached", "growth", "standing"]}
ON_REQUEST: dict[str, Callable[[], dict[str, object]]] = {
    "safety_train": safety_train.main,  # changes a file
    "peers": peers.main,  # needs what the site itself never does
}
RESULTS = Path(__file__).resolve().parent / "results"


def run(names: list[str]) -> int:
    names = [part for name in names for part in TOGETHER.get(name, [name])] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES | ON_REQUEST]
    if unknown:
        there = ", ".join([*TOGETHER, *BENCHES])
        print(f"There is no measurement called {', '.join(unknown)}. There is: {there}.", file=sys.stderr)
        return 2
    if len(names) == 1:
        measure(names[0])
        return 0
    # Each in a process of its own, which reads the settings of its own site.
    return max([subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode for name in names])


def measure(name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    print(f"\n## {name}\n", flush=True)
    try:
        found = (BENCHES | ON_REQUEST)[name]()
    except Missing as what:
        print(what)
        return
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1))


sys.exit(run(sys.argv[1:]))
