"""A month's roster as a kind of import (SF-3.2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.urls import reverse

from yingbin.importing.declared import (
    Checked,
    ColumnTold,
    Met,
    NextStep,
    Read,
    SheetTold,
    Value,
    Words,
)
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.table import TableImporter
from yingbin.importing.uploads import Setting, UploadForm
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable
from yingbin.tables.survey import Choices, Survey, missing

from .lines import FIELDS, RosterLine, SheetView, read_sheet
from .months import days_above, month_said
from .taking import REST_IF_BLANK, RosterForecast, take, withdraw

_NO_MONTH = (
    "看不出是哪个月的排班：表头只写了几号。请重新上传，并填上月份，或在标题里写“2026年12月”。"
)


class RosterFileForm(UploadForm):
    """An uploaded roster; which month bare numbers mean, and what a blank cell means."""

    month = forms.DateField(
        label="哪个月",
        required=False,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text="表头只写 1、2、3，标题里也没有年月的时候填",
        error_messages={"invalid": "月份写成 2026-12 这样。"},
    )
    blank = forms.ChoiceField(
        label="空着的格子",
        required=False,
        choices=[("keep", "不动原来排的"), (REST_IF_BLANK, "当作休")],
    )

    def told(self) -> Mapping[str, Setting]:
        """The month and what blank cells mean."""
        month = self.cleaned_data["month"]
        return {
            "month": f"{month:%Y-%m}" if month else "",
            "blank": self.cleaned_data["blank"] or "keep",
        }


class RosterImporter(TableImporter[RosterLine]):
    """A roster: names down, days across; taken in as drafts that somebody looks at and publishes."""

    kind, journal, clause = "roster", "roster", "SF-3.2"
    permission, namespace, form = "duty.plan", "duty", RosterFileForm
    fields = FIELDS
    cells = (("name", "姓名", 12), ("post", "岗位", 12), ("days", "排的班", 60))
    most, too_many = 300, "一次最多 300 人。请分成几个表格上传。"
    size, too_big = 4 * 1024 * 1024, "文件超过 4 MB。请去掉图片和别的工作表再上传。"
    words = Words(
        title="用表格导入排班",
        home="排班草稿",
        subject="同事",
        file_hint="收 .xlsx 和 .csv：一行一个人，日期横着排，格子里写早、晚、休等代号。上面有标题、合并单元格都可以。",
        begin_hint="这一步什么都不改。先看每一列认成了什么，再看报告：谁改了哪几天，哪一格读不懂。收进来是草稿，发布后大家才看到，没发布前可以整批撤销。",
        none_yet="已经用 Excel 排好的，直接导进来，不用一格一格再填。",
        fold="没写月份，或空格子要当休",
        undo_hint="这次写的草稿恢复成原来的样子。后来又改过的、已经发布的不动，并列在这一页。",
        undone="草稿已恢复成原来的样子",
        again="没有改动",
    )

    def line(self, texts: Mapping[str, str]) -> RosterLine:
        """A line without days: those stand in columns of their own."""
        return RosterLine(texts["name"], texts["post"])

    def survey(self, data: bytes, file_name: str, today: date) -> Survey:
        """Its sheets: columns under a day are days."""
        views = [SheetView(n, s) for n, s in enumerate(self._sheets(data, file_name))]
        ready = [v for v in views if v.may_be_read]
        if not ready:
            words = "没有找到写着日期的一行。要有一行横着写 1、2、3……或日期，左边一列是姓名。"
            raise Unreadable(words)
        whole = [v for v in ready if not missing(v.seen(True).columns, self.fields)] or ready[:1]
        lines = sum(max(len(v.top) - v.line, 0) for v in whole)
        return Survey(tuple(v.seen(v in whole) for v in views), lines)

    def read(
        self,
        data: bytes,
        file_name: str,
        told: Mapping[str, Setting],
        choices: Choices,
        today: date,
    ) -> Read[RosterLine]:
        """Every person's line, each mark under its day."""
        lines: list[Checked[RosterLine]] = []
        sheets: list[SheetTold] = []
        columns: list[ColumnTold] = []
        asked = month_said([str(told.get("month") or "")])
        try:
            for view in [SheetView(n, s) for n, s in enumerate(self._sheets(data, file_name))]:
                choice = choices.sheets.get(view.number)
                taken = choice is not None and choice.taken
                sheets.append(
                    {"sheet": view.sheet.name, "taken": taken, "why": None if taken else "没有选。"}
                )
                if choice and taken:
                    month = asked or view.month or month_said([file_name])
                    self._check_month(view, month)
                    lines += read_sheet(view, choice, month, columns)
        except Unreadable as no:
            raise Refused(self.clause, no.message) from None
        if len(lines) > self.most:
            raise Refused(self.clause, self.too_many)
        return Read(lines, sheets, columns)

    def _check_month(self, view: SheetView, month: date | None) -> None:
        bare = view.head and any(m is None for _, m, _ in days_above(view.head).values())
        if bare and month is None:
            raise Refused(self.clause, _NO_MONTH)

    def kept(self, told: Mapping[str, object]) -> RosterLine:
        """A line as it was kept."""
        return RosterLine.of(told)

    def forecast(self, run: ImportRun) -> RosterForecast:
        """What the lines mean at this site."""
        return RosterForecast(run)

    def prepare(
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> Sequence[ImportRow]:
        """Nothing: what decides is read under the lock."""
        return rows

    def take(self, pen: Pen, run: ImportRun, prepared: Sequence[ImportRow]) -> None:
        """Drafts."""
        take(pen, run, prepared)

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """What stood there before."""
        withdraw(pen, run, rows)

    def values(self, row: ImportRow) -> list[Value]:
        """The days a line says; how many it changed, once it is taken."""
        if row.meant:
            return [Value("改了", f"{len(row.meant['cells'])} 天")]
        told = RosterLine.of(row.told or {"name": "", "post": "", "days": {}})
        said = " ".join(f"{day.month}/{day.day}{mark}" for day, mark in told.days.items() if mark)
        return [Value("姓名", told.name), Value("排的班", said)]

    def again(self, row: ImportRow) -> str:
        """Nothing is left to do."""
        return "和现在排的一样。"

    def met(self, site_id: UUID, rows: Iterable[ImportRow]) -> Mapping[UUID, Met]:
        """The colleagues that lines are about."""
        found = {row.subject_id for row in rows if row.subject_id}
        return {UUID(who): Met(name) for who, name in names_of(found).items()}

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """To look at the drafts and publish them."""
        hint = "收进来的是草稿，看一遍再发布。"
        return NextStep(reverse("duty:roster"), "去看排班", hint)


ROSTER = RosterImporter()
