"""What the script of an HTML page says, in the language in use at the time of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orgmap.drawing.content import Heading, heading_of
from orgmap.drawing.plain import shown
from orgmap.i18n import ENGLISH, PSEUDO, language, say
from orgmap.model.document import Document

FROM_RIGHT = ("ar", "fa", "he", "ur")


def tongue() -> tuple[str, str]:
    """The language of the page, and from which side it is written: "ltr" or "rtl"."""
    code = language().code
    code = ENGLISH if code == PSEUDO else code
    return code.replace("_", "-"), "rtl" if code.split("_")[0].split("-")[0] in FROM_RIGHT else "ltr"


def heading(document: Document) -> Heading:
    """The title of the page, the purpose below it, and how large the map is."""
    title = document.info.title if shown(document.info.title) else say("page", "The map")
    return heading_of(replace(document, info=replace(document.info, title=title)))


def words(modules: int) -> Mapping[str, str | list[str] | dict[str, str]]:
    """Every word of the script, which fills in what stands in braces; where a number decides on the form,
    one sentence for each number up to `modules`."""
    return {
        "all": say("page", "Show all"),
        "clear": say("page", "Clear"),
        "hidden": [
            say("page", "{n} module hidden", "{n} modules hidden", n=n) for n in range(1, modules + 1)
        ],
        "kindHidden": say("page", "Hidden: {what}", what="{what}"),
        "loose": say("page", "Without a module"),
        "looseHidden": say("page", "Hidden: people without a module"),
        "found": say("page", "Found: {count}", count="{count}"),
        "none": say("page", "Nobody and nothing is called so."),
        "module": say("page", "Module"),
        "lit": say("page", "Lit: {what}", what="{what}"),
        "search": say("page", "Search: {words}", words="{words}"),
        "map": say("page", "Map with {size}", size="{size}"),
        "legend": say("legend", "Legend"),
        "evidence": {
            "finding": say("legend", "what the finding is about"),
            "sought": say("legend", "what was found"),
            "near": say("page", "who is linked with them"),
            "rest": say("legend", "the rest"),
            "suggested": say("legend", "suggested"),
        },
        "findings": say("page", "Findings about them"),
        "unnamed": say("page", "without a name"),
        "level": say("page", "Level {number}", number="{number}"),
        "member": say("page", "Belongs to {modules}", modules="{modules}"),
        "inside": say("page", "Drawn inside the module {module}, which is folded", module="{module}"),
        "people": say("page", "People in it"),
        "nobody": say("page", "Nobody is linked with them on this map."),
        "broken": say("canvas", "This picture cannot be shown."),
        "show": say("page", "Show on the map"),
        "only": say("page", "Show only this"),
        "comma": say("list", "{first}, {next}", first="", next=""),
        "talksBoth": say("page", "Talks with"),
        "talksOut": say("page", "Tells"),
        "talksIn": say("page", "Hears from"),
        "reportsOut": say("page", "Is the boss of"),
        "reportsIn": say("page", "Reports to"),
        "needsOut": say("page", "Needs the work of"),
        "needsIn": say("page", "Is needed by"),
        "talks": say("page", "Talk"),
        "reports": say("page", "Reporting lines"),
        "needs": say("page", "Needs"),
        "flags": [
            say("legend", "leads a module"),
            say("legend", "decides"),
            say("legend", "holds the purpose"),
            say("legend", "newcomer"),
            say("legend", "vacant"),
        ],
        "kinds": [
            say("page", "Person"),
            say("page", "Role"),
            say("page", "Outside"),
            say("page", "Source"),
        ],  # as in NodeKind
    }
