"""GEXF in the dialects of Gephi: versions, places, attributes, hierarchy, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files import formats
from orgmap.files.reading import Opened
from orgmap.model.document import problems
from orgmap.model.entities import ModuleId, NodeId
from tests.files.rows import arrows, notes

OLD = "http://www.gexf.net/1.2draft"
GEPHI = f"""<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="{OLD}" version="1.2" xmlns:viz="{OLD}/viz">
  <meta lastmodifieddate="2024-05-01"><creator>Gephi 0.10</creator>
    <description>Advice, May</description></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="team" title="Team" type="string"><default>Desk</default></attribute>
      <attribute id="modularity_class" title="Modularity Class" type="integer">
        <default>0</default></attribute>
      <attribute id="lvl" title="level" type="integer"/>
      <attribute id="boss" title="decides" type="boolean"/>
      <attribute id="tags" title="knows" type="liststring"/>
    </attributes>
    <attributes class="edge" mode="static"><attribute id="0" title="per_week" type="float"/></attributes>
    <nodes>
      <node id="1" label="Ana &lt;b&gt;">
        <attvalues>
          <attvalue for="team" value="Sales"/><attvalue for="lvl" value="1"/>
          <attvalue for="boss" value="true"/><attvalue for="tags" value="[prices, terms]"/>
        </attvalues>
        <viz:size value="10.0"/><viz:position x="-12.5" y="40.0" z="0.0"/><viz:color r="1" g="2" b="3"/>
      </node>
      <node id="2" label="Ben"><attvalues><attvalue for="lvl" value="two"/></attvalues></node>
      <node id="3"><attvalues><attvalue for="nowhere" value="x"/></attvalues></node>
    </nodes>
    <edges>
      <edge id="0" source="1" target="2" weight="2.5">
        <attvalues><attvalue for="0" value="3"/></attvalues></edge>
      <edge id="1" source="2" target="3" type="undirected"/>
      <edge id="2" source="3" target="1" type="mutual" label="prices"/>
      <edge id="3" source="1" target="9"/>
    </edges>
  </graph>
</gexf>
"""


def read(words: str) -> Opened:
    found = formats.read_bytes(words.encode(), Path("plan.gexf"))
    assert problems(found.document) == []
    return found


def test_a_file_of_gephi_is_read_with_its_attributes_places_and_directions() -> None:
    found = read(GEPHI)

    document = found.document
    ana = document.nodes[NodeId("1")]
    assert (ana.name, ana.level, ana.decides, ana.knows) == ("Ana <b>", 1, True, ("prices", "terms"))
    assert (ana.x, ana.y) == (-12.5, -40.0)
    assert [m.name for m in document.modules.values()] == ["Sales", "Desk"]
    assert ana.extra == {"Modularity Class": 0}
    assert arrows(document) == ["1 > 2", "2 <> 3", "3 <> 1", "1 > 9"]
    first, _, third, _ = document.links.values()
    assert (first.strength, first.per_week, third.purpose) == (2.5, 3.0, "prices")
    assert document.info.notes == "Advice, May"


def test_what_is_odd_in_a_gexf_file_is_noted() -> None:
    said = [message for _, message in notes(read(GEPHI))]

    assert said == [
        "level: two is not of the type integer; kept as text.",
        "Data with the key nowhere, which the file does not declare, was kept under that name.",
        "level: two is no number; the value was left out.",
        "9 is not among the people; a person of that name was put on the map.",
    ]


@pytest.mark.parametrize(
    "nodes",
    [
        '<node id="s" label="Sales"><nodes><node id="d" label="Desk"><nodes>'
        '<node id="a" label="Ana"/></nodes></node></nodes></node>',
        '<node id="s" label="Sales"/><node id="d" label="Desk" pid="s"/><node id="a" label="Ana" pid="d"/>',
        '<node id="s" label="Sales"/><node id="d" label="Desk"><parents><parent for="s"/></parents></node>'
        '<node id="a" label="Ana"><parents><parent for="d"/></parents></node>',
    ],
)
def test_nodes_that_others_lie_in_are_modules_however_that_is_said(nodes: str) -> None:
    document = read(f"<gexf><graph><nodes>{nodes}</nodes></graph></gexf>").document

    assert {m.name: m.parent for m in document.modules.values()} == {"Sales": None, "Desk": "s"}
    assert document.nodes[NodeId("a")].modules == (ModuleId("d"),)


def test_a_graph_without_a_word_on_direction_goes_both_ways() -> None:
    document = read(
        '<gexf><graph><nodes><node id="a"/><node id="b"/></nodes><edges><edge source="a" target="b"/></edges>'
        "</graph></gexf>"
    ).document

    assert arrows(document) == ["a <> b"]


def test_a_graph_that_changes_over_time_is_read_whole_and_that_is_noted() -> None:
    found = read(
        '<gexf><graph mode="dynamic" timeformat="date"><nodes><node id="a" start="2020-01-01"/></nodes>'
        "</graph></gexf>"
    )

    assert [message for _, message in notes(found)] == [
        "The graph changes over time; what was ever there was read, and when was left out."
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<gexf/>", "no graph in this GEXF file"),
        ("<gexf><graph/></gexf>", "nothing on this graph"),
        ("<gexf><graph>", "The XML is broken at line 1"),
        ('<!DOCTYPE gexf [<!ENTITY a "b">]><gexf>&a;</gexf>', "has a DOCTYPE"),
    ],
)
def test_what_is_no_gexf_is_refused(words: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(words)


def test_nodes_nested_ten_thousand_deep_do_not_end_the_program() -> None:
    deep = 10_000
    nested = "".join(f'<nodes><node id="{n}">' for n in range(deep)) + "</node></nodes>" * deep

    try:
        found = read(f"<gexf><graph>{nested}</graph></gexf>")
    except ReadError:
        return
    assert len(found.document.modules) + len(found.document.nodes) == deep
