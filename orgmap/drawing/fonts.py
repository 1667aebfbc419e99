"""The bundled typeface: the same letters on every machine, on the screen and in files."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from orgmap.assets import asset

FAMILY = "Inter"
_ALTERNATES = QFont.Tag("calt")  # with it the typeface draws "3x4" and "->" as other signs than were typed
FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")


def load() -> str:
    """Make the bundled typeface known to Qt, once; its family, or "" if the files are missing.

    Needs a QGuiApplication. Other scripts fall back to the fonts of the system.
    """
    if QFontDatabase.hasFamily(FAMILY):
        return FAMILY
    for name in FILES:
        path = asset("fonts", name)
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))
    return FAMILY if QFontDatabase.hasFamily(FAMILY) else ""


@lru_cache(maxsize=64)
def font(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at a size in pixels, unhinted so that it scales evenly."""
    made = QFont()
    family = load()
    if family:
        made.setFamilies([family, *QFont().families()])
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    made.setFeature(_ALTERNATES, 0)
    return made
