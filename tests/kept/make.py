"""Makes `version-0.1.backup`: the data of an installation as the version before left it.

Made once, from a checkout of that version (its last commit is 6c44100), and kept as it is:

    git worktree add ../before 6c44100
    cp tests/kept/make.py ../before/tests/make_kept.py
    (cd ../before && python tests/make_kept.py FOLDER TARGET)      FOLDER: an empty one of the database's account

Eight days of a gallery and a ninth that is open, everything dated, so that the same facts come out each time:
queue, register, a dispute of two salespeople, an import, calls, matters, tokens, a webhook, a changed policy.
"""

import io
import os
import random
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

NOW = datetime.fromisoformat("2026-11-24T14:30:00+08:00")
# The demo's two stories, told within eight days: days back there, days back here.
SOONER = {20: 8, 16: 7, 14: 6, 18: 5, 5: 4, 2: 2}
OLD_ROWS = [
    (1, "2025-03-01", "张伟", "13812345678", 2, "朋友介绍", "三房", "林悦", ""),
    (2, "2025-03-02", "王芳", "13905718826", 1, "路过", "四房", "孙倩", "带老人"),
    (3, "2025-03-02", "李强", "13657110023", 3, "网络", "三房", "林悦", ""),
]


def main(folder: Path, target: Path) -> None:
    """Builds the installation in `folder` and its backup at `target`."""
    os.environ["YINGBIN_SECRET_KEY"] = "a-secret-kept-for-tests-only-0123456789-abcdef"
    (folder / "keys").mkdir(parents=True, mode=0o700)
    (folder / "keys" / "secret").write_text(os.environ["YINGBIN_SECRET_KEY"])
    from yingbin.web.server import serve
    from yingbin.web.server.backup import back_up

    database = serve.prepare(folder)
    try:
        serve._fill(SimpleNamespace(empty=True))
        fill()
        back_up(os.environ["DATABASE_URL"], folder, target)
    finally:
        if database is not None:
            database.stop()


def fill() -> None:
    """Eight days and a ninth under way, then what the demo doesn't do."""
    from yingbin.web.demo import build
    from yingbin.web.demo.day import PlayedDay, correct_once
    from yingbin.web.demo.story import Stories, some_calls

    luck = random.Random(20261124)
    crew = build.found(NOW - timedelta(days=10))
    stories = Stories(crew)
    stories.on = {SOONER[back]: steps for back, steps in stories.on.items()}
    for back in range(8, 0, -1):
        opens = NOW.replace(hour=9, minute=0) - timedelta(days=back)
        day = PlayedDay(crew, luck, opens, luck.randint(8, 14))
        day.plan(span=500)
        some_calls(day, luck, span=500)
        stories.plan(day, back)
        ends = opens + timedelta(minutes=545)
        day.play(until=ends)
        if back == 6:
            correct_once(crew, ends)
        day.close(ends + timedelta(minutes=5))
    build.today(crew, NOW, luck)
    _more(crew.site, crew.manager, crew.desk(luck))


def _more(site: UUID, manager: UUID, desk: UUID) -> None:
    from yingbin.gallery.actions import days
    from yingbin.importing import actions as importing
    from yingbin.importing import ticks
    from yingbin.journal.action import Acting
    from yingbin.notices import hooks
    from yingbin.people.actions.tokens import make_token
    from yingbin.reports.actions import tick as certificates

    values = {"turns": {"receiver_busy": "assist"}, "accept_seconds": 90}
    days.set_policy(
        Acting(site, "kept-policy", manager, NOW), values=values, reason="周末人多，忙时请人代接"
    )
    scopes = ["arrivals.write", "queue.read"]
    make_token(
        Acting(site, "kept-token", manager, NOW),
        name="门口平板",
        kind="device",
        scopes=scopes,
        acts_as=desk,
    )
    outside = hooks.address("https://1.1.1.1/in")
    hooks.add_hook(Acting(site, "kept-hook", manager, NOW), to=outside, kinds=["turns.event"])
    run_id = importing.take_as_proposed(
        Acting(site, "kept-up", manager, NOW),
        kind="register",
        file_name="旧册.xlsx",
        data=old_register(),
    )
    _work_off(ticks.tick)
    taking = Acting(site, "kept-take", manager, NOW)
    importing.apply_import(taking, run_id=run_id, whole=False, receivers=True)
    _work_off(ticks.tick)
    _work_off(certificates)


def _work_off(tick: Callable[[datetime], int]) -> None:
    while tick(NOW):
        pass


def old_register() -> bytes:
    """An old register as an office keeps it."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    head = [
        "序号",
        "日期",
        "客户姓名",
        "联系电话",
        "人数",
        "获知途径",
        "需求户型",
        "接待人",
        "备注",
    ]
    for row in [head, *OLD_ROWS]:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
