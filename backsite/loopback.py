"""What `make run` on one's own machine may leave out. Read before the settings are; knows nothing of Django."""

from collections.abc import MutableMapping
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def set_defaults(environment: MutableMapping[str, str]) -> None:
    """No second factor where only this machine can connect; everywhere else it stays on."""
    host = environment.get("HOST") or "127.0.0.1"
    named = urlsplit(environment.get("SITE_URL") or f"http://{host}").hostname
    if {host, named} <= LOOPBACK:
        environment.setdefault("STAFF_MFA", "0")
