"""`tours`: judging a file of corporate visits needs no database; export and check do."""

import argparse
from collections.abc import Callable

from yingbin.rules.cli import run_rules
from yingbin.rules.tours.decide import decide


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `tours` with its verbs."""
    tours = subparsers.add_parser("tours", help="公司参访：判定、导出、核对")
    verbs = tours.add_subparsers(required=True, metavar="decide|export|check")
    verb = verbs.add_parser("decide", help="按规则判定参访：类别、审批、接待方案、参观证")
    verb.add_argument("file", metavar="FILE.json", help="事件文件；- 为标准输入")
    verb.set_defaults(run=lambda args: run_rules(args.file, decide))
    export = verbs.add_parser("export", help="导出一段日子，可用 tours decide 重放")
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
        from yingbin.tours import cli

        run: Callable[[argparse.Namespace], int] = getattr(cli, verb)
        return run(args)

    return with_database(work)
