"""The channels of a map: add, name, order, describe, delete. It stays open beside the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.channels import channel_signs
from orgmap.drawing.lines import DASH_PATTERNS
from orgmap.drawing.plain import shown
from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import ChannelId, Dash
from orgmap.model.query import listed_channels
from orgmap.ui.placing import open_wide
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField, FlagField
from orgmap.ui.widgets.fields import LineField, NumberField
from orgmap.ui.widgets.form import Form, Rows
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

ID = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

_NAME = text("field", "Name")
_DELAY = text("field", "Arrives after")
_ANSWERS = text("field", "One can answer on it")
_AT_ONCE = text("field", "Both at the same time")
_FORMAL = text("field", "Formal")
_PLACE = text("field", "Place")
_DASH = text("field", "Line")
_SIGN = text("field", "Sign")
_DASHES = {
    Dash.SOLID: text("dash", "unbroken"),
    Dash.DASH: text("dash", "dashes"),
    Dash.DOT: text("dash", "dots"),
    Dash.DASH_DOT: text("dash", "dashes and dots"),
}
_ADD = text("undo", "Add the channel {name}")
_DELETE = text("undo", "Delete the channel {name}")
_ORDER = text("undo", "Order the channels")
_USED = text("channels", "{n} link", "{n} links")
_KEEP = text(
    "channels",
    "Deleting it leaves {n} link without a channel; everything else on it stays.",
    "Deleting it leaves {n} links without a channel; everything else on them stays.",
)
_UNUSED = text("channels", "No link uses it.")


class ChannelsDialog(QDialog):
    """Follows the session. Every change is one step of undo; there is nothing to confirm."""

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("channels")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("channels", "Channels"))
        open_wide(self, 95, 34)
        self._session = session
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(say("channels", "Channels"))
        self.list.setItemDelegate(_Sample(session, theme, self.list))
        self.list.installEventFilter(self)
        self.form = ChannelForm(session, theme)
        self.add = WordsButton(say("channels", "New channel"))
        self.up = WordsButton(say("channels", "Up"))
        self.down = WordsButton(say("channels", "Down"))
        self.delete = WordsButton(say("channels", "Delete"))
        for button in (self.add, self.up, self.down, self.delete):
            button.setAutoDefault(False)
        self.used = Words(role="quiet")
        self._lay_out()
        self.list.currentItemChanged.connect(self._turned)
        self.add.clicked.connect(self._add)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.delete.clicked.connect(self._delete)
        session.changed.connect(self._map_changed)
        session.opened.connect(self._fill)
        session.names_changed.connect(self._fill)
        self._fill()
        self.list.setFocus()

    def choose(self, channel: ChannelId) -> None:
        """Turn to this channel, with the keyboard on its name."""
        for row in range(self.list.count()):
            if self.list.item(row).data(ID) == channel:
                self.list.setCurrentRow(row)
        self.form.name_field.line.setFocus()
        self.form.name_field.line.selectAll()

    @property
    def current(self) -> ChannelId | None:
        """The channel one is on."""
        item = self.list.currentItem()
        found: ChannelId | None = item.data(ID) if item is not None else None
        return found

    def eventFilter(self, watched: object, event: object, /) -> bool:
        """In the list Alt+Up and Alt+Down move a channel, Del deletes it."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            command = {Qt.Key.Key_Up: self._up, Qt.Key.Key_Down: self._down}.get(Qt.Key(event.key()))
            if alt and command is not None:
                command()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._delete()
                return True
            if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.form.name_field.line.setFocus()
                self.form.name_field.line.selectAll()
                return True
        return False

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self.up.setToolTip(say("channels", "Earlier in the list (Alt+Up)"))
        self.down.setToolTip(say("channels", "Later in the list (Alt+Down)"))
        for button in (self.add, self.up, self.down):
            tools.addWidget(button)
        tools.addStretch(1)
        left.addLayout(tools)
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.used)
        last = QHBoxLayout()
        last.addWidget(self.delete)
        last.addStretch(1)
        column.addLayout(last)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(left, 5)
        middle.addWidget(area, 6)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(middle, 1)
        whole.addWidget(buttons)

    def reject(self) -> None:
        """What is half typed counts."""
        self.form.commit()
        super().reject()

    # -- showing ------------------------------------------------------------------------------

    def _map_changed(self, change: Change) -> None:
        if change.channels or change.links:
            self._fill()

    def _fill(self) -> None:
        """The list anew; one stays on the channel one was on, or where it was."""
        document = self._session.shown
        kept, row = self.current, max(0, self.list.currentRow())
        channels = listed_channels(document)
        uses = self._uses()
        self._filling = True
        try:
            self.list.clear()
            for channel in channels:
                item = QListWidgetItem(shown(channel.name))
                item.setData(ID, channel.id)
                count = uses.get(channel.id, 0)
                spoken = str(_USED(n=count)) if count else str(_UNUSED())
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{shown(channel.name)}, {spoken}")
                item.setData(int(ID) + 1, count)
                self.list.addItem(item)
            places = [n for n, channel in enumerate(channels) if channel.id == kept]
            self.list.setCurrentRow(places[0] if places else min(row, len(channels) - 1))
        finally:
            self._filling = False
        self._turned()

    def _uses(self) -> dict[ChannelId, int]:
        found: dict[ChannelId, int] = {}
        for link in self._session.document.links.values():
            if link.channel is not None:
                found[link.channel] = found.get(link.channel, 0) + 1
        return found

    def _turned(self) -> None:
        if self._filling:
            return
        key, row = self.current, self.list.currentRow()
        if key is not None and self.form.ids != (key,):
            self.form.commit()
        self.form.setVisible(key is not None)
        if key is not None:
            self.form.show_ids([key])
            count = self._uses().get(key, 0)
            self.used.setText(str(_KEEP(n=count)) if count else str(_UNUSED()))
        self.used.setVisible(key is not None)
        self.delete.setEnabled(key is not None)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)

    # -- hands --------------------------------------------------------------------------------

    def _add(self) -> None:
        """A new channel at the end, its name open."""
        change, made = edits.add_channel(self._session.document, say("channels", "new channel"))
        name = self._session.document.apply(change).channels[made].name
        self._session.edit(_ADD(name=name), change)
        self.choose(made)

    def _delete(self) -> None:
        key = self.current
        if key is not None:
            name = self._session.document.channels[key].name
            self._session.edit(_DELETE(name=name), edits.delete_channel(self._session.document, key))

    def _up(self) -> None:
        self._shift(-1)

    def _down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        order = [channel.id for channel in listed_channels(self._session.document)]
        row = self.list.currentRow()
        if 0 <= row + by < len(order):
            order[row], order[row + by] = order[row + by], order[row]
            change = edits.order_channels(self._session.document, order)
            self._session.edit(_ORDER(), change, f"channels-{id(self)}")


class ChannelForm(Form):
    """Every property of one channel."""

    table = "channels"

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.name_field = self.head(_NAME, say("field", "Name"))
        rows = Rows()
        self.column.addWidget(rows)
        delay = NumberField(str(_DELAY()), say("field", "days"), example=1)
        dashes = [(dash, str(words())) for dash, words in _DASHES.items()]
        row = self.row
        row(
            rows,
            delay,
            _DELAY,
            "delay",
            text("tip", "Days until what is sent has arrived. 0: at once."),
            write=_known_delay,
        )
        row(
            rows,
            FlagField(str(_ANSWERS())),
            _ANSWERS,
            "answers",
            text("tip", "A newsletter is told on; nobody can answer on it, whatever is drawn."),
        )
        row(
            rows,
            FlagField(str(_AT_ONCE())),
            _AT_ONCE,
            "at_once",
            text("tip", "As on the phone; not as by mail."),
        )
        row(
            rows,
            FlagField(str(_FORMAL())),
            _FORMAL,
            "formal",
            text("tip", "What is said on it counts and is kept."),
        )
        row(
            rows,
            LineField(str(_PLACE())),
            _PLACE,
            "place",
            text("tip", "Where it happens, if it has a place."),
        )
        row(rows, ChoiceField(str(_DASH()), dashes), _DASH, "dash", text("tip", "How its lines are broken."))
        sign = LineField(str(_SIGN()))
        sign.line.setMaxLength(2)
        row(
            rows,
            sign,
            _SIGN,
            "sign",
            text("tip", "One or two letters on its lines. Empty: a letter of its name is taken."),
        )


def _known_delay(document: Document, ids: Sequence[str], value: float | None) -> Change:
    """An empty field is no delay."""
    return edits.set_fields(document, ids, delay=value or 0.0)


class _Sample(QStyledItemDelegate):
    """A channel as a row: its line with its sign, its name, how many links use it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A target one can hit."""
        return QSize(120, max(32, option.fontMetrics.height() + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, sign, name, count."""
        document = self._session.shown
        channel = document.channels.get(index.data(ID))
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        if channel is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(10, 0, -10, 0)
        middle = rect.center().y() + 0.5
        pen = QPen(self._theme["link"], 1.6)
        pattern = DASH_PATTERNS.get(channel.dash)
        if pattern is not None:
            pen.setDashPattern([part / 1.6 for part in pattern])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(rect.left(), int(middle), rect.left() + 52, int(middle))
        signs = dict(
            zip(
                document.channels,
                channel_signs(document.channels, [c.name for c in document.channels.values()]),
                strict=True,
            )
        )
        letters = painter.fontMetrics()
        if signs[channel.id]:
            width = max(18, letters.horizontalAdvance(signs[channel.id]) + 8)
            box = QRect(rect.left() + 26 - width // 2, int(middle) - 9, width, 18)
            painter.setPen(QPen(self._theme["link"], 1.0))
            painter.setBrush(self._theme["panel"])
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(self._theme["text"])
            centre = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(box, centre, signs[channel.id])
        painter.setPen(self._theme["text"])
        count = str(_USED(n=index.data(int(ID) + 1) or 0))
        wide = letters.horizontalAdvance(count)
        line = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        name = letters.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, rect.width() - 64 - wide - 12)
        painter.drawText(rect.adjusted(64, 0, -wide - 12, 0), line | int(Qt.AlignmentFlag.AlignLeft), name)
        painter.setPen(self._theme["quiet"])
        painter.drawText(rect, line | int(Qt.AlignmentFlag.AlignRight), count)
        painter.restore()
