"""Pajek's networks: `.net`, and the first network and partition of a `.paj`, as they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.files.assembly import Assembly, Where
from orgmap.files.delimited import MOST_LINE, decoded
from orgmap.files.elements import Attributes, Edge, Element, Graph, assembled
from orgmap.files.linking import is_kind
from orgmap.files.mending import clean
from orgmap.files.native import MOST_NODES
from orgmap.files.reading import Opened, ReadOptions
from orgmap.files.values import brief
from orgmap.i18n import text
from orgmap.progress import SILENT, Progress

WIDTH = 1_000.0  # map units that the unit square of Pajek is drawn on, at 50 people
_GUESSED = text("notes", "The text was read as {encoding}. If letters look wrong, name the encoding.")
_NO_VERTICES = text("files", "This is no Pajek network: no line says *Vertices.")
_NO_COUNT = text("files", "*Vertices has to be followed by how many there are.")
_MANY = text("files", "The file has {n} vertices; a map can have {most}.")
_LINE = text("files", "The line has {n} characters; more than {most} cannot be read.")
_BAD_LINE = text("notes", "{line}: This line cannot be read; it was left out.")
_NO_SUCH = text("notes", "There is no vertex {number}; the line was left out.")
_TWO_MODES = text("notes", "The network has two kinds of vertices; all of them were read as persons.")
_SECTION = text("notes", "What stands below {section} was left out.")
_NETWORKS = text("notes", "The file has several networks; only the first was read.")

_VERTEX = re.compile(r"\s*(\d+)(?:\s+(.*))?$", re.DOTALL)
_SHAPES = "ellipse|box|diamond|triangle|cross|house|man|woman|empty|ic|bc|lc|bw|s_size|x_fact|y_fact|font|fos"
_END_OF_LABEL = re.compile(rf'"(?=\s*$|\s+(?:[-+.\d]|(?:{_SHAPES})\b))')  # not every " in a label is its end
_RELATION = re.compile(r'\*\w+\s*:\s*\d+\s*(?:"([^"]*)"|(\S.*))?')
_LABEL = re.compile(r'\sl\s+"([^"]*)"')  # of a line
_SHOWN = 60  # characters of a line in a note
_NEGATIVE = "negative"


def read(data: bytes, path: Path, options: ReadOptions, progress: Progress = SILENT) -> Opened:
    """The map of a Pajek file. Raises ReadError if it has no vertices; bad lines are notes."""
    place = disk.shown(path)
    words, encoding, guessed = decoded(data, place, options.encoding)
    to = Assembly(options.same)
    if guessed:
        to.note(Where(None, place), _GUESSED(encoding=encoding))
    graph = _Reader(place, to).graph(clean(words).splitlines(), progress.part(0.0, 0.4))
    return assembled(graph, path, options, to, progress.part(0.4, 1.0))


class _Reader:
    """From the lines of a file to the graph on it."""

    def __init__(self, place: str, to: Assembly) -> None:
        self._place = place
        self._to = to
        self._names: list[str] = []
        self._places: dict[int, tuple[float, float]] = {}
        self._groups: list[str] = []
        self._edges: list[tuple[int, int, bool, Attributes, Where]] = []
        self._section = ""
        self._relation = ""
        self._matrix: list[float] = []
        self._matrix_at = Where(None, place)
        self._over = False  # the first network is complete

    def graph(self, lines: list[str], progress: Progress) -> Graph:
        """The first network, with the first partition as its modules."""
        for number, line in enumerate(lines, 1):
            if not number % 5_000:
                progress.at(number / len(lines))
            if len(line) > MOST_LINE:
                raise ReadError(_LINE(n=len(line), most=MOST_LINE), place=f"{self._place}:{number}")
            bare = line.strip()
            if not bare or bare.startswith(("%", "/*")):
                continue
            where = Where(number, self._place)
            if bare.startswith("*"):
                self._begin(bare, where)
            else:
                self._line(bare, where)
        if not self._names:
            raise ReadError(_NO_VERTICES(), place=self._place)
        self._take_matrix()
        return self._whole()

    def _begin(self, line: str, where: Where) -> None:
        """A line with a star begins a section."""
        section = line[1:].split(None, 1)[0].partition(":")[0].casefold() if line[1:].strip() else ""
        self._take_matrix()
        if section == "vertices" and self._names:  # those of a partition, or of what is left out
            return
        self._section = section
        if section == "network" and self._names:
            self._over = True
            self._to.note(where, _NETWORKS())
        elif section == "vertices":
            self._count(line, where)
        elif section in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
            found = _RELATION.match(line)
            self._relation = (found[1] or found[2] or "").strip() if found is not None else ""
            self._matrix_at = where
        elif section not in ("network", "partition") and not self._over:
            self._to.note(where, _SECTION(section=brief(line)))
            self._section = ""

    def _count(self, line: str, where: Where) -> None:
        numbers = line.split()[1:]
        if not numbers or not (numbers[0].isascii() and numbers[0].isdigit()):
            raise ReadError(_NO_COUNT(), place=str(where))
        count = int(numbers[0][:12])
        if count > MOST_NODES:
            raise ReadError(_MANY(n=count, most=MOST_NODES), place=str(where))
        if len(numbers) > 1 and numbers[1].isdigit():
            self._to.note(where, _TWO_MODES())
        self._names = [str(each) for each in range(1, count + 1)]

    def _line(self, line: str, where: Where) -> None:
        if self._over:
            return
        try:
            match self._section:
                case "vertices":
                    self._vertex(line)
                case "arcs" | "edges":
                    self._pair(line, where)
                case "arcslist" | "edgeslist":
                    first, *others = (int(word) for word in line.split())
                    for other in others:
                        self._edge(first, other, 1.0, where)
                case "matrix":
                    if len(self._matrix) < len(self._names) ** 2:
                        self._matrix += [_finite(word) for word in line.split()]
                case "partition" if len(self._groups) < len(self._names):
                    self._groups.append(str(int(line)))
        except (ValueError, IndexError):
            self._to.note(where, _BAD_LINE(line=brief(line[:_SHOWN])))

    def _vertex(self, line: str) -> None:
        found = _VERTEX.match(line)
        if found is None:
            raise ValueError(line)
        number, rest = int(found[1]), (found[2] or "").strip()
        if not 1 <= number <= len(self._names):
            raise ValueError(line)
        if rest.startswith('"'):
            end = _END_OF_LABEL.search(rest, 1)
            label, rest = (rest[1 : end.start()], rest[end.end() :]) if end is not None else (rest[1:], "")
        else:
            label, _, rest = rest.partition(" ")
        self._names[number - 1] = label.strip() or str(number)
        numbers = rest.split()[:2]
        if len(numbers) == 2:
            try:
                self._places[number] = (_finite(numbers[0]), _finite(numbers[1]))
            except ValueError:
                return  # a shape or a colour

    def _pair(self, line: str, where: Where) -> None:
        words = line.split(None, 3)
        weight = 1.0
        if len(words) > 2:
            try:
                weight = _finite(words[2])
            except ValueError:
                weight = 1.0  # a colour or a label
        label = _LABEL.search(line) if '"' in line else None
        self._edge(int(words[0]), int(words[1]), weight, where, label[1].strip() if label is not None else "")

    def _edge(self, source: int, target: int, weight: float, where: Where, label: str = "") -> None:
        for end in (abs(source), abs(target)):
            if not 1 <= end <= len(self._names):
                self._to.note(where, _NO_SUCH(number=brief(str(end))))
                return
        attributes: Attributes = {}
        if weight < 0 or target < 0:
            attributes["health"] = _NEGATIVE
        if abs(weight) not in (0.0, 1.0):
            attributes["weight"] = abs(weight)
        for word in (self._relation, label):
            if word:
                attributes["kind" if is_kind(word) else "purpose"] = word
        directed = not self._section.startswith("edges")
        self._edges.append((abs(source), abs(target), directed, attributes, where))

    def _take_matrix(self) -> None:
        """The numbers below *Matrix: a row tells the columns."""
        numbers, self._matrix = self._matrix, []
        width = len(self._names)
        for at, weight in enumerate(numbers[: width * width]):
            if weight:
                self._edge(at // width + 1, at % width + 1, weight, self._matrix_at)

    def _whole(self) -> Graph:
        """Vertices go by their labels; those of one label by their numbers."""
        ids = ids_of(self._names)
        places = drawn(self._places, len(self._names))
        graph = Graph()
        for at, name in enumerate(self._names, 1):
            attributes: Attributes = {"name": name}
            if at in places:
                attributes["x"], attributes["y"] = places[at]
            if len(self._groups) == len(self._names):
                attributes["group"] = self._groups[at - 1]
            graph.nodes.append(Element(ids[at - 1], attributes, Where(None, self._place)))
        for source, target, directed, attributes, where in self._edges:
            graph.edges.append(Edge(ids[source - 1], ids[target - 1], directed, attributes, where))
        return graph


def ids_of(labels: Sequence[str]) -> list[str]:
    """The ids of vertices with these labels: the label, or the number where that is not of one alone."""
    often = Counter(labels)
    numbers = {str(number) for number in range(1, len(labels) + 1)}
    return [
        label if label and often[label] == 1 and (label not in numbers or label == str(at)) else str(at)
        for at, label in enumerate(labels, 1)
    ]


def drawn(places: dict[int, tuple[float, float]], count: int) -> dict[int, tuple[float, float]]:
    """The places in map units. None where all stand on one spot, as Pajek has it before a layout."""
    if len(set(places.values())) < min(2, count):
        return {}
    if not all(0 <= value <= 1 for place in places.values() for value in place):
        return places
    width = WIDTH * max(count / 50, 0.2) ** 0.5
    return {at: (round(x * width, 3), round(y * width, 3)) for at, (x, y) in places.items()}


def _finite(word: str) -> float:
    value = float(word[:400])
    if value - value != 0 or abs(value) > 1e15:
        raise ValueError(word)
    return value
