"""The two processes of a running site, the web server and the worker, and how they start and end together."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GRACE = 8.0  # seconds for a child to end by itself
LOOK = 0.2
REST = 2.0  # seconds before a worker that died is started again
# Of one web process, made when they are needed: more than photos may hold (tips.photos.slots), so that no reader waits
# behind one that is arriving.
THREADS = 10
Say = Callable[[str], object]


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


WORKER_COMMAND = [sys.executable, "manage.py", "work"]


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

    Without a `worker` it is somebody else's matter: a service of its own.
    """

    web: Sequence[str]
    worker: Sequence[str] | None
    say: Say
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, *, ready: Callable[[], bool], started: Callable[[], object]) -> int:
        """`started` is called once `ready` is true. 0 after a signal, else what the web server ended with."""
        for number in STOPPING:
            signal.signal(number, self._on_signal)
        web = start_deaf(self.web)
        worker = subprocess.Popen(self.worker) if self.worker else None
        try:
            self._until(lambda: ready() or web.poll() is not None)
            if web.poll() is None and not self.stopping.is_set():
                started()
            while not self.stopping.wait(LOOK) and web.poll() is None:
                if worker and worker.poll() is not None:
                    worker = self._again(worker)
            return 0 if self.stopping.is_set() else web.returncode or 1
        finally:
            end([web, worker] if worker else [web])

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _until(self, done: Callable[[], bool]) -> None:
        while not done() and not self.stopping.wait(0.05):
            pass

    def _again(self, worker: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
        self.say(f"The worker ended with {worker.returncode}. Starting it again ...")
        self.stopping.wait(REST)
        return worker if self.stopping.is_set() or not self.worker else subprocess.Popen(self.worker)


def start_deaf(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Deaf to Ctrl-C, which a terminal sends to all: Granian's workers hang when they hear of the end twice."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(command)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def end(children: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Ask all, then wait for each; whoever does not listen is ended."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, limit - monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
