"""The last ten versions of a map are kept, privately and within limits, and say when and what changed."""

from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files import native, versions
from orgmap.model import edits
from orgmap.model.document import Document, difference
from orgmap.model.entities import NodeKind
from orgmap.model.tally import Count, Tally, tally
from tests.words import org

AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)


def state(number: int) -> Document:
    return org("ana <> ben", title=str(number))


def kept(folder: Path, path: Path, count: int) -> list[versions.Version]:
    for number in range(count):
        document = state(number)
        differs = tally(difference(state(number - 1), document)) if number else None
        data = native.encoded(document)
        versions.keep(folder, path, data, document, AT + timedelta(minutes=number), differs)
    return versions.kept(folder, path)


def test_a_version_gives_back_the_map_and_says_when_and_what(tmp_path: Path) -> None:
    newest, oldest = kept(tmp_path, Path("plan.orgmap"), 2)

    assert (versions.load(newest), versions.load(oldest)) == (state(1), state(0))
    assert (newest.people, newest.links, newest.at) == (2, 1, AT + timedelta(minutes=1))
    assert (newest.tally, oldest.tally) == (Tally({}, about=True), None)


def test_ten_versions_are_kept_besides_the_one_in_the_file(tmp_path: Path) -> None:
    found = kept(tmp_path, Path("plan.orgmap"), 30)

    assert len(found) == versions.MOST + 1
    assert [versions.load(v).info.title for v in found] == [str(n) for n in range(29, 18, -1)]


def test_their_order_is_that_of_saving_even_when_the_clock_goes_back(tmp_path: Path) -> None:
    path = Path("plan.orgmap")
    versions.keep(tmp_path, path, native.encoded(state(0)), state(0), AT)
    versions.keep(tmp_path, path, native.encoded(state(1)), state(1), AT - timedelta(days=400))

    assert [versions.load(v).info.title for v in versions.kept(tmp_path, path)] == ["1", "0"]


def test_the_same_bytes_are_not_kept_twice(tmp_path: Path) -> None:
    path = Path("plan.orgmap")
    for _ in range(3):
        versions.keep(tmp_path, path, native.encoded(state(0)), state(0), AT)

    assert len(versions.kept(tmp_path, path)) == 1


def test_maps_of_other_places_have_versions_of_their_own(tmp_path: Path) -> None:
    kept(tmp_path, Path("a/plan.orgmap"), 2)

    assert versions.kept(tmp_path, Path("b/plan.orgmap")) == []


def test_versions_are_private(tmp_path: Path) -> None:
    (version,) = kept(tmp_path / "state", Path("plan.orgmap"), 1)

    assert stat.S_IMODE(version.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(version.file.parent.stat().st_mode) == 0o700


def test_a_damaged_version_is_told_and_one_without_a_head_is_left_out(tmp_path: Path) -> None:
    path = Path("plan.orgmap")
    newest, oldest = kept(tmp_path, path, 2)
    whole = newest.file.read_bytes()
    newest.file.write_bytes(whole[:-20])
    oldest.file.write_bytes(b"rubbish")

    with pytest.raises(ReadError, match="damaged"):
        versions.load(newest)
    assert [v.file for v in versions.kept(tmp_path, path)] == [newest.file]


def test_one_map_and_all_maps_together_take_no_more_room_than_they_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept(tmp_path, Path("one.orgmap"), 5)
    size = one[0].file.stat().st_size
    monkeypatch.setattr(versions, "MOST_BYTES", size * 2 + 100)
    monkeypatch.setattr(versions, "MOST_OF_ALL", size * 4)

    other = kept(tmp_path, Path("other.orgmap"), 5)

    assert len(other) == 2
    assert versions.kept(tmp_path, Path("one.orgmap")) == []


def test_a_version_that_cannot_be_written_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("plan.orgmap")
    (version,) = kept(tmp_path, path, 1)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        versions.keep(tmp_path, path, native.encoded(state(1)), state(1), AT)

    assert list(version.file.parent.iterdir()) == [version.file]


def test_a_tally_counts_each_thing_once_and_tells_moving_from_changing() -> None:
    before = org("ana <> ben, ben > cy", modules={"Sales": "ana"})
    ana, ben, cy = before.nodes
    after = before.apply(edits.delete(before, [cy]))
    after = after.apply(edits.move(after, {ben: (5.0, 5.0)}))
    after = after.apply(edits.set_fields(after, [ana], notes="x", x=1.0, y=1.0))

    found = tally(difference(before, after))

    assert found.counts == {
        "nodes": Count(removed=1, moved=1, changed=1),
        "links": Count(removed=1),
    }
    assert not found.about
    assert not tally(difference(before, before))


def test_a_tally_knows_a_new_name_from_other_changes() -> None:
    before = org("ana <> ben", modules={"Sales": "ana"})
    ana, ben = before.nodes
    (sales,) = before.modules
    after = before.apply(edits.set_fields(before, [ana], name="Anna", notes="x"))
    after = after.apply(edits.set_fields(after, [ben], notes="x"))
    after = after.apply(edits.set_fields(after, [sales], name="Selling"))

    found = tally(difference(before, after))

    assert found.counts == {"nodes": Count(changed=1, renamed=1), "modules": Count(renamed=1)}


def test_people_are_counted_as_everywhere_else(tmp_path: Path) -> None:
    document = org("ana <> ben")
    document = document.apply(edits.add_node(document, "Wiki", (0.0, 0.0), kind=NodeKind.SOURCE)[0])

    versions.keep(tmp_path, Path("plan.orgmap"), native.encoded(document), document, AT)

    assert [version.people for version in versions.kept(tmp_path, Path("plan.orgmap"))] == [2]


def test_a_map_that_was_copied_takes_its_versions_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.orgmap").write_bytes(b"")
    listed = kept(tmp_path, Path("plan.orgmap"), 3)
    middle = listed[1]

    versions.carried(tmp_path, Path("copy.orgmap"), listed[0].digest)
    versions.carried(tmp_path, Path("older.orgmap"), middle.digest)
    versions.carried(tmp_path, Path("strange.orgmap"), "f" * 64)
    versions.keep(tmp_path, Path("copy.orgmap"), native.encoded(state(9)), state(9), AT)

    assert titles(tmp_path, "copy.orgmap") == ["9", "2", "1", "0"]
    assert titles(tmp_path, "older.orgmap") == ["1", "0"]
    assert titles(tmp_path, "strange.orgmap") == []
    assert titles(tmp_path, "plan.orgmap") == ["2", "1", "0"]


def test_the_list_of_a_map_that_was_renamed_moves_so_that_forgetting_leaves_nothing(tmp_path: Path) -> None:
    folder, path = tmp_path / "versions", tmp_path / "plan.orgmap"
    listed = kept(folder, path, 3)
    renamed = tmp_path / "renamed.orgmap"
    renamed.write_bytes(b"")

    versions.carried(folder, renamed, listed[0].digest)

    assert len(versions.kept(folder, renamed)) == 3
    versions.forget(folder, renamed)
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_a_map_renamed_again_and_again_leaves_no_version_behind(tmp_path: Path) -> None:
    folder, path = tmp_path / "versions", tmp_path / "plan.orgmap"
    path.write_bytes(b"")
    digest = kept(folder, path, 3)[0].digest
    copy = tmp_path / "copy.orgmap"
    copy.write_bytes(b"")
    versions.carried(folder, copy, digest)
    path.unlink()

    for old, new in (("copy", "second"), ("second", "third"), ("third", "fourth")):
        (tmp_path / f"{old}.orgmap").rename(tmp_path / f"{new}.orgmap")
        versions.carried(folder, tmp_path / f"{new}.orgmap", digest)
        assert [v.digest for v in versions.kept(folder, tmp_path / f"{new}.orgmap")][:1] == [digest]
    versions.carried(folder, path, digest)  # made anew, from the same bytes
    for each in (path, tmp_path / "fourth.orgmap"):
        assert titles(folder, str(each)) == ["2", "1", "0"]
        versions.forget(folder, each)

    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_a_copy_of_a_renamed_map_leaves_it_its_versions(tmp_path: Path) -> None:
    folder, path = tmp_path / "versions", tmp_path / "plan.orgmap"
    digest = kept(folder, path, 3)[0].digest
    renamed, copy = tmp_path / "renamed.orgmap", tmp_path / "copy.orgmap"

    for each in (renamed, copy):
        each.write_bytes(b"")
        versions.carried(folder, each, digest)
    versions.forget(folder, copy)

    assert len(versions.kept(folder, renamed)) == 3


def test_a_list_that_is_there_is_never_replaced_by_one_carried_over(tmp_path: Path) -> None:
    (first,) = kept(tmp_path, Path("plan.orgmap"), 1)
    versions.keep(tmp_path, Path("other.orgmap"), native.encoded(state(7)), state(7), AT)

    versions.carried(tmp_path, Path("other.orgmap"), first.digest)

    assert titles(tmp_path, "other.orgmap") == ["7"]


def titles(folder: Path, name: str) -> list[str]:
    return [versions.load(each).info.title for each in versions.kept(folder, Path(name))]
