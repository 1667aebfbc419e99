"""A map file as a card: a small picture, its title, and a quiet word below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.ui.icons import picture
from orgmap.ui.widgets.cards import Card
from orgmap.ui.widgets.words import Words

PICTURE = QSize(208, 128)  # px
_CORNER = 6.0


class MapCard(Card):
    """Clicked or entered, it is opened. `gone` cards are grey and cannot be."""

    chosen = Signal(object)  # Path

    def __init__(self, theme: Theme, path: Path, title: str, aside: str = "") -> None:
        super().__init__(theme)
        self.path = path
        self._image, self._icon = QImage(), "network"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._title, self._aside = Words(title, "body"), Words(aside, "quiet")
        self._aside.setVisible(bool(aside))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, PICTURE.height() + 16, 12, 12)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._aside)
        column.addStretch(1)
        self._name()
        self.clicked.connect(self._clicked)

    @property
    def title(self) -> str:
        """What stands below the picture."""
        return self._title.text()

    def show_map(self, title: str, aside: str, image: QImage | None) -> None:
        """What the file turned out to hold."""
        self._title.setText(title)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._image = image if image is not None else QImage()
        self._name()
        self.update()

    def show_gone(self, why: str) -> None:
        """The file is not there, or cannot be read: grey, and it says so."""
        self.setEnabled(False)
        self._icon = "file-x"
        self._image = QImage()
        self._aside.setText(why)
        self._aside.setVisible(True)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture and the words below it."""
        layout = self.layout()
        width = PICTURE.width() + 2
        height = layout.heightForWidth(width) if layout is not None else PICTURE.height()
        return QSize(width, height)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The card of the style sheet with the picture in its upper part."""
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(4, 4, self.width() - 8, PICTURE.height())
        path = QPainterPath()
        path.addRoundedRect(rect, _CORNER, _CORNER)
        painter.setClipPath(path)
        painter.fillRect(rect, self.theme["ground"])
        if self._image.isNull():
            drawn = picture(self._icon, self.theme["faded_text"], 24, self.devicePixelRatioF())
            painter.drawPixmap(rect.center() - QRectF(0, 0, 24, 24).center(), drawn)
        else:
            painter.drawImage(rect.topLeft(), self._image)
        painter.end()

    def _name(self) -> None:
        aside = self._aside.text()
        self.setAccessibleName(f"{self.title}, {aside}" if aside else self.title)

    def _clicked(self) -> None:
        self.chosen.emit(self.path)


class WayCard(Card):
    """One of the ways to begin: an icon, a word, and a line that says what happens."""

    def __init__(self, theme: Theme, icon: str, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(60, 16, 16, 16)
        column.setSpacing(2)
        column.addWidget(Words(title, "claim"))
        column.addWidget(Words(line, "body-quiet"))

    def sizeHint(self) -> QSize:
        """Its words in two lines."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The card of the style sheet with its icon at the left."""
        painter = QPainter(self)
        self.paint_ground(painter)
        drawn = picture(self._icon, self.theme["accent"], 24, self.devicePixelRatioF())
        painter.drawPixmap(20, (self.height() - 24) // 2, drawn)
        painter.end()
