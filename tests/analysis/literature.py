"""Graphs from the literature whose numbers are printed there."""

from __future__ import annotations

from orgmap.analysis.graphs import Maps
from tests.words import org


def ties(pairs: str, people: str = "", modules: dict[str, str] | None = None) -> Maps:
    """Two-way lines, written "ana-ben ben-cy"."""
    return Maps(
        org(", ".join(pair.replace("-", " <> ") for pair in pairs.split()), people=people, modules=modules)
    )


def tells(pairs: str, modules: dict[str, str] | None = None) -> Maps:
    """One-way lines, written "1>2 2>3"."""
    return Maps(org(", ".join(pair.replace(">", " > ") for pair in pairs.split()), modules=modules))


KITE = ties(
    """Andre-Beverly Andre-Carol Andre-Diane Andre-Fernando Beverly-Diane Beverly-Ed Beverly-Garth
       Carol-Diane Carol-Fernando Diane-Ed Diane-Fernando Diane-Garth Ed-Garth Fernando-Garth
       Fernando-Heather Garth-Heather Heather-Ike Ike-Jane"""
)
"""Krackhardt 1990, Assessing the political landscape, Administrative Science Quarterly 35."""

FLORENCE = """Acciaiuoli-Medici Castellani-Peruzzi Castellani-Strozzi Castellani-Barbadori Medici-Barbadori
    Medici-Ridolfi Medici-Tornabuoni Medici-Albizzi Medici-Salviati Salviati-Pazzi Peruzzi-Strozzi
    Peruzzi-Bischeri Strozzi-Ridolfi Strozzi-Bischeri Ridolfi-Tornabuoni Tornabuoni-Guadagni
    Albizzi-Ginori Albizzi-Guadagni Bischeri-Guadagni Guadagni-Lamberteschi"""
"""Marriages of the families of Florence: Padgett 1994; Breiger and Pattison 1986. 15 families."""

HOLES = ties("A-B A-F A-G A-E E-G F-G B-G B-D D-G G-C")
"""Burt 1992, Structural Holes, figure 2.2."""

TWO_TRIANGLES = "1-2 1-3 2-3 4-5 4-6 5-6 3-4"
TRIANGLE_MODULES = {"left": "1 2 3", "right": "4 5 6"}

LESSONS = {
    "star": ties("c-1 c-2 c-3 c-4"),
    "chain": ties("1-2 2-c 3-4 c-3"),
    "Y": ties("c-1 c-2 c-3 3-4"),
    "ring": ties("1-2 2-3 3-4 4-c c-1"),
    "all-channel": ties("1-2 1-3 1-4 1-c 2-3 2-4 2-c 3-4 3-c 4-c"),
}
"""The groups of five of Bavelas 1950 and Leavitt 1951."""
