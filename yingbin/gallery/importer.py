"""The old register of a sales gallery as a kind of import (TQ-3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from yingbin.importing.declared import Importer, Met, Read, Value, Words
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.uploads import Setting
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages.phones import masked, shown
from yingbin.tables.grid import folded
from yingbin.tables.survey import Choices, Survey, hidden

from .actions import importing
from .actions.book import hand_out
from .forms.importing import RegisterForm
from .importing.columns import FIELDS
from .importing.lines import Options, Told, read_lines
from .importing.surveying import survey_of
from .queries import imports


class RegisterImporter(Importer[Told, list[importing.Ready]]):
    """来访客户登记表 of before, as workbook, text table or web page."""

    kind = "register"
    journal = "register"
    clause = "TQ-3"
    permission = "register.import"
    namespace = "gallery"
    fields = FIELDS
    form = RegisterForm
    person = "receiver"
    cells = (
        ("day", "日期", 14),
        ("time", "时间", 10),
        ("name", "姓名", 14),
        ("phone", "电话", 20),
        ("receiver", "接待人", 12),
        ("group_size", "人数", 7),
        ("first", "首访或复访", 10),
        ("source", "获知途径", 12),
        ("needs", "意向和需求", 20),
        ("note", "备注", 30),
    )
    words = Words(
        title="导入旧登记册",
        home="登记册",
        subject="客户",
        file_hint="收 .xlsx、.csv 和网页表格，最多 5 万行、20 MB。要有一行标题，写着姓名或电话，还有日期。",
        begin_hint="这一步什么都不收。先看每一列认成了什么，再看报告：哪些能收、并到谁、哪些不能收、为什么。"
        "您确认了才进登记册，进了还能整批撤销。",
        none_yet="纸质或 Excel 的旧登记册导入以后，老客户一来就认得出，不会当成新客户重新排。",
        fold="册子里没写年份或区号",
        give="按册子上的接待人认归属",
        give_hint="只给还没有接待人的客户；名字要正好是本案场在岗的一位置业顾问，或者上面指定了归谁",
        undone="它建的客户已经收回",
        report_hint="里面是完整号码，下载会记入带出记录。",
        undo_hint="这次收的登记立刻不再算数，它建的客户卡片收回。之后来访、来电、改过的客户会保留，并列在这一页。",
    )

    def survey(self, data: bytes, file_name: str, today: date) -> Survey:
        """Its sheets and columns."""
        return survey_of(data, file_name, today)

    def read(
        self,
        data: bytes,
        file_name: str,
        told: Mapping[str, Setting],
        choices: Choices,
        today: date,
    ) -> Read[Told]:
        """Every line, by the reader that `register read` calls too."""
        year = told.get("year")
        options = Options(str(told.get("area") or ""), int(year) if year else None, choices)
        return read_lines(data, file_name, options, today)

    def kept(self, told: Mapping[str, object]) -> Told:
        """A line as it was kept."""
        return Told.from_json(dict(told))

    def forecast(self, run: ImportRun) -> importing.Forecast:
        """Who is known, from the register and from the file's earlier lines."""
        return importing.Forecast(run.site_id)

    def prepare(
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> list[importing.Ready]:
        """Cards, salts and signers."""
        return importing.prepare(run, rows, at)

    def take(self, pen: Pen, run: ImportRun, prepared: list[importing.Ready]) -> None:
        """Cards, rows, words and one entry."""
        importing.take(pen, run, prepared)

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """Cards that nobody has used since."""
        importing.withdraw(pen, run, rows)

    def values(self, row: ImportRow) -> list[Value]:
        """What the register will say, beside the file's words where they differ."""
        told = Told.from_json(row.told or {})
        said: Mapping[str, str] = row.cells or {}
        words = told.words
        first = {True: "首访", False: "复访", None: ""}[words["first_visit"]]
        found = [
            _value("日期", f"{told.day}", said.get("day", "")),
            _value("时间", f"{told.clock:%H:%M}" if told.clock else "", said.get("time", "")),
            _value("姓名", "、".join(told.names), said.get("name", "")),
            _phones(told.phones, said.get("phone", "")),
            _value("人数", str(words["group_size"] or ""), said.get("group_size", "")),
            _value("首访或复访", first, said.get("first", "")),
            _value("接待人", told.receiver, said.get("receiver", "")),
            _note(words["note"], said.get("note", "")),
        ]
        return [one for one in found if one.stored or one.written]

    def again(self, row: ImportRow) -> str:
        """Where the same customer stands on the same day already."""
        if row.number:
            return f"登记册里已有：第 {row.number} 号，同一位客户、同一天。"
        return f"与第 {row.same_as} 行是同一位客户、同一天。" if row.same_as else ""

    def met(self, site_id: UUID, rows: Iterable[ImportRow]) -> Mapping[UUID, Met]:
        """The customers that lines are merged into."""
        return imports.met(site_id, rows)

    def colleagues(self, site_id: UUID, at: datetime) -> Mapping[str, UUID]:
        """The salespeople here now, each with a name of their own."""
        return imports.people_named(site_id, at).receiving

    def handed_out(self, acting: Acting, why: str, rows: int) -> None:
        """Lines of a register leave the house like the register itself."""
        hand_out(acting, why=why, form="sheet", since=None, until=None, rows=rows)


def _value(label: str, stored: str, written: str) -> Value:
    same = _bare(stored) == _bare(written)
    return Value(label, hidden(stored), "" if same else hidden(written))


def _note(stored: str, written: str) -> Value:
    """Whatever else is kept stands behind the note's own words."""
    return Value("备注", hidden(stored), "" if written in stored else hidden(written))


def _phones(numbers: Sequence[str], written: str) -> Value:
    same = _bare("".join(shown(n) for n in numbers)) == _bare(written)
    stored = "、".join(masked(n) for n in numbers)
    return Value("电话", stored, "" if same else hidden(written))


def _bare(text: str) -> str:
    """A text without what only parts or decorates it."""
    return "".join(c for c in folded(text).removeprefix("+86") if c.isalnum()).casefold()


REGISTER = RegisterImporter()
