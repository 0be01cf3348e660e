"""`backup`, `restore` and `upgrade`: each one command."""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from yingbin.web.cli.checking import run_check
from yingbin.web.server import rights, serve
from yingbin.web.server.backup import NotRestored, back_up, restore

from .told import there

TRIES = 20  # for a table somebody else is using


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the three commands."""
    backing = subparsers.add_parser("backup", help="备份：不用停机")
    backing.add_argument("--to", type=Path, help="备份文件，默认放在数据文件夹的 backups 里")
    backing.add_argument("--data", type=Path, help="数据文件夹")
    backing.set_defaults(run=run_backup)
    restoring = subparsers.add_parser("restore", help="恢复到一个空文件夹，并核验记录链")
    restoring.add_argument("file", type=Path, help="备份文件")
    restoring.add_argument("--into", type=Path, help="空文件夹，默认是数据文件夹")
    restoring.add_argument(
        "--keep-hooks", action="store_true", help="正式接管：接着向外推送；演练时不要加"
    )
    restoring.set_defaults(run=run_restore)
    upgrading = subparsers.add_parser("upgrade", help="升级：先备份，再更新数据库，再核验")
    upgrading.add_argument("--data", type=Path, help="数据文件夹")
    upgrading.set_defaults(run=run_upgrade)


def _passphrase() -> str:
    return os.environ.get("YINGBIN_BACKUP_PASSPHRASE", "")


def _data(args: argparse.Namespace) -> Path:
    return Path(args.data or serve.default_data()).resolve()


def _target(data: Path, name: str = "") -> Path:
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    return data / "backups" / f"yingbin-{stamp}{name}.backup"


def run_backup(args: argparse.Namespace) -> int:
    """Backs up while everything runs on; starts the embedded server only where none runs."""
    data = _data(args)
    with _owners_address(data) as url:
        target = (args.to or _target(data)).resolve()
        back_up(url, data, target, passphrase=_passphrase())
        if not _passphrase():
            print("备份里有密钥，请像钥匙一样保管；设置 YINGBIN_BACKUP_PASSPHRASE 可以加口令。")
    return 0


@contextmanager
def _owners_address(data: Path) -> Iterator[str]:
    """Where its owner finds the database; the embedded one is started for this where nobody serves it."""
    if os.environ.get("DATABASE_URL"):
        yield rights.owner_url()
        return
    there(data)
    with serve.at_work(data) as server:
        yield server.url


def run_restore(args: argparse.Namespace) -> int:
    """Restores into an empty folder and verifies."""
    into = Path(args.into or serve.default_data()).resolve()
    for address in ("DATABASE_URL", rights.OWNER):
        os.environ.pop(address, None)
    restore(args.file.resolve(), into, passphrase=_passphrase(), keep_hooks=args.keep_hooks)
    return 0


def run_upgrade(args: argparse.Namespace) -> int:
    """Backs up, brings the tables up to date, verifies every journal; says how to go back."""
    data = _data(args)
    if not os.environ.get("DATABASE_URL"):
        there(data)
    with serve.only_one(data):
        own = serve.prepare(data)
        try:
            kept = back_up(
                rights.owner_url(), data, _target(data, "-升级前"), passphrase=_passphrase()
            )
            try:
                _migrate()
                _verify_all()
            except Exception as error:
                back = f"退回：bin/yingbin restore {kept} --into 新文件夹"
                raise NotRestored(f"升级没有成功（{type(error).__name__}）。{back}") from error
        finally:
            if own is not None:
                own.stop()
    print("升级好了。启动：bin/serve")
    return 0


def _migrate() -> None:
    """Changes tables without keeping others waiting: short waits for locks, tried again."""
    from django.core.management import call_command
    from django.db import OperationalError, connection

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")
    rights.set_up_as_owner()
    for n in range(TRIES):
        try:
            with connection.cursor() as cursor:
                cursor.execute("set lock_timeout = '3s'")
            call_command("migrate", verbosity=1, interactive=False)
        except OperationalError:
            if n == TRIES - 1:
                raise
            connection.close()
            time.sleep(1.5)
        else:
            rights.settle()
            return


def _verify_all() -> None:
    from yingbin.journal.export import export_lines
    from yingbin.journal.models import Ledger
    from yingbin.journal.verify import verify

    for site_id in Ledger.objects.values_list("site_id", flat=True):
        _, faults = verify(export_lines(site_id))
        if faults:
            raise NotRestored(f"记录链核验不通过：{faults[0]}")
        print(f"记录链 {site_id} 核验通过")
    _hold_all()


def _hold_all() -> None:
    """Holds every row against the journal; what doesn't fit is told and keeps nobody from going on."""
    if run_check(argparse.Namespace(all=True, site="", keep=True)):
        print("注意：有内容与记录链不符，升级前就已如此。请按上面的位置核对。")
