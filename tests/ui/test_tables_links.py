"""The table of links under real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import ChannelId, NodeId
from orgmap.ui.settings import Settings
from orgmap.ui.tables.links import Links
from orgmap.ui.tables.people import People
from tests.ui.tabled import Table

Key = Qt.Key


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture(autouse=True)
def _clean_clipboard() -> Iterator[None]:
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def people(qtbot: QtBot, settings: Settings) -> Table:
    return Table(qtbot, People(), settings)


@pytest.fixture
def links(qtbot: QtBot, settings: Settings) -> Table:
    return Table(qtbot, Links(), settings)


def test_a_link_is_added_when_both_its_ends_are_typed(links: Table) -> None:
    row = len(links.model.ids)
    links.go(row, "channel")
    links.type("chat")
    links.key(Key.Key_Return)
    links.go(row, "source")
    links.type("ana")
    links.key(Key.Key_Tab)
    waiting = links.steps
    links.type("Edith")
    links.key(Key.Key_Return)

    assert waiting == 0
    made = list(links.document.links.values())[-1]
    assert links.document.nodes[NodeId(made.target)].name == "Edith"
    assert (made.source, made.channel, made.two_way) == ("ana", "chat", False)
    assert links.steps == 1
    assert str(links.session.history.undo_label) == "Link ana → Edith"


def test_every_field_of_a_link_is_written_from_its_cell(links: Table) -> None:
    for column, words in {
        "channel": "mail", "per_week": "daily", "minutes": "10", "status": "assumed", "formal": "formal",
        "purpose": "why", "topic": "pay", "health": "fine", "step": "2", "needed_within": "3",
        "answers_needed": "5", "notes": "hm",
    }.items():  # fmt: skip
        links.enter(0, column, words)

    link = links.link("l1")
    assert (link.channel, link.per_week, link.minutes, link.status.value) == ("mail", 5.0, 10.0, "assumed")
    assert (link.formal, link.purpose, link.topic, link.health) == (True, "why", "pay", "fine")
    assert (link.step, link.needed_within, link.answers_needed, link.notes) == (2, 3.0, 5, "hm")
    assert links.steps == 12


def test_an_emptied_cell_of_a_link_says_that_nobody_said(links: Table) -> None:
    links.enter(0, "channel", "mail")
    links.enter(0, "per_week", "2")
    for column in ("channel", "per_week"):
        links.select(range(1), column)
        links.key(Key.Key_Delete)

    assert (links.link("l1").channel, links.link("l1").per_week) == (None, None)


def test_a_link_is_led_elsewhere_by_name_and_never_to_itself(links: Table) -> None:
    links.enter(0, "target", "dov")
    links.enter(1, "target", "ben")

    assert links.link("l1").target == "dov"
    assert links.link("l2").target == "cy"
    assert "linked to itself" in links.grid.problem


def test_names_of_people_and_channels_are_followed_in_the_links(links: Table) -> None:
    document = links.session.document
    links.session.edit(verbatim("a"), edits.rename(document, NodeId("ana"), "Anna"))
    links.enter(0, "channel", "mail")
    channels = edits.set_fields(links.session.document, [ChannelId("mail")], name="post")
    links.session.edit(verbatim("b"), channels)

    assert (links.cell(0, "source"), links.cell(2, "target")) == ("Anna", "Anna")
    assert links.cell(0, "channel") == "post"


def test_a_screen_reader_hears_whose_cell_it_is(people: Table, links: Table) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole

    assert people.model.index(0, people.column("home")).data(role) == "Module of ana: Sales"
    assert people.model.index(0, people.column("level")).data(role) == "Level of ana: empty"
    assert links.model.index(1, links.column("two_way")).data(role) == "Both ways of ben ↔ cy: yes"
