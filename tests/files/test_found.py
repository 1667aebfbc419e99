"""Inputs that once ended, stopped or misled a reader, each found by `checks.fuzz`; and a seeded sample of it.

A file in `found` is called READER-WHAT.SUFFIX. Its reader refuses it in words, or reads a sound map.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import fuzz, fuzz_judged
from checks.fuzz_targets import TARGETS, Target
from orgmap.model.document import Document

FOUND = sorted((Path(__file__).parent / "found").iterdir())
BY_NAME = {target.name: target for target in TARGETS}
SAMPLE = 300  # inputs, over all readers


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_went_wrong_is_refused_in_words_or_read_as_a_sound_map(path: Path) -> None:
    data = path.read_bytes()

    fuzz_judged.judge(BY_NAME[path.name.partition("-")[0]], data)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_are_refused_in_words_or_read_as_sound_maps(target: Target) -> None:
    wrong = [
        f"{fuzz_judged.marked(error)}: {data[:300]!r}"
        for data in fuzz.inputs(target, seed=5, number=SAMPLE // len(TARGETS) + 1)
        if (error := fuzz.wrong_with(target, data)) is not None
    ]

    assert wrong == []


def test_a_reader_that_raises_or_answers_with_an_unsound_map_is_found_out() -> None:
    def raises(_data: bytes, _number: int) -> list[Document]:
        raise KeyError("a bug")

    bad = Target("bad", ".x", lambda: (b"x",), raises, ())

    error = fuzz.wrong_with(bad, b"x")

    assert isinstance(error, KeyError)
