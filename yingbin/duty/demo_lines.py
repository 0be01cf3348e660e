"""What is written, mended and broken in a demo's show flats: a few assets, a repair verified with photos, a damage."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from yingbin.files.actions import take_in
from yingbin.journal.action import Acting, Deed
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.people.ids import SYSTEM

from .actions import assets, faults, lines
from .actions.lines import Details
from .models import Asset

HANDLE, VASE, AIR = "主卧窗把手松动", "玄关花瓶打碎", "中央空调"
ASSETS = (
    (AIR, "客厅", "恒温机电", "先合总闸，再按遥控器开关键。\n夏天 26 度，冬天 20 度。\n关门前先关机，再拉闸。"),
    ("主卧平开窗", "主卧", "森鹰门窗", "把手朝上是通风，朝左是打开。\n风大时关好。"),
    ("沙盘灯箱", "玄关", "光影展示", "开关在沙盘右下角。\n连续亮 8 小时要歇 15 分钟。"),
)  # fmt: skip


@dataclass(frozen=True)
class LineDay:
    """What is written on one day of a show flat; do: somebody does something at a time of the day."""

    site_id: UUID
    post: UUID
    day: date
    number: int
    do: Callable[[str, UUID, Deed[object]], object]

    def play(self, who: UUID, lead: UUID) -> None:
        """What belongs to this day, by whoever is on duty early and the lead."""
        if self.number == 0:
            self._set_up(lead)
        if self.number == 2:
            self._handle_breaks(who)
        if self.number == 5:
            self._vase_breaks(who)
        if self.number == 6:
            mark = self._asset(AIR).mark
            told = faults.tell_fault.given(mark=mark, words="出风口一直滴水")
            self.do("13:24", SYSTEM, told)

    def later(self) -> None:
        """What is mended on this day, after the handover."""
        if self.number == 2:
            self._handle_is_mended()

    def _set_up(self, lead: UUID) -> None:
        until = self.day + timedelta(days=400)
        for name, place, supplier, notes in ASSETS:
            kept = assets.keep_asset.given(
                name=name, post=self.post, place=place, supplier=supplier, notes=notes,
                contact="报修热线 400-000-0000", warranty_until=until,
            )  # fmt: skip
            self.do("13:15", lead, kept)

    def _asset(self, name: str) -> Asset:
        return Asset.objects.get(site_id=self.site_id, name=name)

    def _handle_breaks(self, who: UUID) -> None:
        asset = self._asset("主卧平开窗")
        details = Details(asset=asset.id, photos=self._photo("13:20", who, broken=True))
        opened = lines.open_line.given(kind="repair", post=self.post, title=HANDLE, details=details)
        self.do("13:21", who, opened)
        matter = self._line(HANDLE)
        if matter:
            due = matter.opened_at + timedelta(hours=3)
            promise = matters.act.given(
                matter_id=matter.id, verb="promise", due_at=due, note="师傅下午到"
            )
            self.do("13:26", who, promise)

    def _handle_is_mended(self) -> None:
        matter = self._line(HANDLE)
        if matter is None or matter.owner_id is None:
            return
        owner = matter.owner_id
        photos = self._photo("17:30", owner, broken=False)
        mended = matters.act.given(
            matter_id=matter.id, verb="finish", note="换了新把手", photos=photos, purpose="after"
        )
        self.do("17:31", owner, mended)
        verified = matters.act.given(matter_id=matter.id, verb="done", note="开关十次，都顺")
        self.do("17:33", owner, verified)

    def _vase_breaks(self, who: UUID) -> None:
        details = Details(
            value=680, cause="child", present="客户一家三口、接待员",
            photos=self._photo("13:22", who, broken=True),
        )  # fmt: skip
        told = "孩子跑动时碰倒，没有人受伤。已清扫，花瓶先撤下。"
        damage = lines.open_line.given(
            kind="damage", post=self.post, title=VASE, detail=told, details=details
        )
        self.do("13:23", who, damage)

    def _line(self, title: str) -> Matter | None:
        rows = Matter.objects.filter(site_id=self.site_id, title=title, closed_at__isnull=True)
        return rows.order_by("-number").first()

    def _photo(self, clock: str, who: UUID, *, broken: bool) -> tuple[UUID, ...]:
        def taken(acting: Acting) -> UUID:
            return take_in(acting, owner="matter", data=_drawn(broken))

        found = self.do(clock, who, taken)
        return (found,) if isinstance(found, UUID) else ()


def _drawn(broken: bool) -> bytes:
    """A picture of a thing, whole or with a crack."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 480), "#d9d4c7")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((170, 70, 470, 430), fill="#f4f1e9", outline="#8d8672", width=6)
    pen.rounded_rectangle((300, 210, 340, 330), 12, fill="#5c6b66" if broken else "#2f7d5d")
    if broken:
        pen.line((230, 90, 300, 190, 270, 260, 360, 400), fill="#7a2e22", width=7)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
