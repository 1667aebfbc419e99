"""Would a finding still be said of a map with some lines fewer or more?

One function for each code gives the condition under which it would be said of at least one of those
it is about, worked out on the matrices of `trials`: the conditions of the checks, without their words.
On the map itself each has to answer yes, else nothing is judged by it. See `docs/findings.md`, "How
sure".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from orgmap.analysis import catalogue as codes
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding
from orgmap.analysis.standing.answers import (
    answered_late,
    broadcast,
    listening,
    one_way_channel,
    slow_way_back,
    way_back,
)
from orgmap.analysis.standing.contact import (
    bottleneck,
    handed_over,
    isolation,
    sole_contact,
    thread,
    unlinked_modules,
)
from orgmap.analysis.standing.layers import apex, chart, middle
from orgmap.analysis.standing.routes import expert, front_line, no_answer, out_of_sight, talked_at
from orgmap.analysis.trials import Condition
from orgmap.i18n import Said, Text, text

Made: TypeAlias = Callable[[Situation, Finding], Condition | None]

_OF_MORE = text("finding", "Gaps in the map were not tried: this rests on more than who talks with whom.")
_DAYS = text("finding", "Gaps in the map were not tried: they do not change how long an answer takes.")
_HOURS = text("finding", "Gaps in the map were not tried: nobody knows the hours of talk that it lacks.")
_CALLS = text("finding", "Gaps in the map were not tried: this counts whom a call reaches.")
_KNOWN = text("finding", "Gaps in the map were not tried: talk does not help while nobody is known to know.")
_CHART = text("finding", "Gaps in the map were not tried: this is about how the chart was drawn.")
_STATED = text("finding", "Gaps in the map were not tried: this repeats what was said of these lines.")

_MADE: Mapping[str, tuple[Made, ...]] = {
    codes.BOTTLENECK: (bottleneck,),
    codes.SOLE_CONTACT: (sole_contact,),
    codes.SINGLE_THREAD: (thread,),
    codes.BROADCAST_ONLY: (broadcast,),
    codes.ONLY_LISTENS: (listening,),
    codes.NO_WAY_BACK: (way_back, answered_late),
    codes.SLOW_WAY_BACK: (slow_way_back,),
    codes.ISOLATED: (isolation,),
    codes.UNLINKED_MODULES: (unlinked_modules,),
    codes.HANDOFF_UNBACKED: (handed_over,),
    codes.CHANNEL_MISMATCH: (one_way_channel,),
    codes.APEX_DEPENDENCE: (apex,),
    codes.DISCONNECTED_MIDDLE: (middle,),
    codes.CHART_AND_TALK: (chart,),
    codes.NO_ANSWER_ROUTE: (no_answer,),
    codes.OUT_OF_SIGHT: (out_of_sight,),
    codes.EXPERT_INTERRUPTED: (expert,),
    codes.FRONT_LINE_UNHEARD: (front_line,),
    codes.TALK_NOT_LISTEN_OUTSIDE: (talked_at,),
}

_UNJUDGED: Mapping[str, Text] = {
    codes.NO_WAY_BACK: _DAYS,
    codes.CHANNEL_MISMATCH: _DAYS,
    codes.OVERLOAD: _HOURS,
    codes.OVER_RESPONSE: _CALLS,
    codes.DISPUTED_LINK: _STATED,
    codes.REDUNDANT_CHANNELS: _STATED,
    codes.NO_ANSWER_ROUTE: _KNOWN,
    codes.CHART_AND_TALK: _CHART,
}
"""Why lines fewer or more say nothing about a code, or about some of its findings."""


def condition(situation: Situation, finding: Finding) -> Condition | None:
    """When this finding would still be said; None where lines fewer or more do not tell."""
    for made in _MADE.get(finding.code, ()):
        found = made(situation, finding)
        if found is not None:
            return found
    return None


def unjudged(finding: Finding) -> Said:
    """Why gaps in the map were not tried on a finding without a condition."""
    return _UNJUDGED.get(finding.code, _OF_MORE)()
