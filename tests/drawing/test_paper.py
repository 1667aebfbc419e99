"""Sheets of paper: their sizes, which way they lie, and posters without a gap."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBitmap, QImage, QPainter, QRegion

from orgmap.assets import asset
from orgmap.drawing.content import Content, content_of
from orgmap.drawing.looks import WHOLE
from orgmap.drawing.paper import PIXELS, SIZES, Page, Sheets, Turn, label, size_named
from orgmap.drawing.plan import NAMED, planned_on
from orgmap.drawing.poster import draw_grid, on_paper, plan_for, sheets_of
from orgmap.errors import UsageError
from orgmap.files import native
from orgmap.model.entities import MapInfo
from tests.drawing.maps import placed
from tests.words import org

A4 = Page(width=210, height=297)


def wide() -> Content:
    """A map far wider than high."""
    document = placed(org("ana <> ben, ben > cy"), ana=(0, 0), ben=(900, 0), cy=(1_800, 60))
    return content_of(replace(document, info=MapInfo(title="Lumen")), "light", WHOLE)


@pytest.mark.parametrize(("across", "down"), [(1, 1), (3, 2), (2, 5)])
def test_the_sheets_of_a_poster_cover_it_wholly_and_share_the_overlap(across: int, down: int) -> None:
    page = Page(width=210, height=297, across=across, down=down, overlap=12, turn=Turn.PORTRAIT)

    (sheets,) = page.ways()

    whole, shared = sheets.whole, 12 * PIXELS * (page.poster)
    for column, row in sheets.places():
        part = sheets.part(column, row)
        if column + 1 < across:
            assert part.right() - sheets.part(column + 1, row).left() == pytest.approx(shared)
        if row + 1 < down:
            assert part.bottom() - sheets.part(column, row + 1).top() == pytest.approx(shared)
    last = sheets.part(across - 1, down - 1)
    assert (sheets.part(0, 0).left(), sheets.part(0, 0).top()) == (0, 0)
    assert (last.right(), last.bottom()) == pytest.approx((whole.width(), whole.height()))


def test_sheets_are_called_by_their_row_and_column() -> None:
    assert [label(*place) for place in Sheets(100, 100, 0, 0, 2, 2).places()] == ["A1", "A2", "B1", "B2"]


def test_pages_are_known_by_name_and_by_millimetres() -> None:
    assert size_named("a3") == SIZES["A3"]
    assert size_named("LETTER") == SIZES["Letter"]
    assert size_named("300x400") == (300.0, 400.0)
    assert size_named("300 x 400.5 mm") == (300.0, 400.5)


@pytest.mark.parametrize("name", ["", "A9", "x", "-3x4", "30x40x50"])
def test_a_page_nobody_knows_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError, match="Tabloid"):
        size_named(name)


@pytest.mark.parametrize(("width", "height", "margin"), [(210, 297, 100), (20, 297, 0), (210, 9_000, 10)])
def test_a_page_without_room_is_refused(width: float, height: float, margin: float) -> None:
    with pytest.raises(UsageError):
        Page(width=width, height=height, margin=margin)


@pytest.mark.usefixtures("qapp")
def test_a_page_lies_so_that_the_map_is_largest_unless_it_is_said() -> None:
    content = wide()

    lying, upright = sheets_of(content, A4), sheets_of(content, replace(A4, turn=Turn.PORTRAIT))

    assert lying.width > lying.height
    assert upright.width < upright.height


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", SIZES)
def test_heading_map_and_legend_fill_a_page_and_stay_on_it(name: str) -> None:
    content = wide()
    sheets = sheets_of(content, Page(width=SIZES[name][0], height=SIZES[name][1]))

    plan = plan_for(content, sheets)

    inner = sheets.inner.size()
    assert plan.width * plan.fine == pytest.approx(inner.width())
    assert plan.height * plan.fine == pytest.approx(inner.height())
    assert plan.whole.contains(plan.map)
    assert plan.whole.contains(plan.legend)
    assert not plan.map.intersects(plan.legend)
    assert content.bounds.width() * plan.camera.scale <= plan.map.width() + 1e-6
    assert content.bounds.height() * plan.camera.scale <= plan.map.height() + 1e-6


@pytest.mark.usefixtures("qapp")
def test_on_a_small_page_words_are_smaller_so_that_everybody_is_named() -> None:
    content = wide()

    small, large = planned_on(content, 900, 600), planned_on(content, 4_000, 3_000)

    assert small.fine < 1.0 < large.fine
    assert small.camera.scale == pytest.approx(NAMED, rel=0.01)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("side", [50, 80])
def test_a_long_legend_covers_nothing_on_the_smallest_page(side: int) -> None:
    content = content_of(native.load(asset("samples") / "1-northlight-12.orgmap"), "light", WHOLE)

    plan = plan_for(content, sheets_of(content, Page(width=side, height=side)))

    assert plan.whole.contains(plan.legend)
    assert not plan.map.intersects(plan.legend)
    assert plan.legend.top() > plan.top


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("side", "count"), [(200, 10), (50, 3), (50, 10)])
def test_the_look_at_a_whole_poster_shows_the_map_and_stays_on_its_sheet(side: int, count: int) -> None:
    sheets = sheets_of(wide(), Page(width=side, height=side, margin=5, overlap=5, across=count, down=count))

    first = first_sheet(sheets)

    drawn = QRegion(QBitmap.fromImage(first.createMaskFromColor(0xFFFFFFFF, Qt.MaskMode.MaskInColor)))
    assert sheets.inner.toAlignedRect().contains(drawn.boundingRect())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("width", "height"), [(900, 600), (400, 300), (60, 60)])
def test_the_names_of_the_sheets_cover_little_of_the_map(width: int, height: int) -> None:
    sheets = Sheets(800, 600, 0, 0, 10, 10)
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    share = min(width / sheets.whole.width(), height / sheets.whole.height())

    painter.scale(share, share)
    draw_grid(painter, sheets, share)
    painter.end()

    plates = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)[..., 3] > 200
    assert plates.sum() < 0.25 * width * height


def first_sheet(sheets: Sheets) -> QImage:
    """What is drawn on the first of them."""
    taken: list[QImage] = []
    image = QImage(round(sheets.width), round(sheets.height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    with closing(on_paper(painter, wide(), sheets, lambda: taken.append(image.copy()))) as steps:
        next(step for step in steps if taken)
    painter.end()
    return taken[0]
