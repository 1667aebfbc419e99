"""What the room says of findings: to leave one aside and why, to take that back, to note something.

A finding is known by its code and its subjects. The map changes under a remark, and the finding with
it: "four modules hang on one person each" becomes "three modules". So a remark belongs to the finding
with the same subjects, else to one of the same code that shares a subject. Verbs give a Change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import Remark, RemarkId

Subject = tuple[str, tuple[str, ...]]  # the code of a finding, and the ids it is about


def akin(one: Subject, other: Subject) -> bool:
    """Do both say the same of somebody they share?"""
    return one[0] == other[0] and not set(one[1]).isdisjoint(other[1])


def matched(document: Document, subjects: Sequence[Subject]) -> list[Remark | None]:
    """For each finding the remark that is meant for it; each remark is for one finding.

    The same subjects first, wherever they stand; then, in the order given, the remark that shares
    most of them. O(findings * remarks).
    """
    free = list(document.remarks.values())
    found: list[Remark | None] = [None] * len(subjects)
    for place, subject in enumerate(subjects):
        same = next((r for r in free if r.code == subject[0] and set(r.about) == set(subject[1])), None)
        if same is not None:
            found[place] = same
            free.remove(same)
    for place, subject in enumerate(subjects):
        near = [remark for remark in free if akin((remark.code, remark.about), subject)]
        if found[place] is None and near:
            nearest = max(near, key=lambda remark: len(set(remark.about) & set(subject[1])))
            found[place] = nearest
            free.remove(nearest)
    return found


def dismiss(document: Document, subject: Subject, reason: str = "", known: Remark | None = None) -> Change:
    """Leave a finding aside. `known`: the remark it has already."""
    remark = known or _fresh(document)
    return _put(document, subject, replace(remark, dismissed=True, reason=reason.strip()))


def take_back(document: Document, subject: Subject, known: Remark) -> Change:
    """Let a dismissed finding count again; a note on it stays."""
    return _put(document, subject, replace(known, dismissed=False, reason=""))


def set_note(document: Document, subject: Subject, note: str, known: Remark | None = None) -> Change:
    """Note something on a finding; an empty note takes it away."""
    return _put(document, subject, replace(known or _fresh(document), note=note.strip()))


def _fresh(document: Document) -> Remark:
    return Remark(id=RemarkId(Draft(document).fresh("r")), code="")


def _put(document: Document, subject: Subject, remark: Remark) -> Change:
    """The remark on what it is about now; one that says nothing goes."""
    draft = Draft(document)
    draft.fresh("r")
    if remark.dismissed or remark.note:
        draft.put(replace(remark, code=subject[0], about=subject[1]))
    elif remark.id in document.remarks:
        draft.drop(remark)
    return draft.change()
