"""`python -m bench [NAME …]`: run the measurements, or all of them. The figures also go to bench/results/ as JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench import budgets, lighthouse, phone

BENCHES: dict[str, Callable[[], dict[str, object]]] = {
    "budgets": budgets.main,
    "phone": phone.main,
    "lighthouse": lighthouse.main,
}
RESULTS = Path(__file__).resolve().parent / "results"


def run(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no measurement called {', '.join(unknown)}. There is: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    RESULTS.mkdir(exist_ok=True)
    for name in names or list(BENCHES):
        print(f"\n## {name}\n")
        (RESULTS / f"{name}.json").write_text(json.dumps(BENCHES[name](), indent=1))
    return 0


sys.exit(run(sys.argv[1:]))
