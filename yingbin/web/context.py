"""What the frame of every page needs: navigation by permission, unread notices."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yingbin.people.access import badge_of

# Permission, page, icon, label, in order of use.
NAV = [
    ("turns.take", "gallery:mine", "user", "我的"),
    ("arrivals.record", "gallery:arrival", "door-in", "到访"),
    ("waiting.serve", "gallery:waiting", "hourglass", "等待"),
    ("turns.supervise", "gallery:supervision", "shield", "督导"),
    ("board.see", "gallery:board", "queue", "轮排"),
    ("turns.see", "gallery:decisions", "scale", "判定"),
    ("register.all", "gallery:register", "book", "登记册"),
    ("register.today", "gallery:register", "book", "登记册"),
    ("register.own", "gallery:register", "book", "登记册"),
    ("turns.see", "gallery:cases", "flag", "争议"),
    ("calls.record", "gallery:calls", "phone", "来电"),
    ("figures.see", "reports:figures", "table", "数字"),
    ("figures.own", "reports:figures", "table", "数字"),
    ("matters.handle", "matters:index", "inbox", "事项"),
    ("customers.find", "customers:index", "search", "客户"),
    ("staff.manage", "people:staff", "users", "人员"),
    ("tokens.manage", "integrations", "key", "接口"),
    ("sites.manage", "people:sites", "building", "项目"),
    ("", "manual:index", "help", "规程"),
]
THUMB = 5  # places a phone's bar has; the last becomes 更多 when there are more pages


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, badge and unread notices of the signed-in person; nothing for strangers."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "site", None) is None:
        return {"nav": [], "nav_more": [], "unread": 0}
    from .shell import counts, slot

    badge = badge_of(request)
    nav = navigation(request.path, badge.permissions)
    waits = counts(badge)
    for item in nav:
        item["slot"] = slot(item["page"]) if item["page"] in waits.pages else ""
        item["badge"] = waits.pages.get(item["page"], 0)
    return {
        "nav": nav,
        "nav_more": [item for item in nav if item["extra"]],
        "more_badge": hidden(badge.permissions, waits.pages),
        "badge": badge,
        "unread": waits.unread,
    }


def navigation(path: str, permissions: frozenset[str]) -> list[dict[str, Any]]:
    """The pages these permissions open, in order; `extra` are those beyond a phone's bar."""
    items = [
        {"label": label, "page": page, "url": url, "icon": icon, "active": False, "extra": False}
        for permission, page, icon, label in _opened(permissions)
        for url in [_address(page)]
        if url
    ]
    under = [item for item in items if path.startswith(str(item["url"]))]
    if under:
        max(under, key=lambda item: len(str(item["url"])))["active"] = True
    if len(items) > THUMB:
        for item in items[THUMB - 1 :]:
            item["extra"] = True
    return items


def hidden(permissions: frozenset[str], waits: Mapping[str, int]) -> int:
    """How much waits behind entries that a phone keeps under 更多."""
    return sum(waits.get(str(i["page"]), 0) for i in navigation("", permissions) if i["extra"])


def _opened(permissions: frozenset[str]) -> list[tuple[str, str, str, str]]:
    """The entries of the table that these permissions open, each page once."""
    open_ones = [row for row in NAV if not row[0] or row[0] in permissions]
    return list({row[1]: row for row in open_ones}.values())


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
