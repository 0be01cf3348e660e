"""在岗: sign in by the gallery's changing code, go out (TQ-7), come back, sign out."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.people.actions import site_code
from yingbin.people.calendar import ZONE
from yingbin.people.models import Staff
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused

from ..kinds import LEAVE
from ..models import GalleryDay, Presence
from . import tell
from .events import OpenDay, advance
from .open_day import seat, seat_today


def check_code(acting: Acting, given: str) -> None:
    """Refuses a code that isn't on the gallery's screen now, or too many guesses."""
    site_code.check_code(
        acting,
        given,
        clause="TQ-11",
        wrong="签到码不对。请看案场大屏上当前的数字，每半分钟换一次。",
        too_many="签到码输错太多次，请十分钟后再试，或请销售经理代为签到。",
    )


@action("sign_in")
def sign_in(pen: Pen, *, who: UUID, how: str = "code") -> None:
    """Someone is on site: before opening a presence, afterwards the tail of the queue.

    The code is checked by the caller with `check_code`; the manager signs others in without one.
    """
    _sign_in(pen, who, how)


def _sign_in(pen: Pen, who: UUID, how: str) -> None:
    _check_sells(pen, who)
    if open_day(pen.site_id) is None:
        _before_opening(pen, who, how)
        return
    today = seat_today(pen)
    today.row.names.setdefault(str(who), Staff.objects.get(id=who).name)
    made = advance(pen=pen, today=today, event={"event": "sign_in", "who": str(who)})
    tell.decided(pen, today, made.decisions, None)


@action("sign_in_all")
def sign_in_all(pen: Pen, *, who: list[UUID]) -> int:
    """全部到齐: before opening, the manager signs these people in, each by a fact of their own.

    Whoever signed in already stays where they stand; refused for anybody who is no salesperson here.
    """
    if open_day(pen.site_id) is not None:
        raise Refused("TQ-11", "已经开场了，晚到的同事请自己签到，或逐位代为签到。")
    day = pen.at.astimezone(ZONE).date()
    here = Presence.objects.filter(site_id=pen.site_id, day=day, withdrawn_at__isnull=True)
    there = set(here.values_list("staff_id", flat=True))
    new = [w for w in dict.fromkeys(who) if w not in there]
    if not new:
        raise Refused("TQ-11", "没有勾选还没签到的同事。没到的不勾，到了的勾上。")
    for one in new:
        _sign_in(pen, one, "manager")
    return len(new)


def _check_sells(pen: Pen, who: UUID) -> None:
    """Only a salesperson of this site stands in its queue, from when the role begins until it ends (TQ-11)."""
    if staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=who).exists():
        return
    name = names_of({who}).get(str(who), "这位同事")
    need = "要排接待，请先在人员页给「置业顾问」这个角色。"
    raise Refused("TQ-11", f"{name}现在不是本案场的置业顾问，不能签到。{need}")


def _check_stays(today: OpenDay, who: UUID) -> None:
    """Who is no salesperson any more only ends the reception under way."""
    if str(who) in today.strangers:
        raise Refused("TQ-11", "已经不是本案场的置业顾问，手上这批接待完就签退，不用再点。")


def open_day(site_id: UUID) -> GalleryDay | None:
    """The gallery's open day, or None."""
    return GalleryDay.objects.filter(site_id=site_id, closed_at__isnull=True).first()


def _before_opening(pen: Pen, who: UUID, how: str) -> None:
    day = pen.at.astimezone(ZONE).date()
    if GalleryDay.objects.filter(site_id=pen.site_id, day=day).exists():
        raise Refused(
            "TQ-11", "今天已经收场，不能再签到。还有客户来访，请销售经理在督导页重新开场。"
        )
    present = Presence.objects.filter(
        site_id=pen.site_id, day=day, staff_id=who, withdrawn_at__isnull=True
    )
    if present.exists():
        raise Refused("TQ-11", "您今天已经签到了，等经理开场即可。")
    at = _after_the_last(pen, day)
    Presence.objects.create(
        site_id=pen.site_id, day=day, staff_id=who, at=at, by=UUID(pen.by), how=how
    )
    pen.append("presence.signed_in", {"day": day.isoformat(), "who": str(who), "how": how})


def _after_the_last(pen: Pen, day: date) -> datetime:
    """Now, but never before who signed in earlier: the order under the site's lock counts, not the clock."""
    before = Presence.objects.filter(site_id=pen.site_id, day=day)
    last = before.aggregate(last=Max("at"))["last"]
    return max(pen.at, last + timedelta(microseconds=1)) if last else pen.at


@action("sign_out")
def sign_out(pen: Pen, *, who: UUID) -> None:
    """Off the queue for today; while receiving, the moment that reception ends."""
    if open_day(pen.site_id) is None:
        _withdraw(pen, who)
        return
    today = seat(pen)
    approvals.drop(pen, kind=LEAVE.id, asked_by=who)
    made = advance(pen=pen, today=today, event={"event": "sign_out", "who": str(who)})
    tell.decided(pen, today, made.decisions, None)


def _withdraw(pen: Pen, who: UUID) -> None:
    day = pen.at.astimezone(ZONE).date()
    if GalleryDay.objects.filter(site_id=pen.site_id, day=day).exists():
        raise Refused("TQ-11", "今天已经收场，不用签退。")
    gone = Presence.objects.filter(
        site_id=pen.site_id, day=day, staff_id=who, withdrawn_at__isnull=True
    ).update(withdrawn_at=pen.at)
    if not gone:
        raise Refused("TQ-11", "今天还没有签到，不用签退。")
    pen.append("presence.withdrawn", {"day": day.isoformat(), "who": str(who)})


@action("away")
def go_away(pen: Pen, *, who: UUID, reason: str) -> None:
    """Meal or private leave: at once, or after the reception under way. Business needs approval (TQ-7)."""
    if reason not in {"meal", "private"}:
        raise Refused("TQ-7", "公事外出要先请经理批准，请用「公事外出」申请。")

    today = seat_today(pen)
    _check_stays(today, who)
    approvals.drop(pen, kind=LEAVE.id, asked_by=who)
    event = {"event": "away", "who": str(who), "reason": reason}
    made = advance(pen=pen, today=today, event=event)
    tell.decided(pen, today, made.decisions, None)


@action("back")
def come_back(pen: Pen, *, who: UUID) -> None:
    """On the floor again; a business absence that was passed over earns its make-up turn (TQ-7)."""
    today = seat(pen)
    _check_stays(today, who)
    made = advance(pen=pen, today=today, event={"event": "back", "who": str(who)})
    tell.decided(pen, today, made.decisions, None)


@action("ask_leave")
def ask_business_leave(pen: Pen, *, note: str) -> UUID:
    """TQ-7: asks the manager to approve going out on business; nothing moves until it is granted."""
    today = seat_today(pen)
    _check_stays(today, UUID(pen.by))
    if not note.strip():
        raise Refused("TQ-7", "请写一句去哪里、办什么公事，经理好批准。", about="note")
    if pen.by not in today.state.queue:
        raise Refused("TQ-7", "您今天还没有签到，不用申请外出。")
    if not today.state.on_floor(pen.by):
        raise Refused("TQ-7", "您已经离开案场了。回来后请先点「我回来了」。")
    asked = approvals.ask.within(
        pen, kind=LEAVE.id, title=LEAVE.title, words=note, about={"day": today.day.day.isoformat()}
    )
    return asked.approval


@action("withdraw_leave")
def withdraw_leave(pen: Pen) -> None:
    """Takes one's own open business request back."""
    seat(pen)
    if not approvals.drop(pen, kind=LEAVE.id, asked_by=UUID(pen.by)):
        raise Refused("TQ-7", "没有等着批复的外出申请，可能刚刚批复了，请看最新的状态。")


def goes_out(pen: Pen, asked: Approval) -> None:
    """TQ-7: once granted, the absence begins at once, or after the reception under way."""
    if asked.status != Approval.Status.GRANTED:
        return
    today = seat(pen)
    event = {
        "event": "away",
        "who": str(asked.asked_by),
        "reason": "business",
        "approved_by": pen.by,
    }
    made = advance(pen=pen, today=today, event=event)
    tell.decided(pen, today, made.decisions, None)
