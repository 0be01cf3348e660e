"""高层陪同: leaders named by reception are asked on their phone, say yes, or no with a reason and a deputy (CV-3.3.3)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.tours import plan
from yingbin.rules.tours.visit import Window

from ..hosting import Companion, asked_for, hosting_by_visit, window_of
from ..models import HostingEvent, TourVisit
from ..names import in_words
from ..telling_hosting import tell_of_answer, tell_of_ask, tell_of_drop
from .hosted import Preparation
from .preparing import Prepared

CLAUSE = "CV-3.3.3"
ANSWERS = ("confirmed", "declined")
_KIND = HostingEvent.Kind


@action("tours.ask_companion")
def ask_companion(pen: Pen, *, visit_id: UUID, who: UUID) -> Prepared:
    """Asks a leader to accompany the visit at its time of now; they are told. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("senior")
    asked, now = str(who), host.visit.window
    if asked not in host.company.seniors:
        words = f"{asked}不在陪同的高层名单里，请选名单里的领导。"
        raise Refused(CLAUSE, in_words(pen.site_id, words), about="who")
    for one in host.hosting.companions:
        if one.who == asked and one.window == now and one.answer != "declined":
            raise Refused(CLAUSE, "已经请过这位领导，请等答复，或者先取消再请。", about="who")
    _is_free(host, asked, now)
    for one in host.hosting.companions:  # asked for another time, or said no before: asked anew
        if one.who == asked:
            host.write(_KIND.DROP, CLAUSE, {"ask": one.number})
    event = host.write(_KIND.ASK, CLAUSE, {"who": asked, **asked_for(now)})
    tell_of_ask(pen, host.row, event.index, who)
    return Prepared(visit_id, event.index)


@action("tours.answer_companion")
def answer_companion(
    pen: Pen,
    *,
    visit_id: UUID,
    ask: int,
    answer: str,
    reason: str = "",
    deputy: UUID | None = None,
) -> Prepared:
    """A leader says yes or no; reception may write down what they said to it. Raises `Refused`.

    deputy: whom they propose instead; reception asks them. The first who says yes is the visit's companion.
    """
    host = Preparation(pen, visit_id)
    one = _asked(host, ask)
    if answer not in ANSWERS:
        raise Refused(CLAUSE, "请选能陪同还是没空。", about="answer")
    if pen.by != one.who and not host.is_reception:
        raise Refused(CLAUSE, "由本人答复，或者由接待部代记。")
    told: dict[str, object] = {"ask": ask, "answer": answer}
    if answer == "declined":
        told |= _deputy(host, one, deputy)
        if not reason.strip():
            raise Refused(CLAUSE, "没空的，请写一句原因，接待部好另请。", about="reason")
    else:
        _agrees(host, one)
    event = host.write(_KIND.ANSWER, CLAUSE, told, {"reason": reason})
    _pass_on(host, one)
    tell_of_answer(pen, host.row, one, answer, str(told.get("deputy", "")), host.company)
    return Prepared(visit_id, event.index)


@action("tours.drop_companion")
def drop_companion(pen: Pen, *, visit_id: UUID, ask: int) -> Prepared:
    """A leader isn't needed any more; they are told. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("senior")
    one = _asked(host, ask)
    event = host.write(_KIND.DROP, CLAUSE, {"ask": ask})
    _pass_on(host, one)
    tell_of_drop(pen, host.row, UUID(one.who))
    return Prepared(visit_id, event.index)


def _asked(host: Preparation, ask: int) -> Companion:
    one = host.hosting.companion(ask)
    if one is None:
        raise Refused(CLAUSE, "这次陪同已经取消或改请了，请看最新的安排。")
    return one


def _agrees(host: Preparation, one: Companion) -> None:
    """Says yes to the time the visit has now; the task of the plan is done with the first who does."""
    if one.answer == "confirmed":
        raise Refused(CLAUSE, "已经答应过了。")
    if one.window != host.visit.window:
        raise Refused(CLAUSE, "来访的时间改过了，请接待部按新的时间再请一次。")
    _is_free(host, one.who, host.visit.window)
    first = host.visit.done.get("senior", "")
    others = {c.who for c in host.hosting.companions if c.answer == "confirmed"}
    if first not in others - {one.who}:
        host.complete("senior", who=one.who, by=_for_the_owner(host, one))


def _pass_on(host: Preparation, one: Companion) -> None:
    """Where the visit's companion can't come after all, another one who said yes is it from now on."""
    now = host.visit.window
    agreed = [c for c in host.hosting.companions if c.answer == "confirmed" and c.window == now]
    if host.visit.done.get("senior") != one.who or one.who in {c.who for c in agreed}:
        return
    owner = plan.owner_of(host.visit, "senior")
    for other in agreed:
        people = (by for by in (host.pen.by, str(other.mark.by)) if host.company.belongs(by, owner))
        by = next(people, "")
        if by and not host.writing.house.is_busy(host.visit, other.who):
            host.complete("senior", who=other.who, by=by)
            return


def _for_the_owner(host: Preparation, one: Companion) -> str:
    """In whose name the plan's task is done: of whoever of its department asked, for a leader isn't of it."""
    return str(one.mark.by) if host.pen.by == one.who else host.pen.by


def _deputy(host: Preparation, one: Companion, deputy: UUID | None) -> dict[str, object]:
    if deputy is None:
        return {}
    if str(deputy) not in host.company.seniors or str(deputy) == one.who:
        raise Refused(CLAUSE, "代替陪同的，请从陪同的高层名单里选另一位。", about="deputy")
    return {"deputy": str(deputy)}


def _is_free(host: Preparation, who: str, now: Window) -> None:
    """Refuses somebody who leads or accompanies other guests at that time."""
    busy = host.writing.house.is_busy(host.visit, who)
    if busy or _accompanies(host.row, who, now):
        words = in_words(host.pen.site_id, f"{who}同一时间要陪另一批客人，请另请一位。")
        raise Refused(CLAUSE, words, about="who")


def _accompanies(row: TourVisit, who: str, now: Window) -> bool:
    """Whether somebody said yes to another visit that lies at this time."""
    others = beside(row.site_id, now.start, now.end)
    hosted = hosting_by_visit([one for one in others if one.id != row.id])
    rows = {one.id: one for one in others}
    return any(
        c.who == who and c.answer == "confirmed" and c.window == window_of(rows[visit])
        for visit, found in hosted.items()
        for c in found.companions
    )


def beside(site_id: UUID, start: datetime, end: datetime) -> list[TourVisit]:
    """The visits of a site that aren't over and lie at least partly in this time."""
    rows = TourVisit.objects.filter(site_id=site_id, starts_at__lt=end, ends_at__gt=start)
    return list(rows.exclude(status__in=("withdrawn", "refused", "lapsed", "over")))
