"""Keys for devices and integrations: made by a manager, shown once, revoked at once."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import ApiToken
from ..queries import badge
from ..scopes import SCOPES
from .record import active, recorded


def make_token(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    name: str,
    kind: str,
    scopes: list[str],
    acts_as: UUID,
    expires_at: datetime | None = None,
) -> tuple[UUID, str]:
    """A new token; its id and its secret, which is shown this once.

    The same key again gives the same token a new secret: the answer with the first may be lost.
    Raises `Refused` for a scope the person it acts as doesn't hold at the site, and for a key whose
    token is in use already.
    """
    secret = f"yb_{secrets.token_urlsafe(32)}"

    def work(pen: Pen) -> dict[str, str]:
        wanted = [s for s in SCOPES if s in scopes]
        _check(pen, name, kind, wanted, acts_as, expires_at)
        row = ApiToken.objects.create(
            site_id=pen.site_id,
            name=name.strip()[:60],
            kind=kind,
            scopes=wanted,
            acts_as_id=acts_as,
            digest=digest_of(secret),
            shown=secret[:8],
            made_at=pen.at,
            made_by=UUID(pen.by),
            expires_at=expires_at,
        )
        body = {"token": str(row.id), "scopes": wanted, "acts_as": str(acts_as)}
        pen.append("token.made", body)
        return {"token": str(row.id)}

    payload = {
        "name": name,
        "kind": kind,
        "scopes": sorted(scopes),
        "acts_as": str(acts_as),
        "until": str(expires_at or ""),
    }
    done = recorded(
        site_id=site_id, key=key, verb="make_token", by=by, at=at, payload=payload, work=work
    )
    token_id = UUID(done["token"])
    unused = ApiToken.objects.filter(
        site_id=site_id, id=token_id, last_used_at__isnull=True, revoked_at__isnull=True
    )
    if not unused.update(digest=digest_of(secret), shown=secret[:8]):
        raise Refused(None, "这个密钥已经用过或停用，不能再显示。丢了请停用它，另做一个。")
    return token_id, secret


def _check(
    pen: Pen, name: str, kind: str, scopes: list[str], acts_as: UUID, expires_at: datetime | None
) -> None:
    if not name.strip():
        raise Refused(None, "请给密钥起个名字，例如：门口平板、集团 CRM。")
    if kind not in ApiToken.Kind.values or not scopes:
        raise Refused(None, "请选类别，并至少勾选一项能做的事。")
    if expires_at and expires_at <= pen.at:
        raise Refused(None, "到期时间已经过去了，请选以后的日期，或留空不过期。")
    held = badge(active(acts_as), pen.site_id, pen.at)
    lacking = [SCOPES[s][1] for s in scopes if SCOPES[s][0] not in held.permissions]
    if lacking:
        raise Refused(None, f"以此人名义不能：{'、'.join(lacking)}。请换一个人，或去掉这些项。")


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def revoke_token(*, site_id: UUID, key: str, by: UUID, at: datetime, token_id: UUID) -> None:
    """Takes a token out of use at once."""

    def work(pen: Pen) -> dict[str, str]:
        row = ApiToken.objects.filter(site_id=pen.site_id, id=token_id).first()
        if row is None:
            raise Refused(None, "没有找到这个密钥。")
        if row.revoked_at is None:
            row.revoked_at = pen.at
            row.save(update_fields=["revoked_at"])
            pen.append("token.revoked", {"token": str(row.id)})
        return {"token": str(row.id)}

    recorded(
        site_id=site_id,
        key=key,
        verb="revoke_token",
        by=by,
        at=at,
        payload={"token": str(token_id)},
        work=work,
    )
