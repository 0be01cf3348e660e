"""An estate and its residents at 湖畔管理处: 苏 keeps the homes, lists come in as files."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tests.importing.personnel import excel
from tests.importing.worker import works_on
from yingbin.desk.actions import estate as doing
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.verbs import Recorded, record
from yingbin.desk.models import Home, Tenancy
from yingbin.desk.places import of_home
from yingbin.desk.queries.onebox import Found, found
from yingbin.importing import actions as importing
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.check import check_site

from .counter import Counter

HEAD = ("房号", "业主姓名", "电话")


class Residence(Counter):
    """Short words for homes, people and lists of them."""

    def home(self, spelling: str = "3-2-1801") -> UUID:
        """A home is written down."""
        made: UUID = self.do(doing.add_home, "苏", home=spelling)
        return made

    def moves_in(self, home: UUID, name: str, phone: str = "", **told: Any) -> UUID:
        """Somebody moves in; their card."""
        said = {"capacity": "owner", **told}
        who: UUID = self.do(doing.move_in, "苏", home_id=home, name=name, phone=phone, **said)
        return who

    def tenancy(self, who: UUID) -> Tenancy:
        """How somebody is written down in their one home."""
        return Tenancy.objects.get(customer_id=who)

    def calls(self, home: UUID, title: str, **told: Any) -> UUID:
        """Something comes in about a home."""
        label = Home.objects.get(id=home).label
        place = of_home(home, label)
        said = {"kind": "help", "subject": "lift", "source": "call", "title": title, **told}
        done: Recorded = self.do(record, "苏", told=Record(place=place, **said))
        return done.matter

    def finds(self, text: str, by: str = "苏") -> Found:
        """What the box finds for somebody."""
        return found(self.site, text, self.badge(by), self.now)

    # Lists

    def bring(self, *lines: Sequence[Any], head: Sequence[Any] = HEAD, **more: Any) -> ImportRun:
        """A list of which the report is ready, read as proposed."""
        return self.bring_file(excel(*lines, head=head, **more))

    def bring_file(self, data: bytes) -> ImportRun:
        """The same of a file."""
        run = self.do(
            importing.take_as_proposed, "苏", kind="estate", file_name="业主.xlsx", data=data
        )
        return self.work(ImportRun.objects.get(id=run))

    def take(self, run: ImportRun) -> ImportRun:
        """Its good lines taken in."""
        self.do(importing.apply_import, "苏", run_id=run.id, whole=False, receivers=False)
        return self.work(run)

    def undo(self, run: ImportRun) -> ImportRun:
        """Taken back as a whole."""
        self.do(importing.undo_import, "苏", run_id=run.id, why="导错了小区")
        return self.work(run)

    def work(self, run: ImportRun) -> ImportRun:
        """The worker goes on until nothing is left to do."""
        self.later(seconds=1)
        works_on(self.now)
        run.refresh_from_db()
        return run

    def report(self, run: ImportRun) -> list[tuple[str, str]]:
        """What becomes, or became, of each line, and of which home."""
        rows = ImportRow.objects.filter(of=run).order_by("n")
        return [(row.verdict, (row.meant or {}).get("label", "")) for row in rows]

    def labels(self) -> list[str]:
        """The homes there are."""
        rows = Home.objects.filter(site_id=self.site, removed_at=None)
        return sorted(rows.values_list("label", flat=True))

    def unborne(self) -> list[str]:
        """What the journal doesn't bear out of homes, residents and their cards."""
        about = ("期", "楼栋", "房屋", "住户", "客户", "查看", "个人")
        found = [f for line in check_site(self.site) for f in line.found]
        return [str(f) for f in found if f.where.startswith(about)]
