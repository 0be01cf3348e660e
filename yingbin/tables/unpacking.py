"""An uploaded workbook is weighed before anything reads it: a small file may unpack to something enormous.

A workbook is a ZIP of XML parts. What reading costs is how many elements they have, so these are counted
while unpacking a step at a time, in little memory. An honest part has fewer elements than packed bytes.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

_STEP = 1 << 18
_XML = (".xml", ".rels", ".vml")


class NoWorkbook(Exception):
    """Not a ZIP, a broken one, or its XML isn't plain."""


class TooMuch(Exception):
    """It would unpack to far more than such a sheet has."""


@dataclass(frozen=True)
class Limits:
    """How much may come out of one file: bytes altogether, of a worksheet, of any other XML part;
    elements that are free, and how many more for each packed byte."""

    whole: int
    sheet: int
    part: int
    elements: int
    a_byte: float = 2.0


def weigh(data: bytes, limits: Limits) -> None:
    """Raises `NoWorkbook` or `TooMuch`; costs no more than unpacking up to the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(i.file_size for i in infos) > limits.whole:
                raise TooMuch
            left = limits.elements + int(len(data) * limits.a_byte)
            for info in infos:
                if info.filename.lower().endswith(_XML):
                    left -= _elements(archive, info, limits, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError) as broken:
        raise NoWorkbook from broken
    except (EOFError, ValueError) as broken:
        raise NoWorkbook from broken


def _elements(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, left: int) -> int:
    """How many elements the part has. More than its header says never comes out of it."""
    sheet = "worksheets/" in info.filename
    if info.file_size > (limits.sheet if sheet else limits.part):
        raise TooMuch
    found, first = 0, True
    with archive.open(info) as part:
        while step := part.read(_STEP):
            if first and (b"<!DOCTYPE" in step[:4096] or b"<!ENTITY" in step[:4096]):
                raise NoWorkbook
            first = False
            found += step.count(b"<") - step.count(b"</")
            if found > left:
                raise TooMuch
    return found
