"""Names that widgets carry for the style sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_role(widget: QWidget, role: str) -> None:
    """Give the widget the looks of `role`, e.g. "title", "quiet", "primary"; "" takes them away."""
    set_state(widget, "role", role)


def set_state(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet speaks of, and let it take effect if it is another one."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
