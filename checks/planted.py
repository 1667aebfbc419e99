"""Is every planted defect found, and nothing said of the healthy?  `python -m checks.planted`

`--each N` organizations for every kind of finding and every half of a kind (200), `--only KIND`, `--seed S`.
Needs nothing; with 200 each some twenty minutes on one core. A map of 20 to 200 people is drawn by chance,
one defect is planted, and the finding of that kind has to be the first or second of its kind, judged, about
those concerned. The healthy maps themselves may raise nothing as *act*.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.defects import PLANTERS, Planter
from checks.halves import HALVES
from checks.healthy import healthy
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run

AMONG = 2  # the first or second of its kind
KINDS: Mapping[str, tuple[str, Planter]] = {**{code: (code, p) for code, p in PLANTERS.items()}, **HALVES}
"""What can be planted: a code, or a code and which half of it; with the code that has to tell it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong: on the map of `seed`, in words."""

    code: str
    seed: int
    words: str


def planted(name: str, seed: int) -> Miss | None:
    """Plant the defect of this name into the organization of `seed`; None if it is found."""
    made = healthy(seed)
    code, planter = KINDS[name]
    about = planter(made)
    report = run(made.document, measures=False, only=(code,))
    kind = [f for f in report.judged if f.code == code]
    if any(not about or about & _subjects(f) for f in kind[:AMONG]):
        return None
    place = next((n for n, f in enumerate(kind, 1) if about & _subjects(f)), None)
    said = f"it is number {place} of its kind" if place else f"not found; {len(kind)} others of its kind"
    return Miss(name, seed, f"{said}, on {len(made.nodes)} people")


def blamed(seed: int) -> Iterator[Miss]:
    """What the healthy organization of `seed` is told to act on."""
    for finding in run(healthy(seed).document, measures=False).judged:
        if finding.weight is Weight.ACT:
            yield Miss(finding.code, seed, str(finding.claim))


def main(words: list[str]) -> int:
    """0 if everything planted was found and nothing healthy blamed."""
    parser = argparse.ArgumentParser(prog="python -m checks.planted", description=__doc__)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(words)
    seeds = range(chosen.seed, chosen.seed + chosen.each)
    missed = 0
    for name in [chosen.only] if chosen.only else KINDS:
        misses = [miss for seed in seeds if (miss := planted(name, seed)) is not None]
        missed += len(misses)
        print(f"{name:32} {chosen.each - len(misses):4} of {chosen.each} found", flush=True)
        for miss in misses[:5]:
            print(f"    seed {miss.seed}: {miss.words}")
    wrong = [miss for seed in seeds for miss in blamed(seed)]
    print(f"{'healthy':32} {len(wrong):4} told to act on {chosen.each} maps")
    for miss in wrong[:5]:
        print(f"    seed {miss.seed}: {miss.code}: {miss.words}")
    return 1 if missed or wrong else 0


def _subjects(finding: Finding) -> set[str]:
    return {*finding.people, *finding.modules, *finding.links}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
