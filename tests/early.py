"""What the suite changes before Django reads its settings. Loaded by pytest's `-p`: a conftest would come too late.

Every process of a run (pytest-xdist starts several) gets a home of its own, removed at its end. From the caller's
environment only DATABASE_URL is taken, which tests/postgres.py sets.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.left_out import LEFT_OUT

HOME = Path(tempfile.mkdtemp(prefix="backsite-test-"))
CHOSEN = {
    "BACKSITE_HOME": str(HOME),
    "DJANGO_SETTINGS_MODULE": "backsite.settings",
    "FORM_MIN_SECONDS": "0",
    "SECRET_KEY": "the-suite-signs-with-this-and-nobody-else-does-0123456789",
    "STAFF_MFA": "0",  # a test about it turns it on
}

for name in LEFT_OUT:
    os.environ.pop(name, None)
os.environ.update(CHOSEN)

from backsite import settings  # noqa: E402  (reads the environment just made)

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_database = settings.DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, as on the real site, since a database in memory neither has WAL nor waits; nobody needs it after a crash.
    _database["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] = _database["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )

settings.STATIC_ROOT.mkdir()  # whitenoise asks for it

atexit.register(shutil.rmtree, HOME, ignore_errors=True)
atexit.register(shutil.rmtree, settings.SHARED_MEMORY_DIR, ignore_errors=True)
