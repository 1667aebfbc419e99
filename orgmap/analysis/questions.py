"""What may be asked of a map besides its findings: plain values that cross processes, and their answers.

Nothing heavy is imported before a question is answered, so that the window may ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmap.model.entities import EndId, NodeId
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.analysis.graphs import Maps


@dataclass(frozen=True, slots=True)
class Away:
    """What if these people, modules (with everybody in them) and links were away? Answer: `Absence`."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class AwayFindings:
    """Which findings would come and go if these were away? Answer: `Aftermath`; takes two runs."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """Where does this person fit? Answer: `Fitting`."""

    person: NodeId


@dataclass(frozen=True, slots=True)
class RouteTo:
    """How does a question get from `start` to `goal`, or to whoever knows `topic`, and its answer back?

    `goal`: a node or a module. `waiting`: the quickest way, waits counted; else the one with fewest
    steps. Answer: `Journey`.
    """

    start: NodeId
    goal: EndId | None = None
    topic: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Withstand:
    """What holds together while people leave? Answer: `Withstanding`."""

    seed: int = 1


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """Which so many people together hold the map together? Answer: `robustness.KeyPlayers`."""

    size: int


@dataclass(frozen=True, slots=True)
class Withstanding:
    """Two curves of the share of all people in the largest part, by how many have left; all on T.

    `whole`: that share with everybody there. `gone`: who leaves, the busiest first; `left`: the share
    after each of them; `by_chance`: the mean over `times` orders by chance, as many values. `sampled`:
    the order rests on a sample of paths.
    """

    whole: float
    gone: tuple[NodeId, ...]
    left: tuple[float, ...]
    by_chance: tuple[float, ...]
    times: int
    sampled: bool


Question = Away | AwayFindings | Fit | RouteTo | Withstand | KeyPlayers


def answer(question: Question, maps: Maps, progress: Progress = SILENT) -> object:
    """The answer, a frozen value (see `answers`); None about somebody who is not on the map.

    Raises `Cancelled` when called off.
    """
    from orgmap.analysis.absence import absence, aftermath
    from orgmap.analysis.fit import fit
    from orgmap.analysis.journeys import journey
    from orgmap.analysis.robustness import key_players
    from orgmap.analysis.withstanding import withstanding

    match question:
        case Away(ids=ids):
            return absence(maps, ids, progress=progress)
        case AwayFindings(ids=ids):
            return aftermath(maps, ids, progress=progress)
        case Fit(person=person):
            return fit(maps, person, progress=progress)
        case RouteTo():
            return journey(maps, question, progress=progress)
        case Withstand(seed=seed):
            return withstanding(maps, seed=seed, progress=progress)
        case KeyPlayers(size=size):
            return key_players(maps, size, progress=progress)
