"""`register`: reading an old one needs no database; holding the present one against the journal does."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from yingbin.rules.cli import a_day


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `register read` and `register check`."""
    book = subparsers.add_parser("register", help="登记册").add_subparsers(required=True)
    reading = book.add_parser("read", help="读一份旧登记册，打印会存下什么；什么都不存")
    reading.add_argument("file", type=Path, help="Excel、CSV 或网页表格")
    reading.add_argument("--today", type=a_day, help="当作今天，例如 2026-11-26")
    reading.set_defaults(run=run_read)
    checking = book.add_parser("check", help="核对：登记册每一行与记录链一致")
    checking.add_argument("--site", required=True, help="项目代号")
    checking.set_defaults(run=run_check)


def run_read(args: argparse.Namespace) -> int:
    """Prints what would be stored as one JSON object; 2 and one line for a file that is no table."""
    from yingbin.gallery.importing.book import read_book
    from yingbin.tables import Unreadable

    try:
        data = args.file.read_bytes()
        book = read_book(data, args.file.name, args.today or date.today())
    except OSError as why:
        print(f"打不开 {args.file}：{why.strerror}。请核对文件名和权限。", file=sys.stderr)
        return 2
    except Unreadable as no:
        print(no.message, file=sys.stderr)
        return 2
    json.dump(book.to_json(), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Compares every row of the register with the journal."""
    from . import with_database

    def work() -> int:
        from yingbin.gallery.cli import run_register_check

        return run_register_check(args)

    return with_database(work)
