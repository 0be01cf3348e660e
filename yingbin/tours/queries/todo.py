"""What waits for one person at a headquarters and its gates, as 待办 lists and counts it; a handful of questions however much there is."""

from datetime import datetime
from functools import reduce
from operator import add

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from yingbin.people.queries import Badge, how_many, or_none

from ..evidence import opens
from ..folding import GOING_ON
from ..models import (
    Fate,
    GateBreach,
    GateClash,
    HostingEvent,
    PassPaper,
    PassRevision,
    TourOffice,
    TourVisit,
    VisitorPass,
)
from ..office import last_office, standing
from ..waiting import Wait, read_waits
from .gates import BACK_WITHIN

# Whoever may be asked something about visits at all.
ASKED = ("tours.area", "tours.reception", "tours.administration", "tours.approve")
# How many waits of a visit are somebody's by now: told are the waits, the company of now, who looks, and when.
_MINE = """(select count(*)::int from (values (%(expressions)s)) as told(waits, company, who, now),
 jsonb_array_elements(told.waits) one
 where one ->> 'but' <> told.who and coalesce((one ->> 'since')::timestamptz <= told.now, true)
 and jsonb_exists(case one ->> 'of' when 'company' then told.company -> 'approvers'
 else told.company -> 'departments' -> (one ->> 'of') end, told.who))"""


def visits_waiting(badge: Badge, at: datetime) -> list[tuple[TourVisit, Wait]]:
    """What visits wait for from this person, the house being as it last was; the next visit first."""
    office = last_office(badge.here) if _is_asked(badge) else None
    if office is None:
        return []
    company, who = standing(office).company, str(badge.staff_id)
    return [
        (row, one)
        for row in _waiting(badge).order_by("starts_at", "seq")
        for one in read_waits(row.waits)
        if one.stands(at) and one.is_of(who, company)
    ]


def asks(badge: Badge) -> QuerySet[HostingEvent]:
    """Where this leader is asked to accompany guests and hasn't answered, for the time the visit has now (CV-3.3.3)."""
    kinds = HostingEvent.Kind
    if not badge.may("tours.approve"):
        return HostingEvent.objects.none()
    later = HostingEvent.objects.filter(
        visit=OuterRef("visit"), kind__in=(kinds.ANSWER, kinds.DROP)
    )
    number = Cast(KeyTextTransform("ask", "fields"), IntegerField())
    rows = HostingEvent.objects.filter(
        ~Exists(later.annotate(of=number).filter(of=OuterRef("index"))),
        visit__in=TourVisit.objects.filter(GOING_ON, site_id=badge.here),
        kind=kinds.ASK,
        fields__who=str(badge.staff_id),
    )
    times = {n: Cast(KeyTextTransform(n, "fields"), DateTimeField()) for n in ("from", "to")}
    rows = rows.annotate(begins=times["from"], ends=times["to"])
    return rows.filter(begins=F("visit__starts_at"), ends=F("visit__ends_at"))


def breaches_to_confirm(badge: Badge) -> QuerySet[GateBreach]:
    """Reports that this person of security may confirm (CV-4.2)."""
    if not badge.may("gate.security"):
        return GateBreach.objects.none()
    rows = GateBreach.objects.filter(opens(badge), confirmed=None)
    return rows.exclude(event__by=badge.staff_id)


def passes_overdue(badge: Badge, at: datetime) -> QuerySet[VisitorPass]:
    """Passes that should be back and for which this person answers: `owners_of`, asked in one question (CV-4.1)."""
    if not {*ASKED, "gate.scan", "gate.supervise"}.intersection(badge.permissions):
        return VisitorPass.objects.none()
    of = {"revision__visitor_pass": OuterRef("pk"), "what": PassPaper.What.HANDED_OUT}
    given = PassPaper.objects.filter(**of).order_by("-seq").values("by")[:1]
    issued = PassRevision.objects.filter(visitor_pass=OuterRef("pk"), number=1).values("by")[:1]
    owner = Coalesce(
        Subquery(given), Subquery(issued), F("escort"), output_field=UUIDField(null=True)
    )
    rows = VisitorPass.objects.filter(
        site_id=badge.here, fate=Fate.OUTSTANDING, ends_at__lte=at - BACK_WITHIN
    )
    return rows.annotate(owner=owner).filter(owner=badge.staff_id)


def clashes_open(badge: Badge) -> QuerySet[GateClash]:
    """Scans without a line that somebody who supervises the gates has to look into."""
    if not badge.may("gate.supervise"):
        return GateClash.objects.none()
    return GateClash.objects.filter(site_id=badge.here, settled_at=None)


def waiting(badge: Badge, at: datetime) -> Combinable:
    """How many lines of 待办 all of this makes, as a part of the frame's one question."""
    if badge.site_id is None:
        return Value(0)
    rows = (asks(badge), breaches_to_confirm(badge), passes_overdue(badge, at), clashes_open(badge))
    return reduce(add, [_of_visits(badge, at), *(how_many(one) for one in rows)])


def _of_visits(badge: Badge, at: datetime) -> Combinable:
    if not _is_asked(badge):
        return Value(0)
    offices = TourOffice.objects.filter(site_id=badge.here).order_by("-version")
    now = Value(at, DateTimeField())
    told = (
        F("waits"),
        Subquery(offices.values("company")[:1]),
        Value(str(badge.staff_id), CharField()),
        now,
    )
    mine = Func(*told, template=_MINE, output_field=IntegerField())
    rows = _waiting(badge).order_by().annotate(every=Value(1)).values("every")
    return or_none(rows.annotate(n=Sum(mine)).values("n"))


def _is_asked(badge: Badge) -> bool:
    return bool(badge.permissions.intersection(ASKED))


def _waiting(badge: Badge) -> QuerySet[TourVisit]:
    return TourVisit.objects.filter(GOING_ON, site_id=badge.here).exclude(waits=[])
