"""Keys for devices and integrations: made by a manager, shown once, revoked at once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import ApiToken
from ..queries import badge
from ..scopes import SCOPES
from .known import active


@dataclass(frozen=True)
class NewToken:
    """A token and its secret, which is shown this once."""

    id: UUID
    secret: str


def make_token(
    acting: Acting,
    *,
    name: str,
    kind: str,
    scopes: Sequence[str],
    acts_as: UUID,
    expires_at: datetime | None = None,
) -> NewToken:
    """A new token.

    The same key again gives the same token a new secret: the answer with the first may be lost.
    Raises `Refused` for a scope the person it acts as doesn't hold at the site, and for a key whose
    token is in use already.
    """
    wanted = tuple(s for s in SCOPES if s in scopes)
    token_id = _make(
        acting, name=name, kind=kind, scopes=wanted, acts_as=acts_as, expires_at=expires_at
    )
    secret = _secret()
    unused = ApiToken.objects.filter(
        site_id=acting.site_id, id=token_id, last_used_at__isnull=True, revoked_at__isnull=True
    )
    if not unused.update(digest=digest_of(secret), shown=secret[:8]):
        raise Refused(None, "这个密钥已经用过或停用，不能再显示。丢了请停用它，另做一个。")
    return NewToken(token_id, secret)


@action("make_token")
def _make(
    pen: Pen,
    *,
    name: str,
    kind: str,
    scopes: tuple[str, ...],
    acts_as: UUID,
    expires_at: datetime | None,
) -> UUID:
    _check(pen, name, kind, scopes, acts_as, expires_at)
    unknown = _secret()  # nobody learns it: whoever asked gets the one made after this write
    row = ApiToken.objects.create(
        site_id=pen.site_id,
        name=name.strip()[:60],
        kind=kind,
        scopes=list(scopes),
        acts_as_id=acts_as,
        digest=digest_of(unknown),
        shown=unknown[:8],
        made_at=pen.at,
        made_by=UUID(pen.by),
        expires_at=expires_at,
    )
    body = {"token": str(row.id), "scopes": list(scopes), "acts_as": str(acts_as)}
    pen.append("token.made", body)
    return row.id


def _secret() -> str:
    return f"yb_{secrets.token_urlsafe(32)}"


def _check(
    pen: Pen,
    name: str,
    kind: str,
    scopes: Sequence[str],
    acts_as: UUID,
    expires_at: datetime | None,
) -> None:
    if not name.strip():
        raise Refused(None, "请给密钥起个名字，例如：门口平板、集团 CRM。", about="name")
    if kind not in ApiToken.Kind.values or not scopes:
        raise Refused(None, "请选类别，并至少勾选一项能做的事。", about="scopes")
    if expires_at and expires_at <= pen.at:
        why = "到期时间已经过去了，请选以后的日期，或留空不过期。"
        raise Refused(None, why, about="expires_at")
    held = badge(active(acts_as), pen.site_id, pen.at)
    lacking = [SCOPES[s][1] for s in scopes if SCOPES[s][0] not in held.permissions]
    if lacking:
        why = f"以此人名义不能：{'、'.join(lacking)}。请换一个人，或去掉这些项。"
        raise Refused(None, why, about="acts_as")


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


@action("revoke_token")
def revoke_token(pen: Pen, *, token_id: UUID) -> None:
    """Takes a token out of use at once."""
    row = ApiToken.objects.filter(site_id=pen.site_id, id=token_id).first()
    if row is None:
        raise Refused(None, "没有找到这个密钥，请刷新页面。")
    if row.revoked_at is None:
        row.revoked_at = pen.at
        row.save(update_fields=["revoked_at"])
        pen.append("token.revoked", {"token": str(row.id)})
