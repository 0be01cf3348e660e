"""The past of a demo's show flats: posts, shifts, rosters, and days from the opening check to the guard's signature."""

from collections.abc import Callable, Iterator
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
from yingbin.people.models import Company, Site
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused

from .actions import breaks, checks, handovers, planning, presence
from .cells import Cell
from .demo_checks import CheckDay, furnish
from .demo_incidents import play_incidents
from .demo_ink import signature_of
from .demo_lines import LineDay
from .demo_roster import ask_of_the_lead
from .demo_visits import GuestDay, Hosts
from .demo_when import When
from .hours import day_of
from .models import DutyLog, PostRule, ShiftKind
from .policies import SIGN_ON
from .queries.picture import picture
from .queries.roster import staff_on_duty

DAYS, FEWER = (
    22,
    8,
)  # of a past, the last of them today: three weeks; at a place of one receptionist one
PUBLISHED, DRAFTED = 27, 41  # days after today that everybody knows; that are still being planned
RESTS = (5, 6)  # on which day of the week each of the two is off
REST_OF_LEAD = 2
ASKED = 1  # how many days before today a swap and leave were asked for

Step = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class FlatPast:
    """Three weeks of one show flat, played by the actions people use. A test plays fewer days."""

    days: int = DAYS

    def progress(self, site_id: UUID) -> Progress:
        """How far this place is: today is played last, so with it, or once somebody is at work, all is over."""
        now = timezone.now()
        staff = staff_on_duty(site_id, now)
        alone = list(staff.values()).count("receptionist") < len(RESTS)
        days = min(self.days, FEWER) if alone else self.days
        played = DutyLog.objects.filter(site_id=site_id)
        if not staff or played.filter(day=day_of(now)).exists():
            return Progress(days, days)
        return Progress(played.count(), days)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """The next day; of today only what has happened by now."""
        told = self.progress(site_id)
        when = When(told.done, told.days)
        day = day_of(at) - timedelta(days=when.back)
        if not PostRule.objects.filter(site_id=site_id).exists():
            _set_up(site_id, day, day_of(at))
        FlatDay(site_id, day, at, when).play()
        if not when.is_today:
            # People look at their phones: what was told on past days has been seen.
            seen = Notice.objects.filter(site_id=site_id, seen_at__isnull=True)
            seen.update(seen_at=F("made_at") + timedelta(minutes=2))


def _set_up(site_id: UUID, first: date, today: date) -> None:
    place, lead = Site.objects.get(id=site_id), _by_role(site_id, "lead")
    before = datetime.combine(first - timedelta(days=1), time(17), ZONE)
    key = f"demo-duty-{place.code}"

    def do(name: str, deed: Deed[object]) -> None:
        deed(Acting(site_id, f"{key}-{name}", lead[0], before))

    do("post", planning.keep_post.given(name=place.short_name, kind="show_flat"))
    do(
        "early",
        planning.keep_shift.given(mark="早", title="早班", begins=time(8, 30), ends=time(14)),
    )
    do(
        "late",
        planning.keep_shift.given(mark="晚", title="晚班", begins=time(12), ends=time(18, 30)),
    )
    do(
        "all",
        planning.keep_shift.given(mark="全", title="全天", begins=time(8, 30), ends=time(18, 30)),
    )
    since = min(first, today.replace(day=1))
    do("draft", planning.draft.given(cells=tuple(_cells(site_id, first, since, today))))
    known = today + timedelta(days=PUBLISHED)
    do("publish", planning.publish.given(first=since, last=known))
    if len(_by_role(site_id, "receptionist")) > 1:
        # Somebody is there before the other: the code on the screen can be read.
        chosen = {"code": True}
        do("code", set_policy.given(name=SIGN_ON.name, values=chosen, reason="到岗要在现场"))
    furnish(do, site_id)


def _by_role(site_id: UUID, role: str) -> list[UUID]:
    staff = staff_on_duty(site_id, timezone.now())
    return [who for who, held in staff.items() if held == role]


def _cells(site_id: UUID, first: date, since: date, today: date) -> list[Cell]:
    """Early and late in turns; whoever is alone works all day."""
    shifts = dict(ShiftKind.objects.filter(site_id=site_id).values_list("mark", "id"))
    post = PostRule.objects.get(site_id=site_id).post_id
    people, found = _by_role(site_id, "receptionist"), []
    for n in range((since - first).days, (today - first).days + DRAFTED):
        day = first + timedelta(days=n)
        for place, who in enumerate(people):
            mark = _mark(place, n, len(people))
            found.append(Cell(who, day, shifts.get(mark), post if mark else None))
        free = n % 7 == REST_OF_LEAD and len(people) > 1
        lead = None if free else shifts["全"]
        found += [Cell(who, day, lead) for who in _by_role(site_id, "lead")]
    return found


def _mark(place: int, day: int, many: int) -> str:
    """The shift of somebody; none on one day a week, when the other works all day."""
    if many == 1:
        return "全"
    if day % 7 in RESTS:
        return "" if RESTS.index(day % 7) == place else "全"
    return "早晚"[(place + day // 7) % 2]


class FlatDay:
    """One day of a show flat; what lies after `until` doesn't happen."""

    def __init__(self, site_id: UUID, day: date, until: datetime, when: When) -> None:
        self.site_id, self.day, self.until, self.when = site_id, day, until, when
        self.people = _by_role(site_id, "receptionist")
        self.lead = _by_role(site_id, "lead")[0]
        self.guards = _by_role(site_id, "guard")[:1]
        self.post = PostRule.objects.get(site_id=site_id).post_id
        self.at = datetime.combine(day, time(4), ZONE)
        self.checks = CheckDay(site_id, self.post, when, self._do)
        self.lines = LineDay(site_id, self.post, day, when, self._do)
        self.guests: GuestDay | None = None

    def play(self) -> None:
        """From the guard's keys and the opening check to the closing check and the guard's signature."""
        self._do("04:01", self.lead, presence.begin.given())
        first, last = self._order()
        hosts = Hosts(first, last, self.lead)
        self.guests = GuestDay(self.site_id, self.post, self.day, self.when, hosts)
        steps = [*self._morning(first), *self._noon(first, last), *self._evening(last)]
        for clock, step in sorted(steps, key=lambda step: step[0]):
            if self._moment(clock) <= self.until:
                step()
        self.guests.play_to(self.until)

    def _morning(self, first: UUID) -> Iterator[Step]:
        yield "08:21", partial(self._do, "08:21", first, presence.sign_on.given())
        yield "08:24", partial(self._do, "08:24", self.lead, presence.sign_on.given())
        yield "08:26", partial(self.checks.check, "opening", "08:26", first)
        for guard in self.guards:
            yield "08:40", partial(self._hand_over, "08:40", guard, first)
        yield "08:50", partial(self.checks.look_after, first, self.lead)
        yield "08:56", partial(self.lines.taken, "08:56", self.lead)

    def _noon(self, first: UUID, last: UUID) -> Iterator[Step]:
        yield "12:12", partial(self._meal, first)
        yield "13:15", partial(self.lines.play, first, self.lead)
        yield "13:40", partial(self.lines.taken, "13:40", self.lead)
        if last == first:
            yield "11:40", self._stand_in
        else:
            yield "11:56", partial(self._do, "11:56", last, presence.sign_on.given())
            yield "13:50", partial(self._hand_over, "13:50", first, last)
            yield "14:00", partial(self._do, "14:00", first, presence.sign_off.given())
        for number in range(1, 9):
            who, clock = first if number < 5 else last, f"{9 + number:02}:02"
            yield clock, partial(self.checks.check, f"round/{number}", clock, who)

    def _evening(self, last: UUID) -> Iterator[Step]:
        yield "16:20", self._ask
        yield "17:08", partial(play_incidents, self._do, self.when, self.post, last, self.lead)
        yield "17:30", self.lines.later
        yield "17:50", partial(self.checks.check, "closing", "17:50", last)
        for guard in self.guards:
            signed = checks.sign_check.given(task=f"{self.post}/closing")
            yield "18:05", partial(self._do, "18:05", guard, signed)
            yield "18:20", partial(self._hand_over, "18:20", last, guard)
            yield "18:30", partial(self._do, "18:30", guard, presence.sign_off.given())
        yield "18:31", partial(self._do, "18:31", last, presence.sign_off.given())
        yield "18:35", partial(self._do, "18:35", self.lead, presence.sign_off.given())

    def _ask(self) -> None:
        """Yesterday a swap and leave were asked for, which wait for the lead."""
        at = self._moment("16:20")
        if self.when.falls(ASKED) and at <= self.until:
            acting = Acting(self.site_id, f"demo-duty-asked-{self.day}", self.lead, at)
            ask_of_the_lead(acting, self.people, self.day + timedelta(days=self.when.back))

    def _order(self) -> tuple[UUID, UUID]:
        seen = picture(self.site_id, self._moment("08:10"))
        there = [p for p in seen.people.values() if p.role == "receptionist" and not p.off]
        there.sort(key=lambda p: p.shift or (self.until, self.until))
        return UUID(there[0].id), UUID(there[-1].id)

    def _moment(self, clock: str) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(clock), ZONE)

    def _do(self, clock: str, by: UUID, deed: Deed[object]) -> object:
        at = max(self._moment(clock), self.at)
        if at > self.until:
            return None
        if self.guests:
            self.guests.play_to(at)
        self.at = at + timedelta(seconds=7)
        try:
            return deed(Acting(self.site_id, f"demo-duty-{self.day}-{self.at:%H%M%S}", by, at))
        except Refused:
            return None

    def _stand_in(self) -> None:
        begins, ends = self._moment("12:10"), self._moment("12:45")
        stand = breaks.stand_in.given(who=self.lead, post=self.post, begins=begins, ends=ends)
        self._do("11:40", self.lead, stand)

    def _meal(self, first: UUID) -> None:
        """Whoever came early eats: by noon the other is there, or the lead stands in."""
        rest = self._do("12:12", first, breaks.ask_break.given(kind="meal", minutes=30))
        if isinstance(rest, breaks.Asked) and rest.rest:
            self._do("12:13", first, breaks.start_break.given(rest=rest.rest))
            self._do("12:41", first, breaks.end_break.given(rest=rest.rest))

    def _hand_over(self, clock: str, giver: UUID, receiver: UUID) -> None:
        """Begun by whoever is at the post, the receiver's word and signature in one, then the giver's."""
        post = next(who for who in (giver, receiver) if who not in self.guards)
        begun = handovers.start_handover.given(
            post=self.post, giver=giver, receiver=receiver,
            keys=("大门 1 号",), stock=(("鞋套", 120), ("雨伞", 6)),
        )  # fmt: skip
        done = self._do(clock, post, begun)
        if not isinstance(done, handovers.HandoverBegun):
            return
        for who in (receiver, giver):
            signed = handovers.sign_handover.given(
                handover=done.handover,
                signature=signature_of(who),
                accepts_rest=who == receiver,
                device=post if who in self.guards else None,
            )
            self._do(clock, who, signed)


def preparing(site_id: UUID) -> Progress | None:
    """How far the past of a demo's place is; None where none is being played. Three queries at most."""
    if not Company.objects.filter(is_demo=True).exists():
        return None
    if not PostRule.objects.filter(site_id=site_id).exists():
        return None
    told = PAST.progress(site_id)
    return None if told.is_over else told


PAST = FlatPast()
