"""What was answered about a table, for another one with the same columns, until the window closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgmap.files.reading import Arrows, Form, ReadOptions, RowKind, Way, Weight

MOST = 50  # tables


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says of a table, and of any other that has its columns."""

    form: Form | None = None
    kind: RowKind = RowKind.TALKS
    arrows: Arrows | None = None
    undirected: bool = False
    weight: Weight = Weight.STRENGTH
    mapping: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, Way] = field(default_factory=dict)


class Remembered:
    """The answers by the columns of a table."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, ...], Answers] = {}

    def of(self, columns: tuple[str, ...]) -> Answers | None:
        """What was said last time; None if nothing was."""
        return self._answers.get(columns)

    def keep(self, columns: tuple[str, ...], answers: Answers) -> None:
        """Remember it. Tables whose columns have no names are not known again."""
        if columns:
            self._answers.pop(columns, None)
            self._answers[columns] = answers
            if len(self._answers) > MOST:
                del self._answers[next(iter(self._answers))]


def answers_of(options: ReadOptions) -> Answers:
    """What the options say that holds for other tables, too."""
    return Answers(
        options.form,
        options.kind,
        options.arrows,
        options.undirected,
        options.weight,
        dict(options.mapping),
        dict(options.ways),
    )
