"""`tours`: judging a file of corporate visits needs no database; export and check do."""

import argparse

from yingbin.rules.cli import run_rules
from yingbin.rules.tours.decide import decide

from .spans import Wing, add_spans

TOURS = Wing(
    exported="yingbin.tours.export.exported",
    checker="yingbin.tours.checking.Replayed",
    rows="yingbin.tours.models.TourVisit",
    again="tours decide",
    nothing="来访",
    counted="次来访",
    checked="每一件事",
)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `tours` with its verbs."""
    tours = subparsers.add_parser("tours", help="公司参访：判定、导出、核对")
    verbs = tours.add_subparsers(required=True, metavar="decide|export|check")
    verb = verbs.add_parser("decide", help="按规则判定参访：类别、审批、接待方案、参观证")
    verb.add_argument("file", metavar="FILE.json", help="事件文件；- 为标准输入")
    verb.set_defaults(run=lambda args: run_rules(args.file, decide))
    add_spans(verbs, TOURS)
