"""`gate`: replaying a day at the gates and checking a pass need no database; export and check do."""

import argparse
from collections.abc import Callable

from yingbin.rules.cli import add_replay
from yingbin.rules.gate.replay import replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `gate` with its verbs."""
    gate = subparsers.add_parser("gate", help="门岗：重放、导出、核对，验一张参观证")
    verbs = gate.add_subparsers(required=True, metavar="replay|verify|export|check")
    add_replay(verbs, "按规则重放一天的门岗，逐条给出放行或不放行和理由", replay)
    verify = verbs.add_parser("verify", help="只用公钥核对一张参观证的码")
    verify.add_argument(
        "--key", required=True, metavar="PUB", help="公钥：64 位十六进制，或写着它的文件"
    )
    verify.add_argument("token", metavar="TOKEN", help="码里的文字；- 为标准输入")
    verify.set_defaults(run=_verify)
    export = verbs.add_parser("export", help="导出一段日子，可用 gate replay 重放")
    export.add_argument("--site", required=True, help="项目代号")
    export.add_argument("--from", required=True, dest="since", help="从哪天 2026-11-23")
    export.add_argument("--to", required=True, dest="until", help="到哪天")
    export.set_defaults(run=lambda args: _with("export", args))
    check = verbs.add_parser("check", help="核对：存的情况、每一条记录与重放一致")
    check.add_argument("--site", required=True, help="项目代号")
    check.set_defaults(run=lambda args: _with("check", args))


def _verify(args: argparse.Namespace) -> int:
    from yingbin.tours.verifying import verify

    return verify(args)


def _with(verb: str, args: argparse.Namespace) -> int:
    from . import with_database

    def work() -> int:
        from yingbin.tours import gate_cli

        run: Callable[[argparse.Namespace], int] = getattr(gate_cli, verb)
        return run(args)

    return with_database(work)
