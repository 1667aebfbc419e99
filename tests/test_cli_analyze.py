"""`orgmap analyze` and `orgmap compare`: what scripts rely on, and what a person reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orgmap.__main__ import main
from orgmap.analysis import registry
from orgmap.assets import asset
from orgmap.commands.report_text import report_text
from orgmap.files import native
from orgmap.i18n import language, text
from orgmap.model import edits, remarks
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from tests.program import Ended, orgmap
from tests.words import TEST_ORGANIZATION, org

HEALTHY = org(
    "a <> b, b <> c, c <> d, d <> e, e <> f, f <> g, g <> h, h <> a, a <> c, b <> d, c <> e, d <> f, "
    "e <> g, f <> h, g <> a, h <> b"
)
"""Eight people in a ring who also talk to those two seats away: nobody can be missed much."""


def saved(folder: Path, document: Document, name: str = "map.orgmap") -> Path:
    """The document in a file."""
    path = folder / name
    native.save(document, path)
    return path


def repaired() -> Document:
    """The test organization after N can be answered by everybody it tells."""
    document = TEST_ORGANIZATION
    for one in ("x1", "x2", "y1", "z1"):
        change, _ = edits.add_link(document, NodeId(one), NodeId("N"), two_way=False)
        document = document.apply(change)
    return document


Run = Callable[..., Ended]
Told = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The program with these words, in this process."""

    def ran(*words: str | Path) -> Ended:
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return ran


@pytest.fixture
def told(run: Run) -> Told:
    """What `analyze --json` says of a file."""
    return lambda path, *words: json.loads(run("analyze", path, "--json", *words).out)


def test_json_has_every_key_of_the_contract(tmp_path: Path, told: Told) -> None:
    record = told(saved(tmp_path, TEST_ORGANIZATION))

    assert list(record) == [
        "orgmap", "schema", "file", "seed", "map", "people", "modules", "links", "findings",
    ]  # fmt: skip
    assert record["map"].keys() == {"title", "people", "modules", "links", "measures"}
    assert record["people"][0].keys() == {"id", "name", "module", "level", "measures"}
    assert record["modules"][0].keys() == {"id", "name", "parent", "measures"}
    assert record["links"][0].keys() >= {"id", "source", "target", "kind", "two_way", "measures"}
    assert record["findings"][0].keys() == {
        "code", "severity", "class", "people", "modules", "links", "claim", "because", "question",
        "advice", "evidence", "judged", "firmness", "chance", "sure", "told_with", "source",
    }  # fmt: skip
    assert record["map"]["measures"].keys() >= {
        "density", "reciprocity_arc", "reciprocity_dyad", "mutual_reach", "open_link_share",
        "links_to_close", "connectedness", "hierarchy", "efficiency", "least_upper_bound",
        "centralization_in", "centralization_out", "centralization_betweenness", "fragmentation",
        "ei_index", "ei_expected", "modularity", "modularity_expected", "congruence",
        "average_distance", "diameter", "weak_components", "strong_components", "hours_per_week",
    }  # fmt: skip


def test_json_holds_the_known_numbers_of_the_test_organization(tmp_path: Path, told: Told) -> None:
    """docs/findings.md, section 6."""
    record = told(saved(tmp_path, TEST_ORGANIZATION))

    measures = record["map"]["measures"]
    assert measures["reciprocity_arc"] == pytest.approx(12 / 17, abs=1e-9)
    assert measures["density"] == pytest.approx(17 / 72, abs=1e-9)
    assert measures["mutual_reach"] == pytest.approx(42 / 72, abs=1e-9)
    assert measures["links_to_close"] == 1
    named = {finding["code"]: finding["people"] for finding in record["findings"] if finding["judged"]}
    assert named["broadcast-only"] == ["N"]


def test_the_same_file_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, TEST_ORGANIZATION)

    first = orgmap("analyze", path, "--json", "--seed", "7", env={"PYTHONHASHSEED": "1"})
    again = orgmap("analyze", path, "--json", "--seed", "7", env={"PYTHONHASHSEED": "2"})

    assert first.out == again.out
    assert json.loads(first.out)["seed"] == 7


def test_only_the_findings_asked_for_are_told(tmp_path: Path, told: Told) -> None:
    record = told(saved(tmp_path, TEST_ORGANIZATION), "--only", "broadcast-only,isolated")

    assert {finding["code"] for finding in record["findings"]} == {"broadcast-only"}


@pytest.mark.parametrize("words", ["--no-chance", "--seed=3"])
def test_the_options_of_the_contract_are_taken(words: str, tmp_path: Path, run: Run) -> None:
    assert run("analyze", saved(tmp_path, TEST_ORGANIZATION), words).code == 0


def test_a_code_that_is_not_known_is_answered_with_the_nearest(tmp_path: Path, run: Run) -> None:
    ended = run("analyze", saved(tmp_path, TEST_ORGANIZATION), "--only", "botleneck")

    assert (ended.code, ended.out) == (2, "")
    assert "Did you mean bottleneck?" in ended.err


def remarked() -> Document:
    """The test organization; the room left its broadcaster aside, and noted something on a bottleneck."""
    found = registry.run(TEST_ORGANIZATION).judged
    broadcast = next(f for f in found if f.code == "broadcast-only")
    bottleneck = next(f for f in found if f.code == "bottleneck")
    document = TEST_ORGANIZATION.apply(
        remarks.dismiss(TEST_ORGANIZATION, broadcast.subject, "It is the news.")
    )
    return document.apply(remarks.set_note(document, bottleneck.subject, "Ask again in May."))


def test_json_marks_what_the_room_dismissed_and_noted(tmp_path: Path, told: Told) -> None:
    record = told(saved(tmp_path, remarked()))

    said = {
        f["code"]: {k: f[k] for k in ("dismissed", "reason", "note") if k in f} for f in record["findings"]
    }
    assert said["broadcast-only"] == {"dismissed": True, "reason": "It is the news."}
    assert said["bottleneck"] == {"note": "Ask again in May."}


def test_the_text_tells_dismissed_findings_apart_and_last(tmp_path: Path, run: Run) -> None:
    plain = run("analyze", saved(tmp_path, TEST_ORGANIZATION), "--no-chance").out
    text = run("analyze", saved(tmp_path, remarked(), "said.orgmap"), "--no-chance").out

    count = int(plain.split(" findings")[0].split()[-1])
    assert f"{count - 1} findings" in text
    listed, aside = text.split("\nDismissed\n")
    assert "Answers hardly get back" not in listed
    assert "Ask again in May." in listed
    assert "Reason: It is the news." in " ".join(aside.split())


def test_the_text_says_title_size_findings_and_measures_in_this_order(tmp_path: Path, run: Run) -> None:
    ended = run("analyze", saved(tmp_path, TEST_ORGANIZATION))

    parts = ["map.orgmap", "9 people", "findings", "Because", "Ask", "Try", "Measures"]
    places = [ended.out.index(part) for part in parts]
    assert places == sorted(places)
    assert "Answers hardly get back" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100


def test_a_healthy_map_has_no_findings(tmp_path: Path, run: Run) -> None:
    ended = run("analyze", saved(tmp_path, HEALTHY))

    assert "No findings." in ended.out


def test_more_than_seven_findings_wait_behind_all() -> None:
    many = org(", ".join(f"s{i} > a{i}, s{i} > b{i}, s{i} > c{i}" for i in range(12)))
    report = registry.run(many)
    assert len(report.judged) > 7

    short = report_text(many, report, width=100)
    whole = report_text(many, report, width=100, everything=True)

    assert "--all" in short
    assert "--all" not in whole
    assert whole.count("Because") == len(report.judged)


def test_notes_of_one_reason_are_told_together() -> None:
    chart = org("a ^ b, a ^ c, b ^ d, b ^ e")

    lines = report_text(chart, registry.run(chart), width=100).splitlines()

    missing = lines[lines.index("Checks left out") + 1 :]
    assert len(registry.run(chart).not_judged) > 3
    assert sum(line.startswith("  •") for line in missing) == 1


def test_below_eight_people_no_share_is_told() -> None:
    small = org("a > b, b > c, c > a, c > d")

    said = report_text(small, registry.run(small), width=100)

    assert " %" not in said
    assert "Average distance" in said


def test_a_small_share_is_not_told_as_none() -> None:
    ring = org(", ".join(f"p{i:03} <> p{(i + 1) % 300:03}" for i in range(300)) + ", p000 > last")

    said = report_text(ring, registry.run(ring, only=()), width=100)

    assert "0.17 %" in said  # one open arc of 601


def test_a_map_without_a_title_has_the_name_of_its_file(tmp_path: Path, run: Run) -> None:
    ended = run("analyze", saved(tmp_path, TEST_ORGANIZATION, "we.orgmap"))

    assert ended.out.splitlines()[0] == "we.orgmap"


def test_a_table_is_read_with_the_options_after_each_part(tmp_path: Path, told: Told) -> None:
    (tmp_path / "people.csv").write_text("id,name\n1,Ana\n2,Ben\n3,Cy\n", encoding="utf-8")
    (tmp_path / "asks.csv").write_text("from,to\n1,2\n3,2\n", encoding="utf-8")
    (tmp_path / "chart.csv").write_text("from,to\n1,3\n2,3\n", encoding="utf-8")
    (tmp_path / "teams.csv").write_text("from,to\n1,Sales\n2,Sales\n", encoding="utf-8")

    record = told(
        tmp_path / "asks.csv", "--arrows", "asks", "--people", str(tmp_path / "people.csv"),
        "--links", str(tmp_path / "chart.csv"), "--kind", "reports",
        "--links", str(tmp_path / "teams.csv"), "--kind", "member",
    )  # fmt: skip

    links = [(link["source"], link["target"], link["kind"]) for link in record["links"]]
    assert sorted(links) == [
        ("2", "1", "talks"), ("2", "3", "talks"), ("3", "1", "reports"), ("3", "2", "reports"),
    ]  # fmt: skip
    assert [person["name"] for person in record["people"]] == ["Ana", "Ben", "Cy"]
    assert [module["name"] for module in record["modules"]] == ["Sales"]


def test_the_letters_and_columns_of_a_table_can_be_named(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "links.csv"
    path.write_bytes("from#to\nPétur#Þór\n".encode("cp1252"))

    record = told(path, "--encoding", "cp1252", "--delimiter", "#")

    assert [person["name"] for person in record["people"]] == ["Pétur", "Þór"]


@pytest.mark.parametrize(("said", "people"), [("yes", ["Ana", "Ben"]), ("no", ["od", "Ana", "komu", "Ben"])])
def test_whether_the_first_row_is_a_header_can_be_said(
    said: str, people: list[str], tmp_path: Path, told: Told
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("od,komu\nAna,Ben\n", encoding="utf-8")

    record = told(path, "--header", said)

    assert sorted(person["id"] for person in record["people"]) == sorted(people)


@pytest.mark.parametrize(
    ("words", "said"), [("--encoding=cp9999", "cp1252"), ("--delimiter=comme", "comma?")]
)
def test_letters_and_columns_that_nobody_knows_are_refused(
    words: str, said: str, tmp_path: Path, run: Run
) -> None:
    ended = run("analyze", tmp_path / "links.csv", words)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_every_bad_row_is_told_with_its_number(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "links.csv"
    path.write_text("from,to,per_week\nAna,Ben,5\n,Ben,1\nBen,Cy,often\nCy,Ana,-3\n", encoding="utf-8")

    ended = run("analyze", path)

    assert ended.code == 0
    assert all(f"links.csv, row {row}: " in ended.err for row in (3, 4, 5))


def test_the_known_organizations_are_read_and_told_something(datasets: Path, told: Told) -> None:
    faculty, chart = datasets / "uk_faculty", datasets / "uk_british_library_2011"

    talk = told(faculty / "edges_friendship.csv", "--people", str(faculty / "nodes.csv"), "--arrows", "asks")
    posts = told(chart / "edges_reports_to.csv", "--kind", "reports", "--people", str(chart / "nodes.csv"))

    assert (talk["map"]["people"], talk["map"]["links"], talk["map"]["modules"]) == (81, 817, 4)
    assert any(finding["judged"] for finding in talk["findings"])
    assert posts["map"]["people"] == 198
    assert not any(finding["judged"] for finding in posts["findings"])


def test_compare_says_first_what_became_of_the_findings(tmp_path: Path, run: Run) -> None:
    before = saved(tmp_path, TEST_ORGANIZATION, "before.orgmap")
    after = saved(tmp_path, repaired(), "after.orgmap")

    ended = run("compare", before, after)

    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Before: before.orgmap (9 people, 5 modules, 18 links)"
    assert lines[1] == "After: after.orgmap (9 people, 5 modules, 22 links)"
    assert lines.index("Resolved") < lines.index("Structure") < lines.index("Measures, before and after")
    assert "4 people hear from N" in ended.out


def test_compare_shows_only_measures_that_read_differently_and_none_that_needs_an_expected_value(
    tmp_path: Path, run: Run
) -> None:
    before = saved(tmp_path, TEST_ORGANIZATION, "before.orgmap")
    after = saved(tmp_path, repaired(), "after.orgmap")

    ended = run("compare", before, after)

    rows = ended.out.split("Measures, before and after")[1].splitlines()
    shifts = [row.split("\N{RIGHTWARDS ARROW}") for row in rows if "\N{RIGHTWARDS ARROW}" in row]
    assert shifts
    assert all(row[0].split("  ")[-1].strip() != row[1].split("  ")[0].strip() for row in shifts)
    assert "E-I" not in ended.out
    assert "Modularity" not in ended.out


def test_a_number_of_a_report_stays_on_one_line() -> None:
    sample = native.load(asset("samples", "3-alder-valley-150.orgmap"))

    report = registry.run(sample, measures=False)
    told = text("finding", "It is so for {all} of them, from the first to the last.")(all=20_592)
    report = replace(report, findings=tuple(replace(f, because=told) for f in report.findings))

    assert all("20 592" in report_text(sample, report, width=width) for width in range(60, 110))


def test_compare_as_json_names_both_files_and_every_difference(tmp_path: Path, run: Run) -> None:
    before = saved(tmp_path, TEST_ORGANIZATION, "before.orgmap")
    after = saved(tmp_path, repaired(), "after.orgmap")

    record = json.loads(run("compare", before, after, "--json").out)

    assert (record["before"]["file"], record["after"]["file"]) == (str(before), str(after))
    assert len(record["structure"]["links"]["added"]) == 4
    assert "broadcast-only" in {finding["code"] for finding in record["findings"]["resolved"]}
    assert record["measures"]["map"]["links_to_close"] == {"before": 1, "after": 0}


def test_a_map_compared_with_itself_differs_in_nothing(tmp_path: Path, run: Run) -> None:
    path = str(saved(tmp_path, TEST_ORGANIZATION))

    ended = run("compare", path, path)

    assert ended.code == 0
    assert "Nothing differs." in ended.out


def test_a_scenario_that_the_map_does_not_have_is_refused(tmp_path: Path, run: Run) -> None:
    path = str(saved(tmp_path, TEST_ORGANIZATION))

    ended = run("compare", path, f"{path}#Merger")

    assert ended.code == 2
    assert "no scenario Merger" in ended.err


def test_every_text_of_a_report_can_be_translated(tmp_path: Path) -> None:
    ended = orgmap("analyze", saved(tmp_path, TEST_ORGANIZATION), env={"ORGMAP_LANGUAGE": "pseudo"})

    assert language().code == "en"
    for line in ended.out.splitlines()[1:]:
        letters = line.strip(" \N{EN DASH}\N{BULLET}0123456789.%,▲■●")
        assert not letters or "⟦" in line or "⟧" in line or any(ord(sign) > 127 for sign in letters), line
