"""What has one cause is one finding: how single facts are put together before they are told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Cause = TypeVar("Cause", bound=Hashable)


def by_cause(
    things: Iterable[Thing],
    causes: Callable[[Thing], Iterable[Cause]],
    prefer: Callable[[Cause], Any] = str,
    least: int = 2,
) -> tuple[list[tuple[Cause, list[Thing]]], list[Thing]]:
    """Group things by the cause that explains most of them, then by the next; (groups, rest).

    Each thing lands in one group, each group has `least` things or more; of causes that explain
    equally many the first by `prefer`, then by name. What is left over keeps its order.
    """
    listed = list(things)
    why = [list(dict.fromkeys(causes(thing))) for thing in listed]
    explained: dict[Cause, set[int]] = {}
    for place, found in enumerate(why):
        for cause in found:
            explained.setdefault(cause, set()).add(place)
    ranks = {cause: (prefer(cause), str(cause)) for cause in explained}
    heap = [(-len(places), ranks[cause], cause) for cause, places in explained.items()]
    heapify(heap)
    groups: list[tuple[Cause, list[Thing]]] = []
    taken: set[int] = set()
    while heap:
        count, rank, cause = heappop(heap)
        places = explained[cause]
        if len(places) < least:
            continue
        if -count > len(places):  # some of it went to a better cause meanwhile
            heappush(heap, (-len(places), rank, cause))
            continue
        own = sorted(places)
        groups.append((cause, [listed[i] for i in own]))
        taken.update(own)
        for place in own:
            for other in why[place]:
                explained[other].discard(place)
    return groups, [thing for place, thing in enumerate(listed) if place not in taken]


def same(things: Iterable[Thing], cause: Callable[[Thing], Cause]) -> list[tuple[Cause, list[Thing]]]:
    """Group things by the one cause each has; groups in order of their first thing."""
    groups: dict[Cause, list[Thing]] = {}
    for thing in things:
        groups.setdefault(cause(thing), []).append(thing)
    return list(groups.items())


def joined(sets: Sequence[frozenset[Thing]]) -> list[list[int]]:
    """Which of `sets` overlap, directly or over others: groups of their places. O(total size)."""
    leader = list(range(len(sets)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    holder: dict[Thing, int] = {}
    for place, members in enumerate(sets):
        for member in members:
            if member in holder:
                leader[find(place)] = find(holder[member])
            holder.setdefault(member, place)
    return [places for _, places in same(range(len(sets)), find)]
