"""The grammar of a typed line: people, links, reporting lines, needs, topics. See `docs/entry.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from orgmap.i18n import text
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
from orgmap.model.entry_text import ARROW, BACKWARD, TWO_WAY, Name, Stop, bare, cleaned, group, listed
from orgmap.model.entry_words import WrongWord, peeled, properties
from orgmap.model.matching import folded

LONGEST_LINE = 2_000  # characters
_WORDS = {  # a word of one person, of several, and what stands for both
    "reports to": "reports to", "report to": "reports to",
    "needs": "needs", "need": "needs", "knows": "knows", "know": "knows", "seeks": "seeks", "seek": "seeks",
    "leads": "leads", "moves to": "moves to", "move to": "moves to",
    "is": "is", "are": "is", "level": "level",
}  # fmt: skip
_OF_SEVERAL = frozenset({"report to", "need", "know", "seek", "move to", "are"})
_RELATION = re.compile(
    rf"(?<=\S)\s+({'|'.join(word.replace(' ', ' +') for word in _WORDS)})(?=\s|$)", re.IGNORECASE
)
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "role": {"kind": NodeKind.ROLE}, "vacant": {"kind": NodeKind.ROLE, "vacant": True},
    "outside": {"kind": NodeKind.OUTSIDE}, "source": {"kind": NodeKind.SOURCE},
    "person": {"kind": NodeKind.PERSON, "vacant": False},
    "new": {"newcomer": True}, "newcomer": {"newcomer": True},
}  # fmt: skip
_ARTICLE = re.compile(r"an?\s+", re.IGNORECASE)
_LEVEL = re.compile(r"(?:(?:on |at )?level )?(\d{1,3})", re.IGNORECASE)

_TOPICS = text("entry", "Say what: for instance, Ana knows payroll.")
_NO_LEAD = text("entry", "{name} is a person. Only modules are led.")
_SELF = text("entry", "{name} cannot be linked to {name}.")
_IS_WHAT = text(
    "entry", "{words} is not understood. Say: is new, is vacant, is outside, is a source, is level 2."
)
_NO_QUOTE = text("entry", "A quotation mark is missing.")
_LONG = text("entry", "The line is too long.")
_NOBODY_KNOWS = text("entry", "{name} is a module; only people know, seek, move or are something.")
_PROPERTIES_OF = text("entry", "Only links have properties. There is no link before the colon.")
_RING = text("entry", "{name} cannot lie inside itself.")


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
        self._words = words = cleaned(line)
        if len(words) > LONGEST_LINE:
            raise Stop(LONGEST_LINE, len(words), _LONG())
        if words.count('"') % 2:
            raise Stop(words.rindex('"'), len(words), _NO_QUOTE())
        signs = bare(words)
        colon = signs.find(":")
        head = len(words) if colon < 0 else colon
        after = head if colon < 0 else colon + 1
        arrows = list(ARROW.finditer(signs, 0, head))
        if arrows:
            self._chain(arrows, head, after)
        elif (said := self._relation(signs, head)) is not None:
            self._related(*said, head, after)
        elif words[after:].strip():
            raise Stop(colon, len(words), _PROPERTIES_OF())
        else:
            self._people(group(words, 0, head))
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

    def _people(self, names: tuple[Name, ...]) -> None:
        """Names alone: people who are to be there, in these modules.

        "Ana @Sales, Board" is two modules too, if there is no person called Board, but a module.
        """
        found: list[Name] = []
        for name in names:
            last = found[-1] if found else None
            if last is not None and last.homes and not name.homes and self._is_module(name):
                homes = (*last.homes, name)
                found = [replace(n, homes=homes) if n.homes == last.homes else n for n in found]
            else:
                found.append(name)
        self._ends(tuple(found))

    def _chain(self, arrows: list[re.Match[str]], head: int, after: int) -> None:
        """Groups with arrows between them, each linked with the next."""
        starts = [0, *(arrow.end() for arrow in arrows)]
        ends = [*(arrow.start() for arrow in arrows), head]
        if after == head:
            ends[-1] = after = self._name_ends(starts[-1], head)
        fields = self._fields(after)
        groups = [group(self._words, start, end) for start, end in zip(starts, ends, strict=True)]
        rows = [self._ends(names) for names in groups]
        for place, arrow in enumerate(arrows):
            back, two_way = arrow.group() in BACKWARD, arrow.group() in TWO_WAY
            for one, other in product(rows[place], rows[place + 1]):
                self._not_self(one, other)
                source, target = (other[1], one[1]) if back else (one[1], other[1])
                self._talk(source, target, two_way, fields)

    def _relation(self, signs: str, head: int) -> tuple[str, int, int] | None:
        """Which word stands between two parts, and from where to where; not inside a known name.

        A word with a capital letter is part of a name, as in "Special Needs Team". That of several
        people ("know") needs several before it.
        """
        words = self._words[:head].strip()
        if self._known.end(words.strip('"')) is not None:
            return None
        for match in _RELATION.finditer(signs, 0, head):
            word = " ".join(match[1].split())
            several = "," in signs[: match.start()]
            level = word == "level" and not _LEVEL.fullmatch(signs[match.end() : head].strip())
            if (word.islower() or words.isupper()) and (several or word not in _OF_SEVERAL) and not level:
                return _WORDS[word.lower()], match.start(), match.end()
        return None

    def _related(self, word: str, start: int, end: int, head: int, after: int) -> None:
        left = group(self._words, 0, start)
        if word in ("reports to", "needs"):
            if after == head:
                head = after = self._name_ends(end, head)
            self._formal(word, left, group(self._words, end, head), self._fields(after))
            return
        if self._words[after:].strip():
            raise Stop(after, len(self._words), _PROPERTIES_OF())
        match word:
            case "leads":
                self._leads(left, group(self._words, end, head))
            case "moves to":
                self._moves(left, group(self._words, end, head))
            case "is" | "level":
                self._is(left, end, head)
            case _:
                self._topics(word, left, end, head)

    def _formal(
        self, word: str, left: tuple[Name, ...], right: tuple[Name, ...], fields: Mapping[str, Any]
    ) -> None:
        """Reporting lines run from the boss to the report; needs between whoever is named.

        New names in a line of needs are modules, unless somebody in it is a person.
        """
        if word == "needs" and all(self._known.node(n.words) is None or n.module for n in (*left, *right)):
            left, right = self._new_as_modules(left), self._new_as_modules(right)
        for one, other in product(self._ends(left), self._ends(right)):
            self._not_self(one, other)
            if word == "reports to":
                self._line(LinkKind.REPORTS, other[1], one[1], fields)
            else:
                self._line(LinkKind.NEEDS, one[1], other[1], fields)

    def _leads(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> None:
        for one, other in product(self._ends(left), self._ends(self._new_as_modules(right))):
            module, node = self._draft.get(other[1]), self._person(*one)
            if not isinstance(module, Module):
                raise Stop(other[0].start, other[0].end, _NO_LEAD(name=other[0].words))
            self._put(replace(module, lead=node.id))
            if not node.modules:
                self._put(replace(node, modules=(module.id,)))

    def _moves(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> None:
        """The home becomes another; whoever is not pinned leaves the place there too."""
        home, *others = [self._module(name) for name in right]
        for one in self._ends(left):
            node = self._person(*one)
            rest = [m for m in (*others, *node.modules[1:]) if m != home]
            if node.modules[:1] != (home,) and not node.pinned:
                node = replace(node, x=None, y=None)
            self._put(replace(node, modules=tuple(dict.fromkeys((home, *rest)))))

    def _topics(self, word: str, left: tuple[Name, ...], start: int, end: int) -> None:
        topics = listed(self._words, start, end)
        if not topics:
            raise Stop(start, end, _TOPICS())
        for name, key in self._ends(left):
            node = self._person(name, key)
            held = node.knows if word == "knows" else node.seeks
            new = tuple(dict.fromkeys((*held, *topics)))
            self._put(replace(node, knows=new) if word == "knows" else replace(node, seeks=new))

    def _is(self, left: tuple[Name, ...], start: int, end: int) -> None:
        words = self._words[start:end].strip()
        level = _LEVEL.fullmatch(words)
        fields: Mapping[str, Any] | None = _KINDS.get(_ARTICLE.sub("", words, count=1).casefold())
        if level is not None:
            fields = {"level": int(level[1])}
        if fields is None:
            raise Stop(start + 1, end, _IS_WHAT(words=words[:40]))
        for name, key in self._ends(left):
            node: Any = self._person(name, key)
            self._put(replace(node, **fields))

    # -- names --------------------------------------------------------------------------------

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

    def _is_module(self, name: Name) -> bool:
        return name.module or (
            self._known.node(name.words) is None and self._known.module(name.words) is not None
        )

    def _new_as_modules(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(replace(n, module=n.module or self._known.node(n.words) is None) for n in names)

    def _ends(self, names: tuple[Name, ...]) -> list[tuple[Name, EndId]]:
        """Whom the names mean. Modules said of them are joined, and nobody leaves one."""
        found = []
        for name in names:
            homes = [self._module(home) for home in name.homes]
            end = self._end(name, homes)
            there = self._draft.get(end)
            if isinstance(there, Node) and homes:
                self._put(replace(there, modules=tuple(dict.fromkeys((*there.modules, *homes)))))
            elif isinstance(there, Module) and homes:
                self._nest(name, there, homes[0])
            found.append((name, end))
        return found

    def _nest(self, name: Name, module: Module, parent: ModuleId) -> None:
        above: Any = parent
        while isinstance(outer := self._draft.get(above) if above is not None else None, Module):
            if outer.id == module.id:
                raise Stop(name.start, name.end, _RING(name=name.words))
            above = outer.parent
        self._put(replace(module, parent=parent))

    def _end(self, name: Name, homes: list[ModuleId]) -> EndId:
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

    def _module(self, name: Name) -> ModuleId:
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

    def _ask(self, name: Name, *, modules_only: bool) -> None:
        if name.words not in self._as_typed:
            near = self._known.near(name.words, modules_only=modules_only)
            if near is not None:
                self._doubts.append(Doubt(name.start, name.end, name.words, near))
            elif not modules_only:
                self._ask_several(name)

    def _ask_several(self, name: Name) -> None:
        """Names in a row without a comma, or two with a hyphen alone on the line, may be several people."""
        words = name.words
        if self._words[name.start : name.end] != words or name.homes:
            return
        ways = [(words.split(), ", ")]
        if words.count("-") == 1 and self._words.strip() == words:
            ways.append(([part.strip() for part in words.split("-")], " = "))
        for parts, sign in ways:
            ends = [self._known.node(part) for part in parts]
            if len(set(ends)) > 1 and ends[0] is not None and None not in ends:
                self._doubts.append(Doubt(name.start, name.end, words, ends[0], sign.join(parts)))
                return

    def _person(self, name: Name, end: EndId) -> Node:
        node = self._draft.get(end)
        if not isinstance(node, Node):
            raise Stop(name.start, name.end, _NOBODY_KNOWS(name=name.words))
        return node

    def _not_self(self, one: tuple[Name, EndId], other: tuple[Name, EndId]) -> None:
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
