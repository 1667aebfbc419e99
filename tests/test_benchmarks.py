"""The benchmarks stand on seeded maps and print the lines of the contract."""

from __future__ import annotations

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.timing import case, organization, talk
from orgmap.model.document import problems


@pytest.mark.parametrize(("people", "links"), [(0, 0), (1, 4), (3, 3), (40, 150), (200, 1400)])
def test_a_generated_organization_is_sound_seeded_and_as_large_as_asked(people: int, links: int) -> None:
    made = organization(people, links, seed=7)

    assert problems(made) == []
    assert len(made.nodes) == people
    assert talk(made) == min(links, people * (people - 1) // 2)
    assert made == organization(people, links, seed=7)
    assert people < 3 or made != organization(people, links, seed=8)


def test_a_case_tells_the_middle_the_slow_end_and_the_rival() -> None:
    found = case("drawing", 5, 7, [1.0, 2.0, 9.0], rival=("items", [4.0, 6.0, 8.0])).record()

    assert (found["median_ms"], found["p95_ms"], found["runs"]) == (2.0, 9.0, 3)
    assert (found["rival"], found["rival_median_ms"], found["ratio"]) == ("items", 6.0, 3.0)


def test_a_benchmark_prints_a_json_object_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["analysis", "--people", "8", "--links", "12", "--json"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    keys = {"name", "people", "links", "median_ms", "p95_ms", "runs", "peak_rss_mb"}
    assert {line["name"] for line in lines} >= {"betweenness", "findings", "measures"}
    assert all(keys <= set(line) and (line["people"], line["links"]) == (8, 12) for line in lines)
    assert any(line.get("rival") == "networkx" for line in lines)
