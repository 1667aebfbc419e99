"""The matrix under real keys and clicks."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import THEMES, contrast, mixed, theme
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.crossing import Grain
from orgmap.model.document import Document, problems
from orgmap.model.entities import ChannelId, Link, LinkId, LinkKind, Node, NodeId
from orgmap.ui.jobs import Task
from orgmap.ui.session import Session
from orgmap.ui.tables.matrix_model import Order
from orgmap.ui.tables.matrix_page import MatrixPage
from orgmap.ui.tables.matrix_view import FAINTEST, STRONGEST
from tests.ui.dressed import dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.words import org
from tests.workshop import WORKSHOP

Key = Qt.Key
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MAP = org(
    "ana > ben, ben <> cy, cy needs ana, Sales needs Works",
    modules={"Sales": "ana ben", "Works": "cy", "Yard": "dov"},
)

Opened = Callable[..., "Matrix"]


class Matrix:
    """A matrix on the screen and a person at its keys."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.session = Session()
        self.session.open(document)
        self.page = MatrixPage(self.session, theme("light"))
        qtbot.addWidget(self.page)
        self.page.resize(900, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        self.view, self.model = self.page.view, self.page.model
        self.view.setFocus()
        qtbot.waitUntil(self.view.hasFocus)
        self.told: list[frozenset[str]] = []
        self.page.selection_changed.connect(self.told.append)

    def go(self, row: str, column: str) -> None:
        at = self.model.place_of
        self.view.setCurrentIndex(self.model.index(at[NodeId(row)], at[NodeId(column)]))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)

    def pixel(self, row: str, column: str) -> QPoint:
        at = self.model.place_of
        index = self.model.index(at[NodeId(row)], at[NodeId(column)])
        return self.view.visualRect(index).center()

    def click(self, row: str, column: str) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, NONE, self.pixel(row, column))

    def cell(self, row: str, column: str) -> str:
        at = self.model.place_of
        return str(self.model.index(at[NodeId(row)], at[NodeId(column)]).data() or "")

    def lines(self) -> list[str]:
        document = self.session.document
        assert problems(document) == []
        return [
            f"{link.source} {'<>' if link.two_way else '>'} {link.target}"
            for link in document.links.values()
            if link.kind is LinkKind.TALKS
        ]

    @property
    def steps(self) -> int:
        return len(self.session.history.steps[0])


@pytest.fixture
def matrix(qtbot: QtBot) -> Opened:
    def opened(document: Document = MAP) -> Matrix:
        return Matrix(qtbot, document)

    return opened


def test_enter_makes_row_tell_column_then_both_ways_and_undo_takes_each_back(matrix: Opened) -> None:
    shown = matrix(org("", people="ana ben"))
    shown.go("ana", "ben")

    shown.key(Key.Key_Return)
    once = shown.lines()
    shown.key(Key.Key_Return)
    twice = shown.lines()

    assert (once, twice) == (["ana > ben"], ["ana <> ben"])
    assert shown.cell("ben", "ana") == "1"
    assert shown.steps == 2
    assert str(shown.session.history.undo_label) == "ana and ben talk both ways"

    shown.session.undo()
    shown.session.undo()
    QApplication.processEvents()

    assert (shown.lines(), shown.cell("ana", "ben")) == ([], "")


def test_a_first_click_goes_to_a_cell_and_a_second_strikes_it(matrix: Opened) -> None:
    shown = matrix(org("", people="ana ben cy"))

    shown.click("ana", "cy")
    first = shown.lines()
    shown.click("ana", "cy")

    assert first == []
    assert shown.lines() == ["ana > cy"]


def test_delete_empties_the_cell_and_leaves_what_comes_back(matrix: Opened) -> None:
    shown = matrix()
    shown.go("ben", "cy")
    shown.key(Key.Key_Delete)

    assert "cy > ben" in shown.lines()
    assert shown.cell("ben", "cy") == ""
    assert str(shown.session.history.undo_label) == "ben tells cy nothing"


def test_r_turns_round_b_makes_both_ways_and_digits_choose_the_channel(matrix: Opened) -> None:
    shown = matrix(org("ana > ben"))
    shown.go("ana", "ben")
    shown.key(Key.Key_B)
    both = shown.lines()
    shown.key(Key.Key_B)
    shown.key(Key.Key_4)
    channel = shown.session.document.links[LinkId("l1")].channel
    shown.key(Key.Key_0)
    none = shown.session.document.links[LinkId("l1")].channel
    shown.key(Key.Key_R)

    assert both == ["ana <> ben"]
    assert (channel, none) == (ChannelId("chat"), None)
    assert shown.lines() == ["ben > ana"]


def test_nobody_is_linked_to_themselves_on_the_diagonal(matrix: Opened) -> None:
    shown = matrix(org("", people="ana ben"))
    shown.go("ana", "ana")
    shown.key(Key.Key_Return)

    assert shown.lines() == []


def test_the_sentence_says_who_tells_whom_how_and_whether_anything_comes_back(matrix: Opened) -> None:
    document = MAP.apply(edits.set_fields(MAP, ["l1"], channel=ChannelId("chat"), per_week=5.0))
    shown = matrix(document)

    said = {}
    for row, column in (("ana", "ben"), ("ben", "ana"), ("ben", "cy"), ("ana", "dov"), ("cy", "ana")):
        shown.go(row, column)
        said[row, column] = shown.page.sentence.text()

    assert said["ana", "ben"] == "ana tells ben: chat, daily. No way back."
    assert said["ben", "ana"] == "ben tells ana nothing; ana tells ben."
    assert said["ben", "cy"] == "ben and cy talk both ways."
    assert said["ana", "dov"] == "ana and dov do not talk."
    assert said["cy", "ana"] == "cy needs ana, and no talk is drawn. Who would talk?"


def test_hovering_a_cell_says_its_sentence_and_lights_its_names(matrix: Opened) -> None:
    shown = matrix()
    shown.go("ana", "ben")
    at = shown.model.place_of

    QTest.mouseMove(shown.view.viewport(), shown.pixel("cy", "ben"))
    QTest.mouseMove(shown.view.viewport(), shown.pixel("cy", "dov"))

    assert shown.page.sentence.text() == "cy and dov do not talk."
    assert (shown.view.left.lit, shown.view.top.lit) == (at[NodeId("cy")], at[NodeId("dov")])


def test_modules_count_what_their_people_say_and_an_empty_cell_that_should_talk_asks(matrix: Opened) -> None:
    shown = matrix(org("a > b, X needs Z", modules={"X": "a", "Y": "b", "Z": "c"}))
    shown.page.show_grain(Grain.MODULES)
    shown.go("X", "Z")

    assert shown.cell("X", "Y") == "1"
    assert shown.page.sentence.text() == "X needs Z, and no talk is drawn. Who would talk?"


def test_a_struck_cell_of_modules_links_the_modules_themselves(matrix: Opened) -> None:
    shown = matrix(WORKSHOP)
    shown.page.show_grain(Grain.MODULES)
    shown.go("Sales", "Factory")
    before = shown.cell("Sales", "Factory")
    shown.key(Key.Key_Return)

    assert (before, shown.cell("Sales", "Factory")) == ("2", "3")
    assert shown.lines()[-1] == "Sales > Factory"


def test_contacts_a_week_stand_in_the_cells_with_a_sign_where_some_did_not_say(matrix: Opened) -> None:
    shown = matrix(WORKSHOP)
    shown.page.show_grain(Grain.MODULES)
    QTest.mouseClick(shown.page.count._buttons["contact"], LEFT)

    assert shown.cell("Sales", "Factory") == "1.25"
    assert shown.cell("Support", "Sales") == "3+"
    assert shown.cell("Sales", "Sales") == "·"


def test_links_of_modules_are_told_of_where_people_stand(matrix: Opened) -> None:
    shown = matrix(org("X > Y", modules={"X": "a", "Y": "b"}))

    assert "1 link with a module stands among the modules." in shown.page.legend.text()


def test_going_to_a_cell_selects_its_links_and_to_an_empty_one_its_two_ends(matrix: Opened) -> None:
    shown = matrix()
    shown.go("ana", "ben")
    shown.go("ana", "dov")
    shown.view.name_chosen.emit(shown.model.place_of[NodeId("cy")])

    assert shown.told == [frozenset({"l1"}), frozenset({"ana", "dov"}), frozenset({"cy"})]


def test_a_link_selected_elsewhere_is_gone_to_without_ringing(matrix: Opened) -> None:
    shown = matrix()
    shown.page.set_selection({"l2"})
    at = shown.model.place_of

    assert shown.view.current == (at[NodeId("ben")], at[NodeId("cy")])
    assert shown.told == []


def test_names_stand_by_module_by_name_or_by_likeness(matrix: Opened) -> None:
    shown = matrix(WORKSHOP)
    page = shown.page
    by_module = list(shown.model.keys)
    for order in (Order.NAME, Order.LIKENESS):
        page.order.setCurrentIndex(page.order.findData(str(order)))
        page.order.activated.emit(page.order.currentIndex())
        if order is Order.NAME:
            assert list(shown.model.keys) == sorted(by_module)

    alike = list(shown.model.keys)
    home = {key: WORKSHOP.nodes[NodeId(key)].modules[0] for key in alike}
    changes = sum(home[a] != home[b] for a, b in itertools.pairwise(alike))

    assert sorted(alike) == sorted(by_module)
    assert changes <= 6  # four teams would make three changes, were there no talk between them


def test_many_rows_are_put_in_order_beside_the_window(qtbot: QtBot, matrix: Opened) -> None:
    shown = matrix(crowd(300))
    page = shown.page
    with qtbot.waitSignal(page.ordered, timeout=20_000):
        page.order.setCurrentIndex(page.order.findData(str(Order.LIKENESS)))
        page.order.activated.emit(page.order.currentIndex())

    home = [int(str(key)[1:]) % 6 for key in shown.model.keys]
    changes = sum(a != b for a, b in itertools.pairwise(home))
    assert changes < 30
    qtbot.waitUntil(lambda: not page.findChildren(Task))


def test_the_order_by_likeness_stays_while_one_edits(matrix: Opened) -> None:
    shown = matrix(WORKSHOP)
    page = shown.page
    page.order.setCurrentIndex(page.order.findData(str(Order.LIKENESS)))
    page.order.activated.emit(page.order.currentIndex())
    before = list(shown.model.keys)
    shown.go("Ana", "Tove")
    shown.key(Key.Key_Return)
    added, made = edits.add_node(shown.session.document, "new")
    shown.session.edit(verbatim("new"), added)
    QApplication.processEvents()

    assert list(shown.model.keys) == [*before, made]


def test_formal_lines_have_a_matrix_of_their_own(matrix: Opened) -> None:
    shown = matrix(org("ana ^ ben, ana > cy"))
    page = shown.page
    page.kind.setCurrentIndex(page.kind.findData(str(LinkKind.REPORTS)))
    page.kind.activated.emit(page.kind.currentIndex())
    shown.go("ana", "ben")

    assert (shown.cell("ana", "ben"), shown.cell("ana", "cy")) == ("1", "")
    assert page.sentence.text() == "ana is the boss of ben."


def test_the_menu_of_a_cell_sets_channel_and_how_often_of_its_links(matrix: Opened) -> None:
    shown = matrix()
    shown.go("ana", "ben")
    at = shown.model.place_of
    shown.view.menu_asked.emit(at[NodeId("ana")], at[NodeId("ben")], QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for submenu, entry in (("Channel", "mail"), ("How often", "weekly")):
        inner = next(a.menu() for a in menu.actions() if a.text() == submenu)
        assert isinstance(inner, QMenu)
        next(a for a in inner.actions() if a.text() == entry).trigger()
    menu.close()

    link = shown.session.document.links[LinkId("l1")]
    assert (link.channel, link.per_week) == (ChannelId("mail"), 1.0)


def test_a_screen_reader_hears_the_sentence_of_a_cell(matrix: Opened) -> None:
    shown = matrix()
    at = shown.model.place_of
    table = QAccessible.queryAccessibleInterface(shown.view)
    across = len(shown.model.keys) + 1  # with the names at the left
    cell = table.child((at[NodeId("ana")] + 1) * across + at[NodeId("ben")] + 1)

    assert cell.text(QAccessible.Text.Name) == "ana tells ben. No way back."
    assert table.text(QAccessible.Text.Name) == "Who tells whom, 4 rows"


def test_an_empty_map_says_so_and_takes_no_key_amiss(matrix: Opened) -> None:
    shown = matrix(org())
    for key in (Key.Key_Return, Key.Key_Delete, Key.Key_R, Key.Key_Right):
        shown.key(key)

    assert shown.page.sentence.text() == "Nobody is on the map yet."
    assert shown.lines() == []


@pytest.mark.parametrize("name", THEMES)
def test_numbers_can_be_read_on_every_shade(name: str) -> None:
    look = theme(name)
    for step in range(11):
        share = FAINTEST + (STRONGEST - FAINTEST) * step / 10
        ground = mixed(look["accent"], look["panel"], share)

        assert contrast(look["text"], ground) >= 4.5, share


def test_every_word_of_the_matrix_can_be_translated(matrix: Opened) -> None:
    with pseudo_language():
        shown = matrix(org("ana > ben"))
        shown.go("ana", "ben")

        names = {"MatrixView: ana", "MatrixView: ben"}
        assert set(untranslated(shown.page)) <= names


def test_names_along_the_matrix_keep_their_room_when_the_text_grows(
    matrix: Opened, qapp: QApplication
) -> None:
    with dressed(qapp, "light"):
        shown = matrix(org("anastasia > benedikt"))

        with dressed(qapp, "light", 2.0):
            head = shown.view.left
            assert head.width() > head.fontMetrics().horizontalAdvance("anastasia")


def crowd(count: int) -> Document:
    """People in six unmarked circles who talk mostly among themselves."""
    draw = random.Random(3)
    nodes = {NodeId(f"n{i}"): Node(id=NodeId(f"n{i}"), name=f"P{i}") for i in range(count)}
    links = {}
    for number in range(count * 8):
        one = draw.randrange(count)
        other = (one + 6 * draw.randrange(1, count // 6)) % count
        key = LinkId(f"l{number}")
        if one != other:
            source, target = NodeId(f"n{one}"), NodeId(f"n{other}")
            links[key] = Link(id=key, source=source, target=target)
    return Document(nodes=nodes, links=links)


def test_a_large_map_is_counted_beside_the_interface_and_then_stands_where_one_was(
    matrix: Opened, qtbot: QtBot
) -> None:
    people = [NodeId(f"n{row}") for row in range(100)]
    pairs = [(one, other) for one in people for other in people if one != other]
    links = {LinkId(f"{a}-{b}"): Link(id=LinkId(f"{a}-{b}"), source=a, target=b) for a, b in pairs}
    large = Document(nodes={key: Node(id=key, name=key, x=0.0, y=0.0) for key in people}, links=links)

    shown = matrix(large)
    shown.page.set_selection({"n3-n5"})

    shown.session.edit(verbatim("x"), edits.delete(large, ["n0-n1"]))
    qtbot.waitUntil(lambda: bool(shown.model.keys) and shown.cell("n0", "n1") == "", timeout=20_000)

    assert shown.cell("n1", "n0") == "1"
    place = shown.model.place_of
    qtbot.waitUntil(lambda: shown.view.current == (place[people[3]], place[people[5]]))
