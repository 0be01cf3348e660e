"""公事外出 (TQ-7): asked as every request is, granted into the queue; what was asked before still stands as it was told."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.force import guards_off
from tests.gallery.conftest import Gallery
from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.gallery.actions import days, presence
from yingbin.gallery.actions.events import advance
from yingbin.gallery.actions.open_day import seat
from yingbin.gallery.kinds import LEAVE
from yingbin.gallery.models import TurnEvent
from yingbin.journal.action import action
from yingbin.journal.check import check_site
from yingbin.journal.commit import committed
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.clause("TQ-7")
SALT = "ab" * 16


@action("test.leave_of_before")
def asked_before(pen: Pen, *, note: str) -> UUID:
    """A request as the version before wrote it, and as the upgrade moved its row."""
    row = Approval(
        site_id=pen.site_id, number=1, kind=LEAVE.id, title=LEAVE.title, words=note, salt=SALT,
        about={"day": seat(pen).day.day.isoformat()}, asked_by=UUID(pen.by), asked_at=pen.at,
        asked_in="leave.asked",
    )  # fmt: skip
    row.save(force_insert=True)
    words = committed({"note": note}, SALT)
    pen.append("leave.asked", {"request": str(row.id), "who": pen.by, "words": words})
    return row.id


def ended(row: Approval, status: str, pen: Pen, answer: str = "") -> dict[str, object]:
    """The row as the upgrade moved it, and what its last entry said of it."""
    row.status, row.decided_at, row.answer = status, pen.at, answer
    row.decided_by = UUID(pen.by) if status != "withdrawn" else None
    row.save()
    return {"words": committed({"answer": answer}, SALT)}


@action("test.answered_before")
def answered_before(pen: Pen, *, request: UUID, how: str) -> None:
    """Its end as the version before wrote it."""
    row = Approval.objects.get(id=request)
    if how == "granted":
        event = {"event": "away", "who": str(row.asked_by), "reason": "business"}
        told = ended(row, how, pen, "去吧")
        advance(pen=pen, today=seat(pen), event=event | {"approved_by": pen.by}, answered=told)
    elif how == "declined":
        pen.append("leave.declined", {"request": str(row.id), **ended(row, how, pen, "人手不够")})
    elif how == "withdrawn":
        ended(row, how, pen)
        pen.append("leave.withdrawn", {"who": str(row.asked_by)})
    else:
        ended(row, "withdrawn", pen)
        advance(pen=pen, today=seat(pen), event={"event": "sign_out", "who": str(row.asked_by)})


def altered(request: UUID, change: dict[str, object]) -> None:
    """Changes a request behind the program's back, past the guard of its table."""
    with guards_off():
        Approval.objects.filter(id=request).update(**change)


def faults(hall: Gallery) -> list[str]:
    """What the check finds, of all kinds."""
    return [str(fault) for line in check_site(hall.site) for fault in line.found]


@pytest.mark.parametrize("how", ["granted", "declined", "withdrawn", "gone home"])
def test_leave_of_before_stands_by_the_entries_of_before(hall: Gallery, how: str) -> None:
    request = hall.do(asked_before, "林悦", note="去房管局")
    by = "林悦" if how == "withdrawn" else "郑岚"
    hall.do(answered_before, by, request=request, how=how)
    assert faults(hall) == []
    for change in ({"words": "私事"}, {"status": "lapsed"}, {"answer": "随便"}, {"kind": "visit"}):
        was = {name: getattr(Approval.objects.get(id=request), name) for name in change}
        altered(request, change)
        assert any(fault.startswith("外出申请") for fault in faults(hall)), change
        altered(request, was)
    assert faults(hall) == []


@pytest.mark.parametrize("how", ["granted", "declined", "withdrawn", "gone home"])
def test_leave_still_open_at_the_upgrade_is_answered_as_any_request(
    hall: Gallery, how: str
) -> None:
    request = hall.do(asked_before, "林悦", note="去房管局")
    if how == "withdrawn":
        hall.do(presence.withdraw_leave, "林悦")
    elif how == "gone home":
        hall.do(presence.sign_out, "林悦", who=hall.id("林悦"))
    else:
        yes = how == "granted"
        hall.do(approvals.decide, "郑岚", approval_id=request, grant=yes, words="" if yes else "忙")
    expected = "withdrawn" if how == "gone home" else how
    assert Approval.objects.get(id=request).status == expected
    assert how == "gone home" or hall.person("林悦").status == (
        "away" if how == "granted" else "free"
    )
    assert faults(hall) == []


def test_a_row_that_says_it_was_asked_before_needs_its_entry_of_before(hall: Gallery) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去房管局")
    assert faults(hall) == []
    altered(request, {"asked_in": "leave.asked"})
    found = faults(hall)
    assert any("外出申请" in one and "绕过程序" in one for one in found)
    assert any(one.startswith("申请：") and "库里没有了" in one for one in found)


def test_granted_leave_is_one_write_and_tells_the_one_who_asked(hall: Gallery) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行送按揭资料")
    told = Notice.objects.get(to_id=hall.id("郑岚"), kind="leave")
    assert told.title == "林悦申请：公事外出"
    assert told.body == "去银行送按揭资料"
    hall.do(approvals.decide, "郑岚", approval_id=request, grant=True)
    event = TurnEvent.objects.get(event__event="away")
    assert event.event["approved_by"] == str(hall.id("郑岚"))
    kinds = list(Entry.objects.order_by("-seq").values_list("kind", flat=True)[:4])
    assert kinds.index("turns.event") < kinds.index("approval.ended")  # the newest first
    answer = Notice.objects.get(to_id=hall.id("林悦"), title="已批准：公事外出")
    assert (answer.body, answer.link) == ("被轮空的话，回来后先接下一批。", "/gallery/mine/")


def test_a_yes_that_the_queue_refuses_is_no_yes(hall: Gallery) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行")
    hall.do(answered_by_the_rules, "郑岚", who=hall.id("林悦"))
    with pytest.raises(Refused):
        hall.do(approvals.decide, "郑岚", approval_id=request, grant=True)
    assert Approval.objects.get(id=request).status == "asked"


@action("test.away_meanwhile")
def answered_by_the_rules(pen: Pen, *, who: UUID) -> None:
    """She went out by an event that took no request back."""
    event = {"event": "away", "who": str(who), "reason": "meal"}
    advance(pen=pen, today=seat(pen), event=event)


def test_one_asks_once_and_what_is_taken_back_can_be_asked_again(hall: Gallery) -> None:
    hall.do(presence.ask_business_leave, "林悦", note="去银行")
    with pytest.raises(Refused, match="已经申请了"):
        hall.do(presence.ask_business_leave, "林悦", note="去房管局")
    hall.do(presence.ask_business_leave, "周航", note="去房管局")
    hall.do(presence.withdraw_leave, "林悦")
    with pytest.raises(Refused, match="没有等着批复的外出申请"):
        hall.do(presence.withdraw_leave, "林悦")
    hall.do(presence.ask_business_leave, "林悦", note="下午再去")


@pytest.mark.parametrize("way", ["meal", "private", "sign_out"])
def test_whoever_goes_otherwise_needs_no_answer_any_more(hall: Gallery, way: str) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行")
    if way == "sign_out":
        hall.do(presence.sign_out, "郑岚", who=hall.id("林悦"))
    else:
        hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason=way)
    row = Approval.objects.get(id=request)
    assert (row.status, row.decided_by) == ("withdrawn", None)
    assert faults(hall) == []


def test_a_day_with_leave_unanswered_is_not_closed(hall: Gallery) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行")
    with pytest.raises(Refused, match="林悦的公事外出申请还没有批复"):
        hall.do(days.close_gallery, "郑岚")
    hall.now += timedelta(minutes=5)
    hall.do(approvals.decide, "郑岚", approval_id=request, grant=False, words="快收场了")
    hall.do(days.close_gallery, "郑岚")
