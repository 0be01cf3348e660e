"""A sheet of people: what its lines say however it is kept, and every line's problem in words."""

import io
import time
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests import cast
from tests.importing.personnel import HEAD, Personnel, excel, lines_of, rows, verdicts
from yingbin.importing.models import ImportRow
from yingbin.importing.staff.blank import template
from yingbin.importing.staff.importer import STAFF
from yingbin.importing.staff.lines import LIMITS, SIZE, StaffLine
from yingbin.importing.staff.meaning import Meaning, StaffForecast
from yingbin.people.models import Site
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable

Cells = list[Any]


def told(data: bytes) -> list[StaffLine]:
    """What the lines say."""
    return [one.told for one in lines_of(data) if one.told]


def test_a_plain_row_is_read_as_text() -> None:
    (one,) = lines_of(excel(["单小梅", "13812345678", "", "接待员", "", ""]))
    assert one.line == 2
    assert one.told == StaffLine(name="单小梅", phone="13812345678", role="接待员")


@pytest.mark.parametrize(
    "phone", [13812345678, 13812345678.0, "138 1234 5678 ", "'13812345678", "\u300013812345678"]
)
def test_a_phone_is_understood_however_excel_keeps_it(phone: Any) -> None:
    (one,) = told(excel(["单小梅", phone, None, "接待员"]))
    assert one.mark == "+8613812345678"


def test_blank_lines_and_columns_at_the_end_are_no_people() -> None:
    blank = [None, "  ", "", "\u3000"]
    found = lines_of(
        excel(["林小月", None, None, "接待员"], blank, ["周小航", None, None, "前台"], blank)
    )
    assert [(r.line, r.cells["name"]) for r in found] == [(2, "林小月"), (4, "周小航")]


def test_a_merged_role_counts_for_every_row_it_covers() -> None:
    lines = [["林小月", "", "", "接待员"], ["周小航"], ["吴小敏"], ["陈小远", "", "", "置业顾问"]]
    found = told(excel(*lines, merge="D2:D4"))
    assert [r.role for r in found] == ["接待员", "接待员", "接待员", "置业顾问"]


def test_a_title_above_the_headings_is_passed_over_and_columns_come_in_any_order() -> None:
    head = ["岗位（必填）", "序号", "联系电话", "名字*"]
    (one,) = lines_of(
        excel(["前台", 1, 13812345678, "林小月"], head=head, above=[["湖畔雅居员工表"]])
    )
    assert one.line == 3
    assert one.told == StaffLine(name="林小月", phone="13812345678", role="前台")


def test_sums_and_repeated_headings_are_no_people() -> None:
    lines = [["林小月", "", "", "接待员"], HEAD, ["合 计", "", "", "2 人"]]
    first, total = lines_of(excel(*lines))
    assert first.told is not None
    assert total.skipped
    assert total.warnings == ["是合计，不是要收的行。"]


def test_a_formula_that_failed_is_nobodys_name() -> None:
    (one,) = lines_of(excel(["#REF!", "", "", "接待员"]))
    assert one.told is None
    assert one.faults == [("姓名", "#REF!", "是算错的公式，请改成文字。")]


def test_a_formula_whose_result_is_not_in_the_file_says_what_to_do() -> None:
    (one,) = lines_of(excel(["=A9", "", "", "接待员"]))
    assert one.told is None
    assert "打开、保存" in one.faults[0][2]


def test_a_huge_merged_area_is_no_trouble() -> None:
    started = time.perf_counter()
    data = _with_merge(excel(["林小月", "", "", "接待员"]), b"A3:XFD1048576")
    assert [r.name for r in told(data)] == ["林小月"]
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


def bomb() -> bytes:
    """A small archive that unpacks to more than a list of people may."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (LIMITS.whole + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"not a workbook", "没有找到标题行.*「姓名」「手机」「角色」"),
        (b"PK\x03\x04broken", "打不开"),
        (b"", "空的"),
        (excel([1], head=[2]), "没有找到标题行"),
        (b"x" * (SIZE + 1), "2 MB"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "另存为"),
    ],
    ids=["no table", "broken", "empty", "figures", "big", "old"],
)
def test_what_is_no_sheet_of_people_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        STAFF.survey(data, "名单.xlsx", cast.SATURDAY.date())


def test_a_file_that_unpacks_to_something_enormous_is_refused() -> None:
    with pytest.raises(Unreadable, match="展开后太大"):
        STAFF.survey(bomb(), "名单.xlsx", cast.SATURDAY.date())


def test_more_than_five_hundred_people_are_refused_not_cut_off() -> None:
    with pytest.raises(Refused, match="一次最多 500 人"):
        lines_of(excel(*[[f"林小月{n}", "", "", "接待员"] for n in range(501)]))
    assert len(lines_of(excel(*[[f"林小月{n}", "", "", "接待员"] for n in range(500)]))) == 500


def test_the_blank_sheet_reads_back_and_explains_itself() -> None:
    data = template(["接待员", "置业顾问"], ["湖畔雅居"], [])
    book = load_workbook(io.BytesIO(data))
    assert [c.value for c in book["人员"][1]] == HEAD
    assert "接待员、置业顾问" in str(book["说明"]["B4"].value)
    survey = STAFF.survey(data, "模板.xlsx", cast.SATURDAY.date())
    assert [(s.name, s.taken) for s in survey.sheets] == [("人员", True), ("说明", False)]
    assert lines_of(data) == []


def test_sheets_that_lack_the_roles_are_left_for_somebody_to_choose() -> None:
    book, out = Workbook(), io.BytesIO()
    for title, head in (("销售部", HEAD), ("通讯录", ["姓名", "手机"]), ("旧表", HEAD)):
        page = book.create_sheet(title)
        page.append(head)
        page.append(["林小月", "", "", "接待员"][: len(head)])
    book["旧表"].sheet_state = "hidden"
    book.save(out)
    survey = STAFF.survey(out.getvalue(), "名单.xlsx", cast.SATURDAY.date())
    assert [s.name for s in survey.sheets if s.taken] == ["销售部"]
    assert "隐藏" in survey.sheets[-1].why


# What a line means


def judged(
    personnel: Personnel, *cells: Cells, by: str = "郑岚"
) -> list[tuple[ImportRow, Meaning]]:
    """Lines of name, phone, account, role, site, department, mail and what they mean for this person."""
    names = ("name", "phone", "account", "role", "site", "department", "email")
    forecast = StaffForecast(personnel.site, cast.person(by).id, personnel.now)
    lines = [StaffLine.of(dict(zip(names, one, strict=False))) for one in cells]
    forecast.look_up(lines)
    made = [ImportRow(line=n, n=n) for n in range(2, len(lines) + 2)]
    return [(row, forecast.meaning(row, one)) for row, one in zip(made, lines, strict=True)]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["", "", "", "接待员"], "姓名：没有写"),
        (["新" * 41, "", "", "接待员"], "超过 40 个字"),
        (["新人", "123", "", "接待员"], "手机「123」：不是有效号码"),
        (["新人", "13800010011", "", "接待员"], "手机：已经是林悦"),
        (["新人", "", "", ""], "角色：没有写"),
        (["新人", "", "", "店小二"], "角色「店小二」：没有这个角色"),
        (["新人", "", "", "销售经理"], "角色「销售经理」：只能由系统管理员指定"),
        (["新人", "", "", "审计"], "请在「项目与公司」页指定"),
        (["新人", "", "", "接待员", "山顶雅居"], "项目「山顶雅居」：没有这个项目"),
        (["新人", "", "", "接待员", "", "火箭部"], "部门「火箭部」：没有这个部门"),
        (["新人", "", "linyue", "接待员"], "账号「linyue」：已经是林悦的"),
        (["新人", "", "新 人", "接待员"], "账号「新 人」：只能用"),
        (["新人", "", "13800010011", "接待员"], "看起来是别人的手机号"),
        (["新人", "", "", "接待员", "", "", "no"], "邮箱「no」：格式不对"),
        (["林悦", "", "", "接待员"], "本项目已有林悦"),
        (["郑岚", "13800010015", "", "置业顾问"], "自己的角色要由别的管理者来改"),
    ],
)
def test_every_line_says_what_is_wrong_with_it(
    personnel: Personnel, cells: Cells, problem: str
) -> None:
    if cells[0] == "郑岚":
        cells = [cells[0], str(cast.person("郑岚").phone), *cells[2:]]
    ((row, _),) = judged(personnel, cells)
    assert row.verdict == "refused"
    said = [
        f"{column}「{value}」：{why}" if value else f"{column}：{why}"
        for column, value, why in row.faults
    ]
    assert any(problem in one for one in said), said


def test_all_that_is_wrong_with_a_line_is_told_at_once(personnel: Personnel) -> None:
    ((row, _),) = judged(personnel, ["", "123", "新 人", "店小二"])
    assert [fault[0] for fault in row.faults] == ["姓名", "手机", "账号", "角色"]


def test_lines_are_compared_with_each_other(personnel: Personnel) -> None:
    found = judged(
        personnel,
        ["新人", "13812345678", "", "接待员"],
        ["别人", "+86 138-1234-5678", "", "接待员"],
        ["同名", "", "", "接待员"],
        ["同名", "", "", "置业顾问"],
        ["甲", "", "same", "接待员"],
        ["乙", "", "SAME", "接待员"],
    )
    assert [(row.line, row.same_as, row.faults[0][2]) for row, _ in found if row.faults] == [
        (3, 2, "与第 2 行的手机相同；同一人的几个角色请写在一行。"),
        (5, 4, "与第 4 行同名，请填手机以便区分。"),
        (7, 6, "与第 6 行的账号相同。"),
    ]


def test_someone_known_is_here_already_or_gets_the_role_they_lack(personnel: Personnel) -> None:
    found = judged(
        personnel,
        ["林悦", "13800010011", "", "置业顾问"],
        ["周航", "13800010012", "", "置业顾问、接待员"],
    )
    assert [(row.verdict, one.given) for row, one in found] == [
        ("again", ()),
        ("known", ("receptionist",)),
    ]


def test_the_administrator_may_name_other_sites_and_managing_roles(
    personnel: Personnel, headquarters: Site
) -> None:
    cells = ["新经理", "", "", "销售经理", "总部"]
    ((row, _),) = judged(personnel, cells, by="顾北")
    assert (row.verdict, row.place_id) == ("new", headquarters.id)
    ((row, _),) = judged(personnel, cells)
    assert [fault[0] for fault in row.faults] == ["角色", "项目"]


def test_two_sites_of_one_name_must_be_told_apart(personnel: Personnel, headquarters: Site) -> None:
    Site.objects.create(kind="headquarters", code="zongbu2", name="二部", short_name="总部")
    ((row, _),) = judged(personnel, ["新人", "", "", "公司领导", "总部"], by="顾北")
    assert row.faults == [["项目", "总部", "有几个项目都叫这个，请填代号。"]]


def test_checking_five_hundred_lines_costs_as_many_queries_as_checking_two(
    personnel: Personnel, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        judged(personnel, *[[f"新人{n}", "", "", "接待员"] for n in range(500)])


def test_what_is_wrong_stands_in_the_report(personnel: Personnel) -> None:
    run = personnel.read(["单小梅", "13812345678", "", "接待员"], ["", "", "", "接待员"])
    assert verdicts(run) == ["new", "refused"]
    assert rows(run)[1].faults == [["姓名", "", "没有写。"]]
