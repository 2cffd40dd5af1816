"""The web server and the worker start together, end together, and a worker that dies is started again."""

import gc
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from backsite import processes, stopping
from backsite.processes import FROM_A_TERMINAL, THREADS, Processes, port_is_free, web_command

ROOT = Path(__file__).resolve().parents[2]
# Stands for `serve`: children that only say that they started, and to whom a signal can be sent.
SITE = """
import os, sys, time
from functools import partial
from pathlib import Path
from backsite import processes
processes.REST = 0.01
folder = Path(sys.argv[1])
def child(name, seconds):
    with (folder / name).open("a") as file:
        print(os.getpid(), file=file)
    time.sleep(int(seconds))
say = lambda text: print(text, flush=True)
site = processes.Processes(partial(child, "web", sys.argv[2]), partial(child, "worker", sys.argv[3]), say)
ready = lambda: (folder / "web").exists() and (folder / "worker").exists()
sys.exit(site.run(ready=ready, started=lambda: say("started")))
"""


@pytest.fixture
def start(tmp_path):
    running: list[subprocess.Popen[str]] = []

    def site(*, web: str = "600", worker: str = "600") -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", SITE, str(tmp_path), web, worker]
        running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield site
    for each in running:
        each.kill()
        each.wait()
        assert each.stdout
        each.stdout.close()


def until_it_says(site: "subprocess.Popen[str]", word: str) -> str:
    """The line with this word."""
    assert site.stdout
    said = next((line for line in site.stdout if word in line), "")
    assert said, f"it ended without saying {word}"
    return said


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(folder: Path, name: str) -> list[int]:
    return [int(line) for line in (folder / name).read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_of_it_cleanly(start, tmp_path, number):
    site = start()
    until_it_says(site, "started")

    site.send_signal(number)

    assert site.wait(60) == 0
    assert not [pid for name in ("web", "worker") for pid in pids(tmp_path, name) if is_alive(pid)]


def test_a_worker_that_dies_is_started_again(start, tmp_path):
    site = start()
    until_it_says(site, "started")

    os.kill(pids(tmp_path, "worker")[0], signal.SIGKILL)
    until_it_says(site, "Starting it again")
    while len(pids(tmp_path, "worker")) < 2:
        time.sleep(0.01)

    site.terminate()
    assert site.wait(60) == 0
    assert not [pid for pid in pids(tmp_path, "worker") if is_alive(pid)]


@pytest.mark.parametrize("number", FROM_A_TERMINAL)
def test_the_children_hear_of_the_end_once_and_not_from_the_terminal(start, tmp_path, number):
    site = start()
    until_it_says(site, "started")

    (web,), (worker,) = pids(tmp_path, "web"), pids(tmp_path, "worker")
    os.kill(web, number)
    os.kill(worker, number)
    os.kill(worker, signal.SIGKILL)
    assert "ended with -9" in until_it_says(site, "Starting it again")  # so the site is still there
    assert is_alive(web)

    site.terminate()
    assert site.wait(60) == 0
    assert not is_alive(web)


class Child:
    """Stands for one that runs until it is asked to end."""

    exitcode = None

    def is_alive(self) -> bool:
        return self.exitcode is None

    def terminate(self) -> None:
        self.exitcode = 0

    def join(self, _seconds: float) -> None:
        assert self.exitcode == 0


@pytest.fixture
def children(monkeypatch) -> Iterator[list[Child]]:
    """Those that were started, and none of them runs."""
    made: list[Child] = []

    def start(*_given: object, **_more: object) -> Child:
        made.append(Child())
        return made[-1]

    monkeypatch.setattr(processes, "start", start)
    monkeypatch.setattr(processes, "LOOK", 0.0001)
    monkeypatch.setattr(stopping, "LOOK", 0.0001)
    handlers = {number: signal.getsignal(number) for number in processes.STOPPING}
    yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)
    gc.unfreeze()


def signalled_before(line: int) -> int:
    """What the site ends with when a signal comes before this line, counted from when it had started."""
    lines = itertools.count(1)

    def trace(_frame: FrameType, event: str, _given: Any) -> Any:
        if event == "line" and next(lines) == line:
            signal.raise_signal(signal.SIGTERM)
        return trace

    before = sys.gettrace()
    try:
        return Processes(list, list, list).run(ready=lambda: True, started=lambda: sys.settrace(trace))
    finally:
        sys.settrace(before)


@pytest.mark.timeout(30)
def test_a_signal_may_come_before_any_line(children):
    """Were a lock held there that the handler wants, nothing would go on."""
    assert [signalled_before(line) for line in range(1, 60)] == [0] * 59
    assert not any(child.is_alive() for child in children)


def test_without_a_worker_that_should_be_there_no_web_server_stays(children, monkeypatch):
    def start(name: str, _run: object) -> Child:
        if name == "backsite-work":
            raise BlockingIOError("no process more")
        children.append(Child())
        return children[-1]

    monkeypatch.setattr(processes, "start", start)
    with pytest.raises(BlockingIOError):
        Processes(list, list, list).run(ready=lambda: True, started=list)
    assert [child.is_alive() for child in children] == [False]


def test_when_the_web_server_ends_everything_ends_and_says_so(start, tmp_path):
    site = start(web="0")

    assert site.wait(60) == 1
    assert not [pid for pid in pids(tmp_path, "worker") if is_alive(pid)]


def test_a_port_that_somebody_listens_on_is_taken():
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        port = somebody.getsockname()[1]
        somebody.listen()
        assert not port_is_free("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)


def test_the_web_server_writes_no_access_log():
    command = web_command(host="127.0.0.1", port=8000, workers=3)

    assert "--no-access-log" in command
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--blocking-threads") + 1] == str(THREADS)
