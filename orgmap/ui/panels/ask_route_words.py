"""How a question gets to an answer and back, in sentences and steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from orgmap.analysis.answers import Journey, Route
from orgmap.analysis.questions import RouteTo
from orgmap.drawing.lighting import Lighting
from orgmap.i18n import Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, NodeId
from orgmap.model.query import name_of
from orgmap.ui.panels.ask_section import Section, item, section
from orgmap.ui.panels.ask_times import span, whole
from orgmap.ui.panels.link_words import carried
from orgmap.ui.panels.listing import Item

_HERE = text("route", "{asker} knows it already.")
_NOBODY_KNOWS = text("route", "Nobody on the map is drawn as knowing it.")
_EMPTY = text("route", "Nobody is in {goal} yet.")
_NO_WAY = text("route", "No way leads from {asker} to {goal}.")
_NO_WAY_TOPIC = text("route", "No way leads from {asker} to anybody who knows it.")
_TOLD_BACK = text("route", "Word from there reaches {asker} all the same.")
_DIRECT = text("route", "{asker} can ask {end} directly.")
_FIRST = text("route", "Ask {first} first: it takes {steps} to {end}.")
_STEPS = text("route", "{n} step", "{n} steps")
_HANDS = text("route", "{n} person hands it on: {names}.", "{n} people hand it on: {names}.")
_BACK = text("route", "The answer comes back in {steps}.")
_BACK_SAME = text("route", "The answer comes back the same way.")
_BACK_STRAIGHT = text("route", "The answer comes straight back.")
_NO_BACK = text("route", "No answer comes back.")
_WAITS = text("route", "Waits add up to {there} there.")
_WAITS_BOTH = text("route", "Waits add up to {there} there and {back} back.")
_NO_TIMES = text("route", "No line says how often people talk, so no time can be told.")
_ASSUMED = text(
    "route",
    "For {n} line nobody said how often; it counts as {often} a week.",
    "For {n} lines nobody said how often; they count as {often} a week.",
)
_OFTEN = text("route", "{n} contact", "{n} contacts")
_JUMP = text("route", "From {one} to {other} it skips a level.")
_ONLY_OVER = text("route", "Every way there passes {name}.")
_SEPARATE = text("route", "There is {n} way there.", "There are {n} ways that share nobody in between.")
_WAY = text("list", "{names}")

_THERE_TITLE = text("ask", "There")
_BACK_TITLE = text("ask", "And back")
_SEPARATE_TITLE = text("ask", "Separate ways")
_OTHERS_TITLE = text("ask", "Others who could answer")
_LIT = text("route", "the way from {asker} to {end}")


def route_sections(document: Document, asked: RouteTo, found: Journey) -> tuple[Section, ...]:
    """All that is to be said of a way; first whom to ask."""
    if not found.routes:
        return (section("claim", "", _none(document, asked, found)),)
    best, *others = found.routes
    back = best.back if best.back is not None and best.back != best.people[::-1] else ()
    ways = found.separate if len(found.separate) > 1 else ()
    parts = (
        section("claim", "", _best(document, found, best)),
        section("there", str(_THERE_TITLE()), (), _steps(document, best.people, best.links)),
        section("back", str(_BACK_TITLE()), (), _steps(document, back, best.links_back if back else ())),
        section("ways", str(_SEPARATE_TITLE()), (), (_way(document, way) for way in ways)),
        section("others", str(_OTHERS_TITLE()), (), (_other(document, other) for other in others)),
    )
    return tuple(part for part in parts if part)


def lit_on(found: Journey) -> Lighting:
    """The way there and back as light on the map, its steps numbered, its ends with a double ring."""
    best = found.routes[0]
    links = (*best.links, *best.links_back)
    return Lighting(
        lit_nodes=frozenset((*best.people, *(best.back or ()))),
        lit_links=frozenset(step[0] for step in links if step),
        subjects=frozenset[str]((best.people[0], best.end)),
        steps=best.people,
    )


def lit_words(document: Document, found: Journey) -> Said:
    """What the chip on the map says of it."""
    return _LIT(asker=name_of(document, found.start), end=name_of(document, found.routes[0].end))


def _none(document: Document, asked: RouteTo, found: Journey) -> Iterator[Said]:
    asker = name_of(document, asked.start)
    if found.here and not found.ends:
        yield _HERE(asker=asker)
    elif not found.ends:
        yield _NOBODY_KNOWS() if asked.goal is None else _EMPTY(goal=name_of(document, asked.goal))
    else:
        goal = asked.goal
        yield (
            _NO_WAY_TOPIC(asker=asker) if goal is None else _NO_WAY(asker=asker, goal=name_of(document, goal))
        )
        if found.told_back:
            yield _TOLD_BACK(asker=asker)


def _best(document: Document, found: Journey, best: Route) -> Iterator[Said]:
    asker, end = name_of(document, found.start), name_of(document, best.end)
    if found.here:
        yield _HERE(asker=asker)
    if best.steps == 1:
        yield _DIRECT(asker=asker, end=end)
    else:
        yield _FIRST(first=name_of(document, best.first), steps=_STEPS(n=best.steps), end=end)
        if best.hand_offs > 1:
            yield _HANDS(n=best.hand_offs, names=_names(document, best.between))
    if best.steps_back is None:
        yield _NO_BACK()
    elif best.steps_back == 1:
        yield _BACK_STRAIGHT()
    elif best.back == best.people[::-1]:
        yield _BACK_SAME()
    else:
        yield _BACK(steps=_STEPS(n=best.steps_back))
    yield from _waiting(best)
    for at in best.jumps:
        yield _JUMP(one=name_of(document, best.people[at]), other=name_of(document, best.people[at + 1]))
    if best.only_over is not None:
        yield _ONLY_OVER(name=name_of(document, best.only_over))
    elif len(found.separate) > 1:
        yield _SEPARATE(n=len(found.separate))


def _waiting(best: Route) -> Iterator[Said]:
    if best.minutes is None:
        yield _NO_TIMES()
        return
    there = span(best.minutes)
    if best.minutes_back is None:
        yield _WAITS(there=there)
    else:
        yield _WAITS_BOTH(there=there, back=span(best.minutes_back))
    if best.unsaid and best.assumed is not None:
        yield _ASSUMED(n=len(best.unsaid), often=_OFTEN(n=whole(best.assumed)))


def _steps(document: Document, people: Sequence[NodeId], links: Sequence[Sequence[LinkId]]) -> Iterator[Item]:
    """One row for each line of a way: who hears of it next, and over what."""
    for (_, person), carriers in zip(pairwise(people), links, strict=True):
        over = document.links.get(carriers[0]) if carriers else None
        aside = carried(document, over) if over is not None else ""
        yield item(document, person, aside, icon="arrow-right", also=carriers[:1])


def _way(document: Document, way: Sequence[NodeId]) -> Item:
    words = names([name_of(document, v) for v in way], len(way))
    return Item(frozenset[str](way), "arrow-right", str(_WAY(names=words)))


def _other(document: Document, route: Route) -> Item:
    links = (step[0] for step in route.links if step)
    return item(document, route.end, str(_STEPS(n=route.steps)), also=(*route.people, *links))


def _names(document: Document, people: Iterable[NodeId]) -> Said:
    return _WAY(names=names([name_of(document, v) for v in people]))
