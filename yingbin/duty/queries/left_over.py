"""What a day on duty left open when it turned: handovers that nobody finished, items sent back and not done again.

The next day knows nothing of them, so they are read by themselves, for the last few days, until something later
settles them: another handover at the post, the same item answered in a later check.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingbin.people.queries import names_of, one_of

from ..hours import day_of
from ..models import CheckReturn, DutyEvent, Handover, HandoverSignature
from ..words import CHECKS, ITEMS
from .check_lists import item_names, lists_of

BACK = timedelta(days=3)


@dataclass(frozen=True)
class LeftHandover:
    """A handover of a former day without both signatures: what lies in it is still the giver's."""

    id: UUID
    post: str
    giver: str
    receiver: str
    at: datetime


@dataclass(frozen=True)
class LeftItem:
    """An item of a former day's check that a lead sent back and nobody did again."""

    task: str
    item: str
    check: str
    title: str
    word: str
    day: date


@dataclass(frozen=True)
class LeftOver:
    """All that former days left open at a place."""

    handovers: tuple[LeftHandover, ...] = ()
    items: tuple[LeftItem, ...] = ()


def left_over(site_id: UUID, now: datetime) -> LeftOver:
    """What the last few days left open; two questions where nothing is."""
    today = day_of(now)
    days = Q(site_id=site_id, log__day__range=(today - BACK, today - timedelta(days=1)))
    return LeftOver(_handovers(days), _items(days))


def handovers_left(sites: Iterable[UUID], now: datetime) -> list[Handover]:
    """Handovers of the last few days that nobody finished, over many places; one question."""
    today = day_of(now)
    which = Q(site_id__in=one_of(sites))
    return list(_unfinished(which & Q(log__day__range=(today - BACK, today - timedelta(days=1)))))


def _unfinished(days: Q) -> QuerySet[Handover]:
    signed = HandoverSignature.objects.filter(handover=OuterRef("pk"), completes=True)
    later = Handover.objects.filter(
        site_id=OuterRef("site_id"), post=OuterRef("post"), at__gt=OuterRef("at")
    )
    return Handover.objects.filter(days, ~Exists(signed), ~Exists(later)).order_by("at")


def _handovers(days: Q) -> tuple[LeftHandover, ...]:
    found = list(_unfinished(days).select_related("post"))
    names = names_of({who for row in found for who in (row.giver, row.receiver)}) if found else {}
    return tuple(
        LeftHandover(
            row.id, row.post.name, names.get(str(row.giver), ""), names.get(str(row.receiver), ""), row.at
        )
        for row in found
    )  # fmt: skip


def _items(days: Q) -> tuple[LeftItem, ...]:
    rows = CheckReturn.objects.filter(days, redone__isnull=True).select_related("log")
    return tuple(_item(row) for row in rows.order_by("seq") if not _done_later(row))


def _done_later(row: CheckReturn) -> bool:
    """Whether the same item of the same check was answered on a later day."""
    asked = {"task": row.task, "item": row.item}
    answers = DutyEvent.objects.filter(site_id=row.site_id, event="answer", facts__contains=asked)
    return answers.filter(log__day__gt=row.log.day).exists()


def _item(row: CheckReturn) -> LeftItem:
    titles = {**ITEMS, **item_names(lists_of(row.log))}
    check = CHECKS[row.task.split("/")[1]]
    return LeftItem(
        row.task, row.item, check, titles.get(row.item, row.item), row.word, row.log.day
    )
