"""The style sheet of the program, made from the tokens of a theme.

In the template `@token` is a colour, `12px` grows with the text scale (hairlines of 1 and 2 px do
not), `@mark(name)` is the picture of a mark. Widgets name their looks in the property `role`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtGui import QColor

from orgmap.drawing.style import Theme

SMALL, TEXT, CLAIM, TITLE = 12, 13, 14, 15  # px at text scale 100 %

_PIXELS = re.compile(r"\b(\d+)px")
_TOKEN = re.compile(r"@([a-z_]+)(?:\(([a-z]+)\))?")


def sheet(theme: Theme, scale: float = 1.0, marks: Mapping[str, str] | None = None) -> str:
    """The whole style sheet. `marks`: paths of the pictures by name; without one it draws none."""
    colours = shades(theme)
    paths = marks or {}

    def token(found: re.Match[str]) -> str:
        if found[1] == "mark":
            path = paths.get(found[2], "")
            return f'url("{path}")' if path else "none"
        return colours[found[1]]

    return _TOKEN.sub(token, _PIXELS.sub(lambda found: _scaled(int(found[1]), scale), _SHEET))


def shades(theme: Theme) -> dict[str, str]:
    """Every colour of the style sheet by name: the tokens and what is mixed from them."""
    colours = {token: colour.name() for token, colour in theme.colours.items()}
    accent, panel, text = theme["accent"], theme["panel"], theme["text"]
    mixed = {
        "on_accent": panel,
        "look_text": _between(theme["look"], text, 0.1),  # on the ground of a chosen card, too
        "accent_hover": _between(accent, text, 0.16),
        "accent_pressed": _between(accent, text, 0.30),
        "hover_ground": _between(panel, text, 0.05),
        "pressed_ground": _between(panel, text, 0.11),
        "chosen_hover": _between(theme["accent_ground"], accent, 0.08),
        "chip": _between(theme["ground"], text, 0.06),
        "chip_hover": _between(theme["ground"], text, 0.13),
        "rim": theme["assumed"],
        "scroll": _between(panel, text, 0.24),
        "scroll_hover": _between(panel, text, 0.42),
        "float": _between(panel, text, 0.04) if theme.dark else panel,
    }
    return colours | {name: colour.name() for name, colour in mixed.items()}


def _scaled(pixels: int, scale: float) -> str:
    return f"{pixels if pixels <= 2 else round(pixels * scale)}px"


def _between(one: QColor, other: QColor, part: float) -> QColor:
    """The colour `part` of the way from one to the other."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * part) for a, b in pairs))


_SHEET = """
* { outline: none; }
QWidget { color: @text; selection-background-color: @accent; selection-color: @on_accent; }
QMainWindow, QDialog, QMessageBox { background: @panel; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QMessageBox QLabel#qt_msgbox_label { font-weight: 600; }
QSizeGrip { image: none; width: 0; height: 0; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QToolTip { background: @text; color: @panel; border: none; padding: 6px 8px; font-size: 12px; }

QLabel { background: transparent; }
*[role="small"] { font-size: 12px; }
*[role="quiet"] { color: @quiet; font-size: 12px; }
*[role="body"] { font-size: 13px; }
*[role="body-quiet"] { color: @quiet; font-size: 13px; }
*[role="claim"] { font-size: 14px; font-weight: 600; }
*[role="title"] { font-size: 15px; font-weight: 600; }
*[role="display"] { font-size: 24px; font-weight: 600; }
*[role="section"] { color: @quiet; font-size: 12px; font-weight: 600; }
*[role="act"] { color: @act; font-size: 12px; font-weight: 600; }
*[role="look"] { color: @look_text; font-size: 12px; font-weight: 600; }
*[role="note"] { color: @note; font-size: 12px; font-weight: 600; }
*[role="good"] { color: @good; font-size: 12px; font-weight: 600; }
*[role="new"] { color: @accent; font-size: 12px; font-weight: 600; }
*[role="problem"] { color: @act; font-size: 12px; }

QLabel:disabled { color: @faded_text; }
QLabel#glimpse { background: @ground; border: 1px solid @line; border-radius: 8px; }

QMenuBar { background: @panel; padding: 2px 8px; border-bottom: 1px solid @line; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: @hover_ground; }
QMenuBar::item:pressed { background: @pressed_ground; }
QMenu { background: @float; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 5px; background: transparent; }
QMenu::item:selected { background: @accent_ground; color: @text; }
QMenu::item:disabled { color: @faded_text; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: @mark(ticked); }
QMenu::right-arrow { image: @mark(right); width: 14px; height: 14px; margin-right: 4px; }

QToolBar { background: @panel; border: none; spacing: 4px; padding: 8px; }
QToolBar::separator { background: @line; width: 1px; height: 1px; margin: 6px 8px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; }
QToolButton:hover { background: @hover_ground; }
QToolButton:pressed { background: @pressed_ground; }
QToolButton:checked { background: @accent_ground; color: @accent; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton:disabled { color: @faded_text; }
QToolButton::menu-indicator { image: none; }
QStatusBar { background: @panel; border-top: 1px solid @line; color: @quiet; font-size: 12px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @quiet; font-size: 12px; }

QPushButton { background: @panel; border: 1px solid @line; border-radius: 7px; padding: 5px 12px;
  font-weight: 500; font-size: 12px; min-height: 16px; }
QPushButton:hover { background: @hover_ground; border-color: @faded; }
QPushButton:pressed { background: @pressed_ground; }
QPushButton:checked { background: @accent_ground; border-color: @accent; color: @accent; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton:disabled { color: @faded_text; background: @ground; border-color: @line; }
QPushButton[role="primary"], QPushButton:default { background: @accent; border-color: @accent;
  color: @on_accent; }
QPushButton[role="primary"]:hover, QPushButton:default:hover { background: @accent_hover;
  border-color: @accent_hover; }
QPushButton[role="primary"]:pressed, QPushButton:default:pressed { background: @accent_pressed; }
QPushButton[role="primary"]:focus, QPushButton:default:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled { background: @faded;
  border-color: @faded; color: @text; }
QPushButton[role="quiet"], QPushButton[role="fold"] { background: transparent;
  border-color: transparent; color: @accent; font-size: 12px; padding: 5px 8px; }
QPushButton[role="quiet"]:hover, QPushButton[role="fold"]:hover { background: @hover_ground; }
QPushButton[role="quiet"]:pressed, QPushButton[role="fold"]:pressed { background: @pressed_ground; }
QPushButton[role="quiet"]:focus, QPushButton[role="fold"]:focus { border: 2px solid @accent;
  padding: 4px 7px; }
QPushButton[role="quiet"]:disabled, QPushButton[role="fold"]:disabled { color: @faded_text; }
QPushButton[role="fold"]:checked { background: transparent; border-color: transparent; }
QPushButton[role="chip"] { background: @chip; border: 1px solid transparent; border-radius: 13px; }
QPushButton[role="chip"]:hover { background: @chip_hover; }
QPushButton[role="chip"]:checked { background: @accent_ground; border-color: @accent; color: @accent; }
QPushButton[role="chip"]:focus { border: 2px solid @accent; }
QPushButton[role="on-chip"], QToolButton[role="on-chip"] { background: transparent;
  border: 1px solid transparent; border-radius: 12px; padding: 4px 8px; font-weight: 500; font-size: 12px; }
QToolButton[role="on-chip"] { padding: 4px; }
QPushButton[role="on-chip"]:hover, QToolButton[role="on-chip"]:hover { background: @chip_hover; }
QPushButton[role="on-chip"]:focus, QToolButton[role="on-chip"]:focus { border: 2px solid @accent; }
QPushButton[role="small-quiet"] { background: transparent; border: 1px solid transparent; color: @quiet;
  border-radius: 6px; padding: 2px 6px; font-weight: 400; font-size: 12px; }
QPushButton[role="small-quiet"]:hover { background: @hover_ground; color: @text; }
QPushButton[role="small-quiet"]:checked { background: @accent_ground; color: @accent; }
QPushButton[role="small-quiet"]:focus { border: 2px solid @accent; padding: 1px 5px; }

*[role="segments"] { background: @chip; border: none; border-radius: 9px; }
QPushButton[role="segment"] { background: transparent; border: 1px solid transparent; border-radius: 7px;
  padding: 4px 12px; color: @quiet; }
QPushButton[role="segment"]:hover { background: @chip_hover; color: @text; }
QPushButton[role="segment"]:checked { background: @panel; border-color: @line; color: @text; }
QPushButton[role="segment"][chosen="true"] { color: @text; }
QPushButton[role="segment"]:focus { border: 2px solid @accent; padding: 3px 11px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QAbstractSpinBox {
  background: @panel; border: 1px solid @rim; border-radius: 7px; padding: 4px 8px; font-size: 13px;
  min-height: 18px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {
  border-color: @quiet; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid @accent; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled,
QComboBox:disabled { color: @faded_text; background: @ground; border-color: @line; }
QLineEdit:read-only { background: @ground; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"] { border: 2px solid @act; padding: 3px 7px; }
QLineEdit[role="cell"], QPlainTextEdit[role="cell"] { border: 2px solid @accent; border-radius: 0;
  padding: 0 5px; min-height: 0; }
QLineEdit[role="cell"]:focus, QPlainTextEdit[role="cell"]:focus { padding: 0 5px; }
QLineEdit[role="cell"][problem="true"] { border: 2px solid @act; padding: 0 5px; }
QLineEdit[role="entry"] { background: @ground; font-size: 14px; border-radius: 8px; padding: 5px 15px; }
QLineEdit[role="entry"]:focus { padding: 4px 14px; }
QLineEdit[role="name"] { font-size: 15px; font-weight: 600; border-color: transparent; }
QLineEdit[role="name"]:hover { border-color: @rim; }
QLineEdit[role="name"]:focus { border: 2px solid @accent; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: padding; }
QComboBox::down-arrow { image: @mark(down); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus { background: @float;
  border: 1px solid @line; border-radius: 0; padding: 4px;
  selection-background-color: @accent_ground; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 2px 8px; border-radius: 5px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
  background: transparent; }
QAbstractSpinBox::up-arrow { image: @mark(up); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: @mark(down); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 20px; font-size: 13px; background: transparent;
  border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faded_text; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @rim;
  border-radius: 4px; background: @panel; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @quiet; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: @mark(check); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: @mark(partly); }
QCheckBox::indicator:disabled { background: @ground; border-color: @faded; }
QRadioButton::indicator { border-radius: 7px; }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; border-radius: 8px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @faded; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
  background: @accent; }
QSlider::handle:horizontal:focus { border: 2px solid @text; }
QProgressBar { background: @chip; border: none; border-radius: 3px; min-height: 6px;
  max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid @line; top: -1px; }
QTabBar { background: @panel; font-size: 13px; font-weight: 500; }
QTabBar::tab { background: transparent; color: @quiet; padding: 10px 2px 8px 2px; margin: 0 10px;
  border: none; border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:first { margin-left: 22px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:disabled { color: @faded_text; }
QTabBar::tab:focus { color: @text; background: @accent_ground; border: 2px solid @accent;
  padding: 8px 0 8px 0; border-radius: 6px; }
QDockWidget { titlebar-close-icon: @mark(close); font-weight: 500; }
QDockWidget::title { background: @panel; padding: 8px 12px; text-align: left; }
QSplitter::handle { background: @line; }
QSplitter::handle:hover { background: @accent; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @quiet; }

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border: 3px solid @panel; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QListView, QTreeView, QTableView { background: @panel; border: 1px solid @line; border-radius: 6px;
  padding: 2px; alternate-background-color: @ground; gridline-color: @line; }
QListView::item, QTreeView::item, QTableView::item { padding: 4px 8px; min-height: 20px; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: @hover_ground; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
  background: @accent_ground; color: @text; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid @accent; padding: 1px; }
QTableView[role="rows"], QTableView[role="rows"]:focus { border: 1px solid @line; border-radius: 0;
  padding: 0; }
QTableView[role="rows"]:focus { border-color: @accent; }
QTableView[role="rows"]::item:focus { border: 2px solid @accent; padding: 2px 6px; }
QTableView[role="rows"] QHeaderView::section { padding: 6px 11px; }
QTableView[role="rows"] QHeaderView::section:vertical { padding: 0 8px; }
QTableView[role="rows"] QHeaderView::section:checked { color: @accent; }
QTableView[role="rows"] QHeaderView::up-arrow, QTableView[role="rows"] QHeaderView::down-arrow {
  subcontrol-origin: padding; subcontrol-position: top center; width: 10px; height: 10px; }
QTableView[role="rows"] QHeaderView::up-arrow { image: @mark(up); }
QTableView[role="rows"] QHeaderView::down-arrow { image: @mark(down); }
QTableView::indicator { width: 14px; height: 14px; border: 1px solid @rim; border-radius: 4px;
  background: @panel; }
QTableView::indicator:checked { background: @accent; border-color: @accent; image: @mark(check); }
QListView[role="bare"], QListView[role="bare"]:focus { background: transparent; border: none;
  border-radius: 0; padding: 0; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @quiet; border: none; border-bottom: 1px solid @line;
  padding: 6px 8px; font-size: 12px; font-weight: 500; }
QTableCornerButton::section { background: @panel; border: none; }

*[role="panel"] { background: @panel; }
*[role="chart"] { background: @panel; border: 2px solid transparent; border-radius: 8px; }
*[role="chart"]:focus { border-color: @accent; }
*[role="ground"] { background: @ground; }
*[role="hairline"] { background: @line; max-height: 1px; min-height: 1px; border: none; }
*[role="card"] { background: @panel; border: 1px solid @line; border-radius: 10px; }
*[role="card"]:hover { background: @hover_ground; border-color: @faded; }
*[role="card"]:pressed { background: @pressed_ground; }
*[role="card"]:focus { border: 2px solid @accent; }
*[role="finding"] { background: transparent; border: 1px solid transparent; border-radius: 10px; }
*[role="finding"]:hover { background: @hover_ground; }
*[role="finding"]:focus { border: 2px solid @accent; }
*[role="finding"][chosen="true"] { background: @accent_ground; border: 1px solid @accent; }
*[role="finding"][chosen="true"]:focus { border: 2px solid @accent; }
*[role="row"] { background: transparent; border: 2px solid transparent; border-radius: 6px; }
*[role="row"]:hover { background: @hover_ground; }
*[role="row"]:pressed { background: @pressed_ground; }
*[role="row"]:focus { border-color: @accent; }
*[role="notice"] { background: @accent_ground; border: none; }
*[role="notice"][kind="warning"], *[role="notice"][kind="problem"] { background: @chip; }
*[role="chips"] { background: @chip; border: none; border-radius: 13px; }
*[role="bubble"] { background: @float; color: @act; border: 1px solid @act; border-radius: 7px;
  padding: 6px 10px; font-size: 12px; }
*[role="float"] { background: @float; border: 1px solid @line; border-radius: 10px; }
*[role="float"][active="true"] { border: 2px solid @accent; }
"""
