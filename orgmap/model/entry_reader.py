"""The grammar of a typed line: people, links, reporting lines, needs, topics. See `docs/entry.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from orgmap.i18n import Said, text
from orgmap.model.document import Document, Draft
from orgmap.model.entities import (
    EndId,
    Link,
    LinkId,
    LinkKind,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
)
from orgmap.model.entry_names import KnownNames
from orgmap.model.entry_result import Doubt, Reading
from orgmap.model.entry_words import WrongWord, peeled, properties
from orgmap.model.matching import folded

LONGEST_LINE = 2_000  # characters
_ARROW = re.compile(r"<->|<=>|<>|->|=>|<-|↔|→|←|>|<|=")
_TWO_WAY = frozenset({"<->", "<=>", "<>", "↔", "="})
_BACKWARD = frozenset({"<-", "←", "<"})
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_QUOTED = re.compile(r'"[^"]*"')
_WORDS = ("reports to", "needs", "knows", "seeks", "leads", "is")
_RELATION = {
    word: re.compile(rf"(?<=\S)\s+{word.replace(' ', ' +')}(?=\s|$)", re.IGNORECASE) for word in _WORDS
}
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "a role": {"kind": NodeKind.ROLE}, "role": {"kind": NodeKind.ROLE},
    "vacant": {"kind": NodeKind.ROLE, "vacant": True},
    "outside": {"kind": NodeKind.OUTSIDE},
    "a source": {"kind": NodeKind.SOURCE}, "source": {"kind": NodeKind.SOURCE},
    "a person": {"kind": NodeKind.PERSON}, "person": {"kind": NodeKind.PERSON},
    "new": {"newcomer": True}, "a newcomer": {"newcomer": True}, "newcomer": {"newcomer": True},
}  # fmt: skip
_LEVEL = re.compile(r"(?:on |at )?level (\d{1,3})", re.IGNORECASE)

_NO_NAME = text("entry", "A name is missing here.")
_NO_MODULE = text("entry", "The name of a module is missing after the @.")
_TOPICS = text("entry", "Say what: for instance, Ana knows payroll.")
_NO_LEAD = text("entry", "{name} is no module, so nobody can lead it. Put @ before a new one.")
_SELF = text("entry", "{name} cannot be linked to {name}.")
_IS_WHAT = text(
    "entry", "{words} is not understood. Say: is new, is vacant, is outside, is a source, is level 2."
)
_NO_QUOTE = text("entry", "A quotation mark is missing.")
_LONG = text("entry", "The line is too long.")
_NOBODY_KNOWS = text("entry", "{name} is a module; only people know, seek or are something.")
_PROPERTIES_OF = text("entry", "Only links have properties. There is no link before the colon.")


class Stop(Exception):  # noqa: N818 - `entry` makes a result of it
    """The line is not understood from here on; `wrong` says why."""

    def __init__(self, start: int, end: int, message: Said) -> None:
        self.wrong = WrongWord(start, max(end, start + 1), message)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a line, without its quotation marks. `module`: an @ stood before it."""

    words: str
    start: int
    end: int
    module: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Names with commas between them, and the modules after an @."""

    names: tuple[_Name, ...]
    homes: tuple[_Name, ...]


class Reader:
    """Reads one line into a draft."""

    def __init__(
        self, document: Document, known: KnownNames, as_typed: frozenset[str], meant: dict[str, EndId]
    ) -> None:
        self._document = document
        self._known = known
        self._as_typed = as_typed
        self._meant = meant
        self._draft = Draft(document)
        self._words = ""
        self._new: dict[tuple[str, bool], EndId] = {}
        self._doubts: list[Doubt] = []
        self._nodes: list[NodeId] = []
        self._modules: list[ModuleId] = []
        self._links: list[LinkId] = []
        self._touched: dict[str, None] = {}

    def read(self, line: str) -> Reading:
        """The whole line. Raises Stop."""
        self._words = words = line.translate(_QUOTES).rstrip()
        if len(words) > LONGEST_LINE:
            raise Stop(LONGEST_LINE, len(words), _LONG())
        if words.count('"') % 2:
            raise Stop(words.rindex('"'), len(words), _NO_QUOTE())
        bare = _QUOTED.sub(lambda found: "\x00" * len(found.group()), words)
        colon = bare.find(":")
        head = len(words) if colon < 0 else colon
        after = head if colon < 0 else colon + 1
        arrows = list(_ARROW.finditer(bare, 0, head))
        if arrows:
            self._chain(arrows, head, after)
        elif (said := self._relation(bare, head)) is not None:
            self._related(*said, head, after)
        elif words[after:].strip():
            raise Stop(colon, len(words), _PROPERTIES_OF())
        else:
            self._people(self._group(0, head))
        return Reading(
            line=line,
            change=self._draft.change(),
            doubts=tuple(self._doubts),
            nodes=tuple(self._nodes),
            modules=tuple(self._modules),
            links=tuple(self._links),
            touched=tuple(self._touched),
        )

    # -- kinds of lines -----------------------------------------------------------------------

    def _people(self, group: _Group) -> None:
        """Names alone: people who are to be there, in these modules."""
        homes = [self._module(name) for name in group.homes]
        for name in group.names:
            end = self._end(name, homes)
            node = self._draft.get(end)
            if isinstance(node, Node) and homes:
                self._put(replace(node, modules=_joined(node.modules, homes)))

    def _chain(self, arrows: list[re.Match[str]], head: int, after: int) -> None:
        """Groups with arrows between them, each linked with the next."""
        starts = [0, *(arrow.end() for arrow in arrows)]
        ends = [*(arrow.start() for arrow in arrows), head]
        if after == head:
            ends[-1] = after = self._name_ends(starts[-1], head)
        fields = self._fields(after)
        groups = [self._group(start, end) for start, end in zip(starts, ends, strict=True)]
        rows = [self._ends(group) for group in groups]
        for place, arrow in enumerate(arrows):
            back, two_way = arrow.group() in _BACKWARD, arrow.group() in _TWO_WAY
            for one, other in product(rows[place], rows[place + 1]):
                self._not_self(one, other)
                source, target = (other[1], one[1]) if back else (one[1], other[1])
                self._talk(source, target, two_way, fields)

    def _relation(self, bare: str, head: int) -> tuple[str, int, int] | None:
        """Which word stands between two parts, and from where to where; not inside a known name."""
        if self._known.end(self._words[:head].strip().strip('"')) is not None:
            return None
        matches = (_RELATION[word].search(bare, 0, head) for word in _WORDS)
        found = [
            (match.start(), match.end(), word) for match, word in zip(matches, _WORDS, strict=True) if match
        ]
        if not found:
            return None
        start, end, word = min(found)
        return word, start, end

    def _related(self, word: str, start: int, end: int, head: int, after: int) -> None:
        left = self._group(0, start)
        if word in ("reports to", "needs"):
            if after == head:
                head = after = self._name_ends(end, head)
            self._formal(word, left, self._group(end, head), self._fields(after))
            return
        if self._words[after:].strip():
            raise Stop(after, len(self._words), _PROPERTIES_OF())
        if word == "leads":
            self._leads(left, self._group(end, head))
        elif word == "is":
            self._is(left, end, head)
        else:
            self._topics(word, left, end, head)

    def _formal(self, word: str, left: _Group, right: _Group, fields: Mapping[str, Any]) -> None:
        """Reporting lines run from the boss to the report; needs between whoever is named."""
        if word == "needs" and all(self._known.end(n.words) is None for n in (*left.names, *right.names)):
            left, right = _as_modules(left), _as_modules(right)
        elif word == "needs" and any(self._is_module(n) for n in (*left.names, *right.names)):
            left, right = (self._new_as_modules(group) for group in (left, right))
        for one, other in product(self._ends(left), self._ends(right)):
            self._not_self(one, other)
            if word == "reports to":
                self._line(LinkKind.REPORTS, other[1], one[1], fields)
            else:
                self._line(LinkKind.NEEDS, one[1], other[1], fields)

    def _leads(self, left: _Group, right: _Group) -> None:
        for one, other in product(self._ends(left), self._ends(right)):
            module, node = self._draft.get(other[1]), self._draft.get(one[1])
            if not isinstance(module, Module) or not isinstance(node, Node):
                raise Stop(other[0].start, other[0].end, _NO_LEAD(name=other[0].words))
            self._put(replace(module, lead=node.id))
            if not node.modules:
                self._put(replace(node, modules=(module.id,)))

    def _topics(self, word: str, left: _Group, start: int, end: int) -> None:
        topics = [name.words for name in self._listed(start, end)]
        if not topics:
            raise Stop(start, end, _TOPICS())
        for name, key in self._ends(left):
            node = self._person(name, key)
            held = node.knows if word == "knows" else node.seeks
            new = tuple(dict.fromkeys((*held, *topics)))
            self._put(replace(node, knows=new) if word == "knows" else replace(node, seeks=new))

    def _is(self, left: _Group, start: int, end: int) -> None:
        words = self._words[start:end].strip()
        level = _LEVEL.fullmatch(words)
        fields: Mapping[str, Any] | None = _KINDS.get(words.casefold())
        if level is not None:
            fields = {"level": int(level[1])}
        if fields is None:
            raise Stop(start + 1, end, _IS_WHAT(words=words[:40]))
        for name, key in self._ends(left):
            node: Any = self._person(name, key)
            self._put(replace(node, **fields))

    # -- names --------------------------------------------------------------------------------

    def _group(self, start: int, end: int) -> _Group:
        """Names, and behind each @ the name of a module. Raises Stop if there is no name."""
        parts = _split(self._words, "@", start, end)
        homes = [self._one(at, self._trimmed(at, to), _NO_MODULE()) for at, to in parts[1:]]
        listed = self._listed(*parts[0])
        if not listed and homes:  # "@Sales, @Support": the modules themselves
            return _Group(tuple(replace(home, module=True) for home in homes), ())
        if not listed:
            raise Stop(start, end, _NO_NAME())
        return _Group(tuple(listed), tuple(homes))

    def _listed(self, start: int, end: int) -> list[_Name]:
        """Names with commas between them; a missing one between two commas is an error."""
        if not self._words[start:end].strip():
            return []
        return [self._one(*part, _NO_NAME()) for part in _split(self._words, ",", start, end)]

    def _trimmed(self, start: int, end: int) -> int:
        """`end` without a comma that stands before the next @."""
        words = self._words[start:end].rstrip()
        return start + len(words) - words.endswith(",")

    def _one(self, start: int, end: int, missing: Said) -> _Name:
        piece = self._words[start:end]
        words = " ".join(piece.strip().strip('"').split())
        if not words:
            raise Stop(max(start - 1, 0), end, missing)
        start += len(piece) - len(piece.lstrip())
        return _Name(words, start, start + len(piece.strip()))

    def _name_ends(self, start: int, head: int) -> int:
        """Where the last name of the line ends, if properties follow it without a colon."""
        words = self._words[start:head]
        if self._known.end(words.strip().strip('"')) is not None or "@" in words:
            return head
        kept, _ = peeled(self._document, words)
        return start + len(kept)

    def _fields(self, at: int) -> Mapping[str, Any]:
        found = properties(self._document, self._words[at:], at)
        if isinstance(found, WrongWord):
            raise Stop(found.start, found.end, found.message)
        return found

    def _is_module(self, name: _Name) -> bool:
        return name.module or (
            self._known.node(name.words) is None and self._known.module(name.words) is not None
        )

    def _new_as_modules(self, group: _Group) -> _Group:
        unknown = [replace(n, module=n.module or self._known.end(n.words) is None) for n in group.names]
        return replace(group, names=tuple(unknown))

    def _ends(self, group: _Group) -> list[tuple[_Name, EndId]]:
        homes = [self._module(name) for name in group.homes]
        found = []
        for name in group.names:
            end = self._end(name, homes)
            node = self._draft.get(end)
            if isinstance(node, Node) and homes:
                self._put(replace(node, modules=_joined(node.modules, homes)))
            found.append((name, end))
        return found

    def _end(self, name: _Name, homes: list[ModuleId]) -> EndId:
        """Whom a name means: somebody who is there, else somebody new."""
        if name.module:
            return self._module(name)
        made = self._new.get((folded(name.words), False))
        end = made or self._known.end(name.words) or self._meant.get(name.words)
        if end is None:
            self._ask(name, modules_only=False)
            end = NodeId(self._draft.fresh("n"))
            self._draft.put(Node(id=end, name=name.words, modules=tuple(homes)))
            self._new[folded(name.words), False] = end
            self._nodes.append(end)
        self._touched[end] = None
        return end

    def _module(self, name: _Name) -> ModuleId:
        end = self._new.get((folded(name.words), True)) or self._known.module(name.words)
        meant = self._meant.get(name.words)
        if end is None and meant in self._document.modules:
            end = meant
        if end is None:
            self._ask(name, modules_only=True)
            end = ModuleId(self._draft.fresh("m"))
            self._draft.put(Module(id=ModuleId(end), name=name.words))
            self._new[folded(name.words), True] = end
            self._modules.append(ModuleId(end))
        self._touched[end] = None
        return ModuleId(end)

    def _ask(self, name: _Name, *, modules_only: bool) -> None:
        if name.words not in self._as_typed:
            near = self._known.near(name.words, modules_only=modules_only)
            if near is not None:
                self._doubts.append(Doubt(name.start, name.end, name.words, near))

    def _person(self, name: _Name, end: EndId) -> Node:
        node = self._draft.get(end)
        if not isinstance(node, Node):
            raise Stop(name.start, name.end, _NOBODY_KNOWS(name=name.words))
        return node

    def _not_self(self, one: tuple[_Name, EndId], other: tuple[_Name, EndId]) -> None:
        if one[1] == other[1]:
            raise Stop(other[0].start, other[0].end, _SELF(name=other[0].words))

    # -- links --------------------------------------------------------------------------------

    def _talk(self, source: EndId, target: EndId, two_way: bool, fields: Mapping[str, Any]) -> None:
        """A line of talk: one that is there is brought up to date, another channel is another line.

        Nothing is taken away: a two-way line stays two-way. One that runs against a one-way line
        makes it two-way only if both say the same of themselves, whichever was typed first.
        """
        said = Link(id=LinkId(""), source=source, target=target, two_way=two_way, **fields)
        link = self._meant_by(said)
        if link is None:
            self._make(replace(said, id=self._id()))
            return
        both = link.two_way or two_way or link.source != source
        self._touched[link.id] = None
        self._put(replace(link, two_way=both, **fields))

    def _line(self, kind: LinkKind, source: EndId, target: EndId, fields: Mapping[str, Any]) -> None:
        said = Link(id=LinkId(""), source=source, target=target, kind=kind, **fields)
        link = self._meant_by(said)
        if link is None:
            self._make(replace(said, id=self._id()))
            return
        self._touched[link.id] = None
        self._put(replace(link, **fields))

    def _meant_by(self, said: Link) -> Link | None:
        """The line that is there already: of this channel or of none, the same way round before others."""
        keys = [*self._known.links(said.source, said.target), *self._links]
        drawn = (link for key in keys if isinstance(link := self._draft.get(key), Link))
        found = [link for link in drawn if link.kind is said.kind and _is_it(link, said)]
        return min(
            found, key=lambda link: (link.channel != said.channel, link.source != said.source), default=None
        )

    def _id(self) -> LinkId:
        return LinkId(self._draft.fresh("l"))

    def _make(self, link: Link) -> None:
        self._draft.put(link)
        self._links.append(link.id)
        self._touched[link.id] = None

    def _put(self, entity: Node | Module | Link) -> None:
        self._draft.put(entity)
        self._touched[entity.id] = None


def _joined(modules: tuple[ModuleId, ...], homes: list[ModuleId]) -> tuple[ModuleId, ...]:
    """The modules of somebody who is said to be in `homes`: the first becomes the home, others stay."""
    if set(homes) <= set(modules):
        return modules
    return tuple(dict.fromkeys((*homes, *modules[1:])))


def _is_it(link: Link, said: Link) -> bool:
    """Is it this line that is spoken of?"""
    along = (link.source, link.target) == (said.source, said.target)
    against = (link.target, link.source) == (said.source, said.target)
    if None not in (link.channel, said.channel) and link.channel != said.channel:
        return False
    if along or (against and said.kind is LinkKind.TALKS and (link.two_way or said.two_way)):
        return True
    same = replace(link, id=said.id, source=said.source, target=said.target)
    return against and said.kind is LinkKind.TALKS and same == said


def _as_modules(group: _Group) -> _Group:
    return replace(group, names=tuple(replace(name, module=True) for name in group.names))


def _split(words: str, sign: str, start: int, end: int) -> list[tuple[int, int]]:
    """From where to where the parts between `sign` reach, quotation marks respected."""
    cuts, quoted = [], False
    for place in range(start, end):
        if words[place] == '"':
            quoted = not quoted
        elif words[place] == sign and not quoted:
            cuts.append(place)
    return list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))
