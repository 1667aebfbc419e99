"""`analyze --json` to the letter of the contract."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from orgmap import i18n
from orgmap.analysis import record
from orgmap.analysis.findings import Advice, Finding, Firmness, Weight
from orgmap.analysis.registry import run
from orgmap.i18n import text
from orgmap.model.edits import add_link, add_node, rename
from orgmap.model.entities import NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

ROOT = Path(__file__).parent.parent.parent

# the keys, copied from the contract by hand
MAP = """density reciprocity_arc reciprocity_dyad mutual_reach open_link_share links_to_close connectedness
    hierarchy efficiency least_upper_bound centralization_in centralization_out centralization_betweenness
    fragmentation ei_index ei_expected modularity modularity_expected congruence average_distance diameter
    weak_components strong_components hours_per_week"""
PEOPLE = """in_degree out_degree betweenness betweenness_two_way closeness_in closeness_out dependence
    constraint effective_size reciprocity core listening_share coverage hours_per_week coordinator itinerant
    representative gatekeeper liaison"""
MODULES = "people inside_links out_links in_links ei_index reciprocity listening_share"
TOP = "orgmap schema file seed map people modules links findings"
FINDING = """code severity class people modules links claim because question advice evidence judged firmness
    chance sure told_with source"""


@pytest.fixture
def _pseudo() -> Iterator[None]:
    i18n.use(i18n.PSEUDO)
    yield
    i18n.use(i18n.ENGLISH)


def test_the_keys_are_those_of_the_contract() -> None:
    found = record.as_json(run(TEST_ORGANIZATION, seed=5), TEST_ORGANIZATION, file="map.csv")

    assert list(found) == [
        "orgmap",
        "schema",
        "file",
        "seed",
        "map",
        "people",
        "modules",
        "links",
        "findings",
    ]
    assert (found["schema"], found["file"], found["seed"]) == (1, "map.csv", 5)
    plain = json.loads(json.dumps(found, allow_nan=False))
    assert {k: plain["map"][k] for k in ("people", "modules", "links")} == {
        "people": 9,
        "modules": 5,
        "links": 18,
    }
    assert set(plain["map"]["measures"]) >= set(MAP.split())
    assert set(plain["people"][0]) == {"id", "name", "module", "level", "measures"}
    assert all(set(person["measures"]) >= set(PEOPLE.split()) for person in plain["people"])
    assert all(set(module["measures"]) >= set(MODULES.split()) for module in plain["modules"])
    assert set(plain["links"][0]) == {"id", "source", "target", "kind", "two_way", "measures"}
    assert plain["findings"]
    assert all(set(finding) == set(FINDING.split()) for finding in plain["findings"])


def test_an_open_link_says_so_beside_its_missing_length() -> None:
    found = json.loads(json.dumps(record.as_json(run(TEST_ORGANIZATION), TEST_ORGANIZATION)))

    links = {(link["source"], link["target"]): link for link in found["links"] if link["kind"] == "talks"}
    assert links["A", "X0"]["measures"]["return_length"] == 1
    assert "open" not in links["A", "X0"]["measures"]
    assert links["X0", "x2"]["measures"]["return_length"] is None
    assert links["X0", "x2"]["measures"]["open"] is True


def test_people_without_module_or_level_have_null_there() -> None:
    document = org("ana <> ben", modules={"Sales": "ana"}, levels={"ana": 1})

    found = json.loads(json.dumps(record.as_json(run(document), document)))

    assert [(p["id"], p["module"], p["level"]) for p in found["people"]] == [
        ("ana", "Sales", 1),
        ("ben", None, None),
    ]
    assert found["people"][0]["measures"]["betweenness"] is None  # two people: nobody between


def test_a_report_without_measures_keeps_every_key() -> None:
    report = run(TEST_ORGANIZATION, measures=False)

    found = json.loads(json.dumps(record.as_json(report, TEST_ORGANIZATION)))

    assert set(found["map"]["measures"]) >= set(MAP.split())
    assert set(found["map"]["measures"].values()) == {None}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1 / 3, 0.333333333333),
        (2.0, 2.0),
        (math.nan, None),
        (math.inf, None),
        (123456789.123456789, 123456789.123),
    ],
)
def test_numbers_have_twelve_digits_and_are_never_nan(value: float, written: float | None) -> None:
    assert record.plain(value) == written


@pytest.mark.usefixtures("_pseudo")
def test_the_record_is_english_whatever_language_is_in_use() -> None:
    inner = text("finding", "{n} person", "{n} people")(n=3)
    said = text("finding", "Ana reaches {people}.")(people=inner)
    change, _ = add_link(TEST_ORGANIZATION, NodeId("x2"), NodeId("X0"))
    finding = Finding(
        code="bottleneck",
        weight=Weight.LOOK,
        severity=1 / 3,
        claim=said,
        because=said,
        question=said,
        people=(NodeId("A"),),
        advice=(Advice(said, change),),
        evidence={"audience": ("x1", "x2"), "share": 2 / 3, "each": {"x1": None}},
        firmness=Firmness.FIRM,
    )

    found = json.loads(json.dumps(record.finding_as_json(finding)))

    assert str(said) != "Ana reaches 3 people."
    assert found["claim"] == found["advice"][0]["text"] == "Ana reaches 3 people."
    assert found["class"] == "look"
    assert found["firmness"] == "firm"
    assert found["severity"] == 0.333333333333
    assert found["evidence"] == {"audience": ["x1", "x2"], "share": 0.666666666667, "each": {"x1": None}}
    [(key, pair)] = found["advice"][0]["change"]["links"].items()
    assert pair == {"before": None, "after": {"id": key, "source": "x2", "target": "X0", "two_way": True}}


def test_a_change_is_written_by_what_differs() -> None:
    added, made = add_node(TEST_ORGANIZATION, "Dee", at=(1.0, 2.0))
    renamed = rename(TEST_ORGANIZATION, NodeId("A"), "Ada")

    found = json.loads(json.dumps(record.change_as_json(added.then(renamed))))

    assert found == {
        "nodes": {
            made: {"before": None, "after": {"id": made, "name": "Dee", "x": 1.0, "y": 2.0}},
            "A": {"before": {"name": "A"}, "after": {"name": "Ada"}},
        }
    }


def test_only_people_are_listed_among_the_people() -> None:
    document = org("ana <> ben, ben > wiki, ana <> cy, cy <> ben, ana <> dee")
    source = replace(document.nodes[NodeId("wiki")], kind=NodeKind.SOURCE)
    document = replace(document, nodes={**document.nodes, source.id: source})

    found = json.loads(json.dumps(record.as_json(run(document), document)))

    assert [person["id"] for person in found["people"]] == ["ana", "ben", "cy", "dee"]
    assert found["map"]["people"] == 4


WRITTEN = """
import json
from orgmap.analysis import record
from orgmap.analysis.registry import run
from tests.workshop import WORKSHOP
print(json.dumps(record.as_json(run(WORKSHOP), WORKSHOP, file="w"), allow_nan=False))
"""


def test_the_same_map_and_seed_give_the_same_bytes_in_any_process() -> None:
    written = {
        subprocess.run(
            [sys.executable, "-c", WRITTEN],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(written) == 1
    assert json.loads(written.pop())["map"]["people"] == len(WORKSHOP.nodes)
