"""客人: a group comes to a show flat, by two taps or by the code at the door, is told apart, and leaves (SF-4.3.1 – 4.3.5)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.customers.actions import complete_card, consent, register_customer
from yingbin.customers.models import Consent
from yingbin.customers.numbers import e164_of
from yingbin.customers.queries import is_wording
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to, committed
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused

from ..folding import moment
from ..hours import day_of
from ..models import DutyLog, PostRule, ShowVisit
from ..queries.visits import code_number, on_the_spot, waiting_by_code
from .happen import today

CLAUSE = "SF-4.3.2"
MOST = 99
MOST_WAITING = 12  # who registered at one flat and whom nobody has confirmed yet
NO_CONSENT = "客人没有同意，姓名和电话就不留。请先给客人看说明，同意了再填。"
WORDS = ("called", "phone", "note")


@dataclass(frozen=True)
class GuestsIn:
    """A group that came: which one it is today."""

    visit: UUID
    number: int


@dataclass(frozen=True)
class GuestTold:
    """What a visitor wrote on their own phone. agreed: the wording they agreed to, "" for a no, when nothing that
    names them is kept."""

    size: int
    been: bool | None
    agreed: str = ""
    name: str = ""
    phone: str = ""


@action("duty.guests_in")
def guests_in(pen: Pen, *, post: UUID, size: int, been: bool | None) -> GuestsIn:
    """A group walks in: how many, and whether they were at the sales office before (SF-4.3.2)."""
    visit = _new(pen, post, size, been, ShowVisit.Source.DESK)
    visit.recorded_by = visit.confirmed_by = actor(pen)
    visit.confirmed_at = pen.at
    return _store(pen, visit)


@action("duty.guests_by_code")
def guests_by_code(pen: Pen, *, post: UUID, code: int, told: GuestTold) -> GuestsIn:
    """A visitor registers by the code at the door; it waits until a receptionist confirms it.

    Raises `Refused` for a code that was renewed, a number that is none, and while too many wait.
    """
    if code != code_number(pen.site_id, post):
        raise Refused(CLAUSE, "这张二维码已经换过了，请扫样板间里新的那张，或直接告诉接待员。")
    if waiting_by_code(pen.site_id, post, day_of(pen.at)) >= MOST_WAITING:
        raise Refused(CLAUSE, "现在排队登记的人太多，请直接告诉接待员。")
    visit = _new(pen, post, told.size, told.been, ShowVisit.Source.CODE)
    if told.agreed:
        if not is_wording(pen.site_id, told.agreed):
            raise Refused(CLAUSE, "说明刚刚改过，请看一遍新的再提交。", "consent")
        visit.called = _name(told.name)
        visit.phone = e164_of(told.phone) if told.phone.strip() else ""
        visit.wording = told.agreed
    done = _store(pen, visit)
    tell(
        pen,
        to=on_the_spot(pen.site_id, pen.at),
        kind="duty.guests",
        title="有客人扫码登记",
        body=f"第 {visit.number} 批，{visit.group_size} 人，请迎上去并确认。",
        link="/duty/",
        clause="SF-4.3.1",
    )
    return done


def _new(pen: Pen, post: UUID, size: int, been: bool | None, source: ShowVisit.Source) -> ShowVisit:
    rules = PostRule.objects.filter(site_id=pen.site_id, post_id=post, given_up_at__isnull=True)
    if not rules.filter(kind=PostRule.Kind.SHOW_FLAT).exists():
        raise Refused(CLAUSE, "没有这个样板间，请刷新页面再选。", "post")
    day = day_of(pen.at)
    return ShowVisit(
        site_id=pen.site_id,
        number=next_number(ShowVisit, pen.site_id, day=day),
        day=day,
        post_id=post,
        source=source,
        arrived_at=pen.at,
        group_size=_size(size),
        been_to_sales=been,
    )


def _size(size: int) -> int:
    if not 1 <= size <= MOST:
        raise Refused(CLAUSE, f"人数填 1 到 {MOST}。", "size")
    return size


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > 40:
        raise Refused(CLAUSE, "姓名最多 40 个字。", "name")
    return name


def _store(pen: Pen, visit: ShowVisit) -> GuestsIn:
    kept = commit_to(**{name: getattr(visit, name) for name in WORDS})
    visit.salt = kept.salt
    body: dict[str, object] = {
        "guests": str(visit.id),
        "day": visit.day.isoformat(),
        "number": visit.number,
        "post": str(visit.post_id),
        "source": str(visit.source),
        "size": visit.group_size,
        "been": visit.been_to_sales,
        "words": kept.words,
    }
    visit.seq = pen.append("duty.visit", body, clause=CLAUSE).seq
    visit.save(force_insert=True)
    return GuestsIn(visit.id, visit.number)


@action("duty.confirm_guests")
def confirm_guests(pen: Pen, *, visit_id: UUID, size: int, been: bool | None) -> GuestsIn:
    """The receptionist has met who registered by the code: the visit is one, the card is made (SF-4.3.2)."""
    visit = _waiting(pen, visit_id)
    visit.group_size, visit.been_to_sales = _size(size), been
    visit.confirmed_at, visit.confirmed_by = pen.at, actor(pen)
    visit.recorded_by = actor(pen)
    if visit.called or visit.phone:
        _on_a_card(pen, visit, visit.called, visit.phone, visit.wording)
        visit.called = visit.phone = ""
    _change(pen, visit, "confirmed")
    return GuestsIn(visit.id, visit.number)


@action("duty.turn_down_guests")
def turn_down_guests(pen: Pen, *, visit_id: UUID) -> None:
    """Nobody is there who registered, or they are written down already: what they wrote goes at once."""
    forget_guests(pen, _waiting(pen, visit_id))


def forget_guests(pen: Pen, visit: ShowVisit) -> None:
    """A registration that nobody confirmed is void and its words are gone (inside a write)."""
    visit.turned_down_at = pen.at
    visit.called = visit.phone = visit.wording = ""
    _change(pen, visit, "turned_down")


def _waiting(pen: Pen, visit_id: UUID) -> ShowVisit:
    visit = visit_of(pen, visit_id)
    if visit.turned_down_at:
        raise Refused(CLAUSE, "这批登记已经作废了，不用再处理。")
    if visit.confirmed_at:
        raise Refused(CLAUSE, "这批客人已经有人确认了，不用再确认。")
    return visit


def visit_of(pen: Pen, visit_id: UUID) -> ShowVisit:
    """A visit of this site. Raises `Refused` for any other."""
    visit = ShowVisit.objects.filter(site_id=pen.site_id, id=visit_id).first()
    if visit is None:
        raise Refused(CLAUSE, "没有找到这批客人，请回到客人列表。")
    return visit


def standing_visit(pen: Pen, visit_id: UUID) -> ShowVisit:
    """A visit that was confirmed. Raises `Refused` for one that waits or is void."""
    visit = visit_of(pen, visit_id)
    if visit.turned_down_at:
        raise Refused(CLAUSE, "这批登记已经作废了，请重新登记。")
    if not visit.confirmed_at:
        raise Refused(CLAUSE, "这批客人扫码登记了，请先确认。")
    return visit


def _change(pen: Pen, visit: ShowVisit, what: str) -> None:
    """The visit as it stands now, with its words anew."""
    words = {name: getattr(visit, name) for name in WORDS}
    body: dict[str, object] = {
        "guests": str(visit.id),
        "what": what,
        "size": visit.group_size,
        "been": visit.been_to_sales,
        "customer": str(visit.customer_id) if visit.customer_id else None,
        "words": committed(words, visit.salt),
    }
    pen.append("duty.visit_changed", body, clause=CLAUSE)
    visit.save()


def _on_a_card(pen: Pen, visit: ShowVisit, name: str, phone: str, agreed: str) -> None:
    """The customer's card, and their yes under the wording they saw."""
    if not agreed:
        raise Refused(CLAUSE, NO_CONSENT, "agreed")
    if visit.customer_id:
        complete_card(pen=pen, customer_id=visit.customer_id, name=name, phone=phone)
    else:
        visit.customer_id = register_customer(pen=pen, name=name, phone=phone).id
    how = Consent.How.SCREEN
    consent.within(pen, customer_id=visit.customer_id, how=how, wording_version=agreed)


@action("duty.tell_guests")
def tell_guests(
    pen: Pen,
    *,
    visit_id: UUID,
    size: int,
    been: bool | None,
    name: str = "",
    phone: str = "",
    agreed: str = "",
    note: str = "",
) -> None:
    """What is learned of a group: how many, been to the sales office or not, and with their yes name and phone.

    agreed: the wording they were shown and agreed to; without it neither name nor phone is kept.
    """
    visit = standing_visit(pen, visit_id)
    visit.group_size, visit.been_to_sales = _size(size), been
    visit.note = note.strip()[:200]
    if name.strip() or phone.strip():
        _on_a_card(pen, visit, _name(name), phone, agreed)
    _change(pen, visit, "told")


@dataclass(frozen=True)
class GuestsOut:
    """A group that left; tidies: the flat is to be tidied up now, and whoever saw them off is awaited at the post."""

    number: int
    tidies: bool


@action("duty.guests_out")
def guests_out(pen: Pen, *, visit_id: UUID) -> GuestsOut:
    """Sees a group off: shoe covers left behind are cleared, and back at the post in time (SF-4.3.5)."""
    visit = standing_visit(pen, visit_id)
    if visit.left_at:
        raise Refused("SF-4.3.5", "这批客人已经送走了，不用再记。")
    visit.left_at, visit.seen_off_by = pen.at, actor(pen)
    _change(pen, visit, "left")
    return GuestsOut(visit.number, _sees_off(pen))


def _sees_off(pen: Pen) -> bool:
    """The event `farewell` of the day on duty, for whoever stands at a post."""
    if not DutyLog.objects.filter(site_id=pen.site_id, day=day_of(pen.at)).exists():
        return False
    writing, who = today(pen), str(actor(pen))
    if writing.day.fold.day.stands_at(who, moment(writing.at)) is None:
        return False
    writing.happen("farewell", who=who)
    return True
