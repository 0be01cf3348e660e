"""The past of a demo's places with days on duty: a show flat's posts, shifts and days from opening check to guard's signature.

What a sales centre's day is stands in `demo_hall`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from yingbin.journal.action import Acting, Deed
from yingbin.notices.models import Notice
from yingbin.pages.wing import Progress
from yingbin.people.calendar import ZONE
from yingbin.people.models import Site, SiteKind
from yingbin.people.past import still_played, without_past
from yingbin.people.policies import set_policy

from .actions import breaks, checks, planning, presence
from .cells import Cell
from .demo_checks import CheckDay, furnish
from .demo_day import DayPlayer, Kept, Step, by_role
from .demo_hall import ENOUGH, HallDay, set_up_hall
from .demo_incidents import play_incidents
from .demo_lines import LineDay
from .demo_roster import Do, ask_of_the_lead, keep_shifts, publish
from .demo_visits import GuestDay, Hosts
from .demo_when import When
from .hours import TURNS_AT, day_of
from .models import DutyLog, PostRule, ShiftKind
from .policies import SIGN_ON
from .queries.picture import picture
from .queries.roster import staff_on_duty

DAYS, FEWER = (
    22,
    8,
)  # of a past, the last of them today: three weeks; at a place of one receptionist one
# On which days of the week each of two, or of three, is off; the last day of a past is the first of a week, with all there.
RESTS = {2: ((5,), (6,)), 3: ((5, 6), (3, 4), (1, 2))}
REST_OF_LEAD = 2
ASKED = 1  # how many days before today a swap and leave were asked for

KEPT = Kept(("大门 1 号",), (("鞋套", 120), ("雨伞", 6)))


@dataclass(frozen=True)
class DutyPast:
    """Three weeks of one show flat, one of a sales centre, by the actions people use. A test plays fewer days."""

    days: int = DAYS

    def progress(self, site_id: UUID) -> Progress:
        """How far this place is: today is played last, so with it, or once somebody is at work, all is over."""
        now = timezone.now()
        staff = staff_on_duty(site_id, now)
        many, hall = list(staff.values()).count("receptionist"), _is_hall(site_id)
        days = min(self.days, FEWER) if hall or many < min(RESTS) else self.days
        played = DutyLog.objects.filter(site_id=site_id)
        nobody = not staff or (hall and many < ENOUGH)
        if nobody or played.filter(day=day_of(now)).exists():
            return Progress(days, days)
        return Progress(played.count(), days)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """The next day; of today only what has happened by now."""
        told = self.progress(site_id)
        when = When(told.done, told.days)
        day, hall = day_of(at) - timedelta(days=when.back), _is_hall(site_id)
        if not PostRule.objects.filter(site_id=site_id).exists():
            _set_up(site_id, day, day_of(at))
        (HallDay if hall else FlatDay)(site_id, day, at, when).play()
        if not when.is_today:
            # People look at their phones: what was told on past days has been seen. A gallery has told of today too.
            begun = datetime.combine(day_of(at), TURNS_AT, ZONE)
            seen = Notice.objects.filter(site_id=site_id, seen_at__isnull=True, made_at__lt=begun)
            seen.update(seen_at=F("made_at") + timedelta(minutes=2))


def _is_hall(site_id: UUID) -> bool:
    return Site.objects.filter(id=site_id, kind=SiteKind.SALES_CENTRE).exists()


def _set_up(site_id: UUID, first: date, today: date) -> None:
    """Posts, shifts and a published roster, on the evening before the first day."""
    place, lead = Site.objects.get(id=site_id), by_role(site_id, "lead")
    before = datetime.combine(first - timedelta(days=1), time(17), ZONE)

    def do(name: str, deed: Deed[object]) -> None:
        deed(Acting(site_id, f"demo-duty-{place.code}-{name}", lead[0], before))

    keep_shifts(do)
    if place.kind == SiteKind.SALES_CENTRE:
        set_up_hall(do, site_id, first, today)
    else:
        _set_up_flat(do, place, first, today)


def _set_up_flat(do: Do, place: Site, first: date, today: date) -> None:
    do("post", planning.keep_post.given(name=place.short_name, kind="show_flat"))
    publish(do, partial(_cells, place.id, first), first, today)
    if len(by_role(place.id, "receptionist")) > 1:
        # Somebody is there before the other: the code on the screen can be read.
        chosen = {"code": True}
        do("code", set_policy.given(name=SIGN_ON.name, values=chosen, reason="到岗要在现场"))
    furnish(do, place.id)


def _cells(site_id: UUID, first: date, days: Sequence[date]) -> list[Cell]:
    """Early and late in turns; whoever is alone works all day."""
    shifts = dict(ShiftKind.objects.filter(site_id=site_id).values_list("mark", "id"))
    post = PostRule.objects.get(site_id=site_id).post_id
    people, found = by_role(site_id, "receptionist"), []
    for day in days:
        n = (day - first).days
        for who, mark in zip(people, marks(n, len(people)), strict=True):
            found.append(Cell(who, day, shifts.get(mark), post if mark else None))
        free = n % 7 == REST_OF_LEAD and len(people) > 1
        lead = None if free else shifts["全"]
        found += [Cell(who, day, lead) for who in by_role(site_id, "lead")]
    return found


def marks(day: int, many: int) -> list[str]:
    """The shifts of so many people on a day: early and late in turns, a third all day, whoever is alone too; "" is off."""
    rests = RESTS.get(many, ())
    there = [n for n in range(many) if n >= len(rests) or day % 7 not in rests[n]]
    turn = (day // 7) % 2
    shifts = ["全"] if len(there) == 1 else ["早晚"[turn], "晚早"[turn], *"全" * (len(there) - 2)]
    given = dict(zip(there, shifts, strict=True))
    return [given.get(n, "") for n in range(many)]


class FlatDay(DayPlayer):
    """One day of a show flat; what lies after `until` doesn't happen."""

    def __init__(self, site_id: UUID, day: date, until: datetime, when: When) -> None:
        super().__init__(site_id, day, until, when)
        self.post = PostRule.objects.get(site_id=site_id).post_id
        self.checks = CheckDay(site_id, self.post, when, self.do)
        self.lines = LineDay(site_id, self.post, day, when, self.do)
        self.guests: GuestDay | None = None

    def play(self) -> None:
        """From the guard's keys and the opening check to the closing check and the guard's signature."""
        self.do("04:01", self.lead, presence.begin.given())
        first, *between, last = self._order()
        hosts = Hosts(first, last, self.lead)
        self.guests = GuestDay(self.site_id, self.post, self.day, self.when, hosts)
        steps = [*self._morning(first), *self._noon(first, last), *self._evening(last)]
        self.run([*steps, *(step for who in between for step in self._all_day(who))])
        self.guests.play_to(self.until)

    def beside(self, at: datetime) -> None:
        """The guests of until then."""
        if self.guests:
            self.guests.play_to(at)

    def _morning(self, first: UUID) -> Iterator[Step]:
        yield "08:21", partial(self.do, "08:21", first, presence.sign_on.given())
        yield "08:24", partial(self.do, "08:24", self.lead, presence.sign_on.given())
        yield "08:26", partial(self.checks.check, "opening", "08:26", first)
        for guard in self.guards:
            yield "08:40", partial(self._hand_over, "08:40", guard, first)
        yield "08:50", partial(self.checks.look_after, first, self.lead)
        yield "08:56", partial(self.lines.taken, "08:56", self.lead)

    def _noon(self, first: UUID, last: UUID) -> Iterator[Step]:
        # Whoever came early eats: by noon the other is there, or the lead stands in.
        yield from self.rest(first, "12:12", "12:41")
        yield "13:15", partial(self.lines.play, first, self.lead)
        yield "13:40", partial(self.lines.taken, "13:40", self.lead)
        if last == first:
            yield "11:40", self._stand_in
        else:
            yield "11:56", partial(self.do, "11:56", last, presence.sign_on.given())
            yield "13:50", partial(self._hand_over, "13:50", first, last)
            yield "14:00", partial(self.do, "14:00", first, presence.sign_off.given())
        for number in range(1, 9):
            who, clock = first if number < 5 else last, f"{9 + number:02}:02"
            yield clock, partial(self.checks.check, f"round/{number}", clock, who)

    def _all_day(self, who: UUID) -> Iterator[Step]:
        """A third, who eats once the first is back."""
        yield "08:23", partial(self.do, "08:23", who, presence.sign_on.given())
        yield from self.rest(who, "12:43", "13:12")
        yield "18:32", partial(self.do, "18:32", who, presence.sign_off.given())

    def _evening(self, last: UUID) -> Iterator[Step]:
        yield "16:20", self._ask
        yield "17:08", partial(play_incidents, self.do, self.when, self.post, last, self.lead)
        yield "17:30", self.lines.later
        yield "17:50", partial(self.checks.check, "closing", "17:50", last)
        for guard in self.guards:
            signed = checks.sign_check.given(task=f"{self.post}/closing")
            yield "18:05", partial(self.do, "18:05", guard, signed)
            yield "18:20", partial(self._hand_over, "18:20", last, guard)
            yield "18:30", partial(self.do, "18:30", guard, presence.sign_off.given())
        yield "18:31", partial(self.do, "18:31", last, presence.sign_off.given())
        yield "18:35", partial(self.do, "18:35", self.lead, presence.sign_off.given())

    def _ask(self) -> None:
        """Yesterday a swap and leave were asked for, which wait for the lead."""
        at = self.moment("16:20")
        if self.when.falls(ASKED) and at <= self.until:
            acting = Acting(self.site_id, f"demo-duty-asked-{self.day}", self.lead, at)
            ask_of_the_lead(acting, self.people, self.day + timedelta(days=self.when.back))

    def _order(self) -> list[UUID]:
        """Who works, whoever goes home first first; whoever is alone is first and last."""
        seen = picture(self.site_id, self.moment("08:10"))
        there = [p for p in seen.people.values() if p.role == "receptionist" and not p.off]
        there.sort(key=lambda p: p.shift or (self.until, self.until))
        order = [UUID(p.id) for p in there]
        return order if len(order) > 1 else order * 2

    def _stand_in(self) -> None:
        begins, ends = self.moment("12:10"), self.moment("12:45")
        stand = breaks.stand_in.given(who=self.lead, post=self.post, begins=begins, ends=ends)
        self.do("11:40", self.lead, stand)

    def _hand_over(self, clock: str, giver: UUID, receiver: UUID) -> None:
        self.hand_over(clock, self.post, giver, receiver, KEPT)


def preparing(site_id: UUID) -> Progress | None:
    """How far the past of a demo's place is; None where none is being played. A few queries at most."""
    if not PostRule.objects.filter(site_id=site_id).exists():
        return None
    return still_played(PAST, site_id)


def begins_empty(site_id: UUID) -> bool:
    """Whether this is a place of a demo that was started without a past, and nobody has worked here yet."""
    return without_past() and not DutyLog.objects.filter(site_id=site_id).exists()


PAST = DutyPast()
