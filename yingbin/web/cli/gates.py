"""`gate`: replaying a day at the gates and checking a pass need no database; export and check do."""

import argparse

from yingbin.rules.cli import add_replay
from yingbin.rules.gate.replay import replay

from .spans import Wing, add_spans

GATE = Wing(
    exported="yingbin.tours.gate_export.exported",
    checker="yingbin.tours.gate_checking.GatesReplayed",
    rows="yingbin.tours.models.GateEvent",
    again="gate replay",
    nothing="门岗记录",
    counted="条门岗记录",
    checked="每一条记录",
)


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
    add_spans(verbs, GATE)


def _verify(args: argparse.Namespace) -> int:
    from yingbin.tours.verifying import verify

    return verify(args)
