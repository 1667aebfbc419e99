"""What the columns of a table and the attributes of a graph are called, and what they hold.

Case, space, dash and underscore are ignored. The list is documented in `docs/format.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from orgmap.files import values
from orgmap.files.values import Convert, plain


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a cell can say. `names`: how it may be called, the field's own name first."""

    field: str
    names: tuple[str, ...]
    convert: Convert


def _column(field: str, convert: Convert, synonyms: str = "") -> Column:
    return Column(field, (plain(field), *(plain(word) for word in synonyms.split())), convert)


_OFTEN = (
    "frequency freq how_often contacts_per_week times_per_week häufigkeit pro_woche mal_pro_woche wie_oft"
)

LINK_COLUMNS: tuple[Column, ...] = (
    _column("source", values.text_cell, "from sender src start von de who employee absender asker who_asks"),
    _column(
        "target",
        values.text_cell,
        "to receiver recipient tgt dst dest destination an end"
        " whom tells asks asked asks_who asks_whom talks_to speaks_to informs colleague empfänger",
    ),
    _column("id", values.text_cell, "link_id edge_id"),
    _column("kind", values.text_cell, "type link_type edge_type relation relationship"),
    _column("two_way", values.flag, "mutual bidirectional both_ways reciprocal undirected"),
    _column("one_way", values.not_flag, "directed"),
    _column("channel", values.text_cell, "medium via kanal"),
    _column("per_week", values.often, _OFTEN),
    _column("minutes", values.length, "duration length_minutes mins dauer"),
    _column("formal", values.flag, "formality official"),
    _column("status", values.status, "certainty"),
    _column("purpose", values.text_cell, "reason about edge_label label"),
    _column("topic", values.text_cell, "subject"),
    _column("health", values.text_cell, "quality"),
    _column("step", values.whole, "order"),
    _column("needed_within", values.amount, "needed_within_days answer_within"),
    _column("answers_needed", values.count, "answers responses_needed"),
    _column("no_answer_needed", values.flag, "fyi no_reply no_response_needed"),
    _column("weight", values.amount, "strength value intensity"),
    _column("notes", values.text_cell, "note comment comments remark remarks description"),
    _column("role", values.text_cell, "function"),
    _column("source_name", values.text_cell, "from_name"),  # for the eyes; the ids count
    _column("target_name", values.text_cell, "to_name"),
)
PERSON_COLUMNS: tuple[Column, ...] = (
    _column(
        "id",
        values.text_cell,
        "node_id person_id employee_id key staff_id employee_number"
        " personalnummer personalnr mitarbeiternummer",
    ),
    _column(
        "name",
        values.text_cell,
        "label full_name person employee node employee_name vorname_nachname nachname_vorname"
        " vor_und_nachname vollständiger_name mitarbeiter mitarbeiterin mitarbeitende nom_complet"
        " nombre_completo ime_in_priimek",
    ),
    _column("kind", values.text_cell, "type node_type"),
    _column(
        "modules",
        values.listed,
        "module team teams department departments dept group groups unit units division section"
        " abteilung abteilungen bereich gruppe organisationseinheit département équipe departamento equipo"
        " oddelek skupina",
    ),
    _column("level", values.whole, "layer tier ebene hierarchieebene"),
    _column("title", values.text_cell, "role job_title position job post funktion stelle rolle"),
    _column(
        "manager",
        values.listed,
        "reports_to boss supervisor line_manager reports manager_name direct_manager manager_id"
        " line_manager_id supervisor_id reports_to_id vorgesetzter vorgesetzte führungskraft chef chefin"
        " berichtet_an supérieur jefe vodja nadrejeni",
    ),
    _column("knows", values.listed, "topics skills expertise"),
    _column("seeks", values.listed, "asks_about looking_for"),
    _column("newcomer", values.flag, "new_hire newbie"),
    _column("decides", values.flag, "decision_maker"),
    _column("holds_purpose", values.flag, "purpose_holder"),
    _column("vacant", values.flag, "vacancy unfilled"),
    _column("hours", values.amount, "capacity hours_per_week"),
    _column("notes", values.text_cell, "note comment comments remark remarks description"),
    _column("x", values.number, "pos_x position_x"),
    _column("y", values.number, "pos_y position_y"),
    _column("pinned", values.flag, "fixed"),
    _column("parent", values.text_cell, "parent_module part_of inside"),
    _column("lead", values.listed, "leader head led_by"),
    _column("purpose", values.text_cell, "mission goal"),
    _column("needs", values.listed, "depends_on requires"),
    _column("colour", values.count, "color_index colour_index"),
    _column("collapsed", values.flag),
)
NAME_PARTS: tuple[Column, ...] = (  # of a table that has no column of whole names
    _column("first_name", values.text_cell, "given_name forename vorname prénom"),
    _column("last_name", values.text_cell, "surname family_name nachname familienname"),
)
LISTED_COLUMNS = (*PERSON_COLUMNS, *NAME_PARTS)  # of a table of people

_OF_WHO_ANSWERS = ("modules", "level", "title", "manager", "knows", "seeks", "hours", "newcomer", "notes")
SURVEY_COLUMNS: tuple[Column, ...] = (
    _column(
        "respondent",
        values.text_cell,
        "participant interviewee answered_by rater ego your_name who_are_you what_are_you_called"
        " wie_heißen_sie wie_heißt_du comment_vous_appelez_vous name full_name employee person",
    ),
    _column("question", values.text_cell, "item prompt survey_question frage"),
    _column(
        "answer",
        values.text_cell,
        "answers response responses named nominee nominees nomination nominations alter alters antwort",
    ),
    _column("person", values.text_cell),  # the header names the person, the cell says how often
    _column("per_week", values.often, _OFTEN),
    _column("weight", values.amount, "strength value intensity closeness"),
    _column(
        "aside",
        values.text_cell,
        "timestamp zeitstempel horodateur start_time completion_time last_modified_time submission_date"
        " submitted submitted_at start_date end_date date_submitted response_id respondent_id ip_address",
    ),
    *(column for column in PERSON_COLUMNS if column.field in _OF_WHO_ANSWERS),
)

ASKS = tuple(map(plain, ("asks", "asks_who", "asks_whom", "asked")))  # such a column holds whom one asks
WHOM = (*ASKS, *map(plain, ("whom", "tells", "talks_to", "speaks_to", "informs", "colleague")))
NAMES = frozenset(  # of a column that holds names, whatever it is asked
    map(
        plain,
        (
            *("alter", "alters", "named", "nominee", "nominees", "nomination", "nominations", "whom"),
            *("contact", "contacts", "colleague", "colleagues", "named_person", "kontakt", "kollege"),
        ),
    )
)
OF_MODULES = ("parent", "lead", "needs")  # fields that make a table without kinds one of modules
OF_PEOPLE = (
    *("modules", "level", "title", "manager", "knows", "seeks", "newcomer", "decides", "holds_purpose"),
    *("vacant", "hours", "x", "y", "pinned"),
)

_ENDS = ("source", "target")
_WHO = ("id", "name")
_CALLED = (*_WHO, "first_name", "last_name")
_SHY = frozenset(  # by itself no header: names of people too, and words of rows that say their kind
    ("an", "de", "mutual", "directed", "undirected", "bidirectional", "reciprocal", "formal", "official")
)


@dataclass(frozen=True)
class Header:
    """What the columns of one table mean: per column its name and, if understood, what it holds."""

    names: tuple[str, ...]
    columns: tuple[Column | None, ...]

    @cached_property
    def meaning(self) -> dict[str, Column | None]:
        """What the column of each name holds."""
        return dict(zip(self.names, self.columns, strict=True))

    def has(self, field: str) -> bool:
        """Is there a column for this field?"""
        return any(column is not None and column.field == field for column in self.columns)

    def name_of(self, field: str) -> str | None:
        """What the table calls this field."""
        pairs = zip(self.names, self.columns, strict=True)
        return next((name for name, column in pairs if column is not None and column.field == field), None)

    @property
    def links(self) -> bool:
        """Is it a table of links?"""
        return all(self.has(end) for end in _ENDS)

    @property
    def people(self) -> bool:
        """Is it a table of people or modules?"""
        return not self.links and self.says_who

    @property
    def says_who(self) -> bool:
        """Is there a column by which a row of people is known?"""
        return any(map(self.has, _CALLED))


def understood(
    names: Sequence[str],
    known: Sequence[Column],
    mapping: Mapping[str, str] | None = None,
    samples: Sequence[Sequence[str]] = (),
) -> Header:
    """What each column means. A field is given once: to the column whose name stands first in its
    list of names; for `kind` to the column most of whose `samples` are kinds. `mapping` overrides.
    """
    by_field = {column.field: column for column in known}
    columns: list[Column | None] = [None] * len(names)
    chosen: set[str] = set()
    told: set[int] = set()
    for index, name in enumerate(names):
        told_field = (mapping or {}).get(name, (mapping or {}).get(str(index + 1)))
        if told_field is not None:
            told.add(index)
            columns[index] = by_field.get(told_field)
            chosen.add(told_field)
    called: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        if index not in told:
            called.setdefault(plain(name), []).append(index)
    for column in known:
        claims = [i for word in column.names for i in called.get(word, ()) if columns[i] is None]
        if not claims or column.field in chosen:
            continue
        if column.field == "kind" and len(claims) > 1:
            best = max(claims, key=lambda i: (_kinds(row[i] for row in samples if i < len(row)), -i))
        else:
            best = min(claims, key=lambda i: (column.names.index(plain(names[i])), i))
        columns[best] = column
        chosen.add(column.field)
    return Header(tuple(names), tuple(columns))


def understood_links(names: Sequence[str], mapping: Mapping[str, str] | None = None) -> Header:
    """As `understood`, of a table of links. A name beside a column such as `asks` is the one who asks."""
    links = understood(names, LINK_COLUMNS, mapping)
    whom = links.name_of("target")
    if mapping or whom is None or plain(whom) not in WHOM or links.has("source"):
        return links
    people = understood(names, PERSON_COLUMNS)
    who = [i for i, column in enumerate(people.columns) if column is not None and column.field in _WHO]
    if len(who) != 1 or links.columns[who[0]] is not None:
        return links
    columns = list(links.columns)
    columns[who[0]] = LINK_COLUMNS[0]
    return replace(links, columns=tuple(columns))


def names_columns(names: Sequence[str]) -> list[str]:
    """Those words of a first row that name a column of any table, and are hardly anything else."""
    known = {name for column in LINK_COLUMNS for name in column.names}
    both = known.union(name for column in PERSON_COLUMNS for name in column.names)
    return [
        name
        for index, name in enumerate(names)
        if plain(name) in (both if index < len(_ENDS) else known) and plain(name) not in _SHY
    ]


def recognized(names: Sequence[str]) -> bool:
    """Does a first row look like a header: a link table, or a table of people or modules?"""
    if not all(name.strip() for name in names[:2]):
        return False
    links, people = understood_links(names), understood(names, LISTED_COLUMNS)
    if links.links:
        return True
    return people.people and (len(names) == 1 or sum(c is not None for c in people.columns) > 1)


def _kinds(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if values.node_kind(cell) is not None)
