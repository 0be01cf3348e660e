"""`gate`: replaying a day at the gates needs no database."""

import argparse

from yingbin.rules.cli import add_replay
from yingbin.rules.gate.replay import replay


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `gate` with its verbs."""
    gate = subparsers.add_parser("gate", help="门岗：重放一天的扫码")
    verbs = gate.add_subparsers(required=True, metavar="replay")
    add_replay(verbs, "按规则重放一天的门岗，逐条给出放行或不放行和理由", replay)
