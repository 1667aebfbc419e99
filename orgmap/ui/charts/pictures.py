"""A chart as a file: the same lines and letters as on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

FINE = 2  # dots of a picture for each of the screen


def png(plot: Any, ground: QColor) -> bytes:  # noqa: ANN401 - a PlotWidget
    """A plot as a PNG."""
    image = QImage(FINE * plot.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(plot, painter, QRectF(image.rect()), ground, float(FINE))
    painter.end()
    data = QByteArray()
    with _opened(data) as buffer:
        QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def svg(plot: Any, ground: QColor, title: str, told: str) -> bytes:  # noqa: ANN401 - a PlotWidget
    """A plot as an SVG with a title and a description."""
    data = QByteArray()
    with _opened(data) as buffer:
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        area = QRectF(0, 0, plot.width(), plot.height())
        drawing.setSize(plot.size())
        drawing.setViewBox(area)
        drawing.setResolution(plot.logicalDpiX())  # the axes are kept as pictures of the screen
        drawing.setTitle(title)
        drawing.setDescription(told)
        painter = QPainter(drawing)
        _paint(plot, painter, area, ground, 1.0)
        painter.end()
    return bytes(data.data())


@contextmanager
def _opened(data: QByteArray) -> Iterator[QBuffer]:
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    yield buffer
    buffer.close()


def _paint(plot: Any, painter: QPainter, area: QRectF, ground: QColor, fine: float) -> None:  # noqa: ANN401
    """The plot as it is on the screen; lines stay lines."""
    items = [item for item in plot.scene().items() if hasattr(item, "setExportMode")]
    for item in items:
        item.setExportMode(True, {"antialias": True, "resolutionScale": fine, "painter": painter})
    try:
        painter.fillRect(area, ground)
        plot.scene().render(painter, area, QRectF(plot.sceneRect()))
    finally:
        for item in items:
            item.setExportMode(False)
