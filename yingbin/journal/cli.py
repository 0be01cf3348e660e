"""`journal verify | export | verifier | checkpoint`."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from .held import Witnesses


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `journal` with its verbs."""
    journal = subparsers.add_parser("journal", help="记录链：核验、导出、核验程序")
    verbs = journal.add_subparsers(required=True)
    check = verbs.add_parser("verify", help="核验数据库里的记录链")
    check.add_argument("--site", required=True, help="项目代号或编号")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_verify)
    export = verbs.add_parser("export", help="导出给审计，姓名另存一个文件")
    export.add_argument("--site", required=True, help="项目代号或编号")
    export.add_argument("-o", "--out", required=True, type=Path, help="写到这个文件")
    export.add_argument("--names", type=Path, help="姓名对照另存到这个文件")
    export.set_defaults(run=run_export)
    verifier = verbs.add_parser("verifier", help="写出单文件核验程序")
    verifier.add_argument("-o", "--out", required=True, type=Path, help="写到这个文件")
    verifier.set_defaults(run=run_verifier)
    line = verbs.add_parser("checkpoint", help="最新的签名行，和给见证人的一致性证明")
    line.add_argument("--site", required=True, help="项目代号或编号")
    line.add_argument("--old", type=int, help="见证人见过的条数：按 add-checkpoint 的格式写出证明")
    line.add_argument("--key", action="store_true", help="写出签名行的公钥（名称+编号+内容）")
    line.add_argument("--now", action="store_true", help="先为现在的全部记录签一行")
    line.set_defaults(run=run_checkpoint)


def _call(setting: str, argument: object) -> object:
    """Calls the function a setting names: the journal knows no other app."""
    from django.conf import settings

    module, name = getattr(settings, setting).rsplit(".", 1)
    return getattr(importlib.import_module(module), name)(argument)


def _site(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        found = _call("YINGBIN_SITE_RESOLVER", text)
        return found if isinstance(found, UUID) else None


def _no_site(text: str) -> int:
    print(f"没有代号为 {text} 的项目", file=sys.stderr)
    return 2


def run_verify(args: argparse.Namespace) -> int:
    """Verifies the stored journal as an auditor would verify its export, and that no tail is missing here."""
    from .chain import ledger_faults
    from .export import export_lines
    from .verifier import report
    from .verify import Fault, verify

    site_id = _site(args.site)
    if site_id is None:
        return _no_site(args.site)
    journal, faults = verify(export_lines(site_id))
    faults += [
        Fault("ledger 总账不符", None, one.seq, f"{one.where}：{one.words}")
        for one in ledger_faults(site_id, _rows_of(site_id))
    ]
    report(journal, faults, as_json=args.json, key_given=True)
    return 1 if faults else 0


def _rows_of(site_id: UUID) -> "list[Witnesses]":
    """The rows beside the chain; none while the tables are an older version's, as after restoring its backup."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from .held import witnesses

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("表还是旧版本的：各行等升级之后再核对。", file=sys.stderr)
        return []
    return witnesses(site_id)


def run_export(args: argparse.Namespace) -> int:
    """Writes the export, and the names into a file of their own."""
    from .export import export_lines

    site_id = _site(args.site)
    if site_id is None:
        return _no_site(args.site)
    lines = 0
    with args.out.open("w", encoding="utf-8") as out:
        for line in export_lines(site_id):
            out.write(line)
            lines += 1
    if args.names:
        names = dict(_call("YINGBIN_JOURNAL_NAMES", site_id))  # type: ignore[call-overload]
        args.names.write_text(json.dumps(names, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"已导出 {lines} 行到 {args.out}")
    return 0


def run_verifier(args: argparse.Namespace) -> int:
    """Writes the one-file verifier."""
    from .bundle import write_one_file

    write_one_file(args.out)
    print(f"已写出 {args.out}；在任何装有 Python 3.11 的电脑上：python3 {args.out.name} 导出文件")
    return 0


def run_checkpoint(args: argparse.Namespace) -> int:
    """Prints the newest signed line, the proof from an old size with it, or the key it is signed with."""
    from django.utils import timezone

    from . import checkpoints, notes

    site_id = _site(args.site)
    if site_id is None:
        return _no_site(args.site)
    if args.key:
        print(checkpoints.log_key(site_id))
        return 0
    if args.now:
        checkpoints.make(site_id, timezone.now())
    line = checkpoints.latest(site_id)
    if line is None:
        print("还没有签名行：记录满 100 条或满一小时会自动签，也可以加 --now", file=sys.stderr)
        return 1
    if args.old is None:
        print(line.text, end="")
        return 0
    if not 0 <= args.old <= line.size:
        print(f"签名行只到第 {line.size} 条，没有 {args.old} 条", file=sys.stderr)
        return 1
    proof = checkpoints.proof(site_id, args.old, line.size)
    print(notes.request(args.old, proof, line.text), end="")
    return 0
