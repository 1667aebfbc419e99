"""GraphML in and out, yEd's too; nothing in it can reach the disk or the net."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files import graphml
from orgmap.files.reading import Arrows, Opened, ReadOptions
from orgmap.model.document import problems
from orgmap.model.entities import LinkId, LinkKind, ModuleId, NodeId, NodeKind
from tests.words import TEST_ORGANIZATION, org

FILE = Path("plan.graphml")
KEYS = """<key id="d0" for="node" attr.name="Department" attr.type="string"/>
<key id="d1" for="node" attr.name="level" attr.type="int"/>
<key id="d2" for="edge" attr.name="per_week" attr.type="double"/>
<key id="d3" for="edge" attr.name="kind" attr.type="string"><default>talks</default></key>
<key id="d4" for="node" attr.name="shoe size" attr.type="int"/>"""


def xml(inside: str, default: str = "directed", keys: str = KEYS) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        f'{keys}<graph edgedefault="{default}">{inside}</graph></graphml>'
    )


def reading(words: str | bytes, options: ReadOptions | None = None) -> Opened:
    data = words.encode() if isinstance(words, str) else words
    opened = graphml.read(data, FILE, options or ReadOptions())
    assert problems(opened.document) == []
    return opened


def notes(opened: Opened) -> list[str]:
    return [str(note.message) for note in opened.notes]


def test_attributes_go_by_their_name_and_parallel_edges_are_kept() -> None:
    opened = reading(
        xml(
            '<node id="n7"><data key="d0">Sales</data><data key="d1">2</data><data key="d4">38</data></node>'
            '<node id="n8"/><edge id="e1" source="n7" target="n8"><data key="d2">1.5</data></edge>'
            '<edge id="e2" source="n7" target="n8"><data key="d3">needs</data></edge>'
            '<edge source="n7" target="n8"/>'
        )
    )

    document = opened.document
    ana = document.nodes[NodeId("n7")]
    assert (ana.modules, ana.level, ana.extra) == (("Sales",), 2, {"shoe size": 38})
    assert list(document.links)[:2] == ["e1", "e2"]
    assert [k.kind.value for k in document.links.values()] == ["talks", "needs", "talks"]
    assert document.links[LinkId("e1")].per_week == 1.5
    assert opened.notes == ()


def test_edges_may_be_undirected_as_a_rule_or_one_by_one() -> None:
    opened = reading(
        xml(
            '<node id="a"/><node id="b"/><edge source="a" target="b"/>'
            '<edge source="a" target="b" directed="true"/>',
            "undirected",
        )
    )

    assert [link.two_way for link in opened.document.links.values()] == [True, False]


def test_an_arrow_that_asks_is_turned_round() -> None:
    words = xml('<node id="a"/><node id="b"/><edge source="a" target="b"/>')

    opened = reading(words, ReadOptions(arrows=Arrows.ASKS))

    assert [(k.source, k.target) for k in opened.document.links.values()] == [("b", "a")]


def test_nested_graphs_are_modules() -> None:
    opened = reading(
        xml(
            '<node id="company"><graph edgedefault="directed"><node id="sales"><graph><node id="a"/></graph>'
            '</node><node id="b"/></graph></node><edge source="a" target="b"/>'
        )
    )

    document = opened.document
    assert document.modules[ModuleId("sales")].parent == "company"
    assert [n.modules for n in document.nodes.values()] in (
        [("company",), ("sales",)],
        [("sales",), ("company",)],
    )


def test_a_file_of_yed_gives_names_places_arrowheads_and_groups() -> None:
    words = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d9" yfiles.type="edgegraphics"/>
<key attr.name="description" attr.type="string" for="node" id="d5"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="40.0" x="100.0" y="10.0"/>
<y:NodeLabel>Ana
Novak</y:NodeLabel></y:ShapeNode></data><data key="d5">the boss</data></node>
<node id="n1" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0">
<y:GroupNode><y:Geometry height="90" width="90" x="0" y="0"/><y:NodeLabel>Sales</y:NodeLabel></y:GroupNode>
</y:Realizers></y:ProxyAutoBoundsNode></data><graph edgedefault="directed" id="n1:">
<node id="n1::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Ben</y:NodeLabel></y:ShapeNode></data></node>
</graph></node>
<edge id="e0" source="n0" target="n1::n0"><data key="d9"><y:PolyLineEdge>
<y:Arrows source="none" target="standard"/>
<y:EdgeLabel>prices</y:EdgeLabel></y:PolyLineEdge></data></edge>
<edge id="e1" source="n0" target="n1::n0"><data key="d9"><y:PolyLineEdge>
<y:Arrows source="none" target="none"/>
</y:PolyLineEdge></data></edge>
<edge id="e2" source="n0" target="n1::n0"><data key="d9"><y:PolyLineEdge>
<y:Arrows source="standard" target="none"/>
</y:PolyLineEdge></data></edge>
</graph></graphml>"""

    opened = reading(words)

    document = opened.document
    ana, ben = document.nodes[NodeId("n0")], document.nodes[NodeId("n1::n0")]
    assert (ana.name, ana.x, ana.y, ana.notes) == ("Ana Novak", 120.0, 25.0, "the boss")
    assert (ben.name, ben.modules, document.modules[ModuleId("n1")].name) == ("Ben", ("n1",), "Sales")
    one, two, turned = document.links.values()
    assert (one.source, one.two_way, one.purpose) == ("n0", False, "prices")
    assert two.two_way
    assert (turned.source, turned.target, turned.two_way) == ("n1::n0", "n0", False)
    assert opened.notes == ()


def test_a_file_of_gephi_gives_labels_places_and_weights() -> None:
    keys = "".join(
        f'<key attr.name="{name}" attr.type="{kind}" for="{of}" id="{key}"/>'
        for name, kind, of, key in (
            ("label", "string", "node", "label"),
            ("Edge Label", "string", "edge", "edgelabel"),
            ("weight", "double", "edge", "weight"),
            ("r", "int", "node", "r"),
            ("x", "float", "node", "x"),
            ("y", "float", "node", "y"),
            ("Modularity Class", "int", "node", "modularity_class"),
        )
    )
    words = xml(
        '<node id="n0"><data key="label">Ana</data><data key="modularity_class">0</data>'
        '<data key="r">12</data>'
        '<data key="x">-1.5</data><data key="y">2.25</data></node>'
        '<node id="n1"><data key="label">Ben</data></node>'
        '<edge id="7" source="n0" target="n1"><data key="edgelabel"/><data key="weight">3.0</data></edge>'
        '<edge id="8" source="n0" target="n1" directed="false"><data key="weight">1.0</data></edge>',
        keys=keys,
    )

    opened = reading(words)

    document = opened.document
    ana = document.nodes[NodeId("n0")]
    assert (ana.name, ana.x, ana.y, ana.extra) == ("Ana", -1.5, 2.25, {"Modularity Class": 0, "r": 12})
    assert [(k.id, k.two_way, k.strength) for k in document.links.values()] == [
        ("7", False, 3.0),
        ("8", True, 1.0),
    ]
    assert opened.notes == ()


def test_a_file_of_cytoscape_gives_names_and_the_title() -> None:
    keys = "".join(
        f'<key attr.name="{name}" attr.type="{kind}" for="{of}" id="{name}"/>'
        for name, kind, of in (
            ("name", "string", "graph"),
            ("shared name", "string", "node"),
            ("name", "string", "node"),
            ("SUID", "long", "node"),
            ("selected", "boolean", "node"),
            ("interaction", "string", "edge"),
        )
    )
    words = xml(
        '<data key="name">Advice</data>'
        '<node id="62"><data key="SUID">62</data><data key="shared name">Ana</data>'
        '<data key="name">Ana</data>'
        '<data key="selected">false</data></node><node id="63"><data key="name">Ben</data></node>'
        '<edge id="71" source="62" target="63"><data key="interaction">asks for advice</data></edge>',
        keys=keys,
    )

    opened = reading(words)

    document = opened.document
    assert [node.name for node in document.nodes.values()] == ["Ana", "Ben"]
    assert document.info.title == "Advice"
    (link,) = document.links.values()
    assert (link.id, link.extra) == ("71", {"interaction": "asks for advice"})
    assert opened.notes == ()


def test_an_interaction_of_cytoscape_is_a_kind_where_all_are_and_a_label_of_gephi_says_what_for() -> None:
    keys = "".join(
        f'<key attr.name="{name}" attr.type="string" for="edge" id="{name}"/>'
        for name in ("interaction", "shared interaction", "Edge Label")
    )
    words = xml(
        '<node id="a"/><node id="b"/><edge id="1" source="a" target="b">'
        '<data key="interaction">reports to</data><data key="shared interaction">reports to</data>'
        '<data key="Edge Label">prices</data></edge>',
        keys=keys,
    )

    opened = reading(words)

    (link,) = opened.document.links.values()
    assert (link.kind, link.source, link.target) == (LinkKind.REPORTS, "b", "a")
    assert (link.purpose, link.extra) == ("prices", {})
    assert opened.notes == ()


def test_what_is_odd_is_noted_and_the_rest_is_read() -> None:
    opened = reading(
        xml(
            '<node id="a"><data key="d1">high</data><data key="nobody">x</data><port name="p"/></node>'
            '<node id="a"/><node/><edge source="a" target="ghost"/><edge source="a" target="a"/>'
            '<edge source="a" target=""/><hyperedge/>'
        ).replace("</graph></graphml>", '</graph><graph><node id="z"/></graph></graphml>')
    )

    assert notes(opened) == [
        "The file has 2 graphs; only the first was read.",
        "level: high is not of the type int; kept as text.",
        "Data with the key nobody, which the file does not declare, was kept under that name.",
        "Ports were left out; edges end on their nodes.",
        "A node without an id was left out.",
        "An edge between more than two ends was left out.",
        "level: high is no number; the value was left out.",
        "a was there already; of this second one only the modules were added.",
        "ghost is not among the people; a person of that name was put on the map.",
        "The link leads from a to itself; it was left out.",
        "The link names only one end; it was left out.",
    ]
    assert list(opened.document.nodes) == ["a", "ghost"]
    assert all(note.place.startswith("plan.graphml") for note in opened.notes)


BOMB = """<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""
REMOTE = """<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<graphml><graph><node id="a">&x;</node></graph></graphml>"""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (BOMB, "has a DOCTYPE or entities"),
        (REMOTE, "has a DOCTYPE or entities"),
        ('<!DOCTYPE graphml SYSTEM "http://example.org/x.dtd"><graphml/>', "has a DOCTYPE or entities"),
        ("<graphml><graph>\n<node id='a'></graph></graphml>", "plan.graphml:2: The XML is broken at line 2"),
        ("<svg/>", "not GraphML: it begins with svg"),
        ("<graphml/>", "There is no graph in this GraphML file"),
        (xml(""), "There is nothing on this graph"),
        ("", "The XML is broken at line 1"),
        ('<?xml version="1.0" encoding="nonsense"?><graphml/>', "XML"),
    ],
)
def test_what_is_dangerous_broken_or_empty_is_refused(words: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        reading(words)


def test_a_hundred_thousand_elements_inside_one_another_are_no_danger() -> None:
    deep = "<node id='a'>" + "<b>" * 100_000 + "</b>" * 100_000 + "</node>"

    opened = reading(xml(deep))

    assert list(opened.document.nodes) == ["a"]


def test_modules_a_thousand_deep_are_read() -> None:
    words = (
        "".join(f'<node id="m{i}"><graph>' for i in range(1_000))
        + '<node id="a"/>'
        + "</graph></node>" * 1_000
    )

    opened = reading(xml(words))

    assert len(opened.document.modules) == 1_000


def test_a_reporting_edge_leads_from_the_report_to_the_boss() -> None:
    words = xml(
        '<node id="a"/><node id="b"/><edge source="a" target="b"><data key="d3">reports</data></edge>'
    )

    (link,) = reading(words).document.links.values()

    assert (link.kind, link.source, link.target) == (LinkKind.REPORTS, "b", "a")


def test_graphml_of_networkx_is_read() -> None:
    import io

    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("ana", module="Sales", kind="outside", decides=True)
    graph.add_edge("ana", "ben", per_week=2.5)
    graph.add_edge("ana", "ben", per_week=1.0)
    stream = io.BytesIO()
    nx.write_graphml(graph, stream)

    document = reading(stream.getvalue()).document

    assert document.nodes[NodeId("ana")].kind is NodeKind.OUTSIDE
    assert document.nodes[NodeId("ana")].decides
    assert [link.per_week for link in document.links.values()] == [2.5, 1.0]


def test_networkx_reads_what_is_written_here() -> None:
    import io

    import networkx as nx

    data = graphml.encoded(TEST_ORGANIZATION)

    graph = nx.read_graphml(io.BytesIO(data))

    assert graph.is_directed()
    assert graph.nodes["x1"]["module"] == "X"
    assert graph.nodes["x1"]["label"] == graph.nodes["x1"]["name"]
    assert [told["two_way"] for u, v, told in graph.edges(data=True) if (u, v) == ("A", "X0")] == [True]
    both = sum(link.two_way for link in TEST_ORGANIZATION.links.values())
    assert graph.number_of_edges() == len(TEST_ORGANIZATION.links) + both
    assert graph.has_edge("X0", "A")


def test_an_arrow_back_is_read_as_the_other_way_of_its_link_and_alone_as_a_link() -> None:
    document = org("a <> b, b > c")
    words = graphml.encoded(document).decode()
    only_back = "\n".join(line for line in words.splitlines() if 'id="l1"' not in line)

    assert reading(words).document == document
    assert words.count("<edge ") == 3
    assert [(k.source, k.target, k.two_way) for k in reading(only_back).document.links.values()] == [
        ("b", "c", False),
        ("b", "a", False),
    ]


def test_a_map_of_nothing_but_talk_both_ways_is_an_undirected_graph() -> None:
    data = graphml.encoded(org("a <> b, b <> c"))

    assert b'edgedefault="undirected"' in data
    assert reading(data).document == org("a <> b, b <> c")
