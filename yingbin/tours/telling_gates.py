"""Who hears of what at the gates: supervisors of clashes and of who overstays, security of breaches."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.models import Staff

from .models import GateDevice, VisitorPass


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
            aloud="门岗有对不上的放行记录",
        )


def tell_of_overstay(pen: Pen, row: VisitorPass, persons: int, chiefs: list[UUID]) -> None:
    """The escort hears that the guests are still here, and the supervisors with them."""
    tell(
        pen,
        to=[row.escort, *chiefs],
        kind="gate.overstay",
        title=f"{row.visit.visitor}：参观时间已过，还有 {persons} 人在场",
        body=f"{row}，请陪同人员把客人带出。",
        link=reverse("tours:here"),
        urgent=True,
        clause="CV-4.1",
        aloud="有客人到点还没有离开",
    )


def tell_of_overdue(pen: Pen, row: VisitorPass, chiefs: list[UUID]) -> None:
    """A pass should be back by now: the supervisors ask for it, and its escort."""
    tell(
        pen,
        to=[*chiefs, row.escort],
        kind="gate.overdue",
        title=f"{row}还没有交还：{row.visit.visitor}",
        body="请追回，找不到的挂失。",
        link=reverse("tours:evening"),
        clause="CV-4.1",
    )
