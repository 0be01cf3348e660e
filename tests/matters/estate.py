"""An estate office for tests of matters: a desk with its supervisor, and a department."""

from datetime import datetime, time
from uuid import UUID

from tests.customers.office import ZONE, Office
from yingbin.journal.check import check_site
from yingbin.matters import actions
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Department, OpeningHours


class Estate(Office):
    """湖畔管理处: clerks 苏 and 叶, supervisor 林, the works department with its head 赵, 钱 and 孙."""

    def __init__(self) -> None:
        super().__init__()
        Assignment.objects.all().delete()
        self.staff = {}
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
        self.place.kind = "management_office"
        self.place.save()
        self.works = Department.objects.create(site=self.place, name="工程部")
        for who, account, role in (
            ("苏", "su", "desk_clerk"),
            ("叶", "ye", "desk_clerk"),
            ("林", "lin", "desk_supervisor"),
            ("赵", "zhao", "department_head"),
            ("钱", "qian", "department"),
            ("孙", "sun", "department"),
        ):
            self.hire(who, account, role)
        of_works = Assignment.objects.filter(role__startswith="department")
        of_works.update(department=self.works)
        for weekday in range(5):
            for opens, closes in ((time(8, 30), time(12)), (time(13, 30), time(17, 30))):
                OpeningHours.objects.create(
                    site=self.place, weekday=weekday, opens=opens, closes=closes
                )

    @property
    def group(self) -> str:
        """The works department, as the rules name it."""
        return f"department:{self.works.id}"

    def ask(self, by: str = "苏", **more: object) -> UUID:
        """A question a resident asked."""
        told = {"kind": "question", "title": "三号楼水压太低"} | more
        made = self.do(actions.open_new, by, **told)
        assert isinstance(made, actions.Opened)
        return made.matter

    def row(self, one: UUID) -> Matter:
        """The matter as it is."""
        return Matter.objects.get(id=one)

    def told(self, who: str) -> list[str]:
        """What this person was told, oldest first."""
        rows = Notice.objects.filter(to_id=self.id(who)).order_by("id")
        return list(rows.values_list("title", flat=True))

    def faults(self) -> list[str]:
        """What the journal doesn't bear out of matters."""
        found = [f for line in check_site(self.site) for f in line.found]
        return [str(f) for f in found if f.where.startswith("事项")]
