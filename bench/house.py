"""The house in figures: `python -m bench.house [FOLDER]` reads a checkout (this one by default) and prints a table.

It only reads source: nothing is imported, so an older checkout is measured by the same rules. What a figure
means stands beside it; the aims are those of the tests in `tests/project/test_house.py`.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST_TEMPLATE_LINE = 160
Function = ast.FunctionDef | ast.AsyncFunctionDef
OLD_STYLE = {"site_id", "key", "by", "at"}


@dataclass(frozen=True)
class Source:
    """One file of code, read once."""

    path: Path

    @cached_property
    def text(self) -> str:
        """What stands in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function, also those inside others."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@dataclass(frozen=True)
class Ceremony:
    """Lines of actions, docstrings left out: how many there are, and how many do no work of the verb's own."""

    actions: int
    lines: int
    wrapping: int

    @property
    def share(self) -> float:
        """The part that wraps, 0 to 1."""
        return self.wrapping / self.lines if self.lines else 0.0


class House:
    """A checkout: `yingbin/` and `tests/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.code = [Source(p) for p in sorted((root / "yingbin").rglob("*.py")) if _counts(p)]
        self.tests = [Source(p) for p in sorted((root / "tests").rglob("*.py"))]
        self.templates = sorted((root / "yingbin").rglob("*.html"))

    def any_uses(self) -> int:
        """How often a type is `Any`."""
        return sum(
            isinstance(node, ast.Name) and node.id == "Any"
            for source in self.code
            for node in ast.walk(source.tree)
        )

    def function_lengths(self) -> list[int]:
        """Lines of each function, shortest first."""
        return sorted(length(f) for source in self.code for f in source.functions())

    def ceremony(self) -> Ceremony:
        """What actions cost besides their work."""
        found = [
            (_lines_of(f), _work_of(f))
            for source in self.code
            for f in source.functions()
            if _is_action(f)
        ]
        lines = sum(all_ for all_, _ in found)
        return Ceremony(len(found), lines, lines - sum(work for _, work in found))

    def long_template_lines(self) -> int:
        """Lines of templates that nobody can read at a glance."""
        return sum(
            len(line) > LONGEST_TEMPLATE_LINE
            for path in self.templates
            for line in path.read_text(encoding="utf-8").splitlines()
        )

    def test_ratio(self) -> float:
        """Lines of tests for each line of code."""
        return sum(s.lines for s in self.tests) / sum(s.lines for s in self.code)

    def ratio_by_app(self) -> dict[str, float]:
        """The same for each app that has tests of its own, thinnest first."""
        found = {}
        for folder in sorted((self.root / "yingbin").iterdir()):
            code = sum(s.lines for s in self.code if folder in s.path.parents)
            tests = sum(
                s.lines for s in self.tests if self.root / "tests" / folder.name in s.path.parents
            )
            if code:
                found[folder.name] = tests / code
        return dict(sorted(found.items(), key=lambda item: item[1]))


def _counts(path: Path) -> bool:
    return "migrations" not in path.parts


def length(function: Function) -> int:
    """From `def` to the last line."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _is_action(function: Function) -> bool:
    return _is_verb(function) or {a.arg for a in function.args.kwonlyargs} >= OLD_STYLE


def _is_verb(function: Function) -> bool:
    return any(
        isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "action"
        for d in function.decorator_list
    )


def _lines_of(function: Function) -> int:
    """All lines but the docstring, decorators too."""
    first = min([function.lineno, *(d.lineno for d in function.decorator_list)])
    return (function.end_lineno or first) - first + 1 - _docstring(function)


def _work_of(function: Function) -> int:
    """Lines inside the function that holds the pen: the verb's own body, or that of its inner `work`."""
    if _is_verb(function):
        return _body(function)
    return sum(_body(inner) for inner in ast.walk(function) if _takes_pen(inner, function))


def _takes_pen(node: ast.AST, outer: Function) -> bool:
    return (
        isinstance(node, Function)
        and node is not outer
        and bool(node.args.args)
        and node.args.args[0].arg == "pen"
    )


def _body(function: ast.AST) -> int:
    assert isinstance(function, Function)
    first = function.body[0].lineno
    return (function.end_lineno or first) - first + 1 - _docstring(function)


def _docstring(function: Function) -> int:
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def show(house: House) -> None:
    """Prints the table."""
    lengths, ceremony = house.function_lengths(), house.ceremony()
    longest = max(house.code, key=lambda s: s.lines)
    rows = [
        (
            "lines of code / of tests",
            f"{sum(s.lines for s in house.code):,} / {sum(s.lines for s in house.tests):,}",
            "",
        ),
        ("actions, their lines", f"{ceremony.actions}, {ceremony.lines:,}", ""),
        ("… of these wrap the work", f"{ceremony.share:.0%}", "≤ 30 %"),
        ("`Any` as a type", str(house.any_uses()), "≤ 200"),
        ("function median / p95 / max", _spread(lengths), "p95 ≤ 24, max ≤ 50"),
        ("longest file", f"{longest.lines} {longest.path.relative_to(house.root)}", "≤ 400"),
        ("template lines over 160 characters", str(house.long_template_lines()), "0"),
        ("test lines : code", f"{house.test_ratio():.2f}", "≥ 0.8"),
    ]
    for what, figure, aim in rows:
        print(f"{what:38} {figure:>40}  {aim}")
    print("thinnest:", ", ".join(f"{k} {v:.2f}" for k, v in list(house.ratio_by_app().items())[:8]))


def _spread(lengths: list[int]) -> str:
    p95 = lengths[int(len(lengths) * 0.95)]
    return f"{lengths[len(lengths) // 2]} / {p95} / {lengths[-1]}"


if __name__ == "__main__":
    show(House(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]))
