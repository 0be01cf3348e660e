"""Visits and gates as lines of 待办: answers, tasks, companions asked, breaches, passes that aren't back, clashes."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from yingbin.people.calendar import ZONE
from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge

from .models import TourVisit
from .queries import todo
from .queries.gates import BACK_WITHIN
from .queries.mine import page_of_wait
from .telling_hosting import answer_page, called, when_of
from .waiting import Wait

VISIT, GATE = "参观", "门岗"
MOST = 40  # of each sort


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """What waits for this person; nothing is asked for those it is no business of."""
    if badge.site_id is None:
        return []
    return [
        *(_of_visit(row, one) for row, one in todo.visits_waiting(badge, at)),
        *_asks(badge),
        *_breaches(badge),
        *_overdue(badge, at),
        *_clashes(badge),
    ]


def _of_visit(row: TourVisit, one: Wait) -> InboxLine:
    return InboxLine(
        sort=VISIT,
        title=f"{one.title}：{called(row)}",
        link=page_of_wait(row, one),
        at=one.since or row.opened_at,
        detail=when_of(row),
        due_at=one.due,
    )


def _asks(badge: Badge) -> Iterator[InboxLine]:
    for one in todo.asks(badge).select_related("visit").order_by("visit__starts_at")[:MOST]:
        yield InboxLine(
            sort=VISIT,
            title=f"答复能不能陪同：{called(one.visit)}",
            link=answer_page(one.visit_id, one.index),
            at=one.at,
            detail=when_of(one.visit),
            due_at=one.visit.starts_at,
        )


def _breaches(badge: Badge) -> Iterator[InboxLine]:
    rows = todo.breaches_to_confirm(badge).select_related("event").order_by("number")
    for one in rows[:MOST]:
        yield InboxLine(
            sort=GATE,
            title=f"查实并确认第 {one.number} 号违规带人报告",
            link=reverse("tours:breach", args=[one.id]),
            at=one.event.at,
            urgent=True,
        )


def _overdue(badge: Badge, at: datetime) -> Iterator[InboxLine]:
    rows = todo.passes_overdue(badge, at).select_related("visit").order_by("ends_at", "number")
    for one in rows[:MOST]:
        yield InboxLine(
            sort=GATE,
            title=f"追回 {one.number} 号证：{called(one.visit)}",
            link=reverse("tours:passes", args=[one.visit_id]),
            at=one.ends_at,
            detail="证是您发的，请追回；找不到的到对账页挂失。",
            due_at=one.ends_at + BACK_WITHIN,
        )


def _clashes(badge: Badge) -> Iterator[InboxLine]:
    rows = todo.clashes_open(badge).select_related("scan__device__gate", "scan__visit")
    for one in rows.order_by("seq")[:MOST]:
        shown = one.scan.at.astimezone(ZONE)
        yield InboxLine(
            sort=GATE,
            title=f"核对断线时放行的人：{one.scan.device or '门岗'}",
            link=reverse("tours:clashes"),
            at=one.scan.at,
            detail=f"{shown:%-m 月 %-d 日 %H:%M}放行，恢复后对不上，请写清是谁。",
            urgent=True,
        )
