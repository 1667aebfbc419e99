"""The first screen: draw, import, or begin from a map that is there. Nothing else asks anything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from orgmap.assets import asset
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.dialogs.map_card import PICTURE, MapCard, WayCard
from orgmap.ui.dialogs.map_picture import MapPicture, PictureMaker
from orgmap.ui.icons import mark
from orgmap.ui.recent import Recent
from orgmap.ui.shares import there
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

_WIDEST = 4 * (PICTURE.width() + 2) + 3 * 16  # px: four cards in a row
_WAY_LETTERS = 34  # average letters that a way to begin is wide at least


class StartPage(QWidget):
    """Cards for every way to begin; a file dropped anywhere on it is opened.

    Recent files that are gone are shown grey, with a button that takes them out.
    """

    draw_chosen = Signal()
    import_chosen = Signal()
    open_asked = Signal()
    open_chosen = Signal(object)  # Path
    several_dropped = Signal(object)  # tuple[Path, ...]
    sample_chosen = Signal(object)  # Path
    template_chosen = Signal(object)  # Path

    def __init__(self, theme: Theme, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._recent = theme, recent
        self._cards: dict[Path, MapCard] = {}
        self._pictures: dict[Path, MapPicture | None] = {}
        self._dropping, self._stale = False, False
        self._maker = PictureMaker(self)
        self._maker.made.connect(self._picture_made)
        self.setAcceptDrops(True)
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        recent.changed.connect(self._renew)
        self._build()

    @property
    def cards(self) -> tuple[MapCard, ...]:
        """The cards of maps, in the order of the page."""
        return tuple(self._cards.values())

    def set_theme(self, theme: Theme) -> None:
        """Other colours, and pictures drawn in them."""
        self._theme = theme
        self._pictures.clear()
        self._renew()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Begin with the pictures once the page stands."""
        super().showEvent(event)
        if self._stale:
            self._build()
        self._order()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Pictures that nobody sees can wait."""
        self._maker.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another language: say everything anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self._renew()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """A file can be dropped here."""
        if _dropped(event):
            event.acceptProposedAction()
            self._show_dropping(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent, /) -> None:
        """The file went elsewhere."""
        self._show_dropping(False)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Open what was dropped."""
        paths = _dropped(event)
        self._show_dropping(False)
        if paths:
            event.acceptProposedAction()
        if len(paths) == 1:
            self.open_chosen.emit(paths[0])
        elif paths:
            self.several_dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The ground, and a frame while a file hangs over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["ground"])
        if self._dropping:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme["accent"], 2.0))
            painter.setBrush(self._theme["accent_ground"])
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 8, -8, -8), 12, 12)
        painter.end()

    # inside

    def _renew(self) -> None:
        """Build the page anew, if it is seen; else when it is seen again."""
        self._stale = True
        if self.isVisible():
            self._build()
            self._order()

    def _build(self) -> None:
        self._stale = False
        self.setAccessibleName(say("start", "Start"))
        self._cards = {}
        page = QWidget()
        set_role(page, "page")
        aside = QHBoxLayout(page)
        aside.setContentsMargins(24, 40, 24, 40)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        aside.addStretch(1)
        aside.addWidget(middle, 100)
        aside.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addSpacing(8)
        column.addLayout(self._ways())
        for heading, section in self._sections():
            column.addSpacing(8)
            column.addWidget(heading)
            column.addWidget(section)
        column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        self._area.setWidget(page)
        page.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        sign = QLabel()
        sign.setPixmap(mark(48, self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Words("orgmap", "display"))
        line = say("start", "Draw who talks to whom. See where it breaks. Try the repair.")
        words.addWidget(Words(line, "body-quiet"))
        row.addLayout(words, 1)
        return row

    def _ways(self) -> FlowLayout:
        ways = FlowLayout(gap=16, even=_WAY_LETTERS * self.fontMetrics().averageCharWidth())
        for icon, title, line, signal in (
            (
                "pencil",
                say("start", "Draw"),
                say("start", "An empty map: type names, draw links."),
                self.draw_chosen,
            ),
            (
                "table",
                say("start", "Import a table"),
                say("start", "Lists of people and links from a spreadsheet."),
                self.import_chosen,
            ),
            (
                "folder-open",
                say("start", "Open a map"),
                say("start", "Or drop a file anywhere on this page."),
                self.open_asked,
            ),
        ):
            card = WayCard(self._theme, icon, title, line)
            card.clicked.connect(signal)
            ways.addWidget(card)
            if signal is self.draw_chosen:
                self.setFocusProxy(card)
        return ways

    def _sections(self) -> list[tuple[Words, QWidget]]:
        made: list[tuple[Words, QWidget]] = []
        if self._recent.paths:
            made.append((Words(say("start", "Recent maps"), "title"), self._recent_section()))
        for title, folder, signal in (
            (say("start", "Samples"), "samples", self.sample_chosen),
            (say("start", "Templates"), "templates", self.template_chosen),
        ):
            paths = sorted(asset(folder).glob("*.orgmap"))
            if paths:
                box = QWidget()
                flow = FlowLayout(box, gap=16)
                for path in paths:
                    card = self._card(path, _titled(path))
                    card.chosen.connect(signal)
                    flow.addWidget(card)
                made.append((Words(title, "title"), box))
        return made

    def _recent_section(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=16)
        for path in self._recent.paths:
            card = self._card(path, path.stem, str(path.parent.name))
            card.chosen.connect(self.open_chosen)
            if there(path):
                flow.addWidget(card)
                continue
            card.show_gone(say("start", "No longer there"))
            flow.addWidget(_Gone(card, self._recent))
        return box

    def _card(self, path: Path, title: str, aside: str = "") -> MapCard:
        card = MapCard(self._theme, path, title, aside)
        self._cards[path] = card
        if path in self._pictures:
            self._show_picture(card, self._pictures[path])
        return card

    def _order(self) -> None:
        wanted = [p for p, card in self._cards.items() if p not in self._pictures and card.isEnabled()]
        room = QSize(PICTURE.width() - 6, PICTURE.height())
        self._maker.order(wanted, room, self._theme, self.devicePixelRatioF())

    def _picture_made(self, path: Path, made: MapPicture | None) -> None:
        self._pictures[path] = made
        card = self._cards.get(path)
        if card is not None:
            self._show_picture(card, made)

    def _show_picture(self, card: MapCard, made: MapPicture | None) -> None:
        if made is None:
            card.show_gone(say("start", "Cannot be read"))
            return
        people = say("count", "{n} person", "{n} people", n=made.people) if made.people else ""
        card.show_map(made.title, people, made.image)

    def _show_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()


class _Gone(QWidget):
    """A card whose file is gone, and the button that takes it out of the list."""

    def __init__(self, card: MapCard, recent: Recent) -> None:
        super().__init__()
        self._path, self._recent = card.path, recent
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(card)
        button = WordsButton(say("start", "Take out of the list"), "quiet")
        button.setAccessibleName(say("start", "Take {name} out of the list", name=card.title))
        button.clicked.connect(self._clicked)
        column.addWidget(button)

    def _clicked(self) -> None:
        self._recent.remove(self._path)


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    """The files that are being dropped."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def _titled(path: Path) -> str:
    """A title until the file is read: "1-northlight-12" becomes "Northlight 12"."""
    words = path.stem.lstrip("0123456789").lstrip("-_ ").replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
