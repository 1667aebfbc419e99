"""The legend explains what is on the map, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from orgmap.analysis.findings import Weight
from orgmap.drawing.legend import MOST_MODULES, entries, legend_size, paint_legend
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, NodeKind, Status
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
        ({"l1": {"status": Status.DISPUTED}}, "? disputed"),
        ({"l1": {"channel": ChannelId("mail")}}, "by mail"),
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
