"""`turns`: replay and simulate are pure; export needs the database."""

import argparse

from yingbin.rules.cli import a_day, add_turns_commands


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `turns` with its verbs."""
    turns = subparsers.add_parser("turns", help="轮排：重放、比较、导出")
    verbs = turns.add_subparsers(required=True, metavar="replay|simulate|export")
    add_turns_commands(verbs)
    export = verbs.add_parser("export", help="导出一天，可用 turns replay 重放")
    export.add_argument("--site", required=True, help="项目代号")
    export.add_argument("--date", required=True, type=a_day, help="日期 2026-11-23")
    export.set_defaults(run=run_export)


def run_export(args: argparse.Namespace) -> int:
    """Exports a day of the running system in the form that `replay` reads."""
    from . import with_database

    def work() -> int:
        from yingbin.gallery.cli import export_day

        return export_day(args.site, args.date)

    return with_database(work)
