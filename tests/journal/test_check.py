"""One command holds everything the journal witnesses against it, both ways; no kind of entry is forgotten."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.desk.register_papers import CALLS
from yingbin.desk.register_papers import REGISTER as DESK_REGISTER
from yingbin.duty.actions.incidents import REPORTS
from yingbin.duty.visit_book import VISIT_BOOK
from yingbin.gallery.actions.casefiles import CASE_FILES
from yingbin.gallery.queries.proof import REGISTER
from yingbin.pages.wing import paths
from yingbin.tours.actions.breaches import RECORDS as BREACHES

HOUSE = Path(__file__).resolve().parents[2] / "yingbin"
# An import is spoken of in the name of the app whose rows it brings in: these sheets, these steps.
IMPORTS = HOUSE / "importing/actions"
# A sheet's rows and copies are spoken of as its book says.
SHEETS, BOOKS = (
    HOUSE / "sheets/actions.py",
    [REGISTER, CASE_FILES, VISIT_BOOK, REPORTS, DESK_REGISTER, CALLS, BREACHES],
)
JOURNALS = [import_string(path).journal for path in paths("importers")]
SAID = re.findall(
    r'_say\(pen, importer, "(\w+)"', (IMPORTS / "asking.py").read_text(encoding="utf-8")
)


def of_imports(kind: ast.JoinedStr) -> Iterator[str]:
    """The kinds that `f"{journal}.import_…"` stands for."""
    last = kind.values[-1]
    ends = [str(last.value)] if isinstance(last, ast.Constant) else [f".import_{w}" for w in SAID]
    yield from (one + end for one in JOURNALS for end in ends)


def appended() -> Iterator[tuple[str, str]]:
    """Every kind of entry that the source appends, with its file."""
    for file in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr == "append" and len(node.args) == 2 and file.name != "write.py":
                kind = node.args[0]
                if isinstance(kind, ast.JoinedStr) and file.parent == IMPORTS:
                    yield from ((k, file.name) for k in of_imports(kind))
                    continue
                if isinstance(kind, ast.Attribute) and file == SHEETS:
                    said = (getattr(book, kind.attr, None) for book in BOOKS)
                    yield from ((one, file.name) for one in said if one)
                    continue
                assert isinstance(kind, ast.Constant), f"{file}:{node.lineno}: spell the kind out"
                yield kind.value, file.name


def declared() -> tuple[set[str], dict[str, str]]:
    """The kinds that a check speaks of, and those that say why none can."""
    made = [import_string(path)(uuid4()) for path in settings.YINGBIN_WITNESSES]
    held = {k for w in made for h in w.held for k in h.kinds}
    held |= {k for w in made for also in w.also for k in also.kinds}
    return held, {k: why for w in made for k, why in w.unheld.items()}


@pytest.mark.django_db
def test_every_kind_of_entry_is_held_or_says_why_it_can_not_be() -> None:
    held, unheld = declared()
    forgotten = {kind: file for kind, file in appended() if kind not in held and kind not in unheld}
    assert forgotten == {}
    assert all(len(why) > 10 for why in unheld.values())


@pytest.mark.django_db
def test_nothing_is_declared_that_is_never_appended() -> None:
    held, unheld = declared()
    # `token.used` is appended by the write path itself; leave was asked by entries of its own before.
    of_before = {"leave.asked", "leave.declined", "leave.withdrawn"}
    never = {*held, *unheld} - {kind for kind, _ in appended()}
    assert never <= {"token.used", *of_before}
