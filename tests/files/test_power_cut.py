"""The power fails while a map is saved: what was not flushed is gone, and the file is the old or the new one.

A disk that writes down what it is asked to do is played back up to every point, with every way in which
a file system may have put off what it was not made to do: bytes that were not flushed are lost, and of
the changes of names any first part has happened.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files.disk import Disk, previous_version, read_bytes, write_bytes

OLD, NEW = b"the old plan\n", b"the new plan\n" * 100_000
Step = tuple[str, Path, Path | bytes | None]


class WritingDown(Disk):
    """A real disk that remembers every step of a save, in order."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._open: dict[int, Path] = {}

    def create(self, path: Path, mode: int) -> int:
        descriptor = super().create(path, mode)
        self._open[descriptor] = path
        self.steps.append(("create", path, None))
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        self.steps.append(("write", self._open[descriptor], bytes(data)))
        return super().write(descriptor, data)

    def flush(self, descriptor: int) -> None:
        self.steps.append(("flush", self._open[descriptor], None))
        super().flush(descriptor)

    def keep(self, path: Path, copy: Path) -> None:
        self.steps.append(("link", path, copy))
        super().keep(path, copy)

    def replace(self, path: Path, target: Path) -> None:
        self.steps.append(("rename", path, target))
        super().replace(path, target)


def after_power_cut(steps: list[Step], named: int) -> dict[Path, bytes]:
    """What lies under each name: all flushed bytes, and the first `named` changes of names."""
    inodes: dict[Path, list[bytes]] = {}
    done: dict[Path, bytes] = {}  # by the name under which it was written
    changes: list[tuple[str, Path, Path]] = []
    for kind, path, more in steps:
        match kind:
            case "create":
                inodes[path] = []
                changes.append((kind, path, path))
            case "write":
                assert isinstance(more, bytes)
                inodes[path].append(more)
            case "flush":
                done[path] = b"".join(inodes[path])
            case _:
                assert isinstance(more, Path)
                changes.append((kind, path, more))
    names: dict[Path, bytes] = {}
    for kind, path, other in changes[:named]:
        match kind:
            case "create":
                names[path] = done.get(path, b"")
            case "link":
                names[other] = names.get(path, OLD)
            case _:
                names[other] = names.pop(path)
    return names


def test_a_power_cut_at_any_point_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    written = WritingDown()
    write_bytes(plan, NEW, disk=written)
    seen = set()

    for point in range(len(written.steps) + 1):
        for named in range(len(written.steps) + 1):
            left = after_power_cut(written.steps[:point], named)
            seen.add(left.get(plan, OLD))
            assert left.get(plan, OLD) in (OLD, NEW)
            assert left.get(previous_version(plan), OLD) == OLD

    assert seen == {OLD, NEW}


def test_a_save_that_did_not_flush_would_be_found_out(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    written = WritingDown()
    write_bytes(plan, NEW, disk=written)
    careless = [step for step in written.steps if step[0] != "flush"]

    left = after_power_cut(careless, len(careless))

    assert left[plan] == b""


def test_a_file_that_grows_while_it_is_read_is_told_or_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    real = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        with plan.open("ab") as stream:
            stream.write(b"more")
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", grown)

    with pytest.raises(ReadError, match="changed while it was being read"):
        read_bytes(plan)


def test_a_file_taken_away_while_it_is_read_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    real = os.fstat

    def gone(descriptor: int) -> os.stat_result:
        plan.unlink(missing_ok=True)
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", gone)

    assert read_bytes(plan) == OLD


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions of Unix")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    plan.write_bytes(OLD)
    plan.chmod(0)
    before = os.geteuid()
    if before == 0:
        for folder in (plan.parent, *plan.parent.parents):
            if folder.stat().st_uid == 0 and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o055)
        os.seteuid(65_534)
    try:
        with pytest.raises(ReadError, match="Reading this file is not permitted"):
            read_bytes(plan)
    finally:
        os.seteuid(before)


def test_a_path_with_dots_is_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    plan = tmp_path / "a" / ".." / "plan.orgmap"

    write_bytes(plan, NEW)

    assert (tmp_path / "plan.orgmap").read_bytes() == NEW
