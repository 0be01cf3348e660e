"""Calls with a token: who calls, whether the scope allows it, under which idempotency key."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import AfterValidator

from yingbin.journal.action import Acting
from yingbin.journal.write import TokenKey
from yingbin.rules.decision import Refused

from .queries import Bearer, bearer
from .scopes import SCOPES

T = TypeVar("T")
E = TypeVar("E", bound=Refused)
KEY = "Idempotency-Key"
KEY_PARAMETER = {
    "in": "header",
    "name": KEY,
    "required": True,
    "description": "这一次写入的编号，重试用同一个，结果相同。8 到 80 个字符。",
    "schema": {"type": "string", "minLength": 8, "maxLength": 80, "pattern": "^[!-~]+$"},
}


class Problem(Schema):
    """What went wrong, in words, and the clause that says so (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    clause: str | None = None
    visit: UUID | None = None


# Every status but success that a call may be answered with.
FAULTS: dict[int, object] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), Problem)


def _plain(text: str) -> str:
    if any((c < " " and c not in "\n\t") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("control characters and broken characters are not text")
    return text


# Text that the database and the journal can keep.
Text = Annotated[str, AfterValidator(_plain)]


class WingStatus(Schema):
    """What a wing adds to the API's status."""

    @classmethod
    def at(cls, site_id: UUID) -> "WingStatus":
        """The wing's part as it stands now at a site."""
        raise NotImplementedError


@dataclass(frozen=True)
class OwnRefusal(Generic[E]):
    """A kind of refusal that the API answers otherwise than the rules' others, named by its wing (`refusals`).

    status: instead of 422. told: the problem's `detail`, and further fields of `Problem` where it has some.
    """

    kind: type[E]
    status: int
    told: Callable[[E], Mapping[str, str]]


class Stopped(Exception):
    """A call that goes no further, with its status and what to do about it."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class ByToken(HttpBearer):
    """`Authorization: Bearer yb_…`; nothing else opens the API, no cookie either."""

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """The bearer, or None for an unknown, revoked or expired token."""
        found = bearer(token, timezone.now())
        if found is None:
            return None
        request.bearer = found  # type: ignore[attr-defined]
        return found


def caller(request: HttpRequest, scope: str) -> Bearer:
    """Who calls, if this scope allows it; else `Stopped` with 403."""
    found: Bearer = request.bearer  # type: ignore[attr-defined]
    if not found.may(scope):
        raise Stopped(403, f"这个密钥不能「{SCOPES[scope][1]}」。请销售经理在「接口」页另做一个。")
    return found


def acting(request: HttpRequest, who: Bearer) -> Acting:
    """Who acts through which token, here and now; a write without a key is refused with 400."""
    key = request.headers.get(KEY, "")
    if not 8 <= len(key) <= 80 or not key.isascii() or not key.isprintable() or " " in key:
        raise Stopped(400, f"写入要带 {KEY} 头：8 到 80 个字符，重试时用同一个。")
    mark = hashlib.sha256(key.encode()).hexdigest()[:40]
    # A token's keys are its own: two devices may count from one.
    return Acting(who.site_id, TokenKey(who.token_id, mark), who.staff_id, timezone.now())


def here(found: T | None) -> T:
    """The thing, or 404: another site's doesn't exist."""
    if found is None:
        raise Stopped(404, "没有找到。编号不对，或者不属于这个项目。")
    return found


def text_id(value: UUID | None) -> str | None:
    """An id as it goes over the line."""
    return str(value) if value else None
