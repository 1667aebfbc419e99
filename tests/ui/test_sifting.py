"""Which findings are shown when one asks for a kind, a module or a person."""

from __future__ import annotations

from orgmap.model import edits
from orgmap.model.entities import LinkId, ModuleId, NodeId
from orgmap.ui.panels.sifting import Sift, modules_of, occurring, people_of
from tests.ui.reports import finding
from tests.words import org

MAP = org(
    "Ana > Ben, Ben <> Cy",
    modules={"Sales": "Ana", "Works": "", "Oven": "Ben Cy"},
)
LINK = next(iter(MAP.links))


def test_a_finding_about_a_line_is_about_its_ends() -> None:
    about = finding(people=(), links=(LinkId(LINK),))

    assert people_of(about, MAP) == {"Ana", "Ben"}
    assert modules_of(about, MAP) == {"Sales", "Oven"}


def test_a_finding_about_a_person_is_about_every_module_they_lie_in() -> None:
    nested = MAP.apply(edits.nest(MAP, ModuleId("Oven"), ModuleId("Works")))

    assert modules_of(finding(people=(NodeId("Cy"),)), nested) == {"Oven", "Works"}


def test_nothing_chosen_shows_all_and_choices_add_up() -> None:
    ana = finding(people=(NodeId("Ana"),))

    assert Sift().passes(ana, MAP)
    assert not Sift()
    assert Sift(code="broadcast-only", person=NodeId("Ana")).passes(ana, MAP)
    assert not Sift(code="broadcast-only", person=NodeId("Cy")).passes(ana, MAP)
    assert not Sift(code="isolated").passes(ana, MAP)
    assert not Sift(module=ModuleId("Oven")).passes(ana, MAP)


def test_somebody_who_left_the_map_disturbs_nothing() -> None:
    gone = finding(people=(NodeId("gone"),), links=(LinkId("gone"),), modules=(ModuleId("gone"),))

    assert modules_of(gone, MAP) == set()
    codes, modules, people = occurring([gone, finding(people=(NodeId("Ana"),))], MAP)
    assert codes == {"broadcast-only": 2}
    assert modules == {"Sales": 1}
    assert people[NodeId("Ana")] == 1
