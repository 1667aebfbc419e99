"""broadcast-only, for modules: judged over their people taken together, arcs inside left out."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.analysis.checks.broadcast import Voice, people_told, told, voice
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.findings import Finding
from orgmap.model.entities import ModuleId, NodeId


@once
def modules_told(situation: Situation) -> dict[ModuleId, Voice]:
    """The modules that are a finding of their own. What one person or an inner module explains is not."""
    if situation.untold is not None or situation.one_way is not None:
        return {}
    alone = people_told(situation).keys()
    found: dict[ModuleId, Voice] = {}
    members = situation.maps.members
    for module in sorted(members, key=lambda m: (len(members[m]), m)):
        own = members[module]
        if len(own) < 2 or len(own) == len(situation.maps.nodes) or situation.silent & set(own):
            continue
        made = voice(situation, own)
        if not made.kind:
            continue
        speaking = speakers(situation, made)
        inner = [set(members[m]) for m in found if set(members[m]) <= set(own)]
        if not speaking <= alone and not any(speaking <= people for people in inner):
            found[module] = made
    return found


def speakers(situation: Situation, v: Voice) -> set[NodeId]:
    """Those of a module who speak to its audience themselves."""
    audience = set(v.audience)
    return {s for s in v.speakers if audience & situation.out[s].keys()}


def broadcast_modules(situation: Situation) -> Iterator[Finding]:
    """Modules: B0, B1, B2 of docs/findings.md over their people."""
    for module, made in modules_told(situation).items():
        situation.progress.at(0.5)
        yield told(situation, made, module=module)
