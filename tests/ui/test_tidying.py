"""The layouts in the menu: for everybody, for what is selected, round the one who is selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from orgmap.model.frames import frames
from tests.desk import Desk, seated
from tests.ui.hand import laid
from tests.words import org

MAP = laid(
    org("ana <> ben, ben <> cy, cy <> dan", modules={"Shop": "ana ben", "Yard": "cy dan"}, people="eve"),
    {"ana": (0.0, 0.0), "ben": (130.0, 0.0), "cy": (600.0, 0.0), "dan": (730.0, 0.0), "eve": (0.0, 400.0)},
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=MAP) as made:
        made.until_judged()
        yield made


def chosen(desk: Desk, action: str) -> dict[str, tuple[float, float]]:
    """Where everybody stands after choosing this from the menu."""
    with desk.qtbot.waitSignal(desk.window.room.arranger.settled, timeout=30_000):
        desk.window.actions_table[action].trigger()
    return {n.id: (n.x or 0.0, n.y or 0.0) for n in desk.document.nodes.values()}


def test_every_layout_of_the_menu_moves_people_and_one_undo_takes_it_back(desk: Desk) -> None:
    before = desk.document
    for action in desk.window.room.tidying.commands:
        places = chosen(desk, action)

        assert len(set(places.values())) == len(places), action
        desk.window.session.undo()
        assert desk.document == before, action


def test_the_rings_lie_round_the_one_who_is_selected(desk: Desk) -> None:
    desk.window.canvas.set_selection(["dan"])

    places = chosen(desk, "tidy_rings")

    x, y = places["dan"]
    away = {who: (px - x) ** 2 + (py - y) ** 2 for who, (px, py) in places.items()}
    assert sorted(away, key=lambda who: away[who]) == ["dan", "cy", "ben", "ana", "eve"]


def test_a_selected_module_is_tidied_and_nobody_else_moves(desk: Desk) -> None:
    yard = next(key for key, module in MAP.modules.items() if module.name == "Yard")
    desk.window.canvas.set_selection([yard])

    places = chosen(desk, "tidy_circle")

    still = {str(n.id): (n.x, n.y) for n in MAP.nodes.values()}
    assert {who for who in places if places[who] != still[who]} <= {"cy", "dan"}
    assert places["cy"] != still["cy"]
    shop, other = (frames(desk.document)[key] for key in MAP.modules)
    assert shop.x + shop.width < other.x


def test_the_whole_map_is_in_view_again_after_undo_and_redo_of_a_tidy(desk: Desk) -> None:
    window = desk.window

    def seen() -> bool:
        camera = window.canvas.camera
        return all(camera.seen.contains(n.x or 0.0, n.y or 0.0) for n in desk.document.nodes.values())

    chosen(desk, "tidy_circle")
    for action in ("undo", "redo"):
        window.actions_table[action].trigger()
        assert seen(), action
        fitted = window.canvas.camera
        window.canvas.zoom_to_fit()
        assert window.canvas.camera == fitted, action

    window.canvas.stage.look(window.canvas.camera.panned(4_000.0, 0.0))
    camera = window.canvas.camera
    window.actions_table["undo"].trigger()
    assert window.canvas.camera == camera
