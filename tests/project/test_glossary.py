"""One Chinese term, one English identifier; what the glossary calls code is in the code."""

import ast
import re
from collections import Counter
from typing import NamedTuple

import pytest

from yingbin.manual.clauses import ROOT


class Term(NamedTuple):
    """A row of the glossary."""

    chinese: str
    code: str
    planned: str
    meaning: str


def rows() -> list[Term]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith("| 中文")
    ]
    return [Term(*row) for row in cells]


TERMS = rows()


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every name in the product's own Python sources: what is defined, used or kept as a word."""
    found: set[str] = set()
    for path in (ROOT / "yingbin").rglob("*.py"):
        found |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found |= set(map(str, (getattr(node, f, None) for f in ("name", "id", "attr", "arg"))))
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_each_term_and_each_identifier_stands_once() -> None:
    chinese = Counter(t.chinese for t in TERMS)
    identifiers = Counter(t.code or t.planned for t in TERMS)
    assert [name for name, times in (chinese + identifiers).items() if times > 1] == []


@pytest.mark.parametrize("term", TERMS, ids=[t.code or t.planned for t in TERMS])
def test_a_row_has_a_term_one_identifier_and_a_meaning(term: Term) -> None:
    assert re.search(r"[\u4e00-\u9fff]", term.chinese)
    assert bool(term.code) != bool(term.planned)
    assert (term.code or term.planned).isidentifier()
    assert term.meaning


def test_every_identifier_called_code_occurs_in_the_code(names: set[str]) -> None:
    assert [t.code for t in TERMS if t.code and t.code not in names] == []
