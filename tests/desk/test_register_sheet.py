"""《客户来电来访登记表》: narrowed, leafed through, printed, handed out with a reason (SD-4.1)."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from yingbin.desk.contact import CONTACT
from yingbin.desk.models import RegisterCopy
from yingbin.desk.queries import sheet
from yingbin.desk.register_sheet import REGISTER_SHEET
from yingbin.journal.models import Entry

from .residence import Residence

# As the catalogue has it.
COLUMNS = "序号 时间 方式 客户姓名 房号 电话 类别 内容 接待人 处理部门/人 处理结果 完成时间 回复时间 回访结果 备注"


def page(residence: Residence, **asked: str) -> str:
    """The register as 叶 sees it."""
    answer = residence.browser("叶").get(reverse("desk:index"), asked, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.clause("SD-4.1")
def test_the_sheet_has_the_catalogues_columns_in_its_order() -> None:
    assert " ".join(c.title for c in REGISTER_SHEET.columns) == COLUMNS


@pytest.mark.clause("SD-4.1", "SD-4.3")
def test_a_line_says_who_told_what_and_what_became_of_it(residence: Residence) -> None:
    home = residence.home()
    who = residence.moves_in(home, "张三", "13800001234")
    one = residence.calls(home, "厨房漏水", subject="leak", customer_id=who)
    residence.offer("苏", one)
    for event in ("accept", "arrive", "done"):
        residence.act("钱", event, one)
    residence.act("苏", "tell", one)
    html = page(residence, which="all")
    for said in (
        "2026-0001",
        "来电",
        "张三",
        "3-2-1801",
        "138****1234",
        "求助",
        "厨房漏水",
        "苏 接待",
        "钱",
        "回复 ",
    ):
        assert said in html, said
    assert "13800001234" not in html


@pytest.mark.parametrize(
    ("title", "detail", "content"),
    [
        ("厨房漏水", "", "厨房漏水"),
        ("厨房漏水", "厨房漏水，已经两天", "厨房漏水，已经两天"),
        ("厨房漏水", "家里只有老人", "厨房漏水\n家里只有老人"),
    ],
)
def test_words_that_go_on_where_the_title_ends_are_written_once(
    residence: Residence, title: str, detail: str, content: str
) -> None:
    residence.calls(residence.home(), title, detail=detail)
    cell = page(residence).split('data-label="内容"')[1].split("</td>")[0]
    assert re.sub("<.*?>", "", cell.partition(">")[2]).strip() == content


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["没水", "吵闹"]),
        ({"which": "all"}, ["没水", "吵闹", "车位费"]),
        ({"which": "ended"}, ["车位费"]),
        ({"kind": "complaint"}, ["吵闹"]),
        ({"source": "letter"}, ["吵闹"]),
        ({"words": "没水"}, ["没水"]),
        ({"words": "2026-0002"}, ["吵闹"]),
        ({"words": "3号", "which": "all"}, ["车位费"]),
        ({"since": "2026-11-24"}, []),
        ({"until": "坏的日子"}, ["没水", "吵闹"]),
        ({"words": "煤气"}, []),
    ],
)
def test_the_register_is_narrowed(
    residence: Residence, asked: dict[str, str], found: list[str]
) -> None:
    residence.record(title="家里没水", subject="water")
    residence.record("叶", title="楼上吵闹", kind="complaint", source="letter", subject="noise")
    residence.record(title="车位费", kind="enquiry", answer="每月五号", subject="fees")
    html = page(residence, **asked)
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [word for word in ("没水", "吵闹", "车位费") if word in rows] == found


@pytest.mark.clause("SD-4.1")
def test_by_whoever_wrote_it_down_owns_or_has_it(residence: Residence) -> None:
    residence.record("苏", title="家里没水")
    residence.record("叶", title="楼上吵闹", subject="noise")
    rows = page(residence, who=str(residence.id("苏"))).partition("<tbody>")[2]
    assert "家里没水" in rows
    assert "楼上吵闹" not in rows


def test_a_page_of_twenty_five_asks_as_many_questions_as_one_of_two(residence: Residence) -> None:
    def questions() -> int:
        browser = residence.browser("叶")
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("desk:index"), follow=True)
        return len(seen)

    residence.record(title="第一件")
    residence.record(title="第二件")
    few = questions()
    for n in range(5):
        residence.record("叶", title=f"又一件{n}", home=f"5-1-{n}01")
    assert questions() == few


@pytest.mark.clause("SD-4.1")
def test_a_copy_leaves_with_a_reason_and_the_journal_knows(residence: Residence) -> None:
    home = residence.home()
    who = residence.moves_in(home, "张三", "13800001234")
    residence.calls(home, "电梯停了", customer_id=who)
    address = reverse("desk:hand_out_register")
    refused = residence.browser("苏").post(address, {"key": "a", "form": "sheet"}, follow=True)
    assert "请写明带出去做什么用" in refused.content.decode()
    told = {"key": "b", "form": "sheet", "why": "月度汇总"}
    cells = {}
    for who_asks, number in (("苏", "138****1234"), ("林", "13800001234")):
        answer = residence.browser(who_asks).post(address, told)
        assert answer["Content-Type"].endswith("sheet")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        cells[who_asks] = [cell.value for cell in sheet[3]]
        assert number in cells[who_asks]
        assert cells[who_asks][0] == "2026-0001"
    assert list(RegisterCopy.objects.values_list("why", "rows")) == [("月度汇总", 1)] * 2
    assert Entry.objects.filter(kind="desk.register_out").count() == 2
    assert residence.faults() == []


@pytest.mark.clause("SD-4.1")
def test_the_a4_sheet_has_all_columns_and_masked_numbers(residence: Residence) -> None:
    home = residence.home()
    who = residence.moves_in(home, "张三", "13800001234")
    residence.calls(home, "电梯停了", customer_id=who)
    html = residence.browser("苏").get(reverse("desk:print_register"), follow=True).content.decode()
    for title in COLUMNS.split():
        assert title in html
    assert "138****1234" in html
    assert "13800001234" not in html


def test_a_worker_and_a_guard_have_no_register(residence: Residence) -> None:
    for who in ("钱", "石"):
        browser = residence.browser(who)
        for name in ("index", "print_register"):
            assert browser.get(reverse(f"desk:{name}"), follow=True).status_code == 403
        told = {"key": "x", "form": "sheet", "why": "看看"}
        assert browser.post(reverse("desk:hand_out_register"), told).status_code == 403
        assert browser.post(reverse("desk:contact"), {"phone": "1"}).status_code == 403


@pytest.mark.clause("SD-4.1")
def test_the_supervisor_writes_down_the_desks_telephone(residence: Residence) -> None:
    told = {"key": "t", "phone": "0571-8888 6666"}
    residence.browser("林").post(reverse("desk:contact"), told)
    assert CONTACT.in_force(residence.site, residence.now).values.phone == "0571-8888 6666"


@pytest.mark.parametrize("often", [1, 3000])
def test_words_said_often_and_words_said_seldom_find_the_same(
    residence: Residence, monkeypatch: pytest.MonkeyPatch, often: int
) -> None:
    monkeypatch.setattr(sheet, "OFTEN", often)
    told = ("厨房漏水", "厨房没灯", "客厅漏水", "厨房又漏水")
    for words in told:
        residence.record(title=words)
    rows = page(residence, words="厨房漏水").partition("<tbody>")[2].partition("</tbody>")[0]
    assert [words for words in told if words in rows] == ["厨房漏水"]
