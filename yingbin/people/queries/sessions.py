"""Where a person is signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

_DEVICES = [
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "安卓"),
    ("HarmonyOS", "鸿蒙"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
]
_BROWSERS = [
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]


@dataclass(frozen=True)
class SignedIn:
    """One place where someone is signed in."""

    id: int
    device: str
    address: str
    since: datetime
    here: bool


def device(agent: str) -> str:
    """A browser's name of itself in words people use."""
    what = next((word for mark, word in _DEVICES if mark in agent), "未知设备")
    how = next((word for mark, word in _BROWSERS if mark in agent), "")
    return f"{what} · {how}" if how else what


def sessions_of(staff_id: UUID, current_key: str | None, at: datetime) -> list[SignedIn]:
    """Where the person is signed in now, this place first; two queries."""
    rows = UserSession.objects.filter(user_id=staff_id).order_by("-created_at")
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    found = [
        SignedIn(
            row.pk, device(row.user_agent), row.ip, row.created_at, row.session_key == current_key
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda s: not s.here)
