"""The few questions that wait for an answer. They open without stopping the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

from orgmap.files import disk
from orgmap.files.claims import InUse
from orgmap.i18n import say
from orgmap.ui.moments import moment
from orgmap.ui.notices import one_line
from orgmap.ui.storing import Outside

Answer = Callable[[], object]
Role = QMessageBox.ButtonRole


class Question(QMessageBox):
    """One question, each button with what it does; Esc and Cancel do nothing. Plain text only."""

    def __init__(self, window: QWidget, title: str, question: str, detail: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(title)
        self.setText(one_line(question))
        self.setInformativeText(one_line(detail))
        self._answers: dict[QAbstractButton, Answer] = {}
        self.finished.connect(self._on_finished)

    def offer(self, words: str, role: Role, answer: Answer | None = None) -> QPushButton:
        """Add a button."""
        button = self.addButton(words, role)
        if answer is not None:
            self._answers[button] = answer
        return button

    def cancel_button(self) -> QPushButton:
        """Add Cancel, which Esc presses too."""
        button = self.offer(say("dialog", "Cancel"), Role.RejectRole)
        self.setEscapeButton(button)
        return button

    def _on_finished(self, _result: int) -> None:
        answer = self._answers.get(self.clickedButton())
        self._answers.clear()
        if answer is not None:
            answer()


def ask_unsaved(window: QWidget, name: str, save: Answer, drop: Answer) -> None:
    """Save, don't save, or stay. Saving is what Enter does."""
    question = Question(
        window,
        say("dialog", "Unsaved changes"),
        say("dialog", "Save the changes to {name}?", name=one_line(name)),
        say("dialog", "Without saving, what was done since the last save is lost."),
    )
    question.setObjectName("unsaved")
    kept = question.offer(say("dialog", "&Save"), Role.AcceptRole, save)
    question.offer(say("dialog", "&Don't save"), Role.DestructiveRole, drop)
    question.cancel_button()
    question.setDefaultButton(kept)
    question.open()


def ask_outside(window: QWidget, outside: Outside, overwrite: Answer, save_as: Answer) -> None:
    """The file is not as it was when it was opened."""
    name = one_line(disk.shown(outside.path))
    if outside.gone:
        words = say("dialog", "{name} is no longer on the disk.", name=name)
        detail = say("dialog", "It was moved, renamed or deleted by another program.")
        go_on = say("dialog", "Save it &there again")
    else:
        words = say("dialog", "Another program has changed {name}.", name=name)
        detail = say(
            "dialog", "Replacing it drops those changes; they stay in the version kept beside the file."
        )
        go_on = say("dialog", "&Replace it")
    question = Question(window, say("dialog", "Changed by another program"), words, detail)
    question.setObjectName("outside")
    aside = question.offer(say("dialog", "Save &as…"), Role.AcceptRole, save_as)
    question.offer(go_on, Role.DestructiveRole, overwrite)
    question.cancel_button()
    question.setDefaultButton(aside)
    question.open()


def ask_in_use(window: QWidget, used: InUse, copy: Answer, anyway: Answer, show: Answer) -> None:
    """The map is open in another window, here or elsewhere."""
    name = one_line(disk.shown(used.path))
    question = Question(
        window,
        say("dialog", "Already open"),
        say("dialog", "{name} is open in another window.", name=name),
        _where(used) + " " + say("dialog", "A copy can be edited and saved under another name."),
    )
    question.setObjectName("in_use")
    aside = question.offer(say("dialog", "Open a &copy"), Role.AcceptRole, copy)
    default = aside
    if used.holder.ours:
        default = question.offer(say("dialog", "&Go to that window"), Role.AcceptRole, show)
    elif not used.holder.here:
        question.offer(say("dialog", "Open it any&way"), Role.DestructiveRole, anyway)
    question.cancel_button()
    question.setDefaultButton(default)
    question.open()


def ask_replace_open(window: QWidget, used: InUse, save_as: Answer, anyway: Answer | None) -> None:
    """The file that a map is to be saved to is open in another window."""
    name = one_line(disk.shown(used.path))
    question = Question(
        window,
        say("dialog", "Open in another window"),
        say("dialog", "{name} is open in another window and was not replaced.", name=name),
        _where(used) + " " + say("dialog", "Save under another name, or close it there first."),
    )
    question.setObjectName("replace_open")
    aside = question.offer(say("dialog", "Save &as…"), Role.AcceptRole, save_as)
    if anyway is not None:
        question.offer(say("dialog", "&Replace it"), Role.DestructiveRole, anyway)
    question.cancel_button()
    question.setDefaultButton(aside)
    question.open()


def ask_replace_second(window: QWidget, path: Path, replace: Answer) -> None:
    """What is exported as two files would replace one that nobody has named."""
    name = one_line(disk.shown(path))
    question = Question(
        window,
        say("dialog", "Replace the second table"),
        say("dialog", "{name} is there already. Replace it?", name=name),
        say("dialog", "Tables are two files: the links in one, people and modules in the other."),
    )
    question.setObjectName("replace_second")
    question.offer(say("dialog", "&Replace it"), Role.DestructiveRole, replace)
    question.setDefaultButton(question.cancel_button())
    question.open()


def ask_forget(window: QWidget, name: str, forget: Answer) -> None:
    """Previous versions are to go for good."""
    question = Question(
        window,
        say("dialog", "Forget versions"),
        say("dialog", "Forget all previous versions of {name}?", name=one_line(name)),
        say(
            "dialog",
            "They cannot be brought back. The map, its file and the version kept beside it stay as they are.",
        ),
    )
    question.setObjectName("forget")
    question.offer(say("dialog", "&Forget them"), Role.DestructiveRole, forget)
    question.setDefaultButton(question.cancel_button())
    question.open()


def _where(used: InUse) -> str:
    holder = used.holder
    if holder.ours:
        return say("dialog", "It is another window of this program.")
    user = one_line(holder.user) or say("dialog", "Somebody")
    if holder.here:
        return say(
            "dialog", "{user} has it open on this computer (process {pid}).", user=user, pid=str(holder.pid)
        )
    since = moment(holder.since) if holder.since is not None else "?"
    return say(
        "dialog",
        "{user} has it open on {host} since {since}, or that computer stopped without closing it.",
        user=user,
        host=one_line(holder.host),
        since=since,
    )


def ask_bug(
    window: QWidget, report: Path | None, kept: Path | None, again: Answer, *, whole: bool
) -> Question:
    """Say that the program made a mistake, and what is safe where. `whole`: all that is not saved is kept.

    Going on is what Enter does, for one may be typing when it comes up.
    """
    lines = [say("bug", "Your map is still open, and you can go on, or start again with all that is open.")]
    if not whole:
        lines = [
            say("bug", "Your map is still open, but what is not saved yet could not be kept. Save it now.")
        ]
    elif kept is not None:
        lines.append(say("bug", "What is not saved yet is also kept in {path}.", path=str(kept.parent)))
    if report is not None:
        lines.append(say("bug", "A report without any names lies in {path}.", path=str(report)))
    title = say("bug", "Something went wrong")
    question = Question(window, title, say("bug", "orgmap met a mistake of its own."), " ".join(lines))
    question.setObjectName("bug")
    go_on = question.offer(say("bug", "&Go on"), Role.RejectRole)
    if whole:
        question.offer(say("bug", "&Start again with my work"), Role.AcceptRole, again)
    question.setDefaultButton(go_on)
    question.setEscapeButton(go_on)
    question.open()
    return question
