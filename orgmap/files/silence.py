"""Which questions of a long table of answers name nobody, such as years, and what is kept of them.

A column that is called so holds names, whatever was asked. Else names tell themselves by people of that name
who answer, are on a list of people or are named by another question, or by the words of their question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from orgmap.files.columns import NAMES, Header
from orgmap.files.spelling import straight
from orgmap.files.survey import OVERLAP, asks_whom, bare, known_as, like_names, named, numeric
from orgmap.files.values import NOBODY, joined, plain


class Silence:
    """`questions`: those that name nobody. `rows`: all below the header; `knows`: is somebody called so, by
    other tables? `told`: questions that were said to name people.
    """

    def __init__(
        self,
        header: Header,
        rows: Iterable[Sequence[str]],
        knows: Callable[[str], bool],
        told: Collection[str],
    ) -> None:
        self.questions: frozenset[str] = frozenset()
        self._kept: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._header = header
        self._at = {column.field: i for i, column in enumerate(header.columns) if column is not None}
        called = plain(bare(header.name_of("answer") or "")) in NAMES
        if not called and all(field in self._at for field in ("respondent", "question", "answer")):
            width = len(header.columns)
            filled = [[*row, *[""] * (width - len(row))] for row in rows]
            self.questions = self._silent(filled, knows).difference(told)
            self._keep(filled)

    def kept(self, who: str, question: str) -> Mapping[str, str]:
        """All that somebody answered to a question that names nobody, and what else those rows say."""
        return {name: joined(cells) for name, cells in self._kept.get((who, question), {}).items()}

    def _silent(self, rows: Sequence[Sequence[str]], knows: Callable[[str], bool]) -> frozenset[str]:
        answers: dict[str, list[str]] = {}
        for row in rows:
            if row[self._at["answer"]]:
                answers.setdefault(row[self._at["question"]], []).append(row[self._at["answer"]])
        met = known_as(row[self._at["respondent"]] for row in rows if row[self._at["respondent"]])
        found = list(answers)
        while found:
            found = [question for question, cells in answers.items() if _names(question, cells, met, knows)]
            for question in found:  # and may be named by what is asked besides
                met |= {straight(word) for cell in answers.pop(question) for word in (cell, *named(cell))}
        return frozenset(answers)

    def _keep(self, rows: Sequence[Sequence[str]]) -> None:
        said_of = ("answer", "per_week", "weight")
        listed = enumerate(self._header.columns)
        of_answers = [i for i, column in listed if column is None or column.field in said_of]
        for row in rows if self.questions else ():
            question = row[self._at["question"]]
            if question in self.questions:
                said = self._kept.setdefault((row[self._at["respondent"]], question), {})
                for index in of_answers:
                    own = index == self._at["answer"]
                    name = question if own else f"{question}: {self._header.names[index]}"
                    if row[index]:
                        said.setdefault(name, []).append(row[index])


def _names(question: str, cells: Sequence[str], met: Collection[str], knows: Callable[[str], bool]) -> bool:
    """Do these answers name people? `met`: names as they are compared."""
    asks = not question or asks_whom(question)
    parts = [part for cell in cells for part in ([cell] if straight(cell) in met else named(cell))]
    parts = [part for part in parts if plain(part) not in NOBODY]
    share = sum(straight(part) in met or knows(part) for part in parts) / len(parts) if parts else 0.0
    if numeric(cells):  # ids, where somebody is asked for
        return bool(question) and asks and share == 1.0
    return like_names(cells) and (asks or share >= OVERLAP)
