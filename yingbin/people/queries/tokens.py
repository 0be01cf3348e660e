"""Whose token this is, and what it may do now: never more than the person it acts as."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ..models import ApiToken
from ..scopes import SCOPES
from .badges import Badge, badge

_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True)
class Bearer:
    """Who calls: the token, its site, the person it acts as and what both together allow."""

    token_id: UUID
    site_id: UUID
    staff_id: UUID
    badge: Badge
    scopes: frozenset[str]
    name: str
    site_name: str
    expires_at: datetime | None

    def may(self, scope: str) -> bool:
        """Whether the token has the scope and its person the permission."""
        return scope in self.scopes and self.badge.may(SCOPES[scope][0])

    @property
    def allowed(self) -> list[str]:
        """What it may do at this moment."""
        return [s for s in SCOPES if self.may(s)]


def bearer(secret: str, at: datetime) -> Bearer | None:
    """The bearer of a secret; None for one that is unknown, revoked, expired or whose person left."""
    digest = hashlib.sha256(secret.encode()).digest()
    row = ApiToken.objects.select_related("acts_as", "site").filter(digest=digest).first()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= at):
        return None
    if not row.acts_as.is_active or row.site.closed_at:
        return None
    if row.last_used_at is None or at - row.last_used_at > _TOUCH:
        ApiToken.objects.filter(id=row.id).update(last_used_at=at)
    held = badge(row.acts_as, row.site_id, at)
    return Bearer(
        token_id=row.id,
        site_id=row.site_id,
        staff_id=row.acts_as_id,
        badge=held,
        scopes=frozenset(row.scopes),
        name=row.name,
        site_name=row.site.name,
        expires_at=row.expires_at,
    )


def tokens_of(site_id: UUID) -> QuerySet[ApiToken]:
    """A site's tokens, those in use first, newest first."""
    return (
        ApiToken.objects.select_related("acts_as")
        .filter(site_id=site_id)
        .order_by("revoked_at", "-made_at")
    )
