"""Who tells whom as a table: rows tell columns, person by person or module by module.

A two-way link stands in both cells, on the diagonal once. A module speaks for those nested in it,
too; what an outer one and its own inner one say to one another is inside the outer. The verbs at
the end alter one cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, ModuleId, Node, Status
from orgmap.model.query import above, children, home

NO_MODULE = ModuleId("")  # the row of people without a module


class Grain(StrEnum):
    """What a row of the table is."""

    PEOPLE = "people"
    MODULES = "modules"


@dataclass(slots=True)
class Cell:
    """What row says to column: its links, and the contacts a week they say, None if none does.

    `direct`: links between the two themselves, not between their people. `proposed`: is all of it
    only proposed? `vague`: some link does not say how often.
    """

    links: list[LinkId] = field(default_factory=list)
    direct: list[LinkId] = field(default_factory=list)
    per_week: float | None = None
    vague: bool = False
    proposed: bool = True


class Crossing:
    """The table of one document, for one kind of link. O(nodes + links)."""

    def __init__(self, document: Document, grain: Grain, kind: LinkKind = LinkKind.TALKS) -> None:
        self.document, self.grain, self.kind = document, grain, kind
        self._place: dict[EndId, EndId] = {}
        self._around: dict[EndId, tuple[EndId, ...]] = {}  # each module with those it lies in
        for node in document.nodes.values():
            own = home(node) if grain is Grain.MODULES else node.id
            self._place[node.id] = own if own is not None else NO_MODULE
        if grain is Grain.MODULES:
            self._place |= {module: module for module in document.modules}
            self._around = {key: tuple(m.id for m in above(document, key)) for key in document.modules}
        self.left_out = 0  # links of the kind that have no cell: those of modules among people
        self.rows: dict[EndId, dict[EndId, Cell]] = defaultdict(dict)
        self.needs: set[tuple[EndId, EndId]] = set()
        for link in document.links.values():
            self._add(link)

    @cached_property
    def keys(self) -> list[EndId]:
        """The rows in the order of modules, nested ones after their outer one; then who has none."""
        modules = [module for module, _ in nested(self.document)]
        loose = any(home(node) is None for node in self.document.nodes.values())
        if self.grain is Grain.MODULES:
            return [*modules, *([NO_MODULE] if loose and self._loose_talk() else [])]
        inside: dict[ModuleId | None, list[EndId]] = defaultdict(list)
        for node in self.document.nodes.values():
            inside[home(node)].append(node.id)
        return [key for module in (*modules, None) for key in inside[module]]

    def cell(self, row: EndId, column: EndId) -> Cell | None:
        """What row says to column; None if nothing."""
        return self.rows[row].get(column) if row in self.rows else None

    def asked(self, row: EndId, column: EndId) -> bool:
        """Is this an empty cell between two who need one another's work?"""
        needed = (row, column) in self.needs or (column, row) in self.needs
        return self.kind is LinkKind.TALKS and needed and self.cell(row, column) is None

    @cached_property
    def questions(self) -> set[tuple[EndId, EndId]]:
        """Every empty cell that asks."""
        pairs = self.needs | {(other, one) for one, other in self.needs}
        return {(row, column) for row, column in pairs if self.asked(row, column)}

    def most(self, *, contact: bool) -> float:
        """The largest number off the diagonal, and at least 1."""
        cells = [c for row, line in self.rows.items() for column, c in line.items() if row != column]
        said = [c.per_week or 0.0 for c in cells] if contact else [float(len(c.links)) for c in cells]
        return max(said, default=1.0) or 1.0

    def _loose_talk(self) -> bool:
        return NO_MODULE in self.rows or any(NO_MODULE in line for line in self.rows.values())

    def followed(self, document: Document, change: Change) -> bool:
        """Take over a change that only alters links of talk or formal lines, or names.

        False, with nothing altered, if the table has to be made anew. O(links of the cells touched).
        """
        if change.modules or not all(_at_home(pair) for pair in change.nodes.values()):
            return False
        links = [link for pair in change.links.values() for link in pair if link is not None]
        if any(link.kind is LinkKind.NEEDS for link in links):
            return False
        own = [link for link in links if link.kind is self.kind]
        stale = {pair for link in own for pair in self._cells(link)}
        if any(NO_MODULE in pair for pair in stale) or not all(self._cells(link) for link in own):
            return False
        self.document = document
        self.__dict__.pop("questions", None)
        for row, column in stale:
            old = self.rows[row].pop(column, None)
            kept = dict.fromkeys(old.links if old is not None else ())
            for key, (_, after) in change.links.items():
                kept.pop(key, None)
                if after is not None and after.kind is self.kind and (row, column) in self._cells(after):
                    kept[key] = None
            for key in kept:
                self._put(row, column, document.links[key])
        return True

    def _cells(self, link: Link) -> set[tuple[EndId, EndId]]:
        """The cells in which a link stands; none if an end has no row."""
        row, column = self._place.get(link.source), self._place.get(link.target)
        if row is None or column is None:
            return set()
        if not self._around:
            return {(row, column), (column, row)} if link.two_way else {(row, column)}
        pairs = {(row, column)}
        for one in self._around.get(row, (row,)):
            for other in self._around.get(column, (column,)):
                if one == other or not self.holds(one, other):
                    pairs.add((one, other))
        return pairs | {(other, one) for one, other in pairs} if link.two_way else pairs

    def around(self, module: EndId) -> tuple[EndId, ...]:
        """A module and those it lies in, innermost first; nothing for people."""
        return self._around.get(module, ())

    def holds(self, one: EndId, other: EndId) -> bool:
        """Does one of two modules lie in the other?"""
        return one in self._around.get(other, ()) or other in self._around.get(one, ())

    def _add(self, link: Link) -> None:
        cells = self._cells(link)
        self.left_out += link.kind is self.kind and not cells
        if link.kind is LinkKind.NEEDS and link.status is not Status.PROPOSED:
            self.needs.update(pair for pair in cells if pair[0] != pair[1])
        if link.kind is self.kind:
            for row, column in cells:
                self._put(row, column, link)

    def _put(self, row: EndId, column: EndId, link: Link) -> None:
        line = self.rows[row]
        cell = line.get(column)
        if cell is None:
            cell = line[column] = Cell()
        cell.links.append(link.id)
        if link.source in (row, column) and link.target in (row, column):
            cell.direct.append(link.id)
        cell.proposed = cell.proposed and link.status is Status.PROPOSED
        if link.per_week is None:
            cell.vague = True
        else:
            cell.per_week = (cell.per_week or 0.0) + link.per_week


def _at_home(pair: tuple[Node | None, Node | None]) -> bool:
    """Was the node there before, and has it the home it had?"""
    old, new = pair
    return old is not None and new is not None and home(old) == home(new)


def number(cell: Cell, *, contact: bool) -> float | None:
    """The number of a cell: links, or contacts a week; None if nobody said how often."""
    return cell.per_week if contact else float(len(cell.links))


def nested(document: Document) -> list[tuple[ModuleId, int]]:
    """All modules in the order of the map, nested ones after their outer one, with their depth."""
    below = children(document)
    found: list[tuple[ModuleId, int]] = []
    waiting = [(module, 0) for module in reversed(below.get(None, []))]
    while waiting:
        module, depth = waiting.pop()
        found.append((module, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(module, []))]
    return found


# -- one cell altered -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """The links of a kind between two ends themselves: from row to column, back, and both ways."""

    out: tuple[Link, ...] = ()
    back: tuple[Link, ...] = ()
    both: tuple[Link, ...] = ()

    @property
    def tells(self) -> bool:
        """Does row tell column?"""
        return bool(self.out or self.both)

    @property
    def hears(self) -> bool:
        """Does column tell row?"""
        return bool(self.back or self.both)


def tie(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Tie:
    """What is drawn between two ends. O(links)."""
    out: list[Link] = []
    back: list[Link] = []
    both: list[Link] = []
    for link in document.links.values():
        if link.kind is kind and {link.source, link.target} == {row, column}:
            (both if link.two_way else out if link.source == row else back).append(link)
    return Tie(tuple(out), tuple(back), tuple(both))


def cycled(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Change:
    """The next in turn: nothing, row tells column, both ways, row tells column again."""
    drawn = tie(document, row, column, kind)
    if not drawn.tells and not drawn.hears:
        return _added(document, row, column, kind)
    if kind is not LinkKind.TALKS:
        return _turned(document, (*drawn.out, *drawn.back))
    if drawn.tells and drawn.hears:
        return one_way(document, row, column)
    return both_ways(document, row, column)


def both_ways(document: Document, row: EndId, column: EndId) -> Change:
    """Let two talk both ways on the line there is, or on a new one."""
    drawn = tie(document, row, column, LinkKind.TALKS)
    if drawn.both:
        return Change()
    line = next(iter((*drawn.out, *drawn.back)), None)
    if line is None:
        change = _added(document, row, column, LinkKind.TALKS)
        made = next(new for _, new in change.links.values() if new is not None)
        return change.then(Draft(document.apply(change)).put(replace(made, two_way=True)).change())
    return Draft(document).put(replace(line, two_way=True)).change()


def one_way(document: Document, row: EndId, column: EndId) -> Change:
    """Let only row tell column: the way back goes, whatever it ran on."""
    drawn = tie(document, row, column, LinkKind.TALKS)
    draft = Draft(document)
    for link in drawn.both:
        draft.put(replace(link, source=row, target=column, two_way=False))
    kept = bool(drawn.both or drawn.out)
    for place, link in enumerate(drawn.back):
        if kept or place:
            draft.drop(link)
        else:
            draft.put(replace(link, source=row, target=column))
    if not kept and not drawn.back:
        return _added(document, row, column, LinkKind.TALKS)
    return draft.change()


def emptied(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Change:
    """Row tells column nothing any more; what column tells row stays."""
    drawn = tie(document, row, column, kind)
    draft = Draft(document)
    for link in drawn.out:
        draft.drop(link)
    for link in drawn.both:
        draft.put(replace(link, source=column, target=row, two_way=False))
    return draft.change()


def turned(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Change:
    """Let what goes one way go the other."""
    drawn = tie(document, row, column, kind)
    return _turned(document, (*drawn.out, *drawn.back))


def parted(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Change:
    """Nothing of the kind is drawn between the two any more."""
    drawn = tie(document, row, column, kind)
    draft = Draft(document)
    for link in (*drawn.out, *drawn.back, *drawn.both):
        draft.drop(link)
    return draft.change()


def _turned(document: Document, links: Sequence[Link]) -> Change:
    draft = Draft(document)
    for link in links:
        draft.put(replace(link, source=link.target, target=link.source))
    return draft.change()


def _added(document: Document, row: EndId, column: EndId, kind: LinkKind) -> Change:
    if row == column or document.end(row) is None or document.end(column) is None:
        return Change()
    draft = Draft(document)
    made = LinkId(draft.fresh("l"))
    return draft.put(Link(id=made, source=row, target=column, kind=kind)).change()
