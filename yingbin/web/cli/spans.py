"""What `desk`, `tours` and `gate` have alike: a stretch of days exported, and all that stands decided again."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yingbin.rules.cli import Subparsers, a_day


@dataclass(frozen=True)
class Wing:
    """Where the commands of a wing find things, by dotted paths: its pure rules are asked without a database.

    exported: site, first and last day → the file, or None; checker: of a site; rows: what it counts.
    """

    exported: str
    checker: str
    rows: str
    again: str  # the command that reads what was exported
    nothing: str
    counted: str
    checked: str


def add_spans(verbs: Subparsers, wing: Wing) -> None:
    """Adds `export` and `check`."""
    exporting = verbs.add_parser("export", help=f"导出一段日子，可用 {wing.again} 重放")
    exporting.add_argument("--site", required=True, help="项目代号")
    exporting.add_argument("--from", required=True, dest="since", type=a_day, help="从哪天 2026-11-23")  # fmt: skip
    exporting.add_argument("--to", required=True, dest="until", type=a_day, help="到哪天")
    exporting.set_defaults(run=lambda args: _with(wing, export, args))
    checking = verbs.add_parser("check", help=f"核对：存的情况、{wing.checked}与重放一致")
    checking.add_argument("--site", required=True, help="项目代号")
    checking.set_defaults(run=lambda args: _with(wing, check, args))


def _with(
    wing: Wing, verb: Callable[[Wing, argparse.Namespace], int], args: argparse.Namespace
) -> int:
    from . import with_database

    return with_database(lambda: verb(wing, args))


def _named(path: str) -> Any:
    """What a dotted path names; it is of another shape for each."""
    from django.utils.module_loading import import_string

    return import_string(path)


def export(wing: Wing, args: argparse.Namespace) -> int:
    """Writes days to standard output, remarks to standard error; 2 where there is no such site or nothing happened."""
    from yingbin.people.queries import site_id_of

    site_id = site_id_of(args.site)
    found = _named(wing.exported)(site_id, args.since, args.until) if site_id else None
    if found is None:
        print(f"没有找到 {args.site} 在这些日子里的{wing.nothing}", file=sys.stderr)
        return 2
    for remark in found.remarks:
        print(remark, file=sys.stderr)
    json.dump(found.file, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def check(wing: Wing, args: argparse.Namespace) -> int:
    """Decides everything again by the rules of then; prints each disagreement; 1 if any."""
    from yingbin.people.queries import site_id_of

    site_id = site_id_of(args.site)
    if site_id is None:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    bad = list(_named(wing.checker)(site_id).faults())
    for fault in bad:
        print(fault)
    many = _named(wing.rows).objects.filter(site_id=site_id).count()
    print(f"核对 {many} {wing.counted}，不一致 {len(bad)} 处")
    return 1 if bad else 0
