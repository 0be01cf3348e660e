"""When reception is reminded of what isn't prepared, and what a meal may cost without being asked for (CV-3.3.2, CV-3.3.4)."""

from dataclasses import dataclass

from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Number, Row

AT = ("headquarters",)


@dataclass(frozen=True)
class HostingLimits:
    """head_hours, senior_hours: how long before a rehearsal is due its missing sign-off is told to the head of reception,
    and to the leaders who accompany. companion_hours: after which a companion without an answer is reminded.
    meal_yuan: a head, above which a leader must say yes first; 0: no limit. list_hours: before a visit with minors, from
    when on a missing list of them is told to those who can ask for it."""

    head_hours: int = 8
    senior_hours: int = 3
    companion_hours: int = 24
    meal_yuan: int = 0
    list_hours: int = 24


USUAL = HostingLimits()


def _row(name: str, title: str, number: Number, note: str) -> Row:
    assumed = {name: getattr(USUAL, name)}
    return Row(name, title, (number,), assumed=assumed, group="接待准备", note=note, at=AT)


def _hours(name: str, title: str, high: int, note: str) -> Row:
    return _row(name, title, Number(name, title, "小时", low=1, high=high), note)


HOSTING = declare(
    Policy(
        "tours.hosting",
        "接待准备",
        HostingLimits,
        "CV-3.3.2",
        rows=lambda: [
            _hours(
                "head_hours", "预演到期前多久提醒接待部负责人", 72, "没有签认才提醒，只提醒一次。"
            ),
            _hours(
                "senior_hours", "预演到期前多久提醒公司领导", 72, "还没有签认才提醒，只提醒一次。"
            ),
            _hours(
                "companion_hours", "请领导陪同，多久没答复就催", 240, "本人和请他的同事各收到一次。"
            ),
            _row(
                "meal_yuan",
                "用餐每位超过多少元要领导批准",
                Number("meal_yuan", "每位最多", "元", low=0, high=100_000, zero="不限"),
                "按预订的每位费用算；填 0 就是不限。",
            ),
            _hours(
                "list_hours",
                "有未成年人的来访，之前多久名单没交就催",
                240,
                "接待部负责人、讲解员和代为申请的同事各收到一次。",
            ),
        ],
    )
)
