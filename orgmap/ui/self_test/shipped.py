"""What ships and what files can do, tried without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from orgmap.analysis import layouts, registry
from orgmap.analysis.comparison import compare
from orgmap.assets import asset
from orgmap.drawing.lighting import UNLIT, lighting_of
from orgmap.drawing.picture import picture_bytes
from orgmap.files import disk, formats, native
from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Document, difference, problems
from orgmap.model.query import counts
from orgmap.ui.self_test.waiting import demand

WIDTH = 800  # pixels of the pictures tried

TABLE = "from,to,channel\nAna,Ben,chat\nBen,Cy,mail\n,Cy,mail\nCy,Ana,phone\n"

_MAP = text(
    "self-test",
    "{title}: {people} people, {n} finding, laid out, saved and opened the same",
    "{title}: {people} people, {n} findings, laid out, saved and opened the same",
)
_NO_MAPS = text("self-test", "the samples and templates are missing from the installation")
_UNSOUND = text("self-test", "{title}: {problem}")
_DIFFERS = text("self-test", "{title}: differs after saving and opening")
_NO_ROOM = text("self-test", "{title}: somebody has no place")
_TABLE = text("self-test", "a table with one bad row: {people} people, and the row is told")
_BAD_TABLE = text("self-test", "a table was read wrongly")
_FORMAT = text("self-test", "{format}: written and read again")
_BAD_FORMAT = text("self-test", "{format}: reads back with {people} people instead of {before}")
_PICTURE = text("self-test", "a picture as {format}")
_BAD_PICTURE = text("self-test", "a picture as {format} is empty or cannot be read")


def shipped_maps() -> list[Path]:
    """The samples, then the templates, each in their order. Raises `Failed` if there are none."""
    found = [path for kind in ("samples", "templates") for path in asset(kind).glob(f"*{native.SUFFIX}")]
    demand(found, _NO_MAPS())
    return sorted(found)


def maps(folder: Path) -> Iterator[Said]:
    """Open, analyse, lay out, save, open again and compare every sample and template."""
    for path in shipped_maps():
        document = native.load(path)
        title = document.info.title or path.stem
        for problem in problems(document):
            demand(False, _UNSOUND(title=title, problem=problem))
        report = registry.run(document)
        placed = document.apply(edits.move(document, layouts.place(document)))
        demand(all(node.x is not None for node in placed.nodes.values()), _NO_ROOM(title=title))
        native.save(placed, folder / path.name)
        again = native.load(folder / path.name)
        demand(not difference(placed, again), _DIFFERS(title=title))
        demand(not compare(placed, again), _DIFFERS(title=title))
        yield _MAP(title=title, people=counts(document)[0], n=len(report.judged))


def tables(folder: Path) -> Iterator[Said]:
    """Read a small table in which one row says nothing of use."""
    path = folder / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    opened = formats.read(path)
    people, _, links = counts(opened.document)
    demand((people, links, [note.row for note in opened.notes]) == (3, 3, [4]), _BAD_TABLE())
    yield _TABLE(people=people)


def formats_both_ways(folder: Path) -> Iterator[Said]:
    """Write a sample in each format that can also be read, and read it."""
    document = _sample()
    people = counts(document)[0]
    for each in formats.WRITABLE:
        if each.read is None:
            continue
        path = folder / f"sample{each.suffix}"
        formats.write(document, path)
        found = counts(formats.read(path).document)[0]
        # Pajek knows no modules: those that links end on come back as people.
        demand(found >= people, _BAD_FORMAT(format=each.suffix, people=found, before=people))
        yield _FORMAT(format=each.suffix)


def drawn(folder: Path) -> Iterator[Said]:
    """Draw a sample with a finding lit as PNG, SVG and PDF, light and dark."""
    document = _sample()
    judged = registry.run(document).judged
    lighting = lighting_of(judged[0]) if judged else UNLIT
    for suffix, theme in (("png", "light"), ("png", "dark"), ("svg", "light"), ("pdf", "dark")):
        path = folder / f"{theme}.{suffix}"
        data = picture_bytes(
            document, suffix, width=WIDTH, theme=theme, lighting=lighting, hide_names=suffix == "svg"
        )
        disk.write_bytes(path, data, previous=False)
        demand(_looks_right(path), _BAD_PICTURE(format=suffix))
        yield _PICTURE(format=f"{suffix.upper()}, {theme}")


def _looks_right(path: Path) -> bool:
    match path.suffix:
        case ".png":
            image = QImage(str(path))
            first = image.pixel(0, 0)
            middle = range(0, image.height(), 7)
            return image.width() == WIDTH and any(image.pixel(WIDTH // 2, y) != first for y in middle)
        case ".svg":
            return QSvgRenderer(str(path)).isValid()
        case _:
            data = path.read_bytes()
            return data.startswith(b"%PDF") and b"%%EOF" in data[-32:] and len(data) > 2_000


def _sample() -> Document:
    """The first sample, everybody with a place."""
    document = native.load(shipped_maps()[0])
    return document.apply(edits.move(document, layouts.missing(document)))
