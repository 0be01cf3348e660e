"""A show flat with its people, a clock, and short words for what people do there."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from tests.worlds import further
from yingbin.duty.actions import breaks, checks, planning, presence
from yingbin.duty.actions.checking import Filled
from yingbin.duty.cells import Cell
from yingbin.duty.models import DutyAlert, DutyLog, PostRule
from yingbin.duty.shipped import SHIPPED
from yingbin.duty.ticks import tick
from yingbin.journal.action import Acting
from yingbin.people.calendar import ZONE
from yingbin.people.models import Assignment, Company, OpeningHours, Site, Staff
from yingbin.sheets.ink import Signature

R = TypeVar("R")
INK = Signature("glass", ((100, 120, 180, 160, 260, 140), (300, 90, 320, 240, 410, 260)))
PEOPLE = {
    "叶": "receptionist",
    "陈": "receptionist",
    "苏": "receptionist",
    "许": "lead",
    "程": "project_head",
    "秦": "guard",
}
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)


class Flat:
    """One show flat, open from nine to six, manned by one; 叶 early, 陈 late, 苏 off, 许 leads."""

    def __init__(self, *, kind: str = "show_flat", posts: tuple[str, ...] = ("样板间A",)) -> None:
        self.now, self.keys = MONDAY, count(1)
        Company.objects.get_or_create(defaults={"set_up_at": MONDAY}, name="澄湖置业")
        code = f"flat{Site.objects.count()}"
        self.place = Site.objects.create(
            kind=kind, code=code, name="洋房样板间", short_name="样板间"
        )
        self.site = self.place.id
        for weekday in range(7):
            OpeningHours.objects.create(
                site=self.place, weekday=weekday, opens="09:00", closes="18:00"
            )
        self.people = {name: self._person(name, role) for name, role in PEOPLE.items()}
        self.posts = {name: self._post(name, kind) for name in posts}

    def _person(self, name: str, role: str) -> UUID:
        account = f"p{next(self.keys)}{self.place.code}"
        staff = Staff.objects.create(account=account, name=name, pinyin=account)
        since = MONDAY - timedelta(days=400)
        Assignment.objects.create(site=self.place, staff=staff, role=role, since=since)
        return staff.id

    def _post(self, name: str, kind: str) -> UUID:
        rule = self.do(planning.keep_post, "许", name=name, kind=kind)
        return PostRule.objects.get(id=rule).post_id

    @property
    def post(self) -> UUID:
        """The first post."""
        return next(iter(self.posts.values()))

    def at(self, clock: str) -> datetime:
        """A moment of the day."""
        return datetime.combine(self.now.date(), time.fromisoformat(clock), ZONE)

    def do(
        self, action: Callable[..., R], by: str, *, at: str = "", key: str = "", **more: Any
    ) -> R:
        """One action by a named person, a second later or at a time."""
        self.now = self.at(at) if at else self.now + timedelta(seconds=1)
        acting = Acting(self.site, key or f"t{next(self.keys)}", self.people[by], self.now)
        return action(acting, **more)

    def next_day(self) -> None:
        """The next morning at eight."""
        self.now = self.at("08:00") + timedelta(days=1)

    def roster(self, **shifts: str) -> None:
        """The day's roster, published: `叶="早"`; whoever isn't named is off."""
        marks = {
            "早": self.do(
                planning.keep_shift,
                "许",
                mark="早",
                title="早班",
                begins=time(8, 30),
                ends=time(14),
            ),
            "晚": self.do(
                planning.keep_shift,
                "许",
                mark="晚",
                title="晚班",
                begins=time(12),
                ends=time(18, 30),
            ),
            "全": self.do(
                planning.keep_shift,
                "许",
                mark="全",
                title="全天",
                begins=time(8, 30),
                ends=time(18, 30),
            ),
        }
        day = self.now.date()
        cells = tuple(
            Cell(self.people[who], day, marks[mark], None if who == "许" else self.post)
            for who, mark in shifts.items()
        )
        self.do(planning.draft, "许", cells=cells)
        self.do(planning.publish, "许", first=day, last=day)

    def sign_on(self, *people: str, at: str = "") -> None:
        """These come to work."""
        for name in people:
            self.do(presence.sign_on, name, at=at)

    def come(self, *others: str, at: str = "08:20") -> None:
        """叶 and 许 are there for the whole day, and these too: what most of the tests begin with."""

        def live(flat: "Flat") -> None:
            flat.roster(叶="全", 许="全")
            flat.sign_on("叶", "许", *others, at=at)

        further(" ".join(["come", at, *others]), self, live)

    def filled(self, task: str, count: int = 12) -> tuple[Filled, ...]:
        """What has to be counted in a check as shipped: so many of each."""
        template = SHIPPED[task.split("/")[1]]
        return tuple(Filled(i.id, count=count) for _, i in template.items() if i.kind == "count")

    def well(self, who: str, name: str, *, at: str = "", count: int = 12) -> checks.RoomAnswered:
        """Somebody finds a check of the first post all well: `opening`, `round/1`, `closing`."""
        task = f"{self.post}/{name}"
        return self.do(checks.answer_room, who, at=at, task=task, filled=self.filled(task, count))

    def ask(self, who: str, minutes: int = 30, *, at: str = "", begins: str = "") -> breaks.Asked:
        """Somebody asks for a break."""
        first = self.at(begins) if begins else None
        return self.do(breaks.ask_break, who, at=at, kind="meal", minutes=minutes, begins=first)

    def clock(self, at: str) -> int:
        """The worker looks at a time."""
        self.now = self.at(at)
        return tick(self.now)

    @property
    def log(self) -> DutyLog:
        """The day on duty."""
        return DutyLog.objects.filter(site_id=self.site).latest("day")

    def alerts(self) -> list[str]:
        """What followed so far: `what→to`."""
        rows = DutyAlert.objects.filter(log=self.log).order_by("index")
        names = {str(who): name for name, who in self.people.items()}
        return [f"{row.what}→{names.get(row.to, row.to)}" for row in rows]
