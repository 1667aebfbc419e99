"""The tree of an XML file, without entities or outside references; whatever is wrong with it in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.mending import clean
from orgmap.i18n import text
from orgmap.model.entities import Json

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Xml

_DOCTYPE = text("files", "The file has a DOCTYPE or entities, which can be used to attack; it was not read.")
_BROKEN = text("files", "The XML is broken at line {line}, column {column}.")
_NO_XML = text("files", "This is no XML that can be read: {reason}.")
_FOREIGN = text("files", "This is XML, but not {wanted}: it begins with {tag}.")
NOT_OF_TYPE = text("notes", "{name}: {value} is not of the type {type}; kept as text.")
NOT_DECLARED = text(
    "notes", "Data with the key {key}, which the file does not declare, was kept under that name."
)
_WHOLE = ("integer", "int", "long", "short", "byte")
_REAL = ("double", "float", "real")
_WANTED = {"graphml": "GraphML", "gexf": "GEXF"}


def parsed(data: bytes, path: Path, wanted: str) -> Xml:
    """The root of the file, which is called `wanted`. Raises ReadError with the line."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    place = disk.shown(path)
    try:
        root: Xml = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise ReadError(_DOCTYPE(), place=place) from None
    except ParseError as error:
        line, column = error.position
        raise ReadError(_BROKEN(line=line, column=column + 1), place=f"{place}:{line}") from None
    except (ValueError, LookupError, UnicodeError, RecursionError) as error:
        raise ReadError(_NO_XML(reason=clean(str(error))), place=place) from None
    if tag(root) != wanted:
        message = _FOREIGN(wanted=_WANTED[wanted], tag=clean(tag(root)))
        raise ReadError(message, place=place)
    return root


def tag(element: Xml) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def typed(words: str, kind: str) -> Json:
    """The value of an attribute of this type, as text if the type is another; None if it is none."""
    bare = words.strip()
    if kind == "boolean":
        return bare.casefold() in ("true", "1") if bare.casefold() in ("true", "false", "1", "0") else None
    try:
        if kind in _WHOLE:
            return int(bare) if len(bare) < 19 else None
        if kind in _REAL:
            value = float(bare[:400])
            return value if value - value == 0 else None  # neither NaN nor infinite
    except ValueError:
        return None
    return words
