"""What every measure is called, means, is counted in, and where it is from: shown beside the numbers.

The order is that of tables and of `analyze --json`. How each is computed stands with the function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orgmap.i18n import Text, text


class Scope(StrEnum):
    """What a measure is about."""

    MAP = "map"
    PEOPLE = "people"
    MODULES = "modules"
    LINKS = "links"


SHARE = text("unit", "share, 0 to 1")
BALANCE = text("unit", "-1 to 1")
INDEX = text("unit", "index")
PEOPLE = text("unit", "people")
LINES = text("unit", "lines")
STEPS = text("unit", "steps")
PARTS = text("unit", "parts")
TIMES = text("unit", "pairs passed on")
HOURS = text("unit", "hours per week")


@dataclass(frozen=True, slots=True)
class Measure:
    """The words of one measure. `source` is a citation."""

    name: Text
    definition: Text
    unit: Text
    source: str


_FREEMAN = "Freeman 1979, Centrality in social networks, Social Networks 1"
_KRACKHARDT = "Krackhardt 1994, Graph theoretical dimensions of informal organizations"
_BURT = "Burt 1992, Structural Holes"
_BROKERS = "Gould and Fernandez 1989, Sociological Methodology 19"
_BETWEEN = "Freeman 1977, Sociometry 40; Brandes 2001"
_CLOSE = "Wasserman and Faust 1994, Social Network Analysis"
_EI = "Krackhardt and Stern 1988, Social Psychology Quarterly 51"
_BOOK = "Wasserman and Faust 1994, Social Network Analysis"
_OWN = "own definition"

_MAP: Mapping[str, Measure] = {
    "density": Measure(
        text("measure", "Density"),
        text("definition", "How many of the possible one-way lines between people are there."),
        SHARE,
        _BOOK,
    ),
    "reciprocity_arc": Measure(
        text("measure", "Answered lines"),
        text("definition", "Of all the directions in which lines run, how many run back as well."),
        SHARE,
        _BOOK,
    ),
    "reciprocity_dyad": Measure(
        text("measure", "Two-way pairs"),
        text("definition", "How many of the pairs with any line have lines both ways."),
        SHARE,
        _BOOK,
    ),
    "mutual_reach": Measure(
        text("measure", "Mutual reach"),
        text("definition", "How many of the pairs of people can reach each other, over however many steps."),
        SHARE,
        _OWN,
    ),
    "open_link_share": Measure(
        text("measure", "Lines without a way back"),
        text("definition", "How many of the lines carry what can never be answered, on any path."),
        SHARE,
        "Luo and Magee 2011, Complexity 16",
    ),
    "links_to_close": Measure(
        text("measure", "Lines to close everything"),
        text("definition", "The fewest new lines after which everybody can reach everybody."),
        LINES,
        "Eswaran and Tarjan 1976, SIAM Journal on Computing 5",
    ),
    "connectedness": Measure(
        text("measure", "Connectedness"),
        text("definition", "How many of the pairs of people are joined by lines in any direction."),
        SHARE,
        _KRACKHARDT,
    ),
    "hierarchy": Measure(
        text("measure", "Hierarchy"),
        text("definition", "How many of the joined pairs have a way in one direction only."),
        SHARE,
        _KRACKHARDT,
    ),
    "efficiency": Measure(
        text("measure", "Efficiency"),
        text("definition", "How few lines there are beyond those that hold each part together."),
        SHARE,
        _KRACKHARDT,
    ),
    "least_upper_bound": Measure(
        text("measure", "Unity of command"),
        text("definition", "How many of the pairs have one nearest person from whom both hear."),
        SHARE,
        _KRACKHARDT,
    ),
    "centralization_in": Measure(
        text("measure", "Centred hearing"),
        text("definition", "How far one person stands out in the number of people heard from."),
        SHARE,
        _FREEMAN,
    ),
    "centralization_out": Measure(
        text("measure", "Centred telling"),
        text("definition", "How far one person stands out in the number of people told."),
        SHARE,
        _FREEMAN,
    ),
    "centralization_betweenness": Measure(
        text("measure", "Centred passing on"),
        text("definition", "How far one person stands out in betweenness."),
        SHARE,
        _FREEMAN,
    ),
    "fragmentation": Measure(
        text("measure", "Fragmentation"),
        text("definition", "How many of the pairs of people no chain of two-way lines joins."),
        SHARE,
        "Borgatti 2006, Computational and Mathematical Organization Theory 12",
    ),
    "ei_index": Measure(
        text("measure", "E-I index"),
        text(
            "definition", "Lines between modules less lines inside, by both. Compare with its expected value."
        ),
        BALANCE,
        _EI,
    ),
    "ei_expected": Measure(
        text("measure", "E-I index by chance"),
        text("definition", "The E-I index if lines took no notice of modules of these sizes."),
        BALANCE,
        _EI,
    ),
    "modularity": Measure(
        text("measure", "Modularity"),
        text(
            "definition",
            "How many more of the lines lie inside modules than their numbers alone would put there.",
        ),
        INDEX,
        "Newman 2004, Physical Review E 69; Leicht and Newman 2008",
    ),
    "modularity_expected": Measure(
        text("measure", "Modularity by chance"),
        text("definition", "The modularity of the same modules on shuffled maps."),
        INDEX,
        _OWN,
    ),
    "congruence": Measure(
        text("measure", "Fit of talk and work"),
        text("definition", "How many of the pairs whose work needs one another talk both ways."),
        SHARE,
        "Cataldo and others 2006, CSCW",
    ),
    "average_distance": Measure(
        text("measure", "Average distance"),
        text("definition", "Steps from one person to another, over the pairs that a path joins."),
        STEPS,
        _BOOK,
    ),
    "diameter": Measure(
        text("measure", "Longest distance"),
        text("definition", "The most steps from one person to another whom a path joins."),
        STEPS,
        _BOOK,
    ),
    "weak_components": Measure(
        text("measure", "Parts"),
        text("definition", "Groups of people with no line between them."),
        PARTS,
        _BOOK,
    ),
    "strong_components": Measure(
        text("measure", "Circles of talk"),
        text("definition", "Groups inside which everybody can reach everybody and be answered."),
        PARTS,
        _BOOK,
    ),
    "hours_per_week": Measure(
        text("measure", "Hours of contact"),
        text("definition", "Contacts times their length over all links that say both, each link once."),
        HOURS,
        _OWN,
    ),
}

_PERSON: Mapping[str, Measure] = {
    "in_degree": Measure(
        text("measure", "Hears from"),
        text("definition", "People from whom this one hears directly."),
        PEOPLE,
        _FREEMAN,
    ),
    "out_degree": Measure(
        text("measure", "Tells"),
        text("definition", "People whom this one tells directly."),
        PEOPLE,
        _FREEMAN,
    ),
    "betweenness": Measure(
        text("measure", "Betweenness"),
        text(
            "definition", "How many of the shortest connections between others pass here, direction minded."
        ),
        SHARE,
        _BETWEEN,
    ),
    "betweenness_two_way": Measure(
        text("measure", "Two-way betweenness"),
        text("definition", "Betweenness on two-way lines only."),
        SHARE,
        _BETWEEN,
    ),
    "closeness_in": Measure(
        text("measure", "Nearness to what is said"),
        text("definition", "How few steps it takes others to reach this person."),
        SHARE,
        _CLOSE,
    ),
    "closeness_out": Measure(
        text("measure", "Nearness to others"),
        text("definition", "How few steps it takes this person to reach others."),
        SHARE,
        _CLOSE,
    ),
    "dependence": Measure(
        text("measure", "Dependence"),
        text(
            "definition",
            "Pairs of others that lose contact, or need a longer way, while this person is away. "
            "Empty where betweenness shows that it is small.",
        ),
        SHARE,
        _OWN,
    ),
    "constraint": Measure(
        text("measure", "Constraint"),
        text("definition", "How far the contacts of this person lead back to the same few people."),
        INDEX,
        _BURT,
    ),
    "effective_size": Measure(
        text("measure", "Separate contacts"),
        text("definition", "Contacts that are not in touch with one another anyway."),
        PEOPLE,
        _BURT,
    ),
    "reciprocity": Measure(
        text("measure", "Answered lines"),
        text("definition", "How many of this person's lines, in and out, have a line straight back."),
        SHARE,
        _BOOK,
    ),
    "core": Measure(
        text("measure", "Core"),
        text("definition", "The largest k such that this person is among people with k two-way lines each."),
        INDEX,
        "Seidman 1983, Social Networks 5",
    ),
    "listening_share": Measure(
        text("measure", "Listening"),
        text(
            "definition", "Incoming contacts by all contacts; by lines where not every line says how often."
        ),
        SHARE,
        _OWN,
    ),
    "coverage": Measure(
        text("measure", "Modules in sight"),
        text("definition", "Other modules from which something reaches this person within two steps."),
        SHARE,
        _OWN,
    ),
    "hours_per_week": Measure(
        text("measure", "Hours of contact"),
        text("definition", "Contacts times their length over this person's links that say both."),
        HOURS,
        _OWN,
    ),
    "coordinator": Measure(
        text("measure", "Coordinator"),
        text("definition", "Passes on between two people of the own module who have no line."),
        TIMES,
        _BROKERS,
    ),
    "itinerant": Measure(
        text("measure", "Itinerant"),
        text("definition", "Passes on between two people of one other module who have no line."),
        TIMES,
        _BROKERS,
    ),
    "representative": Measure(
        text("measure", "Representative"),
        text("definition", "Passes on from the own module to another."),
        TIMES,
        _BROKERS,
    ),
    "gatekeeper": Measure(
        text("measure", "Gatekeeper"),
        text("definition", "Passes on from another module to the own."),
        TIMES,
        _BROKERS,
    ),
    "liaison": Measure(
        text("measure", "Liaison"),
        text("definition", "Passes on from one other module to a third."),
        TIMES,
        _BROKERS,
    ),
}

_MODULE: Mapping[str, Measure] = {
    "people": Measure(
        text("measure", "People"),
        text("definition", "People in the module or in one nested in it."),
        PEOPLE,
        _OWN,
    ),
    "inside_links": Measure(
        text("measure", "Lines inside"),
        text("definition", "One-way lines between people of the module; a two-way line is two."),
        LINES,
        _EI,
    ),
    "out_links": Measure(
        text("measure", "Lines out"),
        text("definition", "One-way lines from people of the module to others."),
        LINES,
        _EI,
    ),
    "in_links": Measure(
        text("measure", "Lines in"),
        text("definition", "One-way lines from others to people of the module."),
        LINES,
        _EI,
    ),
    "ei_index": Measure(
        text("measure", "E-I index"),
        text("definition", "Lines in and out less lines inside, by all of them."),
        BALANCE,
        _EI,
    ),
    "reciprocity": Measure(
        text("measure", "Answered lines"),
        text("definition", "How many of the lines inside have a line straight back."),
        SHARE,
        _BOOK,
    ),
    "listening_share": Measure(
        text("measure", "Listening"),
        text("definition", "Lines in, by lines in and out."),
        SHARE,
        _OWN,
    ),
}

_LINK: Mapping[str, Measure] = {
    "return_length": Measure(
        text("measure", "Way back"),
        text("definition", "Steps of the shortest way back; 1 is an answer straight back, none is open."),
        STEPS,
        _OWN,
    ),
    "betweenness": Measure(
        text("measure", "Betweenness"),
        text("definition", "How many of the shortest connections of all pairs run over this line."),
        SHARE,
        "Girvan and Newman 2002, PNAS 99",
    ),
}

MEASURES: Mapping[Scope, Mapping[str, Measure]] = {
    Scope.MAP: _MAP,
    Scope.PEOPLE: _PERSON,
    Scope.MODULES: _MODULE,
    Scope.LINKS: _LINK,
}
"""By the key in `Report` and in JSON."""
