"""What is written, mended and broken in a demo's show flats: a few assets, a repair verified with photos, a damage."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from yingbin.files.actions import take_in
from yingbin.journal.action import Acting, Deed
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.people.ids import SYSTEM

from .actions import assets, faults, lines
from .actions.lines import Details
from .demo_when import When
from .kinds import LINE_OF
from .models import Asset

HANDLE, VASE, AIR = "主卧窗把手松动", "玄关花瓶打碎", "中央空调"
ASSETS = (
    (AIR, "客厅", "恒温机电", "先合总闸，再按遥控器开关键。\n夏天 26 度，冬天 20 度。\n关门前先关机，再拉闸。"),
    ("主卧平开窗", "主卧", "森鹰门窗", "把手朝上是通风，朝左是打开。\n风大时关好。"),
    ("沙盘灯箱", "玄关", "光影展示", "开关在沙盘右下角。\n连续亮 8 小时要歇 15 分钟。"),
)  # fmt: skip


# What was written down, how many days before today: kind and words; all but the last were settled on their day.
WRITTEN = {
    1: ("repair", "卫生间龙头滴水"),
    6: ("slip", "客户遗落一把雨伞，放在前台抽屉"),
    9: ("slip", "沙盘灯今天闪了两次"),
    12: ("slip", "周末预约三组看房，鞋套要多备"),
    14: ("repair", "洗碗机门关不严"),
    18: ("slip", "户型图只剩二十份，请补"),
}
HANDLED = "已经处理好，看过没有问题"


@dataclass(frozen=True)
class LineDay:
    """What is written on one day at a post; do: somebody does something at a time of the day."""

    site_id: UUID
    post: UUID
    day: date
    when: When
    do: Callable[[str, UUID, Deed[object]], object]
    written: Mapping[int, tuple[str, str]] = field(default_factory=lambda: WRITTEN)

    def play(self, who: UUID, lead: UUID) -> None:
        """What belongs to this day, by whoever is on duty early and the lead."""
        if self.when.is_first:
            self._set_up(lead)
        self.write(who)
        if self.when.falls(5):
            self._handle_breaks(who)
        if self.when.falls(1):
            self._vase_breaks(who)
            mark = self._asset(AIR).mark
            told = faults.tell_fault.given(mark=mark, words="出风口一直滴水")
            self.do("13:24", SYSTEM, told)

    def write(self, who: UUID) -> None:
        """The slips and repairs of this day."""
        for back, (kind, title) in self.written.items():
            if self.when.falls(back):
                written = lines.open_line.given(kind=kind, post=self.post, title=title)
                self.do("13:20", who, written)

    def taken(self, clock: str, lead: UUID) -> None:
        """Whatever was offered to the lead is accepted in time; a tap has its date."""
        for line in self._open():
            if line.offered_group:
                self.do(clock, lead, matters.accept.given(matter_id=line.id))
        tap = self._line(self.written[1][1])
        if tap and tap.opened_at and self.when.falls(1):
            due, words = tap.opened_at + timedelta(days=1, hours=21), "水暖师傅后天上午带阀芯来"
            promise = matters.act.given(matter_id=tap.id, verb="promise", due_at=due, note=words)
            self.do(clock, lead, promise)

    def later(self) -> None:
        """What is mended and settled on this day, after the handover; what is of yesterday is still under way."""
        if self.when.falls(5):
            self._mend(HANDLE, "换了新把手", "开关十次，都顺")
        for line in self._open():
            if line.kind == "slip" and line.owner_id:
                done = matters.act.given(matter_id=line.id, verb="done", note=HANDLED)
                self.do("17:34", line.owner_id, done)
            elif line.kind == "repair" and self.when.back > 1:
                self._mend(line.title, HANDLED, "试过，是好的")

    def _open(self) -> list[Matter]:
        mine = Matter.objects.filter(site_id=self.site_id, kind__in=LINE_OF, closed_at=None)
        return list(mine.order_by("number"))

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

    def _mend(self, title: str, what: str, seen: str) -> None:
        matter = self._line(title)
        if matter is None or matter.owner_id is None:
            return
        owner = matter.owner_id
        photos = self._photo("17:30", owner, broken=False)
        mended = matters.act.given(
            matter_id=matter.id, verb="finish", note=what, photos=photos, purpose="after"
        )
        self.do("17:31", owner, mended)
        self.do("17:33", owner, matters.act.given(matter_id=matter.id, verb="done", note=seen))

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
