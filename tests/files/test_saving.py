"""A save replaces a file whole or not at all, and keeps the version before."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.errors import ReadError, WriteError
from orgmap.files import disk, native
from orgmap.files.disk import Disk, previous_version, read_bytes, write_bytes, write_together
from tests.words import org

OLD = b"the old plan\n" * 10
NEW = b"the new plan\n" * 300_000  # several writes
STEPS = ("create", "write", "flush", "close", "set_mode", "read", "keep", "replace", "flush_folder")


class FailingDisk(Disk):
    """A disk on which the `at`-th call of the step `step` fails; `calls` names each call in turn."""

    def __init__(self, step: str = "", error: int = errno.ENOSPC, at: int = 1) -> None:
        self.step, self.error, self.left = step, error, at
        self.calls: list[str] = []

    def _pass(self, step: str) -> None:
        self.calls.append(step)
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                raise OSError(self.error, os.strerror(self.error))

    def create(self, path: Path, mode: int) -> int:
        self._pass("create")
        return super().create(path, mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._pass("write")
        return super().write(descriptor, data)

    def flush(self, descriptor: int) -> None:
        self._pass("flush")
        super().flush(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._pass("close")

    def set_mode(self, path: Path, mode: int) -> None:
        self._pass("set_mode")
        super().set_mode(path, mode)

    def read(self, path: Path) -> bytes:
        self._pass("read")
        return super().read(path)

    def keep(self, path: Path, copy: Path) -> None:
        self._pass("keep")
        super().keep(path, copy)

    def replace(self, path: Path, target: Path) -> None:
        self._pass("replace")
        super().replace(path, target)

    def flush_folder(self, folder: Path) -> None:
        self._pass("flush_folder")
        super().flush_folder(folder)


class ShortDisk(Disk):
    """A disk that takes all but one byte and says so."""

    def write(self, descriptor: int, data: memoryview) -> int:
        return super().write(descriptor, data[:-1])


class ForgetfulDisk(Disk):
    """A disk that gives back something else than it took."""

    def read(self, path: Path) -> bytes:
        return super().read(path)[:-1] + b"?"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.orgmap"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_save_replaces_the_file_and_keeps_the_version_before(plan: Path) -> None:
    warnings = write_bytes(plan, NEW)

    assert warnings == []
    assert plan.read_bytes() == NEW
    assert previous_version(plan).read_bytes() == OLD
    assert names(plan.parent) == ["plan.orgmap", "plan.orgmap.bak"]


def test_a_new_file_has_no_version_before(tmp_path: Path) -> None:
    write_bytes(tmp_path / "new.orgmap", NEW)

    assert names(tmp_path) == ["new.orgmap"]


def test_everything_is_written_and_read_back_before_the_old_file_is_touched(plan: Path) -> None:
    watched = FailingDisk()

    write_bytes(plan, b"short", disk=watched)

    assert watched.calls == [
        *("create", "write", "flush", "close", "set_mode", "read", "keep"),
        *("replace", "replace", "flush_folder"),
    ]


@pytest.mark.parametrize("step", ["create", "write", "flush", "close", "set_mode", "read", "replace"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    plan: Path, step: str, error: int
) -> None:
    with pytest.raises(WriteError) as caught:
        write_bytes(plan, NEW, disk=FailingDisk(step, error))

    assert caught.value.place == "plan.orgmap"
    assert "Nothing was changed" in str(caught.value)
    assert plan.read_bytes() == OLD
    assert names(plan.parent) == ["plan.orgmap"]


@pytest.mark.parametrize("step", ["create", "write", "flush", "close", "set_mode", "read", "replace"])
def test_of_files_written_together_none_is_replaced_when_the_last_cannot_be(plan: Path, step: str) -> None:
    people = plan.with_name("people.orgmap")
    people.write_bytes(OLD)
    at = 2 if step != "replace" else 1

    with pytest.raises(WriteError, match="Nothing was changed"):
        write_together({people: b"Ana", plan: b"Ben"}, FailingDisk(step, at=at))

    assert (people.read_bytes(), plan.read_bytes()) == (OLD, OLD)
    assert names(plan.parent) == ["people.orgmap", "plan.orgmap"]


def test_a_disk_that_fills_up_in_the_middle_is_named_as_the_cause(plan: Path) -> None:
    with pytest.raises(WriteError, match="The disk is full"):
        write_bytes(plan, NEW, disk=FailingDisk("write", errno.ENOSPC, at=3))

    assert plan.read_bytes() == OLD
    assert names(plan.parent) == ["plan.orgmap"]


@pytest.mark.parametrize(
    ("broken", "words"), [(ShortDisk(), "took less"), (ForgetfulDisk(), "reads back differently")]
)
def test_a_disk_that_lies_is_found_out(plan: Path, broken: Disk, words: str) -> None:
    with pytest.raises(WriteError, match=words):
        write_bytes(plan, NEW, disk=broken)

    assert plan.read_bytes() == OLD
    assert names(plan.parent) == ["plan.orgmap"]


def test_a_version_before_that_cannot_be_kept_is_a_warning_and_the_save_holds(plan: Path) -> None:
    previous_version(plan).mkdir()

    warnings = write_bytes(plan, NEW)

    assert plan.read_bytes() == NEW
    assert ["could not be kept" in str(warning) for warning in warnings] == [True]
    assert names(plan.parent) == ["plan.orgmap", "plan.orgmap.bak"]


def test_the_version_before_is_warned_of_once_when_it_cannot_even_be_copied(plan: Path) -> None:
    warnings = write_bytes(plan, NEW, disk=FailingDisk("keep", errno.EPERM))

    assert plan.read_bytes() == NEW
    assert len(warnings) == 1


def test_a_save_whose_folder_cannot_be_flushed_is_still_a_save(plan: Path) -> None:
    assert write_bytes(plan, NEW, disk=FailingDisk("flush_folder", errno.EINVAL)) == []
    assert plan.read_bytes() == NEW


def test_a_symbolic_link_stays_and_the_real_file_is_written(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "shortcut.orgmap"
    link.symlink_to(plan)

    write_bytes(link, NEW)

    assert link.is_symlink()
    assert plan.read_bytes() == NEW
    assert names(link.parent) == ["shortcut.orgmap"]


def test_a_symbolic_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "shortcut.orgmap"
    link.symlink_to(tmp_path / "plan.orgmap")

    write_bytes(link, NEW)

    assert link.is_symlink()
    assert (tmp_path / "plan.orgmap").read_bytes() == NEW


def test_a_ring_of_symbolic_links_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.orgmap", tmp_path / "other.orgmap"
    one.symlink_to(other)
    other.symlink_to(one)

    with pytest.raises(WriteError, match="round in a ring"):
        write_bytes(one, NEW)


def test_permissions_are_kept(plan: Path) -> None:
    plan.chmod(0o640)

    write_bytes(plan, NEW)

    assert stat.S_IMODE(plan.stat().st_mode) == 0o640


def test_a_second_name_of_the_file_keeps_the_old_content(plan: Path) -> None:
    twin = plan.with_name("twin.orgmap")
    twin.hardlink_to(plan)

    write_bytes(plan, NEW)

    assert (plan.read_bytes(), twin.read_bytes()) == (NEW, OLD)


def test_a_write_protected_file_is_left_alone(plan: Path) -> None:
    plan.chmod(0o444)

    with pytest.raises(WriteError, match="write-protected"):
        write_bytes(plan, NEW)

    assert plan.read_bytes() == OLD
    assert names(plan.parent) == ["plan.orgmap"]


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="This is a folder"):
        write_bytes(tmp_path, NEW)

    with pytest.raises(ReadError, match="This is a folder"):
        read_bytes(tmp_path)


def test_a_pipe_is_never_replaced_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.orgmap"
    os.mkfifo(pipe)

    with pytest.raises(WriteError, match="a device or a pipe"):
        write_bytes(pipe, NEW)
    with pytest.raises(ReadError, match="a device or a pipe"):
        read_bytes(pipe)

    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_refused_before_a_byte_is_read() -> None:
    with pytest.raises(ReadError, match="a device or a pipe"):
        read_bytes(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("n" * 300 + ".orgmap", "too long"),
        ("a\0b.orgmap", "cannot have this name"),
        ("", "is a folder|this name"),
    ],
)
def test_names_no_file_can_have_are_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(WriteError, match=words):
        write_bytes(tmp_path / name, NEW)

    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["CON.orgmap", "nul", "a:b.orgmap", "why?.orgmap", "plan. ", "plan."])
def test_names_that_windows_refuses_are_refused_there(name: str) -> None:
    with pytest.raises(WriteError, match="cannot have this name"):
        disk.check_name(Path(name), windows=True)

    disk.check_name(Path(name), windows=False)


def test_a_path_longer_than_the_system_takes_is_told(tmp_path: Path) -> None:
    long = tmp_path.joinpath(*["folder" * 30] * 30, "plan.orgmap")

    with pytest.raises(WriteError, match=r"too long|not there"):
        write_bytes(long, NEW)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"^The folder .*gone is not there"):
        write_bytes(tmp_path / "gone" / "plan.orgmap", NEW)


@pytest.mark.parametrize("name", ["ünï 🙂.orgmap", "\u202eplan.orgmap", "two\nlines.orgmap"])
def test_odd_names_save_and_open_and_are_shown_on_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    document = org("a > b")

    native.save(document, path)
    native.save(document, path)

    assert native.load(path) == document
    assert disk.shown(path).isprintable()


def test_a_name_of_bytes_that_are_no_text_saves_and_opens(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.orgmap")

    native.save(org("a > b"), path)

    assert native.load(path) == org("a > b")
    assert disk.shown(path) == "caf\\udce9.orgmap"


def test_the_version_before_of_a_name_that_fills_its_255_bytes_has_a_name_of_its_own(tmp_path: Path) -> None:
    one = tmp_path / ("ü" * 123 + "1.orgmap"[:9])
    other = one.with_name("ü" * 123 + "2.orgmap"[:9])
    for path in (one, other):
        path.write_bytes(OLD)
        write_bytes(path, NEW)

    kept = {previous_version(path) for path in (one, other)}

    assert len(kept) == 2
    assert all(path.read_bytes() == OLD and len(os.fsencode(path.name)) <= 255 for path in kept)


def test_a_file_larger_than_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    huge = tmp_path / "huge.orgmap"
    with huge.open("wb") as stream:
        stream.truncate(10 * 1024**3)  # sparse: it takes no room

    with pytest.raises(ReadError, match="more than 268 MB cannot be read"):
        read_bytes(huge)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="There is no such file"):
        read_bytes(tmp_path / "gone.orgmap")


@pytest.fixture
def nobody() -> Iterator[None]:
    """The rest of the test runs as somebody whom permissions stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_told_and_its_file_stays(plan: Path, request: pytest.FixtureRequest) -> None:
    for folder in (plan.parent, *plan.parent.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    plan.chmod(0o666)
    plan.parent.chmod(0o555)
    request.getfixturevalue("nobody")

    with pytest.raises(WriteError, match=r"Writing here is not permitted.*another place"):
        write_bytes(plan, NEW)

    assert plan.read_bytes() == OLD


KILLED = """
import os, sys
from pathlib import Path
from orgmap.files.disk import write_bytes
from tests.files.test_saving import NEW, FailingDisk

class KilledDisk(FailingDisk):
    def _pass(self, step):
        self.left -= 1
        if self.left == 0:
            os._exit(9)

write_bytes(Path(sys.argv[1]), NEW, disk=KilledDisk(at=int(sys.argv[2])))
"""


@pytest.mark.parametrize("call", [1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13])
def test_a_save_that_is_killed_leaves_the_old_or_the_new_file_whole(plan: Path, call: int) -> None:
    root = Path(__file__).parents[2]

    ended = subprocess.run([sys.executable, "-c", KILLED, str(plan), str(call)], cwd=root, check=False)

    assert ended.returncode in (0, 9)
    assert plan.read_bytes() in (OLD, NEW)
    if plan.read_bytes() == OLD:
        assert not previous_version(plan).exists()


def test_what_a_killed_save_left_is_swept_up_an_hour_later(plan: Path) -> None:
    stale, fresh = (plan.with_name(f".orgmap-{digit * 16}.part") for digit in "ab")
    for path in (stale, fresh, plan.with_name(".orgmap-mine.part")):
        path.write_bytes(b"half")
    os.utime(stale, (0, 0))

    write_bytes(plan, NEW)

    assert names(plan.parent) == [
        ".orgmap-bbbbbbbbbbbbbbbb.part",
        ".orgmap-mine.part",
        "plan.orgmap",
        "plan.orgmap.bak",
    ]
