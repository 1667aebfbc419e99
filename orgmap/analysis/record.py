"""`analyze --json`: a report as plain data, to the letter of the contract.

Texts are English whatever the language in use; floats have 12 significant digits, since the engine
is exact to no more; what is not defined is None. Same document and seed, same record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING

from orgmap import __version__
from orgmap.analysis.findings import Advice, Finding, Numbers, Report
from orgmap.analysis.measure_catalogue import MEASURES, Scope
from orgmap.i18n import ENGLISH, Language, Said
from orgmap.model.document import TABLES, Change, Document
from orgmap.model.entities import Link, Module, Node, NodeId, Remark
from orgmap.model.query import counts, home
from orgmap.model.remarks import matched

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SCHEMA = 1
_ENGLISH = Language(ENGLISH)

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def as_json(report: Report, document: Document, *, file: str = "") -> dict[str, Plain]:
    """The record of `report` on `document`; `file` is the path as it was given.

    People, modules and links stand in the order of the document. `people` lists persons and roles;
    the number of people under "map" counts persons and filled roles.
    """
    people, modules, links = counts(document)
    remarks = matched(document, [finding.subject for finding in report.findings])
    return {
        "orgmap": __version__,
        "schema": SCHEMA,
        "file": file,
        "seed": report.seed,
        "map": {
            "title": document.info.title,
            "people": people,
            "modules": modules,
            "links": links,
            "measures": _measures(Scope.MAP, report.map),
        },
        "people": [_person(document, v, report.people[v]) for v in document.nodes if v in report.people],
        "modules": [
            {
                "id": module.id,
                "name": module.name,
                "parent": module.parent,
                "measures": _measures(Scope.MODULES, report.modules.get(module.id, {})),
            }
            for module in document.modules.values()
        ],
        "links": [
            {
                "id": link.id,
                "source": link.source,
                "target": link.target,
                "kind": link.kind.value,
                "two_way": link.two_way,
                "measures": _of_link(report.links.get(link.id, {})),
            }
            for link in document.links.values()
        ],
        "findings": [
            {**finding_as_json(finding), **_remark(remark)}
            for finding, remark in zip(report.findings, remarks, strict=True)
        ],
    }


def finding_as_json(finding: Finding) -> dict[str, Plain]:
    """One finding as plain data."""
    return {
        "code": finding.code,
        "severity": plain(finding.severity),
        "class": finding.weight.value,
        "people": list(finding.people),
        "modules": list(finding.modules),
        "links": list(finding.links),
        "claim": english(finding.claim),
        "because": english(finding.because),
        "question": english(finding.question),
        "advice": [_advice(advice) for advice in finding.advice],
        "evidence": {name: plain(fact) for name, fact in finding.evidence.items()},
        "judged": finding.judged,
        "firmness": None if finding.firmness is None else finding.firmness.value,
        "chance": None
        if finding.rarity is None
        else {"count": finding.rarity.count, "of": finding.rarity.of, "p": plain(finding.rarity.p)},
        "sure": None if finding.sure is None else english(finding.sure),
        "told_with": None
        if finding.told_with is None
        else {"code": finding.told_with[0], "about": list(finding.told_with[1])},
        "source": finding.source,
    }


def _remark(remark: Remark | None) -> dict[str, Plain]:
    """What the room said of a finding: keys that are there only where something was said."""
    told: dict[str, Plain] = {}
    if remark is not None and remark.dismissed:
        told |= {"dismissed": True, "reason": remark.reason}
    if remark is not None and remark.note:
        told["note"] = remark.note
    return told


def change_as_json(change: Change) -> dict[str, Plain]:
    """A change as plain data: by table and id the values before and after; None is absent.

    A value has its id and every field that differs from the default; only fields that differ between
    before and after are given where both are there.
    """
    record: dict[str, Plain] = {}
    if change.info is not None:
        record["map"] = _pair(*change.info)
    for table in TABLES:
        pairs = getattr(change, table)
        if pairs:
            record[table] = {str(key): _pair(before, after) for key, (before, after) in pairs.items()}
    return record


def entity_as_json(entity: Node | Module | Link) -> dict[str, Plain]:
    """The fields of a node, module or link that differ from their defaults, `id` first."""
    return _told(entity)


def english(said: Said) -> str:
    """The text in English, whatever language is in use."""
    return _ENGLISH.said(said)


def plain(value: object) -> Plain:
    """Any value of a report or a document as JSON has it; floats to 12 digits, NaN and infinity None."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(f"{value:.12g}") if abs(value) < float("inf") else None
    if isinstance(value, Said):
        return english(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return _told(value)
    raise TypeError(f"no plain form of {type(value).__name__}")


def _measures(scope: Scope, numbers: Mapping[str, float | None]) -> dict[str, Plain]:
    return {key: plain(numbers.get(key)) for key in MEASURES[scope]}


def _of_link(numbers: Mapping[str, float | bool | None]) -> dict[str, Plain]:
    record = _measures(Scope.LINKS, numbers)
    if numbers.get("open"):
        record["open"] = True
    return record


def _person(document: Document, person: NodeId, numbers: Numbers) -> dict[str, Plain]:
    node = document.nodes[person]
    return {
        "id": node.id,
        "name": node.name,
        "module": home(node),
        "level": node.level,
        "measures": _measures(Scope.PEOPLE, numbers),
    }


def _advice(advice: Advice) -> Plain:
    gained = english(advice.gained) if advice.gained is not None else None
    return {
        "text": english(advice.text),
        "gain": plain(advice.gain),
        "gained": gained,
        "change": change_as_json(advice.change),
    }


def _pair(before: DataclassInstance | None, after: DataclassInstance | None) -> Plain:
    if before is None or after is None:
        return {
            "before": None if before is None else _told(before),
            "after": None if after is None else _told(after),
        }
    names = [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]
    return {
        "before": {name: plain(getattr(before, name)) for name in names},
        "after": {name: plain(getattr(after, name)) for name in names},
    }


def _told(value: DataclassInstance) -> dict[str, Plain]:
    """The fields of an entity that differ from their defaults."""
    told: dict[str, Plain] = {}
    for entry in fields(value):
        found = getattr(value, entry.name)
        default = entry.default if entry.default_factory is MISSING else entry.default_factory()
        if found != default:
            told[entry.name] = plain(found)
    return told
