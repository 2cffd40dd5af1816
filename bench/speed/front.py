"""Pages through the nginx that deploy/ ships, which hands out what the site published, beside nginx with ready bytes.

Plain HTTP on both sides. The processor time is that of nginx and of the site behind it together.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.speed.processes import SERVER_CORE, Family, get
from bench.speed.reads import PATHS
from bench.speed.servers import Target, copied, free_port, made_site, nginx, packed, site
from bench.speed.turns import Goal, Measure, in_turns, report
from bench.speed.wrk import load
from tests.deploy.nginx import Place, shipped
from tests.deploy.running import shared_memory

PAGES = 2_000
SECONDS = 2
READERS = (16, 64)
LEAST = 0.9


@contextmanager
def behind_nginx(home: Path) -> Iterator[Target]:
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="backsite-front-", dir="/dev/shm"))
    folder.chmod(0o755)
    memory = shared_memory(os.environ | {"BACKSITE_HOME": str(home)})
    settings = {"PUBLISH_PAGES": "1", "TRUSTED_PROXIES": "1", "SITE_URL": f"http://localhost:{port}"}
    try:
        with site(home, settings=settings) as own:
            place = Place(port=port, application=own.port, published=memory / "published", home=home)
            with shipped(place, folder) as front:
                for pid in (front.process.pid, *front.workers()):
                    os.sched_setaffinity(pid, {SERVER_CORE})
                time.sleep(0.5)
                yield Target(Family(front.process.pid), port, (own.server,), "localhost")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> dict[str, object]:
    measures: dict[str, Measure] = {}
    with copied(made_site(PAGES)) as home, site(home) as plain_site:
        same = {path: (get(plain_site.port, path)[1], packed(plain_site.port, path)) for path in PATHS.values()}
        with behind_nginx(home) as front, nginx(same) as reference:
            for readers in READERS:
                for name, path in PATHS.items():
                    for server, target in (("shipped", front), ("nginx", reference)):
                        measures[f"{name}, {server}, c={readers}"] = partial(
                            load, target, [path], connections=readers, seconds=SECONDS
                        )
            found = in_turns(measures)
    goals = [
        Goal(f"{name}, shipped, c={readers}", f"{name}, nginx, c={readers}", LEAST)
        for readers in READERS
        for name in PATHS
    ]
    return report(found, goals)
