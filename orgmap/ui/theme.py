"""How the whole program looks: palette, style sheet and icons from the tokens of a theme.

Fusion is the ground on every platform, so that a map looks the same for everybody in the room.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from orgmap.drawing import fonts
from orgmap.drawing.style import THEMES, Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.ui.icons import icon, marks, picture
from orgmap.ui.stylesheet import TEXT, sheet

__all__ = ["apply", "icon", "interface_font", "palette", "picture", "system_theme"]

SMALLEST, LARGEST = 1.0, 2.0  # text scale


def system_theme(app: QApplication) -> Theme:
    """Dark where the system says so, else light."""
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme_named(THEMES[1] if dark else THEMES[0])


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Dress every window of the program; at any time. `scale`: text size, 1.0 to 2.0."""
    scale = min(max(scale, SMALLEST), LARGEST)
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("fusion"))
    app.setFont(interface_font(scale))
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet(theme, scale, marks(theme)))


def interface_font(scale: float = 1.0) -> QFont:
    """The font of labels and fields; headings and small print follow from the style sheet."""
    font = fonts.font(TEXT * scale)
    font.setPixelSize(round(TEXT * scale))
    return font


def palette(theme: Theme) -> QPalette:
    """The colours for what the style sheet does not reach."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for key, token in {
        role.Window: "panel",
        role.Base: "panel",
        role.AlternateBase: "ground",
        role.Button: "panel",
        role.ToolTipBase: "text",
        role.ToolTipText: "panel",
        role.WindowText: "text",
        role.Text: "text",
        role.ButtonText: "text",
        role.BrightText: "panel",
        role.PlaceholderText: "quiet",
        role.Highlight: "accent",
        role.HighlightedText: "panel",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "panel",
        role.Midlight: "ground",
        role.Mid: "line",
        role.Dark: "faded",
        role.Shadow: "faded",
        role.Accent: "accent",
    }.items():
        made.setColor(key, theme[token])
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, key, theme["faded_text"])
    return made
