"""换班: two people change places on a day or two, with a lead's consent (SF-3.2, SC-3.2).

Refused where it would leave a post without somebody who is there now, or shorten a rest below eleven hours: when it is
asked, when the other agrees, and under the lock when the lead does, since the roster may be another by then.
"""

from datetime import date
from uuid import UUID

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused

from ..models import RosterCell, ShiftSwap
from ..queries.roster import staff_on_duty
from ..requests import SWAP
from .planning import put_in_force
from .swap_checks import check_fits, days_of, post_after

LINK = "/duty/roster/mine/"
Status = ShiftSwap.Status


@action("duty.ask_swap")
def ask_swap(pen: Pen, *, with_whom: UUID, day: date, other_day: date) -> UUID:
    """Asks a colleague to change places on `day`, and on `other_day` where that is another one."""
    me = UUID(pen.by)
    if with_whom == me:
        raise Refused("SF-3.2", "不能和自己换班，请选一位同事。", about="with_whom")
    _check_unasked(pen, me, with_whom, sorted((day, other_day)))
    row = ShiftSwap(
        id=uuid7(), site_id=pen.site_id, asked_by_id=me, with_whom_id=with_whom,
        day=day, other_day=other_day, asked_at=pen.at,
    )  # fmt: skip
    check_fits(pen, row)
    body = {
        "swap": str(row.id), "asked_by": str(me), "with": str(with_whom),
        "day": day.isoformat(), "other_day": other_day.isoformat(),
    }  # fmt: skip
    row.seq = pen.append("duty.swap_asked", body, clause="SF-3.2").seq
    row.save(force_insert=True)
    name = names_of([me]).get(pen.by, "同事")
    _tell(pen, with_whom, f"{name}想和您换班", f"{_words(row)}，同意不同意请点开答复。")
    return row.id


def _check_unasked(pen: Pen, me: UUID, whom: UUID, days: list[date]) -> None:
    """Refuses what either of the two has asked the other already: both done, it would be as before."""
    rows = ShiftSwap.objects.filter(site_id=pen.site_id, status__in=[Status.ASKED, Status.AGREED])
    for row in rows.filter(asked_by__in=(me, whom), with_whom__in=(me, whom)):
        if sorted((row.day, row.other_day)) != days:
            continue
        if row.asked_by_id == me:
            why = "这两天已经问过这位同事了，正在等答复。不换了可以先收回。"
        else:
            why = "这位同事已经问过您换这两天，请在「我的排班」答复，不用再问一次。"
        raise Refused("SF-3.2", why)


def _words(row: ShiftSwap) -> str:
    return "、".join(f"{d.month}月{d.day}日" for d in days_of(row))


def _tell(pen: Pen, who: UUID, title: str, body: str) -> None:
    tell(pen, to=[who], kind="duty.swap", title=title, body=body, link=LINK, clause="SF-3.2")


@action("duty.answer_swap")
def answer_swap(pen: Pen, *, swap: UUID, agrees: bool) -> str:
    """The colleague agrees, and a lead is asked; or doesn't, and it is over. How it stands then."""
    row = _row(pen, swap, Status.ASKED)
    if str(row.with_whom_id) != pen.by:
        raise Refused("SF-3.2", "这次换班问的不是您，请被问的同事答复。")
    name = names_of([row.with_whom_id]).get(pen.by, "同事")
    if not agrees:
        _settle(pen, row, Status.DECLINED)
        _tell(pen, row.asked_by_id, f"{name}不换班", f"{_words(row)}，可以再问别的同事。")
        return row.status
    check_fits(pen, row)
    asked = approvals.ask.within(
        pen,
        kind=SWAP.id,
        title=f"换班 {_words(row)}：{names_of([row.asked_by_id]).get(str(row.asked_by_id), '同事')}和{name}",
        about={"swap": str(row.id)},
        for_whom=row.asked_by_id,
    )
    row.approval_id = asked.approval
    _settle(pen, row, Status.AGREED)
    return row.status


@action("duty.withdraw_swap")
def withdraw_swap(pen: Pen, *, swap: UUID) -> None:
    """Whoever asked doesn't want it any more, while nobody has answered."""
    row = _row(pen, swap, Status.ASKED)
    if str(row.asked_by_id) != pen.by:
        raise Refused("SF-3.2", "只有提出换班的人能收回。")
    _settle(pen, row, Status.WITHDRAWN)


def _row(pen: Pen, swap: UUID, status: str) -> ShiftSwap:
    row = ShiftSwap.objects.filter(site_id=pen.site_id, id=swap, status=status).first()
    if row is None:
        raise Refused("SF-3.2", "没有这次换班，或者已经有结果了。请刷新页面。")
    return row


def _settle(pen: Pen, row: ShiftSwap, status: str) -> None:
    row.status = status
    row.save(update_fields=["status", "approval_id"])
    pen.append("duty.swap", {"swap": str(row.id), "status": str(status)}, clause="SF-3.2")


def decided(pen: Pen, asked: Approval) -> None:
    """With the lead's consent both change places at once; refused where the roster doesn't allow it any more."""
    row = _row(pen, UUID(str(asked.about["swap"])), Status.AGREED)
    if asked.status != Approval.Status.GRANTED:
        _settle(pen, row, Status.NOT_GRANTED)
        return
    check_fits(pen, row)
    _change_places(pen, row)
    _settle(pen, row, Status.DONE)


def _change_places(pen: Pen, row: ShiftSwap) -> None:
    """Each gets what the other had; a draft of the lead's own that isn't published yet stays one."""
    pair = (row.asked_by_id, row.with_whom_id)
    rows = RosterCell.objects.filter(site_id=pen.site_id, staff_id__in=pair, day__in=days_of(row))
    cells = {(c.staff_id, c.day): c for c in rows}
    had = {at: (c.published_shift_id, c.published_post_id) for at, c in cells.items()}
    other, staff = dict(zip(pair, pair[::-1], strict=True)), staff_on_duty(pen.site_id, pen.at)
    for (who, day), cell in cells.items():
        drafted = (cell.shift_id, cell.post_id) != had[who, day]
        shift, post = had[other[who], day]
        new = shift, post_after(staff.get(who), shift is not None, post, had[who, day][1])
        cell.published_shift_id, cell.published_post_id = new
        if not drafted:
            cell.shift_id, cell.post_id = new
    put_in_force(pen, list(cells.values()))
