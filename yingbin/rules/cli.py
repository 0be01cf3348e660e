"""The commands of the pure rules: `turns replay`, `turns simulate`, `desk replay`. No database, no server.

Exit 0: done. Exit 2: a file is malformed or can't be read; one line on standard error, nothing on
standard output. A refusal by the rules is no failure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from yingbin.rules.desk.replay import replay as replay_desk
from yingbin.rules.malformed import Malformed
from yingbin.rules.turns import dayfile, decide, simulate, simulate_html, simulate_text
from yingbin.rules.turns.policy import TurnsPolicy

Subparsers = Any  # argparse keeps the type private
Replay = Callable[[Any], dict[str, object]]  # from parsed JSON to what is printed as JSON


def a_day(text: str) -> date:
    """A day of the command line, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as no:
        raise argparse.ArgumentTypeError(f"{text!r} 不是日期，请写成 2026-11-23 这样。") from no


def add_turns_commands(subparsers: Subparsers) -> None:
    """Add `replay` and `simulate` to a `turns` command; `run(args)` returns the exit code."""
    replay = subparsers.add_parser("replay", help="按规则重放一天，逐条给出决定和理由")
    replay.add_argument("day", metavar="DAY.json", help="一天的事件；- 为标准输入")
    replay.set_defaults(run=lambda args: run_replay(args.day))
    same = subparsers.add_parser("simulate", help="同一天的来访换一种规则：谁多接，谁少接")
    same.add_argument("day", metavar="DAY.json", help="一天的事件；- 为标准输入")
    same.add_argument(
        "--policy",
        action="append",
        required=True,
        metavar="P.json",
        help="一种规则；可以给几种，都与第一种比；只给一种时与当天自己的规则比",
    )
    same.add_argument("--html", metavar="OUT.html", help="另写一页带图的网页")
    same.add_argument("--json", action="store_true", help="输出 JSON 而不是表格")
    same.set_defaults(run=lambda args: run_simulate(args.day, args.policy, args.html, args.json))


def add_desk_replay(subparsers: Subparsers) -> None:
    """Add `replay` to a `desk` command."""
    add_replay(subparsers, "按规则重放客服前台的一段日子，逐条给出决定、时限和通知", replay_desk)


def add_replay(subparsers: Subparsers, help: str, replay: Replay) -> None:
    """Add a `replay` that folds a file by pure rules; `run(args)` returns the exit code."""
    verb = subparsers.add_parser("replay", help=help)
    verb.add_argument("file", metavar="FILE.json", help="事件文件；- 为标准输入")
    verb.set_defaults(run=lambda args: run_rules(args.file, replay))


def run_rules(path: str, replay: Replay) -> int:
    """Print what the rules make of a file as one JSON object; the exit code."""
    try:
        output = replay(dayfile.parse(_read(path)))
    except Malformed as fault:
        return _malformed(fault)
    _print(_json(output))
    return 0


def run_replay(path: str) -> int:
    """Print every decision of the day as one JSON object; the exit code."""
    try:
        output = decide.replay(dayfile.parse(_read(path)))
    except Malformed as fault:
        return _malformed(fault)
    _print(_json(output))
    return 0


def run_simulate(path: str, policies: list[str], html: str | None, as_json: bool) -> int:
    """Compare policies on the day; a table or JSON, and a page if asked for; the exit code."""
    try:
        day = dayfile.parse(_read(path))
        dayfile.check(day)
        comparison = simulate.compare(day, _policies(day, policies))
    except Malformed as fault:
        return _malformed(fault)
    if html is not None:
        try:
            Path(html).write_bytes(_encode(simulate_html.page(comparison)))
        except OSError as fault:
            return _malformed(Malformed("html", f"写不了 {html!r}：{fault.strerror}"))
    _print(_json(comparison.to_json()) if as_json else simulate_text.table(comparison))
    return 0


def _policies(day: dict[str, object], paths: list[str]) -> list[tuple[str, TurnsPolicy]]:
    """The policies with a label each; a single one is compared with the day's own."""
    labels = [Path(path).stem for path in paths]
    if len(set(labels)) < len(labels):
        labels = [f"{place}·{label}" for place, label in enumerate(labels, start=1)]
    read = [
        (label, _policy(path, f"policy {path!r}"))
        for label, path in zip(labels, paths, strict=True)
    ]
    if len(read) > 1:
        return read
    return [("当天的规则", TurnsPolicy.from_json(day.get("policy", {}))), *read]


def _policy(path: str, place: str) -> TurnsPolicy:
    """One policy from a file. Raises Malformed."""
    return TurnsPolicy.from_json(dayfile.parse(_read(path, place), place), place)


def _read(path: str, place: str = "file") -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises Malformed."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "文件名不对"
        raise Malformed(place, f"读不了 {path!r}：{why}") from fault


def _json(output: dict[str, object]) -> str:
    """One object on one line; a sum may have more digits than Python writes unasked."""
    digits = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return json.dumps(output, ensure_ascii=False, allow_nan=False) + "\n"
    finally:
        sys.set_int_max_str_digits(digits)


def _encode(text: str) -> bytes:
    """UTF-8, whatever the locale; half a surrogate pair is written as JSON's escape."""
    return text.encode("utf-8", "backslashreplace")


def _print(text: str) -> None:
    sys.stdout.buffer.write(_encode(text))
    sys.stdout.buffer.flush()


def _malformed(fault: Malformed) -> int:
    """One line that names the place and the fault."""
    sys.stderr.buffer.write(_encode(f"{fault}\n"))
    sys.stderr.buffer.flush()
    return 2


def main(argv: list[str] | None = None) -> int:
    """`python -m yingbin.rules.cli turns replay DAY.json`, without the rest of the program."""
    parser = argparse.ArgumentParser(prog="yingbin")
    commands = parser.add_subparsers(required=True, metavar="turns|desk")
    of_turns = commands.add_parser("turns", help="接待轮次")
    add_turns_commands(of_turns.add_subparsers(required=True, metavar="replay|simulate"))
    of_desk = commands.add_parser("desk", help="客服前台")
    add_desk_replay(of_desk.add_subparsers(required=True, metavar="replay"))
    args = parser.parse_args(argv)
    code: int = args.run(args)
    return code


if __name__ == "__main__":
    sys.exit(main())
