"""Closing a window in the middle of a gesture: a drag is taken back, a name being typed counts (row 85)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from orgmap.files import native
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.hand import Hand, Key, laid
from tests.words import org

MAP = laid(org("ana <> ben"), {"ana": (-90.0, 0.0), "ben": (90.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        made.window.canvas.setFocus()
        yield made


def dragging(desk: Desk) -> Document:
    """Somebody is lifted off the map and held beside it; the map as it is meanwhile."""
    hand = Hand(desk.window.canvas)
    hand.press("ana")
    hand.move(hand.pixel("ben"))
    assert desk.window.canvas.stage.lifted is not None
    return desk.document


def test_a_drag_is_taken_back_when_the_window_closes(desk: Desk) -> None:
    before = dragging(desk)

    desk.window.close()

    assert desk.window.left
    assert desk.document == before == MAP


def test_a_drag_is_taken_back_by_the_question_and_staying_finds_nothing_half_done(desk: Desk) -> None:
    desk.window.session.edit(verbatim("x"), edits.rename(desk.document, NodeId("ben"), "Ben"))
    before = dragging(desk)

    desk.window.close()
    desk.answer("unsaved", "Cancel")

    assert not desk.window.left
    assert desk.window.canvas.stage.lifted is None
    assert desk.document == before


@pytest.mark.parametrize(("answer", "names"), [("Save", ["ana", "ben", "Cy"]), ("Don", ["ana", "ben"])])
def test_a_name_that_is_typed_counts_and_is_asked_about_when_the_window_closes(
    desk: Desk, tmp_path: Path, answer: str, names: list[str]
) -> None:
    desk.key(Key.Key_N)
    desk.type("Cy")

    desk.window.close()
    typed = [node.name for node in desk.document.nodes.values()]
    desk.press(answer, desk.dialog("unsaved"))
    desk.until(lambda: desk.window.left)

    assert typed == ["ana", "ben", "Cy"]
    assert [node.name for node in native.load(tmp_path / "map.orgmap").nodes.values()] == names
