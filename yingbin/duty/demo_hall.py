"""The past of a demo's sales centre: five of seven at two posts, who eat in turns, hand over and close."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from yingbin.people.policies import set_policy

from .actions import cases, checks, planning, presence
from .actions.breaks import stand_in
from .cells import Cell
from .demo_checks import CheckDay
from .demo_day import DayPlayer, Kept, Step, by_role
from .demo_lines import LineDay
from .demo_roster import Do, publish
from .demo_when import When
from .models import PostRule, ShiftKind
from .policies import DUTY

DESK, TABLES = "前台", "洽谈区"
POSTS = ((DESK, 2), (TABLES, 1))  # with how many at least
# Who stands where, in the order of their names, with today's shifts; each day these move on by one, one of a team rests.
TEAMS = ((TABLES, ("早", "晚", "")), (DESK, ("早", "晚", "", "全")))
ENOUGH = sum(len(marks) for _, marks in TEAMS)  # receptionists; where fewer work, nothing is played
ROUNDS = {"round_minutes": 120}
FREE = 3  # on which day before today, and every week, the lead is off
KEPT = {
    DESK: Kept(("大门 1 号", "洽谈室 2 号"), (("楼书", 80), ("雨伞", 12))),
    TABLES: Kept((), (("茶杯", 48), ("纸巾", 20))),
}
# What was written down, how many days before today: kind and words; today's and yesterday's are still under way.
WRITTEN = {
    0: ("slip", "楼书只剩二十本，请补"),
    1: ("repair", "水吧热水器不出热水"),
    3: ("slip", "客户遗落一副眼镜，放在前台抽屉"),
    5: ("repair", "洽谈区二号桌吊灯不亮"),
    6: ("slip", "周末预约看房多，茶水要多备"),
}


def set_up_hall(do: Do, site_id: UUID, first: date, today: date) -> None:
    """Two posts, a round every two hours, and the roster."""
    for number, (name, minimum) in enumerate(POSTS):
        post = planning.keep_post.given(name=name, kind="sales_centre", minimum=minimum)
        do(f"post{number}", post)
    do("rounds", set_policy.given(name=DUTY.name, values=ROUNDS, reason="销售中心两小时巡一次"))
    publish(do, partial(_cells, site_id, today), first, today)


def _posts(site_id: UUID) -> dict[str, UUID]:
    rules = PostRule.objects.filter(site_id=site_id)
    return dict(rules.values_list("post__name", "post_id"))


def _cells(site_id: UUID, today: date, days: Sequence[date]) -> list[Cell]:
    shifts = dict(ShiftKind.objects.filter(site_id=site_id).values_list("mark", "id"))
    posts, found = _posts(site_id), []
    people, leads = by_role(site_id, "receptionist"), by_role(site_id, "lead")
    for day in days:
        back = (today - day).days
        for place, who in enumerate(people):
            mark, post = turn(place, back)
            found.append(Cell(who, day, shifts.get(mark), posts.get(post)))
        free = back % 7 == FREE
        found += [Cell(who, day, None if free else shifts["全"]) for who in leads]
    return found


def turn(place: int, back: int) -> tuple[str, str]:
    """Shift and post of somebody so many days before today; none on a day off, and for whoever is one too many."""
    for post, marks in TEAMS:
        if place < len(marks):
            mark = marks[(place + back) % len(marks)]
            return mark, post if mark else ""
        place -= len(marks)
    return "", ""


class HallDay(DayPlayer):
    """One day of a sales centre. Its visitors are the gallery's; here they are seen off."""

    def __init__(self, site_id: UUID, day: date, until: datetime, when: When) -> None:
        super().__init__(site_id, day, until, when)
        self.posts = _posts(site_id)
        self.checks = {
            name: CheckDay(site_id, post, when, self.do) for name, post in self.posts.items()
        }
        self.lines = LineDay(site_id, self.posts[DESK], day, when, self.do, WRITTEN)
        turns = {turn(place, when.back): who for place, who in enumerate(self.people)}
        self.early, self.late, self.all = turns["早", DESK], turns["晚", DESK], turns["全", DESK]
        self.host, self.next_host = turns["早", TABLES], turns["晚", TABLES]

    def play(self) -> None:
        """From the opening checks to the guard's signature."""
        self.do("04:01", self.lead, presence.begin.given())
        self.run([*self._morning(), *self._noon(), *self._afternoon(), *self._evening()])

    def _morning(self) -> Iterator[Step]:
        for minute, who in enumerate((self.early, self.all, self.host)):
            yield self._on(f"08:2{minute}", who)
        if not self._lead_rests:
            yield self._on("08:24", self.lead)
        yield from self._checked("08:26", "opening", self.early, self.host)
        for guard in self.guards:
            yield "08:40", partial(self._hand_over, "08:40", DESK, guard, self.early)
        yield from self._seen_off("10:08", "10:14", self.early)
        if not self._lead_rests:
            yield "10:28", self._stand_in
            yield from self.rest(self.host, "10:31", "10:42", kind="rest")
        yield from self._checked("11:02", "round/1", self.early, self.host)

    def _noon(self) -> Iterator[Step]:
        """Three eat one after the other, from when the late ones are there."""
        yield self._on("11:55", self.late)
        yield self._on("11:56", self.next_host)
        yield from self.rest(self.early, "12:05", "12:34")
        yield from self.rest(self.host, "12:10", "12:39")
        yield from self.rest(self.all, "12:41", "13:10")
        yield from self._checked("13:02", "round/2", self.early, self.host)
        yield "13:20", partial(self.lines.write, self.early)
        yield "13:40", partial(self.lines.taken, "13:40", self.lead)
        yield "13:50", partial(self._hand_over, "13:50", DESK, self.early, self.late)
        yield "13:54", partial(self._hand_over, "13:54", TABLES, self.host, self.next_host)
        yield self._off("14:01", self.early)
        yield self._off("14:02", self.host)

    def _afternoon(self) -> Iterator[Step]:
        yield from self._seen_off("14:26", "14:33", self.next_host)
        yield from self._checked("15:02", "round/3", self.late, self.next_host)
        yield from self._seen_off("15:40", "15:46", self.late)
        yield from self._checked("17:02", "round/4", self.all, self.next_host)
        yield "17:30", self.lines.later

    def _evening(self) -> Iterator[Step]:
        yield from self._checked("17:50", "closing", self.late, self.next_host)
        for guard in self.guards:
            yield "18:05", partial(self._sign_closing, guard)
            yield "18:20", partial(self._hand_over, "18:20", DESK, self.late, guard)
            yield self._off("18:33", guard)
        for minute, who in enumerate((self.late, self.next_host, self.all)):
            yield self._off(f"18:3{minute}", who)
        if not self._lead_rests:
            yield self._off("18:35", self.lead)

    @property
    def _lead_rests(self) -> bool:
        return self.when.back % 7 == FREE

    def _on(self, clock: str, who: UUID) -> Step:
        return clock, partial(self.do, clock, who, presence.sign_on.given())

    def _off(self, clock: str, who: UUID) -> Step:
        return clock, partial(self.do, clock, who, presence.sign_off.given())

    def _checked(self, clock: str, name: str, *those: UUID) -> Iterator[Step]:
        """A check at both posts, each by somebody who stands there."""
        for (post, _), who in zip(POSTS, those, strict=True):
            yield clock, partial(self.checks[post].check, name, clock, who)

    def _seen_off(self, leaves: str, ready: str, host: UUID) -> Iterator[Step]:
        yield leaves, partial(self.do, leaves, host, cases.farewell.given())
        yield ready, partial(self.do, ready, host, cases.ready.given())

    def _stand_in(self) -> None:
        """The lead takes the tables, so that whoever is alone there can rest."""
        span = {"begins": self.moment("10:30"), "ends": self.moment("10:45")}
        stands = stand_in.given(who=self.lead, post=self.posts[TABLES], **span)
        self.do("10:28", self.lead, stands)

    def _sign_closing(self, guard: UUID) -> None:
        for post in self.posts.values():
            self.do("18:05", guard, checks.sign_check.given(task=f"{post}/closing"))

    def _hand_over(self, clock: str, post: str, giver: UUID, receiver: UUID) -> None:
        self.hand_over(clock, self.posts[post], giver, receiver, KEPT[post])
