"""Saving where the system itself says no: a disk of 64 kB, a limit, somebody else's folders and files."""

from __future__ import annotations

import json
import os
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.errors import WriteError
from orgmap.files.disk import check_name, previous_version, write_bytes
from tests.files.test_saving import OLD, FailingDisk, names
from tests.program import ROOT, environment

BIG = b"0123456789abcde\n" * 8_192  # 128 kB
NOBODY = 65_534
EVERYBODY = 0xFFFFFFFF

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this process may mount one."""
    at = tmp_path / "small"
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "orgmap-test", str(at)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here; the test with a limit and the injected errors remain")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def test_a_disk_of_64_kilobytes_says_that_it_is_full_and_keeps_the_old_file(small_disk: Path) -> None:
    plan = small_disk / "plan.orgmap"
    write_bytes(plan, OLD)

    with pytest.raises(WriteError, match="The disk is full"):
        write_bytes(plan, BIG)

    assert plan.read_bytes() == OLD
    assert names(small_disk) == ["plan.orgmap"]


def test_a_disk_too_full_for_a_second_copy_keeps_the_old_file(small_disk: Path) -> None:
    plan = small_disk / "plan.orgmap"
    write_bytes(plan, BIG[:40_000])

    with pytest.raises(WriteError, match="The disk is full"):
        write_bytes(plan, BIG[1:40_000])

    assert plan.read_bytes() == BIG[:40_000]
    assert names(small_disk) == ["plan.orgmap"]


LIMITED = """
import resource, sys
from pathlib import Path
from orgmap.errors import WriteError
from orgmap.files.disk import write_bytes
resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
try:
    write_bytes(Path(sys.argv[1]), b"x" * 131_072)
except WriteError as error:
    print(error)
"""


def test_a_limit_of_the_account_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)

    said = _child(LIMITED, plan)

    assert "plan.orgmap" in said
    assert "larger than this disk or this account may hold" in said
    assert plan.read_bytes() == OLD
    assert names(tmp_path) == ["plan.orgmap"]


AS_NOBODY = """
import json, os, stat, sys
from pathlib import Path
from orgmap.errors import OrgmapError
from orgmap.files.disk import check_target, read_bytes, write_bytes
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
told = {}
for step, name in ((check_target, "locked/plan.orgmap"), (write_bytes, "locked/plan.orgmap"),
                   (check_target, "open/fixed.orgmap"), (write_bytes, "open/fixed.orgmap"),
                   (write_bytes, "open/shared.orgmap"), (write_bytes, "open/new.orgmap"),
                   (read_bytes, "open/secret.orgmap")):
    path = Path(sys.argv[1]) / name
    try:
        step(path, b"new") if step is write_bytes else step(path)
        told[f"{step.__name__} {name}"] = "done"
    except OrgmapError as error:
        told[f"{step.__name__} {name}"] = str(error)
print(json.dumps(told))
"""


def test_somebody_who_may_not_is_told_before_any_work_and_nothing_is_lost(tmp_path: Path) -> None:
    for name in ("locked", "open"):
        (tmp_path / name).mkdir()
    files = ("locked/plan", "open/fixed", "open/shared", "open/secret")
    for file, mode in zip(files, (0o666, 0o444, 0o666, 0o600), strict=True):
        path = tmp_path / f"{file}.orgmap"
        path.write_bytes(OLD)
        path.chmod(mode)
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "locked").chmod(0o555)
    _open_the_way(tmp_path)

    told = json.loads(_child(AS_NOBODY, tmp_path))

    for step in ("check_target", "write_bytes"):
        assert "Writing here is not permitted" in told[f"{step} locked/plan.orgmap"]
        assert "Save it in another place" in told[f"{step} locked/plan.orgmap"]
        assert "write-protected" in told[f"{step} open/fixed.orgmap"]
    assert told["write_bytes open/shared.orgmap"] == told["write_bytes open/new.orgmap"] == "done"
    assert "not permitted" in told["read_bytes open/secret.orgmap"]
    assert (tmp_path / "locked/plan.orgmap").read_bytes() == OLD
    assert (tmp_path / "open/fixed.orgmap").read_bytes() == OLD
    assert stat.S_IMODE((tmp_path / "open/shared.orgmap").stat().st_mode) == 0o666
    assert previous_version(tmp_path / "open/shared.orgmap").read_bytes() == OLD
    assert not [name for name in names(tmp_path / "open") + names(tmp_path / "locked") if "part" in name]


def test_the_owner_and_the_group_are_kept_where_the_process_may(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give files away")
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    os.chown(plan, NOBODY, NOBODY)
    plan.chmod(0o640)

    write_bytes(plan, b"new")

    found = plan.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (NOBODY, NOBODY, 0o640)


def test_the_access_list_and_the_labels_are_kept(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    entries = ((1, 6, EVERYBODY), (2, 4, NOBODY), (4, 4, EVERYBODY), (16, 6, EVERYBODY), (32, 0, EVERYBODY))
    listed = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(plan, "system.posix_acl_access", listed)
        os.setxattr(plan, "user.xdg.tags", b"plans")
    except OSError:
        pytest.skip("this file system has no access lists")

    write_bytes(plan, b"new")

    assert os.getxattr(plan, "system.posix_acl_access") == listed
    assert os.getxattr(plan, "user.xdg.tags") == b"plans"


def test_a_file_whose_owner_cannot_be_kept_is_saved_all_the_same(tmp_path: Path) -> None:
    class Strict(FailingDisk):
        def set_owner(self, path: Path, like: Path) -> None:
            raise PermissionError(path, like)

        def set_marks(self, path: Path, like: Path) -> None:
            raise OSError(path, like)

    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)

    assert write_bytes(plan, b"new", disk=Strict()) == []
    assert plan.read_bytes() == b"new"


@pytest.mark.parametrize(
    "name", ["COM1.orgmap", "lpt9", "conin$.orgmap", "com\N{SUPERSCRIPT TWO}.orgmap", "tab\t.orgmap"]
)
def test_names_of_devices_are_refused_on_windows(name: str) -> None:
    with pytest.raises(WriteError, match="cannot have this name"):
        check_name(Path(name), windows=True)

    check_name(Path("common.orgmap"), windows=True)


def _child(code: str, path: Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment(),
    )
    return ended.stdout


def _open_the_way(folder: Path) -> None:
    """Let others pass through the private folders that pytest makes."""
    for each in (folder, *folder.parents):
        if each != Path("/") and each.stat().st_uid == os.geteuid():
            each.chmod(each.stat().st_mode | 0o055)
