"""Inputs that once ended, stopped or misled a reader, each found by `checks.fuzz`; and a seeded sample of it.

A file in `found` is called READER-WHAT.SUFFIX. Its reader refuses it in words, or reads a sound map.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from checks import fuzz, fuzz_judged
from checks.fuzz_targets import TARGETS, Target
from orgmap.files import formats
from orgmap.model.document import Document

FOUND = sorted((Path(__file__).parent / "found").iterdir())
BY_NAME = {target.name: target for target in TARGETS}
SAMPLE = 300  # inputs of each reader
SLOW = {"people": 100, "xlsx": 100, "paste": 100, "lines": 100, "settings": 100}  # where they take seconds


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_went_wrong_is_refused_in_words_or_read_as_a_sound_map(path: Path) -> None:
    data = path.read_bytes()

    fuzz_judged.judge(BY_NAME[path.name.partition("-")[0]], data)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_are_refused_in_words_or_read_as_sound_maps(target: Target) -> None:
    wrong, read = tried(target, SLOW.get(target.name, SAMPLE))

    assert wrong == []
    assert read > 0, "all were refused, so nothing was tried but the refusal"


def test_every_reader_of_files_is_among_the_mutated() -> None:
    suffixes = {target.suffix for target in TARGETS}

    readers = {each.read for each in formats.READABLE if each.suffix in suffixes}

    assert readers == {each.read for each in formats.READABLE}
    assert len(BY_NAME) == len(TARGETS)


def test_a_reader_that_fails_at_few_of_its_inputs_is_found_out_by_the_sample() -> None:
    def reads(data: bytes, _number: int) -> list[Document]:
        if zlib.crc32(data) % 50 == 7:
            raise KeyError("a bug")
        return []

    wrong, read = tried(Target("rarely", ".x", lambda: (b"some words to spoil",), reads, ()), SAMPLE)

    assert 0 < len(wrong) < SAMPLE / 10
    assert read == SAMPLE - len(wrong)


def test_a_reader_that_raises_or_answers_with_an_unsound_map_is_found_out() -> None:
    def raises(_data: bytes, _number: int) -> list[Document]:
        raise KeyError("a bug")

    bad = Target("bad", ".x", lambda: (b"x",), raises, ())

    error = fuzz.wrong_with(bad, b"x")

    assert isinstance(error, KeyError)


def tried(target: Target, number: int) -> tuple[list[str], int]:
    """What went wrong with so many inputs, one in a few also imported and written; how many were read."""
    wrong: list[str] = []
    read = 0
    for at, data in enumerate(fuzz.inputs(target, seed=5, number=number)):
        try:
            read += fuzz_judged.judge(target, data, thorough=at % fuzz.THOROUGH == 0)
        except (Exception, fuzz_judged.Hang) as error:  # noqa: BLE001 - whatever it is, it was looked for
            wrong.append(f"{fuzz_judged.marked(error)}: {data[:300]!r}")
    return wrong, read
