"""Numbers to be asked inside a larger question: what waits behind the navigation's entries is one query."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Func, IntegerField, QuerySet, Subquery, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce


def how_many(rows: QuerySet[Any, Any]) -> Combinable:
    """How many rows, as a part of a larger question."""
    one = rows.select_related(None).order_by().annotate(every=Value(1)).values("every")
    return or_none(one.annotate(n=Count("pk")).values("n"))


def or_none(number: QuerySet[Any, Any]) -> Combinable:
    """The one number that this asks for, 0 where there is no row."""
    return Coalesce(Subquery(number), 0, output_field=IntegerField())


def one_of(ids: Iterable[UUID]) -> Func:
    """For `filter(site_id__in=one_of(ids))`: hundreds of ids as one array, which costs less than as many arguments."""
    return Func(
        Value(list(ids), ArrayField(UUIDField())),
        template="(select unnest(%(expressions)s::uuid[]))",
        output_field=UUIDField(),
    )
