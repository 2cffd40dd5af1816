"""T23: files made to eat memory, time or patience. The child that reads them has nothing that it could do harm with."""

import json
import os
import subprocess
import sys
import time
import zlib

import pytest

from tests.photos import pictures
from tips.photos import decoding
from tips.photos.taking import SENTENCES, Busy, Unusable, taken_from

BOMBS = {
    "more pixels than 40 million": (lambda: pictures.png(8000, 5001), "pixels"),
    "30,000 by 30,000": (lambda: pictures.png(30000, 30000), "pixels"),
    "two thousand million wide": (lambda: pictures.png(2**31 - 1, 1), "pixels"),
    "a picture of no size": (lambda: pictures.png(0, 0), "broken unknown"),
    "text that unpacks to 200 MB": (
        lambda: pictures.png(8, 8, more=pictures.chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))),
        "broken unknown",
    ),
    "a profile that unpacks to 200 MB": (
        lambda: pictures.png(8, 8, more=pictures.chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))),
        "broken unknown taken",
    ),
    "a JPEG that says it is huge": (
        lambda: pictures.jpeg((64, 64)).replace(b"\0\x11\x08\0\x40\0\x40", b"\0\x11\x08\xff\xdc\xff\xdc"),
        "pixels",
    ),
    "1,000 moving pictures": (lambda: pictures.many_frames(1000), "moving"),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_gets_a_sentence_t23(what):
    make_it, reasons = BOMBS[what]
    try:
        pictures.drawn_from(make_it())
        verdict = "taken"
    except decoding.NotDrawn as reason:
        verdict = str(reason)

    assert verdict in reasons.split()


def test_forty_million_pixels_are_taken_and_nothing_is_decoded_before_they_are_counted():
    rows = zlib.compress(bytes((8000 // 8 + 1) * 5000), 9)

    assert pictures.drawn_from(pictures.png(8000, 5000, body=rows)).width == 1600


TRIES = {
    "read a file": "open('/etc/hostname')",
    "open a connection": "__import__('socket').socket()",
    "start a program": "__import__('subprocess').run(['/bin/true'])",
    "take two gigabytes": "__import__('mmap').mmap(-1, 2_000_000_000)",
    "compute for ever": "any(iter(int, 1))",
    "leave its memory behind": "1 / bool(resource.getrlimit(resource.RLIMIT_CORE)[0])",
    "write a file": "1 / bool(resource.getrlimit(resource.RLIMIT_FSIZE)[0])",
}
PROGRAM = """
import importlib.util, mmap, resource, socket, subprocess, sys
spec = importlib.util.spec_from_file_location("drawing", sys.argv[1])
drawing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drawing)
drawing.SECONDS = 1
{give_up}
{harm}
"""


def tried(harm: str, *, give_up: str) -> int:
    program = PROGRAM.format(give_up=give_up, harm=harm)
    return subprocess.run(
        [sys.executable, "-c", program, str(decoding.PROGRAM)], capture_output=True, check=False, timeout=60
    ).returncode


@pytest.mark.parametrize("harm", TRIES)
def test_what_reads_a_file_can_do_nothing_else_t23(harm):
    assert tried(TRIES[harm], give_up="drawing.give_up_powers()") != 0


def test_without_giving_up_it_could():
    assert tried(TRIES["read a file"], give_up="") == 0
    assert tried(TRIES["open a connection"], give_up="") == 0


def pretend(monkeypatch, tmp_path, program: str) -> None:
    """Put another program in the place of the one that draws, as a file might that takes it over."""
    path = tmp_path / "taken_over.py"
    path.write_text(program)
    monkeypatch.setattr(decoding, "PROGRAM", path)


TAKEN_OVER = {
    "crashes": "import os; os.abort()",
    "ends": "raise SystemExit(1)",
    "says nothing": "",
    "says nonsense": "print('}{')",
    "says other nonsense": "print('[1, 2]')",
    "lies about sizes": """print('{"width": 1, "height": 1, "pictures": [[1, "webp", 99]]}')""",
    "names a file": """print('{"width": 1, "height": 1, "pictures": [[1, "../x.php", 0]]}')""",
    "is very large": """print('{"width": 99999999, "height": 1, "pictures": []}')""",
    "never stops talking": "import sys\nwhile True: sys.stdout.write('x' * 100000)",
}
STANDS_BACK = """
import os, time
while os.getpriority(os.PRIO_PROCESS, 0) <= os.getpriority(os.PRIO_PROCESS, os.getppid()):
    time.sleep(0.01)
"""
TOO_SLOW = {
    "never says anything": "import time; time.sleep(300)",
    "closes the door and stays": "import os, time; os.close(1); time.sleep(300)",
}


@pytest.mark.parametrize("how", TAKEN_OVER)
def test_a_child_that_is_taken_over_is_not_believed_and_not_waited_for_t23(monkeypatch, tmp_path, how):
    pretend(monkeypatch, tmp_path, TAKEN_OVER[how])

    with pytest.raises(Unusable) as refused:
        taken_from(pictures.uploaded(pictures.jpeg()))

    assert str(refused.value) == SENTENCES["broken"]


@pytest.mark.parametrize("how", TOO_SLOW)
def test_one_that_takes_its_time_is_ended_and_its_sender_may_try_again_t23(monkeypatch, tmp_path, how):
    pretend(monkeypatch, tmp_path, TOO_SLOW[how])
    monkeypatch.setattr(decoding, "LONGEST", 0.5)
    begun = time.monotonic()

    with pytest.raises(Busy):
        taken_from(pictures.uploaded(pictures.jpeg()))
    assert time.monotonic() - begun < 60  # a hang guard


def test_whoever_draws_stands_back_for_readers_before_it_begins(monkeypatch, tmp_path):
    pretend(monkeypatch, tmp_path, STANDS_BACK)
    monkeypatch.setattr(decoding, "LONGEST", 10)
    with pytest.raises(Unusable):
        taken_from(pictures.uploaded(pictures.jpeg()))


def test_the_child_is_told_no_secret_and_holds_no_open_file_of_the_site(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "canary")
    seen = tmp_path / "seen"
    pretend(
        monkeypatch,
        tmp_path,
        f"import os, json; json.dump([dict(os.environ), sorted(os.listdir('/proc/self/fd'), key=int), os.getcwd()], "
        f"open({str(seen)!r}, 'w'))",
    )
    with pytest.raises(Unusable), (tmp_path / "open").open("w"):
        taken_from(pictures.uploaded(pictures.jpeg()))
    environment, handles, folder = json.loads(seen.read_text())

    assert set(environment) <= {"MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert len(handles) <= 6  # in, out, trouble, the slot, and the two that look
    assert folder == os.sep
