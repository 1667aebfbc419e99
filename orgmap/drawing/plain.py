"""Names as they can be shown: one line, no control characters, nothing that turns the text round."""

from __future__ import annotations

import unicodedata

from orgmap.i18n import APART, TURNING

LONGEST = 120  # characters ever laid out; the rest could not be read on a map anyway
MOST_DIGITS = 3  # of a number that has room inside a node

_TURNING = TURNING | set(APART)
_JOINERS = "\u200c\u200d"  # part of words in Persian and Hindi, and of emoji


def shown(name: str, longest: int = LONGEST) -> str:
    """The name as one line of plain text of at most `longest` characters."""
    if name.isascii() and name.isprintable() and len(name) <= longest:
        return name.strip()
    kept = "".join(map(_sign, name[: 4 * longest])).strip()
    kept = " ".join(kept.split())
    return kept if len(kept) <= longest else middle_cut(kept, longest)


def middle_cut(name: str, longest: int) -> str:
    """The name with its middle left out, `longest` characters long at most."""
    if len(name) <= longest:
        return name
    head = (longest - 1 + 1) // 2
    tail = longest - 1 - head
    return f"{name[:head].rstrip()}\u2026{name[len(name) - tail :].lstrip()}"


def initial(name: str) -> str:
    """The letter inside the node; empty if the name has none."""
    for sign in name:
        if sign.isalnum():
            return sign.upper()[:1]
    return ""


def node_sign(name: str) -> str:
    """What stands inside the node: its initial, or what tells it from its like, as the 3 of "Person 3"."""
    words = name.split()
    last = words[-1] if len(words) > 1 else ""
    numbered = last.isascii() and last.isdigit() and len(last) <= MOST_DIGITS
    return last if numbered else initial(name)


def _sign(sign: str) -> str:
    if sign in _TURNING:
        return ""
    if sign in _JOINERS:
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Cn", "Co") else sign
