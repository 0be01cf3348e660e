"""What a worksheet's part says beside the values: merged areas, hidden lines and columns, formulas without a result."""

import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from .grid import plain

MAX_MERGED = 100_000
_STEP = 1 << 18


@dataclass
class Area:
    """A merged area: columns from 0, lines from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Structure:
    """Of one worksheet. Places are (line, column), lines from 1, columns from 0."""

    merged: list[Area] = field(default_factory=list)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unstored: set[tuple[int, int]] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


def structure_of(archive: zipfile.ZipFile, part: str, most_columns: int) -> Structure:
    """Reads it once from front to back, building no cells."""
    found = Structure()
    if part not in archive.namelist():
        return found
    scan = _Scan(found, most_columns)
    with archive.open(part) as xml:
        while step := xml.read(_STEP):
            scan.parser.Parse(step, False)
    scan.parser.Parse(b"", True)
    found.comments = _comments(archive, part)
    return found


class _Scan:
    """Hears the elements of a worksheet's part as they come."""

    def __init__(self, found: Structure, most_columns: int) -> None:
        self.found, self.most = found, most_columns
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.starts
        self.parser.EndElementHandler = self.ends
        self.parser.CharacterDataHandler = self.says
        self.parser.buffer_text = True
        self.line, self.place = 0, ""
        self.formula = self.inside = self.stored = False

    def starts(self, name: str, told: dict[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self.place, self.formula, self.stored = told.get("r", ""), False, False
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside = True
        elif tag == "row":
            self.line = int(told.get("r") or self.line + 1)
            if told.get("hidden") in ("1", "true"):
                self.found.hidden_lines.add(self.line)
        elif tag == "col" and told.get("hidden") in ("1", "true"):
            last = min(int(told["max"]), self.most)
            self.found.hidden_columns.update(range(int(told["min"]) - 1, last))
        elif tag == "mergeCell" and len(self.found.merged) < MAX_MERGED:
            self._merged(told["ref"])

    def says(self, text: str) -> None:
        """Text stands somewhere."""
        self.stored = self.stored or (self.inside and bool(text))

    def ends(self, name: str) -> None:
        """An element ends."""
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "c" and self.formula and not self.stored and self.place:
            self.found.unstored.add(place_of(self.place))

    def _merged(self, ref: str) -> None:
        left, top, right, bottom = (int(n or 0) for n in range_boundaries(ref))
        if left - 1 < self.most:
            self.found.merged.append(Area(left - 1, top, min(right, self.most) - 1, bottom))


def place_of(name: str) -> tuple[int, int]:
    """`B3` as (3, 1)."""
    column, line = coordinate_from_string(name)
    return line, column_index_from_string(column) - 1


def _comments(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    folder, _, file = part.rpartition("/")
    links = f"{folder}/_rels/{file}.rels"
    if links not in archive.namelist():
        return {}
    found: dict[tuple[int, int], str] = {}
    for link in ElementTree.fromstring(archive.read(links)):
        if link.get("Type", "").endswith("/comments"):
            target = _resolved(folder, link.get("Target", ""))
            if target in archive.namelist():
                found |= _notes(ElementTree.fromstring(archive.read(target)))
    return found


def _resolved(folder: str, target: str) -> str:
    """A link's target as a name in the archive."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def _notes(root: Any) -> dict[tuple[int, int], str]:
    found = {}
    for one in root.iter():
        if one.tag.endswith("}comment") and one.get("ref"):
            words = "".join(t.text or "" for t in one.iter() if t.tag.endswith("}t"))
            found[place_of(one.get("ref"))] = plain(words)
    return found
