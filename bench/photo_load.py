"""Ten photos at once at a web server of its own: what readers feel, and what memory its processes take.

The readers are one process (bench/reading.py), those who send another (this one); each photo's form is fetched and
filled in before, so that while the clock runs this process only sends.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "bench" / "reading.py"
PHOTOS = 10
READ = "/warning-signs/"
SECONDS = 4.0  # of reading undisturbed
WARMING = 16  # stories without a photo, so that both workers have read their word lists before
COME_BACK = 0.5  # seconds until somebody tries again who was asked to


def ask(address: str, body: bytes | None = None) -> bytes:
    kind = {"Content-Type": "multipart/form-data; boundary=edge"} if body else {}
    request = urllib.request.Request(address, body, kind)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        return bytes(answer.read())


@contextlib.contextmanager
def web_server() -> Iterator[tuple[str, int]]:
    """Its address and its process, as `serve` starts it."""
    from backsite.processes import web_command  # noqa: PLC0415 - only once a site is set up
    from tests.browser.running import free_port  # noqa: PLC0415

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    os.environ |= {"PORT": str(port), "FORM_LIMITS": "share=1000/10,photo=1000/10"}
    server = subprocess.Popen(web_command(host="127.0.0.1", port=port, workers=2))
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                ask(f"{url}/healthz")
                break
            time.sleep(0.1)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(20)


def workers(server: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def memory(process: int, name: str) -> float:
    """MiB: `VmRSS` is now, `VmHWM` the most since `forget_the_most`. What children that draw use is not in it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def forget_the_most(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5")


@contextlib.contextmanager
def reading(url: str) -> Iterator[list[float]]:
    """The list holds the seconds of each page once they have stopped."""
    times: list[float] = []
    command = [sys.executable, str(READING), f"{url}{READ}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as readers:
        if readers.stdout and readers.stdout.readline():
            yield times
        times += json.loads(readers.communicate()[0])


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def filled_in(url: str, data: bytes = b"") -> bytes:
    form = ask(f"{url}/share/?kind=tip").decode()
    token = form.split('name="form_token" value="')[1].split('"')[0]
    said = {"form_token": token, "kind": "tip", "title": "A chair", "story": "Keep moving. " * 5, "consent": "on"}
    photo = {"photos": SimpleUploadedFile("a.jpg", data)} if data else {}
    return encode_multipart("edge", {**said, "action": "check", **photo})


def send(url: str, body: bytes, refused: list[int]) -> None:
    """One photo through the form, until it is taken."""
    while True:
        try:
            ask(f"{url}/share/", body)
            return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
            refused.append(error.code)
            time.sleep(COME_BACK)


def at_once(url: str, bodies: list[bytes]) -> tuple[float, int]:
    """Seconds until all are taken, and how often one was asked to come back."""
    refused: list[int] = []
    threads = [threading.Thread(target=send, args=(url, body, refused)) for body in bodies]
    begun = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return time.perf_counter() - begun, len(refused)


def under_load(data: bytes) -> dict[str, float]:
    with web_server() as (url, server):
        at_once(url, [filled_in(url) for _ in range(WARMING)])
        bodies = [filled_in(url, data) for _ in range(PHOTOS)]
        with reading(url) as quiet:
            time.sleep(SECONDS)
        before = {each: memory(each, "VmRSS") for each in workers(server)}
        for each in before:
            forget_the_most(each)
        with reading(url) as busy:
            seconds, refused = at_once(url, bodies)
        most = max(memory(each, "VmHWM") - start for each, start in before.items())
    return {
        "reads_p95_ms_undisturbed": p95(quiet) * 1000,
        "reads_p95_ms_with_10_photos": p95(busy) * 1000,
        "reads_p95_ratio": p95(busy) / p95(quiet),
        "reads_slowest_ms_with_10_photos": max(busy) * 1000,
        "ten_photos_s": seconds,
        "asked_to_come_back": refused,
        "web_memory_mib_more": most,
    }
