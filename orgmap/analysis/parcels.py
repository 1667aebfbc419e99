"""Large answers in pieces, so that taking one apart never holds anybody up.

Reading a message keeps the whole process waiting for as long as it takes. The answer about a map of
thousands is therefore sent as a parcel of some hundred rows each; they are opened one after the other,
in the thread that reads, and between two of them the interface has its turn.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar, cast

from orgmap.analysis.findings import Finding, Report

ROWS = 400  # people or links in a piece: some 2 ms to open
FINDINGS = 10  # a finding with its evidence may be as large as hundreds of rows
SMALL = 1_000  # people, links and ten times the findings, up to which a report is one piece anyway

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A report in pieces: what is left of it, and its tables and findings as bytes."""

    rest: Report
    people: tuple[bytes, ...]
    links: tuple[bytes, ...]
    findings: tuple[bytes, ...]

    def opened(self) -> Report:
        """The report that was sent; for a thread of its own."""
        findings: list[Finding] = []
        for piece in self.findings:
            findings += cast("tuple[Finding, ...]", pickle.loads(piece))
            time.sleep(0)
        return replace(
            self.rest,
            people=_table(self.people, self.rest.people),
            links=_table(self.links, self.rest.links),
            findings=tuple(findings),
        )


def large(report: Report) -> bool:
    """Would it take long to read in one piece?"""
    return len(report.people) + len(report.links) + 10 * len(report.findings) > SMALL


def parcelled(report: Report) -> Parcel:
    """The report in pieces."""
    return Parcel(
        rest=replace(report, people={}, links={}, findings=()),
        people=tuple(_rows(report.people)),
        links=tuple(_rows(report.links)),
        findings=tuple(
            pickle.dumps(report.findings[at : at + FINDINGS])
            for at in range(0, len(report.findings), FINDINGS)
        ),
    )


def _rows(table: Mapping[_Key, _Value]) -> Iterator[bytes]:
    left = iter(table.items())
    while piece := list(islice(left, ROWS)):
        yield pickle.dumps(piece)


def _table(pieces: tuple[bytes, ...], like: Mapping[_Key, _Value]) -> Mapping[_Key, _Value]:
    table = dict(like)
    for piece in pieces:
        table.update(cast("list[tuple[_Key, _Value]]", pickle.loads(piece)))
        time.sleep(0)
    return table
