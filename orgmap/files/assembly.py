"""From rows or graph elements to a map: the one way in for every foreign format.

First every person and module, then `settle`, then every link, then `finish`. What a cell means is
decided before (`columns`, `values`); what it means for the map is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import Any

from orgmap.errors import ReadError
from orgmap.files.doubts import Doubts, Where, Word
from orgmap.files.linking import Linking, LinkRow, repeated
from orgmap.files.mending import Parts, mended
from orgmap.files.naming import Naming, drop_prefix, tell_apart
from orgmap.files.native import MOST_LINKS, MOST_NODES
from orgmap.files.oddities import oddities
from orgmap.files.reading import Opened, ReadOptions, opened
from orgmap.files.values import MODULE, brief, joined, node_kind
from orgmap.i18n import names, text
from orgmap.model.entities import (
    Channel,
    ChannelId,
    Json,
    Link,
    LinkId,
    LinkKind,
    MapInfo,
    Module,
    ModuleId,
    Node,
    NodeId,
    NodeKind,
    default_channels,
)
from orgmap.progress import SILENT, Progress

__all__ = ["Assembly", "Where"]

_NO_NAME = text("notes", "The row names nobody; it was left out.")
_AGAIN = text("notes", "{id} was there already; of this second one only the modules were added.")
_MADE = text("notes", "{name} is not among the people; a person of that name was put on the map.")
_MADE_MODULE = text("notes", "{name} is not among the modules; a module of that name was put on the map.")
_MANAGER_SELF = text("notes", "{name} is named as their own manager; that was left out.")
_KINDS = text("notes", "No kind of node: {kinds}. Read as persons, and kept as they are.")
_TWO_PARENTS = text("notes", "{name} lies in {parent} already; {other} was left out.")
_LEADS = text("notes", "{name} has several leads; {lead} is kept as the lead.")
_NO_MODULE = text("notes", "{name} is a person, not a module; that was left out.")
_NO_PERSON = text("notes", "{name} is a module, not a person; it was taken to lie in {module}.")
_TWO_NAMED = text(
    "notes", "{name} is the name of several; which is meant cannot be told, so that was left out."
)
_HALF = text("notes", "A place needs both x and y; it was left out.")
_TITLES = text("notes", "There is no column of names: posts are named by what they do.")
_NEW_CHANNELS = text(
    "notes", "Channels that are new: {channels}. How fast they are and whether one can answer is assumed."
)
_REPEATED = text(
    "notes",
    "{n} row says just what an earlier row says, and is a line of its own: {ends}.",
    "{n} rows say just what earlier rows say, and each is a line of its own, as {ends}.",
)
_MANY = text("files", "There are more than {most} people and modules; no map holds so many.")
_MANY_LINKS = text("files", "There are more than {most} links; no map holds so many.")
_LINE = text("notes", "{source} to {target}")
_SAME_PERSON = text("notes", "{names} may be the same person, spelt in several ways; nothing was merged.")
_SAME_MODULE = text("notes", "{names} may be the same module, spelt in several ways; nothing was merged.")
_LETTERS = text("notes", "{name} is written in two ways that look the same; it is one name.")
_EMAIL = {"email": "mail", "e-mail": "mail", "f2f": "face", "face-to-face": "face", "in person": "face"}
_NODE_FIELDS = tuple(
    each.name
    for each in fields_of(Node)
    if each.name not in ("id", "name", "kind", "modules", "extra", "unread")
)


@dataclass(slots=True)
class _Seen:
    """A row of the people table, waiting until all are known."""

    where: Where
    fields: dict[str, Any]
    module_word: str


class Assembly(Doubts):
    """The map in the making. `has_people`: ends that are not among the people are worth a note."""

    def __init__(self, same: Mapping[str, str] | None = None) -> None:
        """`same`: spellings that mean another name, as of `ReadOptions`."""
        super().__init__()
        self._naming = Naming(same)
        self.has_people = False
        self.info = MapInfo()
        self._nodes: dict[str, dict[str, Any]] = {}
        self._modules: dict[str, dict[str, Any]] = {}
        self._links: list[tuple[Where, dict[str, Any]]] = []
        self._channels: dict[str, Channel] = {}
        self._new_channels: list[str] = []
        self._named: dict[str, list[str]] = {}
        self._seen: list[_Seen] = []
        self._strange: dict[str, None] = {}
        self._where: dict[str, Where] = {}
        self._untitled = False
        self._linking = Linking(self)

    def entity(
        self, fields: dict[str, Any], extra: dict[str, Json], where: Where, module_word: str = "module"
    ) -> None:
        """A person or module. `module_word`: what the table calls its modules."""
        self._naming.rename(fields)
        name = fields.get("name", "")
        key = fields.get("id") or name
        if not key:
            self.note(where, _NO_NAME(), "name" if "name" in where.columns else "id", left_out=True)
            return
        self.has_people = True
        if key in self._nodes or key in self._modules:
            self.note(where, _AGAIN(id=brief(key)))
            self._seen.append(_Seen(where, {"id": key, "modules": fields.get("modules", ())}, module_word))
            return
        said = fields.get("kind", "")
        kind = node_kind(said) if said else NodeKind.PERSON
        if kind is None or (said and said != kind):
            extra = {"type" if "type" not in extra else "said_kind": said, **extra}
            if kind is None:
                self._strange[said] = None
        self._make_room(where)
        self._where[key] = where
        if kind == MODULE:
            self._modules[key] = {"id": ModuleId(key), "name": name or key, "extra": extra}
            for field in ("purpose", "notes", "colour", "collapsed"):
                if field in fields:
                    self._modules[key][field] = fields[field]
        else:
            self._nodes[key] = self._node(key, name, NodeKind(kind or NodeKind.PERSON), fields, extra, where)
        self._named.setdefault(name or key, []).append(key)
        self._naming.rows.add(name or key)
        self._seen.append(_Seen(where, fields, module_word))

    def _node(
        self,
        key: str,
        name: str,
        kind: NodeKind,
        fields: dict[str, Any],
        extra: dict[str, Json],
        where: Where,
    ) -> dict[str, Any]:
        made: dict[str, Any] = {"id": NodeId(key), "name": name or key, "kind": kind, "extra": extra}
        made.update((field, fields[field]) for field in _NODE_FIELDS if field in fields)
        if ("x" in made) != ("y" in made):
            lacks = "y" if "x" in made else "x"
            self.note(where, _HALF(), lacks)
            made.pop("x", None)
            made.pop("y", None)
        for field in ("purpose", "parent", "lead", "colour", "collapsed"):
            if field in fields:
                value = fields[field]
                extra[field] = joined(value) if isinstance(value, tuple) else str(value)
        if not name and kind is NodeKind.ROLE and made.get("title"):
            made["name"] = made.pop("title")
            self._untitled = True
        return made

    def settle(self) -> None:
        """Everybody is known: join modules, bosses, leads and parents to them."""
        drop_prefix(self._modules)
        for seen in self._seen:
            key = seen.fields.get("id") or seen.fields.get("name", "")
            inside = [self.module_id(word, seen.module_word) for word in seen.fields.get("modules", ())]
            if key in self._modules:
                parents = [seen.fields["parent"]] if seen.fields.get("parent") else []
                parents = [self.module_id(word, seen.module_word) for word in parents] + inside
                for parent in parents:
                    self.lay(key, parent, seen.where)
            else:
                own = self._nodes[key].setdefault("modules", {})
                own.update(dict.fromkeys(inside))
        for seen in self._seen:
            self._relations(seen)
        self._seen.clear()

    def _relations(self, seen: _Seen) -> None:
        key = seen.fields.get("id") or seen.fields.get("name", "")
        bosses = seen.fields.get("manager", ())
        for boss in bosses:
            if boss in (key, self.name_of(key)):
                self.note(seen.where, _MANAGER_SELF(name=brief(boss)), "manager", joined(bosses))
                continue
            end = self.end(boss, seen.where, cell=("manager", bosses))
            if end is not None and end != key:
                self._links.append((seen.where, {"source": end, "target": key, "kind": LinkKind.REPORTS}))
        needs = seen.fields.get("needs", ())
        for other in needs:
            make = MODULE if key in self._modules else None
            end = self.end(other, seen.where, make, cell=("needs", needs))
            if end is not None and end != key:
                self._links.append((seen.where, {"source": key, "target": end, "kind": LinkKind.NEEDS}))
        if key in self._modules:
            leads = seen.fields.get("lead", ())
            for who in leads:
                end = self.end(who, seen.where, cell=("lead", leads))
                if end in self._nodes:
                    self.lead(key, end, seen.where)

    def link(self, row: LinkRow, options: ReadOptions) -> None:
        """A row of a link table."""
        self._linking.add(row, options)

    def join_link(self, where: Where, fields: dict[str, Any]) -> None:
        """A link whose ends are ids that exist."""
        if len(self._links) >= MOST_LINKS:
            raise ReadError(_MANY_LINKS(most=MOST_LINKS), place=str(where))
        self._links.append((where, fields))

    def end(
        self,
        word: str,
        where: Where,
        make: str | None = None,
        cell: tuple[str, Sequence[str]] = ("", ()),
    ) -> str | None:
        """The id that this word means: an id, else a name. Who is not there yet comes into being:
        a module with `make` MODULE, else a person. None, with a note, if it could be several.
        `cell`: the field, and all words that stand there if they are several.
        """
        if self._naming.same:
            word = self._naming.meant(word)
        if word in self._nodes or word in self._modules:
            return word
        named = self._named.get(word)
        if named is not None:
            if len(named) > 1:
                one = Word(word, *cell)
                self.doubt(where, _TWO_NAMED(name=brief(word)), one, named, left_out=one.ends_a_row)
                return None
            return named[0]
        known = self._naming.first_form(word)
        if known != word:
            self.note(where, _LETTERS(name=brief(known)))
            self._naming.same[word] = known
            return self.end(known, where, make, cell)
        if self.has_people:
            made, among = (_MADE_MODULE, self._modules) if make == MODULE else (_MADE, self._nodes)
            offers = self._naming.like(word, self._named, among)
            self.doubt(where, made(name=brief(word)), Word(word, *cell), offers)
        self._make_room(where)
        self._where[word] = where
        self._named[word] = [word]
        if make == MODULE:
            self._modules[word] = {"id": ModuleId(word), "name": word, "extra": {}}
        else:
            self._nodes[word] = {"id": NodeId(word), "name": word}
        return word

    def _make_room(self, where: Where) -> None:
        if len(self._nodes) + len(self._modules) >= MOST_NODES:
            raise ReadError(_MANY(most=MOST_NODES), place=str(where))

    def knows(self, word: str) -> bool:
        """Is there somebody, or a module, of this id or name?"""
        word = self._naming.first_form(self._naming.meant(word))
        return word in self._nodes or word in self._modules or word in self._named

    def like(self, word: str, least: float) -> list[str]:
        """Names of people that are so like this one, from 0 to 1, that they may be meant."""
        return self._naming.like(word, self._named, self._nodes, least)

    def say(
        self,
        key: str,
        fields: dict[str, Any],
        extra: dict[str, Json],
        where: Where,
        module_word: str = "module",
    ) -> None:
        """What else a table says of a person who is there; what was said before stays. Then `settle`."""
        made = self._nodes.get(key)
        if made is not None:
            own = {field: value for field, value in fields.items() if field in _NODE_FIELDS}
            for known, told in ((made, own), (made.setdefault("extra", {}), extra)):
                for field, value in told.items():
                    self.keep_first(self.name_of(key), known.setdefault(field, value), value, where, field)
            self._naming.rows.add(made["name"])
            self._seen.append(_Seen(where, {**fields, "id": key}, module_word))

    def module_id(self, word: str, column: str) -> str:
        """The id of the module that a cell of a module column names; it comes into being there."""
        word = self._naming.first_form(self._naming.meant(word))
        if word in self._modules:
            return word
        for named in self._named.get(word, ()):
            if named in self._modules:
                return named
        free = word not in self._nodes and word not in self._named
        key = word if free else f"{column}:{word}"
        if key not in self._modules:
            number = word.replace(".", "").isdigit()
            self._modules[key] = {
                "id": ModuleId(key),
                "name": f"{column} {word}" if number else word,
                "extra": {},
            }
            if free:
                self._named[word] = [key]
        return key

    def is_module(self, key: str) -> bool:
        """Is this id that of a module?"""
        return key in self._modules

    def name_of(self, key: str) -> str:
        """The name of a node or module."""
        found = self._nodes.get(key) or self._modules.get(key) or {}
        return str(found.get("name", key))

    def belong(self, member: str, module: str, where: Where) -> None:
        """Put a person in a module; a module comes to lie in it."""
        if module not in self._modules:
            self.note(where, _NO_MODULE(name=brief(self.name_of(module))))
        elif member in self._modules:
            name, outer = self.name_of(member), self.name_of(module)
            self.note(where, _NO_PERSON(name=brief(name), module=brief(outer)))
            self.lay(member, module, where)
        else:
            self._nodes[member].setdefault("modules", {})[module] = None

    def lay(self, module: str, parent: str, where: Where) -> None:
        """Lay a module in another; the first parent counts."""
        for key in (module, parent):
            if key not in self._modules:
                self.note(where, _NO_MODULE(name=brief(self.name_of(key))))
                return
        before = self._modules[module].setdefault("parent", ModuleId(parent))
        if before != parent:
            name, other = self.name_of(module), self.name_of(parent)
            self.note(
                where, _TWO_PARENTS(name=brief(name), parent=brief(self.name_of(before)), other=brief(other))
            )

    def lead(self, module: str, person: str, where: Where) -> None:
        """Make a person the lead of a module; further leads are kept as an extra."""
        fields = self._modules[module]
        first = fields.setdefault("lead", NodeId(person))
        if first != person:
            extra = fields["extra"]
            if "leads" not in extra:
                self.note(where, _LEADS(name=brief(self.name_of(module)), lead=brief(self.name_of(first))))
            others = extra.get("leads", "")
            extra["leads"] = f"{others};{joined((person,))}" if others else joined((person,))

    def remark(self, key: str, name: str, value: str) -> None:
        """Keep something about a person or module as an extra."""
        found = self._nodes.get(key) or self._modules.get(key)
        if found is not None:
            found.setdefault("extra", {})[name] = value

    def channel(self, word: str) -> str:
        """The id of a channel, by id or name; a new one comes into being."""
        self._begin_channels()
        key = word.casefold()
        found = self._channels.get(_EMAIL.get(key, key))
        if found is None:
            found = Channel(id=ChannelId(word), name=word)
            self._channels[key] = found
            self._new_channels.append(word)
        return found.id

    def _begin_channels(self) -> None:
        """The usual ones, unless the file has described its own."""
        if not self._channels:
            for each in default_channels().values():
                self.known_channel(each)

    def known_channel(self, channel: Channel) -> None:
        """A channel as the file itself describes it."""
        self._channels[channel.id] = self._channels[channel.name.casefold()] = channel

    def finish(self, progress: Progress = SILENT) -> Opened:
        """The map. Its problems are none."""
        whole = Where(None, next((w.place for w in self._where.values()), ""))
        if self._strange:
            self.note(whole, _KINDS(kinds=names(brief(word) for word in self._strange)))
        if self._new_channels:
            self.note(whole, _NEW_CHANNELS(channels=names(brief(word) for word in self._new_channels)))
        if self._untitled:
            self.note(whole, _TITLES())
            tell_apart(self._nodes)
        again = repeated(self._links, progress.part(0.0, 0.2))
        if again:
            source, target = (brief(self.name_of(end)) for end in again[0])
            self.note(whole, _REPEATED(n=len(again), ends=_LINE(source=source, target=target)))
        parts = Parts(info=self.info, serial=len(self._nodes) + len(self._links) + 1)
        renamed = self._channel_parts(parts)
        place = {key: str(where) for key, where in self._where.items()}
        for key, fields in self._modules.items():
            parts.modules.append((place.get(key, ""), Module(**fields)))
        for key, fields in self._nodes.items():
            fields["modules"] = tuple(ModuleId(m) for m in fields.get("modules", ()))
            parts.nodes.append((place.get(key, ""), Node(**fields)))
        self._link_parts(parts, renamed, progress.part(0.2, 0.6))
        document = mended(parts, self.notes, progress.part(0.6, 1.0))
        for said in oddities(document):
            self.note(whole, said)
        for of_modules, pair in self._naming.pairs(document, [fields for _, fields in self._links]):
            may_be = _SAME_MODULE if of_modules else _SAME_PERSON
            self.note(whole, may_be(names=names(f"“{name}”" for name in pair)), spellings=pair)
        return opened(document, [*self.notes, *self.beyond()])

    def _channel_parts(self, parts: Parts) -> Mapping[str, ChannelId]:
        """Channels give way to people and modules, whose ids are those of the file."""
        found = self.channels({*self._nodes, *self._modules})
        parts.channels += [("", channel) for channel in found.values()]
        return {key: channel.id for key, channel in found.items()}

    def channels(self, taken: Collection[str]) -> dict[str, Channel]:
        """The channels of the map by the id each would have if that were not `taken` by somebody."""
        self._begin_channels()
        found: dict[str, Channel] = {}
        for channel in dict.fromkeys(self._channels.values()):
            key = channel.id
            while key in taken:
                key = ChannelId(f"channel:{key}")
            found[channel.id] = replace(channel, id=key)
        return found

    def _link_parts(self, parts: Parts, channels: Mapping[str, ChannelId], progress: Progress) -> None:
        taken = {*self._nodes, *self._modules, *channels.values()}
        for _, fields in self._links:
            own = fields.pop("id", None)
            if own is not None and own not in taken:
                fields["id"] = LinkId(own)
                taken.add(own)
            elif own is not None:
                fields.setdefault("extra", {})["id"] = own
        number = 0
        for where, fields in progress.over(self._links):
            if "channel" in fields:
                fields["channel"] = channels[fields["channel"]]
            if "id" not in fields:
                number += 1
                while f"l{number}" in taken:
                    number += 1
                fields["id"] = LinkId(f"l{number}")
            parts.links.append((where.place, Link(**fields)))
