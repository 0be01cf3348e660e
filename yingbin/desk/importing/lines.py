"""A line of the property company's own list: a home in any spelling, the people in it with their telephones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from yingbin.customers.numbers import whole_number
from yingbin.rules.desk.homes import Address, addresses, written
from yingbin.tables.survey import Field

from ..models import Home, Tenancy

FIELDS = (
    Field("home", "房号", needed="home", words=("房间号", "房屋", "房屋编号", "房间", "室号", "门牌号", "户号", "单元房号", "楼栋房号", "地址")),
    Field("phase", "期或组团", words=("期数", "期", "组团", "区", "分区", "项目分期")),
    Field("building", "楼栋", words=("栋", "栋号", "楼号", "幢号", "楼座", "楼栋号", "座")),
    Field("entrance", "单元", words=("单元号", "门")),
    Field("name", "业主姓名", words=("业主", "姓名", "客户姓名", "户主", "产权人", "住户姓名", "住户", "名称")),
    Field("phone", "电话", many=True, words=("联系电话", "手机", "手机号", "手机号码", "业主电话", "电话号码", "联系方式", "备用电话", "固定电话")),
    Field("capacity", "身份", words=("关系", "类型", "住户类型", "客户类型", "与业主关系")),
    Field("tenant", "租户姓名", words=("租户", "租客", "承租人", "租客姓名")),
    Field("tenant_phone", "租户电话", words=("租客电话", "承租人电话")),
    Field("area", "面积", words=("建筑面积", "房屋面积", "面积㎡", "收费面积")),
    Field("delivery", "房屋状态", words=("交付状态", "入住状态", "状态", "装修状态", "使用状态")),
    Field("delivered_on", "交付日期", words=("收楼日期", "收房日期", "交房日期", "接房时间")),
    Field("since", "入住日期", words=("入住时间", "迁入日期", "起租日期")),
)  # fmt: skip
_BETWEEN = re.compile(r"[、,;/|&+\n]+")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_NUMBER = re.compile(r"[+\d][\d\- ]{6,}")  # a telephone that stands beside a name
_CHINESE = re.compile(r"[\u3400-\u9fff·]{2,}")
_FIRM = re.compile(r"(公司|集团|银行|事务所|中心|学校|幼儿园|超市|商行|药房|厂|店)$")
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?|(\d{4})(\d{2})(\d{2})")
_CAPACITIES = {
    "业主": "owner", "户主": "owner", "产权人": "owner", "共有人": "owner", "本人": "owner",
    "租户": "tenant", "租客": "tenant", "承租人": "tenant", "公司租户": "company", "公司": "company",
    "家属": "family", "配偶": "family", "父母": "family", "子女": "family", "亲属": "family", "家庭成员": "family",
}  # fmt: skip
_DELIVERIES = {
    "未售": "unsold", "已售": "sold", "已售未交付": "sold", "未交付": "sold", "未收楼": "sold", "未收房": "sold",
    "已交付": "delivered", "交付": "delivered", "已收楼": "delivered", "已收房": "delivered", "毛坯": "delivered",
    "装修中": "fitting", "装修": "fitting", "在装": "fitting",
    "已入住": "lived_in", "入住": "lived_in", "自住": "lived_in", "出租": "lived_in", "已装修": "delivered",
    "空置": "empty", "未入住": "empty", "空房": "empty",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody in a line, numbers in E.164 form."""

    name: str
    phones: tuple[str, ...]
    capacity: str


@dataclass(frozen=True)
class HomeLine:
    """What a line says: the home as it is spelt with all it may mean, its people; `unclear`: what nobody understood."""

    spelling: str
    ways: tuple[Address, ...]
    people: tuple[Person, ...]
    area: str = ""
    delivery: str = ""
    delivered_on: str = ""
    since: str = ""
    unclear: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The first number in it."""
        return next((phone for one in self.people for phone in one.phones), "")

    def to_json(self) -> dict[str, object]:
        """For keeping between reading and taking in."""
        told = {**vars(self)}
        told["ways"] = [{**vars(way)} for way in self.ways]
        told["people"] = [{**vars(one)} for one in self.people]
        return told

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "HomeLine":
        """As it was kept."""
        told = {**kept}
        told["ways"] = tuple(Address(**way) for way in _dicts(kept["ways"]))
        told["people"] = tuple(
            Person(str(p["name"]), tuple(p["phones"]), str(p["capacity"]))
            for p in _dicts(kept["people"])
        )
        told["unclear"] = tuple(_texts(kept["unclear"]))
        return cls(**told)  # type: ignore[arg-type]


def _dicts(kept: object) -> list[dict[str, str]]:
    assert isinstance(kept, (list, tuple))
    return list(kept)


def _texts(kept: object) -> list[str]:
    assert isinstance(kept, (list, tuple))
    return [str(one) for one in kept]


def read_line(texts: Mapping[str, str]) -> HomeLine:
    """A line from the texts of its cells."""
    unclear: list[str] = []
    spelling, ways = _home(texts)
    usual = _capacity(texts["capacity"], unclear)
    people = _people(texts["name"], texts["phone"], usual, unclear)
    people += _people(texts["tenant"], texts["tenant_phone"], "tenant", unclear)
    return HomeLine(
        spelling,
        ways,
        tuple(people),
        area=_area(texts["area"], unclear),
        delivery=_delivery(texts["delivery"], unclear),
        delivered_on=_day("交付日期", texts["delivered_on"], unclear),
        since=_day("入住日期", texts["since"], unclear),
        unclear=tuple(unclear),
    )


def _home(texts: Mapping[str, str]) -> tuple[str, tuple[Address, ...]]:
    """The home by its own cell, or with the building and entrance that stand in others."""
    alone, phase = texts["home"], _with_mark(texts["phase"], "期")
    before = _with_mark(texts["building"], "栋") + _with_mark(texts["entrance"], "单元")
    tried = [f"{before}{alone}", alone] if before and alone else [alone]
    for text in tried:
        for spelling in [f"{phase} {text}", text] if phase else [text]:
            ways = tuple(way for way in addresses(spelling) if way.building and way.room)
            if ways:
                return spelling.strip(), ways
    return " ".join(filter(None, (phase, before, alone))), ()


def _with_mark(text: str, mark: str) -> str:
    return f"{text}{mark}" if re.fullmatch(r"[A-Za-z]?\d{1,3}[A-Za-z]?|[A-Za-z]", text) else text


def _capacity(text: str, unclear: list[str]) -> str:
    plain = _BRACKETS.sub("", text).strip()
    if plain and plain not in _CAPACITIES:
        unclear.append(f"身份「{plain[:10]}」没看懂，当作业主。")
    return _CAPACITIES.get(plain, "owner")


def _people(names: str, numbers: str, capacity: str, unclear: list[str]) -> list[Person]:
    """Several names in a cell are several people; as many numbers as names are one each, else all the first one's."""
    called = names_in(names)
    phones = _phones("、".join([numbers, *_NUMBER.findall(names)]), unclear)
    if not called:
        if phones:
            unclear.append("只有电话没有姓名，电话没有收。")
        return []
    each = [[phone] for phone in phones] if len(phones) == len(called) else [phones]
    if len(called) > 1 and len(phones) not in (0, 1, len(called)):
        unclear.append(
            f"{len(called)} 个姓名、{len(phones)} 个电话，对不上，电话都记在{called[0]}名下。"
        )
    return [
        Person(name, tuple(each[n]) if n < len(each) else (), _as_firm(name, capacity))
        for n, name in enumerate(called)
    ]


def names_in(cell: str) -> list[str]:
    """The names in a cell: 张三、李四 are two, 张三 李四 too, John Smith is one."""
    plain = _NUMBER.sub(" ", _BRACKETS.sub(" ", cell))
    found: list[str] = []
    for piece in _BETWEEN.split(plain):
        words = piece.split()
        apart = len(words) > 1 and all(_CHINESE.fullmatch(word) for word in words)
        found += words if apart else [" ".join(words)]
    return list(dict.fromkeys(name[:40] for name in found if name and name not in ("无", "-", "/")))


def _as_firm(name: str, capacity: str) -> str:
    return Tenancy.Capacity.COMPANY if capacity == "tenant" and _FIRM.search(name) else capacity


def _phones(cell: str, unclear: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for piece in _BETWEEN.split(re.sub(r"\([^()\d]*\)", "、", cell)):
        if not re.search(r"\d", piece):
            continue
        whole = whole_number(piece)
        numbers = [whole] if whole else [whole_number(word) for word in piece.split()]
        found |= dict.fromkeys(n for n in numbers if n)
        if None in numbers:
            unclear.append(f"电话「{_masked(piece)}」不是完整的号码，没有收。")
    return list(found)


def _masked(text: str) -> str:
    return re.sub(r"\d(?=\d{0,2}\d{2})", "*", text.strip()[:20])


def _area(text: str, unclear: list[str]) -> str:
    plain = re.sub(r"(㎡|m2|平方米|平米|平)$", "", text.replace(",", "").strip(), flags=re.I)
    if not plain:
        return ""
    try:
        area = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        area = Decimal(-1)
    if not 0 <= area < 1_000_000:
        unclear.append(f"面积「{text[:10]}」不是数字，没有收。")
        return ""
    return str(area)


def _delivery(text: str, unclear: list[str]) -> str:
    if text and text not in _DELIVERIES:
        unclear.append(f"状态「{text[:10]}」没看懂，没有收。")
    return _DELIVERIES.get(text, Home.Delivery.UNKNOWN)


def _day(label: str, text: str, unclear: list[str]) -> str:
    if not text:
        return ""
    found = _DAY.fullmatch(text)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return date(*parts).isoformat()
    except (TypeError, ValueError):
        unclear.append(f"{label}「{text[:12]}」看不懂，没有收。")
        return ""


def labels_of(told: Iterable[HomeLine]) -> set[str]:
    """Every home these lines may mean."""
    return {written(way) for one in told for way in one.ways}


def phones_of(told: Sequence[HomeLine]) -> set[str]:
    """Every number in these lines."""
    return {phone for one in told for person in one.people for phone in person.phones}
