"""Advice as lines that are drawn dashed, made real, and taken back."""

from __future__ import annotations

from dataclasses import replace

from orgmap.model import edits, proposals
from orgmap.model.document import Change, Document
from orgmap.model.entities import LinkKind, NodeId, Status
from tests.words import org

MAP = org("Ana > Ben, Ben > Cy")


def _line(
    document: Document = MAP, source: str = "Cy", target: str = "Ana", *, two_way: bool = False
) -> Change:
    return edits.add_link(document, NodeId(source), NodeId(target), two_way=two_way)[0]


def test_a_tried_advice_stands_on_the_map_as_a_proposal() -> None:
    after = MAP.apply(proposals.proposed(_line()))

    (key,) = proposals.tried(after, _line())
    assert after.links[key].status is Status.PROPOSED
    assert proposals.tried(MAP, _line()) == ()


def test_a_proposal_is_known_again_when_the_advice_is_made_anew() -> None:
    after = MAP.apply(proposals.proposed(_line()))

    anew = _line(after)

    assert set(anew.links) != set(after.links) - set(MAP.links)
    assert len(proposals.tried(after, anew)) == 1


def test_the_other_way_is_another_proposal_and_both_ways_have_no_beginning() -> None:
    one_way = MAP.apply(proposals.proposed(_line()))
    both = MAP.apply(proposals.proposed(_line(two_way=True)))

    assert proposals.tried(one_way, _line(one_way, "Ana", "Cy")) == ()
    assert proposals.tried(both, _line(both, "Ana", "Cy", two_way=True)) != ()
    assert proposals.tried(both, _line(both)) == ()


def test_a_real_line_is_no_proposal() -> None:
    after = MAP.apply(_line())

    assert proposals.tried(after, _line(after)) == ()


def test_made_real_it_is_what_applying_at_once_gives() -> None:
    tried = MAP.apply(proposals.proposed(_line()))

    after = tried.apply(proposals.made_real(tried, proposals.tried(tried, _line())))

    assert after == MAP.apply(_line())


def test_taken_back_the_map_is_as_before() -> None:
    tried = MAP.apply(proposals.proposed(_line()))

    assert tried.apply(proposals.withdrawn(tried, proposals.tried(tried, _line()))) == MAP


def test_several_lines_are_tried_only_when_all_of_them_stand() -> None:
    first = _line()
    both = first.then(_line(MAP.apply(first), "Ben", "Ana"))
    half = MAP.apply(proposals.proposed(first))

    assert len(proposals.lines(both)) == 2
    assert proposals.tried(half, both) == ()
    assert len(proposals.tried(MAP.apply(proposals.proposed(both)), both)) == 2


def test_what_is_more_than_new_lines_of_talk_cannot_be_proposed() -> None:
    link = next(iter(MAP.links.values()))
    turned = edits.set_two_way(MAP, [link.id], two_way=True)
    moved = edits.set_fields(MAP, ["Ana"], level=1)
    needs = Change(links={link.id: (None, replace(link, kind=LinkKind.NEEDS))})

    assert [proposals.lines(change) for change in (turned, moved, needs, Change())] == [()] * 4


def test_an_advice_for_somebody_who_has_left_fits_no_more() -> None:
    gone = MAP.apply(edits.delete(MAP, ["Ana"]))
    into, module = edits.add_module(MAP, "Sales")
    joined = MAP.apply(into)
    moved = edits.join(joined, [NodeId("Ana")], module)

    assert proposals.fits(MAP, _line())
    assert not proposals.fits(gone, _line())
    assert proposals.fits(joined, moved)
    assert not proposals.fits(joined.apply(edits.delete(joined, [module])), moved)
    assert not proposals.fits(gone, edits.set_fields(MAP, ["Ana"], level=1))
