"""Small maps from words: `org("boss > ada <> bob, boss > cy")`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from orgmap.model.document import Document, problems
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, Module, ModuleId, Node, NodeId

_SIGNS = {"<>": (LinkKind.TALKS, True), ">": (LinkKind.TALKS, False), "^": (LinkKind.REPORTS, False)}
_SIGNS["needs"] = (LinkKind.NEEDS, False)


def org(
    lines: str = "",
    *,
    modules: Mapping[str, str] | None = None,
    levels: Mapping[str, int] | None = None,
    people: str = "",
    **info: Any,  # noqa: ANN401 - fields of MapInfo
) -> Document:
    """A document in which names are ids.

    `lines`: chains separated by comma or newline; `a > b` tells, `a <> b` talk, `a ^ b` a is the
    boss of b, `a needs b`. `modules`: {"Sales": "ana ben"}, the first to name a person is the home.
    `people`: further people without lines. Links get the ids "l1", "l2", ... in reading order.
    """
    inside: dict[str, list[ModuleId]] = {}
    for module, listed in (modules or {}).items():
        for name in listed.split():
            inside.setdefault(name, []).append(ModuleId(module))
    names = dict.fromkeys([*people.split(), *inside])
    links: dict[LinkId, Link] = {}
    for chain in filter(None, (part.strip() for part in re.split(r"[,\n]", lines))):
        words: Sequence[str] = re.split(r"\s*(<>|>|\^|\bneeds\b)\s*", chain)
        names |= dict.fromkeys(w.strip() for w in words[::2] if w.strip() not in (modules or {}))
        for left, sign, right in zip(words[::2], words[1::2], words[2::2], strict=False):
            kind, both = _SIGNS[sign]
            made = LinkId(f"l{len(links) + 1}")
            links[made] = Link(id=made, source=_end(left), target=_end(right), kind=kind, two_way=both)
    nodes = {
        NodeId(n): Node(id=NodeId(n), name=n, modules=tuple(inside.get(n, ())), level=(levels or {}).get(n))
        for n in names
    }
    made_modules = {ModuleId(m): Module(id=ModuleId(m), name=m) for m in modules or {}}
    document = Document(nodes=nodes, modules=made_modules, links=links, serial=1_000)
    document = replace(document, info=replace(document.info, **info))
    assert problems(document) == []
    return document


def _end(word: str) -> EndId:
    return NodeId(word.strip())


TEST_ORGANIZATION = org(
    """A <> X0, A <> Y0, A <> Z0, X0 <> x1, Y0 <> y1, Z0 <> z1,
       X0 > x2, N > x1, N > x2, N > y1, N > z1,
       A ^ X0, A ^ Y0, A ^ Z0, X0 ^ x1, X0 ^ x2, Y0 ^ y1, Z0 ^ z1""",
    modules={"Top": "A", "X": "X0 x1 x2", "Y": "Y0 y1", "Z": "Z0 z1", "News": "N"},
    levels={"A": 1, "X0": 2, "Y0": 2, "Z0": 2, "x1": 3, "x2": 3, "y1": 3, "z1": 3, "N": 3},
)
"""The nine people of docs/findings.md whose numbers are known."""

FEEDBACK_EXAMPLE = org("boss > m1, boss > m2, m1 > w1, m1 > w2, m2 > w3, w1 > m1, w3 > boss")
"""Six people, seven arcs; see docs/findings.md."""
