"""T28: two hundred who never finish their headers and two hundred who never finish a body. Who reads notices nothing
behind nginx, and is shut out without it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backsite.processes import web_command
from tests.browser.running import ROOT, free_port
from tests.deploy.conftest import memory  # noqa: F401 - a fixture
from tests.deploy.nginx import Place, shipped
from tests.faults.slow import Slow, reads

EACH = 200
CAMPAIGN = 60.0  # seconds


@pytest.fixture
def granian() -> Iterator[int]:
    """The web server as the site starts it, before an application that only answers; its port."""
    port = free_port()
    command = [*web_command(host="127.0.0.1", port=port, workers=2)[:-1], "tests.faults.slow:application"]
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    limit = time.monotonic() + 60
    while not reads(port):
        assert time.monotonic() < limit, "it does not start"
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended with {server.wait(0.1)}")
    yield port
    os.killpg(server.pid, signal.SIGKILL)  # its workers too; nobody waits for the slow ones
    server.wait()


@pytest.fixture
def front(granian, memory) -> Iterator[int]:  # noqa: F811
    folder: Path = memory / "nginx"
    folder.mkdir()
    folder.chmod(0o711)
    place = Place(free_port(), granian, memory / "published", memory / "home", redirecting=free_port())
    with shipped(place, folder):
        yield place.port


def failures(read: Callable[[], bool], times: int) -> int:
    return sum(not read() for _ in range(times))


@pytest.mark.parametrize("households", [250, 1], ids=["from everywhere", "from one address"])
def test_behind_nginx_who_reads_is_never_kept_waiting_by_the_slow_t28(front, households):
    with Slow(front, EACH, households=households) as slow:
        for _ in range(4):
            slow.drip()
            assert failures(lambda: reads(front), times=5) == 0
        assert slow.opened >= 2 * EACH


def test_without_nginx_the_slow_shut_everybody_out_t28(granian):
    with Slow(granian, EACH) as slow:
        slow.drip()
        assert failures(lambda: reads(granian), times=1) == 1


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_for_a_whole_minute_t28(front):
    over, times, failed = threading.Event(), 0, 0
    with Slow(front, EACH) as slow:
        dripping = threading.Thread(target=slow.drip_until, args=(over, 1.0))
        dripping.start()
        limit = time.monotonic() + CAMPAIGN
        while time.monotonic() < limit:
            failed += not reads(front)
            times += 1
            time.sleep(0.1)
        over.set()
        dripping.join()
    print(f"{slow.opened} slow connections, {times} readings, {failed} failed")  # noqa: T201
    assert (failed, times > 10) == (0, True)
