"""`python -m bench [NAME …]`: run the measurements, or all of them. The figures also go to bench/results/ as JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench import budgets, lighthouse, mail, pagehit, phone, photos, queue, safety, safety_train, search, share

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
}
ON_REQUEST: dict[str, Callable[[], dict[str, object]]] = {"safety_train": safety_train.main}  # changes a file
RESULTS = Path(__file__).resolve().parent / "results"


def run(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES | ON_REQUEST]
    if unknown:
        print(f"There is no measurement called {', '.join(unknown)}. There is: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    RESULTS.mkdir(exist_ok=True)
    for name in names or list(BENCHES):
        print(f"\n## {name}\n")
        (RESULTS / f"{name}.json").write_text(json.dumps((BENCHES | ON_REQUEST)[name](), indent=1))
    return 0


sys.exit(run(sys.argv[1:]))
