"""The map as other programs draw it: an item for each person, link, head and name in a scene of Qt's.

Every item takes its geometry, pen and letters from the painter of orgmap, so that the two pictures
are the same and only the way of drawing differs.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
)

from orgmap.drawing import boxes, labels, lines, people
from orgmap.drawing.columns import Floats
from orgmap.drawing.lettering import Hand
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.signs import Look, corners_of
from orgmap.drawing.style import mixed
from orgmap.model.entities import LinkKind, NodeKind


class ItemView:
    """A QGraphicsView of one item per thing, set up as its documentation advises for speed."""

    def __init__(self, sheet: Sheet) -> None:
        self.scene = QGraphicsScene(QRectF(0, 0, *sheet.size))
        self.scene.setBackgroundBrush(sheet.theme["ground"])
        _frames(self.scene, sheet)
        for batch in lines.batched(sheet):
            _links(self.scene, sheet, batch)
        rows = people.seen_nodes(sheet)
        looks, stands, look_of, middles = people.looks_of(sheet, rows)
        for which, (x, y) in zip(look_of, middles, strict=True):
            _person(self.scene, looks[int(which)], float(x), float(y))
        for face, words, at in people.letters_of(sheet, rows, looks, stands, look_of, middles):
            _words(self.scene, sheet, face, words, at)
        for group in labels.placed_names(sheet, rows):
            for face, listed in group.items():
                at = np.array([(x, y) for _, x, y in listed])
                _words(self.scene, sheet, face, [word for word, _, _ in listed], at)
        self.view = QGraphicsView(self.scene)
        self.view.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.view.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.view.resize(round(sheet.size[0]), round(sheet.size[1]))
        self._image = QImage(self.view.size(), QImage.Format.Format_ARGB32_Premultiplied)

    def frame(self) -> QImage:
        """Draw what the view shows."""
        painter = QPainter(self._image)
        self.view.render(painter, QRectF(self._image.rect()), self.view.rect())
        painter.end()
        return self._image

    def look(self, scale: float, dx: float, dy: float) -> None:
        """Magnify the view and move it by pixels, from where it began."""
        self.view.resetTransform()
        self.view.setSceneRect(self.scene.sceneRect().translated(-dx / scale, -dy / scale))
        self.view.scale(scale, scale)

    @property
    def items(self) -> int:
        """How many items the scene has."""
        return len(self.scene.items())


def _frames(scene: QGraphicsScene, sheet: Sheet) -> None:
    corner = boxes.corner_of(sheet)
    for row, rect in sheet.frames.items():
        colours = sheet.theme.module(int(sheet.scene.module_hue[row]))
        item: QGraphicsPathItem | QGraphicsRectItem
        if corner:
            path = QPainterPath()
            path.addRoundedRect(rect, corner, corner)
            item = QGraphicsPathItem(path)
        else:
            item = QGraphicsRectItem(rect)
        item.setPen(QPen(mixed(colours.line, colours.fill, boxes.BORDER), 1.2 * sheet.grown(0.7, 1.5)))
        item.setBrush(colours.fill)
        scene.addItem(item)


def _links(scene: QGraphicsScene, sheet: Sheet, batch: lines.Batch) -> None:
    for way in lines.rails(sheet, batch):
        for start, control, end, curved in zip(way.start, way.control, way.end, way.curved, strict=True):
            item: QGraphicsLineItem | QGraphicsPathItem
            if curved:
                path = QPainterPath(QPointF(*start))
                path.quadTo(QPointF(*control), QPointF(*end))
                item = QGraphicsPathItem(path)
            else:
                item = QGraphicsLineItem(float(start[0]), float(start[1]), float(end[0]), float(end[1]))
            item.setPen(batch.pen)
            scene.addItem(item)
    corners = corners_of(batch.tips, batch.toward, batch.head, batch.head * lines.HEAD_HALF / lines.HEAD)
    for points in corners:
        head = QGraphicsPolygonItem(QPolygonF([QPointF(*point) for point in points]))
        if batch.kind is LinkKind.REPORTS:
            head.setPen(QPen(batch.pen.color(), batch.pen.widthF()))
            head.setBrush(sheet.theme["node"])
        else:
            head.setPen(QPen(Qt.PenStyle.NoPen))
            head.setBrush(batch.pen.color())
        scene.addItem(head)


def _person(scene: QGraphicsScene, look: Look, x: float, y: float) -> None:
    if look.kind is not NodeKind.PERSON:
        raise ValueError("the maps of the benchmark hold persons only")
    r = look.radius - look.rim / 2
    item = QGraphicsEllipseItem(x - r, y - r, 2 * r, 2 * r)
    pen = QPen(QColor.fromRgba(look.line), look.rim) if look.rim else QPen(Qt.PenStyle.NoPen)
    item.setPen(pen)
    item.setBrush(QColor.fromRgba(look.fill))
    scene.addItem(item)


def _words(scene: QGraphicsScene, sheet: Sheet, face: Hand, words: list[str], at: Floats) -> None:
    """One picture item per word: what a program does that keeps its halos."""
    for word, pixmap, (x, y) in sheet.pens.lettering.pieces(words, at, face):
        item = QGraphicsPixmapItem(pixmap)
        item.setPos(x, y)
        item.setToolTip(word)
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        scene.addItem(item)
