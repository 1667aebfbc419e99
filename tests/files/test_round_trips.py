"""Every shipped map through every format that can hold it: what comes back is what was told.

All of them, the data sets and the ways over several formats are walked by `checks/round_trips.py`.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from checks.announced import COVERED, losses_of, told_wrongly
from checks.round_trips import SUFFIXES, at_random, chains, differences, walked
from orgmap.assets import asset
from orgmap.files import formats, losses
from orgmap.files.losses import REMARKS, TALK
from orgmap.files.merging import merge
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, MapInfo
from tests.files.documents import documents
from tests.words import org

MAPS = sorted([*asset("samples").glob("*.orgmap"), *asset("templates").glob("*.orgmap")])


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_a_shipped_map_comes_back_as_it_was_told(path: Path, suffix: str, tmp_path: Path) -> None:
    document = formats.read(path).document

    assert walked(document, (suffix,), tmp_path) == []


@pytest.mark.parametrize("way", random.Random(5).sample(list(chains()), 8), ids=">".join)
def test_a_map_goes_over_several_formats_and_loses_what_each_of_them_loses(
    way: tuple[str, ...], tmp_path: Path
) -> None:
    document = formats.read(MAPS[len("".join(way)) % len(MAPS)]).document

    assert walked(document, way, tmp_path) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(
    derandomize=True,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(documents())
def test_whatever_is_on_a_map_comes_back_as_it_was_told(
    tmp_path: Path, suffix: str, document: Document
) -> None:
    assert walked(document, (suffix,), tmp_path) == []


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".graphml", ".json"])
def test_what_was_written_and_is_imported_again_changes_nothing(suffix: str, tmp_path: Path) -> None:
    document = formats.read(MAPS[0]).document
    formats.write(document, tmp_path / f"map{suffix}")

    again = formats.read(tmp_path / f"map{suffix}").document

    assert not merge(document, again)


def test_the_check_sees_a_link_that_was_turned_round() -> None:
    document = org("ana > ben")
    link = document.links[LinkId("l1")]
    turned = replace(document, links={link.id: replace(link, source=link.target, target=link.source)})

    assert differences(document, turned) == [
        "links l1.source: 'ana', and it came back as 'ben'",
        "links l1.target: 'ben', and it came back as 'ana'",
    ]


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".orgmap"])
def test_the_check_sees_each_loss_that_is_not_told(suffix: str) -> None:
    document, path = formats.read(MAPS[0]).document, Path(f"map{suffix}")
    told = formats.losses(document, path)

    kept_quiet = {each: told_wrongly(document, path, [one for one in told if one != each]) for each in told}

    assert told_wrongly(document, path, told) == []
    for each, wrong in kept_quiet.items():
        assert any(line.startswith("lost and not told: ") and each.text.one in line for line in wrong)


def test_the_check_sees_that_one_loss_of_seven_was_told() -> None:
    document, path = formats.read(MAPS[0]).document, Path("map.net")
    told = formats.losses(document, path)

    wrong = told_wrongly(document, path, told[:1])

    assert sum(line.startswith("lost and not told: ") for line in wrong) == len(told) - 1
    assert len(told) >= 7


def test_the_check_sees_a_loss_that_is_told_and_does_not_come() -> None:
    document, path = org("ana > ben"), Path("map.json")
    told = formats.losses(document, path)

    assert told_wrongly(document, path, [*told, REMARKS.text()]) == [
        f"told, and nothing is lost by it: {REMARKS.text.one}"
    ]


def test_the_check_sees_a_sentence_that_takes_more_than_it_speaks_of(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = replace(TALK, left=lambda document: replace(document, info=MapInfo(), remarks={}))
    monkeypatch.setitem(losses.BY_SUFFIX, ".json", (greedy,))
    document = replace(org("ana > ben"), info=MapInfo(title="Plan", reporting_is_talk=True))

    assert told_wrongly(document, Path("map.json"), [greedy.text()]) == [
        f"lost, and not what was told: info.title ({TALK.text.one})"
    ]


def test_the_check_knows_what_each_sentence_speaks_of() -> None:
    assert {loss.text.one for suffix in SUFFIXES for loss in losses_of(Path(f"map{suffix}"))} == set(COVERED)


def test_the_check_walks_maps_of_chance_through_every_format(tmp_path: Path) -> None:
    assert list(at_random(2, 1, tmp_path)) == []
    assert {path.suffix for path in tmp_path.iterdir()} >= set(SUFFIXES)
