"""What is in the files: the same drawing in each format, words that stay words, nothing of the machine."""

from __future__ import annotations

import getpass
import re
import socket
from dataclasses import replace
from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from orgmap.drawing import picture_files, room
from orgmap.drawing.camera import Camera
from orgmap.drawing.content import content_of
from orgmap.drawing.looks import PLAIN, WHOLE, Looks, Sight
from orgmap.drawing.painter import paint
from orgmap.drawing.paper import Page
from orgmap.drawing.picture import FORMATS, picture_bytes
from orgmap.drawing.plan import planned
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.drawing.writing import reading
from orgmap.errors import UsageError
from orgmap.model.document import Document
from orgmap.model.edits import add_node, set_fields
from orgmap.model.entities import MapInfo
from orgmap.progress import Cancelled, Progress
from tests.drawing.maps import placed, two_teams
from tests.drawing.printed import sizes_of, words_of
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

A4 = Page(width=210, height=297)
SVG = "{http://www.w3.org/2000/svg}"


def lumen() -> Document:
    """Two teams with a title and a purpose."""
    return replace(two_teams(), info=MapInfo(title="Lumen Works", purpose="Light for all"))


def pixels(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Rows, columns, blue, green, red."""
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(made.constBits(), dtype=np.uint8)
    return flat.reshape(made.height(), made.width(), 4)[..., :3].astype(np.int16)


@pytest.mark.parametrize("name", ["light", "dark", "print", "contrast"])
@pytest.mark.parametrize("ratio", [1, 2])
def test_a_picture_of_a_window_has_the_pixels_of_the_window(name: str, ratio: int) -> None:
    document = lumen()
    camera = Camera(0.9, 150.0, 60.0, 700.0, 320.0).snapped(ratio)
    window = QImage(700 * ratio, 320 * ratio, QImage.Format.Format_RGB32)
    window.setDevicePixelRatio(ratio)
    window.fill(theme(name)["ground"])
    painter = QPainter(window)
    paint(painter, Scene.of(document), theme(name), camera, reading=reading(camera, ratio))
    painter.end()
    sight = Sight(PLAIN, view=camera)

    file = QImage.fromData(picture_bytes(document, "png", width=700 * ratio, theme=name, sight=sight))

    top = round(planned(content_of(document, name, sight), 700 * ratio).top * ratio)
    part = file.copy(0, top, 700 * ratio, 320 * ratio)
    assert (pixels(part) != pixels(window)).any(axis=2).mean() == 0


def test_a_picture_drawn_in_strips_is_the_one_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = lumen()
    whole = picture_bytes(document, "png", width=800)

    monkeypatch.setattr(picture_files, "STRIP", 800 * 37)
    strips = picture_bytes(document, "png", width=800)

    assert (pixels(QImage.fromData(whole)) == pixels(QImage.fromData(strips))).all()


def test_a_drawing_looks_like_the_picture() -> None:
    document = lumen()
    picture = QImage.fromData(picture_bytes(document, "png", width=900))
    renderer = QSvgRenderer(QByteArray(picture_bytes(document, "svg", width=900)))
    drawing = QImage(picture.size(), QImage.Format.Format_RGB32)
    drawing.fill(0xFFFFFFFF)
    painter = QPainter(drawing)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()

    off = np.abs(pixels(picture) - pixels(drawing)).max(axis=2)

    assert off.mean() < 4
    assert (off > 96).mean() < 0.02


def test_every_name_can_be_searched_for_in_a_pdf_and_in_a_drawing() -> None:
    names = [f"Person{n:02}" for n in range(60)]
    document = placed(
        org(" <> ".join(names)), **{name: (n % 10 * 90.0, n // 10 * 90.0) for n, name in enumerate(names)}
    )

    written = words_of(picture_bytes(document, "pdf", page=A4))[0]
    drawing = ET.fromstring(picture_bytes(document, "svg", width=300))

    assert set(names) <= set(written)
    assert set(names) <= {part.text for part in drawing.iter(f"{SVG}text")}


def test_words_in_a_pdf_are_parted_by_spaces() -> None:
    assert "Lumen Works" in words_of(picture_bytes(lumen(), "pdf"))[0]


def test_signs_in_a_name_are_drawn_as_they_were_typed() -> None:
    names = ("=1+1", "-1", "3x4", "in->out", "=HYPERLINK(1)")
    document = Document()
    for index, name in enumerate(names):
        document = document.apply(add_node(document, name, (index * 150.0, 0.0))[0])

    written = words_of(picture_bytes(document, "pdf"))[0]

    assert set(names) <= set(written)


def test_words_in_a_drawing_are_as_wide_in_any_typeface() -> None:
    drawing = ET.fromstring(picture_bytes(lumen(), "svg"))

    texts = list(drawing.iter(f"{SVG}text"))
    assert texts
    for part in texts:
        assert float(part.attrib["textLength"]) > 0
        assert part.attrib["font-family"].startswith("Inter, ")
        assert part.attrib["font-family"].endswith("sans-serif")


def test_a_page_has_its_size_and_is_one() -> None:
    (size,) = sizes_of(picture_bytes(lumen(), "pdf", page=A4))

    assert sorted(size) == pytest.approx([210, 297], abs=0.3)


def test_a_poster_has_a_page_for_each_sheet_after_one_with_the_whole() -> None:
    page = replace(A4, across=3, down=2)

    pages = words_of(picture_bytes(lumen(), "pdf", page=page))

    labels = ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert len(pages) == 7
    assert set(labels) <= set(pages[0])
    assert [label in sheet for label, sheet in zip(labels, pages[1:], strict=True)] == [True] * 6
    on_sheets = {word for sheet in pages[1:] for word in sheet}
    assert {"ana", "ben", "cy", "di", "Sales", "Support", "Lumen Works"} <= on_sheets


def test_only_a_pdf_has_pages() -> None:
    with pytest.raises(UsageError, match="Only a PDF"):
        picture_bytes(lumen(), "svg", page=A4)


@pytest.mark.parametrize("page", [None, A4, replace(A4, across=2)])
def test_nothing_of_the_machine_or_the_hour_is_in_a_pdf(page: Page | None) -> None:
    data = picture_bytes(lumen(), "pdf", page=page)

    assert data == picture_bytes(lumen(), "pdf", page=page)
    assert b"(D:20000101000000" in data
    assert re.findall(rb"Date \(D:(?!20000101)", data) == []
    for word in (socket.gethostname(), getpass.getuser() + "@", "/home/", "/tmp/", "/usr/"):
        assert word.encode() not in data


@pytest.mark.parametrize("form", FORMATS)
def test_the_title_of_the_file_is_that_of_the_map_only_with_names(form: str) -> None:
    named = picture_bytes(lumen(), form)
    bare = picture_bytes(lumen(), form, sight=Sight(Looks(names=False)))

    wide, narrow = "Lumen Works".encode("utf-16-be"), b"Lumen Works"
    assert wide not in bare
    assert narrow not in bare
    assert (wide in named or narrow in named) == (form != "png")


@pytest.mark.parametrize(
    ("form", "page"), [("png", None), ("svg", None), ("pdf", None), ("pdf", replace(A4, across=2))]
)
def test_a_picture_can_be_called_off_wherever_it_is(form: str, page: Page | None) -> None:
    looks: list[float] = []
    picture_bytes(lumen(), form, page=page, progress=Progress(looks.append))

    for after in (0, len(looks) // 2, len(looks) - 1):
        left = iter([False] * after)

        with pytest.raises(Cancelled):
            picture_bytes(lumen(), form, page=page, progress=Progress(None, partial(next, left, True)))

    assert len(looks) >= 3


def test_how_far_it_is_never_goes_back() -> None:
    told: list[float] = []

    picture_bytes(lumen(), "pdf", page=replace(A4, across=3), progress=Progress(told.append))

    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_a_map_of_twenty_thousand_pixels_is_a_page_that_readers_can_show() -> None:
    far = set_fields(two_teams(), ["di"], x=50_000.0)

    (size,) = sizes_of(picture_bytes(two_teams().apply(far), "pdf", width=20_000))

    assert max(size) <= 5_080 + 1


def test_a_picture_of_too_many_pixels_is_refused_in_words() -> None:
    high = two_teams().apply(set_fields(two_teams(), ["di"], y=1e5))

    with pytest.raises(UsageError, match="million pixels"):
        picture_bytes(high, "png", width=20_000)


@pytest.mark.parametrize("form", FORMATS)
def test_a_map_without_any_size_is_drawn(form: str) -> None:
    document = placed(org("ana <> ben"), ana=(7, 7), ben=(7, 7))

    assert picture_bytes(document, form)
    assert picture_bytes(Document(), "pdf", page=A4)
    assert content_of(Document(), "light", WHOLE).bounds.width() > 0


def test_people_very_far_apart_cost_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_CELLS", 10_000)
    document = placed(org("ana > ben"), ana=(-1e6, 0), ben=(1e6, 1e6))

    data = picture_bytes(document, "svg")

    assert data.count(b">ana</text>") == 1
