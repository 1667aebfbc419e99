"""One typed line: what it means, what is wrong with it, and what is asked first."""

from __future__ import annotations

import random

import pytest

from orgmap.model.document import Document, problems
from orgmap.model.entities import EndId, LinkKind, ModuleId, NodeId, NodeKind, Status
from orgmap.model.entry import KnownNames, Reading, understood, understood_all
from orgmap.model.query import name_of
from tests.words import org

SIGNS = {(LinkKind.TALKS, True): "<>", (LinkKind.TALKS, False): ">"}


def typed(*lines: str, document: Document | None = None) -> Document:
    """The map after these lines, each of which has to be understood."""
    now = document or Document()
    for line in lines:
        found = understood(now, line)
        assert found.wrong is None, f"{line}: {found.wrong.message}"
        assert found.doubts == (), f"{line}: {found.doubts}"
        now = now.apply(found.change)
        assert problems(now) == []
    return now


def lines_of(document: Document) -> list[str]:
    return [
        f"{name_of(document, link.source)} {SIGNS.get((link.kind, link.two_way), link.kind.value)} "
        f"{name_of(document, link.target)}"
        for link in document.links.values()
    ]


def people_of(document: Document) -> dict[str, list[str]]:
    return {n.name: [document.modules[m].name for m in n.modules] for n in document.nodes.values()}


def only_link(document: Document, *fields: str) -> tuple[object, ...]:
    (link,) = document.links.values()
    return tuple(getattr(link, field) for field in fields)


def wrong(line: str, document: Document | None = None) -> tuple[str, str]:
    """The words that are marked, and what is said of them."""
    before = document or Document()
    found = understood(before, line)
    assert found.wrong is not None
    assert not found.change
    return line[found.wrong.start : found.wrong.end], str(found.wrong.message)


def asked(line: str, *known: str) -> list[tuple[str, str]]:
    document = typed(*known)
    found = understood(document, line)
    return [(doubt.typed, name_of(document, doubt.meant)) for doubt in found.doubts]


# -- people and modules -----------------------------------------------------------------------


def test_a_name_is_a_person_and_several_stand_between_commas() -> None:
    assert people_of(typed("Ana", "Ben,Cy,  Dov ")) == {"Ana": [], "Ben": [], "Cy": [], "Dov": []}


def test_a_module_after_an_at_takes_in_the_names_before_it_up_to_the_last_module() -> None:
    document = typed("Ana, Ben @Sales, Cy @Support, Dov")

    assert people_of(document) == {"Ana": ["Sales"], "Ben": ["Sales"], "Cy": ["Support"], "Dov": []}


def test_somebody_who_is_there_joins_and_leaves_nothing() -> None:
    document = typed("Ana @Sales", "ana @Board", "Ana @Sales")

    assert people_of(document) == {"Ana": ["Sales", "Board"]}


def test_two_modules_stand_one_after_the_other() -> None:
    once, with_comma = typed("Ana, Ben @Sales @Board"), typed("@Board", "Ana, Ben @Sales, Board")

    assert people_of(once) == {"Ana": ["Sales", "Board"], "Ben": ["Sales", "Board"]}
    assert people_of(with_comma) == people_of(once)


def test_an_at_without_a_name_makes_modules_and_nests_them() -> None:
    document = typed("@Sales, @Support", "@North @Sales", "Support @Sales")

    parents = {m.name: name_of(document, m.parent) for m in document.modules.values() if m.parent}
    assert parents == {"North": "Sales", "Support": "Sales"}
    assert wrong("Sales @North", document)[1] == "Sales cannot lie inside itself."


def test_moving_to_a_module_makes_it_the_home_and_seeks_a_new_place() -> None:
    before = org(modules={"Sales": "Ana", "Board": "Ben"})

    after = typed("Ana moves to Board", document=before)

    assert after.nodes[NodeId("Ana")].modules == (ModuleId("Board"),)
    assert after.nodes[NodeId("Ana")].x is None


def test_letter_case_accents_and_spaces_do_not_make_another_person() -> None:
    document = typed("José  Ángel > Ben", "jose angel > BEN: chat")

    assert lines_of(document) == ["José Ángel > Ben"]


@pytest.mark.parametrize(
    "name", ["Anna-Lena O'Brien", "Søren Ünal", "Agent 007", "R&D", "Tech Lead Berlin", "Special Needs Team",
             "Level 2", "Dr. No", "李雷", "محمد", "x.y_z", "50%"]
)  # fmt: skip
def test_names_may_hold_what_names_hold(name: str) -> None:
    document = typed(f"{name} > Zoe")

    assert lines_of(document) == [f"{name} > Zoe"]


def test_signs_in_quotation_marks_belong_to_the_name() -> None:
    document = typed('"A > B: c" <> “x, y @z”')

    assert lines_of(document) == ["A > B: c <> x, y @z"]


# -- links ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "meaning"),
    [
        *[(sign, "Ana > Ben") for sign in (">", "->", "-->", "=>", "→")],
        *[(sign, "Ben > Ana") for sign in ("<", "<-", "←")],
        *[(sign, "Ana <> Ben") for sign in ("<>", "<->", "<=>", "=", "--", "↔")],
    ],
)
def test_every_arrow_means_one_way_back_or_both(sign: str, meaning: str) -> None:
    assert lines_of(typed(f"Ana{sign}Ben")) == [meaning]
    assert lines_of(typed(f"Ana {sign} Ben")) == [meaning]


def test_each_of_several_is_linked_with_each_on_the_other_side() -> None:
    document = typed("Ana, Ben <> Cy, Dov > Eve")

    assert lines_of(document) == [
        "Ana <> Cy", "Ana <> Dov", "Ben <> Cy", "Ben <> Dov", "Cy > Eve", "Dov > Eve",
    ]  # fmt: skip


def test_modules_are_ends_too_and_a_person_of_the_same_name_comes_first() -> None:
    document = typed("@Sales, @Support", "Support > Sales: mail weekly", "Sales @Board", "Ana > @Sales")
    both = typed("Kim", "@Kim", "Kim > Ana", "@Kim > Ana")

    assert [type(document.end(link.source)).__name__ for link in document.links.values()] == [
        "Module",
        "Node",
    ]
    assert [type(both.end(link.source)).__name__ for link in both.links.values()] == ["Node", "Module"]


def test_properties_follow_a_colon_in_any_order() -> None:
    document = typed(
        'Ana > Ben: 10m, daily chat formal proposed no answer within 2 days "the budget" topic tax'
    )

    assert only_link(document, "channel", "per_week", "minutes", "formal", "status") == (
        "chat", 5.0, 10.0, True, Status.PROPOSED,
    )  # fmt: skip
    assert only_link(document, "no_answer_needed", "needed_within", "purpose", "topic") == (
        True, 2.0, "the budget", "tax",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "per_week"),
    [("daily", 5), ("weekly", 1), ("2/w", 2), ("3x week", 3), ("twice a week", 2), ("once a month", 0.25),
     ("every 2 weeks", 0.5), ("every day", 5), ("monthly", 0.25), ("3 times a week", 3)],
)  # fmt: skip
def test_how_often_is_said_as_people_say_it(words: str, per_week: float) -> None:
    assert only_link(typed(f"Ana > Ben: {words}"), "per_week") == (per_week,)


@pytest.mark.parametrize(
    ("words", "minutes"), [("10m", 10), ("15 min", 15), ("1h", 60), ("1h30", 90), ("1.5 hours", 90)]
)
def test_how_long_is_said_as_people_say_it(words: str, minutes: float) -> None:
    assert only_link(typed(f"Ana > Ben: {words}"), "minutes") == (minutes,)


def test_the_beginning_of_a_channel_is_enough_if_only_one_begins_so() -> None:
    assert only_link(typed("Ana > Ben: ma"), "channel") == ("mail",)
    assert wrong("Ana > Ben: m")[1] == "m could be meeting and mail. Type a little more of it."


def test_properties_may_follow_the_last_name_without_a_colon() -> None:
    assert only_link(typed("Ana <> Cy weekly 30m"), "per_week", "minutes") == (1.0, 30.0)
    assert lines_of(typed("Ana > Customer Report")) == ["Ana > Customer Report"]
    assert lines_of(typed("Cy weekly", "Ana > Cy weekly")) == ["Ana > Cy weekly"]
    assert lines_of(typed("Ana > Weekly")) == ["Ana > Weekly"]


# -- lines that are there already -------------------------------------------------------------


def test_a_line_that_is_there_is_brought_up_to_date_and_not_doubled() -> None:
    document = typed("Ana > Ben", "Ana > Ben: chat", "Ana > Ben: daily", "Ana > Ben")

    assert only_link(document, "channel", "per_week", "two_way") == ("chat", 5.0, False)


def test_another_channel_is_another_line() -> None:
    assert len(typed("Ana > Ben: chat", "Ana > Ben: mail").links) == 2


def test_both_ways_makes_a_one_way_line_two_way_and_never_the_other_way_round() -> None:
    assert lines_of(typed("Ana > Ben", "Ben = Ana")) == ["Ana <> Ben"]
    assert lines_of(typed("Ana = Ben", "Ana > Ben: daily")) == ["Ana <> Ben"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_way_back_makes_a_line_two_way_if_it_says_the_same_and_else_is_a_line_of_its_own(
    turned: bool,
) -> None:
    plain, report = ["Ana > Kim", "Kim > Ana"], ["Ana > Kim", "Kim > Ana: report weekly"]
    if turned:
        plain, report = plain[::-1], report[::-1]

    assert len(typed(*plain).links) == 1
    assert sorted(lines_of(typed(*report))) == ["Ana > Kim", "Kim > Ana"]


# -- sentences --------------------------------------------------------------------------------


def test_reporting_runs_from_the_boss_and_needs_from_whose_work_needs() -> None:
    document = typed("Ana reports to Ben", "Sales needs Finance: step 2")

    assert lines_of(document) == ["Ben reports Ana", "Sales needs Finance"]
    assert {m.name for m in document.modules.values()} == {"Sales", "Finance"}
    assert [link.step for link in document.links.values()] == [None, 2]


def test_topics_are_added_and_several_people_can_know_one() -> None:
    document = typed("Ana knows payroll", "Ana, Ben know tax, payroll", "Ana seeks law")

    (ana, ben) = document.nodes.values()
    assert (ana.knows, ana.seeks, ben.knows) == (("payroll", "tax"), ("law",), ("tax", "payroll"))


def test_levels_kinds_and_leads_are_said_in_words() -> None:
    document = typed(
        "Ana, Ben level 2", "Cy is level 3", "Cy is new", "Customer is outside", "Wiki is a source",
        "Buyer is vacant", "Ana leads Sales",
    )  # fmt: skip

    found = {n.name: n for n in document.nodes.values()}
    assert [found[name].level for name in ("Ana", "Ben", "Cy")] == [2, 2, 3]
    assert found["Cy"].newcomer
    assert (found["Customer"].kind, found["Wiki"].kind) == (NodeKind.OUTSIDE, NodeKind.SOURCE)
    assert (found["Buyer"].kind, found["Buyer"].vacant) == (NodeKind.ROLE, True)
    assert [name_of(document, m.lead) for m in document.modules.values() if m.lead] == ["Ana"]


# -- what is wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "marked", "said"),
    [
        ("Ana > Ben: emial", "emial", "Did you mean mail?"),
        ("Ana > Ben: 15", "15", "15m for minutes"),
        ("Ana > ", " ", "A name is missing"),
        ("Ana,,Ben", ",", "A name is missing"),
        ("> Ana", ">", "A name is missing"),
        ("Ana > Ana", "Ana", "cannot be linked to Ana"),
        ('Ana > "Ben', '"Ben', "quotation mark"),
        ("Ana @", "@", "name of a module is missing"),
        ("Ana: mail", ": mail", "Only links have properties"),
        ("Ana is fun", "fun", "is not understood"),
        ("Ana, @Sales know tax", "@Sales", "is a module"),
    ],
)
def test_a_wrong_line_says_where_and_what_and_changes_nothing(line: str, marked: str, said: str) -> None:
    found, message = wrong(line)

    assert found.strip() in (marked.strip(), marked.strip().removeprefix("@"))
    assert said in message


def test_nothing_that_can_be_typed_raises_anything() -> None:
    chance = random.Random(3)
    names = ["Ana", "Ben", "Sales", "\N{SLIGHTLY SMILING FACE}", "\x00", " ", "2"]
    signs = [">", "<>", "=", ",", "@", ":", '"', "#", "-"]
    words = [
        "knows",
        "is",
        "level",
        "mail",
        "daily",
        "10m",
        "needs",
        "reports to",
        "moves to",
        "leads",
        "topic",
    ]
    document = Document()

    for _ in range(3_000):
        line = " ".join(chance.choices([*names, *signs, *words], k=chance.randint(1, 9)))
        found = understood(document, line)
        if found.wrong is None:
            document = document.apply(found.change)
            assert problems(document) == [], line
        else:
            assert 0 <= found.wrong.start < found.wrong.end
            assert str(found.wrong.message)


# -- what is asked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "known", "meant"),
    [
        ("Ana > Ben", "Anna", "Anna"),
        ("Famrer", "Farmer", "Farmer"),
        ("Quentn", "Quentin", "Quentin"),
        ("Gorann", "Goran", "Goran"),
        ("Ana", "Ana Novak", "Ana Novak"),
        ("Be", "Benedict", "Benedict"),
        ("Zoe @Suport", "@Support", "Support"),
    ],
)
def test_a_slip_of_the_fingers_is_asked_about(line: str, known: str, meant: str) -> None:
    assert [name for _, name in asked(line, known)] == [meant]


@pytest.mark.parametrize(
    ("line", "known"),
    [("Ina", "Ana"), ("Bea", "Ben"), ("Jana", "Hana"), ("Mina", "Nina"), ("Martina", "Martin"),
     ("Mario", "Maria"), ("Andreas", "Andrea"), ("Lars", "Lara"), ("Person 12", "Person 13"),
     ("Ana", "Ana N, Ana K"), ("ANA", "Ana"), ("Ana Novak", "Ana Kovac")],
)  # fmt: skip
def test_other_people_with_like_names_are_not_asked_about(line: str, known: str) -> None:
    assert asked(line, known) == []


def test_the_answer_to_a_question_is_taken() -> None:
    document = typed("Anna")
    (anna,) = document.nodes

    same = understood(document, "Ana > Ben", meant={"Ana": anna})
    new = understood(document, "Ana > Ben", as_typed=["Ana"])

    assert [n.name for n in document.apply(same.change).nodes.values()] == ["Anna", "Ben"]
    assert [n.name for n in document.apply(new.change).nodes.values()] == ["Anna", "Ana", "Ben"]


# -- several lines ----------------------------------------------------------------------------


def test_several_lines_are_one_change_and_each_sees_those_before_it() -> None:
    total, left = understood_all(
        Document(), "# a list\n\n- Ana, Ben @Sales\n• Ana > Ben\n1. Ana > Ben: chat\nAna knows tax\n"
    )

    document = Document().apply(total.change)
    assert left == []
    assert people_of(document) == {"Ana": ["Sales"], "Ben": ["Sales"]}
    assert only_link(document, "channel") == ("chat",)
    assert problems(document) == []
    assert document.apply(total.change.inverse()) == Document()


def test_wrong_lines_come_back_and_the_others_are_done() -> None:
    total, left = understood_all(Document(), "Ana > Ben\nAna > \nBen > Cy: emial\nBen > Dov")

    assert [reading.line for reading in left] == ["Ana > ", "Ben > Cy: emial"]
    assert lines_of(Document().apply(total.change)) == ["Ana > Ben", "Ben > Dov"]


def test_names_that_were_gathered_once_keep_up_with_every_edit() -> None:
    document = typed("Ana > Ben", "Ana = Cy")
    known = KnownNames(document)
    for line in ("Dov @Sales", "Dov > Ana: mail", "Ben reports to Dov"):
        found: Reading = understood(document, line, known)
        document = document.apply(found.change)
        known.follow(document, found.change)
        back = found.change.inverse()
        known.follow(document.apply(back), back)
        known.follow(document, found.change)

    fresh = KnownNames(document)
    ends: list[EndId] = [*document.nodes, *document.modules]
    assert [known.end(n) for n in ("Ana", "Ben", "Cy", "Dov", "Sales")] == [
        fresh.end(n) for n in ("Ana", "Ben", "Cy", "Dov", "Sales")
    ]
    assert all(sorted(known.links(a, b)) == sorted(fresh.links(a, b)) for a in ends for b in ends)


# -- what it says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("Zoe > Xan @Lab", "Adds 2 people, 1 module and 1 link", "Added Zoe, Xan and Lab, with 1 link"),
        ("Ana > Ben", "Adds 1 link", "Linked Ana to Ben"),
        ("Ana = Ben", "Adds 1 link", "Linked Ana and Ben, both ways"),
        ("Cy > Ana: daily", "Changes 1 link", "Changed the link of Cy and Ana"),
        ("Ana knows tax", "Changes 1 person", "Changed Ana"),
        ("Ana", "That is on the map already", "That is on the map already"),
    ],
)  # fmt: skip
def test_it_is_said_what_a_line_does_and_what_it_has_done(line: str, before: str, after: str) -> None:
    document = typed("Ana, Ben", "Cy > Ana")

    found = understood(document, line)

    assert str(found.says()) == before
    assert str(found.done(document.apply(found.change))) == after


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("Farah <> Ivo Jana", "Ivo, Jana"),
        ("ana ben", "ana, ben"),
        ("Ana-Ben", "Ana = Ben"),
        ("Ana - Ben", "Ana = Ben"),
    ],
)
def test_known_names_in_a_row_are_asked_about_as_several(line: str, instead: str) -> None:
    found = understood(typed("Farah, Ivo, Jana, Ana, Ben"), line)

    assert [doubt.instead for doubt in found.doubts] == [instead]
    assert found.wrong is None


@pytest.mark.parametrize("line", ['"Ivo Jana"', "Ivo Meier", "Ivo Ivo", "Ivo-Marie", "@Ivo Jana"])
def test_a_name_is_not_taken_apart_if_it_may_well_be_one(line: str) -> None:
    found = understood(typed("Farah, Ivo, Jana, Ana, Ben"), line)

    assert found.doubts == ()
