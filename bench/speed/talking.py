"""A program of the measurement's own that answers each line with a line."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from bench.speed.servers import ROOT


class Partner:
    def __init__(self, name: str, told: IO[str], heard: IO[str]) -> None:
        self._name, self._told, self._heard = name, told, heard

    def say(self, line: str) -> None:
        self._told.write(f"{line}\n")
        self._told.flush()

    def hear(self) -> str:
        said = self._heard.readline()
        if not said:
            raise SystemExit(f"{self._name} has ended")
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
    assert process.stdin  # noqa: S101 - both are pipes
    assert process.stdout  # noqa: S101
    try:
        made = Partner(module, process.stdin, process.stdout)
        made.hear()
        yield made
    finally:
        process.stdin.close()
        process.wait(30)
