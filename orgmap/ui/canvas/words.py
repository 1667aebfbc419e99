"""What the canvas says of a node, a module or a link: in a tooltip and to a screen reader."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from orgmap.analysis.findings import Report
from orgmap.drawing.columns import goes_badly
from orgmap.drawing.plain import shown
from orgmap.i18n import Text, say, text
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    EndId,
    Link,
    LinkId,
    LinkKind,
    Module,
    Node,
    NodeId,
    NodeKind,
    Status,
    StickyId,
    StickyNote,
)
from orgmap.model.query import home, members, name_of
from orgmap.ui.kinds import NODE_KINDS, STATUSES

LINK_KINDS: dict[LinkKind, Text] = {
    LinkKind.TALKS: text("kind of link", "talks"),
    LinkKind.REPORTS: text("kind of link", "formal line"),
    LinkKind.NEEDS: text("kind of link", "needs"),
}

LONGEST_SAID = 500  # characters of a note or a name that are said whole


class Words:
    """The sentences about one document. What costs a pass over all links is counted once."""

    def __init__(self, document: Document, report: Report | None = None) -> None:
        self._document = document
        self._report = report

    @cached_property
    def _out_and_in(self) -> tuple[Counter[EndId], Counter[EndId]]:
        """Lines on which each end can tell, and on which it can hear."""
        out: Counter[EndId] = Counter()
        into: Counter[EndId] = Counter()
        for link in self._document.links.values():
            out[link.source] += 1
            into[link.target] += 1
            if link.two_way:
                out[link.target] += 1
                into[link.source] += 1
        return out, into

    @cached_property
    def _people_in(self) -> dict[str, int]:
        return {str(key): len(who) for key, who in members(self._document).items()}

    @cached_property
    def _leads(self) -> set[NodeId]:
        """Who leads a module."""
        modules = self._document.modules.values()
        return {module.lead for module in modules if module.lead is not None}

    @cached_property
    def _findings(self) -> Counter[str]:
        """How many findings are about each id."""
        count: Counter[str] = Counter()
        for finding in self._report.judged if self._report is not None else ():
            count.update({*finding.people, *finding.modules, *finding.links})
        return count

    def lines(self, end: EndId) -> tuple[int, int]:
        """How many lines go out of an end and come in; a two-way line counts in both."""
        out, into = self._out_and_in
        return out[end], into[end]

    def of_node(self, node: Node) -> str:
        """As in "Ana Novak, person, Sales, 4 links out, 2 in, 1 finding"."""
        parts = [shown(node.name or node.id), str(self.kind(node))]
        module = home(node)
        if module is not None:
            parts.append(shown(name_of(self._document, module)))
        parts += self._marks_said(node)
        return self._joined([*parts, *self._lines_said(node.id), *self._findings_said(node.id)])

    def of_module(self, module: Module) -> str:
        """As in "Sales, module, 5 people, 2 links out, 1 in"."""
        people = self._people_in.get(module.id, 0)
        parts = [shown(module.name or module.id), say("kind of node", "module")]
        parts.append(say("canvas", "{n} person", "{n} people", n=people))
        if any(self.lines(module.id)):
            parts += self._lines_said(module.id)
        return self._joined([*parts, *self._findings_said(module.id)])

    def of_link(self, link: Link) -> str:
        """As in "Ana to Ben, chat, no way back" or "Ana and Ben, both ways, face to face"."""
        source = shown(name_of(self._document, link.source))
        target = shown(name_of(self._document, link.target))
        if link.two_way:
            parts = [say("canvas", "{source} and {target}, both ways", source=source, target=target)]
        else:
            parts = [say("canvas", "{source} to {target}", source=source, target=target)]
        if link.kind is not LinkKind.TALKS:
            parts.append(str(LINK_KINDS[link.kind]()))
        channel = self._document.channels.get(link.channel) if link.channel is not None else None
        if channel is not None:
            parts.append(shown(channel.name))
        if link.per_week is not None:
            parts.append(say("canvas", "{times} in a week", times=link.per_week))
        if link.status is not Status.CONFIRMED:
            parts.append(str(STATUSES[link.status]()))
        if link.kind is LinkKind.NEEDS and link.step is not None:
            parts.append(say("canvas", "step {step} of the work", step=link.step))
        if goes_badly(link):
            parts.append(say("canvas", "goes badly"))
        if link.no_answer_needed:
            parts.append(say("canvas", "needs no answer"))
        if self.open(link):
            parts.append(say("canvas", "no way back"))
        return self._joined([*parts, *self._findings_said(link.id)])

    def of(self, any_id: str) -> str:
        """The sentence about whatever has this id; empty if nothing has."""
        found = self._found(any_id)
        match found:
            case Node():
                return self.of_node(found)
            case Module():
                return self.of_module(found)
            case Link():
                return self.of_link(found)
            case StickyNote():
                return self.of_note(found)
            case Backdrop():
                return say("canvas", "Background picture")
        return ""

    def of_note(self, note: StickyNote) -> str:
        """As in "Note: ask Ana about the order"."""
        words = shown(" ".join(note.text.split()), LONGEST_SAID)
        return say("canvas", "Note: {words}", words=words) if words else say("canvas", "Empty note")

    def kind(self, node: Node) -> str:
        """The kind of a node, a vacant role said so."""
        if node.kind is NodeKind.ROLE and node.vacant:
            return say("kind of node", "vacant role")
        return str(NODE_KINDS[node.kind]())

    def open(self, link: Link) -> bool:
        """Has the analysis found no way back for this link?"""
        measured = self._report.links.get(link.id) if self._report is not None else None
        return bool(measured and measured.get("open"))

    def tooltip(self, any_id: str) -> str:
        """The same in lines, the whole name first; plain text, for a widget that takes it as such."""
        document = self._document
        found = self._found(any_id)
        if not isinstance(found, Node):
            return self.of(any_id)
        lines = [shown(found.name or found.id, LONGEST_SAID), self.kind(found)]
        if found.title:
            lines[-1] += ", " + shown(found.title)
        if found.modules:
            lines.append(", ".join(shown(name_of(document, m)) for m in found.modules))
        marks = self._marks_said(found, tell_modules=False)
        if marks:
            lines.append(self._joined(marks))
        if found.knows:
            topics = ", ".join(shown(topic) for topic in found.knows)
            lines.append(say("canvas", "knows {topics}", topics=topics))
        lines.append(self._joined([*self._lines_said(found.id), *self._findings_said(found.id)]))
        return "\n".join(lines)

    def _marks_said(self, node: Node, *, tell_modules: bool = True) -> list[str]:
        """What the marks on the rim of a node say; `tell_modules`: its second module too."""
        parts = []
        if tell_modules and node.modules[1:]:
            other = shown(name_of(self._document, node.modules[1]))
            parts.append(say("canvas", "also in {module}", module=other))
        if node.id in self._leads:
            parts.append(say("legend", "leads a module"))
        if node.decides:
            parts.append(say("legend", "decides"))
        if node.holds_purpose:
            parts.append(say("legend", "holds the purpose"))
        if node.newcomer:
            parts.append(say("legend", "newcomer"))
        if node.pinned:
            parts.append(say("canvas", "pinned"))
        return parts

    def _found(self, any_id: str) -> Node | Module | Link | StickyNote | Backdrop | None:
        document = self._document
        found = document.end(NodeId(any_id)) or document.links.get(LinkId(any_id))
        thing = document.stickies.get(StickyId(any_id)) or document.backdrops.get(BackdropId(any_id))
        return found or thing

    def _lines_said(self, end: EndId) -> list[str]:
        out, into = self.lines(end)
        return [
            say("canvas", "{n} link out", "{n} links out", n=out),
            say("canvas", "{n} in", "{n} in", n=into),
        ]

    def _findings_said(self, any_id: str) -> list[str]:
        count = self._findings[any_id]
        return [say("canvas", "{n} finding", "{n} findings", n=count)] if count else []

    def _joined(self, parts: list[str]) -> str:
        return ", ".join(parts)
