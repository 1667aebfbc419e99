"""What a cell of the matrix says, in a sentence: to the eye, to a screen reader, to undo."""

from __future__ import annotations

from orgmap.drawing.captions import often
from orgmap.drawing.plain import shown
from orgmap.i18n import Said, names, say, text, verbatim
from orgmap.model.crossing import NO_MODULE, Cell, Crossing, Grain
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkKind
from orgmap.model.query import name_of

_LONG = text("how long", "{minutes} minutes")

_ONE_WAY = text("matrix", "{row} tells {column}{how}. No way back.")
_TELLS_TOO = text("matrix", "{row} tells {column}{how}; {column} tells {row} too.")
_BOTH = text("matrix", "{row} and {column} talk both ways{how}.")
_HEARS = text("matrix", "{row} tells {column} nothing; {column} tells {row}.")
_NOTHING = text("matrix", "{row} and {column} do not talk.")
_SELF = text("matrix", "{row} stands here.")
_BOSS = text("matrix", "{row} is the boss of {column}.")
_NO_BOSS = text("matrix", "{row} is not the boss of {column}.")
_NEEDS = text("matrix", "{row} needs the work of {column}{step}.")
_NO_NEED = text("matrix", "{row} does not need the work of {column}.")
_STEP = text("matrix", ", step {step} of the work")
_INSIDE = text("matrix", "Inside {row}: {count}.")
_INSIDE_NONE = text("matrix", "Inside {row} nobody talks.")
_MODULE = text("matrix", "{row} tells {column}: {count}. {back}")
_BACK = text("matrix", "Back come {count}.")
_NO_BACK = text("matrix", "No way back.")
_LIES = text("matrix", "{column} lies in {row}: what they say to one another stays inside.")
_LINKS = text("matrix", "{n} link", "{n} links")
_CONTACTS = text("matrix", "{links}, {times} contacts a week")
_ASKED = text("matrix", "{row} needs {column}, and no talk is drawn. Who would talk?")
_ASKED_BACK = text("matrix", "{row} needs {column}, and only {speaker} speaks. What would come back?")
_HOW = text("matrix", ": {how}")
_LOOSE = text("matrix", "people without a module")


def called(document: Document, key: EndId) -> str:
    """The name of a row."""
    return str(_LOOSE()) if key == NO_MODULE else shown(name_of(document, key))


def sentence(table: Crossing, row: EndId, column: EndId) -> Said:
    """What a cell says."""
    document = table.document
    who = {"row": called(document, row), "column": called(document, column)}
    cell, back = table.cell(row, column), table.cell(column, row)
    if table.asked(row, column):
        return _question(table, row, column, back)
    if table.grain is Grain.MODULES:
        if cell is None and row != column and table.holds(row, column):
            return (
                _LIES(**who) if row in table.around(column) else _LIES(row=who["column"], column=who["row"])
            )
        return _of_modules(row == column, who, cell, back)
    if row == column:
        return _SELF(**who)
    if table.kind is LinkKind.REPORTS:
        return (_BOSS if cell is not None else _NO_BOSS)(**who)
    if table.kind is LinkKind.NEEDS:
        return _NEEDS(**who, step=_step(document, cell)) if cell is not None else _NO_NEED(**who)
    if cell is None:
        return (_HEARS if back is not None else _NOTHING)(**who)
    how = _how(document, cell)
    if back is None:
        return _ONE_WAY(**who, how=how)
    return (_BOTH if set(cell.links) & set(back.links) else _TELLS_TOO)(**who, how=how)


def _question(table: Crossing, row: EndId, column: EndId, back: Cell | None) -> Said:
    needs = (row, column) if (row, column) in table.needs else (column, row)
    who = {"row": called(table.document, needs[0]), "column": called(table.document, needs[1])}
    if back is None:
        return _ASKED(**who)
    return _ASKED_BACK(**who, speaker=called(table.document, column))


def _of_modules(inside: bool, who: dict[str, str], cell: Cell | None, back: Cell | None) -> Said:
    if inside:
        return _INSIDE(**who, count=_counted(cell)) if cell is not None else _INSIDE_NONE(**who)
    if cell is None:
        return (_HEARS if back is not None else _NOTHING)(**who)
    answer = _BACK(count=_counted(back)) if back is not None else _NO_BACK()
    return _MODULE(**who, count=_counted(cell), back=answer)


def _counted(cell: Cell) -> Said:
    links = _LINKS(n=len(cell.links))
    return links if cell.per_week is None else _CONTACTS(links=links, times=cell.per_week)


def _step(document: Document, cell: Cell) -> Said:
    steps = (document.links[key].step for key in cell.links)
    step = next((step for step in steps if step is not None), None)
    return _STEP(step=step) if step is not None else verbatim("")


def _how(document: Document, cell: Cell) -> Said:
    told = [carried(document, document.links[key]) for key in cell.links]
    listed = [words for words in told if words]
    return _HOW(how=names(dict.fromkeys(listed), most=3)) if listed else verbatim("")


def carried(document: Document, link: Link) -> str:
    """How a link is carried, how often and how long, as in "chat, daily"; empty if nobody said."""
    channel = document.channels.get(link.channel) if link.channel is not None else None
    parts = [shown(channel.name)] if channel is not None else []
    if link.per_week is not None:
        parts.append(often(link.per_week))
    if link.minutes is not None:
        parts.append(str(_LONG(minutes=link.minutes)))
    return ", ".join(parts)


def summary(table: Crossing) -> str:
    """What the matrix is, for a screen reader."""
    rows = len(table.keys)
    return say("matrix", "Who tells whom, {n} row", "Who tells whom, {n} rows", n=rows)
