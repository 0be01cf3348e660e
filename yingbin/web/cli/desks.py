"""`desk`: replaying a stretch of days at the desk needs no database."""

import argparse

from yingbin.rules.cli import add_desk_replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `desk` with its verbs."""
    desk = subparsers.add_parser("desk", help="客服前台：重放一段日子")
    add_desk_replay(desk.add_subparsers(required=True, metavar="replay"))
