"""What a file brought besides, as the last row of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orgmap.i18n import text
from orgmap.ui.widgets.extras import ExtraField
from orgmap.ui.widgets.form import Rows

EXTRA = text("field", "Further values")
TIP_EXTRA = text("tip", "What a file brought that has no field of its own. It is kept and written again.")


def show_extra(rows: Rows, field: ExtraField, entities: Sequence[Any]) -> None:
    """The row stands there for a single thing, and for several that bring something."""
    rows.set_shown(field, len(entities) == 1 or any(entity.extra for entity in entities))
