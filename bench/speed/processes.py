"""Servers that a measurement starts: every process below them, what it used of the processor and what it holds."""

import http.client
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 90.0  # seconds for a server to answer; a busy machine takes its time
GRACE = 15.0
SERVER_CORE, LOAD_CORE = 0, 1


class Family:
    """A process and all its children."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def cpu(self) -> float:
        """Seconds so far of all of them; of those that ended, what was waited for."""
        return sum(_used(pid) for pid in self._pids())

    def memory(self) -> float:
        """MiB: what they share counted once (PSS)."""
        return sum(_proportional(pid) for pid in self._pids()) / 1024

    def _pids(self) -> list[int]:
        below: dict[int, list[int]] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and (fields := _stat(int(folder.name))):
                below.setdefault(int(fields[1]), []).append(int(folder.name))
        found = [self.pid]
        for pid in found:
            found += below.get(pid, [])
        return found


class Server(Family):
    """A program that is started here."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, core: int | None = None
    ) -> None:
        def settle_down() -> None:
            os.setsid()
            if core is not None and (os.cpu_count() or 1) > 1:
                os.sched_setaffinity(0, {core})

        self.process = subprocess.Popen(
            command,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=settle_down,  # noqa: PLW1509 - no threads here before it starts
        )
        super().__init__(self.process.pid)

    def stop(self) -> None:
        """By SIGTERM; who does not listen is ended, with the children it left."""
        family = self._pids()
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            for pid in family:
                _kill(pid)
            self.process.wait()


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …; empty for what has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _used(pid: int) -> float:
    return sum(int(each) for each in _stat(pid)[11:15]) / TICK


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, 9)


def get(port: int, path: str = "/", headers: Mapping[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
    """Status (0: nobody there), body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    except OSError:
        return 0, b"", {}
    finally:
        connection.close()


def wait_for(port: int, path: str = "/", every: float = 0.05) -> None:
    _until(lambda: get(port, path)[0] == 200, f"http://127.0.0.1:{port}{path} does not answer", every)


def _until(done: Callable[[], bool], complaint: str, every: float) -> None:
    limit = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > limit:
            raise SystemExit(complaint)
        time.sleep(every)


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    *,
    environment: Mapping[str, str] | None = None,
    core: int | None = SERVER_CORE,
    path: str = "/",
) -> Iterator[Server]:
    server = Server(command, environment, core)
    try:
        wait_for(port, path)
        yield server
    finally:
        server.stop()
