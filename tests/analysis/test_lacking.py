"""What is said of a map that leaves most things out."""

from __future__ import annotations

from orgmap.analysis.lacking import LACKS, notes_by_reason
from orgmap.analysis.registry import run
from tests.words import org

PLAIN = org(
    "ana <> ben, ana <> cy, ana <> dov, ben <> eva, ben <> fay, cy <> gus, cy <> hal, dov <> ida, dov <> jo, "
    "ida <> jo, eva <> fay, gus <> hal, kim <> ana, kim <> fay, kim <> hal"
)
"""Who talks with whom, and nothing else."""


def test_a_plain_map_is_told_in_one_line_what_would_let_more_be_judged() -> None:
    report = run(PLAIN, measures=False)

    left_out, others = notes_by_reason(report.not_judged)

    assert str(left_out) == (
        f"{len(report.not_judged)} kinds of findings were not checked. "
        "The map shows nothing yet of these: levels or bosses, three modules or more, people outside, "
        "who looks for an answer, whose work needs whose, channels, "
        "how many answers a call needs and how often and how long people talk."
    )
    assert others == []


def test_each_thing_left_out_of_a_plain_map_has_a_note_of_its_own() -> None:
    notes = run(PLAIN, measures=False).not_judged

    assert {note.because for note in notes} == {lack.because() for lack in LACKS}
    assert {note.question for note in notes} == {lack.ask() for lack in LACKS}


def test_one_or_two_things_left_out_are_told_with_the_names_of_the_findings() -> None:
    lacks = {lack.because() for lack in LACKS[:2]}
    notes = [note for note in run(PLAIN, measures=False).not_judged if note.because in lacks]

    left_out, others = notes_by_reason(notes)

    assert left_out is None
    assert {because for because, _ in others} == lacks
    assert [
        "whether modules meet only through the top",
        "whether the chart and the talk agree",
        "whether those between top and front are in touch",
    ] in [sorted(map(str, codes)) for _, codes in others]


def test_what_a_chart_without_talk_lacks_is_one_line_for_all() -> None:
    report = run(org("a ^ b, a ^ c, b ^ d, b ^ e"), measures=False)

    left_out, ((because, codes),) = notes_by_reason(report.not_judged)

    assert left_out is None
    assert str(because) == "The map shows only who reports to whom."
    assert len(codes) == len({note.code for note in report.not_judged})
