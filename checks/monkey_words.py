"""What the monkey types, presses and pastes."""

from __future__ import annotations

from PySide6.QtCore import Qt

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
HELD = (NONE, NONE, NONE, NONE, SHIFT, CTRL, ALT, CTRL | SHIFT, ALT | SHIFT)
Key = Qt.Key
KEYS = (
    Key.Key_N, Key.Key_M, Key.Key_L, Key.Key_T, Key.Key_R, Key.Key_B, Key.Key_P, Key.Key_F, Key.Key_H,
    Key.Key_V, Key.Key_0, Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Delete, Key.Key_Backspace,
    Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab, Key.Key_Up, Key.Key_Down, Key.Key_Left,
    Key.Key_Right, Key.Key_F2, Key.Key_F6, Key.Key_Space, Key.Key_Home, Key.Key_End, Key.Key_PageDown,
)  # fmt: skip
CELL_KEYS = (
    (Key.Key_Return, NONE), (Key.Key_Return, CTRL), (Key.Key_Escape, NONE), (Key.Key_Tab, NONE),
    (Key.Key_F2, NONE), (Key.Key_Delete, NONE), (Key.Key_Delete, CTRL), (Key.Key_Space, NONE),
    (Key.Key_A, CTRL), (Key.Key_C, CTRL), (Key.Key_X, CTRL), (Key.Key_V, CTRL), (Key.Key_V, CTRL),
    (Key.Key_R, NONE), (Key.Key_B, NONE), (Key.Key_3, NONE), (Key.Key_Up, NONE), (Key.Key_Down, SHIFT),
    (Key.Key_Right, NONE), (Key.Key_End, CTRL), (Key.Key_Home, CTRL), (Key.Key_Z, CTRL), (Key.Key_F, CTRL),
)  # fmt: skip
LIST_KEYS = (Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_Home)
FIELD_KEYS = (
    (Key.Key_Return, NONE), (Key.Key_Return, NONE), (Key.Key_Return, SHIFT), (Key.Key_Tab, NONE),
    (Key.Key_Down, NONE), (Key.Key_Up, NONE), (Key.Key_Escape, NONE), (Key.Key_A, CTRL), (Key.Key_V, CTRL),
)  # fmt: skip

WORDS = (
    "Zoe", "R&D", "<b>x</b>", "Ana > Ben: chat daily", "Kim, Lars <> Mina weekly 30m", "@", ">", "=1+1",
    "Zoe @Sales", "Sales needs Product", "Ana knows payroll", "\u05d3\u05e0\u05d4", "12", "0", ", ,", "\t",
)  # fmt: skip
LINES = (
    "Ana", "Ana, Ben, Cy @Support", "Ana > Ben", "Ana <> Ben, Cy: chat daily 10m",
    "Support > Sales: mail weekly", "Ana reports to Ben", "Sales needs Support", "Ana knows payroll, tax",
    "Anna > Benn", "Suport > Ana", "Ana level 2", "Cy is outside", "Ana moves to Sales", "Ana leads Sales",
    "Dov @Sales, Support", "Ana > ", "> Ben: daily", "Ana > Ben: pigeon 99m hourly", "needs", "@@",
    "Zo\u00eb = R&D, <b>x</b>", "Sales @Support", "Support @Sales", "Ana seeks law", "Ana > Ana",
)  # fmt: skip
PASTED = (
    *LINES,
    "Ana > Ben\nBen > Cy: mail weekly\nCy <> Ana",
    "Ana > Ben\nthis is nothing at all > > >\nMina @Sales\n\n- Kim\n- Lars",
    "name\tmodule\tlevel\nAna\tSales\t1\nBen\tSupport\t2\nDov\tSales\tnine",
    "from\tto\tchannel\tper week\nAna\tBen\tmail\t5\nBen\tZoe\tchat\tx",
    "Ana\tBen\tCy\n1\t2\t3\n4\t5\t6",
    "yes", "no", "-1", "1e999", "", "\n\n\n", "a" * 3_000, "\u202eabc\u0000def", "x,y;z|w",
)  # fmt: skip
SOUGHT = ("a", "an", "tidy", "sales", "find", "link", "zz", "", "pay", "theme", "<b>", ">", "e")
