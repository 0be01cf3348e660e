"""《工作自查记录表》: each fault with who corrected it and when, on screen, on A4 and as a workbook from one definition (SC-4.1)."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from yingbin.duty.actions import checks
from yingbin.duty.queries.self_checks import SelfCheckLine, self_checks
from yingbin.matters.actions import done

from .flat import Flat
from .test_pages import Enter, enter, here, shown, today  # noqa: F401


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶 and 许 are there; it is twenty past eight."""
    flat.come()
    return flat


def rows(flat: Flat) -> list[SelfCheckLine]:
    return self_checks(flat.site, flat.log.day, flat.now.date())


def fault(flat: Flat) -> SelfCheckLine:
    """The one row that isn't in order."""
    (found,) = [row for row in rows(flat) if row.found]
    return found


@pytest.mark.clause("SC-4.1", "SF-4.1")
def test_rooms_that_are_well_are_a_row_each_with_what_was_counted(morning: Flat) -> None:
    morning.well("叶", "opening")
    morning.do(checks.sign_check, "叶", task=f"{morning.post}/opening")
    found = rows(morning)
    assert [(r.number, r.room, r.what, r.result, r.signers) for r in found[:2]] == [
        (1, "整体", "环境卫生、物品摆放、设施设备", "正常", "叶"),
        (2, "贵重物品", "件数 12件", "正常", "叶"),
    ]
    assert {r.check for r in found} == {"开门检查"}


@pytest.mark.clause("SC-4.1")
def test_a_fault_stands_with_its_slip_and_with_whoever_settled_it(morning: Flat) -> None:
    told = {"task": f"{morning.post}/opening", "item": "goods", "kind": "slip"}
    opened = morning.do(checks.failed, "叶", **told, title="靠垫少一个", at="08:30")
    row = fault(morning)
    assert (row.found, row.paper, row.waits) == ("靠垫少一个", f"第{opened.number}号", True)
    morning.do(done, "叶", matter_id=opened.matter, at="09:40")
    row = fault(morning)
    assert (row.corrected, row.corrected_at, row.waits) == ("叶", morning.at("09:40"), False)


@pytest.mark.clause("SC-4.1")
def test_a_fault_that_is_looked_at_again_was_corrected_by_whoever_did(morning: Flat) -> None:
    task = f"{morning.post}/opening"
    told = {"task": task, "item": "goods", "kind": "slip", "title": "靠垫歪了"}
    morning.do(checks.failed, "叶", **told)
    morning.do(checks.answer, "许", task=task, item="goods", result="ok", at="08:45")
    assert (fault(morning).corrected, fault(morning).corrected_at) == ("许", morning.at("08:45"))


@pytest.mark.clause("SC-4.1")
def test_what_a_lead_sent_back_stands_with_the_word_and_whoever_did_it_again(
    morning: Flat,
) -> None:
    task = f"{morning.post}/opening"
    morning.well("叶", "opening")
    morning.do(checks.sign_check, "叶", task=task)
    morning.do(checks.send_back, "许", task=task, item="environment", word="玻璃有手印")
    assert (fault(morning).result, fault(morning).found) == ("退回", "领班退回：玻璃有手印")
    assert fault(morning).waits
    morning.do(checks.answer, "叶", task=task, item="environment", result="ok", at="09:05")
    row = fault(morning)
    assert (row.corrected, row.corrected_at) == ("叶", morning.at("09:05"))


@pytest.mark.clause("SC-4.1")
def test_what_does_not_apply_says_why_and_a_check_nobody_made_is_a_row(morning: Flat) -> None:
    task = f"{morning.post}/closing"
    na = {"task": task, "item": "gas", "result": "na", "reason": "未通气"}
    morning.clock("09:01")
    morning.do(checks.answer, "叶", at="17:45", **na)
    found = rows(morning)
    assert ("开门检查", "没有做") in [(r.check, r.result) for r in found]
    assert "燃气总阀已关（不适用：未通气）" in [r.what for r in found]


def test_the_sheet_asks_the_same_few_questions_for_a_day_and_for_three(morning: Flat) -> None:
    first = morning.log.day

    def asked() -> tuple[int, set[int]]:
        with CaptureQueriesContext(connection) as queries:
            found = self_checks(morning.site, first, morning.now.date())
        return len(queries), {row.day.day for row in found}

    told = {"task": f"{morning.post}/opening", "item": "goods", "kind": "slip", "title": "歪了"}
    morning.do(checks.failed, "叶", **told)
    before, _ = asked()
    for _ in range(2):
        morning.next_day()
        morning.roster(叶="全", 许="全")
        morning.sign_on("叶", at="08:20")
        morning.well("叶", "opening")
    assert asked() == (before, {23, 24, 25})


@pytest.mark.clause("SC-4.1", "SC-4.7")
def test_page_paper_and_workbook_show_the_same_columns(today: Flat, enter: Enter) -> None:  # noqa: F811
    today.well("叶", "opening")
    told = {"task": f"{today.post}/opening", "item": "goods", "kind": "slip", "title": "靠垫歪了"}
    today.do(checks.failed, "叶", **told)
    page = enter("许")
    text = shown(page, here(today, "self-checks/"))
    assert "靠垫歪了" in text
    assert "1 行有问题，1 行还没有纠正" in text
    only = shown(page, here(today, "self-checks/?only=faults"))
    assert "件数 12件" not in only
    paper = shown(page, here(today, "self-checks/print/"))
    for title in ("检查区域", "检查内容", "存在问题", "纠正人", "纠正时间"):
        assert title in paper
    book = load_workbook(io.BytesIO(page.get(here(today, "self-checks/excel/")).content))
    table = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert table[1][:4] == ("序号", "检查时间", "岗位", "检查")
    assert "靠垫歪了" in [row[7] for row in table]
    row = next(r for r in rows(today) if r.found)
    answer = page.get(here(today, f"self-checks/{row.id}/"))
    assert answer["Location"].endswith(f"/check/{today.post}/opening/?day=2026-11-23")
    assert page.get(here(today, f"self-checks/{today.site}/")).status_code == 404
