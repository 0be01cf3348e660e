"""What the demo's customers write into the register, and how people there sign: decided by the seed."""

import math
import random

from yingbin.customers.wording import SHIPPED
from yingbin.gallery.actions.register import Words
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.models import Visit
from yingbin.sheets.ink import Signature

from . import cast

_SAID = [
    "孩子明年上小学，看重学区",
    "要等旧房卖掉再定，大概三个月",
    "嫌东边靠马路，想看看中间楼栋",
    "爱人周末一起来，再定楼层",
    "问了公积金和商贷能不能组合",
    "和隔壁小区比过，觉得我们绿化好",
]
RUNG = [
    "已回电，周末带父母再来看一次",
    "电话没接，发了短信，明天上午再打",
    "已回电，还在和家里商量，月底前给答复",
    "已回电，想等下一批房源，先留着联系",
    "已微信发了户型图和价格表，约好看样板间",
]
_LIVES = ["城东", "城西", "高新区", "老城区", "外地", "滨江"]
_SOURCES = [("passing", 24), ("friend", 22), ("online", 20), ("owner", 12), ("outdoor", 12),
            ("channel", 6), ("press", 2), ("other", 2)]  # fmt: skip


def drawn(luck: random.Random, strokes: int = 5) -> tuple[tuple[int, ...], ...]:
    """A hand-written look: a few leaning strokes across the glass."""
    made = []
    for n in range(strokes):
        x, y = 160 + n * 130 + luck.randint(-30, 30), luck.randint(90, 160)
        lean, bend = luck.uniform(0.4, 1.4), luck.uniform(20, 70)
        points: list[int] = []
        for t in range(14):
            points += [
                max(0, min(1000, int(x + t * 12 * lean + bend * math.sin(t / 2)))),
                max(0, min(400, int(y + t * 13 - bend * math.cos(t / 3)))),
            ]
        made.append(tuple(points))
    return tuple(made)


def needs(luck: random.Random) -> NeedsTold:
    """What a family looks for."""
    area = luck.choice([89, 98, 105, 118, 125, 138, 143, 168])
    budget = int(area * luck.uniform(1.6, 2.3) // 10 * 10)
    return NeedsTold(
        area_min=area - 8,
        area_max=area + 10,
        rooms=luck.choices(["2", "3", "4", "5"], [15, 50, 30, 5])[0],
        floor_wish=luck.choice(["low", "middle", "middle", "high", "any"]),
        budget_min=budget - 20,
        budget_max=budget + 30,
        purpose=luck.choices(["first", "better", "parents", "child", "invest"], [28, 42, 8, 8, 14])[
            0
        ],
        source=luck.choices([s for s, _ in _SOURCES], [w for _, w in _SOURCES])[0],
        said=luck.choice(_SAID) if luck.random() < 0.6 else "",
    )


def words(luck: random.Random, visit: Visit) -> Words:
    """One family's row; a few would rather not leave a name."""
    if luck.random() < 0.05:
        return Words(hand="declined", why="只是看看，不愿留电话", group_size=visit.group_size)
    first = visit.called and not visit.register_entries.exists()
    name = visit.called if first else luck.choice(cast.SURNAMES) + luck.choice(cast.GIVEN)
    return Words(
        hand=luck.choice(["customer", "customer", "dictated"]),
        name=name,
        phone=""
        if first and visit.customer_id
        else f"13{luck.choice('56789')}{luck.randrange(10**8):08d}",
        lives=luck.choice(_LIVES),
        group_size=visit.group_size,
        first_visit=visit.first_visit,
        agreed=SHIPPED,
        strokes=drawn(luck, 3) if luck.random() < 0.5 else (),
        needs=needs(luck),
    )


def signature(luck: random.Random) -> Signature:
    """The receiver's name on the glass."""
    return Signature("glass", drawn(luck, luck.choice([4, 5, 6])))


def told(luck: random.Random) -> dict[str, object]:
    """What is ticked and noted at the table."""
    return {
        "things": tuple(luck.sample(["楼书", "户型图", "价目表", "名片"], k=2)),
        "note": luck.choice(
            ["首付三成，月供约八千", "全款九八折", "公积金加商贷组合", "分期首付半年"]
        ),
    }
