"""A map read aloud without names: the same things under the same ids, and nobody is named."""

from __future__ import annotations

from dataclasses import replace

from orgmap.analysis import registry
from orgmap.drawing.hidden import Numbers, nameless
from orgmap.drawing.masked import Mask
from orgmap.i18n import names, text
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, NodeId, NodeKind, StickyId, StickyNote
from tests.words import org

SECRETS = ("Ana Novak", "Ben Okafor", "Cy", "Sales force", "Payroll", "Merger")


def named() -> Document:
    """A map with real names, whose ids say nothing."""
    document = org("n1 > n2, n1 > n3, n3 <> n2", modules={"m1": "n1 n2"})
    called = {"n1": "Ana Novak", "n2": "Ben Okafor", "n3": "Cy", "m1": "Sales force"}
    for end, name in called.items():
        document = document.apply(edits.rename(document, NodeId(end), name))
    document = document.apply(edits.set_fields(document, [NodeId("n1")], knows=("Payroll",), notes="Cy"))
    document = document.apply(edits.set_fields(document, [LinkId("l1")], topic="Merger"))
    note = StickyNote(id=StickyId("s1"), text="ask Ana Novak")
    return replace(document, info=replace(document.info, title="Merger"), stickies={note.id: note})


def crowded() -> Document:
    """A map with findings and real names: Cy tells six people who cannot answer."""
    document = org("n3 > n1, n3 > n2, n3 > n4, n3 > n5, n3 > n6, n1 <> n2, n4 <> n5", modules={"m1": "n1 n2"})
    for end, name in {"n1": "Ana Novak", "n2": "Ben Okafor", "n3": "Cy", "m1": "Sales force"}.items():
        document = document.apply(edits.rename(document, NodeId(end), name))
    return document


def test_the_masked_map_is_the_same_map_with_nothing_a_person_wrote() -> None:
    document = named()

    masked = Mask(document).document

    assert not any(secret in repr(masked) for secret in SECRETS)
    assert masked.nodes.keys() == document.nodes.keys()
    assert [(k.source, k.target) for k in masked.links.values()] == [
        (k.source, k.target) for k in document.links.values()
    ]


def test_people_have_the_numbers_they_have_in_a_map_that_leaves_the_house() -> None:
    document = named().apply(edits.set_fields(named(), [NodeId("n2")], kind=NodeKind.OUTSIDE))

    masked = Mask(document).document

    assert [n.name for n in masked.nodes.values()] == ["Person 1", "Outside 1", "Person 2"]
    assert [n.name for n in masked.nodes.values()] == [n.name for n in nameless(document).nodes.values()]
    assert [m.name for m in masked.modules.values()] == [m.name for m in nameless(document).modules.values()]


def test_a_sentence_names_nobody_however_the_names_came_into_it() -> None:
    mask = Mask(named())
    inner = text("test", "{who} of {module}")(who="Ana Novak", module="Sales force")
    listed = names(["Ben Okafor", "Cy", "Diana"])

    said = mask.said(
        text("test", "{one}; {all}; {part}; {n}")(one=inner, all=listed, part="Cy - Ben Okafor", n=3)
    )

    assert str(said) == "Person 1 of Module A; Person 2, Person 3 and Diana; Person 3 - Person 2; 3"


def test_who_is_deleted_and_comes_back_has_the_number_of_before_and_nobody_else_another() -> None:
    document, numbers = named(), Numbers()
    before = Mask(document, numbers).names
    change = edits.delete(document, [NodeId("n1")])

    gone = document.apply(change)
    without = Mask(gone, numbers).names
    back = gone.apply(change.inverse())

    assert without == {key: name for key, name in before.items() if key in without}
    assert list(back.nodes) != list(document.nodes)
    assert Mask(back, numbers).names == before
    assert {n.name for n in nameless(back, numbers).nodes.values()} == {before[key] for key in back.nodes}


def test_a_name_inside_a_longer_word_is_no_name() -> None:
    assert Mask(named()).words("Cyan and Cy") == "Cyan and Person 3"


def test_no_finding_names_anybody_and_its_evidence_still_finds_them() -> None:
    document = crowded()
    report = registry.run(document, chance=True)
    assert any(secret in str(f.claim) for f in report.findings for secret in SECRETS)

    told = Mask(document).report(report)

    said = repr(
        [(str(f.claim), str(f.because), str(f.question), str(f.sure), f.evidence) for f in told.findings]
    )
    said += repr([str(advice.text) for f in told.findings for advice in f.advice])
    assert not any(secret in said for secret in SECRETS)
    assert [f.key for f in told.findings] == [f.key for f in report.findings]
    assert [a.change for f in told.findings for a in f.advice] == [
        a.change for f in report.findings for a in f.advice
    ]
