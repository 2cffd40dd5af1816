"""Key files: 32 random bytes each, made on first use, readable by the owner of the process only."""

import contextlib
import os
import secrets
from pathlib import Path


def read_or_make(folder: Path, name: str) -> bytes:
    """The 32 bytes of `folder/name`. Two processes that make it at once agree on one."""
    path = folder / name
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()
