"""What the findings are called, where their definitions come from, and where their cut-offs lie.

A cut-off is changed per map in `MapInfo.thresholds` under its name here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from orgmap.i18n import Said, Text, text, verbatim
from orgmap.model.document import Document

BOTTLENECK = "bottleneck"
SOLE_CONTACT = "sole-contact"
SINGLE_THREAD = "single-thread"
BROADCAST_ONLY = "broadcast-only"
ONLY_LISTENS = "only-listens"
NO_WAY_BACK = "no-way-back"
SLOW_WAY_BACK = "slow-way-back"
ISOLATED = "isolated"
UNLINKED_MODULES = "unlinked-modules"
OVERLOAD = "overload"
OVER_RESPONSE = "over-response"
DISCONNECTED_MIDDLE = "disconnected-middle"
APEX_DEPENDENCE = "apex-dependence"
NO_ANSWER_ROUTE = "no-answer-route"
EXPERT_INTERRUPTED = "expert-interrupted"
OUT_OF_SIGHT = "out-of-sight"
FRONT_LINE_UNHEARD = "front-line-unheard"
TALK_NOT_LISTEN_OUTSIDE = "talk-not-listen-outside"
CHANNEL_MISMATCH = "channel-mismatch"
REDUNDANT_CHANNELS = "redundant-channels"
CHART_AND_TALK = "chart-and-talk"
DISPUTED_LINK = "disputed-link"
HANDOFF_UNBACKED = "handoff-unbacked"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its name on the screen, what it says in short, and where the definition is from.

    `whether`: what it checks, to be said where it could not.
    """

    title: Text
    meaning: Text
    whether: Text
    source: str


class Unit(StrEnum):
    """What a cut-off counts, and with it the range in which it may be set."""

    SHARE = "share"
    PEOPLE = "people"
    PAIRS = "pairs"
    LINES = "lines"
    STEPS = "steps"
    CHANNELS = "channels"
    TIMES = "times"

    @property
    def whole(self) -> bool:
        """Only whole numbers make sense."""
        return self not in (Unit.SHARE, Unit.TIMES)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """From where on something is said: the default, what it counts in words, and its unit."""

    value: float
    words: Text
    unit: Unit


ENTRIES: Mapping[str, Entry] = {
    BOTTLENECK: Entry(
        text("finding title", "Much depends on one"),
        text(
            "finding meaning",
            "Many people lose contact, or need a longer way, while one person or module is away.",
        ),
        text("finding meaning", "whether much depends on one person"),
        "Share of pairs that depend on one person: own definition, after Freeman 1977 (betweenness); "
        "people cut off: cut points of the two-way map, Harary 1969",
    ),
    SOLE_CONTACT: Entry(
        text("finding title", "Sole contact"),
        text("finding meaning", "Three people or more talk both ways with one person and with nobody else."),
        text("finding meaning", "whether somebody is the only contact of several others"),
        "Own definition: neighbours with one line only in the two-way map",
    ),
    SINGLE_THREAD: Entry(
        text("finding title", "Single thread"),
        text(
            "finding meaning",
            "Two modules, or two parts of the map, talk only through one person, or through two who talk.",
        ),
        text("finding meaning", "whether two parts are joined at one point only"),
        "Own definition; bridges: Granovetter 1973; linking pin: Likert 1961",
    ),
    BROADCAST_ONLY: Entry(
        text("finding title", "Answers hardly get back"),
        text("finding meaning", "Many people hear from somebody to whom their answers hardly get back."),
        text("finding meaning", "whether answers get back to those who tell many"),
        "Own definition, by lines, ways back of two steps, and contacts per week",
    ),
    ONLY_LISTENS: Entry(
        text("finding title", "Hears, but is not heard"),
        text(
            "finding meaning",
            "Somebody hears from three people or more, and the map shows nobody who hears from them.",
        ),
        text("finding meaning", "whether everybody who hears much is heard too"),
        "Own definition: incoming lines without outgoing ones",
    ),
    NO_WAY_BACK: Entry(
        text("finding title", "Answers lost or late"),
        text(
            "finding meaning",
            "Something is told, and on this map the answer has no way back, a far longer one, or comes late.",
        ),
        text("finding meaning", "whether answers find a way back"),
        "Own definition on strong components; fewest lines to close: Eswaran and Tarjan 1976",
    ),
    SLOW_WAY_BACK: Entry(
        text("finding title", "Long way back"),
        text("finding meaning", "An answer has to pass through two other people or more."),
        text("finding meaning", "whether answers have a long way back"),
        "Own definition: length of the shortest path back",
    ),
    ISOLATED: Entry(
        text("finding title", "Not joined to the others yet"),
        text(
            "finding meaning", "The map shows no talk between these people, modules or groups and the others."
        ),
        text("finding meaning", "whether everybody is joined to the others"),
        "Own definition: components of the map, direction left aside",
    ),
    UNLINKED_MODULES: Entry(
        text("finding title", "Modules without a link"),
        text(
            "finding meaning",
            "Nobody in one module talks with anybody in another one, though their work may need it.",
        ),
        text("finding meaning", "whether modules talk whose work needs it"),
        "Linking person: own definition, after Likert 1961; congruence: Cataldo and others 2006",
    ),
    OVERLOAD: Entry(
        text("finding title", "Many hours of talk"),
        text(
            "finding meaning",
            "Talk takes somebody more hours a week than there are for it, or far more than others.",
        ),
        text("finding meaning", "whether talk takes anybody too many hours"),
        "Own definition from contacts and minutes; unusual values: Iglewicz and Hoaglin 1993",
    ),
    OVER_RESPONSE: Entry(
        text("finding title", "More answers than needed"),
        text("finding meaning", "A call reaches more than three times the people whose answers it needs."),
        text("finding meaning", "whether calls reach more people than needed"),
        "Own definition: people reached, by answers needed",
    ),
    DISCONNECTED_MIDDLE: Entry(
        text("finding title", "The middle is left out"),
        text(
            "finding meaning",
            "Those between top and front meet only over the top, lack talk up or down, or are left out.",
        ),
        text("finding meaning", "whether those between top and front are in touch"),
        "Own definition; linking pin: Likert 1961; lateral relations: Galbraith 1974",
    ),
    APEX_DEPENDENCE: Entry(
        text("finding title", "Modules meet through the top"),
        text(
            "finding meaning",
            "People of different modules reach each other only, or fastest, through the top.",
        ),
        text("finding meaning", "whether modules meet only through the top"),
        "Own definition: pairs whose shortest connection passes the top; ways out: Galbraith 1974",
    ),
    NO_ANSWER_ROUTE: Entry(
        text("finding title", "Answers are hard to reach"),
        text(
            "finding meaning",
            "Somebody looks for an answer and has no way to anybody who knows, a long one, or a single one.",
        ),
        text("finding meaning", "whether people who look for an answer can reach one"),
        "Own definition: shortest paths there and back; separate routes: Menger 1927",
    ),
    EXPERT_INTERRUPTED: Entry(
        text("finding title", "Questions go to the most senior"),
        text(
            "finding meaning",
            "Questions reach the most senior first, though somebody less senior who knows is about as near.",
        ),
        text("finding meaning", "whether questions all go to the most senior person"),
        "Own definition: nearest holder of a topic, by level",
    ),
    OUT_OF_SIGHT: Entry(
        text("finding title", "Little heard from other modules"),
        text("finding meaning", "Somebody hears from too few other modules to see what the work is for."),
        text("finding meaning", "whether everybody hears enough from other modules"),
        "Own definition: modules that reach a person within two steps",
    ),
    FRONT_LINE_UNHEARD: Entry(
        text("finding title", "Word from outside gets stuck"),
        text(
            "finding meaning",
            "What people outside tell does not reach those who decide, takes long, or nothing comes back.",
        ),
        text("finding meaning", "whether word from outside reaches those who decide"),
        "Own definition: paths from the outside to those who decide, and back",
    ),
    TALK_NOT_LISTEN_OUTSIDE: Entry(
        text("finding title", "Nothing comes back from outside"),
        text(
            "finding meaning", "People outside are told things, and the map shows nobody who hears from them."
        ),
        text("finding meaning", "whether people outside are heard as well as told"),
        "Own definition: lines to an outside group without lines from it",
    ),
    CHANNEL_MISMATCH: Entry(
        text("finding title", "Channel does not fit"),
        text(
            "finding meaning",
            "A channel that could carry answers is used one way, or is slower than what is needed.",
        ),
        text("finding meaning", "whether channels fit what they carry"),
        "Own definition; richness of channels: Daft and Lengel 1986",
    ),
    REDUNDANT_CHANNELS: Entry(
        text("finding title", "Many channels for one thing"),
        text("finding meaning", "Two people use three channels or more for one purpose."),
        text("finding meaning", "whether anybody uses many channels for one thing"),
        "Own definition: channels of one pair with one purpose",
    ),
    CHART_AND_TALK: Entry(
        text("finding title", "Chart and talk differ"),
        text(
            "finding meaning",
            "Bosses and reports who do not talk on this map, or talk that mostly runs outside the chart.",
        ),
        text("finding meaning", "whether the chart and the talk agree"),
        "Own definition; after Krackhardt and Hanson 1993",
    ),
    DISPUTED_LINK: Entry(
        text("finding title", "Lines not agreed on"),
        text("finding meaning", "The two ends of a line see it differently, or only one names it."),
        text("finding meaning", "whether both ends agree on their lines"),
        "Own definition: status of links; agreement of both ends: Krackhardt 1987",
    ),
    HANDOFF_UNBACKED: Entry(
        text("finding title", "Handed over without talk"),
        text("finding meaning", "One person's work needs that of another, and the two do not talk."),
        text("finding meaning", "whether talk goes with work that is handed over"),
        "Own definition, after congruence: Cataldo and others 2006",
    ),
}

CUTOFFS: Mapping[str, Cutoff] = {
    "people": Cutoff(4, text("cut-off", "people a map needs before anything is said"), Unit.PEOPLE),
    "shares-from": Cutoff(8, text("cut-off", "people a map needs before shares are said"), Unit.PEOPLE),
    "broadcast-only.receivers": Cutoff(3, text("cut-off", "people somebody must reach"), Unit.PEOPLE),
    "broadcast-only.audience": Cutoff(
        0.5, text("cut-off", "share of receivers without a line back"), Unit.SHARE
    ),
    "broadcast-only.answering": Cutoff(
        0.2, text("cut-off", "share of them whose answer may need only one go-between"), Unit.SHARE
    ),
    "broadcast-only.listening": Cutoff(
        0.15, text("cut-off", "share of incoming contacts below which few are heard"), Unit.SHARE
    ),
    "broadcast-only.act": Cutoff(
        0.2, text("cut-off", "share of people concerned from which to act"), Unit.SHARE
    ),
    "only-listens.heard": Cutoff(3, text("cut-off", "people somebody must hear from"), Unit.PEOPLE),
    "no-way-back.act": Cutoff(
        0.2, text("cut-off", "share of people concerned from which to act"), Unit.SHARE
    ),
    "slow-way-back.steps": Cutoff(3, text("cut-off", "steps from which a way back is slow"), Unit.STEPS),
    "bottleneck.dependence": Cutoff(
        0.1, text("cut-off", "share of pairs that depend on one person"), Unit.SHARE
    ),
    "bottleneck.cut-off": Cutoff(3, text("cut-off", "people cut off"), Unit.PEOPLE),
    "bottleneck.lengthened": Cutoff(20, text("cut-off", "pairs with a longer way"), Unit.PAIRS),
    "bottleneck.act": Cutoff(
        0.25, text("cut-off", "share of the others cut off from which to act"), Unit.SHARE
    ),
    "sole-contact.people": Cutoff(3, text("cut-off", "people who talk with nobody else"), Unit.PEOPLE),
    "single-thread.people": Cutoff(3, text("cut-off", "people on the smaller side"), Unit.PEOPLE),
    "unlinked-modules.people": Cutoff(
        3, text("cut-off", "people in each of two modules side by side"), Unit.PEOPLE
    ),
    "isolated.linked": Cutoff(0.5, text("cut-off", "share of the people who must have a line"), Unit.SHARE),
    "isolated.island": Cutoff(3, text("cut-off", "people in a group apart, from which to act"), Unit.PEOPLE),
    "overload.known": Cutoff(
        0.8, text("cut-off", "share of links that must have contacts and minutes"), Unit.SHARE
    ),
    "overload.people": Cutoff(
        10, text("cut-off", "people a map needs before hours are compared"), Unit.PEOPLE
    ),
    "overload.deviation": Cutoff(
        3.5, text("cut-off", "how far from the others hours must lie, in typical distances"), Unit.TIMES
    ),
    "overload.above": Cutoff(1.5, text("cut-off", "times the hours of the next group"), Unit.TIMES),
    "over-response.times": Cutoff(3, text("cut-off", "times the answers needed"), Unit.TIMES),
    "over-response.act": Cutoff(10, text("cut-off", "people too many from which to act"), Unit.PEOPLE),
    "disconnected-middle.reach": Cutoff(
        1 / 3,
        text("cut-off", "share of pairs in the middle who reach each other directly or through one person"),
        Unit.SHARE,
    ),
    "disconnected-middle.pins": Cutoff(
        1 / 3, text("cut-off", "share of the middle that misses one side"), Unit.SHARE
    ),
    "disconnected-middle.act": Cutoff(
        0.5, text("cut-off", "share of the middle that misses one side, from which to act"), Unit.SHARE
    ),
    "disconnected-middle.passed": Cutoff(
        0.5, text("cut-off", "share of lines that pass the middle by"), Unit.SHARE
    ),
    "disconnected-middle.lines": Cutoff(5, text("cut-off", "lines that pass the middle by"), Unit.LINES),
    "apex-dependence.look": Cutoff(
        0.5, text("cut-off", "share of pairs of different modules that need the top"), Unit.SHARE
    ),
    "apex-dependence.act": Cutoff(
        0.8, text("cut-off", "share of pairs that need the top, from which to act"), Unit.SHARE
    ),
    "no-answer-route.hand-offs": Cutoff(3, text("cut-off", "hand-offs that a question may take"), Unit.STEPS),
    "expert-interrupted.askers": Cutoff(
        3, text("cut-off", "people who would ask the most senior"), Unit.PEOPLE
    ),
    "expert-interrupted.farther": Cutoff(
        1, text("cut-off", "steps that somebody less senior may be farther"), Unit.STEPS
    ),
    "out-of-sight.share": Cutoff(
        0.5, text("cut-off", "share of the other modules that must be seen"), Unit.SHARE
    ),
    "out-of-sight.steps": Cutoff(2, text("cut-off", "steps within which a module is seen"), Unit.STEPS),
    "front-line-unheard.steps": Cutoff(3, text("cut-off", "steps to those who decide"), Unit.STEPS),
    "channel-mismatch.people": Cutoff(
        3, text("cut-off", "people one sender reaches one way on a channel that carries answers"), Unit.PEOPLE
    ),
    "redundant-channels.channels": Cutoff(3, text("cut-off", "channels for one purpose"), Unit.CHANNELS),
    "chart-and-talk.silent": Cutoff(
        0.1, text("cut-off", "share of reporting lines without talk"), Unit.SHARE
    ),
    "chart-and-talk.outside": Cutoff(
        0.5, text("cut-off", "share of the talk that runs outside the chart"), Unit.SHARE
    ),
    "chart-and-talk.act": Cutoff(
        0.5, text("cut-off", "share of reporting lines without talk, from which to act"), Unit.SHARE
    ),
}
"""A name is its code, a dot, and what is cut off; those without a dot are for the whole map."""


def title(code: str) -> Text:
    """The short name of a code; the code itself if it is not known here."""
    entry = ENTRIES.get(code)
    return entry.title if entry is not None else Text("", code)


def named(code: str) -> Said:
    """The short name of a code as a value of another text."""
    entry = ENTRIES.get(code)
    return entry.title() if entry is not None else verbatim(code)


def checked(code: str) -> Said:
    """What a code checks, as a value of another text: "whether ..."."""
    entry = ENTRIES.get(code)
    return entry.whether() if entry is not None else verbatim(code)


def cutoffs(code: str) -> tuple[str, ...]:
    """The names of the cut-offs of one code, in the order of the table."""
    return tuple(name for name in CUTOFFS if name.startswith(f"{code}."))


def cutoff(document: Document, name: str) -> float:
    """The cut-off `name` of this map: the user's where it is a sound number, else the default."""
    own = document.info.thresholds.get(name)
    return own if own is not None and isfinite(own) and own >= 0 else CUTOFFS[name].value
