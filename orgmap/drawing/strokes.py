"""What a view makes of the lines: which are left out, pale, or gathered into one with a count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgmap.drawing.columns import (
    LINK_KINDS,
    STATUSES,
    STEPS_OF_CONTACT,
    Flags,
    Floats,
    Ints,
    Links,
    Nodes,
)
from orgmap.drawing.looks import Looks, Presence
from orgmap.model.entities import LinkKind, Status

UNSAID = 1.0  # contacts per week that a line of unknown contact adds to the thickness of a bundle

_TALKS = LINK_KINDS.index(LinkKind.TALKS)
_CONFIRMED = STATUSES.index(Status.CONFIRMED)


@dataclass(frozen=True, eq=False)
class Veil:
    """Per node and per link: is it left out, and is it pale? What a bundle says: see `Strokes`."""

    nodes_gone: Flags
    nodes_pale: Flags
    links_gone: Flags
    links_pale: Flags

    @staticmethod
    def of(looks: Looks, nodes: Nodes, links: Links) -> Veil:
        """What the looks of a view hide and fade. A line to somebody pale is pale too."""
        gone, pale = rows_in(nodes.index, looks.hidden), rows_in(nodes.index, looks.faded)
        links_gone, links_pale = rows_in(links.index, looks.hidden), rows_in(links.index, looks.faded)
        presence = {LinkKind.TALKS: looks.talk, LinkKind.REPORTS: looks.formal, LinkKind.NEEDS: looks.needs}
        for kind, strength in presence.items():
            of_kind = links.kind == LINK_KINDS.index(kind)
            if strength is Presence.HIDDEN:
                links_gone |= of_kind
            elif strength is Presence.FADED:
                links_pale |= of_kind
        for ends in (links.source, links.target) if pale.any() else ():
            links_pale |= (ends >= 0) & pale[np.maximum(ends, 0)]
        return Veil(gone, pale, links_gone, links_pale)


def rows_in(index: Mapping[Any, int], ids: Iterable[str]) -> Flags:
    """A flag for each row of an index: is it among these ids?"""
    flags = np.zeros(len(index), dtype=bool)
    flags[[index[key] for key in ids if key in index]] = True
    return flags


def gathered(ends: Ints, links: Links, shown: Flags, together: Flags, mixed: bool) -> tuple[Ints, Ints]:
    """Which row is drawn in place of each (-1: none), and for how many links each drawn row stands.

    `together`: rows that become one line with all others between the same two; of the same kind
    only, unless `mixed`. The first of them is the one that is drawn.
    """
    stands = np.where(shown, np.arange(len(shown)), -1).astype(np.int32)
    count = shown.astype(np.int32)
    rows = np.flatnonzero(shown & together)
    if not len(rows):
        return stands, count
    low, high = ends[rows].min(axis=1).astype(np.int64), ends[rows].max(axis=1).astype(np.int64)
    kind = 0 if mixed else links.kind[rows].astype(np.int64)
    key = (low * (1 << 31) + high) * len(LINK_KINDS) + kind
    _, first, group, size = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    stands[rows] = rows[first][group]
    count[rows] = 0
    count[rows[first]] = size
    return stands, count


@dataclass(frozen=True, eq=False)
class Strokes:
    """How each drawn row of the links looks, one row per link; for a bundle what holds of all in it.

    `kind`, `dash`, `status`, `width`: as in Links; `both`: heads at both ends; `pale`: drawn as
    what is not lit; `count`: links it stands for; `step`: -1 none; `channel`: -1 none or several; `ill`,
    `quiet`: as in Links.
    """

    kind: Ints
    both: Flags
    dash: Ints
    status: Ints
    width: Ints
    step: Ints
    channel: Ints
    pale: Flags
    count: Ints
    ill: Flags
    quiet: Flags

    @staticmethod
    def of(links: Links, ends: Ints, stands: Ints, count: Ints, pale: Flags) -> Strokes:
        """The strokes of links, gathered as `gathered` says. O(links)."""
        both = links.two_way & (links.kind == _TALKS)
        members = np.flatnonzero((stands >= 0) & (count[np.maximum(stands, 0)] > 1))
        if not len(members):
            return Strokes(
                kind=links.kind,
                both=both,
                dash=links.dash,
                status=links.status,
                width=links.width,
                step=links.step,
                channel=links.channel,
                pale=pale,
                count=count,
                ill=links.ill,
                quiet=links.quiet,
            )
        of = stands[members]
        first = np.unique(of)
        forth = np.zeros(len(stands), dtype=bool)
        back = np.zeros(len(stands), dtype=bool)
        along = ends[members, 0] == ends[of, 0]
        forth[of[along | both[members]]] = True
        back[of[~along | both[members]]] = True
        both = both.copy()
        both[first] = (forth & back)[first]
        faint = pale.copy()
        faint[first] = True
        np.logical_and.at(faint, of, pale[members])
        return Strokes(
            kind=_common(links.kind, members, of, _TALKS),
            both=both,
            dash=_common(links.dash, members, of, 0),
            status=_common(links.status, members, of, _CONFIRMED),
            width=_summed(links, members, of, first),
            step=_common(links.step, members, of, -1),
            channel=_common(links.channel, members, of, -1),
            pale=faint,
            count=count,
            ill=_common(links.ill, members, of, 0).astype(bool),
            quiet=_common(links.quiet, members, of, 0).astype(bool),
        )


def _common(column: Ints | Flags, members: Ints, of: Ints, mixed: int) -> Ints:
    """The column, with the value of each bundle where all in it have the same, else `mixed`."""
    differs = np.zeros(len(column), dtype=bool)
    differs[of[column[members] != column[of]]] = True
    return np.where(differs, mixed, column).astype(np.int32)


def _summed(links: Links, members: Ints, of: Ints, first: Ints) -> Ints:
    """The thickness of each row, of a bundle by all the contact in it."""
    contact: Floats = np.zeros(len(links.ids))
    np.add.at(contact, of, np.where(np.isnan(links.contact[members]), UNSAID, links.contact[members]))
    width = links.width.copy()
    width[first] = np.digitize(contact[first], STEPS_OF_CONTACT)
    return width
