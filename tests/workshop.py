"""The workshop map: what a group called out in one hour. 20 people, 4 modules, 40 lines.

Its numbers are in docs/findings.md, "The workshop map".
"""

from __future__ import annotations

from dataclasses import replace

from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId
from tests.words import org

_PLAIN = org(
    """Ana <> Ben, Ana <> Cleo, Ana <> Dov, Ana <> Edith, Ben <> Cleo,
       Farah <> Goran, Farah <> Hana, Farah <> Ivo, Farah <> Jana, Goran <> Hana, Ivo <> Jana,
       Kim <> Lars, Kim <> Mina, Kim <> Nils, Kim <> Olga, Lars <> Mina,
       Pia <> Quentin, Pia <> Rosa, Pia <> Sven, Pia <> Tove, Sven <> Tove,
       Ana <> Farah, Farah <> Pia, Kim <> Farah,
       Goran > Quentin, Goran > Rosa, Goran > Sven, Goran > Tove, Goran > Lars, Goran > Dov,
       Olga > Edith, Nils > Ivo, Tove > Jana, Ana > Kim,
       Ana <> Pia, Ben <> Kim, Hana <> Mina, Cleo > Rosa, Kim > Ana, Ivo > Sven""",
    modules={
        "Sales": "Ana Ben Cleo Dov Edith",
        "Product": "Farah Goran Hana Ivo Jana",
        "Support": "Kim Lars Mina Nils Olga",
        "Factory": "Pia Quentin Rosa Sven Tove",
    },
)

# contacts a week, minutes of one contact, channel
_PROPERTIES: dict[tuple[str, str], tuple[float | None, float | None, str]] = {
    ("Ana", "Pia"): (1, 15, "mail"),
    ("Ben", "Kim"): (2, 10, "phone"),
    ("Hana", "Mina"): (5, 5, "chat"),
    ("Cleo", "Rosa"): (0.25, None, "mail"),
    ("Kim", "Ana"): (1, None, "report"),
    ("Ivo", "Sven"): (5, None, "ticket"),
}


def _with_properties(document: Document) -> Document:
    links = dict(document.links)
    for key, link in document.links.items():
        known = _PROPERTIES.get((link.source, link.target))
        if known is not None:
            per_week, minutes, channel = known
            links[LinkId(key)] = replace(link, per_week=per_week, minutes=minutes, channel=ChannelId(channel))
    return replace(document, links=links)


WORKSHOP = _with_properties(_PLAIN)
"""Twenty people who talk in four modules; names are ids."""
