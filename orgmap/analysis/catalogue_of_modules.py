"""What is said of the measures of modules and of links."""

from __future__ import annotations

from collections.abc import Mapping

from orgmap.analysis.measure import (
    AMOUNTS,
    BALANCE,
    BALANCES,
    COUNTS,
    FREEMAN,
    HOURS,
    KRACKHARDT_STERN,
    LINES,
    OWN,
    PEOPLE,
    SHARE,
    SHARES,
    STEPS,
    STEPS_UP,
    TEXTBOOK,
    Measure,
    Notable,
)
from orgmap.i18n import text

OF_MODULES: Mapping[str, Measure] = {
    "people": Measure(
        text("measure", "People"),
        text("definition", "People in the module or in one nested in it."),
        PEOPLE,
        OWN,
        COUNTS,
        Notable.NEITHER,
        text("edge", "0 for an empty module. Whoever is in two modules counts in both."),
    ),
    "inside_links": Measure(
        text("measure", "Lines inside"),
        text("definition", "One-way lines between people of the module; a two-way line is two."),
        LINES,
        KRACKHARDT_STERN,
        COUNTS,
        Notable.LOW,
        text("edge", "0 below 2 people."),
    ),
    "out_links": Measure(
        text("measure", "Lines out"),
        text("definition", "One-way lines from people of the module to others."),
        LINES,
        KRACKHARDT_STERN,
        COUNTS,
        Notable.LOW,
        text("edge", "0 where nobody in it tells anybody outside."),
    ),
    "in_links": Measure(
        text("measure", "Lines in"),
        text("definition", "One-way lines from others to people of the module."),
        LINES,
        KRACKHARDT_STERN,
        COUNTS,
        Notable.LOW,
        text("edge", "0 where nobody in it hears from anybody outside."),
    ),
    "ei_index": Measure(
        text("measure", "E-I index"),
        text("definition", "Lines in and out less lines inside, by all of them."),
        BALANCE,
        KRACKHARDT_STERN,
        BALANCES,
        Notable.EITHER,
        text(
            "edge", "Empty without lines. Compare with its value by chance: small modules have more outside."
        ),
    ),
    "ei_expected": Measure(
        text("measure", "E-I index by chance"),
        text("definition", "The E-I index of a module of this size if lines took no notice of modules."),
        BALANCE,
        KRACKHARDT_STERN,
        BALANCES,
        Notable.NEITHER,
        text("edge", "Empty without people, and for the only person of a map. It follows from sizes alone."),
    ),
    "reciprocity": Measure(
        text("measure", "Answered lines"),
        text("definition", "How many of the lines inside have a line straight back."),
        SHARE,
        TEXTBOOK,
        SHARES,
        Notable.LOW,
        text("edge", "Empty without lines inside."),
    ),
    "listening_share": Measure(
        text("measure", "Listening"),
        text("definition", "Lines in, by lines in and out."),
        SHARE,
        OWN,
        SHARES,
        Notable.LOW,
        text(
            "edge", "Empty without lines across its border. 0 only tells the others, 1 only hears from them."
        ),
    ),
    "centralization_in": Measure(
        text("measure", "Centred hearing"),
        text("definition", "How far one person of the module stands out in hearing from the others of it."),
        SHARE,
        FREEMAN,
        SHARES,
        Notable.HIGH,
        text("edge", "Empty below 3 people: of two, one tells the other or both do."),
    ),
    "centralization_out": Measure(
        text("measure", "Centred telling"),
        text("definition", "How far one person of the module stands out in telling the others of it."),
        SHARE,
        FREEMAN,
        SHARES,
        Notable.HIGH,
        text("edge", "Empty below 3 people: of two, one tells the other or both do."),
    ),
    "closed_link_share": Measure(
        text("measure", "Lines with a way back"),
        text(
            "definition",
            "How many of the lines that start in the module can be answered, directly or through others.",
        ),
        SHARE,
        OWN,
        SHARES,
        Notable.LOW,
        text("edge", "Empty where nobody in the module tells anybody."),
    ),
    "hours_per_week": Measure(
        text("measure", "Hours of contact"),
        text("definition", "The hours of contact of all people in the module, added up."),
        HOURS,
        OWN,
        AMOUNTS,
        Notable.NEITHER,
        text("edge", "Empty while no link of its people says how often and how long."),
    ),
}

OF_LINKS: Mapping[str, Measure] = {
    "return_length": Measure(
        text("measure", "Way back"),
        text("definition", "Steps of the shortest way back; 1 is an answer straight back, none is open."),
        STEPS,
        OWN,
        STEPS_UP,
        Notable.HIGH,
        text("edge", "Empty without a way back or without talk. Of several directions the longest."),
    ),
    "betweenness": Measure(
        text("measure", "Betweenness"),
        text("definition", "How many of the shortest connections of all pairs run over this line."),
        SHARE,
        "Girvan and Newman 2002, PNAS 99",
        SHARES,
        Notable.HIGH,
        text("edge", "Empty for lines that carry no talk. Both directions of a two-way line are added."),
    ),
    "hours_per_week": Measure(
        text("measure", "Hours of contact"),
        text("definition", "Contacts a week times the length of one."),
        HOURS,
        OWN,
        AMOUNTS,
        Notable.NEITHER,
        text("edge", "Empty where the link does not say both how often and how long, and without talk."),
    ),
}
