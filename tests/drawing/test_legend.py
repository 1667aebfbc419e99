"""The legend explains what is on the map, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from orgmap.analysis.findings import Weight
from orgmap.drawing.legend import MOST_MODULES, entries, legend_size, paint_legend
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.drawing.samples import Entry, Line, draw_sample
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import THEMES, theme
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, ModuleId, NodeKind, Status
from tests.drawing.maps import close, placed, two_teams, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")


def _words(document: Document, lighting: Lighting = UNLIT) -> list[str]:
    return [entry.words for entry in entries(Scene.of(document), lighting)]


def _pair(fields: Mapping[str, Mapping[str, object]], line: str = "ana > ben") -> Document:
    return with_fields(placed(org(line), ana=(0, 0), ben=(200, 0)), fields)


def test_modules_and_directions_are_explained() -> None:
    assert _words(two_teams()) == ["tells", "talk both ways", "Sales", "Support"]


def test_an_empty_map_needs_no_legend() -> None:
    assert _words(Document()) == []
    assert legend_size(Scene.of(Document())).isEmpty()


def test_plain_arrows_alone_need_no_legend() -> None:
    assert _words(_pair({})) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"l1": {"status": Status.PROPOSED}}, "proposed"),
        ({"l1": {"status": Status.ASSUMED}}, "assumed"),
        ({"l1": {"status": Status.DISPUTED}}, "disputed"),
        ({"l1": {"channel": ChannelId("mail")}}, "by mail"),
        ({"l1": {"status": Status.CLAIMED}}, "said by one of the two"),
        ({"l1": {"health": "poor"}}, "goes badly"),
        ({"l1": {"no_answer_needed": True}}, "needs no answer"),
        ({"ana": {"decides": True}}, "decides"),
        ({"ana": {"holds_purpose": True}}, "holds the purpose"),
        ({"ana": {"newcomer": True}}, "newcomer"),
        ({"ana": {"level": 1}}, "larger: nearer to the top"),
        ({"ana": {"kind": NodeKind.OUTSIDE}}, "outside"),
        ({"ana": {"kind": NodeKind.SOURCE}}, "source"),
        ({"ana": {"kind": NodeKind.ROLE, "vacant": True}}, "vacant"),
    ],
)
def test_what_occurs_is_explained(fields: Mapping[str, Mapping[str, object]], expected: str) -> None:
    assert expected in _words(_pair(fields))


@pytest.mark.parametrize(("line", "expected"), [("ana ^ ben", "is the boss of"), ("ana needs ben", "needs")])
def test_kinds_of_lines_are_explained(line: str, expected: str) -> None:
    assert any(words.startswith(expected) for words in _words(_pair({}, line)))


def test_every_channel_is_explained_by_its_dash_and_sign() -> None:
    keys = ("mail", "ticket", "report", "newsletter", "phone")
    document = placed(org(", ".join("ana > ben" for _ in keys)), ana=(0, 0), ben=(400, 0))
    fields = {f"l{number}": {"channel": ChannelId(key)} for number, key in enumerate(keys, 1)}

    found = [entry for entry in entries(Scene.of(with_fields(document, fields))) if entry.section == 3]

    told = {entry.words: (entry.line.dash, entry.line.sign) for entry in found if entry.line is not None}
    assert set(told) == {"by mail", "by ticket", "by report", "by newsletter", "by phone"}
    assert len(set(told.values())) == 5


def test_a_leader_and_a_second_module_are_explained() -> None:
    document = with_fields(
        two_teams(),
        {"Sales": {"lead": "ana"}, "ben": {"modules": (ModuleId("Sales"), ModuleId("Support"))}},
    )

    words = _words(document)

    assert "leads a module" in words
    assert "belongs to a second module too" in words


def test_a_count_on_a_line_is_explained_while_lines_are_gathered() -> None:
    document = placed(org("ana > ben, ana > ben"), ana=(0, 0), ben=(200, 0))

    plain, bundled = (
        [entry.words for entry in entries(Scene.of(document, looks))]
        for looks in (PLAIN, Looks(bundled=True))
    )

    assert "so many links in one line" not in plain
    assert "so many links in one line" in bundled


def test_what_a_view_hides_is_not_explained() -> None:
    document = _pair({"l1": {"status": Status.DISPUTED}})

    assert entries(Scene.of(document, Looks(hidden=frozenset(("l1",))))) == []


def test_without_names_no_name_stands_in_the_legend() -> None:
    words = [entry.words for entry in entries(Scene.of(two_teams(), Looks(names=False)))]

    assert "Module A" in words
    assert "Sales" not in words


@pytest.mark.parametrize("name", THEMES)
def test_every_sample_is_drawn(name: str) -> None:
    colours = theme(name)
    samples = [
        Entry("", Line(sign="@", head=False)),
        Entry("", Line(bar=True)),
        *(Entry("", mark=mark) for mark in range(5)),
        *(Entry("", badge=badge) for badge in ("leads", "decides", "purpose", "newcomer")),
        Entry("", hue=1, second="S"),
        Entry("", hue=12),
        Entry("", larger=True),
    ]

    for entry in samples:
        image = QImage(60, 30, QImage.Format.Format_RGB32)
        image.fill(colours["panel"])
        painter = QPainter(image)
        draw_sample(painter, entry, 5, 15, colours)
        painter.end()
        inked = [
            x for x in range(60) for y in range(30) if not close(image.pixelColor(x, y), colours["panel"], 30)
        ]
        assert len(inked) >= 20, entry
        assert min(inked) >= 2
        assert max(inked) <= 5 + entry.room + 3


def test_lit_evidence_is_explained_first() -> None:
    lighting = Lighting(lit_links=frozenset((LinkId("l1"),)), weight=Weight.LOOK)

    assert _words(two_teams(), lighting)[:2] == ["what the finding is about", "the rest"]


def test_more_modules_than_one_can_tell_apart_are_counted() -> None:
    many = {f"Team {n}": f"p{n}" for n in range(20)}
    document = placed(org(modules=many), **{f"p{n}": (n * 300.0, 0.0) for n in range(20)})

    words = _words(document)

    assert len(words) == MOST_MODULES
    assert words[-1] == "and 13 more modules"


def test_a_long_name_of_a_module_does_not_widen_the_legend() -> None:
    document = with_fields(two_teams(), {"Sales": {"name": "S" * 500}})

    assert legend_size(Scene.of(document), UNLIT, 300.0).width() <= 300.0


def test_a_narrow_legend_is_higher() -> None:
    scene = Scene.of(two_teams())

    assert legend_size(scene, UNLIT, 200.0).height() > legend_size(scene, UNLIT, 600.0).height()


def test_the_card_is_drawn_in_its_place_and_as_large_as_announced() -> None:
    scene, colours = Scene.of(two_teams()), theme("dark")
    image = QImage(700, 300, QImage.Format.Format_RGB32)
    image.fill(colours["ground"])
    size = legend_size(scene, UNLIT, 400.0)

    painter = QPainter(image)
    paint_legend(painter, scene, colours, QRectF(100, 50, 400, 200))
    painter.end()

    inside = (round(100 + size.width() - 6), round(50 + size.height() - 6))
    assert close(image.pixelColor(*inside), colours["panel"], 2)
    assert close(image.pixelColor(round(104 + size.width()), 60), colours["ground"], 0)
