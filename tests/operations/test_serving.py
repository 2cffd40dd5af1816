"""`manage.py serve`, which is what `make run` runs: one command, a site with its content, and a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from backsite.management.commands import serve
from tests.left_out import LEFT_OUT

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path, port):
    """An empty home, on SQLite whatever the suite runs on."""
    kept = {name: value for name, value in os.environ.items() if name not in {*LEFT_OUT, "STAFF_MFA", "DATABASE_URL"}}
    return {**kept, "BACKSITE_HOME": str(tmp_path / "home"), "PORT": str(port)}


def start(environment) -> "subprocess.Popen[str]":
    command = [sys.executable, "manage.py", "serve"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def run(environment) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", "serve"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def until_ready(site: "subprocess.Popen[str]") -> str:
    assert site.stdout
    said = ""
    for line in site.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(said)


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return str(answer.read().decode())


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.timeout(300)
def test_one_command_gives_a_site_with_its_content_its_worker_and_a_way_in(environment, port):
    site = start(environment)
    try:
        said = until_ready(site)
        assert f"http://127.0.0.1:{port}/" in said
        assert get(port, "/healthz")
        assert "Psoas" in get(port, "/articles/psoas/")
        link = re.search(rf"http://127\.0\.0\.1:{port}(/accounts/owner/\S+/)", said)
        assert link
        assert "Sign me in" in get(port, link[1])
        second = run(environment)
        assert second.returncode == 1
        assert f"Port {port} is taken" in second.stderr
    finally:
        site.send_signal(signal.SIGTERM)
        ended = site.wait(60)
        assert site.stdout
        site.stdout.close()
    assert ended == 0
    while not is_free(port):
        time.sleep(0.01)


def test_a_public_site_without_mail_does_not_start(environment):
    environment |= {"SITE_URL": "https://tips.example"}

    answer = run(environment)

    assert answer.returncode == 1
    assert "site.E003" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(("migrated", "collected"), [(True, False), (False, True), (False, False)])
def test_a_start_that_had_to_prepare_begins_anew_so_that_no_garbage_stays(monkeypatch, migrated, collected):
    done: list[object] = []
    monkeypatch.setattr(serve, "port_is_free", lambda *_: True)
    monkeypatch.setattr(serve.preparing, "migrate_when_needed", lambda _: migrated)
    monkeypatch.setattr(serve.preparing, "collect_when_changed", lambda _: collected)
    monkeypatch.setattr(serve, "call_command", lambda name, **_: done.append(name))
    monkeypatch.setattr(os, "execv", lambda program, words: done.append([program, *words[1:]]))

    serve.Command()._prepare()

    assert done == ["load_content", *([[sys.executable, *sys.orig_argv[1:]]] if migrated or collected else [])]


# What a web process still reads after it was forked, and answered its first visitor.
BEFORE_AND_AFTER = """
import sys, django
django.setup()
from backsite import preparing
from backsite.management.commands import serve
preparing.migrate_when_needed(lambda _: None)
preparing.collect_when_changed(lambda _: None)
serve.read_ahead()
before = set(sys.modules)
from django.test import Client
import backsite.wsgi
Client().get("/")
print(*sorted(name for name in set(sys.modules) - before if name.split(".")[0] in {"backsite", "tips", "accounts"}))
"""


def test_all_is_read_before_the_fork_but_what_each_process_must_do_for_itself(environment):
    """`backsite.wsgi` makes every page stale: a process that takes a dead one's place must do so again."""
    command = [sys.executable, "-c", BEFORE_AND_AFTER]
    environment |= {"DJANGO_SETTINGS_MODULE": "backsite.settings", "PYTHONPATH": str(ROOT)}
    Path(environment["BACKSITE_HOME"]).mkdir()
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.split() == ["backsite.wsgi"]
