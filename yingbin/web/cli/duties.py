"""`duty`: replaying a day on duty needs no database; export and check do."""

import argparse
from collections.abc import Callable

from yingbin.rules.cli import a_day, add_replay
from yingbin.rules.duty.replay import replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `duty` with its verbs."""
    duty = subparsers.add_parser("duty", help="值班：重放、导出、核对")
    verbs = duty.add_subparsers(required=True, metavar="replay|export|check")
    add_replay(verbs, "按规则重放一天的值班，逐条给出决定和提醒", replay)
    export = verbs.add_parser("export", help="导出一天，可用 duty replay 重放")
    export.add_argument("--site", required=True, help="项目代号")
    export.add_argument("--date", required=True, type=a_day, help="日期 2026-11-23")
    export.set_defaults(run=lambda args: _with("export", args))
    check = verbs.add_parser("check", help="核对：存的情况、事件与重放一致")
    check.add_argument("--site", required=True, help="项目代号")
    check.add_argument("--date", type=a_day, help="只核对这一天")
    check.set_defaults(run=lambda args: _with("check", args))


def _with(verb: str, args: argparse.Namespace) -> int:
    from . import with_database

    def work() -> int:
        from yingbin.duty import cli

        run: Callable[[argparse.Namespace], int] = getattr(cli, verb)
        return run(args)

    return with_database(work)
