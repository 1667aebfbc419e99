"""What differs between two maps, said in numbers, "3 people added, 2 links removed", and by name."""

from __future__ import annotations

from collections.abc import Sequence

from orgmap.i18n import Said, Text, say, text
from orgmap.model.document import Change
from orgmap.model.tally import Count, Tally
from orgmap.ui.notices import one_line

MOST_NAMES = 6  # named of each kind of difference; the rest is counted
LONGEST = 40  # characters of a name

_WORDS: dict[str, dict[str, Text]] = {
    "nodes": {
        "added": text("tally", "{n} person added", "{n} people added"),
        "removed": text("tally", "{n} person removed", "{n} people removed"),
        "renamed": text("tally", "{n} person renamed", "{n} people renamed"),
        "changed": text("tally", "{n} person changed", "{n} people changed"),
        "moved": text("tally", "{n} person moved", "{n} people moved"),
    },
    "links": {
        "added": text("tally", "{n} link added", "{n} links added"),
        "removed": text("tally", "{n} link removed", "{n} links removed"),
        "changed": text("tally", "{n} link changed", "{n} links changed"),
    },
    "modules": {
        "added": text("tally", "{n} module added", "{n} modules added"),
        "removed": text("tally", "{n} module removed", "{n} modules removed"),
        "renamed": text("tally", "{n} module renamed", "{n} modules renamed"),
        "changed": text("tally", "{n} module changed", "{n} modules changed"),
        "moved": text("tally", "{n} module moved", "{n} modules moved"),
    },
    "stickies": {
        "added": text("tally", "{n} note added", "{n} notes added"),
        "removed": text("tally", "{n} note removed", "{n} notes removed"),
        "changed": text("tally", "{n} note changed", "{n} notes changed"),
        "moved": text("tally", "{n} note moved", "{n} notes moved"),
    },
}
_ABOUT = text("tally", "title, purpose or cut-offs changed")
_ELSE = text("tally", "{n} other thing changed", "{n} other things changed")
_TWO = text("tally", "{first}, {next}")
_ADDED = text("tally", "Added: {names}.")
_REMOVED = text("tally", "Removed: {names}.")
_RENAMED = text("tally", "Renamed: {names}.")
_FROM_TO = text("tally", "{old} to {new}")
_MORE = text("tally", "{n} more", "{n} more")


def words_of(tally: Tally) -> str:
    """All of it in one line: what came and went first, what only moved last."""
    parts: list[Said] = []
    for fields in (("added", "removed", "renamed", "changed"), ("moved",)):
        for table, words in _WORDS.items():
            count = tally.counts.get(table, Count())
            parts += [words[f](n=n) for f in fields if f in words and (n := getattr(count, f))]
        if fields[0] == "added":
            parts += _rest(tally)
    if not parts:
        return say("tally", "nothing differs")
    return _listed(parts)


def names_of(change: Change) -> str:
    """Who came, went and has another name, people and modules, in one line; empty if nobody."""
    came: list[str] = []
    went: list[str] = []
    renamed: list[str] = []
    for before, after in (*change.nodes.values(), *change.modules.values()):
        old, new = (_short(each.name) if each is not None else "" for each in (before, after))
        if before is None:
            came.append(new)
        elif after is None:
            went.append(old)
        elif before.name != after.name:
            renamed.append(str(_FROM_TO(old=old, new=new)))
    said = ((_ADDED, came), (_REMOVED, went), (_RENAMED, renamed))
    return " ".join(str(words(names=_some(names))) for words, names in said if names)


def _some(names: list[str]) -> str:
    rest = len(names) - MOST_NAMES
    return _listed([*names[:MOST_NAMES], *([_MORE(n=rest)] if rest > 0 else [])])


def _listed(parts: Sequence[Said | str]) -> str:
    joined = str(parts[0])
    for part in parts[1:]:
        joined = str(_TWO(first=joined, next=str(part)))
    return joined


def _short(name: str) -> str:
    words = one_line(" ".join(name.split()))
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def _rest(tally: Tally) -> list[Said]:
    others = [count for table, count in tally.counts.items() if table not in _WORDS]
    number = sum(each.added + each.removed + each.renamed + each.changed + each.moved for each in others)
    return [*([_ABOUT()] if tally.about else []), *([_ELSE(n=number)] if number else [])]
