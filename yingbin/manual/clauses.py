"""The clauses of the five procedures, read once from `procedures/clauses.toml`.

Standard library only: the command line, the tests and the journal ask here without Django
or a database.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]
ROOT = _PACKAGE.parent

LIVE, PLANNED = "live", "planned"


class ClausesError(ValueError):
    """`clauses.toml` contradicts itself; the message names the clause and the fault."""


@dataclass(frozen=True)
class Procedure:
    """One of the five procedures; `page` names the file that explains it at length."""

    code: str
    title: str
    part: str
    page: str
    summary: str


@dataclass(frozen=True)
class Kind:
    """A sort of clause; `asks` names what a live one must have (rules, tests, screens, …)."""

    id: str
    title: str
    asks: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Clause:
    """One clause: `text` is our wording, `source` its place in the operator's own text."""

    id: str
    procedure: str
    title: str
    text: str
    source: str
    kind: str
    state: str
    revision: int
    since: date
    rules: tuple[str, ...]
    screens: tuple[str, ...]
    roles: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    prompt: str = ""
    cited: str = ""
    note: str = ""

    @property
    def is_live(self) -> bool:
        """Whether the product keeps this clause today."""
        return self.state == LIVE

    def matches(self, words: list[str]) -> bool:
        """Whether each of these folded words occurs in id, title, text, prompt or sheets."""
        heap = fold(" ".join([self.id, self.title, self.text, self.prompt, *self.sheets]))
        return all(word in heap for word in words)


@dataclass(frozen=True)
class Book:
    """All five procedures with their clauses, in the order of the file."""

    procedures: Mapping[str, Procedure]
    kinds: Mapping[str, Kind]
    screens: Mapping[str, str]
    clauses: Mapping[str, Clause]

    def of(self, procedure: str) -> list[Clause]:
        """The clauses of one procedure, in order."""
        return [c for c in self.clauses.values() if c.procedure == procedure]

    def search(self, text: str) -> list[Clause]:
        """Clauses that contain every word of `text`; all of them for an empty one."""
        words = fold(text).split()
        return [c for c in self.clauses.values() if c.matches(words)]

    def neighbours(self, clause: Clause) -> tuple[Clause | None, Clause | None]:
        """The clause before and the one after within the same procedure."""
        row = self.of(clause.procedure)
        at = row.index(clause)
        return (row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)


def fold(text: str) -> str:
    """Text as it is compared in a search: one width, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def book() -> Book:
    """The book shipped with this product, read once a process."""
    return parse((folder() / "clauses.toml").read_text(encoding="utf-8"))


def get(clause_id: str) -> Clause:
    """The clause with this id; KeyError for an unknown one."""
    return book().clauses[clause_id]


def revision_of(clause_id: str | None) -> int:
    """The clause's present revision, kept with every decision; 0 for none; KeyError if unknown."""
    return get(clause_id).revision if clause_id else 0


@cache
def folder() -> Path:
    """Where the procedures lie: inside an installed package, else beside it in a source tree."""
    inside = Path(__file__).parent / "procedures"
    return inside if inside.is_dir() else ROOT / "procedures"


def parse(text: str) -> Book:
    """Reads a clauses file; ClausesError when an id repeats or a reference leads nowhere."""
    data = tomllib.loads(text)
    procedures = {p["code"]: Procedure(**p) for p in data["procedure"]}
    kinds = {
        id: Kind(id, k["title"], tuple(k["asks"]), k["meaning"]) for id, k in data["kinds"].items()
    }
    clauses: dict[str, Clause] = {}
    for row in data["clause"]:
        clause = _clause(row)
        if clause.id in clauses:
            raise ClausesError(f"{clause.id} stands twice")
        clauses[clause.id] = clause
    made = Book(procedures, kinds, data["screens"], clauses)
    for clause in clauses.values():
        _check(made, clause)
    return made


def _clause(row: dict[str, Any]) -> Clause:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    try:
        return Clause(**fields)
    except TypeError as error:
        raise ClausesError(f"{row.get('id', 'a clause without id')}: {error}") from error


def _check(made: Book, clause: Clause) -> None:
    faults = {
        "procedure": clause.procedure not in made.procedures,
        "prefix of the id": not clause.id.startswith(f"{clause.procedure}-"),
        "kind": clause.kind not in made.kinds,
        "state": clause.state not in (LIVE, PLANNED),
        "revision": clause.revision < 1,
        "screens": not set(clause.screens) <= made.screens.keys(),
        "text": not (clause.title and clause.text and clause.source),
    }
    wrong = [name for name, fault in faults.items() if fault]
    if wrong:
        raise ClausesError(f"{clause.id}: wrong {', '.join(wrong)}")
