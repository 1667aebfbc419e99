"""What differs between two maps, said in numbers: "3 people added, 2 links removed"."""

from __future__ import annotations

from orgmap.i18n import Said, Text, say, text
from orgmap.model.tally import Count, Tally

_WORDS: dict[str, dict[str, Text]] = {
    "nodes": {
        "added": text("tally", "{n} person added", "{n} people added"),
        "removed": text("tally", "{n} person removed", "{n} people removed"),
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


def words_of(tally: Tally) -> str:
    """All of it in one line: what came and went first, what only moved last."""
    parts: list[Said] = []
    for fields in (("added", "removed", "changed"), ("moved",)):
        for table, words in _WORDS.items():
            count = tally.counts.get(table, Count())
            parts += [words[f](n=n) for f in fields if f in words and (n := getattr(count, f))]
        if fields[0] == "added":
            parts += _rest(tally)
    if not parts:
        return say("tally", "nothing differs")
    joined = parts[0]
    for part in parts[1:]:
        joined = _TWO(first=joined, next=part)
    return str(joined)


def _rest(tally: Tally) -> list[Said]:
    others = [count for table, count in tally.counts.items() if table not in _WORDS]
    number = sum(each.added + each.removed + each.changed + each.moved for each in others)
    return [*([_ABOUT()] if tally.about else []), *([_ELSE(n=number)] if number else [])]
