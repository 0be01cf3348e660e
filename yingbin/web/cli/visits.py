"""`tours`: judging a file of corporate visits needs no database."""

import argparse

from yingbin.rules.cli import run_rules
from yingbin.rules.tours.decide import decide


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `tours` with its verbs."""
    tours = subparsers.add_parser("tours", help="公司参访：按规则判定")
    verbs = tours.add_subparsers(required=True, metavar="decide")
    verb = verbs.add_parser("decide", help="按规则判定参访：类别、审批、接待方案、参观证")
    verb.add_argument("file", metavar="FILE.json", help="事件文件；- 为标准输入")
    verb.set_defaults(run=lambda args: run_rules(args.file, decide))
