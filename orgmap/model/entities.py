"""The things on a map, as frozen values. The words are those of the user; see `docs/format.md`.

Positions are map units: one unit is one pixel at 100 %. x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

NodeId = NewType("NodeId", str)
ModuleId = NewType("ModuleId", str)
LinkId = NewType("LinkId", str)
ChannelId = NewType("ChannelId", str)
StickyId = NewType("StickyId", str)
BackdropId = NewType("BackdropId", str)
RemarkId = NewType("RemarkId", str)
EndId = NodeId | ModuleId  # what a link may end on; ids are unique across all tables

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Extra = Mapping[str, Json]
_NOTHING: Extra = {}


def _extra() -> Extra:
    return _NOTHING


class NodeKind(StrEnum):
    """What stands at the end of a link."""

    PERSON = "person"
    ROLE = "role"  # a post, perhaps vacant
    OUTSIDE = "outside"  # customer, partner, user
    SOURCE = "source"  # wiki, ticket queue


class LinkKind(StrEnum):
    """What a link says. Its direction: see `Link`."""

    TALKS = "talks"
    REPORTS = "reports"
    NEEDS = "needs"


class Status(StrEnum):
    """How sure the people in the room are of a link."""

    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    ASSUMED = "assumed"
    DISPUTED = "disputed"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A person, role, outside party or source.

    `modules`: the first is the home module, whose frame holds the node. `level`: 1 is the top.
    `hours`: what the person can spend on communication, hours per week, >= 0. None: nobody said.
    `x`, `y`: centre, map units; both None while nobody has placed the node.
    `unread`: fields of a newer file that this version does not know, kept for saving.
    """

    id: NodeId
    name: str
    kind: NodeKind = NodeKind.PERSON
    modules: tuple[ModuleId, ...] = ()
    level: int | None = None
    title: str = ""
    knows: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    newcomer: bool = False
    decides: bool = False
    holds_purpose: bool = False
    vacant: bool = False
    hours: float | None = None
    notes: str = ""
    x: float | None = None
    y: float | None = None
    pinned: bool = False
    extra: Extra = field(default_factory=_extra, hash=False)
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle in map units; `width` and `height` > 0."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A team or unit. `frame` is where an empty module stands, and the least room it takes while all
    it holds stands within, by their middles; once something stands outside, it follows its people.

    `colour`: index into the theme's module colours, None: given by order.
    """

    id: ModuleId
    name: str
    parent: ModuleId | None = None
    lead: NodeId | None = None
    purpose: str = ""
    colour: int | None = None
    collapsed: bool = False
    frame: Frame | None = None
    notes: str = ""
    extra: Extra = field(default_factory=_extra, hash=False)
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line of communication. Information flows from `source` to `target`.

    *talks*: source tells target, both ways if `two_way`. *reports*: source is the boss of target.
    *needs*: the work of source needs that of target, at `step` of the order of work.
    `per_week`: contacts in a week; `minutes`: length of one contact; both >= 0, None: nobody said.
    `needed_within`: days until an answer is needed. `strength`: thickness only, from a foreign file.
    """

    id: LinkId
    source: EndId
    target: EndId
    kind: LinkKind = LinkKind.TALKS
    two_way: bool = False
    channel: ChannelId | None = None
    per_week: float | None = None
    minutes: float | None = None
    formal: bool | None = None
    status: Status = Status.CONFIRMED
    purpose: str = ""
    topic: str = ""
    health: str = ""
    step: int | None = None
    needed_within: float | None = None
    answers_needed: int | None = None
    no_answer_needed: bool = False
    strength: float | None = None
    notes: str = ""
    extra: Extra = field(default_factory=_extra, hash=False)
    unread: Extra = field(default_factory=_extra, hash=False)


class Dash(StrEnum):
    """How the line of a channel is broken."""

    SOLID = "solid"
    DASH = "dash"
    DOT = "dot"
    DASH_DOT = "dash-dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """How a link is carried. `delay`: days until it arrives, >= 0. `answers`: can one answer on it.

    `rank`: its place where channels are listed; equal ones stand in the order of the map.
    """

    id: ChannelId
    name: str
    delay: float = 0.0
    answers: bool = True
    at_once: bool = False
    formal: bool = False
    place: str = ""
    dash: Dash = Dash.SOLID
    sign: str = ""
    rank: int = 0
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StickyNote:
    """A note stuck on the map, above everything. It means nothing to the analysis.

    `x`, `y`: upper left corner; `width`, `height` > 0, map units; the text wraps and the note grows
    downwards if it must. `colour`: index into the theme's note colours, >= 0.
    """

    id: StickyId
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 180.0
    height: float = 120.0
    colour: int = 0
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """A picture behind the map, such as a floor plan. It is kept in the map, not beside it.

    `data`: a PNG or JPEG file in base64. `x`, `y`: upper left corner; `width`, `height` > 0, map
    units. `strength`: 0..1, how opaque. `locked`: no hand on the canvas touches it.
    """

    id: BackdropId
    data: str = field(repr=False)
    x: float = 0.0
    y: float = 0.0
    width: float = 1000.0
    height: float = 700.0
    strength: float = 0.6
    locked: bool = True
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the room said of a finding: that it can be left aside and why, or a note on it.

    `code`: of the finding. `about`: the ids of its subjects when it was said; any of them may be gone
    from the map since. Which finding is meant now: `remarks.matched`.
    """

    id: RemarkId
    code: str
    about: tuple[str, ...] = ()
    dismissed: bool = False
    reason: str = ""
    note: str = ""
    unread: Extra = field(default_factory=_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapInfo:
    """What is said of the map as a whole. `thresholds`: cut-offs of findings changed by the user.

    `asked`: the lines come from asking each person whom they hear from or go to (`--arrows asks`),
    so somebody without an incoming line may only not have answered.
    """

    title: str = ""
    purpose: str = ""
    notes: str = ""
    reporting_is_talk: bool = False
    asked: bool = False
    thresholds: Mapping[str, float] = field(default_factory=dict, hash=False)
    unread: Extra = field(default_factory=_extra, hash=False)


def default_channels() -> dict[ChannelId, Channel]:
    """The channels a new map starts with."""
    listed = (
        Channel(id=ChannelId("face"), name="face to face", at_once=True),
        Channel(id=ChannelId("meeting"), name="meeting", at_once=True, formal=True),
        Channel(id=ChannelId("phone"), name="phone", at_once=True, dash=Dash.DASH_DOT),
        Channel(id=ChannelId("chat"), name="chat", delay=0.1, dash=Dash.DOT),
        Channel(id=ChannelId("mail"), name="mail", delay=1.0, dash=Dash.DASH),
        Channel(id=ChannelId("ticket"), name="ticket", delay=1.0, formal=True, dash=Dash.DASH),
        Channel(id=ChannelId("report"), name="report", delay=1.0, formal=True, dash=Dash.DASH),
        Channel(id=ChannelId("newsletter"), name="newsletter", delay=1.0, answers=False, dash=Dash.DASH),
        Channel(id=ChannelId("notice"), name="notice board", delay=1.0, answers=False, dash=Dash.DOT),
    )
    return {channel.id: channel for channel in listed}
