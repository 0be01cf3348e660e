"""What the frame of every page needs: navigation by permission, unread notices."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yingbin.people.access import badge_of

# permission, page, icon, label; the first five are shown on phones.
NAV = [
    ("turns.take", "floor:mine", "user", "我的"),
    ("arrivals.record", "floor:arrival", "door-in", "到访"),
    ("waiting.serve", "floor:waiting", "clock", "等待"),
    ("turns.supervise", "floor:supervision", "shield", "督导"),
    ("board.see", "floor:board", "list", "轮排"),
    ("turns.see", "floor:decisions", "scale", "判定"),
    ("matters.handle", "matters:index", "inbox", "事项"),
    ("customers.find", "customers:index", "search", "客户"),
    ("staff.manage", "people:staff", "users", "人员"),
    ("sites.manage", "people:sites", "building", "项目"),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, badge and unread notices of the signed-in person; nothing for strangers."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "site", None) is None:
        return {"nav": [], "unread": 0}
    from yingbin.notices.queries import unread

    badge = badge_of(request)
    return {"nav": _nav(request.path, badge.permissions), "badge": badge, "unread": unread(user.pk, request.site.id)}  # type: ignore[attr-defined]


def _nav(path: str, permissions: frozenset[str]) -> list[dict[str, Any]]:
    shown = []
    for permission, page, icon, label in NAV:
        if permission not in permissions:
            continue
        try:
            url = reverse(page)
        except NoReverseMatch:
            continue
        extra = len(shown) >= 5
        shown.append(
            {"url": url, "icon": icon, "label": label, "active": path == url, "extra": extra}
        )
    return shown
