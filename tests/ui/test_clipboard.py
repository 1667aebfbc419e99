"""Copy, cut and paste with real keys: in one map, between windows, and rows from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from benchmarks.startup import environment
from orgmap.files import native
from orgmap.files.fragments import MIME
from orgmap.model.document import Document, problems
from orgmap.model.entities import NodeId
from orgmap.model.frames import node_box
from orgmap.model.query import name_of
from orgmap.ui.app import Program
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings
from tests.desk import said
from tests.ui.hand import Hand, laid
from tests.words import org

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = {"ana": (0.0, 0.0), "ben": (120.0, 0.0), "cy": (400.0, 0.0), "dov": (400.0, 200.0)}


def team() -> Document:
    return laid(
        org("ana <> ben, ana > cy", modules={"Sales": "ana ben", "Support": "cy"}, people="dov"), PLACES
    )


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """One program, whose windows have no worker; its clipboard is empty before and after."""
    app = qapp
    app.clipboard().clear()
    settings = Settings(tmp_path / "settings.ini")
    settings.reduced_motion = True
    made = Program(app, settings)
    yield made
    for window in made.windows:
        window.session.open(Document())
        window.close()
        window.deleteLater()
    app.clipboard().clear()
    made.deleteLater()


def window_on(program: Program, qtbot: QtBot, document: Document) -> MainWindow:
    """A shown window with this map, seen whole, the keyboard on it."""
    window = MainWindow(program.settings, program.theme)
    program.windows.append(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    window.session.open(document)
    front(window, qtbot)
    return window


def front(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(window.canvas, key, held)


def copied(window: MainWindow, *ids: str) -> None:
    window.canvas.set_selection(ids)
    press(window, Key.Key_C)


def point_at(window: MainWindow, x: float, y: float) -> None:
    """Move the pointer to a map point."""
    QTest.mouseMove(window.canvas, window.canvas.camera.to_screen(x, y).toPoint())


def sound(window: MainWindow) -> Document:
    assert problems(window.session.document) == []
    return window.session.document


def chosen(window: MainWindow) -> list[str]:
    document = window.session.document
    return sorted(name_of(document, NodeId(key)) for key in window.canvas.selection)


def overlaps(document: Document) -> list[tuple[str, str]]:
    """Pairs of people whose circles or names lie on one another."""
    boxes = []
    for node in document.nodes.values():
        assert node.x is not None
        assert node.y is not None
        left, top, right, bottom = node_box(node)
        boxes.append((node.id, node.x + left, node.y + top, node.x + right, node.y + bottom))
    return [
        (a[0], b[0])
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


def on_clipboard(plain: str, html: str = "") -> None:
    data = QMimeData()
    data.setText(plain)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def until_pasted(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.revision
    press(window, Key.Key_V)
    qtbot.waitUntil(lambda: window.session.revision > before, timeout=20_000)


def test_pasting_where_one_copied_makes_copies_beside_the_originals(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())

    copied(window, "ana", "ben")
    press(window, Key.Key_V)
    press(window, Key.Key_V)

    after = sound(window)
    assert [node.name for node in after.nodes.values()].count("ana") == 3
    assert all(n.modules == ("Sales",) for n in after.nodes.values() if n.name in ("ana", "ben"))
    assert len(after.links) == 4
    assert overlaps(after) == []
    assert chosen(window) == ["ana", "ben"]
    assert len(window.session.history.steps[0]) == 2
    assert str(window.session.history.undo_label) == "Paste ana and ben"


def test_what_is_pasted_lands_under_the_pointer_and_in_the_frame_there(
    program: Program, qtbot: QtBot
) -> None:
    window = window_on(program, qtbot, team())
    copied(window, "dov")

    point_at(window, 400.0, 20.0)
    press(window, Key.Key_V)
    inside = sound(window).nodes[NodeId(next(iter(window.canvas.selection)))]
    copied(window, "ana")
    point_at(window, 0.0, 300.0)
    press(window, Key.Key_V)
    outside = sound(window).nodes[NodeId(next(iter(window.canvas.selection)))]

    assert inside.modules == ("Support",)
    assert outside.modules == ()
    assert (round(outside.x or 0), round(outside.y or 0)) == pytest.approx((0, 290), abs=12)
    assert overlaps(sound(window)) == []


def test_cutting_and_pasting_gives_back_what_was_there_links_to_others_too(
    program: Program, qtbot: QtBot
) -> None:
    window = window_on(program, qtbot, team())
    before = sound(window)
    window.canvas.set_selection(["ana"])

    press(window, Key.Key_X)
    without = sound(window)
    press(window, Key.Key_V)

    assert NodeId("ana") not in without.nodes
    assert len(without.links) == 0
    assert dict(sound(window).nodes) == dict(before.nodes)
    assert dict(sound(window).links) == dict(before.links)
    assert [str(step.label) for step in window.session.history.steps[0]] == ["Cut ana", "Paste ana"]
    press(window, Key.Key_Z)
    press(window, Key.Key_Z)
    assert sound(window) == before


def test_a_module_is_pasted_into_another_window_with_its_people(program: Program, qtbot: QtBot) -> None:
    one = window_on(program, qtbot, team())
    other = window_on(program, qtbot, laid(org("x > y"), {"x": (0.0, 0.0), "y": (120.0, 0.0)}))
    front(one, qtbot)
    copied(one, "Sales")

    front(other, qtbot)
    press(other, Key.Key_V)

    after = sound(other)
    assert [(n.name, [name_of(after, m) for m in n.modules]) for n in after.nodes.values()][2:] == [
        ("ana", ["Sales"]), ("ben", ["Sales"]),
    ]  # fmt: skip
    assert len(after.links) == 2
    assert overlaps(after) == []
    assert sound(one) == team()
    press(other, Key.Key_Z)
    assert len(sound(other).nodes) == 2


def test_a_spreadsheet_is_offered_a_table_in_which_nothing_can_run(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, laid(org("=sum > ben"), {"=sum": (0.0, 0.0), "ben": (150.0, 0.0)}))

    copied(window, "=sum", "ben")

    held = QGuiApplication.clipboard().mimeData()
    rows = [line.split("\t") for line in held.text().splitlines()]
    assert held.hasFormat(MIME)
    assert rows[0][:2] == ["id", "name"]
    assert rows[1][:2] == ["'=sum", "'=sum"]


def test_a_damaged_fragment_from_another_program_is_refused_in_words(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    data = QMimeData()
    data.setData(MIME, b'{"orgmap": 1, "nodes": [{"id": 7}]}')
    QGuiApplication.clipboard().setMimeData(data)

    press(window, Key.Key_V)

    assert sound(window) == team()
    current = window.notices.current
    assert current is not None
    assert "Here should be a text" in current.words()


def test_names_pasted_become_people_and_those_there_already_are_joined(
    program: Program, qtbot: QtBot
) -> None:
    window = window_on(program, qtbot, team())
    on_clipboard("Eva\nana\nFinn")

    until_pasted(window, qtbot)

    after = sound(window)
    assert sorted(n.name for n in after.nodes.values()) == ["Eva", "Finn", "ana", "ben", "cy", "dov"]
    assert all(after.nodes[NodeId(key)].x == PLACES[key][0] for key in PLACES)
    assert overlaps(after) == []
    assert chosen(window) == ["Eva", "Finn"]
    current = window.notices.current
    assert current is not None
    assert current.words() == "Pasted: 2 people are added, 1 person is there already."
    assert str(window.session.history.undo_label) == "Paste 2 people"


def test_lines_as_one_types_them_are_one_step_and_wrong_ones_are_named(
    program: Program, qtbot: QtBot
) -> None:
    window = window_on(program, qtbot, team())
    on_clipboard("Eva > ana: chat daily\nEva <> dov\ndov > cy: by pigeon and never")

    until_pasted(window, qtbot)

    after = sound(window)
    assert [n.name for n in after.nodes.values() if n.name not in PLACES] == ["Eva"]
    assert len(after.links) == 4
    assert overlaps(after) == []
    assert len(window.session.history.steps[0]) == 1
    current = window.notices.current
    assert current is not None
    assert current.words().endswith("1 row left out.\n1 note says what had to be decided.")


def test_rows_of_links_are_one_step_and_bad_rows_are_shown_on_request(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    on_clipboard("From\tTo\tFrequency\nana\tdov\tweekly\ndov\tEva\tnow and then\n\tcy\tdaily")

    until_pasted(window, qtbot)

    assert len(sound(window).links) == 4
    assert len(window.session.history.steps[0]) == 1
    qtbot.waitUntil(lambda: any(b.isVisible() for b in window.notices.findChildren(QPushButton)))
    shown = [said(b) for b in window.notices.findChildren(QPushButton) if b.isVisible()]
    assert shown[:2] == ["Show the summary", "Undo"]


def test_of_a_large_part_that_was_pasted_everything_comes_into_view(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    canvas = window.canvas
    copied(window, "Sales", "Support", "dov")
    canvas.set_camera(replace(canvas.camera, scale=4.0))

    press(window, Key.Key_V)

    assert len(sound(window).nodes) == 8
    assert canvas.stage.clear.contains(canvas.stage.extent(canvas.selection))


@pytest.mark.parametrize("rows", ["Eva", "Eva\nFinn\nGus\nHal"])
def test_whoever_rows_bring_is_seen_beside_what_floats_above_the_map(
    program: Program, qtbot: QtBot, rows: str
) -> None:
    window = window_on(program, qtbot, team())
    canvas = window.canvas
    on_clipboard(rows)
    until_pasted(window, qtbot)
    new = canvas.stage.extent(canvas.selection)
    window.session.undo()
    half = canvas.camera.seen.height() / 2
    canvas.set_camera(replace(canvas.camera, x=new.center().x(), y=new.bottom() + 5 - half))

    until_pasted(window, qtbot)

    assert canvas.stage.clear.contains(canvas.stage.extent(canvas.selection))


def test_what_could_be_anything_is_shown_and_asked_about_first(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    on_clipboard("Eva\tFinn\nGus\tHal")

    press(window, Key.Key_V)

    dialog = window.findChild(QDialog, "import")
    assert dialog is not None
    assert dialog.isVisible()
    assert "The clipboard" in [words.text() for words in dialog.findChildren(QLabel)]
    assert next(
        b.text() for b in dialog.findChildren(QRadioButton) if b.isChecked() and "map" in b.text()
    ) == ("Into the map that is open")
    dialog.reject()
    assert sound(window) == team()


def test_a_file_copied_elsewhere_is_imported_as_if_it_were_dropped(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(program, qtbot, team())
    table = tmp_path / "links.csv"
    table.write_text("from,to\nana,dov\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    QGuiApplication.clipboard().setMimeData(data)

    press(window, Key.Key_V)

    qtbot.waitUntil(lambda: window.findChild(QDialog, "import") is not None, timeout=20_000)
    dialog = window.findChild(QDialog, "import")
    assert dialog is not None
    dialog.reject()


def test_an_empty_clipboard_pastes_nothing(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())

    press(window, Key.Key_V)

    assert sound(window) == team()
    assert window.notices.current is None


def test_in_a_text_field_the_same_keys_and_commands_are_the_fields(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    copied(window, "ana")
    title = window.room.top.title
    title.setFocus()
    on_clipboard("Our team")

    window.actions_table["paste"].trigger()

    assert title.text() == "Our team"
    QTest.keyClick(title, Key.Key_Return)
    assert len(sound(window).nodes) == 4


def test_links_alone_are_pasted_between_the_same_two(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())

    copied(window, "l2")
    press(window, Key.Key_V)

    after = sound(window)
    assert len(after.nodes) == 4
    assert [name_of(after, list(after.links.values())[-1].source)] == ["ana"]
    assert str(window.session.history.undo_label) == "Paste 1 link"


def test_a_locked_map_takes_nothing_and_gives_nothing_away(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    copied(window, "ana")
    window.actions_table["lock"].trigger()

    press(window, Key.Key_V)
    press(window, Key.Key_X)

    assert sound(window) == team()


def test_the_menu_of_the_ground_pastes_where_it_was_opened(program: Program, qtbot: QtBot) -> None:
    window = window_on(program, qtbot, team())
    hand = Hand(window.canvas)
    copied(window, "dov")

    hand.choose((-20.0, 300.0), "Paste here")

    made = sound(window).nodes[NodeId(next(iter(window.canvas.selection)))]
    assert made.x == pytest.approx(-20.0, abs=3)
    assert made.modules == ()


_LEAVING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["orgmap"])
def look():
    window = next((w for w in app.topLevelWidgets() if w.objectName() == "window" and w.isVisible()), None)
    if window is None or window.on_start_page:
        return
    clock.stop()
    window.canvas.set_selection(window.session.document.nodes)
    window.actions_table["copy"].trigger()
    print(app.clipboard().mimeData().hasText(), flush=True)
    window.close()
clock = QTimer()
clock.setInterval(5)
clock.timeout.connect(look)
clock.start()
if __name__ == "__main__":
    from orgmap.ui.app import run
    sys.exit(run(sys.argv[1:]))
"""


def test_a_program_that_leaves_with_something_on_the_clipboard_ends_well(tmp_path: Path) -> None:
    script, plan = tmp_path / "leave.py", tmp_path / "plan.orgmap"
    script.write_text(_LEAVING)
    native.save(team(), plan)

    done = subprocess.run(
        [sys.executable, str(script), str(plan)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout.split()) == (0, ["True"]), done.stderr
