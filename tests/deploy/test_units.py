"""What is shipped for systemd fits together, and fits what the site itself says."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.nginx import ROOT, SHIPPED

UNITS = ROOT / "deploy" / "systemd"
NAMES = ("backsite.service", "backsite-worker.service", "run-backsite.mount")
SYSTEM = Path("/lib/systemd/system")


def said(unit: str, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", (UNITS / unit).read_text(), re.M)


def memory_of_the_shipped_home() -> str:
    (environment,) = said("backsite.service", "Environment")
    home = re.findall(r"BACKSITE_HOME=(\S+)", environment)[0]
    return f"/dev/shm/backsite-{hashlib.sha256(home.encode()).hexdigest()[:12]}"  # noqa: S108 - as settings.py says


def test_nginx_reads_and_the_service_removes_what_the_site_publishes():
    folder = f"{memory_of_the_shipped_home()}/published"
    assert said("backsite.service", "ExecStopPost") == [f"/bin/rm -rf {folder}"]
    assert f"root {folder}/pages;" in (SHIPPED / "backsite" / "site.conf").read_text()


def test_what_arrives_fits_into_the_memory_for_it():
    site = (SHIPPED / "backsite" / "site.conf").read_text()
    at_once = int(re.findall(r"limit_conn heavy (\d+);", site)[0])
    (largest,) = set(re.findall(r"client_max_body_size (\d{8});", site))
    (size,) = re.findall(r"size=(\d+)m", (UNITS / "run-backsite.mount").read_text())
    (where,) = said("run-backsite.mount", "Where")
    assert at_once * int(largest) <= int(size) * 1024 * 1024
    assert f"client_body_temp_path {where}/" in site
    assert f"RequiresMountsFor={where}" in (UNITS / "nginx.service.d" / "backsite.conf").read_text()


def sandbox_of(unit: str) -> set[str]:
    own = re.compile("Description|After|Wants|Environment|Exec|IPAddress|#")
    return {line for line in (UNITS / unit).read_text().splitlines() if "=" in line and not own.match(line)}


def test_both_services_have_the_same_sandbox_and_only_the_worker_reaches_out():
    web = sandbox_of("backsite.service")
    assert web == sandbox_of("backsite-worker.service")
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077", "CapabilityBoundingSet="} <= web
    assert said("backsite.service", "IPAddressDeny") == ["any"]


def test_every_name_of_the_example_is_explained():
    runbook = (ROOT / "docs" / "RUNBOOK.md").read_text()
    names = re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "backsite.env").read_text(), re.M)
    names += re.findall(r"([A-Z_]+)=", said("backsite.service", "Environment")[0])
    assert names
    assert [name for name in names if f"`{name}`" not in runbook] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_every_line_and_finds_little_exposed(tmp_path):
    for path in ("srv/backsite/.venv/bin/python", "bin/rm"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch(mode=0o755)
    for folder, units in (("etc", [UNITS / name for name in NAMES]), ("lib", SYSTEM.glob("*.target"))):
        (tmp_path / folder / "systemd" / "system").mkdir(parents=True)
        for unit in [*units, *(SYSTEM.glob("*.slice") if folder == "lib" else ())]:
            shutil.copy(unit, tmp_path / folder / "systemd" / "system")
    looked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={tmp_path}", *NAMES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (looked.returncode, looked.stdout + looked.stderr) == (0, "")
    for name in NAMES[:2]:
        judged = ["systemd-analyze", "security", "--offline=true", f"--root={tmp_path}", "--threshold=20", name]
        assert subprocess.run(judged, capture_output=True, check=False).returncode == 0, name
