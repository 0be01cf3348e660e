"""The clauses keep their promise: all there, and a live one has all that its kind asks for."""

import importlib
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from django.urls import reverse

from yingbin.manual import clauses, marks, pages, traceability
from yingbin.manual.clauses import Clause
from yingbin.people.roles import ROLES

BOOK = clauses.book()
ALL = list(BOOK.clauses.values())
LIVE = [c for c in ALL if c.is_live]
PLANNED = [c for c in ALL if not c.is_live]

# The numbering of the operator's five texts; an id is never reused for another rule.
IDS = {
    "TQ": "1 1.1 1.2 2.1 2.2 2.3 2.4 3 4 5 6 7 8 9 10 11",
    "SF": "3.1 3.2 3.3 4.1 4.2 4.3.1 4.3.2 4.3.3 4.3.4 4.3.5 4.3.6 4.3.7 4.4 4.5 4.6 4.7",
    "SC": "3.1 3.2 3.3 4.1 4.2 4.3.1 4.3.2 4.3.3 4.3.4 4.3.5 4.3.6 4.3.7 4.3.8 4.3.9"
    " 4.4 4.5 4.6 4.7",
    "CV": "0 2 3.1 3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 4.1 4.2 4.3",
    "SD": "3.1 3.2 3.3 4.1 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5 4.3 4.4 4.5",
}


def named(rows: list[Clause]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("clause", rows, ids=[c.id for c in rows])


@cache
def proofs() -> dict[str, tuple[str, ...]]:
    return marks.proofs()


def resolve(dotted: str) -> Any:
    """The object behind a dotted path; ImportError or AttributeError when there is none."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ImportError(dotted)


def test_all_seventy_six_clauses_stand_in_their_order() -> None:
    expected = [f"{code}-{number}" for code, row in IDS.items() for number in row.split()]
    assert [c.id for c in ALL] == expected
    assert Counter(c.procedure for c in ALL) == {"TQ": 16, "SF": 16, "SC": 18, "CV": 14, "SD": 12}
    assert len(ALL) == 76


@named(LIVE)
def test_a_live_clause_has_all_that_its_kind_asks_for(clause: Clause) -> None:
    has = {
        "rules": clause.rules,
        "screens": clause.screens,
        "roles": clause.roles,
        "sheets": clause.sheets,
        "tests": proofs().get(clause.id, ()),
    }
    assert not [thing for thing in BOOK.kinds[clause.kind].asks if not has[thing]]


@named(LIVE)
def test_rules_of_a_live_clause_exist_and_say_what_they_do(clause: Clause) -> None:
    for dotted in clause.rules:
        rule = resolve(dotted)
        assert callable(rule), dotted
        assert rule.__doc__, dotted


@named(LIVE)
def test_screens_of_a_live_clause_are_addresses(clause: Clause) -> None:
    for name in clause.screens:
        assert reverse(name).startswith("/")


@named(LIVE)
def test_a_live_rule_says_what_its_mention_in_a_decision_means(clause: Clause) -> None:
    assert clause.cited or clause.kind != "rule"


@named(PLANNED)
def test_a_planned_clause_claims_nothing(clause: Clause) -> None:
    assert (clause.rules, clause.screens) == ((), ())


def test_every_role_that_a_clause_names_is_in_the_table_of_roles() -> None:
    assert {r for c in ALL for r in c.roles} <= ROLES.keys()


def test_every_kind_and_every_screen_is_used_and_every_record_names_its_sheet() -> None:
    assert {c.kind for c in ALL} == BOOK.kinds.keys()
    assert {s for c in ALL for s in c.screens} == BOOK.screens.keys()
    assert all(c.sheets for c in ALL if c.kind == "record")


def test_every_mark_cites_a_known_clause() -> None:
    assert {c: t for c, t in proofs().items() if c not in BOOK.clauses} == {}


def test_every_badge_in_a_template_cites_a_known_clause() -> None:
    cited = {
        (path.name, clause)
        for path in (clauses.ROOT / "yingbin").rglob("templates/**/*.html")
        for clause in re.findall(r'{% clause "([^"]*)"', path.read_text(encoding="utf-8"))
    }
    assert {row for row in cited if row[1] not in BOOK.clauses} == set()


def test_clause_ids_in_the_code_are_known() -> None:
    shape = re.compile(r'"((?:TQ|SF|SC|CV|SD)-[\d.]+)"')
    cited = {
        (path.relative_to(clauses.ROOT).as_posix(), clause)
        for path in (clauses.ROOT / "yingbin").rglob("*.py")
        for clause in shape.findall(path.read_text(encoding="utf-8"))
    }
    assert {row for row in cited if row[1] not in BOOK.clauses} == set()


@pytest.mark.parametrize("procedure", BOOK.procedures.values(), ids=lambda p: p.code)
def test_each_procedure_s_page_speaks_of_all_its_clauses_and_of_no_other(procedure: Any) -> None:
    text = (clauses.folder() / procedure.page).read_text(encoding="utf-8")
    cited = set(pages.ids_in(text))
    assert cited <= BOOK.clauses.keys()
    assert {c.id for c in BOOK.of(procedure.code)} <= cited


def test_the_traceability_page_is_current() -> None:
    text = traceability.render(BOOK, proofs())
    assert traceability.is_current(text), f"stale; run: {traceability.COMMAND}"
