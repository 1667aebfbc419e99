"""What has one cause is one finding: how single facts are put together before they are told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Cause = TypeVar("Cause", bound=Hashable)


def by_cause(
    things: Iterable[Thing],
    causes: Callable[[Thing], Iterable[Cause]],
    prefer: Callable[[Cause], object] = str,
    least: int = 2,
) -> tuple[list[tuple[Cause, list[Thing]]], list[Thing]]:
    """Group things by the cause that explains most of them, then by the next; (groups, rest).

    Each thing lands in one group, each group has `least` things or more; of causes that explain
    equally many the first by `prefer`, then by name. What is left over keeps its order.
    """
    waiting = list(things)
    groups: list[tuple[Cause, list[Thing]]] = []
    while waiting:
        explained: dict[Cause, list[int]] = {}
        for place, thing in enumerate(waiting):
            for cause in dict.fromkeys(causes(thing)):
                explained.setdefault(cause, []).append(place)
        best = min(
            (c for c, places in explained.items() if len(places) >= least),
            key=lambda c: (-len(explained[c]), prefer(c), str(c)),
            default=None,
        )
        if best is None:
            break
        taken = set(explained[best])
        groups.append((best, [waiting[i] for i in explained[best]]))
        waiting = [thing for i, thing in enumerate(waiting) if i not in taken]
    return groups, waiting


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
