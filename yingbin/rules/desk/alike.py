"""What a matter is about by its words, whether two tell of the same thing, and in which building: guesses, never decisions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from .homes import addresses

# Shared pairs of neighbouring characters, of those of the shorter one: enough without a common subject.
ENOUGH = 0.5
_WORDS: dict[str, tuple[str, ...]] = {
    "water": ("停水", "没水", "水管", "爆管", "水压", "水表", "水龙头", "来水"),
    "power": ("停电", "没电", "跳闸", "电表", "短路", "路灯", "灯不亮"),
    "lift": ("电梯", "困人", "困在", "轿厢"),
    "gas": ("燃气", "煤气", "天然气"),
    "leak": ("漏水", "渗水", "滴水", "冒水", "返潮"),
    "drain": ("下水", "堵塞", "堵了", "马桶", "地漏", "反水", "疏通"),
    "door": ("门禁", "门锁", "单元门", "窗户", "门窗", "刷不开", "大门"),
    "clean": ("垃圾", "打扫", "保洁", "卫生", "异味"),
    "green": ("绿化", "花池", "草坪", "树枝", "虫害", "蚊虫"),
    "parking": ("车位", "停车", "充电桩", "地库", "挡车", "乱停"),
    "noise": ("噪音", "装修", "敲墙", "太吵", "施工"),
    "safety": ("治安", "消防", "小偷", "陌生人", "高空抛物", "冒烟", "着火"),
    "pets": ("宠物", "遛狗", "没牵绳", "狗叫"),
    "fees": ("物业费", "管理费", "发票", "票据", "收费", "缴费"),
    "staff": ("态度", "保安", "服务差"),
    "parcel": ("快递", "包裹", "存放"),
}
_BUILDING = re.compile(r"(?<![\dA-Z])(\d{1,3}|[A-Z])\s*(?:栋|幢|座|#|号楼)", re.IGNORECASE)


def subject_of(words: str, subjects: Mapping[str, str]) -> str:
    """The subject that these words speak of, "" for none. subjects: titles by key.

    The longest word that fits counts; of two, the one that stands later: in 水管漏水 it is the leak.
    """
    best, fits = "", (0, 0)
    for key, title in subjects.items():
        own = [w for w in re.split("[（）()、，, ]+", title) if len(w) > 1]
        found = [(len(w), words.rfind(w)) for w in (*_WORDS.get(key, ()), *own) if w in words]
        if found and max(found) > fits:
            best, fits = key, max(found)
    return best


def alike(asked: Collection[str], told: Collection[str], *, same_subject: bool) -> bool:
    """Whether two texts, each as its pairs of characters, may tell of the same thing: one shared pair, with a subject
    in common; else half of the shorter one's."""
    shared = len(set(asked) & set(told))
    if not shared:
        return False
    return same_subject or shared >= ENOUGH * min(len(asked), len(told))


@lru_cache(maxsize=4096)
def block_of(place: str) -> str:
    """The building that a place is in, as it is written there; "" where none is said: `3-2-1801`, `3栋大堂` are both of 3."""
    way = next((one for one in addresses(place) if one.building and one.room), None)
    if way is not None:
        return f"{way.phase} {way.building}".strip()
    found = _BUILDING.search(place)
    return found[1].upper() if found else ""
