"""Reading and writing: the native file, the pair of CSV tables, workbooks, GraphML, Pajek and JSON.

GraphML is timed against networkx's own reader and writer, which make a graph and no map; CSV against
pulling the same rows through the standard library's `DictReader`, which understands none of them.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import networkx as nx
from PySide6.QtGui import QImage, QPainter
from python_calamine import load_workbook

from benchmarks.timing import Case, measured, organization
from orgmap.analysis import layouts
from orgmap.drawing.camera import Camera
from orgmap.drawing.painter import paint
from orgmap.drawing.picture import ensure_application
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.files import formats, graphml, native, node_link, pajek_writer, table_writer, workbook_writer
from orgmap.files.merging import merge
from orgmap.model import edits
from orgmap.model.document import Document

SIZES = ((200, 1_400), (1_000, 7_000), (5_000, 35_000))


def run(people: int | None, links: int | None, pictures: Path | None) -> Iterator[Case]:
    """Each format both ways, a save to the disk, and an import into an open map."""
    del pictures
    for number, lines in SIZES if people is None else ((people, links or 7 * people),):
        yield from _size(organization(number, lines))


def _size(document: Document) -> Iterator[Case]:
    with tempfile.TemporaryDirectory(prefix="orgmap-benchmark-") as folder:
        place = Path(folder)
        plan, table, graph, plain = (place / f"plan{s}" for s in (".orgmap", ".csv", ".graphml", ".json"))
        yield measured("write .orgmap", document, lambda: native.encoded(document))
        yield measured("save .orgmap, verified", document, lambda: native.save(document, plan))
        yield measured("read .orgmap", document, lambda: formats.read(plan))
        yield measured("write .csv", document, lambda: table_writer.write(document, table))
        yield measured(
            "read .csv",
            document,
            lambda: formats.read(table),
            rival=("csv.DictReader", lambda: _rows(table)),
        )
        yield measured("read .csv, place roughly, first picture", document, lambda: _first_picture(table))
        yield from _workbook(document, place / "plan.xlsx")
        yield from _graphml(document, graph)
        yield from _pajek(document, place / "plan.net")
        yield measured("write .json", document, lambda: node_link.write(document, plain))
        yield measured("read .json", document, lambda: formats.read(plain))
        for path in (table, graph, place / "plan.xlsx", place / "plan.net"):
            yield measured(f"tell losses of {path.suffix}", document, partial(formats.losses, document, path))
        yield measured("merge the same map", document, lambda: merge(document, document))


def _graphml(document: Document, path: Path) -> Iterator[Case]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in document.nodes.values():
        graph.add_node(node.id, name=node.name, x=node.x, y=node.y)
    for link in document.links.values():
        graph.add_edge(link.source, link.target, link.id, two_way=link.two_way, kind=link.kind.value)
    yield measured(
        "write .graphml",
        document,
        lambda: graphml.encoded(document),
        rival=("networkx", lambda: nx.write_graphml_xml(graph, io.BytesIO())),
        runs=3,
    )
    graphml.write(document, path)
    yield measured(
        "read .graphml",
        document,
        lambda: formats.read(path),
        rival=("networkx", lambda: nx.read_graphml(path)),
        runs=3,
    )


def _workbook(document: Document, path: Path) -> Iterator[Case]:
    """Against the library that parses, which knows nothing of what the cells mean and checks nothing."""
    yield measured("write .xlsx", document, lambda: workbook_writer.encoded(document), runs=3)
    workbook_writer.write(document, path)
    rival = ("calamine alone", lambda: _cells(path))
    yield measured("read .xlsx", document, lambda: formats.read(path), rival=rival, runs=3)


def _cells(path: Path) -> int:
    with load_workbook(str(path)) as book:
        return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows())


def _pajek(document: Document, path: Path) -> Iterator[Case]:
    yield measured("write .net", document, lambda: pajek_writer.encoded(document))
    pajek_writer.write(document, path)
    rival = ("networkx", lambda: nx.read_pajek(path))
    yield measured("read .net", document, lambda: formats.read(path), rival=rival, runs=3)


def _first_picture(path: Path) -> QImage:
    """What stands between a table and something to look at; nobody in it has a place."""
    ensure_application()
    document = formats.read(path).document
    document = document.apply(edits.move(document, layouts.rough(document)))
    scene = Scene.of(document)
    image = QImage(1_600, 1_000, QImage.Format.Format_RGB32)
    light = theme("light")
    image.fill(light["ground"])
    painter = QPainter(image)
    camera = Camera.fitted(scene.bounds, image.width(), image.height())
    paint(painter, scene, light, camera)
    painter.end()
    return image


def _rows(path: Path) -> int:
    count = 0
    for each in (path, table_writer.people_path(path)):
        with each.open(encoding="utf-8", newline="") as stream:
            count += sum(len(row) for row in csv.DictReader(stream))
    return count
