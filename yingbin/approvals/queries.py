"""Reading requests: what waits for a person's word, what they asked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.module_loading import import_string

from yingbin.people.queries import Badge, how_many, those_who_may
from yingbin.rules import approvals as rule

from .models import Approval


def request_of(row: Approval) -> rule.Request:
    """The row as the rules see it."""
    return rule.Request(
        kind=rule.kind_of(row.kind),
        asked_by=str(row.asked_by),
        asked_at=row.asked_at,
        for_whom=str(row.for_whom or ""),
        status=row.status,  # type: ignore[arg-type]
    )


def approval(badge: Badge, approval_id: UUID) -> Approval | None:
    """The request, if it is this site's and theirs, or one they may decide or stand in for."""
    return _seen_by(badge).filter(id=approval_id).first()


def _seen_by(badge: Badge) -> QuerySet[Approval]:
    if badge.site_id is None:
        return Approval.objects.none()
    mine = Q(asked_by=badge.staff_id) | Q(for_whom=badge.staff_id)
    rows = Approval.objects.filter(site_id=badge.site_id)
    theirs = Q(kind__in=[*_kinds(badge), *_kinds(badge, late=True)])
    return rows.filter(mine | theirs).exclude(_kept_from(badge.staff_id))


def _kept_from(who: UUID) -> Q:
    """The requests that somebody stays out of, as their kinds say; the condition of none, where no kind does."""
    kept = Q(pk__in=[])
    for kind in rule.KINDS.values():
        if kind.kept_from:
            kept |= Q(kind=kind.id) & import_string(kind.kept_from)(who)
    return kept


def hears(row: Approval, who: UUID) -> bool:
    """Whether somebody may be told of a request: not where they stay out of what it is about."""
    if not rule.kind_of(row.kind).kept_from:
        return True
    return Approval.objects.filter(id=row.id).exclude(_kept_from(who)).exists()


def _kinds(badge: Badge, *, late: bool = False) -> list[str]:
    """The kinds this person decides, or `late`, stands in for."""
    asked = [(k.id, k.deputies if late else k.decides) for k in rule.KINDS.values()]
    return [kind for kind, permission in asked if permission and badge.may(permission)]


def reads(badge: Badge, row: Approval) -> bool:
    """Whether this person reads the words of a request they see."""
    decided_by = str(row.decided_by or "")
    return rule.reads(request_of(row), str(badge.staff_id), badge.roles, decided_by=decided_by)


def waiting_for(site_id: UUID, kind: str) -> QuerySet[Approval]:
    """The requests of a kind that nobody has answered yet, the oldest first."""
    rows = Approval.objects.filter(site_id=site_id, kind=kind, status=Approval.Status.ASKED)
    return rows.order_by("number")


def to_decide(badge: Badge, at: datetime) -> QuerySet[Approval]:
    """What waits for this person's word, the oldest first; never their own."""
    if badge.site_id is None:
        return Approval.objects.none()
    me = badge.staff_id
    rows = Approval.objects.filter(site_id=badge.site_id, status=Approval.Status.ASKED)
    late = Q(kind__in=_kinds(badge, late=True), due_at__lte=at)
    rows = rows.filter(Q(kind__in=_kinds(badge)) | late).exclude(_kept_from(me))
    return rows.exclude(Q(asked_by=me) | Q(for_whom=me, for_whom__isnull=False)).order_by("number")


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many requests wait for this person's word, for the navigation."""
    return how_many(to_decide(badge, at))


def asked_by(badge: Badge) -> QuerySet[Approval]:
    """What this person asked, or what was asked for them, the newest first."""
    mine = Q(asked_by=badge.staff_id) | Q(for_whom=badge.staff_id)
    return _seen_by(badge).filter(mine).order_by("-number")


def deciders(
    site_id: UUID, permission: str, at: datetime, *, without: Iterable[UUID]
) -> list[UUID]:
    """Those who hold the permission here or by delegation, but not these."""
    own = set(without)
    found = those_who_may(site_id, permission, at) if permission else []
    return [one.id for one in found if one.id not in own]
