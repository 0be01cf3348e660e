"""A headquarters with its gates: guards 高磊 and 丁, shift leaders 周队 and 郑主管, 苏青 of the reception department, 韩工 who leads guests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.customers.office import ZONE, Office, as_
from yingbin.journal.check import check_site
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.models import Assignment
from yingbin.people.rows import next_number
from yingbin.tours.actions import gate_verbs, gates, passes
from yingbin.tours.actions.gate_verbs import Through
from yingbin.tours.gate_answer import Answer
from yingbin.tours.models import GateEvent, PassPlace, TourVisit, VisitorPass

PLANT, SHOP = ("plant",), ("plant", "workshop")


class Post(Office):
    """Short words for what happens at two gates of the site and one of the workshop; it is Monday, nine o'clock."""

    def __init__(self) -> None:
        super().__init__("zongbu", "澄湖集团总部")
        Assignment.objects.all().delete()
        self.staff = {}
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
        self.place.kind = "headquarters"
        self.place.save()
        for who, account, role in (
            ("高磊", "gao", "guard"),
            ("丁", "ding", "guard"),
            ("周队", "zhou", "operations_assistant"),
            ("郑主管", "zheng", "operations_manager"),
            ("苏青", "su", "reception_department"),
            ("韩工", "han", "department"),
        ):
            self.hire(who, account, role)
        made = [
            self.do(gates.add_gate, "苏青", name=name, areas=areas, on_site=on_site)
            for name, areas, on_site in (
                ("北门", PLANT, True),
                ("南门", (), True),
                ("车间门", SHOP, False),
            )
        ]
        self.gates = dict(
            zip(("北门", "南门", "车间门"), (one.device for one in made), strict=True)
        )

    def visit(
        self, headcount: int = 12, *, hours: float = 2, opens: int = 0, **more: Any
    ) -> TourVisit:
        """A visit that was approved, beginning in `opens` minutes; its row alone, as the rules of visits would leave it."""
        starts = self.now + timedelta(minutes=opens)
        told = {
            "status": "approved",
            "open_areas": ["plant", "workshop", "marketing"],
            "visitor": "云启科技",
        }
        return TourVisit.objects.create(
            **{
                "site": self.place, "seq": 0, "year": 2026, "number": next_number(TourVisit, self.site),
                "opened_at": self.now, "how": "visitor", "klass": "important", "version": "2026-1", "starts_at": starts,
                "ends_at": starts + timedelta(hours=hours), "headcount": headcount, "moved_at": self.now,
                "state": {"photo": False}, **told, **more,
            }
        )  # fmt: skip

    def issue(
        self, visit: TourVisit, persons: int = 1, areas: tuple[str, ...] = PLANT, **more: Any
    ) -> int:
        """A pass of a visit, led by 韩工; its number."""
        told = {"escort": self.id("韩工"), "photo": False, "by": self.id("苏青"), **more}
        made = passes.Issue(uuid7(), areas, persons, **told)

        def work(pen: Pen) -> dict[str, object]:
            passes.issued(pen, visit, made)
            return {}

        self.within(work, "苏青")
        return VisitorPass.objects.get(id=made.pass_id).number

    def row(self, number: int) -> VisitorPass:
        """The pass as it stands."""
        return VisitorPass.objects.get(site=self.place, number=number)

    def through(self, number: int, gate: str = "北门", **told: Any) -> Through:
        """What is presented at a gate: the pass in its current revision."""
        row = VisitorPass.objects.filter(site=self.place, number=number).first()
        return Through(self.gates[gate], number, **{"revision": row.revision if row else 1, **told})

    def scan(self, number: int, gate: str = "北门", by: str = "高磊", **told: Any) -> Answer:
        """Somebody shows a pass."""
        answer: Answer = self.do(gate_verbs.scan, by, told=self.through(number, gate, **told))
        return answer

    def out(self, number: int, gate: str = "北门", **told: Any) -> Answer:
        """Somebody leaves."""
        return self.scan(number, gate, inward=False, **told)

    def admit(self, number: int, by: str = "周队", gate: str = "北门", **told: Any) -> Answer:
        """A supervisor lets them in."""
        through = self.through(number, gate, **told)
        answer: Answer = self.do(gate_verbs.admit, by, told=through, reason="公司临时安排")
        return answer

    def inside(self) -> dict[int, int]:
        """How many of each pass are on site, where any are."""
        found: dict[int, int] = {}
        for number, persons in PassPlace.objects.values_list("visitor_pass__number", "persons"):
            found[number] = found.get(number, 0) + persons
        return found

    def log(self) -> list[tuple[str, str]]:
        """What happened at the gates and how it was answered."""
        rows = GateEvent.objects.filter(site=self.place).order_by("number")
        return list(rows.values_list("event", "code"))

    def faults(self) -> list[str]:
        """What the journal doesn't bear out of passes and gates."""
        found = [str(f) for line in check_site(self.site) for f in line.found]
        return [f for f in found if f.startswith(("参观证", "门岗"))]

    def browser(self, who: str) -> Any:
        """A browser in which somebody has signed in."""
        return as_(self, who)

    def person(self, who: str) -> UUID:
        """Somebody's id."""
        return self.id(who)
