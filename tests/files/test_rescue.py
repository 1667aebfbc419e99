"""Of a damaged file the newest whole copy is found, wherever it lies, and it says when it is from."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orgmap.files import journal, native, versions
from orgmap.files.disk import previous_version
from orgmap.files.rescue import Source, newest_whole
from orgmap.model import edits
from orgmap.model.document import Document
from tests.words import org

AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
OLD, SAVED = org("ana <> ben", title="old"), org("ana <> ben, ben > cy", title="saved")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A map that was saved twice and then damaged."""
    path = tmp_path / "plan.orgmap"
    native.save(OLD, path)
    os.utime(path, (AT.timestamp(), AT.timestamp()))
    native.save(SAVED, path)
    for document, at in ((OLD, AT), (SAVED, AT + timedelta(hours=1))):
        versions.keep(tmp_path / "versions", path, native.encoded(document), document, at)
    path.write_bytes(path.read_bytes()[:50])
    return path


def crash(plan: Path, base: Document, at: datetime) -> None:
    """A window with an edit after `base` is killed."""
    digest = journal.digest_of(native.encoded(base))
    head = journal.Head(lineage="one", path=plan, digest=digest, away=0, at=at)
    writer = journal.Writer(plan.parent / "journals", head, base)
    writer.add(edits.add_node(base, "Dov", (0.0, 0.0))[0], 1, at)
    writer.close(remove=False)


def found(plan: Path) -> tuple[Source, str, datetime] | None:
    rescue = newest_whole(plan, plan.parent / "journals", plan.parent / "versions")
    return None if rescue is None else (rescue.source, rescue.document.info.title, rescue.at)


def test_the_version_that_stood_in_the_file_is_newer_than_the_one_beside_it(plan: Path) -> None:
    assert found(plan) == (Source.VERSIONS, "saved", AT + timedelta(hours=1))


def test_a_damaged_version_is_passed_over(plan: Path) -> None:
    newest = versions.kept(plan.parent / "versions", plan)[0].file
    newest.write_bytes(newest.read_bytes()[:-20])

    assert found(plan) == (Source.VERSIONS, "old", AT)


def test_without_versions_the_one_beside_the_file_is_found(plan: Path) -> None:
    versions.forget(plan.parent / "versions", plan)

    assert found(plan) == (Source.BESIDE, "old", AT)


def test_edits_that_go_on_from_the_last_save_come_first_whatever_the_clock_says(plan: Path) -> None:
    crash(plan, SAVED, AT - timedelta(days=3))

    rescue = newest_whole(plan, plan.parent / "journals", plan.parent / "versions")

    assert rescue is not None
    assert rescue.source is Source.JOURNAL
    assert [node.name for node in rescue.document.nodes.values()] == ["ana", "ben", "cy", "Dov"]


def test_an_old_journal_left_lying_is_not_taken_for_newer(plan: Path) -> None:
    crash(plan, OLD, AT + timedelta(minutes=1))

    assert found(plan) == (Source.VERSIONS, "saved", AT + timedelta(hours=1))


def test_where_nothing_whole_is_left_nothing_is_offered(plan: Path) -> None:
    versions.forget(plan.parent / "versions", plan)
    previous_version(plan).write_bytes(b"{")

    assert found(plan) is None
