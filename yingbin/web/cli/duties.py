"""`duty`: replaying a day on duty needs no database."""

import argparse

from yingbin.rules.cli import add_duty_commands


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `duty` with its verbs."""
    duty = subparsers.add_parser("duty", help="值班：重放一天")
    add_duty_commands(duty.add_subparsers(required=True, metavar="replay"))
