"""What leaves the program: the kind, its few options, a look at it, and what it cannot hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from orgmap.drawing.style import THEMES
from orgmap.i18n import say
from orgmap.ui.dialogs.export_glimpse import GlimpseLabel
from orgmap.ui.dialogs.export_paper import PaperFields
from orgmap.ui.orders import AS_SHOWN, HTML, NAMES, PAPER, PDF, PICTURES, PNG, SEEN, Order, Part
from orgmap.ui.placing import FRAME
from orgmap.ui.widgets.choices import ChoiceBox
from orgmap.ui.widgets.framing import framed
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

MOST_LINES = 8  # on what is left out
SHORTEST = 16  # letters of a list to choose from
NARROW = 48  # letters: the width of the fields
WIDTHS = (64, 20_000)  # pixels


class ExportDialog(QDialog):
    """Chooses one `Order`. `changed` rings with it whenever it is another one; whoever hears that
    answers with `show_glimpse`, `show_words` and `show_problem`.

    `orders`: what each kind begins with. `differs`: does the screen show the map otherwise than it
    is? `left_out`: what it leaves out, in sentences. `screen`: how many pixels wide the window is.
    """

    changed = Signal(object)  # Order
    chosen = Signal(object)  # Order: to be written, or printed
    copy_asked = Signal(object)  # Order: a picture for the clipboard

    def __init__(
        self,
        orders: Mapping[str, Order],
        kind: str,
        *,
        differs: bool,
        left_out: Sequence[str],
        selected: bool,
        screen: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("export", "Export"))
        self._orders = dict(orders)
        self._differs = differs
        self._screen = screen
        self._told: Order | None = None
        self.kind_box = ChoiceBox()
        self.kind_box.setAccessibleName(say("export", "Kind"))
        for key in orders:
            if key not in SEEN and self.kind_box.findData(HTML) >= 0 and self.kind_box.count() == len(SEEN):
                self.kind_box.insertSeparator(self.kind_box.count())
            self.kind_box.addItem(str(NAMES[key]()), key)
        self.part_box = ChoiceBox()
        self.part_box.setAccessibleName(say("export", "How much of the map"))
        self.part_box.addItem(say("export", "The whole map"), Part.WHOLE.value)
        self.part_box.addItem(say("export", "What the window shows"), Part.WINDOW.value)
        if selected:
            self.part_box.addItem(say("export", "What is selected"), Part.SELECTION.value)
        self.theme_box = ChoiceBox()
        self.theme_box.setAccessibleName(say("export", "Colours"))
        self.theme_box.addItem(say("export", "As on the screen"), AS_SHOWN)
        for name, words in zip(
            THEMES,
            (
                say("export", "Light"),
                say("export", "Dark"),
                say("export", "For the printer, on white"),
                say("export", "High contrast"),
            ),
            strict=True,
        ):
            self.theme_box.addItem(words, name)
        self.width_box = QSpinBox()
        self.width_box.setAccessibleName(say("export", "Width in pixels"))
        self.width_box.setRange(*WIDTHS)
        self.width_box.setSingleStep(100)
        self.width_box.setSuffix(say("export", " pixels"))
        for box in (
            self.kind_box,
            self.part_box,
            self.theme_box,
        ):  # they end with an ellipsis where it is narrow
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(SHORTEST)
        self.as_shown = QCheckBox(say("export", "As shown: filters, focus, colours, evidence"))
        self.left_out = Words("\n".join(left_out[:MOST_LINES]), "quiet")
        self.left_out.setContentsMargins(24, 0, 0, 0)
        self.without_names = QCheckBox(say("export", "Without names: everybody gets a number"))
        self.words = Words("", "body-quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.measured = Words("", "quiet")
        self.measured.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.problem = Words("", "problem")
        self.glimpse = GlimpseLabel()
        self._lay_out()
        self._show(kind)
        self._connect()
        self._take_room()

    @property
    def order(self) -> Order:
        """What is chosen now."""
        kind = self.kind_box.currentData()
        return Order(
            kind=kind,
            part=Part(self.part_box.currentData()) if kind in SEEN else Part.WHOLE,
            as_shown=self.as_shown.isChecked(),
            names=not self.without_names.isChecked(),
            theme=self.theme_box.currentData(),
            width=self.width_box.value(),
            paper=self.paper.paper,
        )

    def show_glimpse(self, image: QImage, measured: str) -> None:
        """A small picture of what it will be, and how large that is in words."""
        self.glimpse.show_image(image)
        self.measured.setText(measured)

    def show_words(self, words: str) -> None:
        """What is to be known of a kind that has no picture: what it holds, and what it cannot hold."""
        self.words.setText(words)

    def show_problem(self, words: str) -> None:
        """Why this cannot be made; "" if it can."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self._go.setEnabled(not words)
        self._copy.setEnabled(not words)

    def ask(self) -> None:
        """Tell the order again, as when it is shown for the first time."""
        self._told = None
        self._tell()

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        for words, part in (
            (say("export", "Kind"), self.kind_box),
            (say("export", "Shows"), self.part_box),
            (say("export", "Colours"), self.theme_box),
            (say("export", "Width"), self.width_box),
        ):
            self._form.addRow(words, part)
        self.paper = PaperFields(self._form, self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("dialog", "Cancel"))
        self._go = buttons.addButton(say("export", "Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self._go, "primary")
        self._copy = buttons.addButton(say("export", "Copy picture"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.clicked.connect(self._on_copy)
        buttons.accepted.connect(self._on_go)
        buttons.rejected.connect(self.reject)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._form)
        left.addSpacing(8)
        for line in (self.as_shown, self.left_out, self.without_names):
            left.addWidget(line)
        left.addSpacing(8)
        left.addWidget(self.problem)
        left.addStretch(1)
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setFixedWidth(self.fontMetrics().averageCharWidth() * NARROW)
        self.right = QStackedWidget()
        self.right.addWidget(_column(self.glimpse, self.measured))
        self.right.addWidget(_scrolled(self.words))
        self._page = QWidget()
        set_role(self._page, "page")
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(24)
        self._middle.addWidget(self._left)
        self._middle.addWidget(self.right, 1)
        self._area = framed(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._area, 1)
        column.addWidget(buttons)
        self._go.setDefault(True)
        self._align()

    def _take_room(self) -> None:
        """Open as large as it is, within the screen: where that is too narrow, the look at it comes last."""
        room = self.screen().availableGeometry().size() - QSize(FRAME, FRAME)
        round_it = self.sizeHint() - self._area.sizeHint()
        if (self._page.sizeHint() + round_it).width() > room.width():
            self._middle.setDirection(QBoxLayout.Direction.TopToBottom)
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(room.width())
        wanted = self._page.sizeHint() + round_it
        if wanted.height() > room.height():  # then there is a bar beside, which takes room, too
            wanted += QSize(self._area.verticalScrollBar().sizeHint().width(), 0)
        self.resize(wanted.boundedTo(room))

    def _align(self) -> None:
        """The fields begin at one line, whichever of them are shown."""
        rows = range(self._form.rowCount())
        items = (self._form.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in rows)
        labels = [part for item in items if item is not None and (part := item.widget()) is not None]
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)

    def _connect(self) -> None:
        self.kind_box.currentIndexChanged.connect(self._on_kind)
        self.part_box.activated.connect(self._on_part)
        self.theme_box.activated.connect(self._tell)
        self.width_box.valueChanged.connect(self._tell)
        self.paper.changed.connect(self._tell)
        self.as_shown.toggled.connect(self._on_as_shown)
        self.without_names.toggled.connect(self._tell)

    def _show(self, kind: str) -> None:
        """Show what was chosen for this kind, and only the fields that matter to it."""
        order = self._orders[kind]
        parts = (self.kind_box, self.part_box, self.theme_box, self.width_box, self.as_shown)
        blocked = [QSignalBlocker(part) for part in (*parts, self.without_names)]
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        self.part_box.setCurrentIndex(max(self.part_box.findData(order.part.value), 0))
        self.theme_box.setCurrentIndex(self.theme_box.findData(order.theme))
        self.width_box.setValue(order.width)
        self.paper.show_paper(order.paper, printer=kind == PAPER)
        self.as_shown.setChecked(order.as_shown)
        self.without_names.setChecked(not order.names)
        del blocked
        seen, drawn = kind in SEEN, kind in PICTURES
        self._form.setRowVisible(self.part_box, seen)
        self._form.setRowVisible(self.theme_box, seen)
        self._form.setRowVisible(self.width_box, kind == PNG)
        self.paper.show_rows(shown=kind in (PDF, PAPER))
        self.as_shown.setVisible(seen and self._differs)
        self._show_left_out()
        self.right.setCurrentIndex(0 if drawn else 1)
        self.words.setText("")
        self._copy.setVisible(drawn and kind != PAPER)
        self._go.setText(say("export", "Print…") if kind == PAPER else say("export", "Export…"))
        self.show_problem("")

    def _show_left_out(self) -> None:
        as_shown = not self.as_shown.isHidden() and self.as_shown.isChecked()
        self.left_out.setVisible(as_shown and bool(self.left_out.text()))

    def _on_kind(self, _row: int) -> None:
        kind = self.kind_box.currentData()
        if kind is not None:
            names, as_shown = not self.without_names.isChecked(), self.as_shown.isChecked()
            self._orders[kind] = replace(self._orders[kind], names=names, as_shown=as_shown)
            self._show(kind)
            self._tell()

    def _on_part(self, _row: int) -> None:
        """What the window shows is as large as there, unless somebody wants it otherwise."""
        if self.part_box.currentData() == Part.WINDOW.value:
            self.width_box.setValue(self._screen)
        self._tell()

    def _on_as_shown(self, _on: bool) -> None:
        self._show_left_out()
        self._tell()

    def _tell(self, *_value: object) -> None:
        order = self.order
        self._orders[order.kind] = order
        if order != self._told:
            self._told = order
            self.changed.emit(order)

    def _on_go(self) -> None:
        order = self.order
        self.accept()
        self.chosen.emit(order)

    def _on_copy(self) -> None:
        order = self.order
        self.accept()
        self.copy_asked.emit(order)


def _column(*parts: QWidget) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)
    column.setStretch(0, 1)
    return held


def _scrolled(words: Words) -> QScrollArea:
    area = framed(words)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(say("export", "What this format holds"))
    return area
