"""The card above the map on which one chooses the measures that colour and size it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from orgmap.analysis.measure_catalogue import MEASURES
from orgmap.drawing.style import Theme
from orgmap.i18n import Text, say, text
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.gauging import Gauged, offered
from orgmap.ui.icons import icon
from orgmap.ui.widgets.choices import ChoiceField, Option
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

WIDTH = 20  # heights of a letter
TOP = 12  # pixels above the card

_LABELS: dict[Gauged, Text] = {
    Gauged.COLOUR: text("gauges", "Colour of people"),
    Gauged.SIZE: text("gauges", "Size of people"),
    Gauged.LINES: text("gauges", "Colour of lines"),
    Gauged.GROUNDS: text("gauges", "Colour of modules"),
}
_TOLD = text("gauges", "{definition} Counted as: {unit}.")


class GaugeCard(QFrame):
    """Non-modal, as the filter card: the map follows each choice. Esc closes it."""

    resized = Signal()  # it came, went or wants other room

    def __init__(self, shown: Shown, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._shown, self._host = shown, host
        self.setObjectName("gauge-card")
        set_role(self, "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = Words(role="title")
        self.close_button = QToolButton()
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setMinimumSize(28, 28)
        self.close_button.clicked.connect(self.leave)
        self.note = Words(role="quiet")
        self.as_usual = WordsButton(role="quiet")
        self.as_usual.clicked.connect(self._as_usual)
        self.headings = {what: Words(role="section") for what in Gauged}
        self.fields = {what: ChoiceField("") for what in Gauged}
        self.told = {what: Words(role="quiet") for what in Gauged}
        self._lay_out()
        for what, field in self.fields.items():
            field.committed.connect(partial(self._chosen, what))
        shown.changed.connect(self._follow)
        shown.numbered.connect(self._numbered)
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(15, 0, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        page = QWidget()
        set_role(page, "page")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 0, 16, 8)
        rows.setSpacing(4)
        rows.addWidget(self.note)
        for what in Gauged:
            self.headings[what].setContentsMargins(0, 8, 0, 2)
            for part in (self.headings[what], self.fields[what], self.told[what]):
                rows.addWidget(part)
        rows.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 0)
        foot.addWidget(self.as_usual)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    def toggle(self) -> None:
        """Open the card with the keyboard in it, or close it."""
        if not self.isHidden():
            self.leave()
            return
        self._fill()
        self.show()
        self.raise_()
        self.resized.emit()
        self._first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close the card; what is coloured stays so."""
        self.hide()
        self.resized.emit()
        self._host.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        self.close_button.setIcon(icon("x", theme["text"], 16))

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.setAccessibleName(say("gauges", "Colour and size by measures"))
        self.title.setText(say("gauges", "Colour and size"))
        words = say("gauges", "Close the card")
        self.close_button.setToolTip(words)
        self.close_button.setAccessibleName(words)
        self.as_usual.set_words(say("gauges", "As usual"))
        for what, label in _LABELS.items():
            self.headings[what].setText(str(label()))
            self.fields[what].editor.setAccessibleName(str(label()))
        if not self.isHidden():
            self._fill()

    def arrange(self, edge: int, bottom: int) -> None:
        """At the right of the canvas, as high as it needs, above what needs `bottom` pixels below."""
        host, letter = self._host, self.fontMetrics().height()
        width = min(WIDTH * letter, host.width() - 2 * edge)
        page = self.area.widget()
        wanted = page.heightForWidth(width - 2) if page is not None else 0
        most = max(host.height() - TOP - bottom, 80)
        around = self.sizeHint().height() - self.area.sizeHint().height()
        self.setGeometry(host.width() - width - edge, TOP, width, min(most, wanted + around + 32))
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes. No key gets through to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def _follow(self) -> None:
        if not self.isHidden():
            self._fill()

    def _numbered(self) -> None:
        """What can be chosen has come or gone; who waited for it at the cross may choose at once."""
        waited = self.close_button.hasFocus()
        self._follow()
        if waited and not self.isHidden():
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> QWidget:
        """The first field there is, else the cross."""
        fields = (field for field in self.fields.values() if not field.isHidden())
        return next((field.editor for field in fields), self.close_button)

    def _fill(self) -> None:
        shown = self._shown
        known = shown.numbers is not None
        for what, key in shown.showing.measured:
            measures = MEASURES[what.scope]
            options: list[Option] = [(None, say("gauges", "as usual"))]
            listed = dict.fromkeys([*offered(shown.numbers, what), *([key] if key in measures else [])])
            options += [(one, str(measures[one].name())) for one in listed if one is not None]
            field, told = self.fields[what], self.told[what]
            field.set_options(options)
            field.show_values([key])
            measure = measures.get(key) if key is not None else None
            told.setText(
                "" if measure is None else str(_TOLD(definition=measure.definition(), unit=measure.unit()))
            )
            for part in (self.headings[what], field):
                part.setVisible(len(options) > 1)
            told.setVisible(measure is not None)
        empty = all(field.isHidden() for field in self.fields.values())
        note = say("gauges", "The numbers are being worked out.")
        if known:
            note = say("gauges", "Nothing on this map has a number yet.")
        self.note.setText(note)
        self.note.setVisible(empty)
        self.as_usual.setVisible(any(key for _, key in shown.showing.measured))
        self.resized.emit()

    def _chosen(self, what: Gauged, key: object) -> None:
        self._shown.measure(what, key if isinstance(key, str) else None)

    def _as_usual(self) -> None:
        for what in Gauged:
            self._shown.measure(what, None)
