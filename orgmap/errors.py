"""What a person can get wrong: one small tree of errors that are already words.

An `OrgmapError` says what happened, where, and what to do next. Anything else that is raised
is a bug. Errors become text in three places only: `ui.notices`, `cli.main` and `ui.jobs`.
"""

from __future__ import annotations

from orgmap.i18n import Said


class OrgmapError(Exception):
    """Something the user can mend. `place` is a file, row, column or path within a file."""

    def __init__(self, message: Said, *, place: str = "", hint: Said | None = None) -> None:
        super().__init__(message, place, hint)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """One line: place, message, hint; in the language in use."""
        head = f"{self.place}: {self.message}" if self.place else str(self.message)
        return f"{head} {self.hint}" if self.hint is not None else head

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from the worker process to the window."""
        return (_rebuilt, (type(self), self.message, self.place, self.hint))


def _rebuilt(kind: type[OrgmapError], message: Said, place: str, hint: Said | None) -> OrgmapError:
    return kind(message, place=place, hint=hint)


class UsageError(OrgmapError):
    """The arguments of a command are wrong."""


class ReadError(OrgmapError):
    """A file cannot be read, or is not what it says it is."""


class WriteError(OrgmapError):
    """A file cannot be written; what was there before is untouched."""


class EditError(OrgmapError):
    """An edit that makes no sense for this map, such as a module inside itself."""
