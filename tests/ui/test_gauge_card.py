"""Colour and size by measures: the card, the chips, and what follows the analysis."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from orgmap.analysis.registry import run
from orgmap.drawing.legend import entries
from orgmap.drawing.looks import PLAIN
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.gauging import Gauged, offered
from tests.ui.conftest import Opened
from tests.ui.hand import Hand, Key
from tests.ui.sights import ROW, chip, press, said
from tests.words import org

FOUR = org("ana <> ben, ben <> cy, cy > dov", modules={"Sales": "ana ben", "Product": "cy dov"})


CORNERS = {"ana": (0, 0), "ben": (1, 0), "cy": (0, 1), "dov": (1, 1)}


def _measured(hand_on: Opened) -> Hand:
    hand = hand_on(FOUR, ROW)
    hand.view.set_report(run(hand.document))
    hand.view.commands["gauges"]()
    return hand


def _choose(hand: Hand, what: Gauged, name: str) -> None:
    box = hand.view.overlay.gauges.fields[what].box
    box.setFocus()
    for _ in range(box.findText(name) - box.currentIndex()):
        hand.key(Key.Key_Down)


def test_a_measure_chosen_by_keys_colours_people_and_a_chip_takes_it_away(hand_on: Opened) -> None:
    hand = _measured(hand_on)
    assert hand.view.overlay.gauges.fields[Gauged.COLOUR].editor.hasFocus()

    _choose(hand, Gauged.COLOUR, "Betweenness")

    assert said(hand) == ["Colour of people: Betweenness ×"]
    shade = hand.view.stage.scene.shades.people
    assert shade[hand.view.stage.scene.nodes.index[NodeId("ben")]] > shade[0]
    assert any(e.words == "Colour of people: Betweenness" for e in entries(hand.view.stage.scene))
    assert hand.steps == 0
    press(chip(hand, "by-colour"))

    assert said(hand) == []
    assert hand.view.stage.looks == PLAIN


def test_lines_without_a_way_back_have_a_class_of_their_own(hand_on: Opened) -> None:
    hand = _measured(hand_on)

    _choose(hand, Gauged.LINES, "Way back")

    lines = hand.view.stage.scene.looks.lines
    assert lines is not None
    assert lines.words(lines.classes - 1) == "no way back"
    assert hand.view.stage.scene.shades.lines.tolist() == [0, 0, 1]


def test_an_edit_keeps_the_colours_until_the_analysis_has_new_ones(hand_on: Opened) -> None:
    hand = _measured(hand_on)
    hand.view.shown.measure(Gauged.SIZE, "out_degree")
    before = hand.view.stage.scene.nodes.radius.tolist()

    change, _ = edits.add_link(hand.document, NodeId("dov"), NodeId("ana"))
    hand.session.edit(verbatim("Link"), change)
    assert hand.view.stage.scene.nodes.radius.tolist() == before
    hand.view.set_report(run(hand.document))

    assert hand.view.stage.scene.nodes.radius.tolist() != before


def test_another_map_begins_without_colours(hand_on: Opened) -> None:
    hand = _measured(hand_on)
    hand.view.shown.measure(Gauged.COLOUR, "betweenness")

    hand.session.open(FOUR)

    assert said(hand) == []
    assert hand.view.stage.looks == PLAIN


def test_esc_closes_the_card_and_gives_the_map_back(hand_on: Opened) -> None:
    hand = _measured(hand_on)

    hand.key(Key.Key_Escape)

    assert hand.view.overlay.gauges.isHidden()
    assert hand.view.hasFocus()


def test_the_filter_card_and_the_card_of_measures_never_lie_on_one_another(hand_on: Opened) -> None:
    hand = _measured(hand_on)

    hand.view.commands["filter"]()

    assert hand.view.overlay.gauges.isHidden()
    assert hand.view.overlay.card.isVisible()


def test_only_measures_with_numbers_are_offered(hand_on: Opened) -> None:
    hand = _measured(hand_on)
    report = hand.view.shown.numbers

    assert "hours_per_week" not in offered(report, Gauged.COLOUR)
    assert "betweenness" in offered(report, Gauged.COLOUR)
    assert offered(None, Gauged.COLOUR) == []
    assert hand.view.overlay.gauges.area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_card_opened_before_the_numbers_fills_when_they_come_with_the_keyboard_on_it(
    hand_on: Opened,
) -> None:
    hand = hand_on(FOUR, ROW)
    hand.view.commands["gauges"]()
    card = hand.view.overlay.gauges
    assert card.close_button.hasFocus()
    assert all(field.isHidden() for field in card.fields.values())

    hand.view.set_report(run(hand.document))

    assert card.note.isHidden()
    assert card.fields[Gauged.COLOUR].editor.hasFocus()
    assert card.fields[Gauged.COLOUR].box.findText("Betweenness") > 0


def test_a_map_seen_whole_makes_room_for_the_longer_legend_and_a_view_of_ones_own_stays(
    hand_on: Opened,
) -> None:
    hand = hand_on(FOUR, {name: (x * 300.0, y * 300.0) for name, (x, y) in CORNERS.items()})
    hand.view.set_report(run(hand.document))
    stage, overlay = hand.view.stage, hand.view.overlay
    stage.fit()

    for what in (Gauged.COLOUR, Gauged.SIZE):
        hand.view.shown.measure(what, "betweenness")
    assert not overlay.legend.isHidden()
    assert not stage.lies_below(stage.camera, QRectF(overlay.legend.geometry()))
    stage.look(stage.camera.panned(40, -60))
    own = stage.camera
    hand.view.shown.measure(Gauged.LINES, "betweenness")

    assert stage.camera == own
