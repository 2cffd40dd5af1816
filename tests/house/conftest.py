import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.test import Client

from backsite.management.commands.load_content import load_everything
from tests.house.public_site import HOST, SECURE


@pytest.fixture
def content(db):
    """The site's own texts."""
    load_everything()


@pytest.fixture(scope="module")
def of_a_public_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the settings say when SITE_URL is https, from a process of its own."""
    script = (
        f"import json; from backsite import settings as s; print(json.dumps({{n: getattr(s, n) for n in {SECURE!r}}}))"
    )
    environment = {**os.environ, "SITE_URL": f"https://{HOST}", "BACKSITE_HOME": str(tmp_path_factory.mktemp("home"))}
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, env=environment, cwd=site.BASE_DIR
    )
    return dict(json.loads(said.stdout))


@pytest.fixture
def public_site(of_a_public_site, settings):
    for name, value in of_a_public_site.items():
        setattr(settings, name, value)
    return Client(headers={"host": HOST})
