"""Sticky notes and pictures behind the map, by hand."""

from __future__ import annotations

import base64

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits, scenery
from orgmap.model.entities import BackdropId, Frame, StickyId, StickyNote
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, NONE, SHIFT, Hand, Key
from tests.words import org

ROW = {"ana": (-300.0, 0.0), "ben": (-150.0, 0.0)}


def noted(hand_on: Opened, words: str = "Why not?") -> tuple[Hand, StickyId]:
    """A note of the usual size round (100, 0), beside two people."""
    hand = hand_on(org("ana > ben"), ROW)
    change, made = scenery.add_sticky(hand.document, (100.0, 0.0), words)
    hand.session.edit(verbatim("Add"), change)
    return hand, made


def note(hand: Hand, key: str) -> StickyNote:
    """A note of the map."""
    return hand.document.stickies[StickyId(key)]


def middle(hand: Hand, key: str) -> QPoint:
    """The pixel in the middle of a note or picture."""
    centre = hand.view.stage.extent([key]).center()
    return hand.pixel((centre.x(), centre.y()))


def corner(hand: Hand, key: str) -> QPoint:
    """The pixel of its lower right corner."""
    at = hand.view.stage.extent([key]).bottomRight()
    return hand.pixel((at.x(), at.y()))


@pytest.mark.parametrize("end", [(Key.Key_Escape, Key.Key_Escape), (Key.Key_Return, Key.Key_Enter)])
def test_t_puts_a_note_and_its_text_is_typed_at_once_as_one_step(
    hand_on: Opened, end: tuple[Key, Key]
) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    before = hand.document
    hand.move((100.0, 50.0), button=Qt.MouseButton.NoButton)

    hand.key(Key.Key_T)
    hand.type("Ask Ana")
    hand.key(Key.Key_Return)
    hand.type("who decides")
    hand.key(end[0], CTRL if end[0] is Key.Key_Return else NONE)

    made = next(iter(hand.document.stickies.values()))
    assert made.text == "Ask Ana\nwho decides"
    assert (made.x + made.width / 2, made.y + made.height / 2) == (100.0, 50.0)
    assert hand.view.hasFocus()
    assert hand.selected == {made.id}
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_without_a_pointer_a_note_comes_into_the_middle_and_never_onto_another(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    hand.view.stage.pointed = None

    for words in ("one", "two"):
        hand.key(Key.Key_T)
        hand.type(words)
        hand.key(Key.Key_Escape)

    first, second = hand.document.stickies.values()
    assert (first.x, first.y) == (-90.0, -60.0)
    assert (second.x, second.y) != (first.x, first.y)


def test_a_note_is_in_the_map_whenever_the_typing_pauses_and_stays_one_step(
    hand_on: Opened, qtbot: QtBot
) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    before, field = hand.document, hand.view.notes.field

    hand.key(Key.Key_T)
    for words in ("Ask", " Ana"):
        hand.type(words)
        qtbot.waitUntil(lambda: [n.text for n in hand.document.stickies.values()] == [field.toPlainText()])
    hand.key(Key.Key_Escape)

    assert [note.text for note in hand.document.stickies.values()] == ["Ask Ana"]
    assert hand.steps == 1
    hand.session.undo()
    assert hand.document == before


def test_a_new_note_left_empty_is_as_if_it_had_not_been(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    before = hand.document

    hand.key(Key.Key_T)
    hand.key(Key.Key_Escape)

    assert hand.document == before
    assert hand.steps == 0


def test_the_note_tool_puts_one_where_one_clicks(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    hand.view.set_tool("note")

    hand.click((100.0, 120.0))
    hand.type("Here")
    hand.click((-100.0, 200.0))

    made = next(iter(hand.document.stickies.values()))
    assert (made.x, made.y, made.text) == (10.0, 60.0, "Here")
    assert hand.view.tool == "select"


def test_a_double_click_and_f2_change_the_text_in_place(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.double_click(middle(hand, made))
    hand.type("Because")
    hand.key(Key.Key_Escape)
    assert note(hand, made).text == "Because"
    hand.key(Key.Key_F2)
    hand.key(Key.Key_Right)
    hand.type(".")
    hand.key(Key.Key_Escape)

    assert note(hand, made).text == "Because."
    assert hand.steps == 3


def test_a_note_is_dragged_resized_duplicated_and_deleted(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.drag(middle(hand, made), (100.0, 100.0))
    assert (note(hand, made).x, note(hand, made).y) == (10.0, 40.0)
    hand.drag(corner(hand, made), corner(hand, made) + QPoint(50, 30))
    assert (note(hand, made).width, note(hand, made).height) == (230.0, 150.0)
    hand.key(Key.Key_D, CTRL)
    assert len(hand.document.stickies) == 2
    hand.key(Key.Key_Delete)
    hand.drag(middle(hand, made), (0.0, -100.0), ALT)

    assert len(hand.document.stickies) == 2
    assert note(hand, made).y == 40.0
    while hand.steps > 1:
        hand.session.undo()
    assert (note(hand, made).x, note(hand, made).width) == (10.0, 180.0)


def test_a_band_takes_notes_and_people_together_and_they_move_as_one(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.drag((-400.0, -150.0), (250.0, 150.0))
    assert hand.selected == {"ana", "ben", made}
    hand.drag("ana", (-300.0, 50.0))

    assert hand.place("ben") == (-150, 50)
    assert note(hand, made).y == -10.0
    assert hand.steps == 2


def test_arrows_nudge_a_note_and_the_walk_comes_by_it(hand_on: Opened) -> None:
    hand, made = noted(hand_on)
    hand.click("ben")

    hand.key(Key.Key_Right, ALT)
    assert hand.selected == {made}
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Down, SHIFT)
    hand.key(Key.Key_Left, ALT)

    assert note(hand, made).y == -60.0 + 88.0
    assert hand.selected == {"ben"}


def test_a_note_takes_a_colour_by_menu(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.choose(middle(hand, made), "Colour", "Green")

    assert note(hand, made).colour == 2


def test_notes_are_told_to_screen_readers(hand_on: Opened) -> None:
    hand, made = noted(hand_on, "Ask\nAna")
    canvas = QAccessible.queryAccessibleInterface(hand.view)
    listed = canvas.child(0)

    names = [listed.child(i).text(QAccessible.Text.Name) for i in range(listed.childCount())]

    assert "Note: Ask Ana" in names
    assert hand.view.stage.words.tooltip(made) == "Note: Ask Ana"


def test_undo_while_a_note_is_written_or_dragged_ends_it(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.double_click(middle(hand, made))
    hand.session.undo()
    assert not hand.view.notes.active
    hand.session.redo()
    hand.press(middle(hand, made))
    hand.move((0.0, 100.0))
    hand.session.undo()
    hand.release((0.0, 100.0))

    assert hand.document.stickies == {}


def picture(hand: Hand, *, locked: bool) -> BackdropId:
    """A picture of 400 x 200 round the middle."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF8899AA)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    data = base64.b64encode(bytes(buffer.data().data())).decode("ascii")
    change, made = scenery.add_backdrop(hand.document, data, Frame(x=-200, y=-100, width=400, height=200))
    hand.session.edit(verbatim("Put"), change)
    hand.session.edit(verbatim("Lock"), edits.set_fields(hand.document, [made], locked=locked))
    return made


def test_a_locked_picture_is_ground_and_an_unlocked_one_is_moved_and_resized(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana"), {"ana": (0.0, 0.0)})
    made = picture(hand, locked=True)

    hand.drag((100.0, 50.0), (150.0, 90.0))
    assert hand.document.backdrops[made].x == -200.0
    hand.choose((100.0, 50.0), "Background picture", "Locked")
    hand.drag((100.0, 50.0), (150.0, 90.0))
    assert (hand.document.backdrops[made].x, hand.document.backdrops[made].y) == (-150.0, -60.0)
    hand.drag(corner(hand, made), corner(hand, made) + QPoint(100, 0))

    found = hand.document.backdrops[made]
    assert (found.width, found.height) == (500.0, 250.0)


def test_a_picture_is_made_paler_fitted_and_taken_away_from_the_ground(hand_on: Opened) -> None:
    hand = hand_on(org(people="ana ben"), {"ana": (-300.0, 0.0), "ben": (300.0, 0.0)})
    made = picture(hand, locked=True)

    hand.choose((0.0, 80.0), "Background picture", "Strength", "20")
    assert hand.document.backdrops[made].strength == 0.2
    hand.choose((0.0, 80.0), "Background picture", "Fit to the map")
    assert hand.view.stage.extent([made]).contains(hand.view.stage.extent(["ana", "ben"]))
    hand.choose((0.0, 80.0), "Background picture", "Take away")

    assert hand.document.backdrops == {}


def test_notes_and_pictures_are_resized_and_moved_without_dragging(hand_on: Opened) -> None:
    hand, made = noted(hand_on)
    behind = picture(hand, locked=False)

    hand.choose(middle(hand, made), "Size", "Large")
    assert (note(hand, made).width, note(hand, made).height) == (288.0, 192.0)
    hand.view.set_selection([behind])
    hand.key(Key.Key_Right)
    assert hand.document.backdrops[behind].x == -192.0
    hand.choose((-180.0, -80.0), "Larger")

    found = hand.document.backdrops[behind]
    assert (found.x, found.width, found.height) == (-242.0, 500.0, 250.0)


def test_letters_typed_on_a_note_stay_on_it(hand_on: Opened) -> None:
    hand, made = noted(hand_on)

    hand.double_click(middle(hand, made))
    hand.type("nmlrbvfpth0123")
    focused = QApplication.focusWidget()
    hand.key(Key.Key_Escape)

    assert focused is hand.view.notes.field
    assert note(hand, made).text == "nmlrbvfpth0123"
    assert hand.names == ["ana", "ben"]


def test_the_field_follows_the_note_while_the_map_moves(hand_on: Opened) -> None:
    hand, made = noted(hand_on)
    hand.double_click(middle(hand, made))
    before = QPointF(hand.view.notes.field.pos())

    hand.view.set_camera(hand.view.camera.panned(40.0, 30.0))

    assert QPointF(hand.view.notes.field.pos()) - before == QPointF(40.0, 30.0)


def test_a_note_is_not_opened_while_names_are_hidden(hand_on: Opened) -> None:
    hand, key = noted(hand_on, "Ask Ana")
    said: list[str] = []
    hand.view.stage.refused.connect(lambda words: said.append(str(words)))
    hand.session.hide_names(True)

    hand.double_click(middle(hand, key))

    assert not hand.view.notes.active
    assert hand.view.notes.field.isHidden()
    assert said == ["Names are hidden. Show them before you write on a note."]


def test_hiding_names_ends_what_is_being_written_and_keeps_it(hand_on: Opened) -> None:
    hand, key = noted(hand_on, "Ask Ana")
    hand.double_click(middle(hand, key))
    hand.type("Ask Ben")

    hand.session.hide_names(True)

    assert hand.view.notes.field.isHidden()
    assert note(hand, key).text == "Ask Ben"


def test_a_note_of_the_menu_lies_on_free_ground_and_one_at_the_pointer_where_it_points(
    hand_on: Opened,
) -> None:
    hand = hand_on(org("ana > ben", modules={"Sales": "ana ben"}), {"ana": (-60.0, 0.0), "ben": (60.0, 0.0)})
    taken = hand.view.stage.extent(["Sales", "ana", "ben"])
    hand.view.commands["note"]()
    hand.type("aside")
    hand.key(Key.Key_Escape)
    aside = hand.view.stage.extent(list(hand.document.stickies))
    hand.move((0.0, 0.0), button=Qt.MouseButton.NoButton)
    hand.key(Key.Key_T)
    hand.type("here")
    hand.key(Key.Key_Escape)
    here = next(key for key, each in hand.document.stickies.items() if each.text == "here")

    assert not aside.intersects(taken)
    assert hand.view.stage.clear.contains(aside)
    assert hand.view.stage.extent([here]).center() == QPointF(0.0, 0.0)
