"""What one window shows of its map: filters, focus and ways of drawing, as one frozen value.

A `Showing` is what a person chose; `looks_of` works out what it does to a document. Neither is part
of the document: nothing here is saved or undone, and the analysis never hears of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from orgmap.drawing.columns import Nodes
from orgmap.drawing.looks import Looks, Presence
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, LinkKind, ModuleId, NodeId
from orgmap.model.query import above, home
from orgmap.ui.gauging import Gauged
from orgmap.ui.reach import Columns, beyond, columns_of
from orgmap.ui.sieve import Facet, Filter, Rule, Seldom, Sieve, Unlike, nested

FARTHEST = 5  # steps of a focus
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Focus:
    """Everything farther than `steps` of talk from `around` pales, or with `hides` goes."""

    around: frozenset[str]
    steps: int
    hides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """The choices of one window.

    `filters`: at most one for each facet. `picked`: ids hidden by hand; `chosen`: if any, only these
    are shown. `words`: only nodes whose name, title or topics hold them. `least`: talk happens at
    least so often a week. `spared`: ids shown although a filter or the focus would hide them,
    because they were drawn or altered meanwhile, or asked for. `colour`, `size`, `lines`, `grounds`:
    the keys of the measures that fill people, size them, colour lines, and colour modules.
    """

    filters: tuple[Filter, ...] = ()
    picked: frozenset[str] = NOTHING
    chosen: frozenset[str] = NOTHING
    words: str = ""
    least: float | None = None
    focus: Focus | None = None
    spared: frozenset[str] = NOTHING
    talk: Presence = Presence.FULL
    formal: Presence = Presence.FULL
    needs: Presence = Presence.FULL
    modules_only: bool = False
    bundled: bool = False
    labels: bool = False
    names: bool = True
    colour: str | None = None
    size: str | None = None
    lines: str | None = None
    grounds: str | None = None

    @property
    def narrowed(self) -> bool:
        """Could anything be hidden or paler than usual?"""
        lines = {self.talk, self.formal, self.needs}
        return bool(
            self.filters
            or self.picked
            or self.chosen
            or self.words
            or self.least is not None
            or self.focus
            or lines != {Presence.FULL}
        )

    def filter_of(self, facet: Facet) -> Filter | None:
        """What is asked of this facet."""
        return next((one for one in self.filters if one.facet is facet), None)

    def filtered(self, facet: Facet, values: Iterable[str], *, only: bool = False) -> Showing:
        """With another filter of this facet; hiding nothing is no filter."""
        wanted = frozenset(values)
        rest = tuple(one for one in self.filters if one.facet is not facet)
        made = (Filter(facet, wanted, only),) if wanted or only else ()
        return replace(self, filters=rest + made, spared=NOTHING)

    def drawn(self, kind: LinkKind, how: Presence) -> Showing:
        """With lines of this kind drawn so strongly."""
        match kind:
            case LinkKind.TALKS:
                return replace(self, talk=how)
            case LinkKind.REPORTS:
                return replace(self, formal=how)
            case _:
                return replace(self, needs=how)

    def everything(self) -> Showing:
        """With nothing hidden or paler; how lines are drawn and whether names are said stays."""
        return Showing(
            bundled=self.bundled,
            labels=self.labels,
            names=self.names,
            colour=self.colour,
            size=self.size,
            lines=self.lines,
            grounds=self.grounds,
        )

    @property
    def measured(self) -> list[tuple[Gauged, str | None]]:
        """Which measures are asked for, by what they alter."""
        return [(what, getattr(self, what.value)) for what in Gauged]


PRESENCES: dict[LinkKind, str] = {
    LinkKind.TALKS: "talk",
    LinkKind.REPORTS: "formal",
    LinkKind.NEEDS: "needs",
}


def presence(showing: Showing | Looks, kind: LinkKind) -> Presence:
    """How strongly lines of this kind are drawn."""
    found: Presence = getattr(showing, PRESENCES[kind])
    return found


def node_rules(showing: Showing) -> list[Rule]:
    """What filters ask of nodes."""
    rules: list[Rule] = [one for one in showing.filters if not one.facet.of_links]
    return [*rules, Unlike(showing.words)] if showing.words.strip() else rules


def link_rules(showing: Showing) -> list[Rule]:
    """What filters and presences ask of links."""
    rules: list[Rule] = [one for one in showing.filters if one.facet.of_links]
    if showing.least is not None:
        rules.append(Seldom(showing.least))
    return [*rules, *(of_kind(k) for k in LinkKind if presence(showing, k) is Presence.HIDDEN)]


def of_kind(kind: LinkKind) -> Filter:
    """What hides all lines of a kind."""
    return Filter(Facet.LINK, frozenset((kind.value,)))


def looks_of(
    document: Document,
    showing: Showing,
    lit: Collection[str] = (),
    columns: Columns | None = None,
    sieve: Sieve | None = None,
) -> Looks:
    """What the choices do to a document. O(nodes + links); with a sieve that followed an edit, less.

    `lit`: ids of evidence, never hidden. `columns`: those of the document, if they are there already.
    """
    plain = Looks(
        bundled=showing.bundled,
        modules_only=showing.modules_only,
        names=showing.names,
        labels=showing.labels,
    )
    if not showing.narrowed:
        return plain
    caught = (sieve or Sieve()).of
    columns = columns or columns_of(document)
    spared = _with_ends(document, (*showing.spared, *lit))
    nodes, links = _picked(document, showing)
    nodes.update(*(caught(document, rule) for rule in node_rules(showing)))
    links.update(*(caught(document, rule) for rule in link_rules(showing)))
    faded: frozenset[str] = NOTHING
    focus = showing.focus
    if focus is not None:
        far_nodes, far_links = beyond(document, focus.around, focus.steps, columns)
        if focus.hides:
            nodes |= far_nodes
        else:
            faded = frozenset[str]((far_nodes | far_links) - spared)
    nodes -= spared
    links -= spared
    shown = {kind: presence(showing, kind) for kind in LinkKind}
    for key in spared & document.links.keys():
        kind = document.links[LinkId(key)].kind
        if shown[kind] is Presence.HIDDEN:
            shown[kind] = Presence.FULL  # the others of its kind are hidden one by one
    gone = _gone_modules(document, showing, nodes, spared, columns[0])
    return replace(
        plain,
        hidden=frozenset[str]().union(nodes, links, gone),
        faded=faded,
        talk=shown[LinkKind.TALKS],
        formal=shown[LinkKind.REPORTS],
        needs=shown[LinkKind.NEEDS],
    )


def unseen(document: Document, looks: Looks, any_id: str) -> bool:
    """Does this way of looking leave the node, module or link out? Collapsed modules apart."""
    if any_id in looks.hidden:
        return True
    link = document.links.get(LinkId(any_id))
    if link is not None:
        return presence(looks, link.kind) is Presence.HIDDEN or not looks.hidden.isdisjoint(
            (link.source, link.target)
        )
    if looks.modules_only:
        node = document.nodes.get(NodeId(any_id))
        if node is not None:
            return home(node) is not None
        module = document.modules.get(ModuleId(any_id))
        return module is not None and module.parent in document.modules
    return False


def _picked(document: Document, showing: Showing) -> tuple[set[str], set[str]]:
    """The nodes and the links that are hidden by hand, or not among the chosen."""
    nodes: set[str] = set()
    links: set[str] = set()
    if showing.picked:
        away = nested(document, showing.picked)
        nodes |= {n.id for n in document.nodes.values() if n.id in away or home(n) in away}
        links |= away & document.links.keys()
    if showing.chosen:
        lines = showing.chosen & document.links.keys()
        kept = nested(document, _with_ends(document, showing.chosen))
        nodes |= {n.id for n in document.nodes.values() if n.id not in kept and home(n) not in kept}
        if lines:
            links |= document.links.keys() - lines
    return nodes, links


def _with_ends(document: Document, ids: Iterable[str]) -> frozenset[str]:
    """With the ends of every link among them, without which it could not be seen."""
    found = set(ids)
    links = [document.links[LinkId(key)] for key in found if key in document.links]
    return frozenset(found.union(*((link.source, link.target) for link in links)))


def _gone_modules(
    document: Document, showing: Showing, hidden: set[str], spared: frozenset[str], nodes: Nodes
) -> set[str]:
    """The modules that are left out: asked for, or gone with the last of their people."""
    if not document.modules or not (hidden or showing.picked or showing.chosen or showing.filters):
        return set()
    asked = _asked_away(document, showing)
    rows = [row for key in hidden if (row := nodes.index.get(NodeId(key))) is not None]
    stays = np.ones(len(nodes.ids), dtype=bool)
    stays[rows] = False
    housed = nodes.home >= 0
    count = len(document.modules)
    everybody = np.bincount(nodes.home[housed], minlength=count).tolist()
    left = np.bincount(nodes.home[housed & stays], minlength=count).tolist()
    all_in: dict[str, int] = dict.fromkeys(document.modules, 0)
    left_in: dict[str, int] = dict(all_in)
    for key, all_here, left_here in zip(document.modules, everybody, left, strict=True):
        for outer in above(document, key):
            all_in[outer.id] += all_here
            left_in[outer.id] += left_here
    gone = {key for key in all_in if not left_in[key] and (all_in[key] or key in asked)}
    return gone - {m.id for key in spared & all_in.keys() for m in above(document, ModuleId(key))}


def _asked_away(document: Document, showing: Showing) -> set[str]:
    """The modules that filters or the hand hide, empty ones too."""
    asked: set[str] = set()
    for one in showing.filters:
        if one.facet is Facet.MODULE:
            named = nested(document, one.values)
            asked |= {key for key in document.modules if (key in named) != one.only}
    asked |= nested(document, showing.picked) & document.modules.keys()
    if showing.chosen:
        asked |= document.modules.keys() - nested(document, showing.chosen)
    return asked
