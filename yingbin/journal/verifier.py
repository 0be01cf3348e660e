"""The command of the one-file verifier; also what `journal verify` prints."""

import argparse
import json
import sys
from pathlib import Path
from typing import cast

from yingbin.journal.notes import is_short
from yingbin.journal.reading import RootForm
from yingbin.journal.verify import Fault, Journal, verify


def main(argv: list[str] | None = None) -> int:
    """`verify.py EXPORT [--key HEX] [--root FILE] [--receipt CODE[@N]] [--line FILE]`: 0 whole, 1 faults, 2 no file."""
    args = _parser().parse_args(argv)
    try:
        roots = [_root(Path(file)) for file in args.root]
        with open(args.export, encoding="utf-8", errors="replace") as lines:
            journal, faults = verify(lines, public_key=args.key, roots=roots, **outside(args))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"打不开或读不懂：{error}", file=sys.stderr)
        return 2
    report(journal, faults, as_json=args.json, key_given=bool(args.key))
    if args.day:
        tell_day(journal, args.day, _names(args.names))
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="核验迎宾的记录链 Verify an exported Yingbin journal"
    )
    parser.add_argument("export", help="导出的文件")
    parser.add_argument("--key", help="您手里的公钥（64 位十六进制）")
    parser.add_argument("--root", action="append", default=[], help="另外保存的封存签名文件")
    parser.add_argument("--receipt", action="append", default=[], help="回执码，可写成 码@编号")
    parser.add_argument("--names", help="姓名对照文件")
    takes_lines(parser)
    parser.add_argument("--day", help="逐条说明这一天的判定，例如 2026-11-21")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return parser


def takes_lines(parser: argparse.ArgumentParser) -> None:
    """The arguments for signed lines from outside and for those who witnessed them."""
    words = "外面保存的签名行：文件，或直接粘贴；也可以是短的一行。可写多次"
    parser.add_argument("--line", action="append", default=[], help=words)
    parser.add_argument(
        "--witness", action="append", default=[], help="见证人的公钥（名称+编号+内容）"
    )


def outside(args: argparse.Namespace) -> dict[str, list[str]]:
    """What the checker brought: receipts, signed lines (files are read), keys of witnesses."""
    return {
        "receipts": args.receipt,
        "checkpoints": [_pasted(text) for text in args.line],
        "witnesses": args.witness,
    }


def _pasted(text: str) -> str:
    if "\n" in text or is_short(text):
        return text
    return Path(text).read_text(encoding="utf-8")


def _root(file: Path) -> RootForm:
    loaded = json.loads(file.read_text(encoding="utf-8"))
    root = loaded.get("root", loaded)
    return cast(RootForm, root if isinstance(root, dict) else loaded)  # `check_roots` looks at it


def _names(file: str | None) -> dict[str, str]:
    return dict(json.loads(Path(file).read_text(encoding="utf-8"))) if file else {}


def report(
    journal: Journal, faults: list[Fault], *, as_json: bool = False, key_given: bool = False
) -> None:
    """Says what was checked and every fault."""
    if as_json:
        listed = [{"kind": f.kind, "line": f.line, "seq": f.seq, "words": f.words} for f in faults]
        print(json.dumps({"entries": len(journal.entries), "faults": listed}, ensure_ascii=False))
        return
    for fault in faults:
        print(fault)
    for words in journal.proven:
        print(words)
    print(f"核验 {len(journal.entries)} 条记录、{len(journal.roots)} 个封存签名。")
    if not key_given:
        print("提示：没有用 --key 指定公钥，签名只按文件自带的公钥核对。")
    print("完好 OK" if not faults else f"发现 {len(faults)} 处问题 FAULTS FOUND")


def tell_day(journal: Journal, day: str, names: dict[str, str]) -> None:
    """Tells a day's decisions in sentences, as the rules explain them."""
    from yingbin.rules.turns.decide import apply
    from yingbin.rules.turns.policy import TurnsPolicy
    from yingbin.rules.turns.state import State

    undone = {e["body"].get("undoes") for _, e in journal.entries if e["kind"] == "turns.undone"}
    state = None
    for _, entry in journal.entries:
        body = entry["body"]
        if body.get("day") != day or entry["seq"] in undone:
            continue
        if entry["kind"] == "day.opened":
            policy = TurnsPolicy.from_json(body["policy"])
            state = State.opening(body["queue"], body["make_up"], body["owes"], policy)
        elif entry["kind"] == "turns.event" and state is not None:
            called = lambda who: names.get(who, who[-6:])  # noqa: E731
            for d in apply(state, body["event"], index=body["index"], names=called):
                print(f"{entry['at'][11:19]}Z  {entry['receipt']}  {d.clause or '':<7} {d.because}")


if __name__ == "__main__":
    sys.exit(main())
