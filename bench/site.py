"""A site of its own to measure: a home that is thrown away, with the real content."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path


@contextmanager
def throw_away_site() -> Iterator[Path]:
    """Django is set up inside; import models only within. Once in a process: settings are read once."""
    if "backsite.settings" in sys.modules:
        raise RuntimeError("the settings were read before: what is measured would be another site")
    home = Path(tempfile.mkdtemp(prefix="backsite-bench-"))
    os.environ |= {
        "BACKSITE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "backsite.settings",
        "FORM_MIN_SECONDS": "0",
        "STAFF_MFA": "0",
    }
    os.environ.pop("DATABASE_URL", None)
    try:
        prepare()
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare() -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    import backsite  # noqa: F401, PLC0415 - the safe SQLite comes before Django, and Django after the environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_content", quiet=True, stdout=StringIO())
