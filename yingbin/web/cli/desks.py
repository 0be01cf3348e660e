"""`desk`: replaying a stretch of days at the desk needs no database; export and check do."""

import argparse

from yingbin.rules.cli import add_desk_replay

from .spans import Wing, add_spans

DESK = Wing(
    exported="yingbin.desk.export.exported",
    checker="yingbin.desk.checking.Replayed",
    rows="yingbin.desk.models.DeskMatter",
    again="desk replay",
    nothing="来电来访",
    counted="件",
    checked="每一件事",
)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `desk` with its verbs."""
    desk = subparsers.add_parser("desk", help="客服前台：重放、导出、核对")
    verbs = desk.add_subparsers(required=True, metavar="replay|export|check")
    add_desk_replay(verbs)
    add_spans(verbs, DESK)
