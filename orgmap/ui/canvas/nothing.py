"""A canvas on which nothing is to be seen says why, and offers what helps."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.query import home
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.widgets.roles import set_role


class Why(Enum):
    """Why there is nothing to see."""

    NEW = auto()  # nobody is there yet
    HIDDEN = auto()  # all of it is hidden
    LOOSE = auto()  # nobody has a place


def why_empty(stage: Stage) -> Why | None:
    """The reason nothing is drawn; None if something is."""
    if not stage.scene.empty:
        return None
    document = stage.document
    if not document.nodes and not document.modules:
        return None if document.stickies or document.backdrops else Why.NEW
    return Why.LOOSE if not _any_place(document) else Why.HIDDEN


def _any_place(document: Document) -> bool:
    placed = [node for node in document.nodes.values() if node.x is not None]
    lived = {home(node) for node in document.nodes.values()}
    empty = [m for m in document.modules.values() if m.id not in lived and m.frame is not None]
    return bool(placed or empty)


class Nothing(QObject):
    """A quiet line in the middle of the canvas, which the pointer goes through, and a button below."""

    show_all_asked = Signal()
    places_asked = Signal()

    def __init__(self, stage: Stage, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._host = host
        self._why: Why | None = None
        self.hint = QLabel(host)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self.hint, "body-quiet")
        self.button = QPushButton(host)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._pressed)

    def refresh(self) -> None:
        """Say why nothing is seen, or nothing."""
        self._why = why_empty(self._stage)
        words = {
            Why.NEW: say("canvas", "Double-click to add a person, or type: Ana > Ben"),
            Why.HIDDEN: say("canvas", "Everything on this map is hidden."),
            Why.LOOSE: say("canvas", "Nobody on this map has a place yet."),
        }
        buttons = {
            Why.HIDDEN: say("canvas", "Show all"),
            Why.LOOSE: say("canvas", "Give everybody a place"),
        }
        self.hint.setVisible(self._why is not None)
        self.button.setVisible(self._why in buttons)
        if self._why is not None:
            self.hint.setText(words[self._why])
            self.button.setText(buttons.get(self._why, ""))

    def arrange(self, edge: int) -> None:
        """Into the middle of the canvas, `edge` pixels free at the sides."""
        host = self._host
        wide = max(host.width() - 2 * edge, 1)
        high = max(self.hint.heightForWidth(wide), 40)
        self.hint.setGeometry(edge, (host.height() - high) // 2, wide, high)
        self.button.adjustSize()
        self.button.move((host.width() - self.button.width()) // 2, self.hint.geometry().bottom() + 4)

    def _pressed(self) -> None:
        if self._why is Why.HIDDEN:
            self.show_all_asked.emit()
        elif self._why is Why.LOOSE:
            self.places_asked.emit()
        self._host.setFocus()
