"""What the columns of survey answers hold: who answers, whom an answer names, which question it answers.

Long: a row for each answer. Wide: a row for each who answers, and for each question a column of names
("Whom do you ask?", "Name 1", "Name 2") or a column for each person, with how often in its cells
("Whom do you ask? [Ben]", as form tools write grids).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgmap.files.columns import NAMES, PERSON_COLUMNS, SURVEY_COLUMNS, Column, Header, understood
from orgmap.files.reading import Way
from orgmap.files.spelling import straight
from orgmap.files.values import BadCell, marked, number, plain

ONLY_HERE = ("respondent", "answer", "person")  # fields that make a table one of answers
OVERLAP = 0.3  # of what stands in a column: names of those who answer
_SURE_RESPONDENT = frozenset(SURVEY_COLUMNS[0].names[: SURVEY_COLUMNS[0].names.index("name")])
_GENERIC = frozenset(
    (
        *("name", "person", "contact", "colleague", "coworker", "nominee", "alter", "choice", "answer"),
        *("who", "whom", "named", "nomination", "namen", "kontakt", "kollege"),
    )
)
_WHO = re.compile(
    r"\b(who|whom|whose|which (?:colleagues?|people|persons?|co-?workers?)|name (?:the|up to|three|five|all)"
    r"|wen|wem|wer|mit wem|qui|(?:à|avec) qui|quién(?:es)?|con quién|koga|komu|s kom)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(.*?)\[([^\[\]]+)\]\s*", re.DOTALL)
_NUMBERED = re.compile(r"(?:no\.?\s*)?\(?(\d{1,2})\)?\Z", re.IGNORECASE)
_ORDINAL = re.compile(  # at the start: "1st choice", "2. Wahl", "Third friend"
    r"(\d{1,2}(?:st|nd|rd|th|[.):])|first|second|third|fourth|fifth)\s+(?!name\b)(\S.{0,60})", re.IGNORECASE
)
_BEFORE_NUMBER = " \t\n\r_.#-"
_NUMBER_ENDS = 40  # characters; a header may be a hundred thousand of any sign
_YOUR = re.compile(
    r"(?:what(?:'s| is) |which |in which )?(?:is )?(?:your|my|ihre?|deine?|votre|su)\s+"
    r"|(?:which|what)\s+(?=\w+ are you)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?<!\s)\s+(?:are you in|do you work in|do you belong to)$", re.IGNORECASE)

_ASKS_YOU = re.compile(r"\b(?:ask(?:s|ed)?|comes? to|turns? to|consults?|contacts?|seeks?) you\b")
_TELLS_YOU = re.compile(
    r"\b(?:tells?|informs?|advises?|helps?|updates?|sends?|gives?|briefs?|teach(?:es)?|supports?) you\b"
)
_FLOW = re.compile(
    r"\byou (?:(?!need|want|seek|get|ask)\w+ )?"
    r"(?:tell|inform|advise|help|update|send|brief|teach|support|notify|instruct)\b"
    r"|\b(?:give|offer|provide|pass)s?\b"
    r"|\binformier|\binformez|\binforma\b"
)
_ASKS = re.compile(
    r"\bask(?:s|ed)?\b|\badvice\b|\b(?:turn|go|come) to\b|\bconsult|\bseek\b|\brely on\b|\bneed\b"
    r"|\b(?:learn|hear|help|support|information) from\b|\b(?:get|receive|obtain)\b"
    r"|\bfrags?t?\b|\bfragen\b|\brat\b|\bdemandez\b|\bconseil|\bpregunta|\bconsejo|\bvpraša|\bnasvet"
)
_BOTH = re.compile(
    r"\btalk|\bspeak|\bmeet\b|\bdiscuss|\bcommunicat|\bcollaborat|\binteract|\bcontact\b|\bexchange\b"
    r"|\bwork(?:s|ed|ing)? (?:closely )?(?:with|together)\b|\bwith whom do you work\b"
    r"|\blunch\b|\bfriend|\bknow\b|\bspr[ei]ch|\breden\b|\barbeitest|\barbeiten\b"
    r"|\bparlez\b|\btravaillez\b|\bhabla|\btrabaja|\bgovori|\bpogovarja|\bsodeluje"
)
_REPORTS = re.compile(r"\breports? to\b|\byour (?:manager|boss|supervisor)\b")


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of a wide table. `columns`: index, and whom its header names, if anybody."""

    question: str
    columns: tuple[tuple[int, str], ...]


def way_of(question: str) -> Way | None:
    """Which way information flows by the words of a question; None if they do not tell."""
    words = " ".join(question.casefold().replace("_", " ").split())
    if plain(words) in _GENERIC:
        return None
    if _ASKS_YOU.search(words):
        return Way.FLOW
    if _TELLS_YOU.search(words):
        return Way.ASKS
    for pattern, way in ((_FLOW, Way.FLOW), (_ASKS, Way.ASKS), (_BOTH, Way.BOTH)):
        if pattern.search(words):
            return way
    return None


def reports(question: str) -> bool:
    """Does the question ask for the boss?"""
    return bool(_REPORTS.search(question.casefold()))


def is_long(header: Header) -> bool:
    """Is there a row for each answer, and not for each who answers?"""
    answers = list(_of("answer", header))
    plainly = len(answers) == 1 and plain(answers[0]) in SURVEY_COLUMNS[2].names
    return header.has("question") or (plainly and not header.has("person"))


def is_weighed(header: Header) -> bool:
    """Does each row say how often, of the one answer it holds?"""
    one = sum(1 for _ in _of("answer", header)) == 1 and not header.has("person")
    return one and (header.has("per_week") or header.has("weight"))


def askings(header: Header) -> tuple[Asking, ...]:
    """The questions of a wide table, in the order of their columns."""
    found: dict[str, list[tuple[int, str]]] = {}
    stems = Counter(_numbered(name)[0] for name in _of("answer", header))
    for index, (name, column) in enumerate(zip(header.names, header.columns, strict=True)):
        if column is None or column.field not in ("answer", "person"):
            continue
        stem, inside = _parted(name)
        if column.field == "person":
            found.setdefault(stem if inside else "", []).append((index, inside or name))
        else:
            several = stems[_numbered(name)[0]] > 1
            found.setdefault(_numbered(name)[0] if several else name, []).append((index, ""))
    return tuple(Asking(question, tuple(columns)) for question, columns in found.items())


def survey(
    names: Sequence[str], body: Sequence[Sequence[str]], mapping: Mapping[str, str] | None = None
) -> Header | None:
    """What the columns hold, if the rows below `names` are answers of a survey; else None."""
    told = understood(tuple(map(bare, names)), SURVEY_COLUMNS, _renamed(names, mapping or {}))
    aside = next(column for column in SURVEY_COLUMNS if column.field == "aside")
    columns = tuple(
        aside if column is None and not mapping and plain(bare(name)) in aside.names else column
        for name, column in zip(names, told.columns, strict=True)
    )
    header = replace(told, names=tuple(names), columns=columns)
    if mapping:
        whole = any(field in ONLY_HERE for field in mapping.values())
        return header if whole and header.has("respondent") and _asks(header) else None
    if header.has("question") and header.has("respondent") and not header.has("answer"):
        header = _with_answers(header, body)
    if any(map(header.has, ("answer", "question"))) and header.has("respondent"):
        sure = plain(bare(header.name_of("respondent") or "")) in _SURE_RESPONDENT
        if header.has("answer") and (sure or header.has("question")):
            return header
    return _wide(header, body)


def _with_answers(header: Header, body: Sequence[Sequence[str]]) -> Header:
    """With the column beside who answers and the question that is called so, or else holds their names."""
    who = known_as(_cells(body, next(_indices("respondent", header))))
    shares = {
        at: _share(list(map(straight, _cells(body, at))), who)
        for at, column in enumerate(header.columns)
        if column is None or column.field not in ("respondent", "question", "aside")
    }
    called = [at for at in shares if plain(bare(header.names[at])) in NAMES]
    at = called[0] if called else max(shares, key=lambda each: (shares[each], -each), default=None)
    if at is None or (not called and shares[at] < OVERLAP):
        return header
    columns = list(header.columns)
    columns[at] = next(column for column in SURVEY_COLUMNS if column.field == "answer")
    return replace(header, columns=tuple(columns))


def _asks(header: Header) -> bool:
    return header.has("answer") or header.has("person")


def _wide(header: Header, body: Sequence[Sequence[str]]) -> Header | None:
    columns = list(header.columns)
    at = _respondents(header, body)
    if at is None:
        return None
    fields = {column.field: column for column in SURVEY_COLUMNS}
    for index, column in enumerate(columns):
        if column is not None and column.field in ("respondent", "question", "answer", "weight", "per_week"):
            columns[index] = None
    columns[at] = fields["respondent"]
    respondents = [row[at] for row in body if at < len(row) and row[at]]
    parted = paired if last_name_first(respondents) else named
    who = known_as(respondents)
    free = [index for index, column in enumerate(columns) if column is None]
    cells = {index: [row[index] for row in body if index < len(row) and row[index]] for index in free}
    grids: dict[str, list[tuple[int, str]]] = {}
    lists: dict[str, list[int]] = {}
    for index in free:
        stem, inside = _parted(header.names[index])
        if inside:
            grids.setdefault(stem, []).append((index, inside))
        else:
            lists.setdefault(_numbered(header.names[index])[0], []).append(index)
    for stem, grid in grids.items():
        known = sum(straight(inside) in who for _, inside in grid)
        if len(grid) > 1 and (_WHO.search(stem) or known >= max(2, len(grid) / 3)):
            for index, _ in grid:
                columns[index] = fields["person"]
    for stem, indices in lists.items():
        inside_cells = [cell for index in indices for cell in cells[index]]
        if not inside_cells or numeric(inside_cells) or not like_names(inside_cells):
            continue
        share = _share([straight(word) for cell in inside_cells for word in parted(cell)], who)
        several = len(indices) > 1 and (plain(stem) in _GENERIC or share >= OVERLAP)
        weighed = header.has("per_week") and not all(map(marked, inside_cells))
        plainly = stem.endswith("?") or way_of(stem) is not None
        asked = _WHO.search(stem) or (plainly and (share >= OVERLAP or weighed))
        if several or asked:
            for index in indices:
                columns[index] = fields["answer"]
    persons = [i for i in free if columns[i] is None and straight(header.names[i]) in who]
    persons = [i for i in persons if all(map(marked, cells[i]))]
    if len(persons) > 1 and not any(columns[i] is fields["answer"] for i in free):
        for index in persons:
            columns[index] = fields["person"]
    if columns.count(fields["answer"]) == 1 and fields["person"] not in columns:
        often = (fields["per_week"], fields["weight"])
        told = enumerate(header.columns)
        columns = [was if was in often and columns[at] is None else columns[at] for at, was in told]
    found = replace(header, columns=tuple(columns))
    return found if _asks(found) else None


def _respondents(header: Header, body: Sequence[Sequence[str]]) -> int | None:
    """The column of those who answer: by its name, or with an @ in its cells; not all the same, unless each
    row holds another answer.
    """
    candidates: list[tuple[int, int]] = []
    first = next((at for at, column in enumerate(header.columns) if column is None), -1)
    for index, name in enumerate(header.names):
        cells = [row[index] for row in body if index < len(row) and row[index]]
        word = plain(bare(name))
        apart = word in SURVEY_COLUMNS[0].names and len(set(map(tuple, body))) == len(body)  # a row an answer
        if not cells or (len(set(cells)) <= len(cells) // 2 and not apart) or numeric(cells):
            continue
        if word in SURVEY_COLUMNS[0].names:
            candidates.append((SURVEY_COLUMNS[0].names.index(word), index))
        elif all("@" in cell for cell in cells):
            candidates.append((1_000, index))
        elif index == first and not _WHO.search(name) and not _parted(name)[1]:
            candidates.append((2_000, index))
    best = min(candidates)[1] if candidates else None
    if best is not None and min(candidates)[0] < 1_000 and not all("@" in c for c in _cells(body, best)):
        return best
    return _most_named(header, body, best)


def _most_named(header: Header, body: Sequence[Sequence[str]], best: int | None) -> int | None:
    """Of columns that are called nothing known, such as addresses: that whose cells the others name; else
    `best`.
    """
    named_in: dict[str, set[int]] = {}
    for at, name in enumerate(header.names):
        inside = _parted(name)[1]
        for word in (inside, *(word for cell in _cells(body, at) for word in (cell, *named(cell)))):
            named_in.setdefault(straight(word), set()).add(at)
    counts: dict[int, int] = {}
    for at, column in enumerate(header.columns):
        cells = _cells(body, at)
        asks = asks_whom(header.names[at])
        aside = column is not None and column.field in ("aside", "modules", "level", "title")
        if at != best and (aside or asks or 2 * len(set(cells)) <= len(cells) or numeric(cells)):
            continue
        counts[at] = sum(1 for cell in set(cells) if named_in[straight(cell)] - {at})
    most = max(counts, key=lambda at: (counts[at], at == best, -at), default=None)
    return most if most is not None and counts[most] > 1 else best


def known_as(people: Iterable[str]) -> set[str]:
    """The names of these people as they are compared, and what their names begin with."""
    known = set(map(straight, people))
    return known | {words.split(" ")[0] for words in known}


def _cells(body: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in body if at < len(row) and row[at]]


def _share(words: Sequence[str], who: set[str]) -> float:
    """How many of these names are those of somebody who answers."""
    return sum(word in who for word in words) / len(words) if words else 0.0


def asks_whom(question: str) -> bool:
    """Do the words of a question tell that it asks for people?"""
    return bool(_WHO.search(question)) or way_of(question) is not None


def like_names(cells: Iterable[str]) -> bool:
    """Are most of the words in these cells short enough for names?"""
    words = [word for cell in cells for word in named(cell)]
    return sum(len(word) <= 50 and word.count(" ") <= 3 for word in words) > 0.7 * len(words)


_BULLET = re.compile(r"^\s*(?:[-*•‣–]|\d{1,2}[.)])\s+")


def named(cell: str) -> list[str]:
    """The names in one answer: parted by line ends or semicolons, else by commas."""
    signs = "\n;" if "\n" in cell or ";" in cell else ","
    parts = re.split(f"[{signs}]", cell.replace("\r", "\n"))
    return list(dict.fromkeys(part for part in (_BULLET.sub("", part).strip() for part in parts) if part))


def paired(cell: str) -> list[str]:
    """As `named`, where people write themselves "Kos, Ana": a comma stands within a name, too."""
    parts = [part.strip() for part in cell.split(",")]
    if "\n" in cell or ";" in cell or len(parts) % 2 or not all(parts):
        return named(cell)
    return list(dict.fromkeys(map(", ".join, zip(parts[::2], parts[1::2], strict=True))))


def last_name_first(names: Sequence[str]) -> bool:
    """Are most of these names written "Kos, Ana"?"""
    return sum(name.count(",") == 1 for name in names) > len(names) / 2


def _parted(name: str) -> tuple[str, str]:
    """The question, and whom the header names in brackets; a number there is none."""
    found = _INSIDE.fullmatch(name)
    if found is None or not any(sign.isalpha() for sign in found[2]):
        return name, ""
    return found[1].rstrip(), "" if plain(_numbered(found[2])[0]) in _GENERIC else found[2].strip()


def _numbered(name: str) -> tuple[str, str]:
    """The header without its number: "Name 2", "Whom do you ask? [2]", "2nd choice"."""
    found = _INSIDE.fullmatch(name)
    if found is not None and not _parted(name)[1]:
        return found[1].rstrip(), found[2]
    found = _ORDINAL.fullmatch(name)
    if found is not None:
        return found[2], found[1]
    found = _NUMBERED.search(name, max(len(name) - _NUMBER_ENDS, 0))
    before = name[: found.start()].rstrip(_BEFORE_NUMBER) if found is not None else ""
    return (before, found[1]) if found is not None and before else (name, "")


def bare(name: str) -> str:
    """A header that is a question, as a header: "What is your team?" is "team"."""
    return _TAIL.sub("", _YOUR.sub("", name.strip().rstrip("?: "), count=1))


def _renamed(names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    return {**mapping, **{bare(name): mapping[name] for name in names if name in mapping}}


def _of(field: str, header: Header) -> Iterator[str]:
    return (header.names[at] for at in _indices(field, header))


def _indices(field: str, header: Header) -> Iterator[int]:
    listed = enumerate(header.columns)
    return (at for at, column in listed if column is not None and column.field == field)


def numeric(cells: Iterable[str]) -> bool:
    """Are all of these numbers?"""
    try:
        return all(number(cell) is not None for cell in cells)
    except BadCell:
        return False


def person_columns(header: Header) -> dict[int, Column]:
    """The columns that say something of those who answer, by their index."""
    known = {column.field for column in PERSON_COLUMNS}
    listed = enumerate(header.columns)
    return {at: column for at, column in listed if column is not None and column.field in known}
