"""The property company's own list comes in, however it is written, once, and goes out again as a whole."""

from typing import Any

import pytest

from tests.desk.residence import Residence
from yingbin.customers.models import Customer, CustomerPhone
from yingbin.desk.actions import estate as doing
from yingbin.desk.importing.importer import ESTATE
from yingbin.desk.importing.lines import FIELDS, HomeLine, read_line
from yingbin.desk.models import Home, Tenancy
from yingbin.importing.models import ImportRow

ZHANG, LI = "13800138000", "13900139000"


def line(**texts: str) -> HomeLine:
    """What a line with these cells says."""
    return read_line({**{f.name: "" for f in FIELDS}, **texts})


def people(told: HomeLine) -> list[tuple[str, ...]]:
    """Who stands in it, with their numbers as people here write them."""
    return [(p.name, *(n.removeprefix("+86") for n in p.phones)) for p in told.people]


@pytest.mark.parametrize(
    ("name", "phone", "found"),
    [
        ("张三", "13800138000.0", [("张三", ZHANG)]),
        ("张三", "138 0013 8000", [("张三", ZHANG)]),
        ("张三", "13800138000/13900139000", [("张三", ZHANG, LI)]),
        ("张三", "13800138000 13900139000", [("张三", ZHANG, LI)]),
        ("张三、李四", "13800138000、13900139000", [("张三", ZHANG), ("李四", LI)]),
        ("张三 李四", "13800138000", [("张三", ZHANG), ("李四",)]),
        ("张三,李四(共有)", "", [("张三",), ("李四",)]),
        ("张三13800138000", "", [("张三", ZHANG)]),
        ("John Smith", "13800138000", [("John Smith", ZHANG)]),
        ("张三", "0755-88886666", [("张三", "75588886666")]),
        ("", "", []),
        ("无", "", []),
    ],
)
def test_several_owners_and_numbers_in_a_cell_are_told_apart(
    name: str, phone: str, found: list[tuple[str, ...]]
) -> None:
    assert people(line(home="3-2-1801", name=name, phone=phone.removesuffix(".0"))) == found


@pytest.mark.parametrize(
    ("cells", "unclear"),
    [
        ({"name": "张三", "phone": "1380013800"}, "电话「********00」不是完整的号码，没有收。"),
        ({"name": "张三、李四、王五", "phone": f"{ZHANG}、{LI}"}, "3 个姓名、2 个电话，对不上，电话都记在张三名下。"),
        ({"name": "", "phone": ZHANG}, "只有电话没有姓名，电话没有收。"),
        ({"name": "张三", "capacity": "邻居"}, "身份「邻居」没看懂，当作业主。"),
        ({"area": "很大"}, "面积「很大」不是数字，没有收。"),
        ({"delivery": "不知道"}, "状态「不知道」没看懂，没有收。"),
        ({"delivered_on": "去年"}, "交付日期「去年」看不懂，没有收。"),
    ],
)  # fmt: skip
def test_what_nobody_understands_is_said_and_the_home_is_taken(
    cells: dict[str, str], unclear: str
) -> None:
    told = line(home="3-2-1801", **cells)
    assert told.unclear == (unclear,)
    assert told.ways


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        ({"home": "1801", "building": "3", "entrance": "2"}, ("", "3", "2", "1801")),
        ({"home": "1801室", "building": "3栋", "entrance": "二单元"}, ("", "3", "2", "1801")),
        ({"home": "2-1801", "building": "3栋"}, ("", "3", "2", "1801")),
        ({"home": "3-2-1801", "building": "3栋", "entrance": "2"}, ("", "3", "2", "1801")),
        ({"home": "1801", "building": "B座", "phase": "二"}, ("2期", "B", "", "1801")),
        ({"home": "1801", "building": "B座", "phase": "2"}, ("2期", "B", "", "1801")),
        ({"home": "1801", "building": "翠竹阁", "phase": "海棠苑"}, ("海棠苑", "翠竹阁", "", "1801")),
    ],
)  # fmt: skip
def test_a_home_in_several_columns_is_put_together(
    cells: dict[str, str], label: tuple[str, ...]
) -> None:
    first = line(**cells).ways[0]
    assert (first.phase, first.building, first.entrance, first.room) == label


def test_a_line_is_kept_as_it_was_understood() -> None:
    told = line(
        home="3-2-1801", name="张三、李四", phone=ZHANG, area="89.5㎡", since="2023年5月1日"
    )
    assert HomeLine.of(told.to_json()) == told
    assert (told.area, told.since, told.mark) == ("89.50", "2023-05-01", f"+86{ZHANG}")


@pytest.mark.clause("SD-4.1")
def test_a_list_comes_in_once_and_people_with_several_homes_are_one_person(
    residence: Residence,
) -> None:
    lines = (
        ("3-2-1801", "张三、李四", f"{ZHANG}、{LI}"),
        ("3栋2单元1802室", "张三", float(ZHANG)),
        ("B座101", "", ""),
        ("三栋二单元1801", "王五", ""),  # one more owner of the first
        ("3#2-1802", "张三", ZHANG),  # said already
        ("电梯口", "赵六", ""),
        ("合计", "", ""),
    )
    run = residence.bring(*lines)
    report = [
        ("new", "3-2-1801"), ("new", "3-2-1802"), ("new", "B-101"), ("known", "3-2-1801"),
        ("again", "3-2-1802"), ("refused", ""), ("skipped", ""),
    ]  # fmt: skip
    assert residence.report(run) == report
    assert residence.labels() == []  # nothing is stored before somebody says so
    residence.take(run)
    assert [verdict for verdict, _ in residence.report(run)] == [verdict for verdict, _ in report]
    assert residence.labels() == ["3-2-1801", "3-2-1802", "B-101"]
    assert Customer.objects.count() == 3
    zhang = CustomerPhone.objects.get(e164=f"+86{ZHANG}").customer_id
    assert Tenancy.objects.filter(customer_id=zhang).count() == 2
    assert residence.unborne() == []
    again = residence.bring(*lines)
    assert {verdict for verdict, _ in residence.report(again)} == {"again", "refused", "skipped"}


@pytest.mark.parametrize(
    ("lines", "more", "labels"),
    [
        ([("3栋", "2单元", "1801"), (None, None, "1802"), ("B座", None, "101")], {"merge": ""},
         ["3-2-1801", "3-2-1802", "B-101"]),
        ([("3栋", "2单元", "1801"), (None, "2单元", "1802"), (None, None, "1803")], {"merge": "A2:A4"},
         ["3-2-1801", "3-2-1802", "3-2-1803"]),
    ],
)  # fmt: skip
def test_an_empty_or_merged_cell_says_what_stands_above_it(
    residence: Residence, lines: list[tuple[Any, ...]], more: dict[str, str], labels: list[str]
) -> None:
    run = residence.take(residence.bring(*lines, head=("楼栋", "单元", "房号"), **more))
    assert residence.labels() == labels
    assert {verdict for verdict, _ in residence.report(run)} == {"new"}


def test_a_title_over_lines_is_their_building(residence: Residence) -> None:
    lines = [("3栋", None, None), ("2-1801", "张三", ZHANG), ("2-1802", None, None), ("5号楼", None, None), ("1-101", "李四", LI)]  # fmt: skip
    residence.take(residence.bring(*lines))
    assert residence.labels() == ["3-2-1801", "3-2-1802", "5-1-101"]


def test_a_second_owner_on_a_line_of_their_own_belongs_to_the_home_above(
    residence: Residence,
) -> None:
    run = residence.take(residence.bring(("3-2-1801", "张三", ZHANG), (None, "李四", LI)))
    assert [v for v, _ in residence.report(run)] == ["new", "known"]
    assert Tenancy.objects.filter(home__label="3-2-1801").count() == 2


def test_what_will_be_stored_is_shown_with_numbers_masked(residence: Residence) -> None:
    head = ("房号", "业主姓名", "电话", "面积", "房屋状态", "租户姓名", "租户电话")
    line_ = ("3栋2单元1801", "张三", ZHANG, 89.5, "已入住", "澄湖贸易有限公司", LI)
    run = residence.bring(line_, head=head)
    row = ImportRow.objects.get(of=run)
    assert [(v.label, v.stored) for v in ESTATE.values(row)] == [
        ("房屋", "3-2-1801"), ("业主", "张三 138****8000"), ("公司租户", "澄湖贸易有限公司 139****9000"),
        ("面积", "89.50 ㎡"), ("状态", "已入住"),
    ]  # fmt: skip
    residence.take(run)
    row.refresh_from_db()
    assert (row.told, row.cells) == (None, None)
    assert [(v.label, v.stored) for v in ESTATE.values(row)] == [
        ("房屋", "3-2-1801"),
        ("登记", "2 人"),
    ]
    assert str(Home.objects.get().area) == "89.50"


def test_a_list_is_taken_back_as_a_whole_but_for_what_was_used_since(residence: Residence) -> None:
    lines = [("3-2-1801", "张三", ZHANG), ("3-2-1802", "李四", LI), ("3-2-1803", "王五", "13700137000"), ("4-1-101", "赵六", "")]  # fmt: skip
    run = residence.take(residence.bring(*lines))
    used = Home.objects.get(label="3-2-1801")
    residence.calls(used.id, "电梯又停了")
    left = Tenancy.objects.get(home__label="3-2-1803")
    residence.do(
        doing.move_out, "苏", home_id=left.home_id, tenancies=(left.id,), until=residence.now.date()
    )
    residence.undo(run)
    assert residence.labels() == ["3-2-1801", "3-2-1803"]
    kept = ImportRow.objects.filter(of=run).order_by("n").values_list("kept_why", flat=True)
    assert list(kept) == ["有来电来访", "", "后来搬走过", ""]
    assert not residence.finds("李四")
    assert residence.unborne() == []
    again = residence.report(residence.bring(*lines))
    assert [v for v, _ in again] == [
        "again",
        "new",
        "again",
        "new",
    ]  # who moves today still lives there
