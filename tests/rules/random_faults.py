"""One thing changed at random in a file of JSON: mostly a fault, at times none."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from tests.rules.second_form import Row

Path = list[Any]
ODD: list[Any] = [
    *([None, "", [], {}, 0, -1, 1.0, 100_001, True, ["x", "x"]] * 3),
    *("x", 1, 100_000, False, [""], [None], {"x": 1}, 10**30, 1e300),
    *("2026-09-21T09:00:00", "2026-09-21 09:00:00+08:00", "1999-12-31T23:00:00+08:00"),
    *("2026-09-21T09:00:00Z", "2026-02-30T09:00:00+08:00", "2026-09-21T09:00+08:00"),
    *("2026-09-21T09:00:00.5+08:00", "3000-01-01T00:00:00+08:00", "2026-09-21", "2026-9-1"),
    *("1999-12-31T23:00:00Z", "2000-01-01T00:00:00+09:00", "2999-12-31T23:59:59-05:00"),
    *("2026-09-21T24:00:00+08:00", "2026-09-21T09:00:60+08:00", "2026-09-21T09:00:00+24:00"),
    *("2026-09-21T09:00:00+08:60", "2026-09-21T09:00:00z", "2026-09-21T09:00:00+0800"),
    *("２026-09-21T09:00:00+08:00", "2026-09-21t09:00:00+08:00", "2026-09-21T09:00:00-00:00"),
    *("2026-09-21T09:00:00+08:00\n", " ", "2026-02-29", "1999-12-31", "3000-01-01", "20260921"),
]
SOURCES = ["", "[]", "null", "{", '"x"', "7", "{}", '{"events": []}', '{"a": 1} {}']


def paths(value: Any, here: Path) -> list[Path]:
    """Every place within a value, the value itself not."""
    found: list[Path] = []
    keys: Any = value if isinstance(value, dict) else ()
    for key in range(len(value)) if isinstance(value, list) else keys:
        found += [[*here, key], *paths(value[key], [*here, key])]
    return found


def shape(path: Path) -> str:
    """The path without positions in lists: `passes/*/from`."""
    return "/".join("*" if isinstance(step, int) else step for step in path)


def somewhere(r: random.Random, file: Row) -> Path:
    """A place in the file; every kind of place is as likely, however often it is there."""
    shapes: dict[str, list[Path]] = {}
    for path in paths(file, []):
        shapes.setdefault(shape(path), []).append(path)
    return r.choice(shapes[r.choice(list(shapes))])


def at(file: Row, path: Path) -> Any:
    value: Any = file
    for step in path:
        value = value[step]
    return value


def changed(r: random.Random, file: Row) -> Row:
    """The file with one value gone, odd, doubled, renamed, taken from elsewhere or too many."""
    file = copy.deepcopy(file)
    path = somewhere(r, file)
    holder, key = at(file, path[:-1]), path[-1]
    kind = r.choice(["gone", "twice", "elsewhere", "beside", "extra", "extra", *["odd"] * 4])
    if kind == "gone":
        del holder[key]
    elif kind == "twice" and isinstance(holder, list):
        holder.insert(r.randint(0, len(holder)), copy.deepcopy(holder[key]))
    elif kind == "twice":
        name = r.choice(["", key + "x", key + "x"])
        holder[name] = holder.pop(key) if r.random() < 0.5 else copy.deepcopy(holder[key])
    elif kind == "elsewhere":
        holder[key] = copy.deepcopy(at(file, somewhere(r, file)))
    elif kind == "extra" and isinstance(holder, dict):
        other = at(file, (far := somewhere(r, file))[:-1])
        if isinstance(other, dict):
            holder.setdefault(far[-1], r.choice([copy.deepcopy(other[far[-1]]), [[]], *ODD]))
    elif kind == "beside":
        same = [p for p in paths(file, []) if shape(p) == shape(path)]
        holder[key] = copy.deepcopy(at(file, r.choice(same)))
    else:
        holder[key] = r.choice(ODD)
    return file


def broken(r: random.Random, file: Row) -> str:
    """A file's text, rarely no object at all."""
    if r.random() < 0.03:
        return r.choice(SOURCES)
    return json.dumps(changed(r, file), ensure_ascii=False)
