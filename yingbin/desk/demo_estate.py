"""The demo's estate: 1,200 homes brought in from the office's own list, and what happened to a few of them since."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from yingbin.importing.actions import apply_import, apply_some, read_some, take_as_proposed
from yingbin.importing.models import ImportRun
from yingbin.journal.action import Acting
from yingbin.pages.wing import Progress
from yingbin.people.calendar import ZONE
from yingbin.people.queries import people_of

from .actions import estate as doing
from .models import Home, Tenancy
from .queries.estate import resident_called

# How many entrances and floors each building has, and how many homes on a floor.
BUILDINGS = {
    1: (2, 20, 4), 2: (3, 20, 4), 3: (2, 20, 4), 4: (2, 16, 5), 5: (2, 20, 4), 6: (2, 20, 4), 7: (1, 40, 4),
}  # fmt: skip
# Those who tell something in the demo, or own more than one home.
KNOWN = {
    "3-2-1801": "王秀英", "1-1-302": "李国栋", "5-1-1203": "赵立新", "2-3-601": "陈玉兰", "6-2-904": "周建平",
    "6-2-903": "周建平", "5-1-101": "周建平", "3-2-1702": "孙丽华", "4-1-1501": "刘永康", "7-1-2203": "钱志强",
    "2-1-1001": "郭春梅", "5-2-802": "何俊杰", "6-1-403": "徐静", "1-2-1602": "马文博", "4-2-1105": "冯思琪",
    "3-1-2001": "杨晓东",
}  # fmt: skip
SURNAMES = "王李张刘陈杨黄吴徐孙朱胡林郭何高罗郑梁谢宋许韩曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任姚沈钟姜崔谭"
GIVEN = [
    "建国",
    "秀兰",
    "志远",
    "慧敏",
    "海峰",
    "雨桐",
    "国平",
    "丽萍",
    "浩宇",
    "静怡",
    "永强",
    "春燕",
    "文杰",
    "晓梅",
    "立群",
    "玉珍",
    "思远",
    "佳琪",
    "振东",
    "美华",
    "子轩",
    "欣然",
    "明辉",
    "桂芳",
    "一凡",
    "诗雨",
    "德胜",
    "爱华",
    "俊峰",
    "雅婷",
]
SHARED = {"3-2-1801": "张建华"}  # second owners in the same cell
FIRM = ("7-1-101", "澄湖贸易有限公司")
BEFORE = 120  # days before today: there are homes before anybody calls
MOVED_OUT = ("4-2-1004", "唐晨曦")


class HomesPast:
    """The list of homes, and four small things that people did with it."""

    def progress(self, site_id: UUID) -> Progress:
        """Over once there are homes, or where nobody keeps them."""
        lacks = _clerk(site_id) is not None and not Home.objects.filter(site_id=site_id).exists()
        return Progress(0 if lacks else 1, 1)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """Brings the list in by the steps and the worker's functions that people's lists go through."""
        clerk, then = _clerk(site_id), at - timedelta(days=BEFORE)
        assert clerk is not None

        def acting(what: str, when: datetime) -> Acting:
            return Acting(site_id, f"demo-estate-{what}", clerk, when)

        run = take_as_proposed(
            acting("list", then), kind="estate", file_name="湖畔雅居业主表.csv", data=company_list()
        )
        _while("reading", run, lambda: read_some(run_id=run, at=then, seconds=5))
        apply_import(acting("take", then), run_id=run, whole=False, receivers=False)
        _while("applying", run, lambda: apply_some(run_id=run, at=then, seconds=5))
        _afterwards(site_id, at, acting)


def _while(state: str, run_id: UUID, work: Callable[[], int]) -> None:
    while ImportRun.objects.get(id=run_id).state == state:
        work()


def _clerk(site_id: UUID) -> UUID | None:
    now = datetime.now(ZONE)
    return next((one.id for one in people_of(site_id, now) if one.account == "luojing"), None)


def company_list() -> bytes:
    """The office's own list as it keeps it: two owners in a cell, some homes empty, tenants beside their owners."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["湖畔雅居业主信息表"])
    sheet.writerow(
        ["房号", "业主姓名", "联系电话", "建筑面积", "房屋状态", "交付日期", "租户姓名", "租户电话"]
    )
    for n, (building, entrance, room) in enumerate(_rooms()):
        sheet.writerow(_line(n, building, entrance, room))
    return out.getvalue().encode()


def _rooms() -> Iterator[tuple[int, int, str]]:
    for building, (entrances, floors, doors) in BUILDINGS.items():
        for entrance in range(1, entrances + 1):
            for floor in range(1, floors + 1):
                for door in range(1, doors + 1):
                    yield building, entrance, f"{floor}{door:02d}"


def _line(n: int, building: int, entrance: int, room: str) -> list[str]:
    label = f"{building}-{entrance}-{room}"
    spelt = label if n % 3 else f"{building}栋{entrance}单元{room}室"
    owners = [KNOWN.get(label) or _name(n)] + ([SHARED[label]] if label in SHARED else [])
    numbers = [_phone(owners[0]) if label in KNOWN else _number(n)]
    numbers += [_number(n + 5000) for _ in owners[1:]]
    empty = n % 11 == 5 and label not in KNOWN
    state = "空置" if empty else "装修中" if n % 17 == 3 else "已入住"
    tenant = _tenant(n, label)
    area = ("89.5", "89.5", "108.3", "126", "60")[int(room[-1]) - 1]
    person = [] if empty and n % 2 else ["、".join(owners), "/".join(numbers)]
    return [spelt, *(person or ["", ""]), area, state, "2019.6.30", *tenant]


def _tenant(n: int, label: str) -> tuple[str, str]:
    if label == FIRM[0]:
        return FIRM[1], _number(n + 9000)
    if label == MOVED_OUT[0]:
        return MOVED_OUT[1], _number(n + 9000)
    return (_name(n + 700), _number(n + 9000)) if n % 9 == 4 and label not in KNOWN else ("", "")


def _name(n: int) -> str:
    mixed = n * 2_654_435_761 % 2**32 >> 7
    return SURNAMES[mixed % len(SURNAMES)] + GIVEN[mixed // 64 % len(GIVEN)]


def _number(n: int) -> str:
    return f"139{(n * 7919 + 20_000_003) % 100_000_000:08d}"


def _phone(name: str) -> str:
    """The one number of somebody who stands in several lines."""
    return _number(20_000 + list(dict.fromkeys(KNOWN.values())).index(name))


def _afterwards(site_id: UUID, at: datetime, acting: Callable[[str, datetime], Acting]) -> None:
    """A tenant moved out yesterday, a family moved in; two people whom one speaks to otherwise."""
    homes = dict(Home.objects.filter(site_id=site_id).values_list("label", "id"))
    lately = at - timedelta(days=BEFORE) + timedelta(hours=2)
    left = homes[MOVED_OUT[0]]
    gone = Tenancy.objects.filter(home=left, capacity="tenant").values_list("id", flat=True)
    yesterday: date = (at - timedelta(days=1)).astimezone(ZONE).date()
    out = acting("out", lately)
    doing.move_out(out, home_id=left, tenancies=tuple(gone), until=yesterday)
    home = homes["3-2-1801"]
    came = doing.move_in.given(home_id=home, capacity="family", name="张子涵", since=lately.date())
    came(acting("in", lately))
    for label, about, text, readers in (
        ("2-3-601", "hearing", "左耳听不清，说慢一点，别挂太早", "work"),
        ("3-2-1801", "wechat", "上班不接电话，微信留言", "desk"),
    ):
        who = resident_called(homes[label], KNOWN[label][0])
        if who:
            told = doing.note.given(customer_id=who, about=about, text=text, readers=readers)
            told(acting(f"note-{label}", lately))


PAST = HomesPast()
