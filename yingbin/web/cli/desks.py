"""`desk`: replaying a stretch of days at the desk needs no database; export and check do."""

import argparse
from collections.abc import Callable

from yingbin.rules.cli import add_desk_replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `desk` with its verbs."""
    desk = subparsers.add_parser("desk", help="客服前台：重放、导出、核对")
    verbs = desk.add_subparsers(required=True, metavar="replay|export|check")
    add_desk_replay(verbs)
    export = verbs.add_parser("export", help="导出一段日子，可用 desk replay 重放")
    export.add_argument("--site", required=True, help="项目代号")
    export.add_argument("--from", required=True, dest="since", help="从哪天 2026-11-23")
    export.add_argument("--to", required=True, dest="until", help="到哪天")
    export.set_defaults(run=lambda args: _with("export", args))
    check = verbs.add_parser("check", help="核对：存的情况、每一件事与重放一致")
    check.add_argument("--site", required=True, help="项目代号")
    check.set_defaults(run=lambda args: _with("check", args))


def _with(verb: str, args: argparse.Namespace) -> int:
    from . import with_database

    def work() -> int:
        from yingbin.desk import cli

        run: Callable[[argparse.Namespace], int] = getattr(cli, verb)
        return run(args)

    return with_database(work)
