"""The shipped nginx before the application of this very process, on the test's own database."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django import Settings

from backsite import settings as site
from backsite.pagecache import PageCache
from backsite.publishing import publish
from tests.browser.running import free_port
from tests.deploy.asking import Answer, Application, Counting, ask, listening
from tests.deploy.nginx import Nginx, Place, shipped
from tips.freshness import files


@dataclass(frozen=True)
class Front:
    """nginx on `port`; the application behind it on `behind`."""

    port: int
    behind: int
    nginx: Nginx
    application: Counting
    redirecting: int

    def ask(self, path: str = "/", **over) -> Answer:
        return ask(self.port, path, **over)

    def get(self, path: str = "/", **over) -> Answer:
        """As a browser that takes gzip asks."""
        return self.ask(path, **{"headers": ["Accept-Encoding: gzip"], **over})

    def asked_for(self, path: str, **over) -> tuple[Answer, int]:
        """The answer, and how often the application was asked for it."""
        before = len(self.application.asked)
        return self.get(path, **over), len(self.application.asked) - before


@pytest.fixture
def memory(settings: Settings) -> Iterator[Path]:
    """A folder in memory that another user may enter, for everything that nginx reads or writes."""
    folder = Path(tempfile.mkdtemp(prefix="backsite-test-nginx-", dir=site.SHARED_MEMORY_DIR.parent))
    folder.chmod(0o711)
    settings.SHARED_MEMORY_DIR = folder / "memory"
    settings.MEDIA_ROOT = folder / "home" / "media"
    settings.STATIC_ROOT = folder / "home" / "static"
    settings.STATIC_ROOT.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def in_front_of(memory: Path, settings: Settings) -> Iterator[Callable[..., Front]]:
    """Starts nginx in front of an application; both end with the test."""
    with ExitStack() as stack:

        def start(application: Application, rate: str = "") -> Front:
            counting = Counting(application)
            behind = stack.enter_context(listening(counting))
            place = Place(
                port=int(settings.SITE_URL.rpartition(":")[2]),
                application=behind,
                published=files.folder(),
                home=memory / "home",
                redirecting=free_port(),
                rate=rate,
                certificate=memory / "certificate.pem" if settings.SITE_URL.startswith("https") else None,
                key=memory / "key.pem",
            )
            folder = memory / "nginx"
            folder.mkdir()
            folder.chmod(0o711)
            nginx = stack.enter_context(shipped(place, folder))
            return Front(place.port, behind, nginx, counting, place.redirecting)

        settings.SITE_URL = f"http://localhost:{free_port()}"
        settings.TRUSTED_PROXIES = 1
        yield start


@pytest.fixture
def front(in_front_of: Callable[..., Front], transactional_db: None) -> Front:
    """The site itself behind nginx, publishing its pages."""
    return in_front_of(PageCache(WSGIHandler(), publish=publish))
