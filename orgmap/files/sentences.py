"""What a row means for who hears whom, as a question with the user's own words."""

from __future__ import annotations

from orgmap.files.reading import Arrows, ReadOptions, RowKind
from orgmap.i18n import Said, text

_ASKS = text("preview", "{first} asks {second}, so information flows from {second} to {first}. Right?")
_TELLS = text("preview", "{first} tells {second}: information flows from {first} to {second}. Right?")
_BOTH = text("preview", "{first} and {second} talk with each other, both ways. Right?")
_REPORTS = text("preview", "{first} reports to {second}. Right?")
_NEEDS = text("preview", "The work of {first} needs the work of {second}. Right?")
_MEMBER = text("preview", "{first} belongs to the module {second}. Right?")
_PART_OF = text("preview", "The module {first} lies in the module {second}. Right?")
_SENTENCES = {
    RowKind.REPORTS: _REPORTS,
    RowKind.NEEDS: _NEEDS,
    RowKind.MEMBER: _MEMBER,
    RowKind.PART_OF: _PART_OF,
}


def sentence(first: str, second: str, options: ReadOptions) -> Said:
    """What an arrow from `first` to `second` means under these options, as a question."""
    found = _SENTENCES.get(options.kind)
    if found is not None:
        return found(first=first, second=second)
    if options.undirected:
        return _BOTH(first=first, second=second)
    return (_ASKS if options.arrows == Arrows.ASKS else _TELLS)(first=first, second=second)
