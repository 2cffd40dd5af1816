"""The whole site behind nginx, as the services run it: commands withdraw pages, and whatever dies, nothing withdrawn is
shown. (What is shown when, is told in docs/RUNBOOK.md.)"""

import gzip
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backsite import settings as site_settings
from tests.deploy.asking import Answer, ask
from tests.deploy.running import Served, behind_nginx
from tests.deploy.test_units import said

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="it has a database of its own, and is told once")

HALF_AN_HOUR = 1800
MAKE = """
from tests import make
for title in ("Wheelbarrow morning", "Stairs again", "A quiet evening"):
    page = make.page(title)
    print("made", page.get_absolute_url(), make.case_of(page).pk)
"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="backsite-test-served-", dir=site_settings.SHARED_MEMORY_DIR.parent))
    folder.chmod(0o711)
    with behind_nginx(folder) as site:
        yield site
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made(served) -> list[tuple[str, str]]:
    """Addresses and cases of three visitors' pages."""
    return re.findall(r"^made (\S+) (\d+)$", served.manage("shell", "-c", MAKE), re.M)


def get(served: Served, path: str) -> Answer:
    return ask(served.place.port, path, headers=["Accept-Encoding: gzip"])


def lies_published(served: Served, path: str) -> bool:
    return (served.published / path.strip("/") / "index.html.gz").exists()


@pytest.mark.timeout(HALF_AN_HOUR)
def test_whatever_dies_nothing_withdrawn_is_shown(served, made):
    """In the order of a bad day, so that the site is started once."""
    (hidden, hidden_case), (late, late_case), (other, _) = made
    css = re.findall(r"/static/[^\"]+\.css", gzip.decompress(get(served, "/").body).decode())[0]
    same_as_the_application(served, css)

    for path in (hidden, late, other):
        assert get(served, path).status == 200
        assert lies_published(served, path)
    served.manage("moderate", "hide", hidden_case, "--reason", "off-topic")
    assert not lies_published(served, hidden)
    assert get(served, hidden).status == 410

    for path in (late, other, "/"):
        get(served, path)
    served.kill()
    assert get(served, other).status == 200, "what lay there is still handed out"
    away = get(served, hidden)
    assert (away.status, away.header("Retry-After")) == (503, "30")
    assert b"will be back in a minute" in away.body
    assert get(served, css).status == 200
    served.manage("moderate", "hide", late_case, "--reason", "off-topic")
    assert get(served, late).status == 503, "a command withdraws although no web process lives"

    clean_up(served)
    assert [get(served, path).status for path in (other, "/", late, hidden)] == [503] * 4
    assert not served.place.published.exists()


def same_as_the_application(served: Served, path: str) -> None:
    behind = ask(
        served.place.application, path, host=f"localhost:{served.place.port}", headers=["Accept-Encoding: gzip"]
    )
    answer = get(served, path)
    own = {"etag", "last-modified", "content-type", "content-length", "accept-ranges"}
    kept = [[each for each in one.lasting if each[0] not in own] for one in (answer, behind)]
    assert kept[0] == kept[1]
    assert (answer.status, gzip.decompress(answer.body)) == (200, gzip.decompress(behind.body))
    assert answer.header("Content-Type").split(";")[0] == behind.header("Content-Type").split(";")[0] == "text/css"


def clean_up(served: Served) -> None:
    """What systemd runs when the service has ended, however it ended."""
    (command,) = said("backsite.service", "ExecStopPost")
    *remove, folder = shlex.split(command)
    assert Path(folder).name == served.place.published.name
    subprocess.run([*remove, str(served.place.published)], check=True)
