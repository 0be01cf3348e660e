"""Who hears of what at the gates: supervisors of clashes and of who overstays, security of breaches."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.models import Staff

from .models import GateBreach, GateDevice, VisitorPass


def tell_clashes(pen: Pen, to: Iterable[Staff], device: GateDevice, many: int) -> None:
    """A gate came back on line and some of what it let through would have been answered otherwise."""
    if many:
        tell(
            pen,
            to=[one.id for one in to],
            kind="gate.clash",
            title=f"{device}断线时放行的人里有 {many} 条对不上",
            body="请逐条核对是谁、现在在哪里，写下结果。",
            link=reverse("tours:clashes"),
            urgent=True,
            clause="CV-4.1",
            listed=True,
            aloud="门岗有对不上的放行记录",
        )


def tell_of_overstay(pen: Pen, row: VisitorPass, persons: int, chiefs: list[UUID]) -> None:
    """The escort hears that the guests are still here, and the supervisors with them; each is led where they can act."""
    for to, page in (([row.escort], "tours:mine"), (_but(chiefs, row.escort), "tours:here")):
        tell(
            pen,
            to=to,
            kind="gate.overstay",
            title=f"{row.visit.visitor}：参观时间已过，还有 {persons} 人在场",
            body=f"{row}，请陪同人员把客人带出。",
            link=reverse(page),
            urgent=True,
            clause="CV-4.1",
            aloud="有客人到点还没有离开",
        )


def tell_of_overdue(pen: Pen, row: VisitorPass, owner: UUID, chiefs: list[UUID]) -> None:
    """A pass should be back by now: whoever handed it out asks for it, with its escort; the supervisors hear of it."""
    visit = row.visit
    for to, page, words in (
        ([owner], reverse("tours:passes", args=[visit.id]), "证是您发的，请追回；找不到的到对账页挂失。"),
        (_but([row.escort], owner), reverse("tours:mine"), "请问客人要回来，交门岗。"),
        (_but(chiefs, owner, row.escort), reverse("tours:evening"), "请追回，找不到的挂失。"),
    ):  # fmt: skip
        tell(
            pen,
            to=to,
            kind="gate.overdue",
            title=f"{row}还没有交还：{visit.visitor}",
            body=words,
            link=page,
            clause="CV-4.1",
            listed=to == [owner],
        )


def _but(people: list[UUID], *already: UUID) -> list[UUID]:
    return [one for one in people if one not in already]


def tell_of_breach(pen: Pen, row: GateBreach, security: list[UUID]) -> None:
    """Security hears of a report; neither who reported it nor who it was about is among them."""
    tell(
        pen,
        to=security,
        kind="gate.breach",
        title=f"有人未经批准带人参观：第 {row.number} 号报告",
        body="请看证据，查实后确认。",
        link=reverse("tours:breach", args=[row.id]),
        urgent=True,
        clause="CV-4.2",
        listed=True,
        aloud="门岗报告有人违规带人",
    )


def tell_of_confirmation(pen: Pen, row: GateBreach, leaders: Iterable[Staff]) -> None:
    """Whoever reported it hears that it was confirmed; the company's leaders hear of it as of a leak."""
    by = row.event.by
    tell(
        pen,
        to=[by] if by else [],
        kind="gate.breach_confirmed",
        title=f"第 {row.number} 号违规带人报告已经确认",
        body="谢谢，记录和证据已封存。",
        link=reverse("tours:breach", args=[row.id]),
        clause="CV-4.2",
    )
    tell(
        pen,
        to=[one.id for one in leaders if one.id not in (row.leader, by)],
        kind="gate.breach_confirmed",
        title=f"安全部门确认了一次违规带人：第 {row.number} 号",
        body="按泄露商业秘密处理，详情请问安全部门。",
        link="",
        urgent=True,
        clause="CV-4.2",
        aloud="确认了一次违规带人",
    )
