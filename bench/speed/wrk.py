"""Load by wrk, which costs little itself; what it counted, and what the server used meanwhile."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.speed.processes import LOAD_CORE
from bench.speed.servers import Missing, Target

GZIP = {"Accept-Encoding": "gzip"}
COUNT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\n{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "errors": %d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""
IN_TURN = """
local paths, turn = {%s}, 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format(nil, paths[turn])
end
"""


@dataclass(frozen=True)
class Load:
    """`cpu`: ms of the server's processes for a request; `rate`: requests a second; `p50`, `p99`: ms."""

    cpu: float
    rate: float
    p50: float
    p99: float


def load(
    target: Target,
    paths: Sequence[str],
    *,
    connections: int,
    seconds: float,
    headers: Mapping[str, str] = GZIP,
    core: int | None = LOAD_CORE,
) -> Load:
    """One path, or several in turn."""
    before = target.cpu()
    with started(target, paths, connections=connections, seconds=seconds, headers=headers, core=core) as process:
        said = process.communicate(timeout=seconds + 60)[0]
    used = target.cpu() - before
    counted = json.loads(said.splitlines()[-1])
    if counted["errors"] or not counted["requests"]:
        raise SystemExit(f"{target.url(paths[0])}: {counted}")
    rate = counted["requests"] / counted["seconds"]
    return Load(used * 1000 / counted["requests"], rate, counted["p50"], counted["p99"])


@contextmanager
def started(
    target: Target,
    paths: Sequence[str],
    *,
    connections: int,
    seconds: float,
    headers: Mapping[str, str] = GZIP,
    core: int | None = LOAD_CORE,
) -> Iterator["subprocess.Popen[str]"]:
    said = {"Host": f"{target.host}:{target.port}", **headers}
    asked = [word for name, value in said.items() for word in ("-H", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(COUNT + (IN_TURN % ", ".join(map(json.dumps, paths)) if len(paths) > 1 else ""))
        script.flush()
        command = [
            program(),
            "--timeout",
            "30s",
            "-t1",
            f"-c{connections}",
            f"-d{seconds:.0f}s",
            "-s",
            script.name,
            *asked,
        ]
        process = subprocess.Popen(
            [*command, target.url(paths[0])],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: _stay_on(core),  # noqa: PLW1509 - no threads here
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait()


def _stay_on(core: int | None) -> None:
    if core is not None and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(0, {core})


def program() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise Missing("wrk is missing. Debian: apt-get install wrk")
    return found
