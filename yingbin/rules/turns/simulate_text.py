"""A comparison of policies as a table in the terminal, and the words it shares with the page."""

from __future__ import annotations

from unicodedata import east_asian_width

from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.simulate import Comparison, Outcome

KINDS = {"customer": "客户", "peer": "同行市调", "enquirer": "找人问路"}
LEFT_OUT = {"override": "经理指定", "adjust": "经理更正"}
_TREATED = {"make_up": "补接", "keep": "留位", "lose": "不补"}
_REASONS = {"business": "公事", "meal": "用餐", "private": "私事"}


def width(text: str) -> int:
    """Columns a terminal gives the text: two for a wide character."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """Fill with spaces to this many columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def describe(policy: TurnsPolicy) -> list[tuple[str, str]]:
    """Each choice of a policy as (what, which), in a manager's words."""
    passed = "，".join(
        f"{_REASONS[reason]}{_TREATED[how]}" for reason, how in policy.passed_over.items()
    )
    return [
        ("要找的人正忙", "客户等本人" if policy.receiver_busy == "wait" else "由末位空闲者协助"),
        ("自己的老客户", "计一次" if policy.own_customer_counts else "不计"),
        ("点名接待的代价", "欠一轮" if policy.named_turn == "owed" else "当即排到队尾"),
        ("一次外出最多补", f"{policy.makeup_per_absence} 次"),
        ("外出被轮到时", passed),
    ]


def minutes(value: float) -> str:
    """A length of time, in words."""
    return f"{value:g} 分钟"


def signed(gain: int) -> str:
    """A gain or a loss with its sign; 0 has none."""
    return f"{gain:+d}".replace("-", "−") if gain else "0"


def heading(comparison: Comparison) -> str:
    """How much of a day it was, in one line."""
    kinds = {name: comparison.kinds.get(kind, 0) for kind, name in KINDS.items()}
    groups = "，".join(f"{name} {count} 批" for name, count in kinds.items() if count)
    return f"来访 {sum(comparison.kinds.values())} 批（{groups}）" if groups else "没有来访"


def caveat(comparison: Comparison) -> str:
    """What of the day was left out, or nothing."""
    left = [f"{LEFT_OUT[kind]} {count} 次" for kind, count in comparison.left_out.items()]
    return f"未计入：{'、'.join(left)}（那是对当天结果的处理）。" if left else ""


def day_rows(outcome: Outcome) -> list[tuple[str, str]]:
    """The figures of one policy's day, named."""
    figures = outcome.to_json()
    return [
        ("接待批数", f"{figures['received']}"),
        ("最多与最少相差", f"{figures['spread']} 次"),
        ("等候过的批数", f"{figures['waited']}"),
        ("平均等候", minutes(outcome.mean_wait)),
        ("最长等候", minutes(outcome.longest_wait)),
        ("没等到就离开", f"{figures['left']} 批"),
        ("收班仍在等", f"{figures['still_waiting']} 批"),
    ]


def table(comparison: Comparison) -> str:
    """Who gains and who loses, aligned for a terminal."""
    first, *others = comparison.outcomes
    head = ["置业顾问", f"有效·{first.label}"]
    for outcome in others:
        head += [f"有效·{outcome.label}", "增减"]
    rows = [[who, *_person_row(comparison, who)] for who in comparison.people]
    days = [
        [figures[0][0], *(value for _, value in figures)]
        for figures in zip(*map(day_rows, comparison.outcomes), strict=True)
    ]
    labels = ["", *(outcome.label for outcome in comparison.outcomes)]
    parts = [heading(comparison), "", _grid([head, *rows]), "", _grid([labels, *days])]
    return "\n".join([*parts, "", caveat(comparison)]).rstrip() + "\n"


def _person_row(comparison: Comparison, who: str) -> list[str]:
    """Counted receptions under each policy, each but the first with its gain."""
    first, *others = comparison.outcomes
    row = [str(first.people[who].counted)]
    for outcome in others:
        row += [str(outcome.people[who].counted), signed(comparison.gain(who, outcome))]
    return row


def _grid(rows: list[list[str]]) -> str:
    """Rows in columns as wide as their widest cell, with a rule under the first."""
    columns = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            pad(cell, space, right=place > 0)
            for place, (cell, space) in enumerate(zip(row, columns, strict=True))
        )
        for row in rows
    ]
    rule = "─" * (sum(columns) + 2 * (len(columns) - 1))
    return "\n".join([lines[0], rule, *lines[1:]])
