"""Who hears of what a day brings about: the role or the person it is for, once."""

from collections.abc import Iterable
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.queries import staff_with_role
from yingbin.rules.duty.log import Entry

from .folding import Day, Names

ROLE_OF = {"lead": "lead", "head": "project_head", "guard": "guard"}
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
    """Tells whoever each alert is for; a role nobody holds passes it on to the one above."""
    for alert in alerts:
        tell(
            pen,
            to=_receivers(pen, day, str(alert.to)),
            kind=f"duty.{alert.what}",
            title=_title(alert),
            body=names.put_in(alert.because),
            link="/duty/",
            urgent=alert.what in URGENT,
            clause=alert.clause,
            aloud=ALOUD.get(alert.what, ""),
        )


def _title(alert: Entry) -> str:
    if alert.what == "escalated" and alert.clause in EMERGENCY:
        return "突发事件"
    return TITLES.get(alert.what, "值班")


def _receivers(pen: Pen, day: Day, to: str) -> list[UUID]:
    if to not in ROLE_OF:
        return [UUID(to)]
    holders = [s.id for s in staff_with_role(pen.site_id, ROLE_OF[to], pen.at)]
    here = [who for who in holders if str(who) in day.fold.day.signed_on]
    if to == "lead" and not holders:
        return _receivers(pen, day, "head")
    return here or holders
