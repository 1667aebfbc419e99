"""What the keys do while the canvas has the focus.

Which key does which action is said by the table of actions, and by the person who changed it;
here is only what belongs to no action: arrows, Enter, letters that begin a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from orgmap.model.entities import EndId, LinkId, NodeId
from orgmap.model.query import listed_channels
from orgmap.ui.actions import ALTERING, usual_keys
from orgmap.ui.canvas.arranging import Arranging
from orgmap.ui.canvas.linking import ARROWS, Linking
from orgmap.ui.canvas.places import Way, nearest, next_that_way
from orgmap.ui.canvas.selecting import Selecting
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import Verbs
from orgmap.ui.shortcuts import is_single, portable, pressed, shown

Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
PAN_STEP = 64.0  # pixels
FAR = 10  # steps with Shift
WIDEST = 5  # digits from here on ask for the widest focus there is
OF_LINKS = ("turn_round", "two_way")  # by single keys that begin a name where no link is meant

Command = Callable[[], None]


class Keys:
    """The keyboard of one canvas.

    `single`: do plain letters command; if not, every letter typed renames what is selected.
    """

    def __init__(
        self, stage: Stage, verbs: Verbs, arranging: Arranging, selecting: Selecting, linking: Linking
    ) -> None:
        self._stage = stage
        self._verbs = verbs
        self._arranging = arranging
        self._selecting = selecting
        self._linking = linking
        self._round: tuple[NodeId, list[LinkId]] | None = None
        self.single = True
        self._now: dict[str, str] = {}
        self._bound: dict[str, tuple[str, Command]] = {}  # by the portable name of the keys
        self._fixed: dict[tuple[Qt.Key, Qt.KeyboardModifier], Command] = {
            (Key.Key_Return, _NONE): verbs.rename,
            (Key.Key_Enter, _NONE): verbs.rename,
            (Key.Key_Return, _ALT): self.into_links,
            (Key.Key_Enter, _ALT): self.into_links,
        }

    @property
    def commands(self) -> dict[str, Command]:
        """What is asked for by key and is an action, by the ids of `ui.actions`."""
        return {
            "link": self.link,
            "move_start": partial(self.move_end, "source"),
            "move_end": partial(self.move_end, "target"),
            "select_tool": self.select_tool,
            "fit_selection": self.fit_selection,
        }

    def bind(self, commands: Mapping[str, Command], keys: Mapping[str, Sequence[QKeySequence]]) -> None:
        """From now on these keys do these commands, both by the ids of the table of actions."""
        self._bound = {
            portable(key): (action_id, commands[action_id])
            for action_id, sequences in keys.items()
            for key in sequences
        }
        usual = usual_keys()
        self._now = {portable(usual[i][0]): shown(list(keys[i])[:1]) for i in keys if usual[i]}

    def now(self, usual: str) -> str:
        """The keys that the command which usually has these has now; empty if it has none."""
        key = self._now.get(usual, usual)
        alone = len(key.removeprefix("Shift+")) == 1
        return "" if alone and not self.single else key

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what the key says; False if it says nothing here."""
        key = Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.single and held == _NONE and Key.Key_0 <= key <= Key.Key_9 and self._digit(key - Key.Key_0):
            return True
        command = self._command(event)
        if command is not None:
            command()
            return True
        if key in ARROWS:
            return self._arrow(ARROWS[key], held)
        if (key, held) in self._fixed:
            self._fixed[key, held]()
            return True
        typed = event.text()
        if held in (_NONE, _SHIFT) and typed and typed.isprintable() and not typed.isspace():
            stage = self._stage
            if len(stage.selection) == 1 and not stage.selected_links:
                self._verbs.retype(typed)
                return True
        return False

    def _command(self, event: QKeyEvent) -> Command | None:
        """What the table has for this key. A letter for links, with somebody selected and no link
        among them, is what they are called.
        """
        for key in pressed(event):
            action_id, command = self._bound.get(portable(key), ("", None))
            if command is None:
                continue
            named = action_id in OF_LINKS and self._stage.selection and not self._verbs.links
            if not is_single(key) or (self.single and not named):
                return self._refuse if self._stage.locked and action_id in ALTERING else command
        return None

    def _refuse(self) -> None:
        self._stage.refuses()

    def escape(self) -> bool:
        """Out of the links, then the selection, then the light; False if there was nothing left."""
        stage, node = self._stage, self._going_round()
        self._round = None
        if node is not None:
            stage.select([node])
            return True
        if stage.selection:
            stage.select([])
            return True
        if stage.lit is not None:
            stage.light(None)
            return True
        if stage.tool != "select":
            stage.set_tool("select")
            return True
        return False

    def select_tool(self) -> None:
        """The pointer back in hand."""
        self._stage.set_tool("select")

    def link(self) -> None:
        """Ask for the other end of a link from the selected nodes and modules."""
        sources: list[EndId] = [*self._stage.selected_nodes, *self._stage.selected_modules]
        if sources:
            self._linking.start(sources)
        else:
            self._stage.set_tool("link")

    def move_end(self, side: str) -> None:
        """Ask to which node or module the "source" or "target" of the selected link shall go."""
        links = self._stage.selected_links
        if len(links) == 1:
            self._linking.move(links[0], side)

    def fit_selection(self) -> None:
        """Show the whole selection, or the map if nothing is selected."""
        self._stage.fit(self._stage.selection or None)

    def into_links(self) -> None:
        """Put the keyboard on the links of the node it is on, the first of them first; on a link, on
        those of the node it starts at.
        """
        stage = self._stage
        here = stage.document.links.get(LinkId(stage.focused or ""))
        node = NodeId((stage.focused or "") if here is None else here.source)
        links = stage.scene.links_of([node]) if node in stage.document.nodes else []
        if links:
            first = here.id if here is not None and here.id in links else links[0]
            self._round = (node, links)
            stage.select([first], focus=first)

    def _arrow(self, way: Way, held: Qt.KeyboardModifier) -> bool:
        stage = self._stage
        on_link = stage.focused in stage.document.links and stage.selection == {stage.focused}
        if held == _NONE and on_link and self._going_round() is None:
            self.into_links()
        if held == _NONE and self._going_round() is not None:
            self._along(way)
        elif held in (_NONE, _SHIFT):
            self._nudge(way, FAR if held == _SHIFT else 1)
        elif held in (_ALT, _ALT | _SHIFT):
            self._walk(way, extend=held != _ALT)
        elif held == _CTRL:
            self._verbs.linked_person(way)
        else:
            return False
        return True

    def _digit(self, number: int) -> bool:
        """On links the channel of that number, 0 for none; on people the table says, up to 9."""
        stage = self._stage
        if stage.selected_links and not stage.selected_nodes:
            channels = [channel.id for channel in listed_channels(stage.document)]
            if number <= len(channels):
                self._verbs.channel(channels[number - 1] if number else None)
            return True
        if stage.selected_nodes and number >= WIDEST:
            stage.focus_asked.emit(number)
            return True
        return False

    def _nudge(self, way: Way, steps: int) -> None:
        stage = self._stage
        if stage.movable or stage.selected_pictures:
            self._arranging.nudge(way, steps)
        else:
            dx, dy = way.value
            step = PAN_STEP * (3 if steps > 1 else 1)
            stage.look(stage.camera.panned(-dx * step, -dy * step))

    def _walk(self, way: Way, *, extend: bool) -> None:
        stage = self._stage
        places = self._selecting.walkable()
        centre = stage.scene.rect_of([stage.focused]).center() if stage.focused is not None else None
        if stage.focused in places:
            found = next_that_way(places, places[stage.focused or ""], way, [stage.focused or ""])
        elif centre is not None and stage.focused is not None and stage.exists(stage.focused):
            found = next_that_way(places, (centre.x(), centre.y()), way)
        else:
            found = nearest(places, (stage.camera.x, stage.camera.y))
        if found is None:
            return
        stage.select({*stage.selection, found} if extend else [found], focus=found)
        stage.reveal(found)

    def _going_round(self) -> NodeId | None:
        """The node round whose links the keyboard goes, as long as one of them is all that is selected."""
        node, links = self._round or (None, [])
        here = self._stage.focused
        return node if here in links and self._stage.selection == {here} else None

    def _along(self, way: Way) -> None:
        """Go round the links of a node, or to the end of one."""
        stage = self._stage
        links = [key for key in self._round[1] if key in stage.document.links] if self._round else []
        here = LinkId(stage.focused or "")
        if way in (Way.UP, Way.DOWN):
            step = 1 if way is Way.DOWN else -1
            stage.select([links[(links.index(here) + step) % len(links)]])
            return
        link = stage.document.links[here]
        end = self._end_that_way(link.source, link.target, way)
        self._round = None
        stage.select([end], focus=end)
        stage.reveal(end)

    def _end_that_way(self, source: EndId, target: EndId, way: Way) -> EndId:
        """The end of a link that lies to the left or right on the map; source is left if neither."""
        one, other = self._stage.scene.centre(source), self._stage.scene.centre(target)
        turned = one is not None and other is not None and one.x() > other.x()
        return target if (way is Way.RIGHT) != turned else source
