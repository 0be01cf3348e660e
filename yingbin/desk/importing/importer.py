"""The property company's own list of homes and residents as a kind of import."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.importing.declared import Met, NextStep, Value, Words
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.table import TableImporter
from yingbin.importing.uploads import UploadForm
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages.phones import masked
from yingbin.rules.desk.homes import addresses, written
from yingbin.tables.survey import hidden
from yingbin.tables.unpacking import Limits

from ..models import Home, Tenancy
from .forecast import EstateForecast
from .lines import FIELDS, HomeLine, Person, read_line
from .taking import Ready, prepare, take, withdraw

MOST = 60_000


class EstateImporter(TableImporter[HomeLine]):
    """Homes with their owners and tenants, however they are spelt; what repeats is not taken in twice."""

    kind, journal, clause = "estate", "estate", "SD-4.1"
    permission, namespace, form = "estate.keep", "desk", UploadForm
    fields = FIELDS
    carried = ("phase", "building", "entrance", "home")
    cells = tuple((f.name, f.label, 18) for f in FIELDS)
    chunk = 250
    most, too_many = MOST, f"一次最多 {MOST} 行。请分成几个文件上传。"
    size, too_big = 20 * 1024 * 1024, "文件超过 20 MB。请去掉图片和别的工作表再上传。"
    limits = Limits(
        whole=400 * 1024 * 1024, sheet=350 * 1024 * 1024, part=60 * 1024 * 1024, elements=300_000
    )
    words = Words(
        title="用表格导入房屋和住户",
        home="房屋与住户",
        subject="房屋",
        file_hint=f"收 .xlsx 和 .csv，最多 {MOST} 行、20 MB。自己的表就行：有一行标题写着「房号」，"
        "楼栋、单元分开写、合并单元格、一格里两位业主都读得懂。",
        begin_hint="这一步什么都不收。先看每一列认成了什么，再看报告：哪一户是新的、哪位已经有了、哪行读不懂。"
        "您确认了才收，收了还能整批撤销。",
        none_yet="把物业公司自己的房屋和业主表导进来，一来电就知道是哪一户。",
        undo_hint="这次收的房屋、住户和卡片收回。后来有来电来访、改过、搬走过的会保留，并列在这一页。",
        undone="它加的房屋和住户已经收回",
        report_hint="里面是完整号码，改好就请删掉。",
        known="加到已有的户",
        again="早已登记",
    )

    def line(self, texts: Mapping[str, str]) -> HomeLine:
        """The home, its people, what nobody understood."""
        return read_line(texts)

    def over(self, title: str) -> Mapping[str, str]:
        """3栋 above some lines, or as the name of their sheet, is their building."""
        ways = addresses(title)
        if not ways or ways[0].room or not any(c.isdigit() or c.isascii() for c in title):
            return {}
        first = ways[0]
        told = {"phase": first.phase, "building": f"{first.building}栋", "entrance": first.entrance}
        return {name: text for name, text in told.items() if text}

    def kept(self, told: Mapping[str, object]) -> HomeLine:
        """A line as it was kept."""
        return HomeLine.of(told)

    def forecast(self, run: ImportRun) -> EstateForecast:
        """Which homes and people are new."""
        return EstateForecast(run)

    def prepare(  # type: ignore[override]
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> list[Ready]:
        """Cards."""
        return prepare(run, rows, at)

    def take(self, pen: Pen, run: ImportRun, prepared: Sequence[Ready]) -> None:  # type: ignore[override]
        """Homes, people, one entry."""
        take(pen, run, prepared)

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """What nothing has happened to since."""
        withdraw(pen, run, rows)

    def values(self, row: ImportRow) -> list[Value]:
        """The home in its one form and who comes into it; once taken, how many did."""
        meant = row.meant or {}
        label = str(meant.get("label", ""))
        if not row.told:
            many = len(meant.get("tenancies", ()))
            return [Value("房屋", label), *([Value("登记", f"{many} 人")] if many else [])]
        told = HomeLine.of(row.told)
        label = label or (written(told.ways[0]) if told.ways else "")
        found = [Value("房屋", label, "" if label == told.spelling else hidden(told.spelling))]
        found += [_who(person) for person in told.people]
        delivery = Home.Delivery(told.delivery).label if told.delivery else ""
        found += [
            Value("面积", f"{told.area} ㎡" if told.area else ""),
            Value("状态", delivery),
            Value("交付", told.delivered_on),
            Value("从", told.since),
        ]
        return [one for one in found if one.stored or one.written]

    def again(self, row: ImportRow) -> str:
        """Nothing is left to do."""
        return "这一户和这些人都已经登记。"

    def met(self, site_id: UUID, rows: Iterable[ImportRow]) -> Mapping[UUID, Met]:
        """The homes that lines are about."""
        ids = {row.subject_id for row in rows if row.subject_id}
        found = Home.objects.filter(site_id=site_id, id__in=ids)
        return {one.id: Met(one.label) for one in found}

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """To look at what came in."""
        return NextStep(reverse("desk:estate"), "去看住户")


def _who(person: Person) -> Value:
    phones = "、".join(masked(phone) for phone in person.phones)
    label = Tenancy.Capacity(person.capacity).label
    return Value(label, " ".join(filter(None, (person.name, phones))))


ESTATE = EstateImporter()
