"""The two processes of a running site, the web server and the worker, and how they start and end together.

They are forked and not started anew (docs/adr/0056): what was imported before is there once for all of them.
"""

import contextlib
import gc
import multiprocessing
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from types import FrameType

import granian.cli

from backsite.stopping import LOOK, Stop

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
FROM_A_TERMINAL = (signal.SIGINT, signal.SIGHUP)  # to all that run in it
GRACE = 8.0  # seconds for a child to end by itself
REST = 2.0  # seconds before a worker that died is started again
# Of one web process, made when they are needed: more than photos may hold (tips.photos.slots), so that no reader waits
# behind one that is arriving.
THREADS = 10
Say = Callable[[str], object]
Run = Callable[[], object]
_fork = multiprocessing.get_context("fork")


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """Granian, without an access log: it would hold addresses."""
    return [
        sys.executable,
        *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        # mt: a tenth less processor time a request than its own choice, which is made for many runtime threads
        *("--workers", str(workers), "--blocking-threads", str(THREADS), "--runtime-mode", "mt"),
        *("--no-ws", "--no-access-log", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        "backsite.wsgi:application",
    ]


def run_web(command: Sequence[str]) -> None:
    """What `web_command` says, in this process."""
    sys.argv = ["granian", *command[3:]]
    granian.cli.entrypoint()


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@dataclass
class Processes:
    """Runs both until a signal comes or the web server ends; a worker that dies is started again.

    Without a `worker` it is somebody else's matter: a service of its own. No thread may run and no connection be open.
    """

    web: Run
    worker: Run | None
    say: Say
    stop: Stop = field(default_factory=Stop)

    def run(self, *, ready: Callable[[], bool], started: Callable[[], object]) -> int:
        """`started` is called once `ready` is true. 0 after a signal, else what the web server ended with."""
        for number in STOPPING:
            signal.signal(number, self._on_signal)
        gc.freeze()  # the children's collections would write on every page of memory that they share
        gc.enable()
        children = [start("backsite-web", self.web)]
        try:
            if self.worker:
                children.append(start("backsite-work", self.worker))
            self._watch(children, ready, started)
            return 0 if self.stop.is_set() else children[0].exitcode or 1
        finally:
            end(children)

    def _watch(self, children: list[BaseProcess], ready: Callable[[], bool], started: Callable[[], object]) -> None:
        web = children[0]
        while not ready() and web.is_alive() and not self.stop.wait(0.05):
            pass
        if web.is_alive() and not self.stop.is_set():
            started()
        while web.is_alive() and not self.stop.wait(LOOK):
            for place, worker in enumerate(children[1:], 1):
                if not worker.is_alive():
                    children[place] = self._again(worker)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()

    def _again(self, worker: BaseProcess) -> BaseProcess:
        self.say(f"The worker ended with {worker.exitcode}. Starting it again ...")
        return worker if self.stop.wait(REST) or not self.worker else start("backsite-work", self.worker)


def start(name: str, run: Run) -> BaseProcess:
    """A child that runs `run`. It hears of the end from us alone and not from a terminal, which tells all: Granian's
    workers hang when they hear of it twice, and when a terminal hangs up, Granian first starts them all anew."""

    def child() -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, FROM_A_TERMINAL)
        with contextlib.suppress(OSError):  # for whoever looks at the processes; not every system has it
            Path("/proc/self/comm").write_text(name)
        run()

    process = _fork.Process(target=child, name=name)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)  # none is lost between the fork and the child's own
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def end(children: Sequence[BaseProcess]) -> None:
    """Ask all, then wait for each; whoever does not listen is ended."""
    for child in children:
        child.terminate()
    limit = monotonic() + GRACE
    for child in children:
        child.join(max(0.1, limit - monotonic()))
        if child.is_alive():
            child.kill()
            child.join()
