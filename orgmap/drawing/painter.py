"""A scene on any QPainter: the one place where a map becomes ink."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
from PySide6.QtGui import QPaintEngine, QPainter

from orgmap.drawing import batches, marks
from orgmap.drawing.backdrops import draw_backdrops
from orgmap.drawing.badges import draw_badges, draw_steps
from orgmap.drawing.boxes import draw_collapsed, draw_frames
from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import Flags
from orgmap.drawing.detail import Detail
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.lines import draw_links, draw_proposed, heads_paged, strength
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.notes import draw_notes
from orgmap.drawing.people import draw_people, seen_nodes, signed
from orgmap.drawing.scene import Scene
from orgmap.drawing.sheet import Pens, Sheet
from orgmap.drawing.style import Theme
from orgmap.drawing.writing import draw_words

__all__ = ["Pens", "manner", "paint", "paint_marks", "painted", "sheet_of"]


def paint(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    camera: Camera,
    lighting: Lighting = UNLIT,
    detail: Detail = Detail.AUTO,
    *,
    pens: Pens | None = None,
    only: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
    reading: Camera | None = None,
) -> None:
    """Draw what the camera sees, pixel (0, 0) being the painter's origin. No ground is filled.

    `pens`: what was rendered for earlier pictures, to be used again. `only`: these nodes and
    modules and the links on them, nothing else (a layer that is dragged); `without`: everything
    but these. What is selected, hovered and focused is marked too; see `paint_marks`. `reading`:
    the part of the map in which names are placed; None: what the camera sees.
    """
    sheet = sheet_of(painter, scene, theme, camera, lighting, detail, pens, only, without, reading)
    for _ in painted(sheet):
        pass


def painted(sheet: Sheet) -> Generator[None, None, None]:
    """As `paint`, yielding now and then, so that other things may have their turn.

    Everything that is drawn must look the same in every piece of the map that is drawn at one
    magnification, and lie within EDGE pixels of the rectangle by which it is found to be in view
    (words within that in `writing`): pictures are put together from pieces and mended in places.
    """
    painter = sheet.painter
    painter.save()
    try:
        painter.scale(1 / sheet.unit, 1 / sheet.unit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not sheet.vector:
            batches.clip_to_image(painter)
        yield from _layers(sheet)
    finally:  # also if the rest is not wanted any more
        painter.restore()


def _layers(sheet: Sheet) -> Iterator[None]:
    draw_backdrops(sheet)
    draw_frames(sheet)
    marks.below(sheet)
    yield
    yield from draw_links(sheet)
    rows = seen_nodes(sheet)
    draw_people(sheet, rows)
    draw_badges(sheet, rows)
    draw_steps(sheet)
    draw_collapsed(sheet)
    draw_proposed(sheet)
    marks.above(sheet)
    yield
    draw_words(sheet, rows)
    draw_notes(sheet)
    marks.round_notes(sheet)


def manner(sheet: Sheet) -> object:
    """What everything depends on that is drawn on sheets of one magnification and theme: while it
    is equal, a scene that differs in one place is drawn differently only there."""
    return strength(sheet), heads_paged(sheet), signed(sheet).paged


def paint_marks(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    camera: Camera,
    lighting: Lighting,
    *,
    pens: Pens | None = None,
) -> None:
    """Only the marks of what is selected, hovered and focused: over a picture kept without them."""
    sheet = sheet_of(painter, scene, theme, camera, lighting, Detail.AUTO, pens, None, frozenset())
    painter.save()
    painter.scale(1 / sheet.unit, 1 / sheet.unit)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    marks.below(sheet)
    marks.above(sheet)
    marks.round_notes(sheet)
    painter.restore()


def sheet_of(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    camera: Camera,
    lighting: Lighting,
    detail: Detail,
    pens: Pens | None,
    only: frozenset[str] | None,
    without: frozenset[str],
    reading: Camera | None = None,
    mosaic: Mosaic | None = None,
) -> Sheet:
    """The sheet for a painter that has begun; see `paint`."""
    vector = painter.paintEngine().type() is not QPaintEngine.Type.Raster
    nodes, links = _layer(scene, only, without)
    return Sheet(
        painter=painter,
        scene=scene,
        theme=theme,
        camera=camera,
        lighting=lighting,
        detail=detail,
        unit=1.0 if vector else painter.device().devicePixelRatioF(),
        vector=vector,
        pens=pens or Pens(),
        nodes=nodes,
        links=links,
        only=only,
        without=without,
        reading=reading,
        mosaic=mosaic,
    )


def _layer(scene: Scene, only: frozenset[str] | None, without: frozenset[str]) -> tuple[Flags, Flags]:
    """Which nodes and links belong to a layer."""
    nodes = np.ones(len(scene.nodes.ids), dtype=bool)
    links = np.ones(len(scene.links.ids), dtype=bool)
    if only is None and not without:
        return nodes, links
    chosen = scene.end_rows(only if only is not None else without)
    on_node: Flags = np.isin(np.arange(len(nodes)), chosen)
    on_link: Flags = np.isin(scene.arcs.ends, chosen).max(axis=1, initial=False)
    if only is None:
        return ~on_node, ~on_link
    return on_node, on_link
