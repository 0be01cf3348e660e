"""Which check lists may be used: no standard item is missing, no two things are called the same, every item makes sense."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from ..decision import Refused
from .terms import EVERYWHERE, KINDS, Item, Section, Template, name_of, standard_of
from .verdict import read_number

MOST_SECTIONS, MOST_ITEMS = 30, 120
CLAUSES = {"opening": "SF-4.1", "round": "SF-4.1", "closing": "SF-4.7"}


def require(template: Template, check: str, counted: Template) -> None:
    """Raises `Refused` for a check list that can't be used. counted: the opening check, for counts held against it."""
    clause = CLAUSES[check]
    _standard(template, check)
    if len(template.sections) > MOST_SECTIONS or sum(1 for _ in template.items()) > MOST_ITEMS:
        raise Refused(
            clause, f"一张检查表最多 {MOST_SECTIONS} 个区域、{MOST_ITEMS} 项，请分开或去掉几项。"
        )
    _once([s.title for s in template.sections], "区域", clause)
    _once([name_of(s, i) for s, i in template.items()], "检查项", clause)
    for section, item in template.items():
        if fault := fault_of(item, check) or _fault_in(section, item, check, counted):
            raise Refused(clause, f"「{name_of(section, item)}」{fault}")


def require_counts(opening: Template, closing: Template) -> None:
    """Raises `Refused` for an opening check without a count that the closing check in force is held against (SF-4.7)."""
    for section, item in closing.items():
        if not item.same_as:
            continue
        counted = opening.item(item.same_as)
        if counted is None or counted.kind != "count":
            raise Refused(
                CLAUSES["closing"],
                f"关门检查的「{name_of(section, item)}」要和这张表里的点数比。"
                "先在关门检查里改掉并发布，再发布这一张。",
            )


def require_every_place(template: Template, check: str) -> None:
    """Raises `Refused` for a check list that names a post of one place, where it shall hold at all of a kind."""
    for section in template.sections:
        if section.at not in (EVERYWHERE, "show_flat", "sales_centre"):
            raise Refused(
                CLAUSES[check],
                f"「{section.title}」只在本处的一个岗位看，别处没有这个岗位。先把它改成每个岗位都看，发布后再统一。",
            )


def counts_fit(opening: Template, closing: Template) -> bool:
    """Whether whatever the closing check is held against is counted by the opening check."""
    try:
        require_counts(opening, closing)
    except Refused:
        return False
    return True


def _standard(template: Template, check: str) -> None:
    there = [i.id for _, i in template.items()]
    for one in standard_of(check):
        if one not in there:
            raise Refused(
                CLAUSES[check], f"规程规定的「{STANDARD_TITLES[one]}」不能去掉，可以改名、换区域。"
            )
    if len(set(there)) < len(there):
        raise Refused(CLAUSES[check], "同一项在表里有两次，请去掉一个。")


def _once(names: list[str], what: str, clause: str) -> None:
    for name, many in Counter(names).items():
        if many > 1:
            raise Refused(clause, f"有两个{what}都叫“{name}”，请改其中一个的名称。")


def _fault_in(section: Section, item: Item, check: str, counted: Template) -> str:
    if item.id in standard_of(check):
        allowed = (EVERYWHERE, "sales_centre") if item.id == "guards" else (EVERYWHERE,)
        if section.at not in allowed:
            return "是规程规定的，要放在每个岗位都看的区域里。"
        if item.weekdays or item.rounds:
            return "是规程规定的，每次都要看。"
    if item.same_as:
        other = counted.item(item.same_as)
        if check != "closing" or other is None or other.kind != "count":
            return "要和早上比，开门检查里却没有这样一项点数，请重选。"
    return ""


def fault_of(item: Item, check: str) -> str:
    """What is wrong with one item by itself, in words; "" where nothing."""
    if not item.title.strip():
        return "要写看什么，例如：水阀已关。"
    if item.kind not in KINDS:
        return "要选一种填法。"
    if item.rounds and check != "round":
        return "只有巡查才分第几次。"
    return _limits(item) if item.kind == "number" else _choices(item)


def _choices(item: Item) -> str:
    if item.kind != "choice":
        return ""
    if len(item.choices) < 2 or len(set(item.choices)) < len(item.choices):
        return "要有两个以上不同的选项，一行一个。"
    if not item.good or set(item.good) - set(item.choices):
        return "要写明选哪个算正常，和选项写得一样。"
    return ""


def _limits(item: Item) -> str:
    try:
        low, high = (read_number(t) if t else None for t in (item.low, item.high))
    except ValueError:
        return "的上下限要填数字，例如 18 和 26。"
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
        return "的下限比上限大，请改一下。"
    return ""


STANDARD_TITLES = {
    "environment": "环境卫生",
    "goods": "物品摆放",
    "facilities": "设施设备",
    "guards": "安全员仪容仪表",
    "patrol": "巡查一圈",
    "water": "水阀已关",
    "electricity": "电源已关",
    "gas": "燃气已关",
    "doors": "门已锁",
    "windows": "窗已关",
}
