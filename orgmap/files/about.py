"""What a workbook written here says beside its tables: the channels and what is said of the whole map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from orgmap.files.assembly import Assembly, Where
from orgmap.files.delimited import Sheet
from orgmap.files.elements import Attributes, called
from orgmap.files.mending import clean
from orgmap.files.values import (
    BadCell,
    Convert,
    amount,
    brief,
    flag,
    member_of,
    number,
    plain,
    text_cell,
    whole,
)
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.entities import Channel, ChannelId, Dash, MapInfo

CHANNELS, MAP = "channels", "map"  # names of the sheets
FIELD, VALUE = "field", "value"  # columns of the second
_CUT_OFF = "cut-off "  # before the name of a cut-off

_LEFT_OUT = text("notes", "{column}: {problem}; the cell was left out.")

_CHANNEL: dict[str, Convert] = {
    "id": text_cell,
    "name": text_cell,
    "delay": amount,
    "answers": flag,
    "at_once": flag,
    "formal": flag,
    "place": text_cell,
    "dash": member_of(Dash),
    "sign": text_cell,
    "rank": whole,
}
_INFO: dict[str, Convert] = {
    "title": text_cell,
    "purpose": text_cell,
    "notes": text_cell,
    "reporting_is_talk": flag,
    "asked": flag,
}


def is_about(sheet: Sheet) -> bool:
    """Is it one of the sheets that this program writes beside the tables?"""
    name, top = plain(sheet.name), next((row for row in sheet.rows if any(row)), [])
    if name == CHANNELS:
        return {"name", "answers"} <= set(top)
    return name == MAP and top[:2] == [FIELD, VALUE]


def is_empty(sheet: Sheet) -> bool:
    """Is there nothing on it but a row of names of columns?"""
    return not any(map(any, sheet.rows[1:])) and {"from", "to"} <= set(sheet.rows[0] if sheet.rows else ())


def take(sheet: Sheet, place: str, to: Assembly) -> None:
    """Take in what the sheet says; before any link, so that channels are known."""
    rows = [(number, row) for number, row in enumerate(sheet.rows, 1) if any(row)]
    top = rows[0][1]
    for at, row in rows[1:]:
        cells = dict(zip(top, row, strict=False))
        where = Where(at, f"{place}, {sheet.name}")
        if plain(sheet.name) == CHANNELS:
            _take_channel(cells, where, to)
        else:
            _take_info(cells.get(FIELD, ""), cells.get(VALUE, ""), where, to)


def channel_rows(document: Document) -> list[Attributes]:
    """One row for each channel of the map."""
    rows: list[Attributes] = []
    for each in document.channels.values():
        cells = {name: _cell(getattr(each, name)) for name in _CHANNEL}
        rows.append({**cells, "name": called(each)})
    return rows


def info_rows(document: Document) -> list[Attributes]:
    """One row for each thing that is said of the map."""
    info = document.info
    empty = MapInfo()
    rows: list[Attributes] = [
        {FIELD: name, VALUE: _cell(getattr(info, name))}
        for name in _INFO
        if getattr(info, name) != getattr(empty, name)
    ]
    rows += [{FIELD: _CUT_OFF + clean(name), VALUE: value} for name, value in info.thresholds.items()]
    return rows


def _cell(value: object) -> Any:  # noqa: ANN401 - what a cell can hold
    if isinstance(value, Dash):
        return value.value
    return clean(value) if isinstance(value, str) else value


def _take_channel(cells: dict[str, str], where: Where, to: Assembly) -> None:
    told = _converted(cells, _CHANNEL, where, to)
    name = told.get("name") or told.get("id")
    if name:
        to.known_channel(Channel(**{**told, "id": ChannelId(told.get("id") or name), "name": name}))


def _take_info(field: str, cell: str, where: Where, to: Assembly) -> None:
    if f"{field} ".startswith(_CUT_OFF):
        found = _converted({field: cell}, {field: number}, where, to)
        cut_offs = {name[len(_CUT_OFF) :]: value for name, value in found.items()}
        to.info = replace(to.info, thresholds={**to.info.thresholds, **cut_offs})
    else:
        to.info = replace(to.info, **_converted({field: cell}, _INFO, where, to))


def _converted(
    cells: dict[str, str], known: dict[str, Convert], where: Where, to: Assembly
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, convert in known.items():
        cell = cells.get(name, "")
        if cell:
            try:
                found[name] = convert(cell)
            except BadCell as bad:
                to.note(where, _LEFT_OUT(column=brief(name), problem=bad.message))
    return found
