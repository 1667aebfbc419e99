"""A page of a map as a browser reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

from orgmap.analysis import registry
from orgmap.analysis.findings import Report
from orgmap.assets import asset
from orgmap.files import native, page
from orgmap.model.document import Document
from tests.words import org


class Parsed(HTMLParser):
    """The elements of a page in their order, and the text inside script, style and title."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: dict[str, list[str]] = {}
        self.text: list[str] = []
        self._inside = ""
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it; the void elements of HTML have no end."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in ("script", "style", "title"):
            self._inside = tag
            self.raw.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """Note that it ended."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text by where it stands."""
        if self._inside:
            self.raw[self._inside][-1] += data
        else:
            self.text.append(data)

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads."""
        found: dict[str, Any] = json.loads(self.raw["script"][0])
        return found

    @property
    def said(self) -> str:
        """All words outside scripts and styles."""
        return " ".join(" ".join(self.text).split())


def made(document: Document, **options: Any) -> Parsed:  # noqa: ANN401 - those of page_bytes
    """The page, read; without findings unless a report is given."""
    return Parsed(page.page_bytes(document, **{"report": Report(), **options}))


@cache
def analysed() -> tuple[Document, Report]:
    """A sample and what the analysis says of it."""
    document = native.load(asset("samples", "2-millbrook-40.orgmap"))
    return document, registry.run(document, measures=False)


def with_names(*names: str) -> Document:
    """People in one module who talk in a row."""
    chain = " <> ".join(f"p{n}" for n in range(len(names)))
    document = org(chain, modules={"Team": " ".join(f"p{n}" for n in range(len(names)))})
    nodes = {
        key: replace(node, name=name) for (key, node), name in zip(document.nodes.items(), names, strict=True)
    }
    return replace(document, nodes=nodes)
