"""What people call the things of a day on duty."""

from yingbin.rules.checklists.valid import STANDARD_TITLES as ITEMS
from yingbin.rules.duty.checks import CHECKS

__all__ = ["ALL_LINES", "BREAKS", "CASES", "CHECKS", "ITEMS", "LINES", "RESULTS", "ROLE_WORDS"]

BREAKS = {"meal": "用餐", "rest": "休息"}
CASES = {"disruption": "有人扰乱秩序", "emergency": "突发事件"}
ROLE_WORDS = {
    "lead": "领班",
    "receptionist": "接待员",
    "head": "项目负责人",
    "guard": "安全员",
}
RESULTS = {"ok": "正常", "failed": "不正常", "na": "不适用"}
LINES = {"slip": "信息传递单", "repair": "报修"}
ALL_LINES = {**LINES, "damage": "物品损坏"}
