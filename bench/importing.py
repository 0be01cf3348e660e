"""Brings an old register of 20,000 messy rows in and takes it back: seconds, memory, longest lock.

    .venv/bin/python -m bench.importing [rows]

Runs in a database of its own, made and dropped here. Work is done as the worker does it, slice by slice.
"""

import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

DATABASE = "bench_importing"
DAY = datetime(2023, 1, 1)
SURNAMES = "张王李赵陈刘杨黄周吴徐孙马朱胡林郭何高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华"


def phone(dice: random.Random, number: int) -> Any:
    """A number as somebody might have written it; some are wrong."""
    plain = f"13{number:09d}"
    return dice.choice(
        [plain, plain, plain, int(plain), float(plain), f"{plain[:3]} {plain[3:7]} {plain[7:]}",
         f"{plain[:3]}-{plain[3:7]}-{plain[7:]}", f"+86{plain}", f"0086 {plain}",
         plain.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
         f"{plain}/139{number % 10**8:08d}", f"0755-8{number % 10**7:07d}"]
    )  # fmt: skip


def day(dice: random.Random) -> Any:
    """A day as somebody might have written it."""
    at = DAY + timedelta(days=dice.randrange(1200))
    return dice.choice(
        [at, at, f"{at:%Y-%m-%d}", f"{at.year}.{at.month}.{at.day}", f"{at:%y}/{at.month}/{at.day}",
         f"{at.year}年{at.month}月{at.day}日", f"{at.month}月{at.day}日", (at - datetime(1899, 12, 30)).days]
    )  # fmt: skip


def register(rows: int) -> bytes:
    """A workbook with a title, merged days, one visit in eight by somebody who came before, some rows wrong."""
    from openpyxl import Workbook

    dice = random.Random(3)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["湖畔雅居来访客户登记册（2023—2026）"])
    sheet.append(
        ["序号", "日期", "客户姓名", "联系电话", "人数", "来源", "意向", "置业顾问", "备注"]
    )
    people: list[tuple[str, int]] = []
    for n in range(rows):
        if people and dice.random() < 0.125:
            name, number = dice.choice(people)
        else:
            name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2))))
            number = dice.randrange(10**9)
            people.append((name, number))
        told: Any = phone(dice, number)
        luck = dice.random()
        if luck < 0.02:
            told = str(told)[:-1]
        elif luck < 0.03:
            told = ""
        name = "" if 0.03 < luck < 0.06 else name + dice.choice(("", "", "先生", "女士"))
        receiver = dice.choice(("林悦", "周航", "吴敏", "离职的人"))
        wish = dice.choice(("三房 90-110平", "两房", "四房200-300万", "投资", ""))
        source = dice.choice(("路过", "抖音", "朋友介绍", "渠道"))
        sheet.append(
            [
                n + 1,
                day(dice),
                name,
                told,
                dice.choice((1, "2人", "三")),
                source,
                wish,
                receiver,
                "再联系",
            ]
        )
    for top in range(10, rows, 50):
        sheet.merge_cells(start_row=top, end_row=top + 2, start_column=2, end_column=2)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def most_memory() -> float:
    """The most memory this process has held, in MB."""
    told = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    return int(told.split()[0]) / 1024


def run(rows: int) -> None:  # noqa: PLR0915 (one story)
    """One import from upload to undo, printed as a table."""
    from django.utils import timezone

    from yingbin.importing import actions, ticks
    from yingbin.importing.models import ImportRun
    from yingbin.importing.queries import at_work, counts
    from yingbin.journal import write as path
    from yingbin.journal.action import Acting
    from yingbin.web.demo import build

    locks: list[float] = []
    enter, flush = path._enter, path._flush
    since = [0.0]

    def entered(*args: Any) -> Any:
        found = enter(*args)
        since[0] = time.perf_counter()
        return found

    def flushed(*args: Any) -> None:
        flush(*args)
        locks.append(time.perf_counter() - since[0])

    path._enter, path._flush = entered, flushed  # type: ignore[assignment]
    crew = build.found(timezone.now())
    manager = next(i for a, i in crew.ids.items() if a == "zhenglan")
    # Made by another process, so that its memory isn't counted here.
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        data = other.submit(register, rows).result()
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of making the people
    before = most_memory()
    print(f"{rows} rows, file {len(data) / 1e6:.1f} MB, {before:.0f} MB in use before")
    longest = [0.0]

    def phase(name: str, start: Any) -> Any:
        locks.clear()
        longest[0] = 0.0
        begun = time.perf_counter()
        done = start()
        many = 0
        while True:
            one = time.perf_counter()
            if not ticks.tick() and not at_work():
                break
            many += 1
            longest[0] = max(longest[0], time.perf_counter() - one)
        seconds = time.perf_counter() - begun
        print(
            f"{name:8} {seconds:6.1f} s work, {many:3d} ticks (about {seconds + many:.0f} s by the worker),"
            f" longest tick {longest[0]:.2f} s, writes {len(locks):4d},"
            f" longest lock {max(locks) * 1000:.0f} ms, mean {sum(locks) / len(locks) * 1000:.0f} ms"
        )
        return done

    def acting(key: str) -> Acting:
        return Acting(crew.site, f"bench-{key}", manager, timezone.now())

    def upload() -> Any:
        return actions.take_as_proposed(
            acting("up"), kind="register", file_name="旧册.xlsx", data=data
        )

    found = ImportRun.objects.get(id=phase("read", upload))
    print("report  ", counts(found))
    go = actions.apply_import.given(run_id=found.id, whole=False, receivers=True)
    phase("apply", lambda: go(acting("apply")))
    print("taken   ", counts(found))
    peak = most_memory()
    print(f"peak memory {peak:.0f} MB, {peak - before:.0f} MB more than before")
    back = actions.undo_import.given(run_id=found.id, why="bench")
    phase("undo", lambda: back(acting("undo")))
    found.refresh_from_db()
    print("state   ", found.state)


def main() -> None:
    """Makes a database beside the one `DATABASE_URL` names, runs, drops it."""
    from bench import place

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    place.drop(DATABASE)
    place.admin(f"create database {DATABASE}")
    try:
        place.use(DATABASE)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        run(rows)
    finally:
        place.close()
        place.drop(DATABASE)


if __name__ == "__main__":
    main()
