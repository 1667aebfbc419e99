"""A map read aloud without names: the same ids, "Person 3" for a name, and none of the user's texts.

`nameless` makes a document that can leave the house; this one never does. It stands in for the real
one wherever something is said, while edits go on working on the real one by its ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from orgmap.analysis.findings import Advice, Fact, Finding, Report
from orgmap.drawing.hidden import Numbers, called_channels, called_module, called_names, called_topics
from orgmap.i18n import Names, Said, Value, say
from orgmap.model.document import Document
from orgmap.model.entities import Link, Node, default_channels

_LEAST = 2  # letters of a name that is looked for inside other words


class Mask:
    """Stand-ins for the names of one document, numbered as in `nameless` with the same `numbers`."""

    def __init__(self, document: Document, numbers: Numbers | None = None) -> None:
        self._real = document
        numbers = numbers or Numbers()
        kinds = ((key, node.kind) for key, node in document.nodes.items())
        self.names: dict[str, str] = {}
        self.names.update(zip(document.nodes, called_names(kinds, numbers), strict=True))
        self.names.update((key, called_module(key, numbers)) for key in document.modules)
        self.names.update(zip(document.channels, called_channels(document.channels, numbers), strict=True))

    @cached_property
    def document(self) -> Document:
        """The document with stand-ins for names and without texts. O(nodes + links), made once."""
        real, called_so = self._real, self.names
        return replace(
            real,
            info=replace(real.info, title="", purpose="", notes="", unread={}),
            channels={
                key: replace(c, name=called_so[key], place="", sign="", unread={})
                for key, c in real.channels.items()
            },
            modules={
                key: replace(m, name=called_so[key], purpose="", notes="", extra={}, unread={})
                for key, m in real.modules.items()
            },
            nodes={key: _bare(node, called_so[key]) for key, node in real.nodes.items()},
            links={key: _quiet(link) for key, link in real.links.items()},
            stickies={key: replace(note, text="") for key, note in real.stickies.items()},
            remarks={key: replace(r, reason="", note="", unread={}) for key, r in real.remarks.items()},
        )

    def words(self, words: str) -> str:
        """The words with every name in them replaced; ids of the map stay, they name nobody."""
        if self._real.has(words) and words not in self._by_name:
            return words
        exact = self._by_name.get(words)
        if exact is not None:
            return exact
        return self._anywhere.sub(self._stand_in, words) if self._anywhere is not None else words

    def said(self, said: Said) -> Said:
        """The same text with the values masked."""
        return Said(said.text, tuple((key, self._value(value)) for key, value in said.values))

    def finding(self, finding: Finding) -> Finding:
        """The same finding, its sentences masked; ids and the changes it advises are untouched."""
        return replace(
            finding,
            claim=self.said(finding.claim),
            because=self.said(finding.because),
            question=self.said(finding.question),
            sure=self.said(finding.sure) if finding.sure is not None else None,
            also=tuple(map(self.said, finding.also)),
            advice=tuple(map(self._advice, finding.advice)),
            evidence={key: self._fact(fact) for key, fact in finding.evidence.items()},
        )

    def _advice(self, advice: Advice) -> Advice:
        gained = self.said(advice.gained) if advice.gained is not None else None
        return replace(advice, text=self.said(advice.text), gained=gained)

    def report(self, report: Report) -> Report:
        """The same report, every sentence masked."""
        return replace(report, findings=tuple(map(self.finding, report.findings)))

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Stand-ins by name; where two share a name, that of the first."""
        real, found = self._real, dict[str, str]()
        known = {channel.name for channel in default_channels().values()}
        for node in real.nodes.values():
            found.setdefault(node.name, self.names[node.id])
        for module in real.modules.values():
            found.setdefault(module.name, self.names[module.id])
        for channel in real.channels.values():
            if channel.name not in known:
                found.setdefault(channel.name, self.names[channel.id])
        for words, called in self._texts():
            found.setdefault(words, called)
        found.pop("", None)
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        """What else somebody wrote that a finding may say, with what is said for it."""
        real = self._real
        yield real.info.title, say("hidden", "the map")
        yield from called_topics(real).items()
        purposes = {real.info.purpose, *(link.purpose for link in real.links.values())}
        for purpose in purposes | {module.purpose for module in real.modules.values()}:
            called = say("hidden", "a purpose")
            yield from dict.fromkeys((purpose, purpose.strip(), purpose.strip().casefold()), called).items()

    @cached_property
    def _anywhere(self) -> re.Pattern[str] | None:
        names = sorted((name for name in self._by_name if len(name) >= _LEAST), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def _stand_in(self, found: re.Match[str]) -> str:
        return self._by_name[found.group()]

    def _value(self, value: Value) -> Value:
        match value:
            case str():
                return self.words(value)
            case Names():
                return replace(value, names=tuple(map(self.words, value.names)))
            case Said():
                return self.said(value)
        return value

    def _fact(self, fact: Fact) -> Fact:
        if isinstance(fact, str):
            return fact if self._real.has(fact) else self.words(fact)
        if isinstance(fact, tuple):
            return tuple(one if self._real.has(one) else self.words(one) for one in fact)
        if isinstance(fact, Mapping):
            return {key: self._fact(inner) for key, inner in fact.items()}
        return fact


# What a person writes freely; while names are hidden none of it is shown or edited
TEXTS = ("name", "title", "purpose", "notes", "knows", "seeks", "topic", "health", "place", "sign", "text")


def _bare(node: Node, name: str) -> Node:
    return replace(node, name=name, title="", knows=(), seeks=(), notes="", extra={}, unread={})


def _quiet(link: Link) -> Link:
    if not (link.purpose or link.topic or link.health or link.notes or link.extra or link.unread):
        return link
    return replace(link, purpose="", topic="", health="", notes="", extra={}, unread={})
