"""Work with a file that does not come to an end, as on a share that hangs: told, and can be left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from orgmap.i18n import Said, text
from orgmap.ui.jobs import Task
from orgmap.ui.notices import Kind, Notice, NoticeBar, Offer

HANGS = 8_000  # milliseconds without any progress; reading or writing the largest map takes a second
KEY = "waiting"

_LEAVE = text("notice", "Stop waiting")


class Waiting(QObject):
    """Watches one task at a time; when it stands still, says so and offers to `leave` it."""

    def __init__(
        self, notices: NoticeBar, said: Callable[[], Said], leave: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._said = said
        self._leave = leave
        self.clock = QTimer(self, singleShot=True, interval=HANGS)
        self.clock.timeout.connect(self._tell)

    def follow(self, task: Task) -> None:
        """From now on this task."""
        task.progressed.connect(self._on_progress)
        self.clock.start()

    def over(self) -> None:
        """It came to an end, or nobody waits any more."""
        self.clock.stop()
        self._notices.withdraw(KEY)

    def _on_progress(self, _share: float) -> None:
        if self.clock.isActive():
            self.clock.start()

    def _tell(self) -> None:
        offers = (Offer(_LEAVE, self._leave),)
        self._notices.tell(Notice(self._said(), Kind.WARNING, offers=offers, key=KEY))
