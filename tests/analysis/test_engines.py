"""networkx alone and its fast backend say the same of a map; the long run is `checks/engines.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import engines
from orgmap.analysis import engine
from orgmap.analysis.registry import CODES, run
from orgmap.assets import asset
from orgmap.files import native
from tests.files.test_datasets import faculty, workplace

FAULTY = dict(engines.faulty())
SMALL = [(name, document) for name, document in engines.small() if name != "chain of command"]


@pytest.mark.parametrize("name", [name for name, _ in SMALL])
def test_findings_and_numbers_are_the_same_with_and_without_the_backend(name: str) -> None:
    document = dict(SMALL)[name]

    fast = engines.record(document)
    with engines.without_backend():
        plain = engines.record(document)

    assert list(engines.differences(fast, plain)) == []
    assert engine.BACKEND == "rustworkx"


@pytest.mark.parametrize("name", list(FAULTY))
def test_every_kind_of_finding_and_how_sure_it_is_are_the_same_with_and_without_the_backend(
    name: str,
) -> None:
    fast = engines.record(FAULTY[name], chance=True)
    with engines.without_backend():
        plain = engines.record(FAULTY[name], chance=True)

    assert list(engines.differences(fast, plain)) == []


def test_the_maps_compared_have_findings_of_every_kind() -> None:
    told = {f.code for document in FAULTY.values() for f in run(document, measures=False).judged}

    assert told == set(CODES)


def test_a_map_with_findings_of_nearly_every_kind_gives_the_same_bytes_in_two_processes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "much.orgmap"
    native.save(FAULTY["much at once"], path)

    assert engines.bytes_of(path, 1) == engines.bytes_of(path, 4_711)


def test_a_real_faculty_and_a_workplace_read_the_same_without_the_backend(datasets: Path) -> None:
    for document in (faculty(datasets).document, workplace(datasets).document):
        fast = engines.record(document)
        with engines.without_backend():
            plain = engines.record(document)

        assert list(engines.differences(fast, plain)) == []


def test_a_difference_is_found_where_there_is_one() -> None:
    found = list(engines.differences({"a": [1.0, "x"], "b": None}, {"a": [1.1, "x"], "b": 2}))

    assert sorted(found) == ["/a/0: 1.0 and 1.1", "/b: None and 2"]


def test_a_sample_gives_the_same_bytes_in_two_processes() -> None:
    path = min(asset("samples").glob("*.orgmap"))

    assert engines.bytes_of(path, 1) == engines.bytes_of(path, 4_711)
