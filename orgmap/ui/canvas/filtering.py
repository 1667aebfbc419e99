"""The filter card above the map: what there is to hide, how much of it, and what is hidden now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.style import Theme
from orgmap.i18n import Text, say, text
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind, ModuleId
from orgmap.model.query import above
from orgmap.ui.canvas.filter_rows import LineRow, SectionRows, ValueRow
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.icons import icon
from orgmap.ui.reasons import Offer, offers
from orgmap.ui.showing import PRESENCES
from orgmap.ui.sieve import Facet, Filter, nested
from orgmap.ui.widgets.choices import ChoiceField, Option
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

PATIENCE = 150  # milliseconds after an edit before the counts follow
WIDTH = 20  # heights of a letter
BESIDE = 14  # heights of a letter that must be free beside it, else it takes all the width
TOP = 12  # pixels above the card
FACETS: dict[Facet, Text] = {
    Facet.CHANNEL: text("filter", "Channels"),
    Facet.STATUS: text("filter", "Status of links"),
    Facet.WAYS: text("filter", "Direction"),
    Facet.MODULE: text("filter", "Modules"),
    Facet.KIND: text("filter", "Kinds"),
    Facet.LEVEL: text("filter", "Levels"),
    Facet.NEWCOMER: text("filter", "Newcomers"),
    Facet.TOPIC: text("filter", "Topics"),
}


class FilterCard(QFrame):
    """Non-modal: the map follows each tick, and one goes on working beside it. Esc closes it."""

    resized = Signal()  # it came, went or wants other room

    def __init__(self, stage: Stage, shown: Shown, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._shown = shown
        self._host = host
        self._theme = theme
        self.whole = False  # does it fill the canvas from left to right?
        self._offered: tuple[Document, Document, dict[Facet, list[Offer]]] | None = None
        self.setObjectName("filter-card")
        set_role(self, "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PATIENCE)
        self._soon.timeout.connect(self._fill)
        self.title = Words(role="title")
        self.close_button = QToolButton()
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setMinimumSize(28, 28)
        self.close_button.clicked.connect(self.leave)
        self.words = QLineEdit()
        self.words.setClearButtonEnabled(True)
        self.words.textEdited.connect(self._typed)
        self.note = Words(role="quiet")
        self.show_all = WordsButton(role="quiet")
        self.show_all.clicked.connect(shown.show_everything)
        self.lines: dict[LinkKind, LineRow] = {kind: LineRow(kind) for kind in PRESENCES}
        self.lines_heading = Words(role="section")
        self.often_heading = Words(role="section")
        self.often = ChoiceField("")
        self.sections = {facet: SectionRows(facet) for facet in FACETS}
        self._lay_out()
        for row in self.lines.values():
            row.chosen.connect(shown.draw_lines)
        self.often.committed.connect(self._often_set)
        for section in self.sections.values():
            section.ticked.connect(self._ticked)
            section.only.connect(self._only)
        shown.changed.connect(self._follow)
        stage.session.changed.connect(self._map_changed)
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        page = QWidget()
        set_role(page, "page")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 0, 12, 8)
        rows.setSpacing(2)
        rows.addWidget(self.note)
        rows.addWidget(self.lines_heading)
        for line in self.lines.values():
            rows.addWidget(line)
        for facet, section in self.sections.items():
            rows.addWidget(section)
            if facet is Facet.WAYS:
                rows.addWidget(self.often_heading)
                rows.addWidget(self.often)
        rows.addStretch(1)
        for heading in (self.lines_heading, self.often_heading):
            heading.setContentsMargins(0, 8, 0, 2)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(15, 0, 8, 0)
        top.setSpacing(6)
        top.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(6)
        inner.addWidget(self.words)
        top.addLayout(inner)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 0)
        foot.addWidget(self.show_all)
        foot.addStretch(1)
        column.addLayout(foot)

    # -- what others may do -------------------------------------------------------------------

    def toggle(self) -> None:
        """Open the card with the keyboard in it, or close it."""
        if self.isHidden():
            self._fill()
            self.show()
            self.raise_()
            self.resized.emit()
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.leave()

    def leave(self) -> None:
        """Close the card; what it hides stays hidden."""
        self.hide()
        self.resized.emit()
        self._host.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        self._theme = theme
        self.close_button.setIcon(icon("x", theme["text"], 16))

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._offered = None
        self.setAccessibleName(say("filter", "Filter"))
        self.title.setText(say("filter", "Filter"))
        words = say("filter", "Close the filter")
        self.close_button.setToolTip(words)
        self.close_button.setAccessibleName(words)
        self.words.setPlaceholderText(say("filter", "Name, title or topic"))
        self.words.setAccessibleName(say("filter", "Only people in whose name, title or topics this stands"))
        self.note.setText(say("filter", "Findings always look at the whole map."))
        self.show_all.set_words(say("filter", "Show all"))
        self.lines_heading.setText(say("filter", "Lines"))
        self.often_heading.setText(say("filter", "Talk at least so often"))
        self.often.editor.setAccessibleName(say("filter", "Talk at least so often"))
        for facet, section in self.sections.items():
            section.set_title(str(FACETS[facet]()))
        for row in self.lines.values():
            row.relabel()
        if not self.isHidden():
            self._fill()

    def arrange(self, edge: int, bottom: int) -> None:
        """At the right of the canvas, above what needs `bottom` pixels below."""
        host = self._host
        letter = self.fontMetrics().height()
        page = self.area.widget()
        needed = (page.minimumSizeHint().width() if page is not None else 0) + letter
        width = max(WIDTH * letter, needed)
        most = host.width() - 2 * edge
        self.whole = most - width < BESIDE * letter
        width = most if self.whole else width
        height = max(host.height() - TOP - bottom, 80)
        self.setGeometry(host.width() - width - edge, TOP, width, height)
        self.raise_()

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes; Up and Down go through what can be ticked. No key gets through to the canvas."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif step is not None:
            boxes = [box for box in self.area.findChildren(QCheckBox) if box.isVisible()]
            at = next((i for i, box in enumerate(boxes) if box.hasFocus()), -1 if step > 0 else len(boxes))
            if boxes:
                box = boxes[min(max(at + step, 0), len(boxes) - 1)]
                box.setFocus(Qt.FocusReason.TabFocusReason)
                self.area.ensureWidgetVisible(box)
        event.accept()

    # -- following ----------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.isHidden():
            return
        if self._offered is not None and self._offered[0] is not self._stage.document:
            self._soon.start()  # an edit: whoever types is not to wait until all is counted
        else:
            self._fill()

    def _map_changed(self) -> None:
        if not self.isHidden():
            self._soon.start()

    def _fill(self) -> None:
        session, showing = self._stage.session, self._shown.showing
        if self.words.text().strip() != showing.words:
            self.words.setText(showing.words)
        self.often.set_options(self._rates())
        self.often.show_values([showing.least])
        count = dict.fromkeys(LinkKind, 0)
        for link in session.document.links.values():
            count[link.kind] += 1
        several = sum(1 for n in count.values() if n) > 1
        for kind, row in self.lines.items():
            how = getattr(showing, PRESENCES[kind])
            row.show_state(how, count[kind])
            row.setVisible(bool(count[kind]) and (several or how.value != "full"))
        self.lines_heading.setVisible(any(not row.isHidden() for row in self.lines.values()))
        rated = any(link.per_week is not None for link in session.document.links.values())
        for part in (self.often_heading, self.often):
            part.setVisible(rated or showing.least is not None)
        for facet, section in self.sections.items():
            one = showing.filter_of(facet)
            section.show_offers(self._offers()[facet], self._seen(facet, one), one)
        self.show_all.setVisible(showing.narrowed or showing.modules_only)

    def _offers(self) -> dict[Facet, list[Offer]]:
        """What there is to tick; counted once for each map, not with every letter typed."""
        session = self._stage.session
        document, shown = session.document, session.shown
        if self._offered is None or self._offered[0] is not document or self._offered[1] is not shown:
            self._offered = (document, shown, {f: offers(document, shown, f) for f in FACETS})
        return self._offered[2]

    def _rates(self) -> list[Option]:
        """How often one may ask for."""
        found: list[Option] = [
            (None, say("filter", "any")),
            (0.25, say("filter", "once a month")),
            (1.0, say("filter", "once a week")),
            (2.0, say("filter", "twice a week")),
            (5.0, say("filter", "daily")),
        ]
        least = self._shown.showing.least
        if least is not None and least not in dict(found):
            found.append((least, say("filter", "{times} times a week", times=least)))
        return found

    def _seen(self, facet: Facet, one: Filter | None) -> frozenset[str] | None:
        """The values of the filter, nested modules too; None while there is no filter."""
        if one is None:
            return None
        document = self._stage.document
        return nested(document, one.values) if facet is Facet.MODULE else one.values

    # -- ticks --------------------------------------------------------------------------------

    def _typed(self, words: str) -> None:
        self._shown.search(words.strip())

    def _often_set(self, value: object) -> None:
        self._shown.at_least(value if isinstance(value, float) else None)

    def _ticked(self, row: ValueRow, on: bool) -> None:
        facet, value = row.facet, row.value
        showing = self._shown.showing
        one = showing.filter_of(facet)
        values = one.values if one is not None else frozenset[str]()
        only = one is not None and one.only
        if on == only:
            values |= {value}
        else:
            values -= self._akin(facet, value)
        everything = only and values >= {offer.value for offer in self.sections[facet].offers}
        if everything or not values:
            self._shown.set(showing.filtered(facet, ()))
        else:
            self._shown.set(showing.filtered(facet, values, only=only))

    def _akin(self, facet: Facet, value: str) -> frozenset[str]:
        """What goes with a value: of a module those round it and in it."""
        document = self._stage.document
        if facet is not Facet.MODULE or value not in document.modules:
            return frozenset((value,))
        return nested(document, [value]) | {outer.id for outer in above(document, ModuleId(value))}

    def _only(self, row: ValueRow) -> None:
        wanted = Filter(row.facet, frozenset((row.value,)), only=True)
        showing = self._shown.showing
        if showing.filter_of(row.facet) == wanted:
            self._shown.set(showing.filtered(row.facet, ()))
        else:
            self._shown.set(showing.filtered(row.facet, wanted.values, only=True))
