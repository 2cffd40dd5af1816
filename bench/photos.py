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
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageChops

from bench.photo_load import under_load
from bench.site import throw_away_site

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "tips" / "photos" / "drawing.py"
SIZE = (4000, 3000)
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


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.closing(pipe) as door:
        door.write(data)


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
