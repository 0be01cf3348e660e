"""Which tests prove which clause: the `@pytest.mark.clause("TQ-7")` marks in the tests' source.

The source is parsed, never run, so that a list costs no test run and no database.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .clauses import ROOT

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def proofs(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """Clause id → its tests (`tests/rules/test_turns.py::test_x`); empty where none are shipped."""
    found: dict[str, set[str]] = defaultdict(set)
    # Installed from a wheel, `tests` beside the package would be somebody else's.
    if not (root / "procedures").is_dir():
        return {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        place = path.relative_to(root).as_posix()
        for clause, test in marks_in(path.read_text(encoding="utf-8")):
            found[clause].add(f"{place}::{test}")
    return {clause: tuple(sorted(tests)) for clause, tests in sorted(found.items())}


def marks_in(source: str) -> Iterator[tuple[str, str]]:
    """Pairs of clause id and test (`test_x`, `TestY::test_x`) in one file.

    A mark of a class or of the module (`pytestmark`) holds for every test in it.
    """
    yield from _marks_of(ast.parse(source).body, prefix="", inherited=())


def _marks_of(
    body: list[ast.stmt], *, prefix: str, inherited: Iterable[str]
) -> Iterator[tuple[str, str]]:
    held = [*inherited, *_pytestmark(body)]
    for node in body:
        if isinstance(node, ast.ClassDef) and _is_test(node.name):
            yield from _marks_of_class(node, prefix=prefix, inherited=held)
        elif isinstance(node, _FUNCTIONS) and node.name.startswith("test"):
            for clause in dict.fromkeys([*held, *_cited(node.decorator_list)]):
                yield clause, prefix + node.name


def _marks_of_class(
    node: ast.ClassDef, *, prefix: str, inherited: Iterable[str]
) -> Iterator[tuple[str, str]]:
    held = [*inherited, *_cited(node.decorator_list)]
    inside = list(_marks_of(node.body, prefix=f"{prefix}{node.name}::", inherited=held))
    yield from inside
    # A state machine's test case inherits its one test: the class itself stands for it.
    if not inside:
        for clause in dict.fromkeys([*held, *_pytestmark(node.body)]):
            yield clause, prefix + node.name


def _is_test(name: str) -> bool:
    return name.startswith("Test") or name.endswith("Test")


def _pytestmark(body: list[ast.stmt]) -> list[str]:
    values = [
        node.value
        for node in body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
    ]
    return _cited(values)


def _cited(expressions: Iterable[ast.expr]) -> list[str]:
    """Ids in every `pytest.mark.clause(…)` inside, also within parametrize's `marks=`."""
    ids = []
    for node in (n for e in expressions for n in ast.walk(e)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
            ids += [str(a.value) for a in node.args if isinstance(a, ast.Constant)]
    return ids
