"""How much waits at the gallery, to be asked inside a larger question."""

from datetime import datetime
from uuid import UUID

from django.db.models import (
    BooleanField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from yingbin.matters.queries import alerts_open
from yingbin.people.queries import Badge, how_many, or_none

from ..models import Claim, Nudge, QueueState, Reception
from .history import open_claims, open_leave_requests


def waiting(badge: Badge, at: datetime) -> Combinable:
    """How many groups wait."""
    return or_none(groups_waiting(badge.here))


def supervision(badge: Badge, at: datetime) -> Combinable:
    """What waits for the manager: requests, receivers who don't come, alerts."""
    here = badge.here
    requests = how_many(open_claims(here)) + how_many(open_leave_requests(here))
    late = how_many(no_shows(here, at))
    return requests + late + how_many(alerts_open(here, badge.staff_id))


def claims(badge: Badge, at: datetime) -> Combinable:
    """How many claims wait for this person's word, as a part of 待办 (TQ-6)."""
    return how_many(claims_to_decide(badge))


def claims_to_decide(badge: Badge) -> QuerySet[Claim]:
    """Claims this person may confirm or decline now, the oldest first; never their own."""
    if badge.site_id is None or not badge.may("turns.supervise"):
        return Claim.objects.none()
    return open_claims(badge.site_id).exclude(asked_by=badge.staff_id)


def groups_waiting(site_id: UUID) -> QuerySet[QueueState, object]:
    """How many groups wait on the open day: one number, or no row before opening."""
    length = Func(F("state__line"), function="jsonb_array_length", output_field=IntegerField())
    here = QueueState.objects.filter(site_id=site_id, day__closed_at__isnull=True)
    return here.annotate(n=length).values("n")


# Somebody in the queue who is neither receiving nor away.
_FREE = """exists (select 1 from jsonb_array_elements_text(%(expressions)s -> 'queue') who
 where not jsonb_exists(%(expressions)s -> 'receiving', who) and not jsonb_exists(%(expressions)s -> 'away', who))"""


def no_shows(site_id: UUID, at: datetime) -> QuerySet[Reception]:
    """Receptions whose receiver hasn't accepted, as the supervision page lists them: the desk asked for another,
    or the policy's time is over and somebody is free."""
    given = KeyTextTransform("accept_seconds", "visit__day__settings")
    patience = Coalesce(Cast(given, IntegerField()), 120)
    seconds = Func(patience, template="make_interval(secs => %(expressions)s)")
    age = ExpressionWrapper(Value(at) - F("began_at"), output_field=DurationField())
    free = Func(F("visit__day__queue_state__state"), template=_FREE, output_field=BooleanField())
    asked = Nudge.objects.filter(reception=OuterRef("pk"), kind=Nudge.Kind.CHANGE)
    open_ones = Reception.objects.filter(
        site_id=site_id, ended_at=None, accepted_at=None, visit__day__closed_at=None
    )
    late = open_ones.annotate(age=age, free=free)
    return late.filter(
        Exists(asked)
        | Q(free=True, age__gt=ExpressionWrapper(seconds, output_field=DurationField()))
    )
