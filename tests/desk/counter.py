"""An estate office at work: clerks 苏 and 叶, guard 石, supervisor 林, manager 顾, works with 赵, 钱 and 孙, and green with 周."""

from typing import Any
from uuid import UUID

from django.test import Client

from tests.customers.office import as_
from tests.matters.estate import Estate
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.verbs import Happened, Recorded, happen, record
from yingbin.desk.models import DeskEvent, DeskMatter
from yingbin.desk.places import of_words
from yingbin.desk.ticks import tick
from yingbin.journal.check import check_site
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Department

WORDS = {"title": "厨房水管漏水", "home": "3-2-1801", "subject": "leak", "source": "call"}


class Counter(Estate):
    """Short words for what people say and do at the counter of 湖畔管理处; it is Monday, nine o'clock."""

    def __init__(self) -> None:
        super().__init__()
        self.hire("顾", "gu", "desk_manager")
        self.hire("石", "shi", "duty_guard")
        self.green = Department.objects.create(site=self.place, name="绿化部")
        self.hire("周", "zhou", "department_head")
        Assignment.objects.filter(staff=self.staff["周"]).update(department=self.green)
        self.names = {str(one.id): who for who, one in self.staff.items()}
        self.names |= {f"department:{one.id}": one.name for one in (self.works, self.green)}

    def record(self, by: str = "苏", kind: str = "help", key: str = "", **told: Any) -> UUID:
        """Something comes in; its id."""
        said = {**WORDS, **told}
        place = of_words(self.site, said.pop("home"))
        more = {"key": key} if key else {}
        done: Recorded = self.do(record, by, told=Record(kind=kind, place=place, **said), **more)
        return done.matter

    def act(self, by: str, event: str, one: UUID, **fields: Any) -> str:
        """Something happens to a matter; the sentence."""
        plain = {name.rstrip("_"): value for name, value in fields.items()}
        done: Happened = self.do(happen, by, event=event, matter_id=one, fields=plain)
        return done.because

    def offer(self, by: str, one: UUID, to: Department | None = None) -> str:
        """Offered to a department, the works where none is said."""
        return self.act(by, "offer", one, to=f"department:{(to or self.works).id}")

    def desk(self, one: UUID) -> DeskMatter:
        """The matter as the desk has it."""
        return DeskMatter.objects.select_related("matter").get(matter_id=one)

    def stands(self, one: UUID) -> tuple[str, str, str]:
        """Its stage, its owner, its holder."""
        row = self.row(one)
        stage = row.state if row.closed_at else row.stage or "new"
        return stage, self.names[str(row.owner_id)], self.names[str(row.holder_id)]

    def log(self, one: UUID) -> list[str]:
        """What happened to it, in order."""
        rows = DeskEvent.objects.filter(matter__matter_id=one).order_by("index")
        return list(rows.values_list("event", flat=True))

    def clock(self, **span: float) -> int:
        """Time goes on, and the worker looks."""
        self.later(**span)
        return tick(self.now)

    def heard(self, who: str) -> list[str]:
        """Of which kinds somebody was told, oldest first."""
        rows = (
            Notice.objects.filter(to_id=self.id(who)).order_by("id").values_list("kind", flat=True)
        )
        return [kind.partition(".")[2] for kind in rows]

    def people_of(self, named: str) -> list[str]:
        """Somebody by name, or all of a department."""
        teams = {"工程部": ["赵", "钱", "孙"], "绿化部": ["周"]}
        return teams.get(named, [named])

    def faults(self) -> list[str]:
        """What the journal doesn't bear out."""
        found = [str(f) for line in check_site(self.site) for f in line.found]
        return [
            f
            for f in found
            if f.startswith(
                (
                    "事项",
                    "来电",
                    "客服",
                    "价目",
                    "报价",
                    "住户对",
                    "材料",
                    "完工单",
                    "收款",
                    "减免",
                    "答案",
                    "带出",
                )
            )
        ]

    def browser(self, who: str) -> Client:
        """A browser in which somebody has signed in."""
        return as_(self, who)
