"""The map itself on the canvas: a kept picture without what is held above it, and marks laid over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.damage import Shown, damaged
from orgmap.drawing.detail import Detail
from orgmap.drawing.kept import KeptPicture, Steps
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.painter import Pens, manner, paint_marks, painted, sheet_of
from orgmap.drawing.scene import Scene
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import Theme
from orgmap.drawing.writing import Words, written
from orgmap.model.document import Document
from orgmap.ui.canvas.stage import Stage

QUICK = 0.006  # seconds; a map drawn faster is drawn anew while the view moves
SLOW = 0.05  # seconds; from there on a drag of more than FEW does not draw the map anew when it begins
FEW = 12
MANY = 300  # nodes held from which no pale trace is left of each
SLICE = 0.006  # seconds that a sharp picture is worked on at a time


class Ground:
    """What lies below everything that is held and marked.

    To select, to point and to walk from node to node costs the marks alone, however large the map
    is; an edit costs what it touches. The marks of links lie under their lines and belong to the
    picture.
    """

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self._stage = stage
        self._theme = theme
        self._kept = KeptPicture(self, theme["ground"])
        self._letters = 1.0
        self._pens = Pens()
        self._shown = Shown(Scene.of(Document()), UNLIT, theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._pens = Pens(self._letters)
        self._kept.set_ground(theme["ground"])

    def set_letters(self, letters: float) -> None:
        """Write the names larger, 1.0 to 2.0."""
        if letters != self._letters:
            self._letters = letters
            self._pens = Pens(letters)
            self._kept.invalidate()

    def invalidate(self) -> None:
        """The map is another: draw it anew."""
        self._kept.invalidate()

    def paint(self, painter: QPainter, *, moving: bool, ratio: float) -> None:
        """Fill the view; drawn anew only where something differs. `moving`: the camera is under way."""
        stage = self._stage
        marks, gone = stage.lighting, self._lifted()
        ghost = len(gone) > FEW and self._kept.seconds > SLOW
        links = marks.selected & stage.document.links.keys()
        link = marks.focused if marks.focused in stage.document.links else None
        light = marks.pointing(selected=frozenset(links), hovered=None, focused=link)
        self._show(Shown(stage.scene, light, self._theme, frozenset() if ghost else gone))
        quick = self._kept.seconds <= QUICK
        camera = stage.camera.snapped(ratio)
        self._kept.draw(painter, camera, moving=moving and not quick, ratio=ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ghost:
            self._veil(painter, gone)
        hovered = marks.hovered if stage.lifted is None else None
        focused = None if marks.focused in gone or link is not None else marks.focused
        marks = marks.pointing(selected=marks.selected - gone - links, hovered=hovered, focused=focused)
        paint_marks(painter, stage.scene, self._theme, camera, marks, pens=self._pens)

    def refine(self, ratio: float, *, moving: bool = False) -> bool:
        """Work for a moment on a sharp picture of what is seen. Is it done?"""
        return self._kept.refine(self._stage.camera, ratio, SLICE, moving=moving)

    def coarse(self, ratio: float) -> bool:
        """Is what is shown in motion so coarse that a sharper picture is wanted before rest?"""
        return self._kept.coarse(self._stage.camera, ratio)

    # -- what the kept picture is drawn from --------------------------------------------------

    def painted(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Steps:
        """Draw what the camera sees, yielding now and then."""
        return painted(self._sheet(painter, camera, around, mosaic))

    def words(self, painter: QPainter, around: Camera) -> list[Words]:
        """What is written in a part of the map."""
        return written(self._sheet(painter, around, around), np.empty(0, dtype=np.int32))

    def manner(self, painter: QPainter, camera: Camera) -> object:
        """What everything drawn at one magnification depends on."""
        return manner(self._sheet(painter, camera, camera))

    def _sheet(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Sheet:
        shown = self._shown
        light, without = shown.lighting, shown.without
        return sheet_of(
            painter,
            shown.scene,
            self._theme,
            camera,
            light,
            Detail.AUTO,
            self._pens,
            None,
            without,
            around,
            mosaic,
        )

    def _show(self, shown: Shown) -> None:
        """From now on the picture shows this."""
        before, self._shown = self._shown, shown
        same = before.scene is shown.scene and before.without == shown.without
        if same and before.lighting == shown.lighting:
            return
        boxes = damaged(before, shown, self._stage.camera.scale)
        if boxes is None:
            self._kept.invalidate()
        else:
            self._kept.mend(boxes)

    # -- what is lifted off it ----------------------------------------------------------------

    def _lifted(self) -> frozenset[str]:
        lifted = self._stage.lifted
        if lifted is None or lifted.copies:
            return frozenset()
        return lifted.ids

    def _veil(self, painter: QPainter, gone: frozenset[str]) -> None:
        """What is held pales where it was: drawing a large map without it would keep one waiting."""
        stage = self._stage
        pale = QColor(self._theme["ground"])
        pale.setAlphaF(0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        for key in gone if len(gone) <= MANY else ():
            rect = stage.scene.rect_of([key])
            corner = stage.camera.to_screen(rect.x(), rect.y())
            painter.drawRoundedRect(QRectF(corner, rect.size() * stage.camera.scale), 8, 8)
