"""Unpack the Chromium that the npm package @sparticuz/chromium carries: TARBALL FOLDER.

The tarball is checked against the digest below, since `npm pack` reads no lock file.
"""

import base64
import hashlib
import io
import pathlib
import sys
import tarfile

import brotli

# The package's own file names only folders of the service it is made for: with it no text would be drawn at all.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="relative">fonts-cache</cachedir>
</fontconfig>
"""
START = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib:$here/al2023/lib:${LD_LIBRARY_PATH:-}" FONTCONFIG_PATH="$here"
exec "$here/chromium.bin" "$@"
"""
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="


def member(package: tarfile.TarFile, name: str) -> bytes:
    file = package.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is missing from the package")
    return brotli.decompress(file.read())


def main(tarball: str, folder: str) -> None:
    blob = pathlib.Path(tarball).read_bytes()
    if base64.b64encode(hashlib.sha512(blob).digest()).decode() != SHA512:
        raise SystemExit("the packed Chromium does not have the digest we expect; not unpacked")
    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(blob)) as package:
        for name in ("al2023", "fonts", "swiftshader"):
            with tarfile.open(fileobj=io.BytesIO(member(package, f"package/bin/{name}.tar.br"))) as inner:
                inner.extractall(target)  # noqa: S202 (the archive's digest was checked above)
        binary = target / "chromium.bin"
        binary.write_bytes(member(package, "package/bin/chromium.br"))
    binary.chmod(0o755)
    (target / "fonts.conf").write_text(FONTS)
    start = target / "chromium"
    start.write_text(START)
    start.chmod(0o755)


if __name__ == "__main__":
    main(*sys.argv[1:])
