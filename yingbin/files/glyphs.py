"""Which characters a font draws: read from its table, so that no name ever stands on paper as boxes."""

import struct
from functools import cache
from pathlib import Path


@cache
def drawn_by(font: Path) -> frozenset[int]:
    """The code points of a font file; of a collection those of its first font. Empty for a file that is none."""
    data = font.read_bytes()
    try:
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
        table = _table(data, start)
        found: set[int] = set()
        for n in range(struct.unpack_from(">H", data, table + 2)[0]):
            offset = table + struct.unpack_from(">HHI", data, table + 4 + 8 * n)[2]
            found |= _of_part(data, offset)
        return frozenset(found)
    except (struct.error, LookupError):
        return frozenset()


def _table(data: bytes, start: int) -> int:
    for n in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * n)
        if tag == b"cmap":
            return int(offset)
    raise LookupError("cmap")


def _of_part(data: bytes, at: int) -> set[int]:
    """Code points of one part of the table: format 12 (all planes) or 4 (the basic plane)."""
    form = struct.unpack_from(">H", data, at)[0]
    if form == 12:
        groups = struct.unpack_from(">I", data, at + 12)[0]
        pairs = (struct.unpack_from(">II", data, at + 16 + 12 * n) for n in range(groups))
    elif form == 4:
        many = struct.unpack_from(">H", data, at + 6)[0] // 2
        ends = struct.unpack_from(f">{many}H", data, at + 14)
        starts = struct.unpack_from(f">{many}H", data, at + 16 + 2 * many)
        pairs = ((a, b) for a, b in zip(starts, ends, strict=True) if a != 0xFFFF)
    else:
        return set()
    return {code for first, last in pairs for code in range(first, last + 1)}
