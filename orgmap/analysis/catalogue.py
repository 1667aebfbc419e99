"""What the findings are called, where their definitions come from, and where their cut-offs lie.

A cut-off is changed per map in `MapInfo.thresholds` under its name here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its name on the screen, what it says in short, and where the definition is from."""

    title: Text
    meaning: Text
    source: str


ENTRIES: Mapping[str, Entry] = {
    BOTTLENECK: Entry(
        text("finding title", "Bottleneck"),
        text(
            "finding meaning",
            "Many pairs of colleagues lose contact, or need a longer way, while somebody is away.",
        ),
        "Share of pairs that depend on one person: own definition, after Freeman 1977 (betweenness); "
        "people cut off: cut points of the two-way map, Harary 1969",
    ),
    SOLE_CONTACT: Entry(
        text("finding title", "Sole contact"),
        text("finding meaning", "Three or more people hang on one person and on nobody else."),
        "Own definition: neighbours with one line only in the two-way map",
    ),
    SINGLE_THREAD: Entry(
        text("finding title", "Single thread"),
        text("finding meaning", "Two parts are joined by exactly one person or one line."),
        "Own definition; bridges: Granovetter 1973; linking pin: Likert 1961",
    ),
    BROADCAST_ONLY: Entry(
        text("finding title", "Cannot be answered"),
        text("finding meaning", "Words reach many people who have no way to answer."),
        "Own definition, by lines, ways back of two steps, and contacts per week",
    ),
    ONLY_LISTENS: Entry(
        text("finding title", "Only listens"),
        text("finding meaning", "Hears from three people or more and is heard by nobody."),
        "Own definition: incoming lines without outgoing ones",
    ),
    NO_WAY_BACK: Entry(
        text("finding title", "No way back"),
        text("finding meaning", "A line is drawn, and no path leads an answer back."),
        "Own definition on strong components; fewest lines to close: Eswaran and Tarjan 1976",
    ),
    SLOW_WAY_BACK: Entry(
        text("finding title", "Slow way back"),
        text("finding meaning", "An answer takes three steps or more."),
        "Own definition: length of the shortest path back",
    ),
    ISOLATED: Entry(
        text("finding title", "Apart from the rest"),
        text("finding meaning", "People, modules or groups that no line joins to the rest."),
        "Own definition: components of the map, direction left aside",
    ),
}

CUTOFFS: Mapping[str, tuple[float, Text]] = {
    "people": (4, text("cut-off", "people a map needs before anything is said")),
    "shares-from": (8, text("cut-off", "people a map needs before shares are said")),
    "broadcast-only.receivers": (3, text("cut-off", "people somebody must reach")),
    "broadcast-only.audience": (0.5, text("cut-off", "share of receivers without a line back")),
    "broadcast-only.answering": (0.2, text("cut-off", "share of them that may have a way back of two steps")),
    "broadcast-only.listening": (
        0.15,
        text("cut-off", "share of incoming contacts below which few are heard"),
    ),
    "broadcast-only.act": (0.2, text("cut-off", "severity from which to act")),
    "only-listens.heard": (3, text("cut-off", "people somebody must hear from")),
    "no-way-back.act": (0.2, text("cut-off", "severity from which to act")),
    "slow-way-back.steps": (3, text("cut-off", "steps from which a way back is slow")),
    "bottleneck.dependence": (0.1, text("cut-off", "share of pairs that depend on one person")),
    "bottleneck.cut-off": (3, text("cut-off", "people cut off")),
    "bottleneck.lengthened": (20, text("cut-off", "pairs with a longer way")),
    "bottleneck.act": (0.25, text("cut-off", "share of the others cut off from which to act")),
    "sole-contact.people": (3, text("cut-off", "people who hang on one")),
    "single-thread.people": (3, text("cut-off", "people on the smaller side")),
    "isolated.linked": (0.5, text("cut-off", "share of the people who must have a line")),
    "isolated.island": (3, text("cut-off", "people in a group apart, from which to act")),
}


def title(code: str) -> Text:
    """The short name of a code; the code itself if it is not known here."""
    entry = ENTRIES.get(code)
    return entry.title if entry is not None else Text("", code)


def named(code: str) -> Said:
    """The short name of a code as a value of another text."""
    entry = ENTRIES.get(code)
    return entry.title() if entry is not None else verbatim(code)


def cutoff(document: Document, name: str) -> float:
    """The cut-off `name` of this map: the user's where it is a sound number, else the default."""
    own = document.info.thresholds.get(name)
    return own if own is not None and isfinite(own) and own >= 0 else CUTOFFS[name][0]
