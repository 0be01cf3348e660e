"""The command line: one table of words; each command's module is loaded only when it is used."""

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from .told import there, told


@dataclass(frozen=True)
class Command:
    """A word of the command line: the module whose `register` adds it, and whether it needs the database."""

    word: str
    module: str
    help: str
    database: bool = True


COMMANDS = [
    Command("serve", "yingbin.web.cli.serving", "启动", database=False),
    Command("worker", "yingbin.web.cli.serving", "后台任务（由 serve 启动）", database=False),
    Command("turns", "yingbin.web.cli.turns", "轮排：重放、比较、导出", database=False),
    Command("duty", "yingbin.web.cli.duties", "值班：重放、导出、核对", database=False),
    Command("gate", "yingbin.web.cli.gates", "门岗：重放、导出、核对，验参观证", database=False),
    Command("desk", "yingbin.web.cli.desks", "客服前台：重放、导出、核对", database=False),
    Command("tours", "yingbin.web.cli.visits", "公司参访：按规则判定", database=False),
    Command("clauses", "yingbin.manual.cli", "条款清单与对照表", database=False),
    Command("check", "yingbin.web.cli.checking", "核对：库里每一行与记录链，双向"),
    Command("queue", "yingbin.gallery.cli", "核对轮排状态"),
    Command("register", "yingbin.web.cli.registers", "登记册：读旧册、核对", database=False),
    Command("certificate", "yingbin.reports.cli", "公平证书：核验", database=False),
    Command("journal", "yingbin.journal.cli", "记录链：核验、导出、核验程序"),
    Command("backup", "yingbin.web.cli.keeping", "备份（不用停机）", database=False),
    Command("restore", "yingbin.web.cli.keeping", "恢复并核验", database=False),
    Command("upgrade", "yingbin.web.cli.keeping", "升级", database=False),
    Command("manage", "yingbin.web.cli.manage", "Django 管理命令"),
]


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    chosen = next((c for c in COMMANDS if words[:1] == [c.word]), None)
    if chosen is None:
        print(_overview(), file=sys.stdout if words in ([], ["--help"], ["-h"]) else sys.stderr)
        return 0 if words in ([], ["--help"], ["-h"]) else 2
    return told(lambda: _do(chosen, words))


def _do(chosen: Command, words: list[str]) -> int:
    if chosen.word == "manage":
        from .manage import run_manage

        return with_database(lambda: run_manage(words[1:]), owner=True)
    if chosen.database:
        return with_database(lambda: _run(chosen, words))
    return _run(chosen, words)


def _run(chosen: Command, words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="yingbin")
    register = importlib.import_module(chosen.module).register
    register(parser.add_subparsers(dest="command", required=True))
    args = parser.parse_args(words)
    return int(args.run(args) or 0)


def with_database(work: Callable[[], int], *, owner: bool = False) -> int:
    """Runs work with Django set up; uses the running embedded server, or starts one for the duration.

    owner: the work may make and change tables; otherwise it runs with the account that owns nothing.
    """
    from yingbin.web.server import keys, rights, serve

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")
    data = serve.default_data()
    with contextlib.ExitStack() as held:
        if not os.environ.get("DATABASE_URL"):
            there(data)
            server = held.enter_context(serve.at_work(data))
            os.environ["YINGBIN_DATA"] = str(data)
            os.environ["DATABASE_URL"] = server.running_url
            os.environ[rights.OWNER] = server.url
            (data / "static").mkdir(exist_ok=True)
        os.environ.setdefault("YINGBIN_SECRET_KEY", keys.secret(data))
        return _with_account(work, owner=owner)


def _with_account(work: Callable[[], int], *, owner: bool) -> int:
    import django

    from yingbin.web.server import rights

    if not owner:
        os.environ.pop(rights.OWNER, None)
        django.setup()
        return int(work())
    rights.set_up_as_owner()
    try:
        return int(work())
    finally:
        rights.settle()


def _overview() -> str:
    lines = [f"  {c.word:<10}{c.help}" for c in COMMANDS]
    return "\n".join(["用法 usage: yingbin <命令> …", *lines])
