"""The past of the demo's estate: a few days of matters, and a day under way, played by the actions people use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from yingbin.customers.models import CustomerName
from yingbin.journal.action import Acting
from yingbin.matters.actions import done as finish
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.pages.wing import Progress
from yingbin.people.calendar import ZONE
from yingbin.people.models import Department, Staff
from yingbin.people.past import still_played, without_past
from yingbin.people.queries import people_of

from . import demo_crew, demo_paid, demo_quarter, demo_scope
from .actions import complaints
from .actions.answers import Wording, keep
from .actions.callbacks import Answers, call_back
from .actions.happen import Record
from .actions.register import register
from .actions.verbs import clock, happen, record
from .corrections import CORRECTION
from .demo_story import KEPT, TODAY, Deed, Story
from .demo_story import PAST as STORIES
from .models import DeskMatter, Home, Tenancy
from .queries.callbacks import rows_due
from .queries.estate import place_of, resident_called

OPENS = time(8, 30)
# Which of the last days' matters came in on which day, so that no two days are alike; today comes after them.
SPREAD = ((0, 1, 3, 9), (2, 4, 6, 7), (0, 5, 8, 10))
CALLERS = ("wuyue", "luojing", "shenyi", "guming")


@dataclass(frozen=True)
class EstatePast:
    """A quarter year of one estate, its last days in detail, and today. quarter: how many plain days; a test plays fewer."""

    quarter: int = demo_quarter.DAYS

    @property
    def days(self) -> int:
        """How many days there are, today the last."""
        return self.quarter + len(SPREAD) + 1

    def progress(self, site_id: UUID) -> Progress:
        """How far this place is: by how many matters there are; once somebody has written something today, all is over."""
        each = [*map(demo_quarter.many, range(self.quarter)), *map(len, SPREAD), len(TODAY)]
        written = DeskMatter.objects.filter(site_id=site_id)[: sum(each)].count()
        done = sum(so_far <= written for so_far in accumulate(each))
        return Progress(done if "luojing" in _crew(site_id) else self.days, self.days)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """The next day; of today what has happened by now."""
        done = self.progress(site_id).done
        day = _Day(site_id, _crew(site_id))
        if done == self.days - 1:
            day.keep(at)
            day.play(list(_moments(TODAY, at)))
            return
        morning = datetime.combine(
            (at - timedelta(days=self.days - 1 - done)).astimezone(ZONE), OPENS, ZONE
        )
        plain = done < self.quarter
        chosen = day.plain(done) if plain else [STORIES[n] for n in SPREAD[done - self.quarter]]
        day.open(morning)
        if plain:
            day.see_to_it(morning)
        day.play([(morning + timedelta(minutes=s.at), s) for s in chosen])
        day.close(morning + timedelta(hours=10))
        # People look at their phones: what was told on past days has been seen.
        told = Notice.objects.filter(site_id=site_id, seen_at__isnull=True)
        told.update(seen_at=F("made_at") + timedelta(minutes=2))


def preparing(site_id: UUID) -> Progress | None:
    """How far the past of this place is; None where none is being played."""
    return still_played(PAST, site_id)


def begins_empty(site_id: UUID) -> bool:
    """Whether this is an office of a demo that was started without a past, and nothing is written down yet."""
    return without_past() and not DeskMatter.objects.filter(site_id=site_id).exists()


def _moments(stories: tuple[Story, ...], now: datetime) -> Iterator[tuple[datetime, Story]]:
    for story in stories:
        yield now - timedelta(minutes=story.at), story


def _crew(site_id: UUID) -> dict[str, Staff]:
    return {one.account: one for one in people_of(site_id, timezone.now())}


class _Day:
    """A day's deeds in the order of time."""

    def __init__(self, site_id: UUID, crew: dict[str, Staff]) -> None:
        self.site_id, self.crew = site_id, crew
        rows = Department.objects.filter(site_id=site_id)
        self.departments = {one.name: f"department:{one.id}" for one in rows}
        self.last_of: dict[
            str, UUID
        ] = {}  # the last matter of each home, so that others hang on it

    def play(self, stories: list[tuple[datetime, Story]]) -> None:
        """Everything that happens, whatever it belongs to, as time goes on."""
        told = [(at, n, -1) for n, (at, _) in enumerate(stories)]
        told += [
            (at + timedelta(minutes=deed.after), n, step)
            for n, (at, story) in enumerate(stories)
            for step, deed in enumerate(story.deeds)
        ]
        made: dict[int, UUID] = {}
        last = max(at for at, _, _ in told)
        for at, n, step in sorted(told):
            story = stories[n][1]
            if step < 0:
                made[n] = self.last_of[story.home] = self._record(story, at)
            else:
                self._do(made[n], story.deeds[step], at)
        for one in Matter.objects.filter(id__in=made.values(), next_clock_at__lte=last):
            clock(self._acting("clock", f"{one.id}", last), matter=one.id)

    def open(self, at: datetime) -> None:
        """On the first day the office says what it serves and who can do what, and gets its price list and its stock."""
        if not demo_paid.is_furnished(self.site_id):
            demo_scope.draw(self._acting("guming", "scope", at), self.departments)
            ids = {account: one.id for account, one in self.crew.items()}
            demo_crew.write(lambda who, what: self._acting(who, what, at), ids)
            demo_paid.furnish(
                lambda what: self._acting("shenyi", what, at), at.astimezone(ZONE).date()
            )

    def plain(self, day: int) -> list[Story]:
        """What comes in on a plain day, from homes that differ every day."""
        homes = Home.objects.filter(site_id=self.site_id).order_by("label", "id")
        there, many = homes.count(), demo_quarter.many(day)
        if not there:
            return list(demo_quarter.stories(day, [("大堂", "")] * many))
        chosen = [homes[(day * 97 + n * 331) % there] for n in range(many)]
        return list(demo_quarter.stories(day, [(one.label, one_called(one.id)) for one in chosen]))

    def see_to_it(self, morning: datetime) -> None:
        """First thing in the morning: residents are called back, and what was to be put right is."""
        for n, row in enumerate(list(rows_due(self.site_id))):
            at = morning + timedelta(minutes=1 + n)
            free = [who for who in CALLERS if self.crew[who].id not in row.handled]
            points = 3 if row.number % 7 == 0 else 5 - row.number % 2
            said = (
                None
                if row.number % 11 == 0 and not row.callback_attempts
                else Answers(points, asked=False)
            )
            call_back(
                self._acting((free or ["guming"])[0], f"{row.id}call", at),
                matter_id=row.matter_id,
                answers=said,
            )
        soon = morning + timedelta(days=1)
        for one in Matter.objects.filter(
            site_id=self.site_id, kind=CORRECTION.id, closed_at=None, due_at__lte=soon
        ):
            by = next(who for who, staff in self.crew.items() if staff.id == one.owner_id)
            finish(
                self._acting(by, f"{one.id}done", morning + timedelta(minutes=20)),
                matter_id=one.id,
                note="已经做了。",
            )

    def close(self, at: datetime) -> None:
        """In the evening the box is counted, and the supervisor takes the money over."""
        counting = self._acting("luojing", "close", at)
        taking = self._acting("shenyi", "take over", at + timedelta(minutes=4))
        demo_paid.close(counting, taking, at.astimezone(ZONE).date())

    def keep(self, at: datetime) -> None:
        """What the front desk knows by heart goes into the base of answers."""
        for subject, question, answer, days in KEPT:
            until = (at + timedelta(days=days)).astimezone(ZONE).date() if days else None
            then = at - timedelta(days=1)
            told = Wording(subject, question, answer, until)
            keep(self._acting("wuyue", question, then), told=told)

    def _acting(self, who: str, what: str, at: datetime) -> Acting:
        by = "clock" if who == "clock" else self.crew[who].id
        return Acting(self.site_id, f"demo-{what}-{at:%y%m%d%H%M%S}"[:80], by, at)

    def _record(self, story: Story, at: datetime) -> UUID:
        place = place_of(self.site_id, story.home)
        who = resident_called(place.home_id, story.caller) if place.home_id else None
        told = Record(
            kind=story.kind, place=place, subject=story.subject, source=story.source, title=story.title,
            urgent=story.urgent, answer=story.answer, caller=story.caller, customer_id=who,
            about=(self.crew[story.about].id,) if story.about else (),
        )  # fmt: skip
        acting = self._acting(story.by, f"{story.home}{story.subject}", at)
        parent = self.last_of.get(story.part_of)
        if parent is not None:
            return register(acting, told=told, parent=parent).matter
        return record(acting, told=told).matter

    def _beside(self, acting: Acting, one: UUID, deed: Deed, at: datetime) -> None:
        """What is no event of the contract: a complaint's cause and correction, money given back."""
        fields = dict(deed.fields)
        if deed.event == "cause":
            complaints.cause(
                acting, matter_id=one, cause=str(fields["cause"]), words=str(fields["words"])
            )
        elif deed.event == "correct":
            until = at + timedelta(days=int(fields["days"]))
            who, what = self.crew[str(fields["who"])].id, str(fields["what"])
            complaints.correct(acting, matter_id=one, what=what, who=who, until=until)
        else:
            chief = self._acting(str(fields["yes"]), f"{one}yes", at + timedelta(minutes=2))
            again = self._acting(deed.who, f"{one}back", at + timedelta(minutes=4))
            demo_paid.give_back(acting, chief, again, one, fields)

    def _do(self, one: UUID, deed: Deed, at: datetime) -> None:
        fields = dict(deed.fields)
        if deed.event == "offer":
            fields["to"] = self.departments[str(fields["to"])]
        acting = self._acting(deed.who, f"{one}{deed.event}", at)
        if deed.event in ("cause", "correct", "refund"):
            self._beside(acting, one, deed, at)
            return
        if demo_paid.play(acting, one, deed.event, fields):
            return
        if deed.event == "call":
            call_back(acting, matter_id=one, answers=Answers(**fields) if fields else None)  # type: ignore[arg-type]
            return
        happen(acting, event=deed.event, matter_id=one, fields=fields)


def one_called(home_id: UUID) -> str:
    """How a resident of a home calls themselves: 王女士, 李先生; "" where nobody lives there."""
    who = Tenancy.objects.filter(home=home_id, removed_at=None, until=None).order_by("seq").first()
    name = CustomerName.objects.filter(customer_id=who.customer_id).first() if who else None
    return (
        f"{name.name[0]}{'女士' if name.name[-1] in '兰敏萍怡燕梅珍琪华然芳雨婷桐' else '先生'}"
        if name
        else ""
    )


PAST = EstatePast()
