"""What photos cost: the child's processor time, the web server's memory, and what readers feel of ten at once.

`python -m bench photos`. The photos are noise over soft shapes, which compresses worse than a real one. HEIC needs a
file, since what we use only reads it: BACKSITE_HEIC names one of 12 megapixels, or it is left out.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart
from PIL import Image, ImageChops

from bench.site import throw_away_site

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "tips" / "photos" / "drawing.py"
SIZE = (4000, 3000)
PHOTOS = 10
READ = "/warning-signs/"
SECONDS = 4.0  # of reading undisturbed
LIMITS = {"child_cpu_s": 1.5, "web_memory_mib": 20.0, "reads_p95_ratio": 3.0}


def picture() -> Image.Image:
    def one() -> Image.Image:
        soft = Image.effect_noise((SIZE[0] // 16, SIZE[1] // 16), 120).resize(SIZE, Image.Resampling.BICUBIC)
        return ImageChops.add(soft, Image.effect_noise(SIZE, 14), scale=1.6)

    return Image.merge("RGB", [one(), one(), one()])


def photos() -> dict[str, bytes]:
    image, made = picture(), {}
    for form, how in {"JPEG": {"quality": 88}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 85}}.items():
        out = BytesIO()
        # A PNG with the noise of a sensor is 30 MB, more than is taken: screenshots and drawings are what comes as PNG.
        (image.quantize(64).convert("RGB") if form == "PNG" else image).save(out, form, **how)
        made[form] = out.getvalue()
    heic = os.environ.get("BACKSITE_HEIC", "")
    return made | ({"HEIC": Path(heic).read_bytes()} if heic else {})


def child_cpu(data: bytes, mode: str = "photo") -> float:
    """Seconds of processor time of one child, its start included: the middle of three."""
    return statistics.median(_child_cpu(data, mode) for _ in range(3))


def _child_cpu(data: bytes, mode: str) -> float:
    command = [sys.executable, "-I", "-B", str(PROGRAM), mode]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        feeding = threading.Thread(target=_feed, args=(child.stdin, data))
        feeding.start()
        said = child.stdout.read() if child.stdout else b""
        feeding.join()
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
    if b'"pictures"' not in said[:200]:
        raise SystemExit(f"not drawn: {said[:200]!r}")
    return used.ru_utime + used.ru_stime


def _feed(pipe: object, data: bytes) -> None:
    with contextlib.closing(pipe) as door:  # type: ignore[type-var]
        door.write(data)


def ask(address: str, body: bytes | None = None) -> bytes:
    kind = {"Content-Type": "multipart/form-data; boundary=edge"} if body else {}
    request = urllib.request.Request(address, body, kind)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        return bytes(answer.read())


@contextlib.contextmanager
def web_server() -> Iterator[tuple[str, int]]:
    """Its address and its process."""
    from backsite.processes import web_command  # noqa: PLC0415 - only once a site is set up
    from tests.browser.running import free_port  # noqa: PLC0415

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    surroundings = os.environ | {"PORT": str(port), "FORM_LIMITS": "share=1000/10,photo=1000/10"}
    server = subprocess.Popen(web_command(host="127.0.0.1", port=port, workers=2), cwd=ROOT, env=surroundings)
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


def web_memory(pid: int) -> float:
    """MiB that the web server's processes hold for themselves; the children that draw are not counted."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for each in workers:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return total / 1024 / max(1, len(workers))


@dataclass
class Readers:
    """Four who read one page after another, and a clock."""

    url: str
    stop: threading.Event = field(default_factory=threading.Event)
    times: list[float] = field(default_factory=list)

    def read(self) -> None:
        while not self.stop.is_set():
            begun = time.perf_counter()
            ask(f"{self.url}{READ}")
            self.times.append(time.perf_counter() - begun)
            time.sleep(0.02)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        threads = [threading.Thread(target=self.read) for _ in range(4)]
        for each in threads:
            each.start()
        yield
        self.stop.set()
        for each in threads:
            each.join()

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


def send(url: str, data: bytes, refused: list[int]) -> None:
    """One photo through the form, until it is taken."""
    form = ask(f"{url}/share/?kind=tip").decode()
    token = form.split('name="form_token" value="')[1].split('"')[0]
    said = {"form_token": token, "kind": "tip", "title": "A chair", "story": "Keep moving. " * 5, "consent": "on"}
    body = encode_multipart("edge", {**said, "action": "check", "photos": SimpleUploadedFile("a.jpg", data)})
    while True:
        try:
            ask(f"{url}/share/", body)
            return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
            refused.append(error.code)
            time.sleep(0.5)


def ten_at_once(url: str, data: bytes) -> tuple[float, int]:
    """Seconds until all are taken, and how often one was asked to come back."""
    refused: list[int] = []
    begun = time.perf_counter()
    threads = [threading.Thread(target=send, args=(url, data, refused)) for _ in range(PHOTOS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return time.perf_counter() - begun, len(refused)


def under_load(data: bytes) -> dict[str, float]:
    with web_server() as (url, pid):
        send(url, data, [])
        quiet, busy, memory = Readers(url), Readers(url), Watch(pid)
        with quiet.reading():
            time.sleep(SECONDS)
        before = web_memory(pid)
        with busy.reading(), memory.watching():
            seconds, refused = ten_at_once(url, data)
    return {
        "reads_p95_ms_undisturbed": quiet.p95 * 1000,
        "reads_p95_ms_with_10_photos": busy.p95 * 1000,
        "reads_p95_ratio": busy.p95 / quiet.p95,
        "ten_photos_s": seconds,
        "asked_to_come_back": refused,
        "web_memory_mib_more": memory.most - before,
    }


@dataclass
class Watch:
    pid: int
    most: float = 0.0

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        over = threading.Event()

        def look() -> None:
            while not over.wait(0.05):
                self.most = max(self.most, web_memory(self.pid))

        looking = threading.Thread(target=look)
        looking.start()
        yield
        over.set()
        looking.join()


def main() -> dict[str, object]:
    with throw_away_site():
        files = photos()
        cpu = {form: child_cpu(data) for form, data in files.items()}
        load = under_load(files["JPEG"])
    print(f"| a photo of 12 megapixels | MB | child CPU, s (limit {LIMITS['child_cpu_s']}) |\n|--|--|--|")
    for form, seconds in cpu.items():
        print(f"| {form} | {len(files[form]) / 1e6:.1f} | {seconds:.2f} |")
    print("\n| ten JPEG photos at once | figure |\n|--|--|")
    for name, figure in load.items():
        print(f"| {name.replace('_', ' ')} | {figure:.1f} |")
    return {"child_cpu_s": cpu, "limits": LIMITS, **load}
