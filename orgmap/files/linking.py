"""What a row of a link table means for the map: which kind, which way, between whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from orgmap.files.reading import Arrows, ReadOptions, RowKind, Weight
from orgmap.files.values import MODULE, brief, near, plain
from orgmap.i18n import text
from orgmap.model.entities import Json, Link, LinkKind
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.files.assembly import Assembly, Where

_NO_END = text("notes", "The row names only one end; it was left out.")
_SELF = text("notes", "The row links {name} to itself; it was left out.")
_NO_END_HERE = text("notes", "The link names only one end; it was left out.")  # of a graph
_SELF_HERE = text("notes", "The link leads from {name} to itself; it was left out.")
_KIND = text("notes", "{kind} is no kind of link; read as {read}, and kept as it is.")
_NOT_BOTH = text("notes", "Only talk goes both ways; this link points one way.")
_LEAD = frozenset(("lead", "leader", "head", "chair", "manager", "owner", "coordinator"))
_KINDS: Mapping[str, RowKind] = {
    **dict.fromkeys(("talks", "talk", "talksto", "communicates", "informs", "tells"), RowKind.TALKS),
    **dict.fromkeys(("reports", "reportsto", "reporting", "managedby"), RowKind.REPORTS),
    **dict.fromkeys(("needs", "need", "dependson", "depends", "requires"), RowKind.NEEDS),
    **dict.fromkeys(("member", "memberof", "belongsto", "ismemberof"), RowKind.MEMBER),
    **dict.fromkeys(("partof", "subteamof", "inside", "within"), RowKind.PART_OF),
}
_BOTH_WAYS = {"undirected": True, "directed": False, "mutual": True, "twoway": True, "oneway": False}
_DECIDED = ("source", "target", "kind", "two_way", "channel", "strength", "extra", "unread")
_COPIED = frozenset(each.name for each in fields_of(Link)).difference(_DECIDED)


@dataclass(slots=True)
class LinkRow:
    """What a row says: the words of its two ends, its fields as `columns` has them, its extras."""

    source: str
    target: str
    fields: dict[str, Any]
    extra: dict[str, Json]
    where: Where
    target_where: Where | None = None  # where the second end is named, if not in this row


def is_kind(word: str) -> bool:
    """Is this the word for a kind of link?"""
    return plain(word) in _KINDS


class Linking:
    """Turns rows into links of an assembly."""

    def __init__(self, assembly: Assembly) -> None:
        self._to = assembly

    def add(self, row: LinkRow, options: ReadOptions) -> None:
        """Take one row in, or leave a note."""
        if not row.source or not row.target:
            said = _NO_END if row.where.row is not None else _NO_END_HERE
            self._to.note(row.where, said(), "source" if not row.source else "target", left_out=True)
            return
        kind, two_way = self._kind(row, options)
        module = {RowKind.MEMBER: (None, MODULE), RowKind.PART_OF: (MODULE, MODULE)}.get(kind, (None, None))
        source = self._to.end(row.source, row.where, module[0], ("source", ()))
        target = self._to.end(row.target, row.target_where or row.where, module[1], ("target", ()))
        if source is None or target is None:
            return
        if source == target:
            said = _SELF if row.where.row is not None else _SELF_HERE
            message = said(name=brief(self._to.name_of(source)))
            self._to.note(row.where, message, "target", row.target, left_out=True)
        elif kind == RowKind.MEMBER:
            self._member(source, target, row)
        elif kind == RowKind.PART_OF:
            self._to.lay(source, target, row.where)
            for name, value in row.extra.items():
                self._to.remark(source, name, str(value))
        else:
            self._line(LinkKind(kind.value), source, target, two_way, row, options)

    def _member(self, member: str, module: str, row: LinkRow) -> None:
        self._to.belong(member, module, row.where)
        role = row.fields.get("role", "")
        for name, value in row.extra.items():
            self._to.remark(member, f"{name} in {self._to.name_of(module)}", str(value))
        if self._to.is_module(member) or not self._to.is_module(module) or not role:
            return
        if plain(role) in _LEAD:
            self._to.lead(module, member, row.where)
        elif plain(role) != "member":
            self._to.remark(member, f"role in {self._to.name_of(module)}", role)

    def _kind(self, row: LinkRow, options: ReadOptions) -> tuple[RowKind, bool]:
        fields = row.fields
        two_way = options.undirected
        if "two_way" in fields:
            two_way = fields["two_way"]
        elif "one_way" in fields:
            two_way = fields["one_way"]
        said = fields.get("kind")
        if not said:
            return options.kind, two_way
        word = plain(said)
        if word in _BOTH_WAYS:
            return options.kind, _BOTH_WAYS[word]
        found = _KINDS.get(word)
        if found is None:
            offers = [_KINDS[word].value for word in near(said, _KINDS)] + [kind.value for kind in RowKind]
            message = _KIND(kind=brief(said), read=options.kind.value)
            self._to.note(row.where, message, "kind", said, offers)
            row.extra = {"type": said, **row.extra}
            return options.kind, two_way
        return found, two_way

    def _line(
        self, kind: LinkKind, source: str, target: str, two_way: bool, row: LinkRow, options: ReadOptions
    ) -> None:
        fields = row.fields
        if kind is LinkKind.REPORTS or (kind is LinkKind.TALKS and options.arrows == Arrows.ASKS):
            source, target = target, source
            if kind is LinkKind.TALKS and not two_way and not self._to.info.asked:
                self._to.info = replace(self._to.info, asked=True)
        made: dict[str, Any] = {"source": source, "target": target, "kind": kind}
        if two_way and kind is LinkKind.TALKS:
            made["two_way"] = True
        elif two_way and not options.undirected:
            self._to.note(row.where, _NOT_BOTH(), "two_way", "", ("no",))
        if fields:
            for name, value in fields.items():
                if name in _COPIED:
                    made[name] = value
            if "channel" in fields:
                made["channel"] = self._to.channel(fields["channel"])
            if "weight" in fields:
                self._weigh(made, fields["weight"], options.weight)
            if "role" in fields:
                row.extra = {"role": fields["role"], **row.extra}
        if row.extra:
            made["extra"] = row.extra
        self._to.join_link(row.where, made)

    def _weigh(self, made: dict[str, Any], weight: float, meaning: Weight) -> None:
        if meaning == Weight.PER_WEEK:
            made.setdefault("per_week", weight)
        elif meaning == Weight.MINUTES:
            made.setdefault("minutes", weight)
        else:
            made["strength"] = weight


def repeated(
    links: Collection[tuple[Where, dict[str, Any]]], progress: Progress = SILENT
) -> list[tuple[str, str]]:
    """The ends of rows that say the same as an earlier one in every way: perhaps they were written twice."""
    first: dict[tuple[str, str], dict[str, Any]] = {}
    said: dict[tuple[str, str], set[str]] = {}
    found: list[tuple[str, str]] = []
    for where, fields in progress.over(links):
        ends = fields["source"], fields["target"]
        if where.row is None or first.setdefault(ends, fields) is fields:
            continue
        known, words = said.setdefault(ends, {repr(first[ends])}), repr(fields)
        if words in known:
            found.append(ends)
        known.add(words)
    return found
