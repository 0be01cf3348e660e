"""A price list out of the office's own sheet as a kind of import: the whole list, which becomes its next version (SD-4.2.3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import forms
from django.urls import reverse
from django.utils import timezone

from yingbin.importing.declared import NextStep, Value, Words
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.table import TableImporter
from yingbin.importing.uploads import Setting, UploadForm
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages.forms import date_box
from yingbin.people.calendar import ZONE
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook
from yingbin.tables.survey import Field

from ..actions.prices import MOST_ITEMS, set_prices
from ..models import PriceList
from ..price_sheet import PRICES, price_lines
from ..prices import CLAUSE, MOST, Priced, priced
from ..queries.paid import known, prices_at
from ..templatetags.money import yuan

FIELDS = (
    Field("name", "名称", needed="name", words=("项目", "项目名称", "服务项目", "服务内容", "维修项目", "品名")),
    Field("code", "编号", needed="code", words=("项目编号", "编码", "代码", "序号")),
    Field("unit", "单位", words=("计量单位", "计价单位")),
    Field("labour", "人工", needed="price", words=("人工费", "服务费", "工费", "上门费", "人工（元）")),
    Field("material", "材料", words=("材料费", "配件费", "耗材", "材料（元）")),
    Field("price", "单价", needed="price", words=("价格", "收费标准", "金额", "价格（元）", "单价（元）")),
)  # fmt: skip
LONGEST = {"name": 40, "code": 12, "unit": 10}
_LABELS = {field.name: field.label for field in FIELDS}
_MONEY = re.compile(r"^(?:¥|￥|RMB)?\s*(-?[\d,]+(?:\.\d+)?)\s*(?:元)?$", re.IGNORECASE)
Fault = tuple[str, str, str]


@dataclass(frozen=True)
class PriceLine:
    """What a line says: texts as they stand there."""

    name: str
    code: str = ""
    unit: str = ""
    labour: str = ""
    material: str = ""
    price: str = ""
    mark = ""  # no customer stands in it

    def to_json(self) -> dict[str, object]:
        """For keeping between reading and taking in."""
        return asdict(self)

    @classmethod
    def of(cls, texts: Mapping[str, object]) -> "PriceLine":
        """From its cells, or as it was kept."""
        return cls(
            **{name: str(texts.get(name) or "").strip() for name in cls.__dataclass_fields__}
        )

    @property
    def item(self) -> Priced:
        """The item of the list, of a line without a fault."""
        labour, material = fen(self.labour) or 0, fen(self.material) or 0
        if self.price and not self.labour:
            labour = (fen(self.price) or 0) - material
        return Priced(self.code, self.name, self.unit or "次", labour, material)

    def faults(self) -> Iterator[Fault]:
        """All that is wrong with it."""
        for name in ("name", "code"):
            if not getattr(self, name):
                yield _LABELS[name], "", f"没有写{_LABELS[name]}。"
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                yield _LABELS[name], getattr(self, name)[:20], f"最多写 {most} 个字。"
        unread = [one for one in ("labour", "material", "price") if getattr(self, one) and fen(getattr(self, one)) is None]  # fmt: skip
        for name in unread:
            yield _LABELS[name], getattr(self, name)[:20], "要写金额，例如 80 或 99.50。"
        if not unread:
            yield from self._about_its_price()

    def _about_its_price(self) -> Iterator[Fault]:
        if not (self.labour or self.price):
            yield "人工", "", "没有写价格；不收钱的写 0。"
        item = self.item
        if self.labour and self.price and item.price != fen(self.price):
            yield "单价", self.price[:20], "和人工加材料对不上，请核对。"
        elif item.labour < 0 or item.material < 0 or item.price > MOST:
            yield "单价", self.price[:20], "要在 0 到 99,999.99 元之间。"


def fen(text: str) -> int | None:
    """An amount as people write it in a cell: 80, ¥1,280.00, 99.5元; None for what is none."""
    found = _MONEY.match(text.strip())
    try:
        value = Decimal(found[1].replace(",", "")) * 100 if found else None
    except InvalidOperation:
        return None
    return int(value) if value is not None and value == value.to_integral_value() else None


class PriceUploadForm(UploadForm):
    """A file, and from which day its prices hold."""

    valid_from = forms.DateField(
        label="从哪天起", widget=date_box(), initial=timezone.localdate, help_text="以前报的价不变。",
        error_messages={"required": "请填从哪天起用这些价格。", "invalid": "请填日期，例如 2026-12-31。"},
    )  # fmt: skip

    def told(self) -> Mapping[str, Setting]:
        """The day, for the time in which the lines are taken in."""
        return {"valid_from": self.cleaned_data["valid_from"].isoformat()}


class PriceForecast:
    """What becomes of each line, against the list that holds and the file's earlier lines."""

    def __init__(self, run: ImportRun, at: datetime, before: set[str]) -> None:
        self.held = known(prices_at(run.site_id, at))
        self.seen = before

    def look_up(self, told: Sequence[PriceLine]) -> None:
        """Nothing more: the list is one row."""

    def judge(self, row: ImportRow, told: PriceLine) -> None:
        """New, another price or name, as it is, or refused with every reason at once."""
        faults = list(told.faults())
        if told.code and told.code in self.seen:
            faults.append(("编号", told.code[:20], "表里前面已经有这个编号，请换一个。"))
        self.seen.add(told.code)
        row.faults = [list(fault) for fault in faults]
        there = self.held.get(told.code)
        if faults:
            row.verdict = ImportRow.Verdict.REFUSED
        elif there is None:
            row.verdict = ImportRow.Verdict.NEW
        elif there == told.item:
            row.verdict = ImportRow.Verdict.AGAIN
        else:
            row.verdict = ImportRow.Verdict.KNOWN
            row.meant = {"was": asdict(there)}


class PriceImporter(TableImporter[PriceLine]):
    """The whole list, in one write; what the file doesn't have the new version doesn't have either."""

    kind, journal, clause = "prices", "prices", CLAUSE
    permission, namespace, form = "desk.supervise", "desk:price_import", PriceUploadForm
    fields = FIELDS
    cells = tuple((field.name, field.label, 14) for field in FIELDS)
    chunk = most = MOST_ITEMS
    too_many = f"一份价目最多 {MOST_ITEMS} 项。"
    size, too_big = 4 * 1024 * 1024, "文件超过 4 MB。请去掉图片和别的工作表再上传。"
    words = Words(
        title="用表格出新一版价目",
        home="价目",
        subject="项目",
        file_hint="收 .xlsx 和 .csv：一行一项，有一行标题写着「名称」「编号」和「人工」或「单价」。"
        "把现在的价目下载下来，改好再传上来最省事。",
        begin_hint="这一步什么都不改。先看报告：哪些是新的、哪些改了价、哪一格读不懂。确认了才存成新的一版；表里没有的项目，新的一版里就没有。",
        none_yet="现在的价目可以先下载 Excel，改好再传上来。",
        fold="什么时候起用",
        undo_hint="用上一版的内容再出一版。之后又出过新版的不动。",
        undone="已经按上一版的内容另出一版",
        known="改了的",
        again="没有变",
        blank="下载现在的价目",
    )

    def line(self, texts: Mapping[str, str]) -> PriceLine:
        """The texts as they stand there."""
        return PriceLine.of(texts)

    def kept(self, told: Mapping[str, object]) -> PriceLine:
        """A line as it was kept."""
        return PriceLine.of(told)

    def forecast(self, run: ImportRun) -> PriceForecast:
        """Against the list that holds, and the lines that were read before these."""
        before = ImportRow.objects.filter(of=run, told__isnull=False)
        return PriceForecast(run, run.uploaded_at, set(before.values_list("told__code", flat=True)))

    def prepare(
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> Sequence[ImportRow]:
        """Nothing: what decides is read under the lock."""
        return rows

    def take(self, pen: Pen, run: ImportRun, prepared: Sequence[ImportRow]) -> None:
        """All good lines are the next version."""
        forecast, items = PriceForecast(run, pen.at, set()), []
        for row in prepared:
            told = self.kept(row.told or {})
            row.meant = None
            forecast.judge(row, told)
            if row.verdict != ImportRow.Verdict.REFUSED:
                items.append(told.item)
                row.meant = {**(row.meant or {}), "item": asdict(told.item)}
            row.told = row.cells = None
        if items:
            day = date.fromisoformat(str(run.options["valid_from"]))
            done = set_prices.within(pen, items=tuple(items), valid_from=day)
            for row in prepared:
                row.number = done.version
        ImportRow.objects.bulk_update(
            prepared, ["verdict", "faults", "meant", "number", "told", "cells"]
        )

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """What held before is the next version, unless another one came since."""
        made = next((row.number for row in rows if row.number), None)
        lists = list(PriceList.objects.filter(site_id=pen.site_id).order_by("-version")[:2])
        if made is None:
            return
        if lists[0].version != made:
            _keep(rows, "后来又出过新的一版")
        elif len(lists) < 2:
            _keep(rows, "这是第一版，前面没有价目可以回")
        else:
            today = pen.at.astimezone(ZONE).date()
            set_prices.within(pen, items=priced(lists[1].items), valid_from=today)

    def values(self, row: ImportRow) -> list[Value]:
        """The item as it will stand in the list; what another price was before."""
        meant = row.meant or {}
        if row.told is None and "item" not in meant:
            return []
        item = self.kept(row.told).item if row.told else next(iter(priced([meant["item"]])))
        was = next(iter(priced([meant["was"]])), None) if "was" in meant else None
        found = [Value("编号", item.code), Value("名称", item.name)]
        for label, now, before in (
            ("人工", item.labour, was.labour if was else item.labour),
            ("材料", item.material, was.material if was else item.material),
        ):
            note = f"，原来 {yuan(before)}" if before != now else ""
            found.append(Value(label, f"{yuan(now)} 元{note}"))
        return [*found, Value("单位", item.unit)]

    def again(self, row: ImportRow) -> str:
        """It stands in the next version as it is."""
        return "和现在一样，照旧写进新的一版。"

    def notes(self, run: ImportRun) -> Sequence[str]:
        """What the list has now and the file hasn't."""
        read = ImportRow.objects.filter(of=run).exclude(verdict=ImportRow.Verdict.REFUSED)
        told = set(read.values_list("told__code", flat=True))
        held = known(prices_at(run.site_id, run.uploaded_at))
        gone = [f"{one.code} {one.name}" for code, one in held.items() if code not in told]
        more = f"等 {len(gone)} 项" if len(gone) > 10 else ""
        found = [f"表里没有、新的一版里也就没有的：{'、'.join(gone[:10])}{more}。"] if gone else []
        refused = ImportRow.objects.filter(of=run, verdict=ImportRow.Verdict.REFUSED).count()
        if refused:
            found.append(f"有 {refused} 行不能收：只收好的行，新的一版里就没有它们。")
        return found

    def blank(self, acting: Acting) -> bytes:
        """The list that holds, to be changed; its headings alone where there is none."""
        held = prices_at(acting.site_id, acting.at)
        return workbook(laid_out(PRICES, price_lines(held) if held else [], "workbook"), "价目")

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """To look at the version."""
        return NextStep(reverse("desk:prices"), "去看价目", "新的一版已经存好，以前报的价不变。")


def _keep(rows: Sequence[ImportRow], why: str) -> None:
    for row in rows:
        row.kept_why = why if row.number else ""
    ImportRow.objects.bulk_update(rows, ["kept_why"])


PRICES_IMPORT = PriceImporter()
