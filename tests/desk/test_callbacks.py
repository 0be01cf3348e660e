"""回访: who calls, what is said, what stays between the resident and the supervisor (SD-4.3, SD-4.4)."""

import hashlib
import io
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.customers.office import Office, as_
from yingbin.desk.actions.callbacks import Answers, call_back
from yingbin.desk.models import CallAnswer, CallSheetCopy
from yingbin.journal.models import Entry
from yingbin.notices.hooks import KINDS
from yingbin.people.models import Assignment, Site
from yingbin.rules.decision import Refused

from .counter import Counter


def closed_complaint(counter: Counter, by: str = "苏") -> UUID:
    """A complaint that its resident agreed to close; it is always called back."""
    one = counter.record(by, "complaint", title="楼上中午敲墙", subject="noise")
    for event, told in (
        ("respond", {}), ("assess", {"severity": "major"}), ("investigate", {"note": "看了监控"}),
        ("answer", {"text": "停工并罚扣押金"}), ("tell", {}), ("agree", {"agreed": True}),
    ):  # fmt: skip
        counter.act(by, event, one, **told)
    return one


def call(counter: Counter, by: str, one: UUID, answers: Answers | None = None) -> str:
    """A call by somebody; the sentence."""
    said: str = counter.do(call_back, by, matter_id=one, answers=answers).because
    return said


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize(
    ("points", "score", "state"),
    [
        (5, "satisfied", "closed"),
        (4, "satisfied", "closed"),
        (3, "fairly", "closed"),
        (2, "dissatisfied", "new"),
        (1, "dissatisfied", "new"),
    ],
)
def test_points_say_whether_the_resident_is_satisfied_and_who_is_not_opens_it_again(
    counter: Counter, points: int, score: str, state: str
) -> None:
    one = closed_complaint(counter)
    call(counter, "叶", one, Answers(points, asked=False, remark="又敲了"))
    row, kept = counter.desk(one), CallAnswer.objects.get()
    assert (row.callback, row.callback_score, kept.points) == ("done", score, points)
    assert counter.stands(one)[0] == state
    assert counter.faults() == []


@pytest.mark.clause("SD-4.4")
def test_no_webhook_carries_whether_anything_was_asked_of_a_resident(counter: Counter) -> None:
    call(counter, "叶", closed_complaint(counter), Answers(4, asked=True, wanted="师傅要了两包烟"))
    said = {e.kind for e in Entry.objects.filter(site_id=counter.site) if "asked" in str(e.body)}
    assert said
    assert said.isdisjoint(KINDS)


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize(
    ("by", "answers", "why"),
    [
        ("苏", Answers(5, asked=False), "经手过这件事，不能自己回访"),
        ("石", Answers(5, asked=False), "回访由前台同事、主管或经理来做"),
        ("叶", Answers(2, asked=False, remark=" "), "请写下为什么不满意"),
        ("叶", Answers(6, asked=False), "1 到 5 分"),
    ],
)
def test_a_call_that_may_not_be_or_says_too_little_is_refused_and_nothing_is_kept(
    counter: Counter, by: str, answers: Answers, why: str
) -> None:
    one = closed_complaint(counter)
    with pytest.raises(Refused, match=why):
        call(counter, by, one, answers)
    assert counter.desk(one).callback == "due"
    assert not CallAnswer.objects.exists()


@pytest.mark.clause("SD-4.3")
def test_three_calls_at_different_hours_reach_nobody_and_a_second_in_the_hour_is_no_further_one(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    said = [call(counter, "叶", one), call(counter, "叶", one)]
    counter.later(hours=1)
    said.append(call(counter, "叶", one))
    counter.later(hours=1)
    said.append(call(counter, "叶", one))
    assert [s[:10] for s in said] == ["没有打通，这是第1次", "没有打通；这个钟点已", "没有打通，这是第2次", "不同时间打了3次都没"]  # fmt: skip
    assert counter.desk(one).callback == "unreachable"


@pytest.mark.clause("SD-4.4")
def test_what_was_asked_of_a_resident_stands_in_the_journal_as_a_commitment_and_can_be_erased(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    call(counter, "叶", one, Answers(4, asked=True, wanted="师傅要了两包烟"))
    kept = CallAnswer.objects.get()
    assert kept.told == [counter.id("林")]
    assert counter.heard("林").count("asked") == 1
    assert "asked" not in counter.heard("苏") + counter.heard("顾") + counter.heard("叶")
    assert not any("两包烟" in str(entry.body) for entry in Entry.objects.all())
    assert counter.faults() == []
    CallAnswer.objects.filter(id=kept.id).update(wanted="", salt="")
    assert counter.faults() != [], "emptied without anybody having asked for it"


@pytest.mark.clause("SD-4.4")
def test_where_the_supervisor_had_a_part_in_it_the_manager_hears_too(counter: Counter) -> None:
    one = closed_complaint(counter, by="林")
    call(counter, "叶", one, Answers(4, asked=True, wanted="要红包"))
    assert set(CallAnswer.objects.get().told) == {counter.id("林"), counter.id("顾")}


# By the pages


@pytest.mark.clause("SD-4.3")
def test_whoever_had_a_part_in_it_is_told_who_calls_and_somebody_else_has_it_in_their_list(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    listed = reverse("desk:callbacks")
    assert str(one) in text(counter, "叶", listed)
    assert str(one) not in text(counter, "苏", listed)
    assert "您经手过，请叶、林、顾打" in text(counter, "苏", f"{listed}?which=all")
    assert "没打通" not in text(counter, "苏", reverse("desk:call", args=[one]))
    page = text(counter, "叶", reverse("desk:call", args=[one]))
    for said in ("楼上中午敲墙", "停工并罚扣押金", "有人向您要过东西", "没打通"):
        assert said in page


@pytest.mark.clause("SD-4.3", "SD-4.4")
def test_answers_of_the_page_are_kept_and_what_was_asked_is_read_by_the_supervisor_alone(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    browser = counter.browser("叶")
    told = {"key": "k", "points": "2", "asked": "yes", "wanted": "师傅要两包烟", "remark": ""}
    address = reverse("desk:call", args=[one])
    answer = browser.post(address, told, follow=True)
    assert answer.status_code == 422
    assert "请写下为什么不满意" in answer.content.decode()
    assert "师傅要两包烟" in answer.content.decode(), "what was typed stays"
    done = browser.post(address, {**told, "remark": "又漏了"}, follow=True).content.decode()
    assert "住户不满意，重新打开" in done
    matter = reverse("desk:matter", args=[one])
    pages = {who: text(counter, who, matter) for who in ("苏", "叶", "顾", "林")}
    assert [who for who, page in pages.items() if "两包烟" in page] == ["林"]
    assert [who for who, page in pages.items() if "提过要求" in page] == ["林"]
    assert all("又漏了" in page for page in pages.values()), "why it was reopened everybody reads"
    assert "又漏了" in text(counter, "苏", reverse("desk:call_sheet"))
    assert "两包烟" not in text(counter, "林", reverse("desk:call_sheet"))


@pytest.mark.clause("SD-4.3")
def test_one_tap_says_that_nobody_answered_and_the_page_says_from_when_the_next_counts(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    browser = counter.browser("叶")
    browser.post(reverse("desk:not_reached", args=[one]), {"key": "a"})
    assert counter.desk(one).callback_attempts == [["2026-11-23", 9]]
    page = browser.get(reverse("desk:call", args=[one]), follow=True).content.decode()
    assert "10:00 以后再打才算一次" in page


def test_call_backs_of_another_office_are_not_there_and_workers_have_none(counter: Counter) -> None:
    one = closed_complaint(counter)
    other = Office("xihu", "西湖管理处")
    Assignment.objects.filter(site=other.place).update(role="desk_clerk")
    Site.objects.filter(id=other.site).update(kind="management_office")
    browser = as_(other, "苏晴")
    for name in ("desk:call", "desk:not_reached"):
        address = reverse(name, args=[one])
        assert browser.post(address, {"key": name}, follow=True).status_code == 404
    assert counter.browser("钱").get(reverse("desk:callbacks"), follow=True).status_code == 403
    still = counter.record()
    assert (
        counter.browser("叶").get(reverse("desk:call", args=[still]), follow=True).status_code
        == 404
    )


def text(counter: Counter, who: str, address: str) -> str:
    """A page as somebody reads it."""
    answer = counter.browser(who).get(address, follow=True)
    assert answer.status_code == 200, answer.status_code
    page: str = answer.content.decode()
    return page


# 《回访记录表》 as a workbook


def handed(counter: Counter, who: str = "叶", **told: str) -> Any:
    """The answer to somebody who asks for the workbook."""
    said = {"key": "k", "since": "2026-11-01", "until": "2026-11-30", "why": "月度分析", **told}
    return counter.browser(who).post(reverse("desk:hand_out_calls"), said, follow=True)


@pytest.mark.clause("SD-4.3", "SD-4.4")
def test_the_calls_of_some_days_leave_as_a_workbook_with_a_reason_that_is_kept(
    counter: Counter,
) -> None:
    one = closed_complaint(counter)
    call(counter, "叶", one)
    counter.later(hours=2)
    call(counter, "叶", one, Answers(2, asked=True, wanted="师傅要了两包烟", remark="又敲了"))
    answer = handed(counter)
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert [(row[0], row[6], row[7]) for row in rows] == [
        (1, "没打通", None),
        (2, "不满意 2", "又敲了"),
    ]
    assert "两包烟" not in str(rows), "what was asked is for the supervisor alone"
    kept = CallSheetCopy.objects.get()
    assert (kept.rows, kept.why, kept.by) == (2, "月度分析", counter.id("叶"))
    assert kept.sha256 == hashlib.sha256(answer.content).hexdigest()
    entry = Entry.objects.get(kind="desk.calls_out")
    assert "月度分析" not in str(entry.body)
    assert counter.faults() == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"why": ""}, "请写明带出去做什么用"),
        ({"until": "2026-10-01"}, "要在开始的那天以后"),
        ({"since": "上个月"}, "请填日期"),
    ],
)
def test_without_a_reason_or_with_days_that_make_no_sense_nothing_leaves(
    counter: Counter, told: dict[str, str], why: str
) -> None:
    call(counter, "叶", closed_complaint(counter))
    answer = handed(counter, **told)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not CallSheetCopy.objects.exists()


@pytest.mark.parametrize("who", ["钱", "石"])
def test_neither_workers_nor_guards_take_calls_along(counter: Counter, who: str) -> None:
    assert handed(counter, who).status_code == 403
    assert not CallSheetCopy.objects.exists()


def test_days_without_calls_leave_as_an_empty_sheet_and_the_page_offers_the_last_thirty(
    counter: Counter,
) -> None:
    call(counter, "叶", closed_complaint(counter))
    page = text(counter, "叶", reverse("desk:callbacks") + "?which=done")
    assert f'value="{counter.now.date():%Y-%m-%d}"' in page
    answer = handed(counter, since="2026-01-01", until="2026-01-31")
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 2
