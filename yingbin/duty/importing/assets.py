"""A list of assets as a kind of import: number, name, place, kind, purchase, warranty, supplier, notes (SF-4.4, SC-4.4)."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from yingbin.importing.declared import NextStep, Value, Words
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.table import TableImporter
from yingbin.importing.uploads import UploadForm
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages import asked
from yingbin.tables.survey import Field

from ..actions.assets import give_up_asset, keep_asset
from ..models import Asset
from ..queries.roster import watched

CLAUSE = "SF-4.4"
HIGHEST = 99_999
DAY = "看不懂，请写成 2026-12-31 这样。"
FIELDS = (
    Field(
        "name", "名称", needed="name", words=("设备名称", "设备", "资产名称", "物品名称", "品名")
    ),
    Field("number", "编号", words=("设备编号", "资产编号", "序号", "号码")),
    Field("place", "位置", words=("安装位置", "放置位置", "存放地点", "地点", "房间", "岗位")),
    Field("kind", "类别", words=("类型", "分类", "设备类别", "种类")),
    Field("bought", "购置日期", words=("购买日期", "购入日期", "启用日期", "购置时间", "采购日期")),
    Field("warranty", "保修到", words=("保修期至", "质保到期", "保修截止", "质保期至", "保修期")),
    Field("supplier", "供应商", words=("厂家", "维保单位", "品牌商", "供货商")),
    Field("contact", "联系方式", words=("联系电话", "报修电话", "供应商电话", "联系人")),
    Field("notes", "操作说明", words=("备注", "说明", "使用说明", "注意事项")),
)
LONGEST = {"name": 40, "place": 60, "kind": 20, "supplier": 40, "contact": 60, "notes": 2000}


@dataclass(frozen=True)
class AssetLine:
    """What a line says: texts as they stand there."""

    name: str
    number: str = ""
    place: str = ""
    kind: str = ""
    bought: str = ""
    warranty: str = ""
    supplier: str = ""
    contact: str = ""
    notes: str = ""
    mark = ""  # no customer stands in it

    def to_json(self) -> dict[str, object]:
        """For keeping between reading and taking in."""
        return asdict(self)

    @classmethod
    def of(cls, texts: Mapping[str, object]) -> "AssetLine":
        """From its cells, or as it was kept."""
        return cls(**{name: str(texts.get(name) or "") for name in cls.__dataclass_fields__})

    @property
    def figure(self) -> int | None:
        """The number on its label; None where none is written. `12 号` and `NO.012` are 12; 0 for what is none."""
        if not self.number.strip():
            return None
        found = re.fullmatch(r"\D*?(\d{1,5})(?:\.0)?\s*号?", self.number.strip())
        return int(found[1]) if found and int(found[1]) <= HIGHEST else 0


_WIDE = str.maketrans(",;:?!", "，；：？！")


def in_chinese(text: str) -> str:
    """Punctuation after a Chinese character is the full-width one: reading a table makes all of it narrow."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[,;:?!]", lambda found: found[0].translate(_WIDE), text)


def day_said(text: str) -> date | None:
    """A day as people write it in a cell."""
    found = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(:00)?)?",
        text.strip(),
    )
    return asked.day(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}") if found else None


class AssetForecast:
    """What becomes of each line, against what the place has and the file's earlier lines."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.posts = {rule.post.name: rule.post_id for rule in watched(site_id)}
        self.numbers: dict[int, Asset | str] = {}
        self.here: set[tuple[str, str]] = set()
        rows = Asset.objects.filter(site_id=site_id).select_related("post")
        for row in rows:
            self.numbers[row.number] = row
            if row.given_up_at is None:
                self.here.add((row.name, self._where(row)))

    @staticmethod
    def _where(row: Asset) -> str:
        return row.place or (row.post.name if row.post else "")

    def look_up(self, told: Sequence[AssetLine]) -> None:
        """Nothing more: a place's assets are few and were asked for at the beginning."""

    def judge(self, row: ImportRow, told: AssetLine) -> None:
        """New, there already, or refused with every reason at once."""
        row.faults = [list(fault) for fault in self._faults(told)]
        there = self.numbers.get(told.figure or 0)
        known = isinstance(there, Asset) and there.given_up_at is None
        if row.faults:
            row.verdict = ImportRow.Verdict.REFUSED
        elif known or (told.figure is None and (told.name, told.place) in self.here):
            row.verdict = ImportRow.Verdict.AGAIN
        else:
            row.verdict = ImportRow.Verdict.NEW
            self.here.add((told.name, told.place))
            if told.figure:
                self.numbers[told.figure] = told.name

    def _faults(self, told: AssetLine) -> list[tuple[str, str, str]]:
        found = []
        for field in FIELDS:
            text = getattr(told, field.name)
            if field.name in LONGEST and len(text) > LONGEST[field.name]:
                found.append((field.label, text[:20], f"最多写 {LONGEST[field.name]} 个字。"))
        for label, text in (("购置日期", told.bought), ("保修到", told.warranty)):
            if text.strip() and day_said(text) is None:
                found.append((label, text[:20], DAY))
        if not told.name.strip():
            found.append(("名称", "", "没有写名称。"))
        return [*found, *self._about_its_number(told)]

    def _about_its_number(self, told: AssetLine) -> list[tuple[str, str, str]]:
        if told.figure == 0:
            return [("编号", told.number[:20], f"要是 1 到 {HIGHEST} 的数字，标签上印的就是它。")]
        there = self.numbers.get(told.figure or 0)
        other = there.name if isinstance(there, Asset) else there
        if other is not None and other != told.name:
            return [("编号", told.number[:20], f"这个编号已经是「{other}」的，请换一个或空着。")]
        if isinstance(there, str):
            return [("编号", told.number[:20], "表里前面已经有这个编号，请换一个或空着。")]
        return []

    def revived(self, told: AssetLine) -> UUID | None:
        """The one of this number and name that was given up: it comes back with its label."""
        there = self.numbers.get(told.figure or 0)
        return there.id if isinstance(there, Asset) and there.given_up_at else None


class AssetImporter(TableImporter[AssetLine]):
    """What a place has, from the list it keeps already."""

    kind, journal, clause = "assets", "assets", CLAUSE
    permission, namespace, form = "duty.lead", "duty:asset_import", UploadForm
    fields = FIELDS
    cells = tuple((field.name, field.label, 16) for field in FIELDS)
    most, too_many = 1000, "一次最多 1000 台。请分成几个表格上传。"
    size, too_big = 4 * 1024 * 1024, "文件超过 4 MB。请去掉图片和别的工作表再上传。"
    words = Words(
        title="用表格导入设备",
        home="设备",
        subject="设备",
        file_hint="收 .xlsx 和 .csv：一行一台，有一行标题写着「名称」，别的列有多少写多少。",
        begin_hint="这一步什么都不加。先看每一列认成了什么，再看报告：哪些是新的、哪些早有了、哪一格读不懂。确认了才加，加了还能整批撤销。",
        none_yet="已经有设备台账的，直接导进来，再打印标签贴上。没有的，下载模板填一张。",
        undo_hint="这次加的设备停用，标签扫不开了。后来改过的、已经报过修的保留，并列在这一页。",
        undone="加的设备已停用",
        again="早已在册",
        blank="下载模板",
    )

    def line(self, texts: Mapping[str, str]) -> AssetLine:
        """The texts as they stand there."""
        told = {
            name: text if name == "number" else in_chinese(text) for name, text in texts.items()
        }
        return AssetLine.of(told)

    def kept(self, told: Mapping[str, object]) -> AssetLine:
        """A line as it was kept."""
        return AssetLine.of(told)

    def forecast(self, run: ImportRun) -> AssetForecast:
        """Against what the place has now."""
        return AssetForecast(run.site_id)

    def prepare(
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> Sequence[ImportRow]:
        """Nothing: what decides is read under the lock."""
        return rows

    def take(self, pen: Pen, run: ImportRun, prepared: Sequence[ImportRow]) -> None:
        """Each as if it had been typed, and its number and label with it."""
        forecast = AssetForecast(run.site_id)
        for row in prepared:
            told = self.kept(row.told or {})
            again = forecast.revived(told)
            forecast.judge(row, told)
            if row.verdict == ImportRow.Verdict.NEW:
                made = Asset.objects.get(id=_kept(pen, told, forecast.posts, again))
                row.subject_id = made.id
                row.number, row.meant = made.number, {"seq": made.seq}
            row.told = row.cells = None
        names = ["verdict", "faults", "subject_id", "number", "meant", "told", "cells"]
        ImportRow.objects.bulk_update(prepared, names)

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """They are given up, but for those that somebody changed or reported since."""
        here = Asset.objects.filter(site_id=pen.site_id, given_up_at__isnull=True)
        made_here = here.in_bulk([row.subject_id for row in rows if row.subject_id])
        for row in rows:
            made = made_here.get(row.subject_id) if row.subject_id else None
            if made is None:
                continue
            if made.lines.exists() or made.faults.exists():
                row.kept_why = "已经报过修"
            elif made.seq != (row.meant or {}).get("seq"):
                row.kept_why = "后来改过"
            else:
                give_up_asset.within(pen, asset=made.id)
        ImportRow.objects.bulk_update(rows, ["kept_why"])

    def values(self, row: ImportRow) -> list[Value]:
        """What will be kept; later, its number."""
        if row.told is None:
            return [Value("编号", f"{row.number} 号")] if row.number else []
        told = self.kept(row.told)
        days = {name: day_said(getattr(told, name)) for name in ("bought", "warranty")}
        found = []
        for field in FIELDS:
            text = getattr(told, field.name)
            stored = str(days[field.name] or "") if field.name in days else text
            if text:
                found.append(Value(field.label, stored, "" if stored == text else text))
        return found

    def again(self, row: ImportRow) -> str:
        """Nothing is left to do."""
        return "这里早有这一台了。"

    def blank(self, acting: Acting) -> bytes:
        """A sheet with the headings alone."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "设备"
        for n, field in enumerate(FIELDS, start=1):
            cell = sheet.cell(1, n, field.label)
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(n)].width = 16
        sheet.freeze_panes = "A2"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """To print the labels."""
        hint = "看一遍，再打印标签贴上：扫一下就能报修。"
        return NextStep(reverse("duty:assets"), "去看设备", hint)


def _kept(pen: Pen, told: AssetLine, posts: Mapping[str, UUID], again: UUID | None) -> UUID:
    post = posts.get(told.place)
    return keep_asset.within(
        pen,
        name=told.name,
        post=post,
        place="" if post else told.place,
        notes=told.notes,
        supplier=told.supplier,
        contact=told.contact,
        kind=told.kind,
        bought_on=day_said(told.bought),
        warranty_until=day_said(told.warranty),
        number=told.figure,
        asset=again,
        revives=again is not None,
    )


ASSETS = AssetImporter()
