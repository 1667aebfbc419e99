"""What stands on a map and means nothing to the analysis: sticky notes, and pictures behind it.

Like every verb these give a Change; what they share with nodes (moving, deleting, setting fields)
is in `edits`.
"""

from __future__ import annotations

from dataclasses import replace

from orgmap.model.document import Change, Document, Draft
from orgmap.model.edits import Place
from orgmap.model.entities import Backdrop, BackdropId, Frame, ModuleId, StickyId, StickyNote

NOTE = (180.0, 120.0)  # size of a new note, map units
LEAST_NOTE = (48.0, 32.0)
LEAST_PICTURE = (24.0, 24.0)
LEAST_FRAME = (80.0, 60.0)


def add_sticky(document: Document, at: Place, words: str = "", colour: int = 0) -> tuple[Change, StickyId]:
    """A note of the usual size with its middle at `at`."""
    draft = Draft(document)
    made = StickyId(draft.fresh("s"))
    x, y = at[0] - NOTE[0] / 2, at[1] - NOTE[1] / 2
    note = StickyNote(id=made, text=words, x=x, y=y, width=NOTE[0], height=NOTE[1], colour=colour)
    return draft.put(note).change(), made


def add_backdrop(document: Document, data: str, frame: Frame) -> tuple[Change, BackdropId]:
    """A picture (PNG or JPEG in base64) behind the map, locked, where `frame` says."""
    draft = Draft(document)
    made = BackdropId(draft.fresh("b"))
    x, y, width, height = frame.x, frame.y, frame.width, frame.height
    return draft.put(Backdrop(id=made, data=data, x=x, y=y, width=width, height=height)).change(), made


def resize(document: Document, any_id: str, frame: Frame) -> Change:
    """Give a note, a picture or an empty module other edges; never smaller than can be grasped."""
    draft = Draft(document)
    entity = draft.get(any_id)
    match entity:
        case StickyNote():
            least = LEAST_NOTE
        case Backdrop():
            least = LEAST_PICTURE
        case _:
            least = LEAST_FRAME
    width, height = max(frame.width, least[0]), max(frame.height, least[1])
    if isinstance(entity, StickyNote | Backdrop):
        draft.put(replace(entity, x=frame.x, y=frame.y, width=width, height=height))
    else:
        module = document.modules[ModuleId(any_id)]
        draft.put(replace(module, frame=replace(frame, width=width, height=height)))
    return draft.change()


def fitted(width: float, height: float, around: Frame) -> Frame:
    """Where a picture of these proportions covers all of `around`, middle on middle."""
    scale = max(around.width / width, around.height / height)
    wide, high = width * scale, height * scale
    x = around.x + (around.width - wide) / 2
    y = around.y + (around.height - high) / 2
    return Frame(x=x, y=y, width=wide, height=high)
