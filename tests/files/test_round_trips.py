"""Every sample through every format that can hold it: equal after, and what is lost is what was told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orgmap.assets import asset
from orgmap.files import formats
from orgmap.files.merging import merge
from orgmap.model.document import Document
from orgmap.model.query import name_of

MAPS = sorted([*asset("samples").glob("*.orgmap"), *asset("templates").glob("*.orgmap")])
OF_MAP: dict[str, dict[str, Any]] = {  # what CSV says it loses of the map as a whole
    "The title, purpose and notes of the map are not kept.": {"title": "", "purpose": "", "notes": ""},
    "That reporting lines count as talk is not kept.": {"reporting_is_talk": False},
    "That the lines come from asking people whom they hear from is not kept.": {"asked": False},
}


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".graphml", ".json"])
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_a_shipped_map_comes_back_equal_but_for_what_was_told(
    path: Path, suffix: str, tmp_path: Path
) -> None:
    document = formats.read(path).document
    target = tmp_path / f"map{suffix}"

    losses = [str(loss) for loss in formats.write(document, target)]
    again = formats.read(target).document

    info = document.info
    for loss in losses:
        info = replace(info, **OF_MAP[loss])
    assert losses == [] or suffix in (".csv", ".tsv")
    assert info != document.info or not losses
    assert again == replace(document, info=info)
    assert not merge(document, again)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_a_shipped_map_keeps_its_names_and_lines_in_a_network(path: Path, tmp_path: Path) -> None:
    document = formats.read(path).document
    target = tmp_path / "map.net"

    formats.write(document, target)
    again = formats.read(target).document

    linked = {end for link in document.links.values() for end in (link.source, link.target)}
    names = [node.name for node in document.nodes.values()]
    names += [module.name for module in document.modules.values() if module.id in linked]
    assert sorted(node.name for node in again.nodes.values()) == sorted(names)
    assert lines(again) == lines(document)


def lines(document: Document) -> list[tuple[str, str, str, bool]]:
    return sorted(
        (name_of(document, k.source), name_of(document, k.target), k.kind.value, k.two_way)
        for k in document.links.values()
    )
