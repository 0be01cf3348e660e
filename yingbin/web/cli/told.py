"""What can't be done is said in a sentence, with an exit code; never as a traceback."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from yingbin.web.server.backup import NotRestored
from yingbin.web.server.postgres import CannotStart


def told(work: Callable[[], int]) -> int:
    """Runs a command; what the machine or the database refuses is said in words, and the code is 1."""
    import psycopg
    from django.db import DatabaseError

    try:
        return work()
    except (NotRestored, CannotStart) as why:
        words = str(why)
    except (DatabaseError, psycopg.Error) as error:
        words = _of_database(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        words = _of_machine(error)
    print(words, file=sys.stderr)
    return 1


def there(data: Path) -> None:
    """`CannotStart` unless this folder holds a database of ours."""
    if not (data / "pg" / "global" / "pg_control").exists():
        raise CannotStart(
            f"{data} 里没有迎宾的数据。请用 YINGBIN_DATA（或 --data）指定数据文件夹，"
            "用自己的数据库请设置 DATABASE_URL；第一次使用请先运行 bin/serve。\n"
            f"No data in {data}: name the folder with YINGBIN_DATA or --data, or run bin/serve first."
        )


def _of_machine(error: OSError) -> str:
    where = error.filename or ""
    kind = {
        PermissionError: "没有权限",
        FileNotFoundError: "没有这个文件或文件夹",
        NotADirectoryError: "路径里有一段不是文件夹",
        IsADirectoryError: "这是一个文件夹，不是文件",
        FileExistsError: "这个名字已经被别的文件占用",
    }.get(type(error), "系统不让读写")
    reason = error.strerror or type(error).__name__
    return (
        f"{kind}：{where}（{reason}）。请检查这个位置的权限和剩余空间，或换一个位置再试。\n"
        f"Can't read or write {where}: {reason}."
    )


def _of_database(error: Exception) -> str:
    state = getattr(error.__cause__ or error, "sqlstate", None) or ""
    if state == "42501":
        return (
            "数据库账号没有这个权限。建表、升级用表主的账号（YINGBIN_OWNER_URL），平时用 DATABASE_URL 的账号。\n"
            "The database account may not do this: name the tables' owner in YINGBIN_OWNER_URL."
        )
    if state.startswith("42"):  # no such table or column
        return (
            "数据库里的表还没有建好，或不是这个版本的。请先运行 bin/serve 或 bin/yingbin upgrade。\n"
            "The database has no tables of this version: run bin/serve or bin/yingbin upgrade first."
        )
    return (
        f"数据库没有答复（{type(error).__name__}）。请确认它在运行，DATABASE_URL 写得对，再试一次。\n"
        "The database didn't answer: is it running, is DATABASE_URL right?"
    )
