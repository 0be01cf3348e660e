"""Makes the one-file verifier: the very sources that decide and verify, readable, in one file."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

_TURNS = "policy accounts state because refusals walk reception supervision dayfile decide"
MODULES = [
    "yingbin.rules.malformed",
    "yingbin.rules.decision",
    *(f"yingbin.rules.turns.{name}" for name in _TURNS.split()),
    "yingbin.journal.ed25519",
    "yingbin.journal.merkle",
    "yingbin.journal.reading",
    "yingbin.journal.conduct",
    "yingbin.journal.notes",
    "yingbin.journal.lines",
    "yingbin.journal.verify",
    "yingbin.journal.verifier",
]

HEAD = '''#!/usr/bin/env python3
"""Verifies an exported Yingbin journal. Needs Python 3.11 or newer and nothing else; no network, no database.

    python3 verify.py EXPORT.jsonl [--key PUBLIC_KEY] [--root ROOT.json] [--receipt CODE[@N]] [--line LINE]

Below stand, unchanged, the sources of the program that decided and of the one that verifies.
"""

import importlib.abc
import importlib.util
import sys

SOURCES = {}
'''
TAIL = '''
PACKAGES = {packages!r}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the modules above to whoever imports them."""

    def find_spec(self, name, path=None, target=None):
        if name not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=name in PACKAGES)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(SOURCES[module.__name__], f"<{module.__name__}>", "exec"), module.__dict__)


sys.meta_path.insert(0, Finder())

if __name__ == "__main__":
    from {main} import main

    sys.exit(main())
'''


def _packages(modules: Sequence[str]) -> list[str]:
    """Every package on the way to one of the modules."""
    return sorted({m[:n] for m in modules for n, letter in enumerate(m) if letter == "."})


def _source(module: str, packages: Sequence[str]) -> str:
    package, _, name = module.rpartition(".")
    if module in packages:
        return '"""A package."""\n'
    return (files(package) / f"{name}.py").read_text(encoding="utf-8")


def in_one_file(head: str, modules: Sequence[str], main: str) -> str:
    """One program of these modules, unchanged; `main`: the module whose `main()` it runs."""
    packages = _packages(modules)
    parts = [head]
    for module in [*packages, *(m for m in modules if m not in packages)]:
        source = _source(module, packages)
        if "'''" in source:
            raise ValueError(f"{module} can't be put between triple quotes")
        parts.append(f"\nSOURCES[{module!r}] = r'''{source}'''\n")
    tail = TAIL.replace("{packages!r}", repr(packages)).replace("{main}", main)
    return "".join([*parts, tail])


def one_file() -> str:
    """The text of the verifier."""
    return in_one_file(HEAD, MODULES, "yingbin.journal.verifier")


def write_one_file(target: Path) -> None:
    """Writes the verifier."""
    target.write_text(one_file(), encoding="utf-8")
