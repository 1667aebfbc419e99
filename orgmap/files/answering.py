"""From the answers of a survey to a map in the making: who named whom, and whether both say so.

Both can say so where a question goes both ways. Where one asks and the other is asked, two who name each
other tell of two lines, and of each only its teller does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orgmap.files.assembly import Assembly
from orgmap.files.doubts import Where, Word
from orgmap.files.filling import NO_MARK, fitted
from orgmap.files.linking import LinkRow
from orgmap.files.reading import Arrows, ReadOptions, RowKind, Way
from orgmap.files.recognition import Table
from orgmap.files.sentences import sentence
from orgmap.files.silence import Silence
from orgmap.files.survey import (
    askings,
    is_long,
    is_weighed,
    last_name_first,
    named,
    paired,
    person_columns,
    reports,
    way_of,
)
from orgmap.files.values import (
    NOBODY,
    BadCell,
    Convert,
    Mark,
    amount,
    brief,
    is_scale,
    marked,
    near_marks,
    often,
    plain,
)
from orgmap.i18n import Said, names, text
from orgmap.model.entities import Json, Status
from orgmap.progress import SILENT, Progress

_NO_RESPONDENT = text("notes", "The row does not say who answers; it was left out.")
_SELF = text("notes", "{name} is named in their own answer; that was left out.")
_LEFT_OUT = text("notes", "{column}: {problem}; the cell was left out.")
_STRANGER = text(
    "notes", "{name} is named here and did not answer; a person of that name was put on the map."
)
_UNHEARD = text(
    "notes",
    "{n} person is named by others and did not answer: {names}.",
    "{n} people are named by others and did not answer: {names}.",
)
_TWICE = text("notes", "{name} answers more than once; all their answers were read.")
_SAID_TWICE = text(
    "notes",
    "{n} answer names somebody a second time for the same question; it counts once.",
    "{n} answers name somebody a second time for the same question; each counts once.",
)
_STATUS = text(
    "notes",
    "Lines that both ends told of are confirmed ({both}); those that only one told of are claimed by one"
    " ({one}).",
)
_SKIPPED = text("notes", "The answers to “{question}” were left out, as you said.")
_NO_NAMES = text("notes", "The answers to “{question}” name nobody; they are kept with who answers.")
_ASIDE = text("notes", "Not read, because they say nothing of people: {columns}.")
_OTHERWISE = text(
    "notes",
    "{n} pair says differently how often they meet; what the first of the two said was taken.",
    "{n} pairs say differently how often they meet; what the first of the two said was taken.",
)
_UNSURE = text(
    "notes",
    "“{question}” does not say which way information flows between them: it was taken to flow both ways.",
)
_UNSURE_ONE = text(
    "notes", "The answers do not say which way information flows: it was taken to flow both ways."
)
LIKELY = 0.85  # how like a name has to be to one who answers, to be taken for it perhaps


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a survey, and how it is read.

    `name`: the key of `ReadOptions.ways`, as the file has it; "" where the file gives none. `sure`: the `way`
    was told, or its words tell it. `answers`: how often somebody is named. `sentence`: what the first answer
    means. `of_bosses`: who is named is the boss of who answers.
    """

    name: str
    way: Way
    sure: bool
    answers: int
    sentence: Said
    of_bosses: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody names somebody. `spot`: where the name stands, of which it is one `word`."""

    question: str
    who: str
    word: Word
    mark: Mark
    extra: Mapping[str, Json]
    where: Where
    spot: Where


def questions(
    table: Table, options: ReadOptions, knows: Callable[[str], bool] = {}.__contains__
) -> tuple[Question, ...]:
    """The questions of a survey, in the order of the file; `knows`: is somebody called so elsewhere?"""
    found: dict[str, list[tuple[str, str]]] = {}
    answers = _Answers(table, options.ways, knows)
    for naming in answers.namings():
        found.setdefault(naming.question, []).append((naming.who, naming.word.word))
    listed = dict.fromkeys((*(asking.question for asking in answers.askings), *found))
    return tuple(_question(name, found.get(name, []), options) for name in listed)


def _question(name: str, pairs: Sequence[tuple[str, str]], options: ReadOptions) -> Question:
    told = way_of(name)
    if name in options.ways:
        told = options.ways[name]
    elif options.undirected:
        told = Way.BOTH
    elif options.arrows is not None:
        told = Way.ASKS if options.arrows == Arrows.ASKS else Way.FLOW
    bosses = options.kind == RowKind.TALKS and reports(name) and name not in options.ways
    way = Way.BOTH if told is None else told
    who, whom = pairs[0] if pairs else ("", "")
    if way is Way.SKIP:
        said = _SKIPPED(question=brief(name))
    else:
        said = sentence(brief(who), brief(whom), asked_as(options, way, bosses))
    return Question(name, way, told is not None or bosses, len(pairs), said, bosses)


def asked_as(options: ReadOptions, way: Way, bosses: bool) -> ReadOptions:
    """How a row is read that says who named whom."""
    arrows = Arrows.ASKS if way is Way.ASKS else Arrows.FLOW
    kind = RowKind.REPORTS if bosses else options.kind
    return replace(options, kind=kind, arrows=arrows, undirected=way is Way.BOTH)


class _Answers:
    """The rows of a survey. `ways`: of questions of which it was said; `knows`: is somebody called so
    elsewhere? `to`: where doubtful cells are noted; None for a look.
    """

    def __init__(
        self,
        table: Table,
        ways: Mapping[str, Way],
        knows: Callable[[str], bool],
        to: Assembly | None = None,
    ) -> None:
        self.table, self._to = table, to
        header = table.header
        self._at = {column.field: i for i, column in enumerate(header.columns) if column is not None}
        self.columns = {name: index + 1 for name, index in self._at.items()}
        self._of_who = person_columns(header)
        listed = is_long(header)
        self.long = listed or is_weighed(header)
        self._asked = "" if listed or not self.long else header.name_of("answer") or ""
        self._of_answers = listed or (self.long and len(self._respondents()) < self._number_of_rows())
        self.askings = () if self.long else askings(header)
        unread = {None, *(() if self.long else ("question", "per_week", "weight"))}
        self.others = [i for i, each in enumerate(header.columns) if (each and each.field) in unread]
        self._silence = Silence(header, table.sheet.rows[table.first :], knows, ways)
        self.silent = self._silence.questions
        self._scales = frozenset(self._of_scales())
        self._doubted: set[str] = set()
        self._parted = paired if last_name_first(self._respondents()) else named

    def rows(self) -> Iterator[tuple[str, list[str], Where]]:
        """Who answers, the cells, and where they stand; who answers may be empty."""
        width = len(self.table.header.columns)
        for offset, row in enumerate(self.table.sheet.rows[self.table.first :]):
            if any(row):
                number = self.table.first + offset + 1 + self.table.sheet.skipped
                where = Where(number, self.table.place, self.columns)
                if len(row) != width:
                    row = fitted(row, width, self._to, where)
                yield row[self._at["respondent"]], row, where

    def said(self, row: list[str], where: Where) -> tuple[dict[str, Any], dict[str, Json]]:
        """What a row says of who answers."""
        fields: dict[str, Any] = {}
        for index, column in self._of_who.items():
            if row[index]:
                self._take(fields, column.field, column.convert, row[index], index, where)
        extra: dict[str, Json] = {}
        if not self._of_answers:
            extra = {self.table.header.names[i]: row[i] for i in self.others if row[i]}
        elif (question := self._cell(row, "question")) in self.silent:
            extra = dict(self._silence.kept(self._cell(row, "respondent"), question))
        return fields, extra

    def namings(self) -> Iterator[Naming]:
        """Who names whom, row by row."""
        for who, row, where in self.rows():
            if who and self.long:
                yield from self._long(who, row, where)
            elif who:
                for asking in self.askings:
                    for index, person in asking.columns:
                        yield from self._wide(asking.question, who, row[index], index, person, where)

    def _long(self, who: str, row: list[str], where: Where) -> Iterator[Naming]:
        question = self._cell(row, "question") or self._asked
        fields: dict[str, Any] = {}
        for name, convert in (("per_week", often), ("weight", amount)):
            if self._cell(row, name):
                self._take(fields, name, convert, self._cell(row, name), self._at[name], where)
        extra = {self.table.header.names[i]: row[i] for i in self.others if row[i] and self._of_answers}
        if question not in self.silent and fields.get("per_week") != 0:
            words = self._named(self._cell(row, "answer"))
            for word in words:
                yield Naming(
                    question, who, Word(word, "answer", words), Mark(True, fields), extra, where, where
                )

    def _wide(
        self, question: str, who: str, cell: str, index: int, person: str, where: Where
    ) -> Iterator[Naming]:
        spot = Where(where.row, where.place, {"answer": index + 1})
        if not person:
            words = self._named(cell)
            for word in words:
                yield Naming(question, who, Word(word, "answer", words), Mark(True), {}, where, spot)
            return
        mark, extra = marked(cell, scale=index in self._scales), {}
        if mark is None:
            mark, extra = Mark(True), {"answer": cell}
            if self._to is not None and cell not in self._doubted:
                self._doubted.add(cell)
                self._to.note(spot, NO_MARK(word=brief(cell)), "answer", cell, near_marks(cell))
        if mark.there:
            yield Naming(question, who, Word(person), mark, extra, where, self.top(index))

    def top(self, index: int) -> Where:
        """Where the header of a column stands."""
        row = self.table.first + self.table.sheet.skipped
        return Where(row, self.table.place, {"answer": index + 1})

    def _named(self, cell: str) -> list[str]:
        """The names in a cell; one with a comma may be a single one."""
        if self._to is not None and "," in cell and self._to.knows(cell):
            return [cell]
        return [word for word in self._parted(cell) if plain(word) not in NOBODY]

    def _cell(self, row: list[str], name: str) -> str:
        return row[self._at[name]] if name in self._at else ""

    def _respondents(self) -> list[str]:
        at = self._at["respondent"]
        rows = self.table.sheet.rows[self.table.first :]
        return list({row[at] for row in rows if at < len(row) and row[at]})

    def _number_of_rows(self) -> int:
        at = self._at["respondent"]
        return sum(1 for row in self.table.sheet.rows[self.table.first :] if at < len(row) and row[at])

    def _of_scales(self) -> Iterator[int]:
        """The columns of questions that are answered with numbers."""
        rows = self.table.sheet.rows[self.table.first :]
        for asking in self.askings:
            columns = [index for index, person in asking.columns if person]
            if is_scale(row[at] for row in rows for at in columns if at < len(row)):
                yield from columns

    def _take(
        self, fields: dict[str, Any], name: str, convert: Convert, cell: str, index: int, where: Where
    ) -> None:
        try:
            fields[name] = convert(cell)
        except BadCell as bad:
            if self._to is not None:
                column = brief(self.table.header.names[index])
                message = _LEFT_OUT(column=column, problem=bad.message)
                self._to.note(where, message, name, cell, bad.offers)


def fill_survey(table: Table, options: ReadOptions, to: Assembly, progress: Progress = SILENT) -> None:
    """Everybody who answers and everybody named is on the map; what two say of each other is confirmed."""
    answers = _Answers(table, options.ways, to.knows, to)
    whole = Where(None, table.place)
    asked = {question.name: question for question in questions(table, options, to.knows)}
    for question in asked.values():
        if question.way is Way.SKIP:
            to.note(whole, _SKIPPED(question=brief(question.name)))
        elif not question.sure and question.answers:
            to.note(whole, _UNSURE(question=brief(question.name)) if question.name else _UNSURE_ONE())
    for name in sorted(answers.silent):
        to.note(whole, _NO_NAMES(question=brief(name)))
    who_answers = _respondents(answers, to)
    progress.at(0.3)
    _link(_met(answers, asked, who_answers, to), asked, options, to, whole)
    progress.at(1.0)
    aside = [
        name
        for name, column in zip(table.header.names, table.header.columns, strict=True)
        if column is not None and column.field == "aside"
    ]
    if aside:
        to.note(whole, _ASIDE(columns=names(map(brief, aside))))


def _respondents(answers: _Answers, to: Assembly) -> dict[str, str]:
    """The ids of all who answer, by the word they go by in the table."""
    found: dict[str, str] = {}
    told: set[str] = set()
    word = answers.table.header.name_of("modules") or "module"
    for who, row, where in answers.rows():
        if not who:
            to.note(where, _NO_RESPONDENT(), "respondent", left_out=True)
            continue
        key = found.get(who) or to.end(who, where, cell=("respondent", ()))
        if key is None:
            continue
        if key in found.values() and not answers.long and key not in told:
            told.add(key)
            to.note(where, _TWICE(name=brief(who)))
        found[who] = key
        fields, extra = answers.said(row, where)
        if fields or extra:
            to.say(key, fields, extra, where, word)
    to.settle()
    return found


@dataclass(frozen=True, slots=True)
class _Met:
    """A naming with the ids of both."""

    naming: Naming
    source: str
    target: str


def _met(
    answers: _Answers, asked: Mapping[str, Question], who_answers: Mapping[str, str], to: Assembly
) -> list[_Met]:
    """Every naming with its two ends, each once for each question; who is named is put on the map."""
    for asking in answers.askings:
        for index, person in asking.columns:
            if person:  # also whom nobody names
                to.end(person, answers.top(index), cell=("answer", ()))
    found: dict[tuple[str, str, str], _Met] = {}
    heard = set(who_answers.values())
    unheard: dict[str, None] = {}
    again = 0
    for naming in answers.namings():
        source = who_answers.get(naming.who)
        question = asked[naming.question]
        if source is None or question.way is Way.SKIP:
            continue
        word = naming.word
        if not to.has_people and not to.knows(word.word):
            offers = to.like(word.word, LIKELY)
            if offers:
                to.doubt(naming.spot, _STRANGER(name=brief(word.word)), word, offers)
        target = to.end(word.word, naming.spot, cell=(word.field, word.cell))
        if target is None:
            continue
        if target == source:
            to.note(naming.spot, _SELF(name=brief(word.word)), "answer", word.instead(word.word))
            continue
        if target not in heard:
            unheard[target] = None
        key = (naming.question, source, target)
        again += key in found
        found.setdefault(key, _Met(naming, source, target))
    if unheard:
        listed = names(brief(to.name_of(key)) for key in unheard)
        to.note(Where(None, answers.table.place), _UNHEARD(n=len(unheard), names=listed))
    if again:
        to.note(Where(None, answers.table.place), _SAID_TWICE(n=again))
    return list(found.values())


def _link(
    met: Sequence[_Met], asked: Mapping[str, Question], options: ReadOptions, to: Assembly, whole: Where
) -> None:
    """A line for each naming, or one for two who named each other where it goes both ways: that line both
    tell of.
    """
    by_ends = {(each.naming.question, each.source, each.target): each for each in met}
    drawn: set[tuple[str, str, str]] = set()
    count: Counter[Status] = Counter()
    otherwise = 0
    for each in met:
        question = asked[each.naming.question]
        back = (question.name, each.target, each.source)
        if back in drawn:
            continue
        fields: dict[str, Any] = dict(each.naming.mark.fields)
        extra = dict(each.naming.extra)
        both_ways = question.way is Way.BOTH and not question.of_bosses
        mutual = by_ends.get(back) if both_ways else None  # else what the other tells of is another line
        if both_ways:
            drawn.add((question.name, each.source, each.target))
            if mutual is not None:
                theirs = mutual.naming.mark.fields
                otherwise += any(fields.get(name, value) != value for name, value in theirs.items())
                fields = {**theirs, **fields}
                extra = {**mutual.naming.extra, **extra}
        if question.of_bosses:
            fields["kind"] = RowKind.REPORTS.value
        else:
            fields["status"] = Status.CONFIRMED if mutual is not None else Status.CLAIMED
            count[fields["status"]] += 1
        if question.name:
            fields["purpose"] = question.name
        row = LinkRow(each.source, each.target, fields, extra, each.naming.where, each.naming.spot)
        to.link(row, asked_as(options, question.way, question.of_bosses))
    if count:
        to.note(whole, _STATUS(both=count[Status.CONFIRMED], one=count[Status.CLAIMED]))
    if otherwise:
        to.note(whole, _OTHERWISE(n=otherwise))
