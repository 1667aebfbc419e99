"""Without names, nothing that somebody wrote is left in a file, whatever its format and wherever it stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.__main__ import main
from orgmap.drawing.hidden import Numbers, nameless, without_names
from orgmap.files import formats, fragments, native
from orgmap.model.document import problems
from orgmap.model.fragments import taken
from tests.hostile import Marks, found, hostile, in_bytes

pytestmark = pytest.mark.usefixtures("qapp")  # or a picture would make an application without widgets

SUFFIXES = [each.suffix for each in formats.WRITABLE]
READ_BACK = [each.suffix for each in formats.WRITABLE if each.read is not None]
AS_TEXT = [suffix for suffix in SUFFIXES if suffix != ".png"]


def written(folder: Path, marks: Marks, suffix: str, *words: str) -> list[Path]:
    """What `convert` makes of a map full of marks, whose file is called by one too."""
    source, into = folder / f"{marks('file name')}.orgmap", folder / marks.stem
    native.save(hostile(marks), source)
    into.mkdir(exist_ok=True)
    assert main(["convert", str(source), str(into / f"out{suffix}"), *words]) in (0, 3)
    return sorted(into.iterdir())


def test_every_text_of_the_map_full_of_marks_is_found_in_its_own_file(tmp_path: Path) -> None:
    marks = Marks()
    document = hostile(marks)
    native.save(document, tmp_path / "all.orgmap")

    seen = found([tmp_path / "all.orgmap"], marks)

    assert problems(document) == []
    assert native.load(tmp_path / "all.orgmap") == document
    assert [where for word, where in marks.of.items() if word not in seen] == []


@pytest.mark.parametrize("suffix", AS_TEXT)
def test_with_names_they_are_found_in_what_is_written(suffix: str, tmp_path: Path) -> None:
    marks = Marks()

    seen = found(written(tmp_path, marks, suffix), marks)

    assert "Node.name" in seen.values()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_without_names_no_text_id_or_key_is_left_and_nothing_depends_on_one(
    suffix: str, tmp_path: Path
) -> None:
    one, other = Marks("Quzq"), Marks("Vyxj", falling=True)

    files = written(tmp_path, one, suffix, "--hide-names")
    same = written(tmp_path, other, suffix, "--hide-names")

    assert files
    assert found(files, one) == {}
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in same]
    if suffix in READ_BACK:
        assert formats.read(files[-1]).document.links


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_a_picture_that_lights_a_finding_names_nobody_either(form: str, tmp_path: Path) -> None:
    pictures: list[bytes] = []
    for marks in (Marks("Quzq"), Marks("Vyxj", falling=True)):
        source, into = tmp_path / f"{marks('file name')}.orgmap", tmp_path / f"{len(pictures)}.{form}"
        native.save(hostile(marks), source)
        words = ("--hide-names", "--overlay", "broadcast-only", "--theme", "print")
        assert main(["picture", str(source), str(into), *words]) in (0, 3)
        assert found([into], marks) == {}
        pictures.append(into.read_bytes())

    assert pictures[0] == pictures[1]


def test_the_same_person_has_the_same_number_in_every_file_of_a_session() -> None:
    document, numbers = hostile(Marks()), Numbers()
    last = list(document.nodes.values())[-1]
    numbers.of(last.kind.value, last.id)

    first = nameless(document, numbers.of_map(document))
    again = nameless(document, numbers.of_map(document))

    assert [node.name for node in first.nodes.values()][-1] == "Person 1"
    assert [node.name for node in first.nodes.values()] == [node.name for node in again.nodes.values()]
    assert problems(first) == []


def test_numbers_for_a_thread_do_not_change_when_another_map_is_opened() -> None:
    document, numbers = hostile(Marks()), Numbers()
    taken_along = numbers.of_map(document)

    numbers.clear()
    numbers.of("person", "somebody else")

    assert nameless(document, taken_along) == nameless(document)


def test_what_is_copied_without_names_names_nobody_as_a_map_and_as_a_table() -> None:
    marks = Marks()
    document = hostile(marks)
    fragment = taken(document, [*document.modules, *document.stickies, *document.backdrops])

    bare = without_names(fragment, Numbers())

    assert len(bare.parts.nodes) == len(fragment.parts.nodes)
    assert bare.context == frozenset(bare.parts.nodes.keys() | bare.parts.modules.keys()) - set(bare.chosen)
    assert in_bytes(fragments.encoded(bare), marks) == {}
    assert in_bytes(fragments.as_table(bare).encode(), marks) == {}
