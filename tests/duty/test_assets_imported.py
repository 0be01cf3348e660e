"""A place's list of assets in a spreadsheet: read, reported, taken in with its numbers, taken back (SF-4.4, SC-4.4)."""

import io
from datetime import date, datetime
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from yingbin.duty.actions import assets, faults
from yingbin.duty.importing.assets import ASSETS, day_said
from yingbin.duty.models import Asset
from yingbin.importing import actions
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.report import reason
from yingbin.importing.ticks import tick
from yingbin.journal.action import Acting

from .doors import enter, here, shown
from .flat import Flat
from .full import findings

pytestmark = pytest.mark.clause("SF-4.4")
HEAD = [
    "资产编号",
    "设备名称",
    "安装位置",
    "类型",
    "购买日期",
    "质保到期",
    "厂家",
    "报修电话",
    "备注",
]
AIR = [12, "中央空调", "样板间A", "空调", datetime(2025, 3, 1), "2027年3月1日", "恒温机电", "老赵 8821", "先开总闸"]  # fmt: skip
LAMP = ["", "吊灯", "主卧", "照明", "", "2020/1/1", "", "", ""]


def sheet_of(*lines: list[object], head: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in (head or HEAD, *lines):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def acting(flat: Flat) -> Acting:
    return Acting(flat.site, f"i{next(flat.keys)}", flat.people["许"], flat.now)


def brought(flat: Flat, *lines: list[object], head: list[str] | None = None) -> ImportRun:
    """A list, read as its columns are proposed."""
    data = sheet_of(*lines, head=head)
    run = actions.take_as_proposed(acting(flat), kind="assets", file_name="台账.xlsx", data=data)
    return worked(run)


def worked(run: UUID) -> ImportRun:
    while tick():
        pass
    return ImportRun.objects.get(id=run)


def taken(flat: Flat, run: ImportRun) -> ImportRun:
    actions.apply_import(acting(flat), run_id=run.id, whole=False, receivers=False)
    return worked(run.id)


def undone(flat: Flat, run: ImportRun) -> list[str]:
    """Why what stayed stayed."""
    actions.undo_import(acting(flat), run_id=run.id, why="传错了表")
    worked(run.id)
    return [row.kept_why for row in rows(run)]


def rows(run: ImportRun) -> list[ImportRow]:
    return list(ImportRow.objects.filter(of=run).order_by("n"))


def verdicts(run: ImportRun) -> list[str]:
    return [str(row.verdict) for row in rows(run)]


def here_now(flat: Flat) -> dict[int, str]:
    found = Asset.objects.filter(site_id=flat.site, given_up_at__isnull=True).order_by("number")
    return dict(found.values_list("number", "name"))


def test_a_list_as_people_keep_it_comes_in_with_its_numbers_and_everything_it_says(
    flat: Flat,
) -> None:
    run = taken(flat, brought(flat, AIR, LAMP))
    assert here_now(flat) == {12: "中央空调", 13: "吊灯"}
    air, lamp = Asset.objects.order_by("number")
    assert (air.post_id, air.place, air.kind) == (flat.post, "", "空调")
    assert (air.bought_on, air.warranty_until) == (date(2025, 3, 1), date(2027, 3, 1))
    assert (air.supplier, air.contact, air.notes) == ("恒温机电", "老赵 8821", "先开总闸")
    assert (lamp.post_id, lamp.place, lamp.warranty_until) == (None, "主卧", date(2020, 1, 1))
    assert len({air.mark, lamp.mark}) == 2
    assert [row.told for row in rows(run)] == [None, None]
    assert findings(flat) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["十二", "空调"], "编号：要是 1 到 99999 的数字"),
        ([7, "空调"], "编号：这个编号已经是「吊灯」的"),
        ([1, "空调", "", "", "去年"], "购置日期：看不懂"),
        ([1, "空调", "", "", "", "2027-02-30"], "保修到：看不懂"),
        ([1, "", "客厅"], "名称：没有写名称"),
        ([1, "空" * 41], "名称：最多写 40 个字"),
    ],
)
def test_a_line_that_can_t_be_taken_says_all_that_is_wrong_with_it(
    flat: Flat, line: list[object], why: str
) -> None:
    flat.do(assets.keep_asset, "许", name="吊灯", number=7)
    run = brought(flat, line)
    assert verdicts(run) == ["refused"]
    assert why in reason(ASSETS, rows(run)[0])
    assert here_now(flat) == {7: "吊灯"}


def test_what_is_there_already_isn_t_taken_twice(flat: Flat) -> None:
    taken(flat, brought(flat, AIR, LAMP))
    assert verdicts(brought(flat, AIR, LAMP, [12, "空调乙"])) == ["again", "again", "refused"]
    assert verdicts(brought(flat, [30, "空调"], [30, "空调"], [30, "门"])) == ["new", "refused", "refused"]  # fmt: skip
    assert verdicts(brought(flat, ["", "门"], ["", "门"], ["合计", "3 台"])) == [
        "new",
        "again",
        "refused",
    ]


def test_another_place_s_numbers_are_its_own(flat: Flat) -> None:
    other = Flat()
    other.do(assets.keep_asset, "许", name="沙盘", number=12)
    taken(flat, brought(flat, AIR))
    assert (here_now(flat), here_now(other)) == ({12: "中央空调"}, {12: "沙盘"})


def test_it_is_taken_back_as_a_whole_but_for_what_was_changed_or_reported_since(flat: Flat) -> None:
    door = [3, "自动门", "入口"]
    run = taken(flat, brought(flat, AIR, LAMP, door))
    air, lamp = (Asset.objects.get(name=name) for name in ("中央空调", "吊灯"))
    flat.do(faults.tell_fault, "叶", mark=air.mark, words="滴水")
    flat.do(assets.keep_asset, "许", asset=lamp.id, name="水晶吊灯")
    assert undone(flat, run) == ["已经报过修", "后来改过", ""]
    assert sorted(here_now(flat).values()) == ["中央空调", "水晶吊灯"]
    assert findings(flat) == []


def test_put_right_and_brought_in_again_it_keeps_its_numbers_and_labels(flat: Flat) -> None:
    run = taken(flat, brought(flat, AIR))
    mark = Asset.objects.get().mark
    undone(flat, run)
    assert here_now(flat) == {}
    taken(flat, brought(flat, [*AIR[:-1], "先开总闸，再开分闸"]))
    air = Asset.objects.get()
    assert (air.number, air.mark, air.notes) == (12, mark, "先开总闸，再开分闸")
    assert findings(flat) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026.1.5", date(2026, 1, 5)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("2026-01-05 00:00:00", date(2026, 1, 5)),
        ("三年", None),
        ("2026-13-01", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert day_said(text) == day


def test_the_page_of_assets_leads_to_the_import_and_its_template_reads_back(flat: Flat) -> None:
    lead = enter(flat, "许")
    page = shown(lead, here(flat, "assets/"))
    assert "用表格导入" in page
    blank = lead.get(here(flat, "assets/imports/template.xlsx"))
    sheet = load_workbook(io.BytesIO(blank.content)).active
    assert sheet is not None
    head = [str(cell.value) for cell in sheet[1]]
    assert head[:3] == ["名称", "编号", "位置"]
    taken(flat, brought(flat, ["空调", 5, "客厅"], head=head))
    assert here_now(flat) == {5: "空调"}
    assert "用表格导入" not in shown(enter(flat, "叶"), here(flat, "assets/"))
    assert enter(flat, "叶").get(here(flat, "assets/imports/")).status_code == 403
