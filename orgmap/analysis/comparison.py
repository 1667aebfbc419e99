"""What differs between two maps: in structure, in measures, in findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from orgmap import __version__
from orgmap.analysis import record
from orgmap.analysis.findings import Finding, Number, Numbers, Report
from orgmap.analysis.matching import Matching, differing, matched
from orgmap.analysis.record import Plain
from orgmap.analysis.registry import run
from orgmap.i18n import Names, Said, Text, names, text
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, Module, ModuleId, Node, NodeId
from orgmap.model.query import counts, name_of
from orgmap.progress import SILENT, Progress

NOISE = 1e-9  # two runs of the engine agree to this

Entity = TypeVar("Entity", Node, Module, Link)
Key = TypeVar("Key", NodeId, ModuleId, LinkId)
Shift = tuple[Number, Number]  # before and after

_PEOPLE = text("comparison", "People and roles: {changes}")
_MODULES = text("comparison", "Modules: {changes}")
_LINKS = text("comparison", "Links: {changes}")
_ADDED = text("comparison", "{n} more ({names})")
_REMOVED = text("comparison", "{n} fewer ({names})")
_CHANGED = text("comparison", "{n} changed ({names})")
_LINE = text("comparison", "{source} to {target}")
_JOINED = text("list", "{first}, {next}")


@dataclass(frozen=True, slots=True)
class Changed(Generic[Entity]):
    """One thing that is in both maps and not the same: `fields` names what differs.

    `after` is in the ids of the earlier map, so that its references can be compared.
    """

    before: Entity
    after: Entity
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences(Generic[Entity]):
    """What is only in the later map, only in the earlier, and in both but not the same."""

    added: tuple[Entity, ...]
    removed: tuple[Entity, ...]
    changed: tuple[Changed[Entity], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The earlier map against the later one. Ids of people and modules in `people` and `modules`,
    and of what the `changed` findings are about, are those of the earlier map.
    """

    before: Document
    after: Document
    nodes: Differences[Node]
    module_changes: Differences[Module]
    link_changes: Differences[Link]
    map: Mapping[str, Shift]
    people: Mapping[NodeId, Mapping[str, Shift]]
    modules: Mapping[ModuleId, Mapping[str, Shift]]
    resolved: tuple[Finding, ...]
    new: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]

    def __bool__(self) -> bool:
        structure = self.nodes or self.module_changes or self.link_changes
        return bool(structure or self.map or self.people or self.resolved or self.new or self.changed)


def compare(
    before: Document,
    after: Document,
    *,
    reports: tuple[Report, Report] | None = None,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Comparison:
    """What differs. `reports` are those of the two maps where the caller has them already.

    A finding is the same if code and subjects are, and changed if it says something else of them, or
    the same of some of them; what is not judged on either map is left out.
    """
    if reports is None:
        earlier = run(before, seed=seed, progress=progress.part(0.0, 0.5))
        reports = earlier, run(after, seed=seed, progress=progress.part(0.5, 1.0))
    same = matched(before, after)
    old, new = reports
    resolved, fresh, changed = _findings(old.judged, new.judged, same)
    return Comparison(
        before=before,
        after=after,
        nodes=_differences(before.nodes, {k: same.node(n) for k, n in after.nodes.items()}, same.nodes),
        module_changes=_differences(
            before.modules, {k: same.module(m) for k, m in after.modules.items()}, same.modules
        ),
        link_changes=_differences(
            before.links, {k: same.link(link) for k, link in after.links.items()}, same.links
        ),
        map=_shifts(old.map, new.map),
        people=_each(old.people, new.people, same.nodes),
        modules=_each(old.modules, new.modules, same.modules),
        resolved=resolved,
        new=fresh,
        changed=changed,
    )


def as_json(comparison: Comparison, *, files: tuple[str, str] = ("", "")) -> dict[str, Plain]:
    """The comparison as plain data, texts in English; `files` are the paths as they were given."""
    before, after = comparison.before, comparison.after
    return {
        "orgmap": __version__,
        "schema": record.SCHEMA,
        "before": _head(before, files[0]),
        "after": _head(after, files[1]),
        "structure": {
            "nodes": _structure(comparison.nodes),
            "modules": _structure(comparison.module_changes),
            "links": _structure(comparison.link_changes),
        },
        "measures": {
            "map": _shifted(comparison.map),
            "people": [
                {"id": v, "name": before.nodes[v].name, "measures": _shifted(shifts)}
                for v, shifts in comparison.people.items()
            ],
            "modules": [
                {"id": m, "name": before.modules[m].name, "measures": _shifted(shifts)}
                for m, shifts in comparison.modules.items()
            ],
        },
        "findings": {
            "resolved": [record.finding_as_json(f) for f in comparison.resolved],
            "new": [record.finding_as_json(f) for f in comparison.new],
            "changed": [
                {"before": record.finding_as_json(f), "after": record.finding_as_json(g)}
                for f, g in comparison.changed
            ],
        },
    }


def structure(comparison: Comparison) -> Iterator[Said]:
    """What differs in people, modules and links, a sentence for each of the three that differs."""
    before, after = comparison.before, comparison.after

    def line(link: Link) -> str:
        ends = (name_of(before, end) or name_of(after, end) for end in (link.source, link.target))
        source, target = ends
        return str(_LINE(source=source, target=target))

    yield from _told(_PEOPLE, comparison.nodes, lambda node: node.name or node.id)
    yield from _told(_MODULES, comparison.module_changes, lambda module: module.name or module.id)
    yield from _told(_LINKS, comparison.link_changes, line)


def _differences(
    before: Mapping[Key, Entity], after: Mapping[Key, Entity], same: Mapping[Key, Key]
) -> Differences[Entity]:
    stays = set(same.values())
    pairs = ((before[same[key]], entity) for key, entity in after.items() if key in same)
    changed = (Changed(old, new, found) for old, new in pairs if (found := differing(old, new)))
    return Differences(
        added=tuple(entity for key, entity in after.items() if key not in same),
        removed=tuple(entity for key, entity in before.items() if key not in stays),
        changed=tuple(changed),
    )


def _shifts(before: Numbers, after: Numbers) -> dict[str, Shift]:
    """The measures that are not the same before and after, in the order of `before`."""
    keys = dict.fromkeys([*before, *after])
    pairs = {key: (before.get(key), after.get(key)) for key in keys}
    return {key: pair for key, pair in pairs.items() if _differ(*pair)}


def _differ(before: Number, after: Number) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(before - after) > NOISE * max(1.0, abs(before), abs(after))


def _each(
    before: Mapping[Key, Numbers], after: Mapping[Key, Numbers], same: Mapping[Key, Key]
) -> dict[Key, dict[str, Shift]]:
    pairs = ((same[key], numbers) for key, numbers in after.items() if same.get(key) in before)
    shifts = {key: _shifts(before[key], numbers) for key, numbers in pairs}
    return {key: shifts[key] for key in before if shifts.get(key)}


def _findings(
    before: Iterable[Finding], after: Iterable[Finding], same: Matching
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[tuple[Finding, Finding], ...]]:
    """Resolved, new, and changed (earlier, later)."""
    old = list(before)
    later = [(finding, _subjects(finding, same)) for finding in after]
    pairs: list[tuple[Finding, Finding]] = []
    waiting: list[tuple[Finding, frozenset[str]]] = []
    for finding, subjects in later:
        found = next((f for f in old if f.code == finding.code and _subjects(f) == subjects), None)
        if found is None:
            waiting.append((finding, subjects))
        else:
            old.remove(found)
            if _says_else(found, finding):
                pairs.append((found, finding))
    new: list[Finding] = []
    for finding, subjects in waiting:
        alike = [f for f in old if f.code == finding.code and _subjects(f) & subjects]
        if alike:
            nearest = max(alike, key=lambda f: len(_subjects(f) & subjects))
            old.remove(nearest)
            pairs.append((nearest, finding))
        else:
            new.append(finding)
    return tuple(old), tuple(new), tuple(pairs)


def _subjects(finding: Finding, same: Matching | None = None) -> frozenset[str]:
    """The ids of whom the finding is about; with `same`, those of the earlier map."""
    if same is None:
        return frozenset((*finding.people, *finding.modules, *finding.links))
    return frozenset(
        (
            *(same.nodes.get(v, v) for v in finding.people),
            *(same.modules.get(m, m) for m in finding.modules),
            *(same.links.get(link, link) for link in finding.links),
        )
    )


def _says_else(before: Finding, after: Finding) -> bool:
    return (
        before.weight is not after.weight
        or _differ(before.severity, after.severity)
        or before.claim.text != after.claim.text
        or _words(before.claim) != _words(after.claim)
    )


def _words(said: Said) -> list[str]:
    """The values of a text, in no order: where ids differ, so does who is named first."""
    found: list[str] = []
    for _, value in said.values:
        if isinstance(value, Said):
            found += [value.text.one, *_words(value)]
        elif isinstance(value, Names):
            found += value.names
        else:
            found.append(f"{value:.9g}" if isinstance(value, float) else str(value))
    return sorted(found)


def _head(document: Document, file: str) -> Plain:
    people, modules, links = counts(document)
    title = document.info.title
    return {"file": file, "title": title, "people": people, "modules": modules, "links": links}


def _structure(differences: Differences[Entity]) -> Plain:
    return {
        "added": [record.entity_as_json(entity) for entity in differences.added],
        "removed": [record.entity_as_json(entity) for entity in differences.removed],
        "changed": [
            {
                "id": change.before.id,
                "fields": {
                    name: {
                        "before": record.plain(getattr(change.before, name)),
                        "after": record.plain(getattr(change.after, name)),
                    }
                    for name in change.fields
                },
            }
            for change in differences.changed
        ],
    }


def _shifted(shifts: Mapping[str, Shift]) -> Plain:
    return {
        key: {"before": record.plain(before), "after": record.plain(after)}
        for key, (before, after) in shifts.items()
    }


def _told(sentence: Text, differences: Differences[Entity], named: Callable[[Entity], str]) -> Iterator[Said]:
    """One sentence on one kind of thing, nothing where nothing differs."""
    kinds = (
        (_ADDED, differences.added),
        (_REMOVED, differences.removed),
        (_CHANGED, tuple(change.before for change in differences.changed)),
    )
    parts = [
        each(n=len(entities), names=names(named(entity) for entity in entities))
        for each, entities in kinds
        if entities
    ]
    if parts:
        yield sentence(changes=_joined(parts))


def _joined(parts: Sequence[Said]) -> Said:
    joined = parts[0]
    for part in parts[1:]:
        joined = _JOINED(first=joined, next=part)
    return joined
