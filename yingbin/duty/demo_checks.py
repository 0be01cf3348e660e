"""The checks of a demo's show flats: a list with a living room of its own, photos and numbers, a fault, an item sent back."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from yingbin.files.actions import take_in
from yingbin.journal.action import Acting, Deed
from yingbin.rules.checklists.terms import Item, Template

from .actions import check_lists, checks
from .actions.checking import PHOTOS, Filled
from .demo_when import When
from .queries.check_lists import shown_lists

Do = Callable[[str, UUID, Deed[object]], object]
COUNTED = 14
WARM, SENT_BACK = (
    6,
    3,
)  # how many days before today the air was too warm, and something was sent back
ROOM = "客厅"
ITEMS: tuple[dict[str, object], ...] = (
    {"title": "空调温度", "kind": "number", "low": "18", "high": "26", "unit": "℃",
     "help": "看面板上的数字", "may_be_na": False},
    {"title": "全景", "kind": "photo", "help": "站在门口拍，沙发、茶几、窗帘都入镜"},
    {"title": "沙发靠垫", "help": "五个，大在后小在前", "photo_if_failed": True, "line": "slip"},
    {"title": "擦拭水晶灯", "help": "每周一次，断电后擦", "weekdays": [0]},
)  # fmt: skip


def furnish(do: Callable[[str, Deed[object]], object], site_id: UUID) -> None:
    """The opening check gets a living room; `do` does a deed under a name."""
    do("room", check_lists.draft_section.given(check="opening", title=ROOM, at="show_flat"))
    template = shown_lists(site_id)["opening"].template
    room = next(s.id for s in template.sections if s.title == ROOM)
    for number, values in enumerate(ITEMS):
        item = check_lists.draft_item.given(check="opening", section=room, values=values)
        do(f"item{number}", item)
    do("list", check_lists.publish_list.given(check="opening"))


@dataclass(frozen=True)
class CheckDay:
    """The checks of one day of a show flat; do: somebody does something at a time of the day."""

    site_id: UUID
    post: UUID
    when: When
    do: Do

    def check(self, name: str, clock: str, who: UUID) -> None:
        """Everything filled in and signed by one person."""
        task = f"{self.post}/{name}"
        template = shown_lists(self.site_id)[name.split("/", maxsplit=1)[0]].template
        filled = tuple(self._filled(template, clock, who))
        self.do(clock, who, checks.answer_room.given(task=task, filled=filled))
        self.do(clock, who, checks.sign_check.given(task=task))

    def look_after(self, who: UUID, lead: UUID) -> None:
        """On one day the lead isn't content with what was answered."""
        if not self.when.falls(SENT_BACK):
            return
        task, item = f"{self.post}/opening", "environment"
        back = checks.send_back.given(task=task, item=item, word="茶几玻璃上有手印")
        self.do("08:50", lead, back)
        self.do("08:53", who, checks.answer.given(task=task, item=item, result="ok"))

    def _filled(self, template: Template, clock: str, who: UUID) -> Iterator[Filled]:
        for _, item in template.items():
            if item.kind == "count":
                yield Filled(item.id, count=COUNTED)
            elif item.kind == "number":
                yield Filled(item.id, number="28" if self.when.falls(WARM) else "24.5")
            elif item.kind == "photo":
                yield Filled(item.id, photos=self._photo(item, clock, who))

    def _photo(self, item: Item, clock: str, who: UUID) -> tuple[UUID, ...]:
        def taken(acting: Acting) -> UUID:
            return take_in(acting, owner=PHOTOS.id, data=_drawn())

        found = self.do(clock, who, taken)
        return (found,) if isinstance(found, UUID) else ()


def _drawn() -> bytes:
    """A picture of a living room."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 480), "#e9e3d6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 330, 640, 480), fill="#b79d78")
    pen.rectangle((60, 50, 300, 230), fill="#cfe3ea", outline="#8d8672", width=5)
    pen.rounded_rectangle((190, 250, 590, 380), 24, fill="#5c7f73")
    for left in range(220, 560, 72):
        pen.rounded_rectangle((left, 215, left + 56, 275), 12, fill="#e2b98f")
    pen.ellipse((250, 370, 470, 440), fill="#8a6a48")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
