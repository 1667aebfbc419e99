"""What this program is, and the licences of what it is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from orgmap import __version__
from orgmap.assets import asset
from orgmap.i18n import Text, say, text
from orgmap.ui.placing import open_wide
from orgmap.ui.widgets.words import Words

PARTS: tuple[tuple[str, str, Text], ...] = (
    (
        "Qt, PySide6",
        "LGPL-3.0",
        text("about", "windows and drawing; used as a library that can be exchanged"),
    ),
    ("NetworkX", "BSD-3-Clause", text("about", "graphs and their measures")),
    ("nx-rustworkx, rustworkx", "BSD-3-Clause, Apache-2.0", text("about", "the fast engine behind it")),
    ("NumPy, SciPy", "BSD-3-Clause", text("about", "numbers")),
    ("charset-normalizer", "MIT", text("about", "the letters of foreign tables")),
    ("defusedxml", "PSF-2.0", text("about", "foreign XML, read safely")),
    ("platformdirs", "MIT", text("about", "where settings are kept")),
    ("Lucide", "ISC", text("about", "icons")),
    ("Inter", "OFL-1.1", text("about", "the typeface of maps and pictures")),
)


class AboutDialog(QDialog):
    """Name, version, and a list of parts with their licences."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("about", "About orgmap"))
        open_wide(self, 72, 30)
        picture = QLabel()
        picture.setPixmap(QIcon(str(asset("icons", "orgmap.svg"))).pixmap(56, 56))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Words("orgmap", "display"))
        words.addWidget(
            Words(say("about", "Version {version}, Qt {qt}", version=__version__, qt=qVersion()), "quiet")
        )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture)
        head.addLayout(words, 1)
        claim = say("about", "Draw who talks to whom. See where it breaks. Try the repair.")
        free = say(
            "about", "Free under the MIT licence. It works without a network and sends nothing to anybody."
        )
        self._parts = QPlainTextEdit("\n".join(_part(*part) for part in PARTS))
        self._parts.setReadOnly(True)
        self._parts.setTabChangesFocus(True)
        self._parts.setAccessibleName(say("about", "Parts and their licences"))
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(Words(claim, "claim"))
        column.addWidget(Words(free, "body"))
        column.addWidget(Words(say("about", "Made of"), "section"))
        column.addWidget(self._parts, 1)
        column.addWidget(buttons)
        close.setFocus()


def _part(name: str, licence: str, what: Text) -> str:
    return say("about", "{name} ({licence}): {what}", name=name, licence=licence, what=what())
