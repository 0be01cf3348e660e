"""The house keeps its floors: imports run one way, nothing hides. Its figures stand in `test_house.py`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.every import of_every

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "yingbin"

# Higher floors may import lower ones, never the other way round.
FLOORS = {
    "rules": 0,
    "tables": 0,
    "journal": 0,
    "pages": 1,
    "people": 2,
    "customers": 3,
    "notices": 3,
    "files": 3,
    "matters": 4,
    "approvals": 4,
    "importing": 4,
    "manual": 5,
    "sheets": 5,
    "gallery": 6,
    "duty": 6,
    "tours": 6,
    "desk": 6,
    "reports": 7,
    "web": 8,
}
# Inside an app, from the ground up.
LAYERS = ["models", "queries", "actions", "forms", "views", "api"]
# The verifier replays decisions, so it stands on the rules; a refusal is the rules' word.
NEIGHBOURS = {("journal", "rules")}
# Wings don't import one another, except a function named for the purpose: a show flat's referral into the
# gallery's queue, and the gallery's register of a day, which the flat's sheet is matched with (SF-4.3.2, SF-4.3.3);
# the published roster, by which the desk's dispatch proposes who is on shift (SD-4.2.2).
FOR_THE_PURPOSE = {
    ("duty", "yingbin.gallery.actions.referral.refer_visitor"),
    ("duty", "yingbin.gallery.actions.referral.Referred"),
    ("duty", "yingbin.gallery.queries.referral.guests_of_day"),
    ("duty", "yingbin.gallery.queries.referral.GalleryGuest"),
    ("desk", "yingbin.duty.queries.shifts.shifts_around"),
    ("desk", "yingbin.duty.queries.shifts.RosterShift"),
}


def floor(app: str) -> int:
    """Where an app stands; one that isn't named above is a new wing."""
    return FLOORS.get(app, FLOORS["gallery"])


USED = re.compile(r"""{%\s*(?:extends|include)\s+["']([a-z]+)/""")


def looks_up(app: str, text: str) -> list[str]:
    """The apps of higher floors whose templates this one of `app` is made of."""
    return [other for other in USED.findall(text) if floor(other) > floor(app)]


@of_every(HOUSE.rglob("*.html"))
def test_templates_are_made_of_lower_floors(file: Path) -> None:
    app = file.relative_to(HOUSE).parts[0]
    assert looks_up(app, file.read_text(encoding="utf-8")) == []


def test_a_template_that_looks_up_is_seen() -> None:
    assert looks_up("people", '{% extends "web/base.html" %}{% include "pages/_x.html" %}') == [
        "web"
    ]


def sources(folder: Path = HOUSE) -> Iterator[Path]:
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def imports(file: Path) -> Iterator[str]:
    """Dotted names of our own modules that a file imports."""
    package = file.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("yingbin"))
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            if file.name == "__init__.py" and node.level:
                base = list(package[: len(package) - node.level])
            target = ".".join([*base, node.module or ""]).strip(".")
            if target.startswith("yingbin"):
                yield from (f"{target}.{a.name}" for a in node.names)


def app_of(dotted: str) -> str:
    return ([*dotted.split("."), ""])[1]


@of_every(sources())
def test_imports_run_downwards(file: Path) -> None:
    app = file.relative_to(HOUSE).parts[0].removesuffix(".py")
    for target in imports(file):
        other = app_of(target)
        if other in ("", app, "__init__") or app == "__init__":
            continue
        allowed = floor(other) < floor(app) or (app, other) in NEIGHBOURS
        allowed = allowed or (app, target) in FOR_THE_PURPOSE
        assert allowed, f"{file.relative_to(ROOT)} imports {target} from a higher or equal floor"


@of_every(sources())
def test_layers_inside_an_app(file: Path) -> None:
    parts = file.relative_to(HOUSE).parts
    own = layer_of(parts[1:])
    if parts[0] in ("rules", "journal", "web") or own is None:
        return
    for target in imports(file):
        words = target.split(".")
        if words[1] == parts[0]:
            other = layer_of(tuple(words[2:]))
            assert other is None or LAYERS.index(other) <= LAYERS.index(own), (
                f"{file.relative_to(ROOT)} ({own}) imports {target} ({other})"
            )


def layer_of(parts: tuple[str, ...]) -> str | None:
    for part in parts[:1]:
        name = part.removesuffix(".py")
        return name if name in LAYERS else None
    return None


def test_rules_stand_on_the_standard_library_alone() -> None:
    import sys

    for file in sources(HOUSE / "rules"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                ours = name.startswith("yingbin.rules")
                assert ours or top in sys.stdlib_module_names, f"{file.name} imports {name}"


def test_no_rooms_without_a_purpose() -> None:
    for file in sources():
        assert not {"common", "utils", "services", "helpers"} & set(file.parts)
        text = file.read_text(encoding="utf-8")
        assert "django.db.models.signals" not in text, file
        assert "def save(self" not in text, file


def test_no_inline_script_or_style_in_templates() -> None:
    import re

    for file in HOUSE.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\bsrc=)", text), file


def test_nothing_speaks_of_where_it_was_made() -> None:
    shown = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py")]
    for file in [*shown, *sources()]:
        if file == Path(__file__).resolve():
            continue
        text = file.read_text(encoding="utf-8")
        for word in ("/work/", "/tmp/plan", "helper-"):
            assert word not in text, f"{file.relative_to(ROOT)}: {word}"
