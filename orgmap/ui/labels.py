"""What people and modules are called in fields where one types a name: each label means one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping
from typing import TypeVar

from orgmap.drawing.plain import shown
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.entities import EndId
from orgmap.model.query import home, name_of

_End = TypeVar("_End")


def labels(document: Document, but: Collection[str] = ()) -> dict[str, EndId]:
    """Every end by a label of its own; those of one name are told apart by module, else by number."""
    found, count = dict[str, EndId](), Counter[str]()
    for node in document.nodes.values():
        if node.id in but:
            continue
        label = shown(node.name or node.id)
        module = home(node)
        if label in found and module is not None:
            label = say("canvas", "{name} ({module})", name=label, module=name_of(document, module))
        found[numbered(label, found, count)] = node.id
    for key, team in document.modules.items():
        if key not in but:
            found[numbered(shown(team.name or key), found, count)] = key
    return found


def meant(words: str, known: Mapping[str, _End]) -> _End | None:
    """What is meant by the words: a whole label, or the only one that begins so."""
    wanted = shown(words).casefold()
    plain = [(shown(label).casefold(), end) for label, end in known.items()]  # no signs that set names apart
    exact = [end for label, end in plain if label == wanted]
    begun = [end for label, end in plain if label.startswith(wanted)]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None


def numbered(label: str, taken: Container[str], count: Counter[str]) -> str:
    """The label, with a number behind it if it is taken; `count` how often each was asked for."""
    wanted = label
    while wanted in taken:
        count[label] += 1
        wanted = say("canvas", "{name} {number}", name=label, number=count[label] + 1)
    return wanted
