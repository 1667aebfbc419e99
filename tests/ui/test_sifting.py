"""Which findings are shown when one asks for a kind, a module or a person."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.model import edits
from orgmap.model.entities import LinkId, ModuleId, NodeId
from orgmap.ui.panels.sift_row import SiftRow
from orgmap.ui.panels.sifting import Sift, modules_of, occurring, people_of
from tests.ui.dressed import dressed
from tests.ui.reports import finding
from tests.words import org

MAP = org(
    "Ana > Ben, Ben <> Cy",
    modules={"Sales": "Ana", "Works": "", "Oven": "Ben Cy"},
)
LINK = next(iter(MAP.links))


def test_a_finding_about_a_line_is_about_its_ends() -> None:
    about = finding(people=(), links=(LinkId(LINK),))

    assert people_of(about, MAP) == {"Ana", "Ben"}
    assert modules_of(about, MAP) == {"Sales", "Oven"}


def test_a_finding_about_a_person_is_about_every_module_they_lie_in() -> None:
    nested = MAP.apply(edits.nest(MAP, ModuleId("Oven"), ModuleId("Works")))

    assert modules_of(finding(people=(NodeId("Cy"),)), nested) == {"Oven", "Works"}


def test_nothing_chosen_shows_all_and_choices_add_up() -> None:
    ana = finding(people=(NodeId("Ana"),))

    assert Sift().passes(ana, MAP)
    assert not Sift()
    assert Sift(code="broadcast-only", person=NodeId("Ana")).passes(ana, MAP)
    assert not Sift(code="broadcast-only", person=NodeId("Cy")).passes(ana, MAP)
    assert not Sift(code="isolated").passes(ana, MAP)
    assert not Sift(module=ModuleId("Oven")).passes(ana, MAP)


def test_somebody_who_left_the_map_disturbs_nothing() -> None:
    gone = finding(people=(NodeId("gone"),), links=(LinkId("gone"),), modules=(ModuleId("gone"),))

    assert modules_of(gone, MAP) == set()
    codes, modules, people = occurring([gone, finding(people=(NodeId("Ana"),))], MAP)
    assert codes == {"broadcast-only": 2}
    assert modules == {"Sales": 1}
    assert people[NodeId("Ana")] == 1


@pytest.mark.parametrize(("scale", "width"), [(1.0, 340), (1.5, 340), (1.5, 480), (2.0, 340)])
def test_the_choices_have_room_for_what_they_say_at_first(
    qtbot: QtBot, qapp: QApplication, scale: float, width: int
) -> None:
    with dressed(qapp, "light", scale):
        row = SiftRow()
        qtbot.addWidget(row)
        row.show_findings([], MAP)
        row.resize(width, 300)
        row.show()
        qtbot.waitExposed(row)

        for box in (row.kind.box, row.module.box, row.person.box):
            room = box.width() - box.chrome()
            assert room >= box.fontMetrics().horizontalAdvance(box.currentText()), box.currentText()
