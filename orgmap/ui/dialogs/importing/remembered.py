"""What was answered about a table, for another one with the same columns, until the window closes.

What was said of its rows is for the same file only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgmap.files.reading import Arrows, Form, ReadOptions, RowKind, Way, Weight
from orgmap.ui.dialogs.importing.doubts import Told

MOST = 50  # tables

File = tuple[str, tuple[str, ...]]  # its name, and what its columns are called


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
    """The answers by the columns of a table, and by the file what was said of its rows."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, ...], Answers] = {}
        self._told: dict[File, tuple[str, Told]] = {}

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

    def told(self, file: File, digest: str) -> Told:
        """What was said of the rows last time; of a file that is another by now, who is who."""
        before, told = self._told.get(file, ("", Told()))
        return told if before == digest else told.of_names()

    def keep_told(self, file: File, digest: str, told: Told) -> None:
        """Remember it, instead of what was said before."""
        self._told.pop(file, None)
        if told:
            self._told[file] = digest, told
            if len(self._told) > MOST:
                del self._told[next(iter(self._told))]


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
