"""Whatever is read or written says how far it is, can be called off, and leaves the old file then."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.timing import organization
from orgmap.files import delimited, formats, tables
from orgmap.files.reading import Opened, ReadOptions
from orgmap.progress import Cancelled, Progress
from tests.words import org

BOTH_WAYS = [each.suffix for each in formats.WRITABLE if each.read is not None]
COMPANY = organization(400, 2_600)


class Counted(Progress):
    """Remembers what is told, and calls the work off after so many times."""

    def __init__(self, most: int = 10_000) -> None:
        self.told: list[float] = []
        super().__init__(self.told.append, lambda: len(self.told) >= most)


@pytest.mark.parametrize("suffix", BOTH_WAYS)
def test_writing_says_how_far_it_is_and_leaves_the_old_file_when_called_off(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"plan{suffix}"
    whole = Counted()
    formats.write(COMPANY, tmp_path / f"other{suffix}", whole)
    formats.write(org("ana > ben"), path)
    kept = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    for most in (0, 1, len(whole.told) // 2, len(whole.told) - 1):
        with pytest.raises(Cancelled):
            formats.write(COMPANY, path, Counted(most))

    assert len(whole.told) >= 3
    assert whole.told == sorted(whole.told)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("suffix", BOTH_WAYS)
def test_reading_says_how_far_it_is_and_can_be_called_off(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan{suffix}"
    formats.write(COMPANY, path)
    whole = Counted()

    formats.read(path, None, whole)

    assert len(whole.told) >= 3
    assert whole.told == sorted(whole.told)
    for most in (1, len(whole.told) // 2, len(whole.told) - 1):
        with pytest.raises(Cancelled):
            formats.read(path, None, Counted(most))


def test_a_hundred_thousand_rows_are_read_in_small_steps_and_called_off_at_the_first_word() -> None:
    data = ("from,to\n" + "".join(f"p{at % 997},p{at % 991 + 1}\n" for at in range(100_000))).encode()
    calm, hasty = Counted(), Counted(1)

    whole = delimited.sheet(data, Path("links.csv"), progress=calm)
    opened: Opened | None = None
    with pytest.raises(Cancelled):
        opened = tables.read(data, Path("links.csv"), ReadOptions(), hasty)

    assert len(whole.rows) == 100_001
    assert len(calm.told) >= 20
    assert max(later - before for before, later in pairwise(calm.told)) <= 0.06
    assert opened is None
    assert len(hasty.told) == 1
    assert hasty.told[0] < 0.05  # a twentieth of the rows was read, and nobody is on a map
