"""A headquarters at work: 江 and 叶 of reception, 白 of administration, leaders 严 and 罗, production with 韩 and 贺, 门岗 孟."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tests.customers.office import ZONE, Office
from yingbin.journal.check import check_site
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Department
from yingbin.people.policies import set_policy
from yingbin.tours.actions.application import Application
from yingbin.tours.actions.verbs import Happened, Opened, clock, happen, open_visit
from yingbin.tours.checking import Replayed
from yingbin.tours.models import TourEvent, TourVisit

FREQUENT = {"sender": "company", "relation": "frequent", "purpose": "products"}
PARTNER = {"sender": "company", "relation": "partner", "purpose": "alliance"}
STRANGER = {"sender": "company", "relation": "none", "purpose": "products"}
SCHOOL = {"sender": "school", "relation": "none", "purpose": "survey"}
OFFICIAL = {"sender": "official", "relation": "none", "purpose": "survey"}
CLASSES = {
    "general": STRANGER, "important": FREQUENT, "key_account": PARTNER, "institution": SCHOOL,
}  # fmt: skip


class Headquarters(Office):
    """Short words for what people do about visits at 澄湖总部; it is Monday 23 November 2026, nine o'clock."""

    def __init__(self) -> None:
        super().__init__("zongbu", "澄湖置业总部")
        Assignment.objects.all().delete()
        self.staff = {}
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
        self.place.kind = "headquarters"
        self.place.save()
        self.production = Department.objects.create(site=self.place, name="生产部")
        self.research = Department.objects.create(site=self.place, name="研发部")
        for who, account, role in (
            ("江", "jiang", "reception_department"),
            ("叶", "ye", "reception_department"),
            ("白", "bai", "administration"),
            ("严", "yan", "senior"),
            ("罗", "luo", "senior"),
            ("韩", "han", "department_head"),
            ("贺", "he", "department"),
            ("秦", "qin", "department_head"),
            ("孟", "meng", "guard"),
            ("何", "heyuan", "operations_manager"),
        ):
            self.hire(who, account, role)
        for who, own in (("韩", self.production), ("贺", self.production), ("秦", self.research)):
            Assignment.objects.filter(staff=self.staff[who]).update(department=own)
        self.choose()

    def choose(self, by: str = "何", **more: Any) -> None:
        """The settings of the house: four areas, two rooms, forty souvenirs."""
        production, research = str(self.production.id), str(self.research.id)
        told: dict[str, Any] = {
            "areas": {
                "plant": {"department": "reception"},
                "workshop": {"department": production, "capacity": 30, "key": True},
                "rnd": {"department": research, "closed_to": ["general"]},
                "finished_goods": {"department": production, "capacity": 60},
            },
            "rooms": [{"room": "一号会客室", "capacity": 12}, {"room": "报告厅", "capacity": 60}],
            "souvenirs": 40,
            "circles": ["家电", "电池"],
            **more,
        }
        self.do(set_policy, by, name="tours.company", values=told, reason="试运行")

    def packs(self, *packs: Mapping[str, Any]) -> None:
        """Which packs hold."""
        told = {"packs": list(packs)}
        self.do(set_policy, "何", name="tours.packs", values=told, reason="按行业做法")

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days from today."""
        start = self.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return start + timedelta(days=day)

    def application(
        self, klass: str = "important", day: int = 8, hour: int = 10, **more: Any
    ) -> Application:
        """An application of somebody of this class for two hours of a day from now."""
        told: dict[str, Any] = {
            "visitor": "长丰机械", "contact": "许文博", "phone": "13800138000", "headcount": 12,
            "areas": ("plant", "workshop"), "answers": CLASSES[klass],
            "starts_at": self.at(day, hour), "ends_at": self.at(day, hour + 2), **more,
        }  # fmt: skip
        return Application(**told)

    def apply(self, klass: str = "important", by: str = "", **more: Any) -> UUID:
        """Somebody applies, or a colleague for them; the visit's id."""
        if not by:
            digest = f"{next(self.keys):032}".encode()
            return self._public(self.application(klass, key_digest=digest, **more))
        done: Opened = self.do(open_visit, by, told=self.application(klass, **more))
        return done.visit

    def _public(self, told: Application) -> UUID:
        self.now += timedelta(seconds=1)
        done = open_visit(self.acting_as("visitor"), told=told)
        return done.visit

    def acting_as(self, whom: str) -> Any:
        """Somebody who is no staff: the visitor, the clock."""
        from yingbin.journal.action import Acting

        return Acting(self.site, f"{whom}-{next(self.keys)}", whom, self.now)

    def word(self, by: str = "韩", **more: Any) -> UUID:
        """A department announces a key account."""
        told = self.application(department=str(self.production.id), answers={}, **more)
        done: Opened = self.do(open_visit, by, told=told)
        return done.visit

    def act(self, by: str, event: str, one: UUID, **fields: Any) -> str:
        """Something happens to a visit; the sentence."""
        told = {n.rstrip("_"): self.named(v) for n, v in fields.items()}
        if not by:
            self.now += timedelta(seconds=1)
            visitor = self.acting_as("visitor")
            return happen(visitor, event=event, visit_id=one, fields=told).because
        done: Happened = self.do(happen, by, event=event, visit_id=one, fields=told)
        return done.because

    def named(self, value: Any) -> Any:
        """An id for somebody's name."""
        return str(self.id(value)) if isinstance(value, str) and value in self.staff else value

    def clock(self, **later: int) -> int:
        """So much time goes by; what the clock does then."""
        self.now += timedelta(**later)
        return clock(self.acting_as("clock"))

    def approved(self, klass: str = "important", **more: Any) -> UUID:
        """A visit that everybody said yes to."""
        one = self.apply(klass, **more)
        self.approve(one)
        return one

    def approve(self, one: UUID) -> None:
        """Everybody who is asked says yes."""
        for area, state, _ in self.row(one).state["areas"]:
            if state == "asked":
                self.act(self.answers_for(area), "area", one, area=area, answer="open")
        if self.row(one).status == "awaiting":
            self.act("严", "company", one, answer="approved")

    def answers_for(self, area: str) -> str:
        """Who answers for an area."""
        return {"plant": "江", "rnd": "秦"}.get(area, "韩")

    def planned(self, klass: str = "important", **more: Any) -> UUID:
        """An approved visit whose plan was sent."""
        one = self.approved(klass, **more)
        self.act("江", "send_plan", one)
        return one

    def issue(
        self, one: UUID, by: str = "韩", areas: tuple[str, ...] = ("workshop",), **more: Any
    ) -> str:
        """A pass for twelve persons, or so many."""
        told = {"areas": areas, "persons": 12, "escort": "江", **more}
        return self.act(by, "issue", one, **told)

    def row(self, one: UUID) -> TourVisit:
        """The visit as it is."""
        return TourVisit.objects.get(id=one)

    def areas(self, one: UUID) -> dict[str, str]:
        """Its areas and how they stand."""
        return {name: state for name, state, _ in self.row(one).state["areas"]}

    def log(self, one: UUID) -> list[str]:
        """What happened to it, records of the clock by their warning."""
        rows = TourEvent.objects.filter(visit=one).order_by("index")
        return [str(r.fields["warning"]) if r.event == "clock" else r.event for r in rows]

    def heard(self, who: str) -> list[str]:
        """The kinds of all notices somebody got, the earliest first."""
        rows = Notice.objects.filter(to_id=self.id(who), kind__startswith="tours.").order_by("id")
        return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]

    def faults(self) -> list[str]:
        """Where journal, rows and replay aren't one; roles were given by the helpers, behind the journal's back."""
        found = [str(f) for line in check_site(self.site) for f in line.found]
        kept = [f for f in found if not f.startswith(("角色", "开门", "部门"))]
        return [*kept, *Replayed(self.site).faults()]


def kept_for_module(blocker: Any, lived: Callable[[Headquarters], None]) -> Iterator[Headquarters]:
    """A house in which something happened, made once for all tests of a file; each test undoes what it does."""
    with blocker.unblock():
        everything = transaction.atomic()
        everything._from_testcase = True
        with everything:
            made = Headquarters()
            lived(made)
            yield made
            transaction.set_rollback(True)
