"""What every page asks is put into SQL once for all who may do the same: then only who, where and when are filled in.

Putting a dozen counts into SQL took longer than answering them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from psycopg.types.json import Jsonb

from yingbin.people.queries import Badge

Question = Callable[[Badge, datetime], "QuerySet[Model, tuple[object, ...]]"]
Value = str | int | float | date | UUID | None
Slot = Callable[[Badge, datetime], Value]


@dataclass(frozen=True)
class Example:
    """Somebody somewhere at a moment, by which a value is known again in a statement."""

    staff: UUID
    site: UUID
    at: datetime

    def badge(self, like: Badge) -> Badge:
        """The same badge in this person's hands."""
        return replace(like, staff_id=self.staff, site_id=self.site)


# Two that have nothing in common, not even the time of day.
ONE = Example(UUID(int=11 << 96), UUID(int=12 << 96), datetime(2031, 3, 5, 7, 11, 13, tzinfo=UTC))
OTHER = Example(UUID(int=21 << 96), UUID(int=22 << 96), datetime(2033, 8, 17, 9, 2, 3, tzinfo=UTC))


@dataclass(frozen=True)
class Asked:
    """A question in SQL with its values in order."""

    sql: str
    slots: tuple[Slot, ...]

    def row(self, badge: Badge, at: datetime) -> tuple[object, ...] | None:
        """The first row of the answer for this person at this moment."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [slot(badge, at) for slot in self.slots])
            found: tuple[object, ...] | None = cursor.fetchone()
            return found


def worded(question: Question, like: Badge) -> Asked | None:
    """The question of all whose badge is like this one; None where a value comes from elsewhere: it is then worded each time."""
    try:
        (sql, values), (same, others) = (
            question(e.badge(like), e.at).query.sql_with_params() for e in (ONE, OTHER)
        )
    except EmptyResultSet:
        return None
    slots = [_slot(a, b) for a, b in zip(values, others, strict=False)]
    known = [slot for slot in slots if slot is not None]
    if sql != same or not len(known) == len(values) == len(others):
        return None
    return Asked(sql, tuple(known))


def _slot(one: object, other: object) -> Slot | None:
    """Where a value comes from that is this for the one example and that for the other."""
    one, other = (json.dumps(v.obj) if isinstance(v, Jsonb) else v for v in (one, other))
    for pick in (_staff, _site, _staff_in_words, _staff_in_json):
        if (one, other) == tuple(pick(e.badge(_NOBODY), e.at) for e in (ONE, OTHER)):
            return pick
    if isinstance(one, datetime) and isinstance(other, datetime):
        return _moment(one - ONE.at) if one - ONE.at == other - OTHER.at else None
    if isinstance(one, date) and isinstance(other, date) and one != other:
        days = one - timezone.localdate(ONE.at)
        same = days == other - timezone.localdate(OTHER.at)
        return (lambda badge, at: timezone.localdate(at) + days) if same else None
    if isinstance(one, Value) and type(one) is type(other) and one == other:
        return _always(one)
    return None


def _always(value: Value) -> Slot:
    return lambda badge, at: value


def _staff(badge: Badge, at: datetime) -> UUID:
    return badge.staff_id


def _site(badge: Badge, at: datetime) -> UUID:
    return badge.here


def _staff_in_words(badge: Badge, at: datetime) -> str:
    return str(badge.staff_id)


def _staff_in_json(badge: Badge, at: datetime) -> str:
    return json.dumps(str(badge.staff_id))


_NOBODY = Badge(ONE.staff, ONE.site, frozenset(), frozenset())


def _moment(later: timedelta) -> Slot:
    return lambda badge, at: at + later
