"""`yingbin clauses`: the list of clauses and the traceability page, without Django or database."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Mapping
from typing import TypedDict

from . import clauses, marks, traceability


def register(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the `clauses` command to the program's command line."""
    parser = subparsers.add_parser("clauses", help="列出五部规程的全部条款")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run_list)
    below = parser.add_subparsers(metavar="")
    page = below.add_parser("traceability", help="生成或核对 docs/traceability.md")
    what = page.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="写出这一页")
    what.add_argument("--check", action="store_true", help="过时则退出码为 1")
    page.set_defaults(run=run_traceability)


def run_list(args: Namespace) -> int:
    """Prints every clause, as a table or as JSON."""
    tests = marks.proofs()
    if args.json:
        print(json.dumps(listing(tests), ensure_ascii=False, indent=2))
        return 0
    for row in listing(tests):
        proof = f"{len(row['rules'])} rules {len(row['tests'])} tests {len(row['screens'])} screens"
        print(f"{row['id']:<10} {row['state']:<8} {row['kind']:<9} {proof:<30} {row['title']}")
    return 0


class ClauseRow(TypedDict):
    """One clause as `clauses --json` prints it."""

    id: str
    title: str
    procedure: str
    kind: str
    state: str
    rules: list[str]
    tests: list[str]
    screens: list[str]


def listing(tests: Mapping[str, tuple[str, ...]]) -> list[ClauseRow]:
    """One plain object a clause, in the order of the procedures."""
    return [
        {
            "id": c.id,
            "title": c.title,
            "procedure": c.procedure,
            "kind": c.kind,
            "state": c.state,
            "rules": list(c.rules),
            "tests": list(tests.get(c.id, ())),
            "screens": list(c.screens),
        }
        for c in clauses.book().clauses.values()
    ]


def run_traceability(args: Namespace) -> int:
    """Writes docs/traceability.md, or says (exit 1) that it is stale."""
    text = traceability.render(clauses.book(), marks.proofs())
    if args.write:
        traceability.PAGE.parent.mkdir(exist_ok=True)
        traceability.PAGE.write_text(text, encoding="utf-8")
        return 0
    if traceability.is_current(text):
        return 0
    print(f"docs/traceability.md is stale; run: {traceability.COMMAND}", file=sys.stderr)
    return 1


def main(argv: list[str] | None = None) -> int:
    """The command by itself, as `python -m yingbin.manual.cli clauses …`; returns the exit code."""
    parser = ArgumentParser(prog="yingbin")
    register(parser.add_subparsers(required=True, metavar="clauses"))
    args = parser.parse_args(argv)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
