"""A price list comes in as the office's own sheet: read, reported, one new version; taken back by one more (SD-4.2.3)."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.importing.personnel import excel
from tests.importing.worker import works_on
from yingbin.desk.importing.prices import PRICES_IMPORT, PriceLine, fen
from yingbin.desk.models import PriceList
from yingbin.desk.prices import Priced, priced
from yingbin.importing import actions as importing
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.queries import survey_of
from yingbin.rules.decision import Refused
from yingbin.tables.survey import Choices, proposed

from .till import Till

pytestmark = pytest.mark.clause("SD-4.2.3")
HEAD = ("编号", "名称", "单位", "人工", "材料")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("80", 8000), ("80.00", 8000), ("¥1,280.5", 128050), ("99.99 元", 9999), ("0", 0), ("-5", -500),
        ("面议", None), ("80.125", None), ("80~100", None), ("", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text: str, amount: int | None) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (PriceLine("疏通", "A01", "次", "80", "0"), ""),
        (PriceLine("疏通", "A01", price="80"), ""),
        (PriceLine("疏通", "A01", labour="60", material="20", price="80"), ""),
        (PriceLine("上门查看", "A07", labour="0"), ""),
        (PriceLine("水箱", "A09", labour="99999.99"), ""),
        (PriceLine("水箱", "A09", labour="99999.99", material="0.01"), "99,999.99"),
        (PriceLine("疏通", "A01", labour="60", material="20", price="90"), "对不上"),
        (PriceLine("疏通", "A01", price="10", material="20"), "在 0 到"),
        (PriceLine("疏通", "A01", labour="面议"), "要写金额"),
        (PriceLine("疏通", "A01"), "不收钱的写 0"),
        (PriceLine("疏通", "", labour="80"), "没有写编号"),
        (PriceLine("通" * 41, "A01", labour="80"), "最多写 40 个字"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_cell(line: PriceLine, why: str) -> None:
    said = "".join(reason for _, _, reason in line.faults())
    assert (why in said) if why else (said == "")


def brought(till: Till, *lines: Sequence[Any], head: Sequence[str] = HEAD) -> ImportRun:
    """A file of which the report is ready."""
    told = {"valid_from": f"{till.today}"}
    run = till.do(
        importing.take_as_proposed, "林", kind="prices", file_name="价目.xlsx", data=excel(*lines, head=head),
        told=told,
    )  # fmt: skip
    return work(till, ImportRun.objects.get(id=run))


def work(till: Till, run: ImportRun) -> ImportRun:
    """The worker goes on until nothing is left to do."""
    till.later(seconds=1)
    works_on(till.now)
    run.refresh_from_db()
    return run


def taken(till: Till, run: ImportRun) -> list[Priced]:
    """The newest list after the good lines were taken in."""
    till.do(importing.apply_import, "林", run_id=run.id, whole=False, receivers=False)
    work(till, run)
    return list(priced(PriceList.objects.latest("version").items))


FIRST = (
    Priced("A01", "疏通下水道", "次", 8000, 0),
    Priced("A02", "换角阀", "只", 3000, 2500),
    Priced("A09", "不再做的", "次", 100, 0),
)


def test_a_file_becomes_the_next_version_and_the_report_says_what_changes(till: Till) -> None:
    till.set_prices(*FIRST)
    before = PriceList.objects.count()
    run = brought(
        till, ("A01", "疏通下水道", "次", 80, 0), ("A02", "换角阀", "只", 35, 25), ("A03", "换灯管", "根", 20, 18),
        ("A03", "再来一个", "根", 20, 18), ("合计", "合计", None, None, None),
    )  # fmt: skip
    rows = list(ImportRow.objects.filter(of=run).order_by("n"))
    assert [row.verdict for row in rows] == ["again", "known", "new", "refused", "skipped"]
    assert ("人工", "35 元，原来 30") in {
        (v.label, v.stored) for v in PRICES_IMPORT.values(rows[1])
    }
    assert [note[:5] for note in PRICES_IMPORT.notes(run)] == ["表里没有、", "有 1 行"]
    assert "A09 不再做的" in PRICES_IMPORT.notes(run)[0]
    assert PriceList.objects.count() == before, "nothing is stored before somebody says so"
    items = taken(till, run)
    assert [(one.code, one.price) for one in items] == [("A01", 8000), ("A02", 6000), ("A03", 3800)]
    assert PriceList.objects.count() == before + 1
    assert till.faults() == []


def test_taking_it_back_is_one_more_version_unless_another_came_since(till: Till) -> None:
    till.set_prices(*FIRST)
    run = brought(till, ("A01", "疏通下水道", "次", 90, 0))
    assert [one.price for one in taken(till, run)] == [9000]
    till.do(importing.undo_import, "林", run_id=run.id, why="表错了")
    work(till, run)
    assert list(priced(PriceList.objects.latest("version").items)) == list(FIRST)
    again = brought(till, ("A01", "疏通下水道", "次", 95, 0))
    taken(till, again)
    version = till.set_prices(*FIRST)
    till.do(importing.undo_import, "林", run_id=again.id, why="表错了")
    work(till, again)
    assert PriceList.objects.latest("version").version == version
    assert set(ImportRow.objects.filter(of=again).values_list("kept_why", flat=True)) == {"后来又出过新的一版"}  # fmt: skip


def test_what_was_downloaded_is_read_as_it_is_and_changes_nothing(till: Till) -> None:
    till.set_prices(*FIRST)
    got = till.browser("林").get(reverse("desk:price_import:import_blank"), follow=True).content
    run = till.do(
        importing.take_as_proposed, "林", kind="prices", file_name="价目.xlsx", data=got,
        told={"valid_from": f"{till.today}"},
    )  # fmt: skip
    work(till, ImportRun.objects.get(id=run))
    assert set(ImportRow.objects.values_list("verdict", flat=True)) == {"again"}


@pytest.mark.parametrize(("who", "status"), [("林", 200), ("顾", 200), ("苏", 403), ("钱", 403)])
def test_whoever_sets_the_prices_brings_them_in(till: Till, who: str, status: int) -> None:
    page = till.browser(who).get(reverse("desk:price_import:imports"), follow=True)
    assert page.status_code == status
    offered = (
        "用表格" in till.browser(who).get(reverse("desk:prices"), follow=True).content.decode()
    )
    assert offered == (status == 200)


@pytest.mark.parametrize(
    ("head", "line", "item"),
    [
        (("项目名称", "编码", "收费标准"), ("疏通", "A01", "80元"), Priced("A01", "疏通", "次", 8000, 0)),
        (("序号", "服务内容", "计量单位", "人工费", "材料费"), ("7", "换灯", "根", "20", "18.5"), Priced("7", "换灯", "根", 2000, 1850)),
        (("编号", "名称", "材料", "单价"), ("B1", "换阀", "25", "55"), Priced("B1", "换阀", "次", 3000, 2500)),
    ],
    ids=["one price, no unit", "words of the trade", "a price with its material in it"],
)  # fmt: skip
def test_the_offices_own_headings_are_understood(
    till: Till, head: tuple[str, ...], line: tuple[str, ...], item: Priced
) -> None:
    assert taken(till, brought(till, line, head=head)) == [item]


def test_prices_hold_from_the_day_that_was_said_and_quotes_of_before_stay(till: Till) -> None:
    version = till.set_prices(*FIRST)
    run = till.do(
        importing.take_as_proposed, "林", kind="prices", file_name="价目.csv",
        data="编号,名称,人工\nA01,疏通下水道,120\n".encode(), told={"valid_from": "2027-01-01"},
    )  # fmt: skip
    taken(till, work(till, ImportRun.objects.get(id=run)))
    newest = PriceList.objects.latest("version")
    assert (newest.version, f"{newest.valid_from}") == (version + 1, "2027-01-01")
    page = till.browser("钱").get(reverse("desk:prices"), follow=True).content.decode()
    assert f"现在用的是第 {version} 版" not in page, "the list that holds is shown"
    assert "不再做的" in page


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("名字,价\n疏通,80\n", "一张表都没有选"),
        ("编号,名称\nA01,疏通\n", "人工或单价"),
    ],
)
def test_a_file_that_is_no_price_list_is_refused_in_words(till: Till, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        till.do(
            importing.take_as_proposed, "林", kind="prices", file_name="价目.csv", data=text.encode(),
            told={"valid_from": f"{till.today}"},
        )  # fmt: skip


def _as_proposed(run: ImportRun) -> Choices:
    """The columns as they were taken for."""
    return proposed(survey_of(run))


def test_from_upload_to_the_list_by_plain_posts(till: Till) -> None:
    till.set_prices(*FIRST)
    browser = till.browser("林")
    sent = excel(("A01", "疏通下水道", "次", 90, 0), head=HEAD)
    file = SimpleUploadedFile("价目.xlsx", sent)
    home = reverse("desk:price_import:imports")
    missing = browser.post(home, {"key": "a", "file": file, "valid_from": ""}, follow=True)
    assert "请填从哪天起用这些价格" in missing.content.decode()
    file.seek(0)
    told = {"key": "b", "file": file, "valid_from": f"{till.today}"}
    assert "编号" in browser.post(home, told, follow=True).content.decode()
    run = ImportRun.objects.get()
    till.do(importing.settle_columns, "林", run_id=run.id, choices=_as_proposed(run))
    work(till, run)
    page = reverse("desk:price_import:import", args=[run.id])
    report = browser.get(page, follow=True).content.decode()
    assert "90 元，原来 80" in report
    assert "A09 不再做的" in report, "what the file hasn't is said before"
    browser.post(reverse("desk:price_import:import_begin", args=[run.id]), {"key": "c", "take": "all"}, follow=True)  # fmt: skip
    work(till, run)
    assert "去看价目" in browser.get(page, follow=True).content.decode()
    assert PriceList.objects.latest("version").items[0]["labour"] == 9000
    assert till.faults() == []
