"""Checks a packet: the journal inside, the manifest, every fact, the names, and the page.

    python3 check_case.py [FOLDER] [--key PUBLIC_KEY] [--root ROOT.json] [--receipt CODE@N] [--line FILE]

Exit code 0: everything fits; 1: something doesn't; 2: no packet. What can't be proven is listed and marked
in the page. Standard library and the rules only.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yingbin.journal.reading import parse
from yingbin.journal.verifier import outside, takes_lines
from yingbin.journal.verify import Fault, Journal, verify

from .packet import Checked, Wrong, check_case, check_manifest, read_case

NEEDED = ("case.html", "case.json", "journal.jsonl", "manifest.json", "names.json")


def check_packet(
    files: Mapping[str, bytes], key: str | None = None, **more: Any
) -> tuple[list[Fault], list[Wrong], Checked | None]:
    """Faults of the journal, what doesn't fit in the packet, and what was made of its facts.

    more: `roots`, `receipts` and `checkpoints` that the checker got from elsewhere.
    """
    lines = files.get("journal.jsonl", b"").decode("utf-8", "replace").splitlines()
    journal, faults = verify(lines, public_key=key, **more)
    wrong = list(check_manifest(files, key or journal.head.get("public_key", "")))
    case, unread = read_case(files)
    wrong += unread
    if case is None:
        return faults, wrong, None
    checked = _checked(case, journal)
    if isinstance(checked, Wrong):
        return faults, [*wrong, checked], None
    wrong += checked.wrong
    if files.get("case.html", b"") != checked.page.encode():
        wrong.append(Wrong("case.html", None, _where(files.get("case.html", b""), checked.page)))
    return faults, wrong, checked


def _checked(case: Any, journal: Journal) -> Checked | Wrong:
    try:
        return check_case(case, journal, journal.head.get("site", ""))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return Wrong("case.json", None, f"读不懂（{type(error).__name__}）")


def _where(given: bytes, due: str) -> str:
    """The first line of the page that isn't the one the facts make."""
    told = given.decode("utf-8", "replace").split("\n")
    for n, line in enumerate(due.split("\n")):
        if n >= len(told) or told[n] != line:
            return f"第{n + 1}行与按事实重新写出的不同，请只看按事实写出的那一份"
    return "比按事实写出的多出了内容"


def main(argv: list[str] | None = None, here: Path | None = None) -> int:
    """Prints what was found; 0 when everything fits."""
    args = _parser().parse_args(argv)
    folder = Path(args.folder) if args.folder else here or Path.cwd()
    try:
        files = {f.name: f.read_bytes() for f in sorted(folder.iterdir()) if f.is_file()}
        roots = [_root(file) for file in args.root]
        faults, wrong, checked = check_packet(files, args.key, roots=roots, **outside(args))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"打不开或读不懂：{error}", file=sys.stderr)
        return 2
    if args.write:
        Path(args.write).write_text(checked.page if checked else "", encoding="utf-8")
    _report(faults, wrong, checked)
    return 1 if faults or wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="核验迎宾的卷宗 Check a Yingbin packet")
    parser.add_argument(
        "folder", nargs="?", help="解开的卷宗所在的文件夹，不写就是程序所在的文件夹"
    )
    parser.add_argument("--key", help="您手里的公钥（64 位十六进制）")
    parser.add_argument("--root", action="append", default=[], help="另外保存的封存签名文件")
    parser.add_argument("--receipt", action="append", default=[], help="回执码，可写成 码@编号")
    takes_lines(parser)
    parser.add_argument("--write", help="把按事实重新写出的页面存成这个文件")
    return parser


def _root(file: str) -> dict[str, Any]:
    loaded = parse(Path(file).read_text(encoding="utf-8"))
    return dict(loaded.get("root", loaded))


def _report(faults: list[Fault], wrong: list[Wrong], checked: Checked | None) -> None:
    for fault in faults:
        print("记录链", fault)
    for one in wrong:
        print("不符", one)
    held = checked.held if checked else []
    for n, fact in enumerate(held, 1):
        if fact.unproven:
            print(f"未能核验 第{n}项：{'、'.join(fact.unproven)}")
    if checked:
        print("未能核验 客户的称呼和电话；没有存证的姓名（见页面末尾）")
    bad = len(faults) + len(wrong)
    print(f"共 {len(held)} 项，" + (f"{bad} 处不符。" if bad else "与记录链相符。"))
