"""The pages of 单子, 设备, 扫码报修 in short words: who opens them, and what stands there already."""

from collections.abc import Callable

from django.test import Client

from yingbin.duty.actions import assets, faults, lines
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import Asset, FaultReport
from yingbin.matters.models import Matter

from .doors import enter
from .flat import Flat

BACKEND = "yingbin.people.backends.AccountOrPhone"
Enter = Callable[[str], Client]


def signed_in(flat: Flat, who: str) -> Client:
    return enter(flat, who) if who else Client()


def an_asset(flat: Flat, name: str = "中央空调", **more: object) -> Asset:
    told = {"post": flat.post, "place": "客厅", "supplier": "恒温机电"} | more
    return Asset.objects.get(id=flat.do(assets.keep_asset, "许", name=name, **told))


def a_fault(flat: Flat, words: str = "不出冷风", asset: Asset | None = None) -> FaultReport:
    mark = (asset or an_asset(flat)).mark
    return FaultReport.objects.get(id=flat.do(faults.tell_fault, "苏", mark=mark, words=words))


def a_line(flat: Flat, kind: str = "repair", title: str = "空调漏水", **told: object) -> Matter:
    details = Details(**told)  # type: ignore[arg-type]  # the fields of Details
    made = flat.do(lines.open_line, "叶", kind=kind, post=flat.post, title=title, details=details)
    return Matter.objects.get(id=made.matter)
