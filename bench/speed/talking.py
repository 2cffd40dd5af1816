"""A program of the measurement's own that answers each line with a line."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.speed.servers import ROOT


class Partner:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def say(self, line: str) -> None:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit(f"{self.process.args} has ended")
        return said.strip()

    def ask(self, line: str) -> str:
        self.say(line)
        return self.hear()


@contextmanager
def partner(module: str, *words: str, environment: Mapping[str, str]) -> Iterator[Partner]:
    """Heard once it is ready; its input ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment},
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        made = Partner(process)
        made.hear()
        yield made
    finally:
        process.stdin.close()
        process.wait(30)
