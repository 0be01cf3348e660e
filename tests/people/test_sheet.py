"""A sheet of people: every row's problem is shown, nothing is saved before it is confirmed."""

import io
import time
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests import cast
from yingbin.journal.models import Entry
from yingbin.people import actions, queries, sheet
from yingbin.people.actions import first_password
from yingbin.people.backends import AccountOrPhone
from yingbin.people.models import Department, Site, Staff, StaffSheet
from yingbin.people.queries.sheet import checked
from yingbin.people.sheet import Row
from yingbin.rules.decision import Refused

HEAD = ["姓名", "手机", "账号", "角色", "项目", "部门"]


def excel(*lines: list[Any], head: list[Any] | None = None, merge: str = "") -> io.BytesIO:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in [head or HEAD, *lines]:
        page.append(line)
    if merge:
        page.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def read(file: io.BytesIO) -> list[Row]:
    return sheet.read_rows(file, len(file.getvalue()))


def test_a_plain_row_is_read_as_text() -> None:
    assert read(excel(["单小梅", "13812345678", "", "接待员", "", ""])) == [
        Row(2, name="单小梅", phone="13812345678", role="接待员")
    ]


@pytest.mark.parametrize(
    "phone", [13812345678, 13812345678.0, "138 1234 5678 ", "'13812345678", "\u300013812345678"]
)
def test_a_phone_is_understood_however_excel_keeps_it(db: None, phone: Any) -> None:
    cast.gallery()
    (one,) = check(*read(excel(["单小梅", phone, None, "接待员"])))
    assert one.phone == "+8613812345678"
    assert one.problems == []


def test_blank_lines_and_columns_at_the_end_are_no_people() -> None:
    blank = [None, "  ", "", "\u3000"]
    rows = read(
        excel(["林小月", None, None, "接待员"], blank, ["周小航", None, None, "前台"], blank, blank)
    )
    assert [(r.line, r.name) for r in rows] == [(2, "林小月"), (4, "周小航")]


def test_a_merged_role_counts_for_every_row_it_covers() -> None:
    lines = [["林小月", "", "", "接待员"], ["周小航"], ["吴小敏"], ["陈小远", "", "", "置业顾问"]]
    rows = read(excel(*lines, merge="D2:D4"))
    assert [r.role for r in rows] == ["接待员", "接待员", "接待员", "置业顾问"]


def test_a_title_above_the_headings_is_passed_over_and_columns_come_in_any_order() -> None:
    rows = read(
        excel(
            ["岗位", "序号", "联系电话", "名字"],
            ["前台", 1, 13812345678, "林小月"],
            head=["湖畔雅居员工表"],
        )
    )
    assert rows == [Row(3, name="林小月", phone="13812345678", role="前台")]


def test_a_huge_merged_area_is_no_trouble() -> None:
    started = time.perf_counter()
    file = excel(["林小月", "", "", "接待员"])
    data = _with_merge(file.getvalue(), b"A3:XFD1048576")
    assert [r.name for r in sheet.read_rows(io.BytesIO(data), len(data))] == ["林小月"]
    assert time.perf_counter() - started < 5


def _with_merge(data: bytes, ref: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                merge = b'<mergeCells count="1"><mergeCell ref="' + ref + b'"/></mergeCells>'
                body = body.replace(b"</sheetData>", b"</sheetData>" + merge)
            new.writestr(name, body)
    return out.getvalue()


def test_what_is_no_workbook_is_refused_with_what_to_do() -> None:
    for data in (b"not a workbook", b"PK\x03\x04broken", "姓名，手机".encode("gbk")):
        with pytest.raises(Refused, match=r"另存为|打不开|标题行"):
            sheet.read_rows(io.BytesIO(data), len(data))


def test_a_file_that_unpacks_to_something_enormous_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet.LIMITS.whole + 1))
    with pytest.raises(Refused, match="展开后太大"):
        sheet.read_rows(io.BytesIO(out.getvalue()), len(out.getvalue()))
    with pytest.raises(Refused, match="2 MB"):
        sheet.read_rows(io.BytesIO(b""), sheet.MAX_BYTES + 1)


def test_a_sheet_without_headings_or_people_is_refused() -> None:
    with pytest.raises(Refused, match="没有找到标题行"):
        read(excel(["林小月", "13812345678"], head=["张三", "李四"]))
    with pytest.raises(Refused, match="还没有人"):
        read(excel([None, None]))


def test_more_than_five_hundred_people_are_refused_not_cut_off() -> None:
    with pytest.raises(Refused, match="一次最多 500 人"):
        read(excel(*[[f"林小月{n}"] for n in range(501)]))
    assert len(read(excel(*[[f"林小月{n}"] for n in range(500)]))) == 500


def test_the_blank_sheet_reads_back_and_explains_itself() -> None:
    data = sheet.template(["接待员", "置业顾问"], ["湖畔雅居"], [])
    book = load_workbook(io.BytesIO(data))
    assert [c.value for c in book["人员"][1]] == HEAD
    assert "接待员、置业顾问" in str(book["说明"]["B4"].value)
    with pytest.raises(Refused, match="还没有人"):
        sheet.read_rows(io.BytesIO(data), len(data))


def check(*rows: Row, by: str = "郑岚") -> list[Any]:
    scope = actions.scope_of(
        site_id=cast.hupan().id, by=cast.person(by).id, at=datetime.now(cast.ZONE)
    )
    return checked(rows, scope, datetime.now(cast.ZONE))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row(2, name="", role="接待员"), "没有姓名"),
        (Row(2, name="新" * 41, role="接待员"), "超过 40 个字"),
        (Row(2, name="新人", phone="123", role="接待员"), "「123」不是有效号码"),
        (Row(2, name="新人", phone="13800010011", role="接待员"), "手机已经是林悦"),
        (Row(2, name="新人", role=""), "没有角色"),
        (Row(2, name="新人", role="店小二"), "没有「店小二」这个角色"),
        (Row(2, name="新人", role="销售经理"), "只能由系统管理员指定"),
        (Row(2, name="新人", role="审计"), "请在「项目与公司」页指定"),
        (Row(2, name="新人", role="接待员", site="山顶雅居"), "没有项目「山顶雅居」"),
        (Row(2, name="新人", role="接待员", department="火箭部"), "没有部门「火箭部」"),
        (Row(2, name="新人", role="接待员", account="linyue"), "账号「linyue」已经是林悦的"),
        (Row(2, name="新人", role="接待员", account="新 人"), "只能用"),
        (Row(2, name="新人", role="接待员", account="13800010011"), "看起来是别人的手机号"),
        (Row(2, name="新人", role="接待员", email="no"), "邮箱"),
        (Row(2, name="林悦", role="接待员"), "本项目已有林悦"),
    ],
)
def test_every_row_says_what_is_wrong_with_it(hupan: Site, row: Row, problem: str) -> None:
    (one,) = check(row)
    assert one.what == "bad"
    assert problem in "".join(one.problems)


def test_rows_are_compared_with_each_other(hupan: Site) -> None:
    rows = [
        Row(2, name="新人", phone="13812345678", role="接待员"),
        Row(3, name="别人", phone="+86 138-1234-5678", role="接待员"),
        Row(4, name="同名", role="接待员"),
        Row(5, name="同名", role="置业顾问"),
        Row(6, name="甲", account="same", role="接待员"),
        Row(7, name="乙", account="SAME", role="接待员"),
    ]
    assert [(o.row.line, o.problems) for o in check(*rows) if o.problems] == [
        (3, ["手机与第 2 行相同；同一人的几个角色请写在一行"]),
        (5, ["与第 4 行同名，请填手机以便区分"]),
        (7, ["账号与第 6 行相同"]),
    ]


def test_someone_known_is_here_already_or_gets_the_role_they_lack(hupan: Site) -> None:
    here = Row(2, name="林悦", phone="13800010011", role="置业顾问")
    more = Row(3, name="周航", phone="13800010012", role="置业顾问、接待员")
    assert [o.what for o in check(here, more)] == ["here", "role"]


def test_the_administrator_may_name_other_sites_and_managing_roles(
    hupan: Site, office: Site
) -> None:
    row = Row(2, name="新经理", role="销售经理", site="总部")
    assert check(row, by="顾北")[0].problems == []
    assert len(check(row, by="郑岚")[0].problems) == 2


def test_checking_five_hundred_rows_costs_as_many_queries_as_checking_two(
    hupan: Site, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):
        check(*[Row(n, name=f"新人{n}", role="接待员") for n in range(500)])


def keep(rows: list[Row], by: str = "郑岚") -> StaffSheet:
    return actions.keep_sheet(
        site_id=cast.hupan().id,
        by=cast.person(by).id,
        at=datetime.now(cast.ZONE),
        file_name="名单.xlsx",
        rows=rows,
    )


def confirm(kept: StaffSheet, *, only_good: bool, by: str = "郑岚") -> actions.Outcome:
    return actions.apply_sheet(
        sheet_id=kept.id, by=cast.person(by).id, at=datetime.now(cast.ZONE), only_good=only_good
    )


GOOD = Row(2, name="单小梅", phone="13812345678", role="接待员、置业顾问")
BAD = Row(3, name="", role="接待员")


def test_nothing_is_saved_before_it_is_confirmed(hupan: Site) -> None:
    before = Staff.objects.count()
    check(GOOD)
    keep([GOOD])
    assert Staff.objects.count() == before
    assert Entry.objects.count() == 0


def test_all_or_nothing_saves_nothing_while_a_row_is_bad(hupan: Site) -> None:
    before = Staff.objects.count()
    with pytest.raises(Refused, match="一行都没有保存"):
        confirm(keep([GOOD, BAD]), only_good=False)
    assert Staff.objects.count() == before


def test_the_good_rows_are_taken_and_the_others_counted(hupan: Site) -> None:
    done = confirm(keep([GOOD, BAD]), only_good=True)
    assert (done.added, done.left_out) == (1, 1)
    xiaomei = Staff.objects.get(name="单小梅")
    roles = set(xiaomei.assignments.values_list("role", flat=True))
    assert roles == {"receptionist", "salesperson"}
    word = first_password(done.slips, xiaomei.id)
    assert AccountOrPhone().authenticate(None, username="13812345678", password=word) == xiaomei


def test_confirmed_twice_is_confirmed_once_with_the_same_slips(hupan: Site) -> None:
    kept = keep([GOOD])
    assert confirm(kept, only_good=False) == confirm(kept, only_good=False)
    assert Staff.objects.filter(name="单小梅").count() == 1
    kept.refresh_from_db()
    assert kept.rows == []


def test_the_same_sheet_uploaded_again_adds_nobody(hupan: Site) -> None:
    confirm(keep([GOOD]), only_good=False)
    with pytest.raises(Refused, match="没有可以添加的行"):
        confirm(keep([GOOD]), only_good=True)


def test_someone_elses_sheet_cannot_be_confirmed(hupan: Site) -> None:
    with pytest.raises(StaffSheet.DoesNotExist):
        confirm(keep([GOOD]), only_good=True, by="顾北")


def test_people_of_two_sites_stand_in_each_sites_journal_and_on_the_same_slips(
    hupan: Site, office: Site, now: datetime
) -> None:
    rows = [GOOD, Row(3, name="总部新人", role="公司领导", site="zongbu")]
    done = confirm(keep(rows, by="顾北"), only_good=False, by="顾北")
    for site in (hupan, office):
        assert "staff.added" in Entry.objects.filter(site_id=site.id).values_list("kind", flat=True)
    slips = queries.slips(done.slips, cast.person("顾北").id, now)
    assert slips is not None
    assert {p.name for p in queries.people_on_slips(slips)} == {"单小梅", "总部新人"}


def test_uploads_nobody_confirmed_are_forgotten_after_a_day(hupan: Site) -> None:
    old = keep([GOOD])
    StaffSheet.objects.update(uploaded_at=datetime(2026, 1, 1, tzinfo=cast.ZONE))
    keep([BAD])
    old.refresh_from_db()
    assert old.rows == []


def test_a_department_of_the_site_is_kept_with_the_role(hupan: Site) -> None:
    sales = Department.objects.get(site=hupan, name="销售部")
    confirm(keep([Row(2, name="新人", role="置业顾问", department="销售部")]), only_good=False)
    assert Staff.objects.get(name="新人").assignments.get().department == sales
