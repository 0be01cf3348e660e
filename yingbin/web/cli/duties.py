"""`duty`: replaying a day on duty needs no database."""

import argparse

from yingbin.rules.cli import add_replay
from yingbin.rules.duty.replay import replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `duty` with its verbs."""
    duty = subparsers.add_parser("duty", help="值班：重放一天")
    verbs = duty.add_subparsers(required=True, metavar="replay")
    add_replay(verbs, "按规则重放一天的值班，逐条给出决定和提醒", replay)
