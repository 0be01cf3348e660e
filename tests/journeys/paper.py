"""As much of PDF as is needed to read what Chromium prints: pages, their size, their text."""

import re
import unicodedata
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """One page: width and height in points, and its words without blanks."""

    width: float
    height: float
    text: str

    @property
    def lies(self) -> bool:
        """Landscape."""
        return self.width > self.height


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages in order."""
    things = {int(n): body for n, body in re.findall(rb"(?s)\n(\d+) 0 obj\n(.*?)\nendobj", pdf)}
    return [_sheet(body, things) for body in things.values() if re.search(rb"/Type /Page\b", body)]


def _sheet(page: bytes, things: dict[int, bytes]) -> Sheet:
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page)
    where = re.search(rb"/Contents (\d+) 0 R", page)
    assert box
    assert where
    fonts = {
        name: _letters(things[int(n)], things)
        for name, n in re.findall(rb"/(F\d+) (\d+) 0 R", page)
    }
    said, font = "", b""
    for name, glyphs in re.findall(
        rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", _stream(things[int(where[1])])
    ):
        font = name or font
        codes = [glyphs[i : i + 4] for i in range(0, len(glyphs), 4)]
        said += "".join(fonts.get(font, {}).get(int(c, 16), "") for c in codes)
    return Sheet(float(box[1]), float(box[2]), _plain(said))


def _plain(said: str) -> str:
    """Without blanks; a glyph that fonts share with a radical is the letter that people read."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", said).replace("⻚", "页"))


def _stream(thing: bytes) -> bytes:
    body = thing.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
    return zlib.decompress(body) if b"FlateDecode" in thing else body


def _letters(font: bytes, things: dict[int, bytes]) -> dict[int, str]:
    """Which letter each glyph stands for, as the font's own table says."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not table:
        return {}
    text, found = _stream(things[int(table[1])]).decode("latin-1"), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)> <(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, letter in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
            for n in range(int(low, 16), int(high, 16) + 1):
                found[n] = chr(int(letter, 16) + n - int(low, 16))
    return found
