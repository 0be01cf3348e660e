"""The words of a case file that both the running system and the checker of a packet use. Standard library only."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

WALL = timezone(timedelta(hours=8))  # the gallery's clock; no summer time since 1991

STEPS = {"model": "沙盘讲解", "flat": "看样板间", "talk": "洽谈", "farewell": "送客"}
HANDS = {
    "customer": "客户自填",
    "dictated": "客户口述",
    "declined": "客户不愿登记",
    "imported": "旧登记册导入",
}
SIGNED = {"glass": "屏上签名", "password": "密码确认", "paper": "纸质签名"}
STANDINGS = {"valid": "有效", "known": "客户早先已来访或登记", "taken": "已由别的渠道报备"}
ROOMS = {"1": "一房", "2": "两房", "3": "三房", "4": "四房", "5": "五房及以上"}
FLOORS = {"low": "低楼层", "middle": "中楼层", "high": "高楼层", "any": "楼层不限"}
PURPOSES = {
    "first": "首次置业",
    "better": "改善居住",
    "parents": "给父母住",
    "child": "给子女住",
    "invest": "投资",
    "other": "其他用途",
}


def on_the_wall(moment: datetime) -> str:
    """Day and hour as the gallery's clock had them."""
    return f"{moment.astimezone(WALL):%m-%d %H:%M}"


def lasted(span: timedelta) -> str:
    """How long something took, as people say it."""
    seconds = max(int(span.total_seconds()), 0)
    return f"{seconds} 秒" if seconds < 60 else f"{seconds // 60} 分钟"


def needs_in_words(needs: Mapping[str, Any]) -> str:
    """Needs in one line, as the sheet has them: 面积、户型、楼层、用途、预算."""
    parts = [
        _between(needs.get("area_min"), needs.get("area_max"), "㎡"),
        ROOMS.get(needs.get("rooms") or "", ""),
        FLOORS.get(needs.get("floor_wish") or "", ""),
        PURPOSES.get(needs.get("purpose") or "", ""),
        _between(needs.get("budget_min"), needs.get("budget_max"), "万"),
    ]
    return "、".join(p for p in parts if p)


def _between(low: int | None, high: int | None, unit: str) -> str:
    if low and high:
        return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"
    if low:
        return f"{low}{unit}以上"
    return f"{high}{unit}以下" if high else ""


def visit_title(number: int, size: int, *, named: bool, undone: bool) -> str:
    """The line of an arrival."""
    told = "，点名要找" if named else ""
    return f"到访 {number}，{size} 人{told}{'（已撤销）' if undone else ''}"


def decision_title(number: int | str, counted: bool | None, *, undone: bool) -> str:
    """The line of a decision."""
    counts = "" if counted is None else "，计次" if counted else "，不计次"
    return f"判定：到访 {number}{counts}{'（已撤销）' if undone else ''}"


def nudge_title(*, another: bool) -> str:
    """The line of a receiver who was called again, or for whom the manager was asked for somebody else."""
    return "没来接单，请经理换人" if another else "还没接单，再叫一次"


def step_title(which: str, things: list[str], then: datetime | None) -> str:
    """The line of a step of the reception."""
    title = "、".join([STEPS[which], *things])
    return f"{title}；约 {on_the_wall(then)} 再联系" if then else title


def register_title(number: int, hand: str, signed: str, corrects: int | None) -> str:
    """The line of a register row."""
    title = f"登记册第 {number} 号，{HANDS[hand]}，{SIGNED[signed]}"
    return f"{title}（更正第 {corrects} 号）" if corrects else title
