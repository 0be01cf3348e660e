"""One thing changed at random in a file of JSON: mostly a fault, at times none."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from tests.rules.second_form import Row

Path = list[Any]
ODD: list[Any] = [
    *(None, "", "x", [], {}, 0, -1, 1, 1.0, 100_000, 100_001, True, False, [""], ["x", "x"]),
    *("2026-09-21T09:00:00", "2026-09-21 09:00:00+08:00", "1999-12-31T23:00:00+08:00"),
    *("2026-09-21T09:00:00Z", "2026-02-30T09:00:00+08:00", "2026-09-21T09:00+08:00"),
    *("2026-09-21T09:00:00.5+08:00", "3000-01-01T00:00:00+08:00", "2026-09-21", "2026-9-1"),
]
SOURCES = ["", "[]", "null", "{", '"x"', "7", "{}", '{"events": []}', '{"a": 1} {}']


def paths(value: Any, here: Path) -> list[Path]:
    """Every place within a value, the value itself not."""
    found: list[Path] = []
    keys: Any = value if isinstance(value, dict) else ()
    for key in range(len(value)) if isinstance(value, list) else keys:
        found += [[*here, key], *paths(value[key], [*here, key])]
    return found


def changed(r: random.Random, file: Row) -> Row:
    """The file with one value gone, odd, doubled, renamed or taken from elsewhere."""
    file = copy.deepcopy(file)
    outside = [p for p in paths(file, []) if p[0] != "events" or len(p) == 1]
    inside = [p for p in paths(file, []) if p not in outside]
    path = r.choice(inside if inside and r.random() < 0.5 else outside)
    holder: Any = file
    for key in path[:-1]:
        holder = holder[key]
    key, kind = path[-1], r.randrange(8)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, list):
        holder.insert(r.randint(0, len(holder)), copy.deepcopy(holder[key]))
    elif kind == 1 and isinstance(holder[key], str):
        holder[key + r.choice(["", "x"])] = holder.pop(key)
    elif kind == 2:
        other = r.choice(paths(file, []))
        found: Any = file
        for step in other:
            found = found[step]
        holder[key] = copy.deepcopy(found)
    else:
        holder[key] = r.choice(ODD)
    return file


def broken(r: random.Random, file: Row) -> str:
    """A file's text, rarely no object at all."""
    if r.random() < 0.03:
        return r.choice(SOURCES)
    return json.dumps(changed(r, file), ensure_ascii=False)
