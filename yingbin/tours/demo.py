"""The past of the demo's headquarters: eight weeks of visits, and what comes now, played by the actions people use."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.notices.models import Notice
from yingbin.pages.wing import Progress
from yingbin.people.calendar import ZONE
from yingbin.people.models import Department, Staff
from yingbin.people.past import still_played, without_past
from yingbin.people.policies import set_policy
from yingbin.people.queries import people_of
from yingbin.rules.decision import Refused

from .actions.application import Application
from .actions.guests import keep_list
from .actions.verbs import clock, happen, open_visit
from .company import COMPANY
from .demo_gates import GatePlayer
from .demo_hosting import VERBS
from .demo_morning import MORNING
from .demo_story import NOW, WEEK, Deed, Fact, Story, week
from .guest_lines import read_guests
from .hosting_limits import HOSTING
from .links import digest_of
from .models import TourVisit

WEEKS = 8
STEPS = WEEKS + 1  # the last of them is now
TO_COME = (*NOW, *MORNING)
PEOPLE = ("who", "escort", "asked_by", "directed_by", "deputy")


class HeadquartersPast:
    """Some weeks of one headquarters."""

    def progress(self, site_id: UUID) -> Progress:
        """How far this place is, by the visits there are."""
        written = TourVisit.objects.filter(site_id=site_id).count()
        done = written // len(WEEK) if written < WEEKS * len(WEEK) else WEEKS
        over = written >= WEEKS * len(WEEK) + len(TO_COME) or "jiangnan" not in _crew(site_id)
        return Progress(STEPS if over else done, STEPS)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """The next week; at last what comes now."""
        done, player = self.progress(site_id).done, _Player(site_id)
        gates = GatePlayer(site_id, player.crew)
        if done == 0:
            player.choose(at - timedelta(weeks=WEEKS + 2))
            gates.set_up(at - timedelta(weeks=WEEKS + 2))
        if done == WEEKS:
            player.play(TO_COME, at, at)
            gates.now(at)
            return
        # Each week ends before the next begins, and the last before what comes now was asked for.
        back = at - timedelta(weeks=WEEKS - done, days=4)
        player.play(week(done), back, back + timedelta(hours=72))
        gates.play(back + timedelta(hours=72))
        told = Notice.objects.filter(site_id=site_id, seen_at__isnull=True)
        told.update(seen_at=F("made_at") + timedelta(minutes=2))


def _crew(site_id: UUID) -> dict[str, Staff]:
    return {one.account: one for one in people_of(site_id, timezone.now())}


class _Player:
    """Plays stories in the order of time."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id, self.crew = site_id, _crew(site_id)
        rows = Department.objects.filter(site_id=site_id)
        self.departments = {one.name: str(one.id) for one in rows}

    def choose(self, at: datetime) -> None:
        """The settings of the house."""
        production, research = self.departments["生产部"], self.departments["研发部"]
        areas = {
            "plant": {"department": "reception"},
            "workshop": {"department": production, "capacity": 30, "key": True},
            "rnd": {"department": research, "capacity": 15, "closed_to": ["general"]},
            "finished_goods": {"department": production, "capacity": 40},
        }
        values = {
            "areas": areas,
            "rooms": [{"room": "一号会客室", "capacity": 12}, {"room": "报告厅", "capacity": 60}],
            "souvenirs": 60,
            "circles": ["家电", "电池"],
            "directions": "东门进，大巴停南停车场；地铁 2 号线湖畔站 B 口出，步行五分钟。",
        }
        acting = self._acting("heyuan", "settings", at)
        set_policy(acting, name=COMPANY.name, values=values, reason="总部开放参观")
        acting = self._acting("heyuan", "limits", at)
        set_policy(acting, name=HOSTING.name, values={"meal_yuan": 200}, reason="公司接待标准")

    def play(self, stories: tuple[Story, ...], now: datetime, until: datetime) -> None:
        """Everything that happens, whatever it belongs to, as time goes on; nothing later than `until`."""
        told: list[tuple[datetime, int, Deed | None]] = []
        for n, story in enumerate(stories):
            asked = now - timedelta(hours=story.asked)
            told.append((asked, n, None))
            told += [(asked + timedelta(hours=d.after), n, d) for d in story.deeds]
        made: dict[int, UUID] = {}
        for at, n, deed in sorted(told, key=lambda one: one[0]):
            if deed is None:
                made[n] = self._open(stories[n], now, at)
            elif at <= until:
                self._do(made[n], deed, at)
        clock(self._acting("clock", "over", until))

    def _open(self, story: Story, now: datetime, at: datetime) -> UUID:
        start = _comes(story, now)
        names = ("sender", "relation", "purpose")
        key = f"{story.visitor}{at:%m%d%H%M%S}"
        told = Application(
            story.visitor, story.contact, start, start + timedelta(hours=story.lasts), story.headcount, story.areas,
            {} if story.department else dict(zip(names, story.answers, strict=True)),
            phone="" if story.by else self._phone(story), department=self.departments.get(story.department, ""),
            rivals=story.rivals, words=story.words, terms="" if story.by else "2026-1",
            key_digest=b"" if story.by else digest_of(f"demo {key}"),
        )  # fmt: skip
        made = open_visit(self._acting(story.by or "visitor", key, at), told=told).visit
        if story.guests:
            listed = tuple(read_guests(story.guests).guests)
            writes = self._acting(story.by or "visitor", f"list{key}", at + timedelta(minutes=9))
            keep_list(writes, visit_id=made, guests=listed, seen=0)
        return made

    @staticmethod
    def _phone(story: Story) -> str:
        return f"1380013{sum(map(ord, story.visitor)) % 10_000:04d}"

    def _do(self, one: UUID, deed: Deed, at: datetime) -> None:
        fields = {n: self._told(n, v) for n, v in deed.fields.items()}
        acting = self._acting(deed.who or "visitor", f"{one}{deed.event}{deed.after}", at)
        try:
            if deed.event in VERBS:
                VERBS[deed.event](acting, one, fields)
                return
            happen(acting, event=deed.event, visit_id=one, fields=fields)
        except Refused:
            return  # what came before it was refused too, as where two want one guide

    def _told(self, name: str, value: Fact) -> Fact:
        """A field of a deed, ids for accounts: of people, and among the words of each part of a way."""
        if name == "stops" and isinstance(value, tuple):
            return tuple(" ".join(self._or_id(word) for word in one.split()) for one in value)
        return self._named(value) if name in PEOPLE else value

    def _or_id(self, word: str) -> str:
        return self._named(word) if word in self.crew else word

    def _named(self, value: object) -> str:
        return str(self.crew[str(value)].id)

    def _acting(self, who: str, what: str, at: datetime) -> Acting:
        by = who if who in ("clock", "visitor") else self.crew[who].id
        return Acting(self.site_id, f"demo-{what}-{at:%m%d%H%M%S}"[:80], by, at)


PAST = HeadquartersPast()


def _comes(story: Story, now: datetime) -> datetime:
    days, hour = story.comes
    here = now.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    return here.replace(hour=hour) + timedelta(days=days) if days else here + timedelta(hours=2)


def preparing(site_id: UUID) -> Progress | None:
    """How far the past of this place is; None where none is being played."""
    return still_played(PAST, site_id)


def begins_empty(site_id: UUID) -> bool:
    """Whether this is a headquarters of a demo that was started without a past, and nobody has applied yet."""
    return without_past() and not TourVisit.objects.filter(site_id=site_id).exists()
