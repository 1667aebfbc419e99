"""What a drag holds above the map, while the document stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.model.entities import ModuleId, NodeId, StickyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """What a drag holds above the map: nodes, notes, modules with all in them; how far, map units.

    `copies`: the map keeps them where they are, too.
    """

    nodes: frozenset[NodeId] = frozenset()
    modules: frozenset[ModuleId] = frozenset()
    notes: frozenset[StickyId] = frozenset()
    dx: float = 0.0
    dy: float = 0.0
    joining: ModuleId | None = None  # the frame that would take them in
    leaving: ModuleId | None = None  # the frame they would leave
    copies: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """All that is held."""
        return frozenset[str]((*self.nodes, *self.modules, *self.notes))
