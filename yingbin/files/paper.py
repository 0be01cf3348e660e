"""纸质文件: what leaves the house as PDF, from a template of ours and plain data, the same on every machine.

Characters no font here draws are written by their number, and the paper says so: never a box in a name.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeAlias

from django.utils import timezone

from .glyphs import drawn_by

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"

TEMPLATES = Path(__file__).with_name("papers")
FAMILY, BEYOND = "Noto Sans SC", "Noto Sans CJK SC"
# Where systems keep Noto CJK, for characters beyond the basic plane.
SYSTEM_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True)
class Taker:
    """Who takes a paper out of which place, when and why."""

    site: str
    who: str
    at: datetime
    why: str

    def __str__(self) -> str:
        return f"{self.who} {timezone.localtime(self.at):%Y-%m-%d %H:%M} 带出，用途：{self.why}"


@cache
def _own_font() -> Path:
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")


@cache
def _system_font() -> Path | None:
    for folder in SYSTEM_FONTS:
        for found in sorted(folder.rglob("NotoSansCJK-Regular.ttc")) if folder.is_dir() else ():
            return found
    return None


def pdf_of(template: str, data: Mapping[str, Plain]) -> bytes:
    """The paper as PDF: `template` is the name of a file in `papers`, `data` what stands on it.

    Nothing in the data is read as markup. Raises KeyError for a template that isn't there.
    """
    import typst

    source = TEMPLATES / f"{template}.typ"
    if source.parent != TEMPLATES or not source.exists():
        raise KeyError(template)
    known = drawn_by(_own_font())
    text = json.dumps(data, ensure_ascii=False)
    rare = {c for c in text if ord(c) > 0x7F and ord(c) not in known}
    beyond = _system_font() if rare else None
    missing = rare - {c for c in rare if beyond and ord(c) in drawn_by(beyond)}
    told = {"data": _numbered(data, missing), "missing": len(missing)}
    folders = [str(_own_font().parent), *([str(beyond.parent)] if beyond else [])]
    made = typst.compile(
        str(source),
        root=str(TEMPLATES),
        font_paths=folders,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


def pdf_apart(template: str, data: Mapping[str, Plain]) -> bytes:
    """As `pdf_of`, in a process of its own: for long papers one after the other, since typst keeps what it laid out of the last ten."""
    words = [sys.executable, "-c", "from yingbin.files.paper import _alone; _alone()"]
    told = json.dumps({"template": template, "data": data}, ensure_ascii=False).encode()
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(words, input=told, capture_output=True, check=True, env=where).stdout


def _alone() -> None:
    told = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pdf_of(told["template"], told["data"]))


def _numbered(value: Plain, missing: set[str]) -> Plain:
    """The same with what no font draws as its number; joiners and marks that draw nothing are left out."""
    if isinstance(value, str):
        return "".join(_shown(c) if c in missing else c for c in value)
    if isinstance(value, Mapping):
        return {name: _numbered(one, missing) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_numbered(one, missing) for one in value]
    return value


def _shown(character: str) -> str:
    return f"〔U+{ord(character):04X}〕" if character.isprintable() else ""
