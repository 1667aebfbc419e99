"""Does the first advice mend what it is given for?  `python -m checks.mended`

`--each N` organizations for every kind of finding (40), `--seed S`. Needs nothing; some minutes. The
samples that ship and organizations with one planted defect are analysed, the first advice of every
finding is applied, and the map analysed again. Printed as a table: how often the finding is gone, how
often less of it is left, how often nothing changed. With findings that have no advice, or that stay
as they were, it did not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from checks.defects import PLANTERS
from checks.healthy import healthy
from orgmap.analysis.findings import Fact, Finding, Report
from orgmap.analysis.registry import CODES, run
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model.document import Document


class Outcome(StrEnum):
    """What became of a finding with its first advice."""

    GONE = "gone"
    LESS = "less"
    SAME = "as before"
    NO_ADVICE = "no advice"


def outcome(document: Document, report: Report, finding: Finding) -> Outcome:
    """What the first advice of `finding`, one of those in `report`, does for it."""
    if not finding.advice:
        return Outcome.NO_ADVICE
    after = run(document.apply(finding.advice[0].change), measures=False, only=[finding.code])
    left = trouble(after, finding)
    if not left:
        return Outcome.GONE
    return Outcome.LESS if left < trouble(report, finding) else Outcome.SAME


def trouble(report: Report, finding: Finding) -> float:
    """How much `report` still says of what `finding` is about: each code by what it counts; 0 nothing."""
    same = [f for f in report.judged if f.code == finding.code]
    about = {*finding.people, *finding.modules, *finding.links}
    near = [f for f in same if about & {*f.people, *f.modules, *f.links}]
    match finding.code:
        case "bottleneck" if finding.people:
            shares = [s for f in same if isinstance(s := f.evidence.get("without"), dict)]
            facts = [own[v] for own in shares for v in finding.people if v in own]
            return sum(n for fact in facts for n in numbers(fact) if n < 1)
        case "broadcast-only" | "bottleneck":
            return sum(f.severity + len(_ids(f, "audience")) for f in near)
        case "no-way-back" | "slow-way-back" if finding.links:
            links = len({link for f in near for link in f.links} & set(finding.links))
            ends = {(key, v) for f in near for key in ("tellers", "hearers") for v in _ids(f, key)}
            return links + sum(v in _ids(finding, key) for key, v in ends)
        case "no-way-back" if finding.people:
            own = [f for f in same if f.people == finding.people]
            return len({v for f in own for v in _ids(f, "must_hear_back_from")} & set(finding.lit_nodes))
        case "no-way-back":
            shared = [set(f.modules) & set(finding.modules) for f in same]
            return sum(len(modules) for modules in shared if len(modules) > 1)
        case "sole-contact":
            return sum(len(f.lit_nodes) for f in same if f.people == finding.people)
        case "single-thread":
            told = {*_ids(finding, "threads"), *_ids(finding, "lines")}
            return sum(1 for f in same for key in ("threads", "lines") for t in _ids(f, key) if t in told)
        case "overload":
            return sum(n for f in near for n in numbers(f.evidence.get("hours")))
        case "over-response":
            return sum(n for f in near for n in numbers(f.evidence.get("too_many")))
        case "apex-dependence":
            return sum(n for f in near for n in numbers(f.evidence.get("pairs_over_top")))
        case "disconnected-middle":
            apart = (
                [f.evidence.get("pairs_of_middle") for f in near],
                [f.evidence.get("near_pairs") for f in near],
            )
            pairs, met = (sum(n for fact in facts for n in numbers(fact)) for facts in apart)
            sides = sum(len(_ids(f, "no_line_up")) + len(_ids(f, "no_line_down")) for f in near)
            return pairs - met + sides + sum(n for f in near for n in numbers(f.evidence.get("lines_past")))
        case "no-answer-route":
            asks = [(f, a) for f in same if isinstance(a := f.evidence["asks_about"], dict)]
            questions = sum(
                (2 - f.weight.rank) * max(len(topics), 1)
                for f, own in asks
                for asker, topics in own.items()
                if asker in finding.people
            )
            ways = [f.evidence.get("steps_to_an_answer") for f in near]
            return questions + sum(n for way in ways for n in numbers(way)) / 100
        case "out-of-sight":
            few = [h.keys() for f in (finding, *same) if isinstance(h := f.evidence["modules_heard"], dict)]
            return sum(len(few[0] & own) for own in few[1:])
        case "handoff-unbacked":
            return len({key for f in same for key in _ids(f, "needs")} & set(_ids(finding, "needs")))
        case "unlinked-modules":
            pairs_beside = sum(n for f in near for n in numbers(f.evidence.get("pairs_side_by_side")))
            return pairs_beside + sum(len(_ids(f, "needs")) + len(_ids(f, "people_concerned")) for f in near)
        case "only-listens" | "isolated":
            return len(about & {subject for f in same for subject in (*f.people, *f.modules)})
        case _:
            listed = sum(len(fact) for f in near for fact in f.evidence.values() if isinstance(fact, tuple))
            subjects = sum(len(about & {*f.people, *f.modules, *f.links}) for f in near)
            count = sum(n for f in near if isinstance(n := dict(f.claim.values).get("n"), int))
            return listed + subjects + count + sum(f.severity - f.weight.rank / 10 for f in near)


def numbers(fact: Fact | dict[str, Fact]) -> Iterator[float]:
    """Every number in a fact, however deep."""
    match fact:
        case bool() | None | str():
            return
        case int() | float():
            yield float(fact)
        case dict():
            for value in fact.values():
                yield from numbers(value)


def _ids(finding: Finding, key: str) -> tuple[str, ...]:
    found = finding.evidence.get(key, ())
    return found if isinstance(found, tuple) else ()


def _maps(each: int, seed: int) -> Iterator[Document]:
    for path in sorted((*asset("samples").glob("*.orgmap"), *asset("templates").glob("*.orgmap"))):
        yield native.load(path)
    for planter in PLANTERS.values():
        for number in range(seed, seed + each):
            made = healthy(number)
            planter(made)
            yield made.document


def main(words: list[str]) -> int:
    """0 if every first advice mends its finding, or leaves less of it."""
    parser = argparse.ArgumentParser(prog="python -m checks.mended", description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(words)
    count: Counter[tuple[str, Outcome]] = Counter()
    for document in _maps(chosen.each, chosen.seed):
        report = run(document, measures=False)
        for finding in report.judged:
            became = outcome(document, report, finding)
            count[finding.code, became] += 1
            if became in (Outcome.SAME, Outcome.NO_ADVICE):
                said = finding.advice[0].text if finding.advice else ""
                print(f"{became}: {finding.code}: {finding.claim} {said}")
    print(f"{'':24}", *(f"{became.value:>10}" for became in Outcome))
    for code in CODES:
        print(f"{code:24}", *(f"{count[code, became]:10}" for became in Outcome))
    return 1 if any(count[code, bad] for code in CODES for bad in (Outcome.SAME, Outcome.NO_ADVICE)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
