"""Which SQLite may be trusted with a write-ahead log, and which disks."""

import sqlite3
from pathlib import Path

Version = tuple[int, int, int]

FIXED: Version = (3, 51, 3)
WITHDRAWN: Version = (3, 52, 0)
FIXED_BRANCHES: dict[tuple[int, int], Version] = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "fuse.rclone", "ceph", "glusterfs")
MOUNTS = Path("/proc/mounts")


def version() -> Version:
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    return major, minor, patch


def wal_is_safe(version: Version) -> bool:
    """Fixed in 3.51.3 and in two older branches; 3.52.0 was withdrawn (sqlite.org/wal.html, section on the bug)."""
    if version == WITHDRAWN:
        return False
    if version >= FIXED:
        return True
    fixed = FIXED_BRANCHES.get(version[:2])
    return fixed is not None and version >= fixed


def has_full_text() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def network_file_system(path: Path, mounts: str | None = None) -> str:
    """The kind of network file system that `path` lies on; empty on a local disk, and where nobody can tell."""
    if mounts is None:
        mounts = MOUNTS.read_text() if MOUNTS.exists() else ""
    best, kind = "", ""
    for line in mounts.splitlines():
        point, name = [*line.split(), "", "", ""][1:3]
        inside = path == Path(point) or Path(point) in path.parents
        if point and inside and len(point) >= len(best):
            best, kind = point, name
    return kind if kind.startswith(NETWORK) else ""
