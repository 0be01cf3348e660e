"""Who hears of what a day brings about: the role or the person it is for, once."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.matters.words import link_to
from yingbin.notices.actions import tell
from yingbin.people.rows import actor
from yingbin.rules.duty.log import Entry

from .folding import Day, Names
from .hours import day_of
from .models import Asset, DutyLog
from .queries.chain import Hearing, hearing

TITLES = {
    "gap": "岗位缺人",
    "gap_over": "岗位又有人了",
    "gap_long": "岗位缺人已久",
    "absent": "该到岗没有到",
    "overrun": "休息该结束了",
    "unsafe": "安排好的休息会缺人",
    "late": "检查晚了",
    "missing": "检查没有做",
    "taken_away": "有人离开岗位",
    "lines_left": "有事没有交代",
    "chase": "报修还没有好",
    "handover_late": "交接没有签完",
    "objected": "交接有异议",
    "not_ready": "送客后没有归位",
    "escalated": "有人扰乱秩序",
    "failed": "检查有不正常",
    "again": "突发事件没有人回应",
}
URGENT = {"gap", "gap_long", "absent", "escalated", "again", "overrun"}
ALOUD = {
    "gap": "岗位缺人，请马上看",
    "escalated": "现场有情况，请马上看",
    "again": "现场有情况，还没有人回应",
    "overrun": "该回岗了",
}
# An emergency is told under its own clause.
EMERGENCY = ("SF-4.6", "SC-4.6")


def tell_of(pen: Pen, day: Day, alerts: Iterable[Entry], names: Names) -> None:
    """Tells whoever each alert is for; what is for a role that nobody holds goes to somebody all the same."""
    heard = hearing(pen.site_id, pen.at)
    told: set[tuple[UUID, str]] = set()
    for alert in alerts:
        meant, receivers = heard.get(str(alert.to)), _receivers(day, heard, str(alert.to))
        # Whoever stands for two roles hears of one thing once.
        fresh = [w for w in receivers if (w, _thing(alert)) not in told]
        told |= {(who, _thing(alert)) for who in fresh}
        body = names.put_in(alert.because)
        if meant is not None and meant.instead:
            body += f"这里没有{meant.meant_words}，所以报给您。"
        tell(
            pen,
            to=fresh,
            kind=f"duty.{alert.what}",
            title=_title(alert),
            body=body,
            link=_link(alert),
            urgent=alert.what in URGENT,
            clause=alert.clause,
            aloud=ALOUD.get(alert.what, ""),
        )


def _thing(alert: Entry) -> str:
    about = sorted((k, str(v)) for k, v in alert.more.items())
    return f"{alert.at} {alert.what} {about}"


def _link(alert: Entry) -> str:
    case, handover = alert.more.get("case"), alert.more.get("handover")
    if handover:
        return f"/duty/handover/{handover}/"
    return f"/duty/incident/{case}/" if case else "/duty/"


def tell_of_damage(pen: Pen, day: Day, matter: Matter, value: int | None) -> None:
    """The lead hears of a damage at once (SF-4.3.4)."""
    heard = hearing(pen.site_id, pen.at)
    worth = f"估价 {value} 元。" if value is not None else ""
    tell(
        pen,
        to=[who for who in _receivers(day, heard, "lead") if who != actor(pen)],
        kind="duty.damage",
        title=f"物品损坏：{matter.title}",
        body=f"{worth}报告单在单子里，可以下载。",
        link=link_to(matter.id),
        urgent=True,
        clause=matter.clause,
        aloud="有物品损坏，请看一下",
    )


def tell_of_no_photo(pen: Pen, day: Day, item: str, why: str, task: str) -> None:
    """The lead hears that a photo a check asks for couldn't be taken, and why (SF-4.1)."""
    heard = hearing(pen.site_id, pen.at)
    tell(
        pen,
        to=[who for who in _receivers(day, heard, "lead") if who != actor(pen)],
        kind="duty.no_photo",
        title=f"{item}没有拍照",
        body=f"{why}。要看一眼的，请到场看，或退回让别人拍。",
        link=f"/duty/check/{task}/",
        clause="SF-4.1",
    )


def tell_of_fault(pen: Pen, asset: Asset) -> None:
    """A fault that a stranger told by scanning a label is looked at by those on duty, else by the lead (SF-4.4)."""
    log = DutyLog.objects.filter(site_id=pen.site_id, day=day_of(pen.at)).first()
    there = [UUID(who) for who in (log.standing.get("signed_on", {}) if log else {})]
    tell(
        pen,
        to=there or hearing(pen.site_id, pen.at)["lead"].people,
        kind="duty.fault",
        title=f"有人扫码报修：{asset.name}",
        body="还没有确认。请去看一眼：属实就转成报修，不属实写一句原因。",
        link="/duty/faults/",
        clause="SF-4.4",
    )


def _title(alert: Entry) -> str:
    if alert.what == "escalated" and alert.clause in EMERGENCY:
        return "突发事件"
    return TITLES.get(alert.what, "值班")


def _receivers(day: Day, heard: Mapping[str, Hearing], to: str) -> list[UUID]:
    """A person by their id; of a role those who have signed on, or all where none has."""
    if to not in heard:
        return [UUID(to)]
    holders = heard[to].people
    return [w for w in holders if str(w) in day.fold.day.signed_on] or list(holders)
