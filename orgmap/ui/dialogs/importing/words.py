"""What the columns of a table are called on the screen, and the questions about it."""

from __future__ import annotations

from orgmap.files.reading import Form, RowKind, Weight
from orgmap.i18n import Text, text

FIELDS: dict[str, Text] = {
    "source": text("column", "from"),
    "target": text("column", "to"),
    "id": text("column", "id"),
    "kind": text("column", "kind"),
    "two_way": text("column", "both ways"),
    "one_way": text("column", "one way"),
    "channel": text("column", "channel"),
    "per_week": text("column", "times a week"),
    "minutes": text("column", "minutes each"),
    "formal": text("column", "formal"),
    "status": text("column", "status"),
    "purpose": text("column", "purpose"),
    "topic": text("column", "topic"),
    "health": text("column", "health"),
    "step": text("column", "step"),
    "needed_within": text("column", "answer needed within, days"),
    "answers_needed": text("column", "answers needed"),
    "no_answer_needed": text("column", "no answer needed"),
    "weight": text("column", "weight"),
    "notes": text("column", "notes"),
    "role": text("column", "role"),
    "source_name": text("column", "name of from"),
    "target_name": text("column", "name of to"),
    "respondent": text("column", "who answers"),
    "question": text("column", "question"),
    "answer": text("column", "whom they name"),
    "person": text("column", "how often this person"),
    "aside": text("column", "leave out"),
    "name": text("column", "name"),
    "first_name": text("column", "first name"),
    "last_name": text("column", "last name"),
    "modules": text("column", "modules"),
    "level": text("column", "level"),
    "title": text("column", "title"),
    "manager": text("column", "reports to"),
    "knows": text("column", "knows"),
    "seeks": text("column", "seeks"),
    "newcomer": text("column", "newcomer"),
    "decides": text("column", "decides"),
    "holds_purpose": text("column", "holds the purpose"),
    "vacant": text("column", "vacant"),
    "hours": text("column", "hours a week"),
    "x": text("column", "x"),
    "y": text("column", "y"),
    "pinned": text("column", "pinned"),
    "parent": text("column", "lies in module"),
    "lead": text("column", "lead"),
    "needs": text("column", "needs"),
    "colour": text("column", "colour"),
    "collapsed": text("column", "collapsed"),
}
KEPT = text("column", "keep as it is")

FORMS: dict[Form, Text] = {
    Form.LINKS: text("import", "a table of links"),
    Form.PEOPLE: text("import", "a table of people"),
    Form.MATRIX: text("import", "a matrix, who tells whom"),
    Form.SURVEY: text("import", "answers of a survey"),
}
KINDS: dict[RowKind, Text] = {
    RowKind.TALKS: text("import", "who talks to whom"),
    RowKind.REPORTS: text("import", "who reports to whom"),
    RowKind.NEEDS: text("import", "whose work needs whose"),
    RowKind.MEMBER: text("import", "who belongs to which module"),
    RowKind.PART_OF: text("import", "which module lies in which"),
}
WEIGHTS: dict[Weight, Text] = {
    Weight.STRENGTH: text("import", "how strong the line is: thickness only"),
    Weight.PER_WEEK: text("import", "contacts a week"),
    Weight.MINUTES: text("import", "minutes of one contact"),
}
ENCODINGS: tuple[str, ...] = ("utf-8", "cp1252", "cp1250", "utf-16", "shift_jis", "cp1251")
DELIMITERS: dict[str, Text] = {
    ",": text("import", "commas"),
    ";": text("import", "semicolons"),
    "\t": text("import", "tabs"),
    "|": text("import", "bars"),
    " ": text("import", "spaces"),
}

TELLS = text("import", "{first} tells {second}: information flows from {first} to {second}.")
ASKS = text("import", "{first} asks {second}: information flows from {second} to {first}.")
BOTH = text("import", "{first} and {second} talk with each other, both ways.")
