"""T01: the web server is killed while visitors post pages, some with a photo. What was acknowledged is there, whole;
nothing is half there, and no picture lies about that no row knows."""

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart

from tests.browser.running import ROOT, free_port
from tests.photos.pictures import jpeg

CLIENTS = 4
PHOTO_EVERY = 3  # pages
HANG = 60  # seconds
BETWEEN_TRIES = 0.05  # seconds, while nobody answers
REPORT = """
import os
from datetime import timedelta
from django.conf import settings
from django.db import connection
from django.utils import timezone
from tips.cases.models import Case
from tips.pages.models import Page
from tips.photos import files, store
from tips.photos.models import Photo
from tips.receipts.models import PrivateCode, Receipt
for title in Page.objects.values_list("title", flat=True):
    print("page", title)
for photo in Photo.objects.select_related("page"):
    whole = all(files.read_sealed(photo.folder, name) for name in photo.names)
    print("photo", photo.public_id, whole, photo.page.title if photo.page else "-")
store.collect(timezone.now() + timedelta(hours=25))
folder = files.path_of(files.SEALED, "")
lying = set(os.listdir(folder) if folder.is_dir() else ()) - set(Photo.objects.values_list("folder", flat=True))
print("lying about", len(lying))
sent = Page.objects.by_visitors()
half = sent.exclude(pk__in=Receipt.objects.values("page")).count()
half += sent.exclude(revisions__case__isnull=False).count() + Receipt.objects.filter(codes__isnull=True).count()
print("half", half + abs(Case.objects.count() - sent.count()))
if connection.vendor == "sqlite":
    print("integrity", connection.cursor().execute("PRAGMA integrity_check").fetchone()[0])
"""


@dataclass
class Load:
    """Visitors who post one page after another and remember which were acknowledged."""

    url: str
    acknowledged: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # the cookie of every draft that was acknowledged, and its title
    photos: list[str] = field(default_factory=list)  # that were acknowledged
    with_photo: dict[str, str] = field(default_factory=dict)  # the titles of acknowledged pages, and their photo
    stop: threading.Event = field(default_factory=threading.Event)

    def visitor(self, number: int) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            title = f"Visitor {number} page {count} {time.monotonic_ns()}"
            try:
                self.post(title, self.photo() if count % PHOTO_EVERY == 0 else "")
            except (OSError, HTTPException, AttributeError, ValueError):
                self.stop.wait(BETWEEN_TRIES)

    def wait_for_another(self, of: list[str]) -> None:
        """So that a slow machine is killed at work, too, and not only while it starts."""
        before, until = len(of), time.monotonic() + HANG
        while len(of) == before:
            assert time.monotonic() < until, "nothing was acknowledged for a long time"
            time.sleep(0.01)

    def photo(self) -> str:
        body = encode_multipart("edge", {"photo": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")})
        kind = {"Content-Type": "multipart/form-data; boundary=edge"}
        request = urllib.request.Request(f"{self.url}/share/photo/", body, kind)
        with urllib.request.urlopen(request, timeout=20) as answer:
            handle = str(json.load(answer)["id"])
        self.photos.append(handle)
        return handle

    def post(self, title: str, photo: str) -> None:
        form = urllib.request.urlopen(f"{self.url}/share/", timeout=10).read().decode()
        (token,) = re.findall(r'name="form_token" value="([^"]+)"', form)
        said = {"form_token": token, "kind": "tip", "title": title, "story": "Keep moving. " * 9, "consent": "on"}
        said |= {"photo": photo, "photo_alt": "A worktop", "photo_caption": ""} if photo else {}
        data = urllib.parse.urlencode({**said, "action": "send"}).encode()
        with urllib.request.urlopen(f"{self.url}/share/draft/", data, timeout=20) as answer:
            if answer.status == 204:
                self.kept[answer.headers["Set-Cookie"].partition(";")[0]] = title
        with urllib.request.build_opener(Stay).open(f"{self.url}/share/", data, timeout=20) as answer:
            if answer.status == 303:
                self.acknowledged.append(title)
                self.with_photo |= {title: photo} if photo else {}


class Stay(urllib.request.HTTPRedirectHandler):
    """The answer itself, not the page it leads to."""

    def http_error_303(self, request, answer, code, message, headers):
        return answer


class Site:
    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "BACKSITE_HOME": str(home),
            "PORT": str(self.port),
            "FORM_LIMITS": "share=100000/10,draft=100000/10,photo=100000/10",
            "FORM_MIN_SECONDS": "0",
        }
        self.environment.pop("DATABASE_URL", None)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "manage.py", "serve", "--without-worker"]
        server = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        for _ in range(600):
            with contextlib.suppress(OSError):
                if urllib.request.urlopen(f"{self.url}/healthz", timeout=2).status == 200:
                    return server
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def form(self, cookie: str) -> str:
        """The form as the browser with this cookie meets it."""
        request = urllib.request.Request(f"{self.url}/share/", headers={"Cookie": cookie})
        return str(urllib.request.urlopen(request, timeout=20).read().decode())


def kill(server: "subprocess.Popen[bytes]") -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(20)


def campaign(home: Path, *, kills: int, least: float, most: float) -> tuple[Load, str]:
    site = Site(home)
    load = Load(site.url)
    server = site.start()
    visitors = [threading.Thread(target=load.visitor, args=(number,), daemon=True) for number in range(CLIENTS)]
    for visitor in visitors:
        visitor.start()
    for number in range(kills):
        if number % 2:  # the others may come before anything was sent at all
            load.wait_for_another(of=load.photos if number % PHOTO_EVERY == 0 else load.acknowledged)
        time.sleep(random.uniform(least, most))
        kill(server)
        server = site.start()
    load.stop.set()
    for visitor in visitors:
        visitor.join(30)
    kill(server)
    server = site.start()
    found = [(title, title in site.form(cookie)) for cookie, title in load.kept.items()]
    kill(server)
    assert [title for title, there in found if not there] == [], "a draft was acknowledged and is not there"
    return load, site.manage("shell", "-c", REPORT)


def judge(load: Load, report: str) -> None:
    stored = re.findall(r"^page (.+)$", report, re.M)
    photos = {found[1]: found[2] for found in re.finditer(r"^photo (\w+) True (.+)$", report, re.M)}
    print(  # noqa: T201
        f"acknowledged: {len(load.acknowledged)} pages, {len(load.photos)} photos, {len(load.kept)} drafts; "
        f"stored: {len(stored)} pages, {len(photos)} photos"
    )
    assert load.acknowledged
    assert load.kept
    assert load.with_photo
    assert set(load.acknowledged) <= set(stored), "acknowledged and lost"
    assert len(stored) == len(set(stored))
    assert set(load.photos) <= set(photos), "a photo was acknowledged and is not there, or not whole"
    assert {title: photos[photo] for title, photo in load.with_photo.items()} == {
        each: each for each in load.with_photo
    }
    assert "lying about 0" in report
    assert "half 0" in report
    assert "integrity ok" in report


@pytest.mark.timeout(900)
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="it has a database of its own, and is told once")
def test_three_kills_lose_nothing_t01(tmp_path):
    judge(*campaign(tmp_path, kills=3, least=1.5, most=3.0))


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_four_hundred_kills_lose_nothing_t01(tmp_path):
    judge(*campaign(tmp_path, kills=400, least=0.2, most=1.2))
