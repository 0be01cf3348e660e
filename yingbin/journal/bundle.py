"""Makes the one-file verifier: the very sources that decide and verify, readable, in one file."""

from importlib.resources import files
from pathlib import Path

_RULES = "malformed policy accounts decision state because refusals walk reception supervision dayfile turns"
MODULES = [
    "yingbin",
    "yingbin.rules",
    *(f"yingbin.rules.{name}" for name in _RULES.split()),
    "yingbin.journal",
    "yingbin.journal.ed25519",
    "yingbin.journal.merkle",
    "yingbin.journal.reading",
    "yingbin.journal.conduct",
    "yingbin.journal.verify",
    "yingbin.journal.verifier",
]
PACKAGES = {"yingbin", "yingbin.rules", "yingbin.journal"}

HEAD = '''#!/usr/bin/env python3
"""Verifies an exported Yingbin journal. Needs Python 3.11 or newer and nothing else; no network, no database.

    python3 verify.py EXPORT.jsonl [--key PUBLIC_KEY] [--root ROOT.json] [--receipt CODE[@N]] [--day 2026-11-21]

Below stand, unchanged, the sources of the program that decided and of the one that verifies.
"""

import importlib.abc
import importlib.util
import sys

SOURCES = {}
'''
TAIL = '''

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
    from yingbin.journal.verifier import main

    sys.exit(main())
'''


def _source(module: str) -> str:
    package, _, name = module.rpartition(".")
    if module in PACKAGES:
        return '"""A package."""\n'
    return (files(package) / f"{name}.py").read_text(encoding="utf-8")


def one_file() -> str:
    """The text of the verifier."""
    parts = [HEAD]
    for module in MODULES:
        source = _source(module)
        if "'''" in source:
            raise ValueError(f"{module} can't be put between triple quotes")
        parts.append(f"\nSOURCES[{module!r}] = r'''{source}'''\n")
    parts.append(f"\nPACKAGES = {sorted(PACKAGES)!r}\n")
    return "".join([*parts, TAIL])


def write_one_file(target: Path) -> None:
    """Writes the verifier."""
    target.write_text(one_file(), encoding="utf-8")
