"""A journal holds every edit since the last save, whatever cuts it off; what is not needed goes."""

from __future__ import annotations

import errno
import json
import os
import stat
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from orgmap.errors import ReadError
from orgmap.files import disk, journal, native
from orgmap.files.changes import patch, patched
from orgmap.files.journal import Head, Writer, digest_of, left_behind, restored
from orgmap.model import edits, scenery
from orgmap.model.document import Change, Document, difference
from orgmap.model.entities import Frame
from tests.files.documents import documents
from tests.words import org

AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
BASE = org("ana <> ben", title="Größe")


def head(**more: Any) -> Head:  # noqa: ANN401 - fields of Head
    return replace(Head(lineage="one", path=None, digest=None, away=0, at=AT), **more)


def named(document: Document, name: str) -> Change:
    return edits.add_node(document, name, (0.0, 0.0))[0]


def written(folder: Path, names: str, **more: Any) -> tuple[Path, list[Document]]:  # noqa: ANN401 - fields of Head
    """A journal as a crash leaves it, and the map after each of its edits."""
    writer = Writer(folder, head(**more), BASE)
    states = [BASE]
    for number, name in enumerate(names.split(), 1):
        change = named(states[-1], name)
        states.append(states[-1].apply(change))
        writer.add(change, number, AT)
    writer.close(remove=False)
    return writer.path, states


@settings(max_examples=60, deadline=None)
@given(documents(), documents())
def test_what_differs_between_any_two_maps_survives_as_json(before: Document, after: Document) -> None:
    before, after = (native.read(native.encoded(d), Path("x")).document for d in (before, after))
    after = replace(after, unread=before.unread)

    plain = json.loads(json.dumps(patch(difference(before, after))))

    assert patched(before, plain) == after


def test_a_move_takes_a_few_bytes_however_much_is_known_of_somebody() -> None:
    before = org("ana <> ben", people="ana")
    node = replace(next(iter(before.nodes.values())), notes="x" * 10_000, x=0.0, y=0.0)
    before = replace(before, nodes={**before.nodes, node.id: node})

    plain = patch(edits.move(before, {node.id: (3.0, 4.0)}))

    assert len(json.dumps(plain)) < 120


def test_moving_a_background_picture_does_not_write_the_picture_again() -> None:
    before = BASE.apply(scenery.add_backdrop(BASE, "A" * 100_000, Frame(x=0, y=0, width=8, height=8))[0])
    (picture,) = before.backdrops.values()
    after = replace(before, backdrops={picture.id: replace(picture, x=5.0)})

    assert len(json.dumps(patch(difference(before, after)))) < 200


def test_a_journal_gives_back_the_map_with_every_edit(tmp_path: Path) -> None:
    path, states = written(tmp_path, "cy dov edith")

    found = restored(path)

    assert found.document == states[-1]
    assert (found.away, found.at, found.sources) == (3, AT, (path,))


def test_a_journal_cut_off_at_any_byte_gives_an_earlier_state_or_says_no(tmp_path: Path) -> None:
    path, states = written(tmp_path, "cy dov edith")
    whole = path.read_bytes()
    first = len(b"\n".join(whole.split(b"\n")[:2])) + 1  # head and base
    seen = []

    for length in range(0, len(whole) + 1, 3):
        path.write_bytes(whole[:length])
        if length < first:
            with pytest.raises(ReadError):
                restored(path)
        else:
            seen.append(states.index(restored(path).document))

    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3} or set(seen) == {0, 1, 2}


def test_a_flipped_bit_never_makes_up_a_map(tmp_path: Path) -> None:
    path, states = written(tmp_path, "cy dov")
    whole = path.read_bytes()

    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        try:
            found = restored(path).document
        except ReadError:
            continue
        assert found in states


def test_a_tail_of_zeros_as_after_a_power_cut_is_left_out(tmp_path: Path) -> None:
    path, states = written(tmp_path, "cy dov")
    path.write_bytes(path.read_bytes() + b"\0" * 4_096)

    assert restored(path).document == states[-1]


def test_without_its_base_the_journal_goes_by_the_file_it_came_after(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    native.save(BASE, plan)
    writer = Writer(tmp_path, head(path=plan, digest=digest_of(plan.read_bytes())))
    change = named(BASE, "cy")
    writer.add(change, 1, AT)
    writer.close(remove=False)

    from_file = restored(writer.path).document
    native.save(org("quite <> other"), plan)
    from_version_before = restored(writer.path).document
    disk.previous_version(plan).unlink()

    assert from_file == from_version_before == BASE.apply(change)
    with pytest.raises(ReadError, match="cannot be found"):
        restored(writer.path)


def test_a_journal_is_private_and_holds_only_plain_lines(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "journals"
    path, _ = written(folder, "cy")

    lines = path.read_bytes().splitlines()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(int(line[:8], 16) == zlib.crc32(line[9:]) and json.loads(line[9:]) for line in lines)
    assert path.read_bytes().isascii()


def test_the_journal_of_a_living_window_is_offered_to_nobody(tmp_path: Path) -> None:
    writer = Writer(tmp_path, head(), BASE)

    alive = left_behind(tmp_path)
    writer.close(remove=False)

    assert alive == []
    assert [found.document for found in left_behind(tmp_path)] == [BASE]


def test_of_several_journals_of_one_map_the_newest_counts_whatever_the_clock_says(tmp_path: Path) -> None:
    earlier, _ = written(tmp_path, "cy")
    later, states = written(tmp_path, "cy dov", at=datetime(1970, 1, 1, tzinfo=UTC))
    os.utime(later, (0, 0))

    (found,) = left_behind(tmp_path)

    assert found.document.nodes.keys() == states[-1].nodes.keys()
    assert set(found.sources) == {earlier, later}


def test_a_newest_journal_without_a_whole_head_leaves_the_one_before(tmp_path: Path) -> None:
    written(tmp_path, "cy")
    later, _ = written(tmp_path, "cy dov")
    later.write_bytes(later.read_bytes()[:20])

    (found,) = left_behind(tmp_path)

    assert found.away == 1


def test_what_the_file_holds_already_is_swept_up_in_silence(tmp_path: Path) -> None:
    plan = tmp_path / "plan.orgmap"
    path, states = written(tmp_path, "cy", path=plan, digest="x")
    native.save(states[-1], plan)

    assert left_behind(tmp_path) == []
    assert not path.exists()


def test_only_so_many_forgotten_journals_are_kept_the_oldest_go(tmp_path: Path) -> None:
    made = [written(tmp_path, "cy", lineage=f"line {n}")[0] for n in range(journal.MOST + 3)]

    found = left_behind(tmp_path)

    assert len(found) == journal.MOST
    assert [path.exists() for path in made[:4]] == [False, False, False, True]


def test_a_journal_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "cy")
    words = b'{"orgmap-journal":99}'
    path.write_bytes(b"%08x %b\n" % (zlib.crc32(words), words))

    assert left_behind(tmp_path) == []
    assert path.exists()


def test_a_full_disk_leaves_what_was_written_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(tmp_path, head(), BASE)
    change = named(BASE, "cy")
    writer.add(change, 1, AT)
    real, left = os.write, [20]

    def full(descriptor: int, data: bytes) -> int:
        taken = real(descriptor, bytes(data)[: left[0]])
        left[0] -= taken
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        return taken

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        writer.add(named(BASE.apply(change), "dov"), 2, AT)
    monkeypatch.undo()
    writer.close(remove=False)

    assert restored(writer.path).document == BASE.apply(change)


def test_the_path_of_a_file_may_be_bytes_that_are_no_text(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.orgmap")
    path, _ = written(tmp_path, "cy", path=odd)

    assert restored(path).head.path == odd


def test_forgetting_removes_the_journals_but_never_one_that_is_held(tmp_path: Path) -> None:
    gone, _ = written(tmp_path, "cy")
    held = Writer(tmp_path, head(), BASE)

    journal.forget((gone, held.path))

    assert (gone.exists(), held.path.exists()) == (False, True)
    held.close(remove=True)
    assert not held.path.exists()


def test_a_crash_between_a_save_and_the_end_of_the_journal_offers_only_what_came_after_it(
    tmp_path: Path,
) -> None:
    plan = tmp_path / "plan.orgmap"
    native.save(BASE, plan)
    writer = Writer(tmp_path, head(path=plan, digest=digest_of(plan.read_bytes())), BASE)
    first = BASE.apply(named(BASE, "cy"))
    writer.add(named(BASE, "cy"), 1, AT)
    writer.mark(1)
    native.save(first, plan)
    writer.mark(1, digest_of(plan.read_bytes()))

    writer.close(remove=False)
    at_the_save = restored(writer.path).beyond_file()
    again = Writer(tmp_path, head(lineage="two", path=plan, digest="old"), BASE)
    again.add(named(BASE, "cy"), 1, AT)
    again.mark(1)
    again.add(named(first, "dov"), 2, AT)
    again.mark(1, digest_of(plan.read_bytes()))
    again.close(remove=False)
    after_the_save = restored(again.path).beyond_file()

    assert at_the_save is None
    assert after_the_save is not None
    assert (after_the_save.away, after_the_save.head.digest) == (1, digest_of(plan.read_bytes()))
    assert after_the_save.document == first.apply(named(first, "dov"))


def test_programs_that_begin_at_once_have_a_journal_each(tmp_path: Path) -> None:
    ready = threading.Barrier(8)

    def begin(_number: int) -> Writer:
        ready.wait(10)
        return Writer(tmp_path, head(), BASE)

    with ThreadPoolExecutor(8) as pool:
        writers = list(pool.map(begin, range(8)))

    assert len({writer.path for writer in writers}) == 8
    assert left_behind(tmp_path) == []  # all of them live
    for writer in writers:
        writer.close(remove=False)
        assert restored(writer.path).document == BASE
