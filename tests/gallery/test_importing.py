"""An old register brought in: what is read, merged and refused, all or nothing, and undone (TQ-3)."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import HEAD, text_table, workbook
from yingbin.customers.actions import assign_receiver, edit
from yingbin.customers.models import Customer, ReceiverOfRecord
from yingbin.customers.queries import find, receiver_of_record
from yingbin.gallery.actions.importing import taking
from yingbin.gallery.importer import REGISTER, RegisterImporter
from yingbin.gallery.importing import wishes
from yingbin.gallery.importing.counts import first_of, people_of
from yingbin.gallery.importing.dates import day_cell
from yingbin.gallery.importing.days import Around, Day, settled
from yingbin.gallery.importing.lines import Options, Told, read_lines
from yingbin.gallery.importing.phones import Phones, phones_of
from yingbin.gallery.importing.who import names_of
from yingbin.gallery.models import RegisterEntry, RegisterWords
from yingbin.gallery.queries import register as registers
from yingbin.gallery.queries.book import live_entries
from yingbin.gallery.queries.imports import commitment
from yingbin.importing import actions, queries, ticks
from yingbin.importing.actions import chunks, reading
from yingbin.importing.declared import Checked
from yingbin.importing.models import ImportFile, ImportRow, ImportRun
from yingbin.journal.action import Acting
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused
from yingbin.tables import Cell, Unreadable
from yingbin.tables.grid import plain, shown
from yingbin.tables.survey import Choices, proposed

TODAY = date(2026, 11, 21)
OPTIONS = Options()


# Cells


def cell(value: Any) -> Cell:
    """A cell as the reader of sheets gives it."""
    return Cell(value, plain(value) if isinstance(value, str) else shown(value))


def numbers_in(value: Any, area: str = "") -> Phones:
    """What a cell of phones says."""
    return phones_of(cell(value), area=area)


def day_in(value: Any, year: int | None = None) -> Day:
    """A day that stands alone in its column."""
    around = Around(TODAY, replace(Around(TODAY).title, year=year))
    return settled({2: day_cell(cell(value))}, around)[2]


ZHANG, LI = "+8613812341234", "+8613912345678"


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("13812341234", [ZHANG]),
        ("138 1234 1234", [ZHANG]),
        ("138-1234-1234", [ZHANG]),
        ("+86 138 1234 1234", [ZHANG]),
        ("86-13812341234", [ZHANG]),
        ("0086 13812341234", [ZHANG]),
        ("１３８１２３４１２３４", [ZHANG]),
        ("手机：13812341234", [ZHANG]),
        (13812341234, [ZHANG]),
        (13812341234.0, [ZHANG]),
        ("1.3812341234E+10", [ZHANG]),
        ("13812341234/13912345678", [ZHANG, LI]),
        ("13812341234 13912345678", [ZHANG, LI]),
        ("13812341234、13912345678", [ZHANG, LI]),
        ("1381234123413912345678", [ZHANG, LI]),
        ("13812341234(妻13912345678)", [ZHANG, LI]),
        ("13812341234 13812341234", [ZHANG]),
        ("0755-8888 6666", ["+8675588886666"]),
        ("(0755)88886666转801", ["+8675588886666"]),
        ("021 5234 5678-801", ["+862152345678"]),
        ("021-52345678-801", ["+862152345678"]),
        ("+852 9123 4567", ["+85291234567"]),
        ("", []),
        ("无", []),
        ("未留", []),
        ("—", []),
    ],
)
def test_numbers_are_read_however_they_are_written(written: Any, numbers: list[str]) -> None:
    assert numbers_in(written).numbers == numbers


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1381234123", "少一位"),
        ("138123412345", "多一位"),
        ("88886666", "区号"),
        ("1.38E10", "科学计数"),
        ("1.38123E+10", "科学计数"),
        ("138****1234", "隐去"),
        ("12345678901", "号段"),
    ],
)
def test_a_number_that_is_wrong_says_why(written: str, why: str) -> None:
    found = numbers_in(written)
    assert not found.numbers
    assert why in found.told[0]


def test_a_landline_without_its_area_gets_the_one_that_was_chosen() -> None:
    assert numbers_in("8888 6666", "0755").numbers == ["+8675588886666"]


MARCH_8 = date(2025, 3, 8)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-08", MARCH_8),
        ("2025.3.8", MARCH_8),
        ("2025/3/8 0:00:00", MARCH_8),
        ("25/3/8", MARCH_8),
        ("25.3.8", MARCH_8),
        ("2025年3月8日", MARCH_8),
        ("2025年3月8日（星期六）", MARCH_8),
        ("２０２５年３月８日", MARCH_8),
        ("20250308", MARCH_8),
        ("250308", MARCH_8),
        ("45724", MARCH_8),
        (45724, MARCH_8),
        (45724.5, MARCH_8),
        ("3/8/2025", MARCH_8),
        ("25/12/2024", date(2024, 12, 25)),
        ("二〇二五年三月十八日", date(2025, 3, 18)),
        ("3月8日", date(2026, 3, 8)),
        ("12月30日", date(2025, 12, 30)),
        ("3.8", date(2026, 3, 8)),
    ],
)
def test_days_are_read_however_they_are_written(written: Any, day: date) -> None:
    found = day_in(written)
    assert (found.day, found.fault) == (day, "")


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "没有来访日期"),
        ("上周六", "看不懂"),
        ("2025.13.32", "这一天"),
        ("2025-02-30", "这一天"),
        ("2027-01-01", "还没有到"),
        ("1925-01-01", "太早"),
    ],
)
def test_a_day_that_is_wrong_says_why(written: str, why: str) -> None:
    assert why in day_in(written).fault


def test_a_day_without_its_year_takes_the_chosen_one_and_says_so() -> None:
    found = day_in("3月8日 下午3点半", 2025)
    assert found.day == MARCH_8
    assert str(found.at) == "15:30:00"
    assert "2025" in found.told[0]


@given(st.text(max_size=60) | st.from_regex(r"[0-9.+eE/年月日十 \-*转()]{0,30}", fullmatch=True))
@settings(max_examples=400)
def test_no_cell_makes_reading_fail(text: str) -> None:
    for found in numbers_in(text, "0755").numbers:
        assert found.startswith("+")
    told = day_in(text)
    assert bool(told.day) != bool(told.fault)
    people_of(cell(text))
    first_of(cell(text), "首访/复访")
    names_of(cell(text))
    for wish in (wishes.mixed, wishes.area, wishes.budget, wishes.rooms, wishes.floor_wish):
        wish(text)


@given(st.integers() | st.floats() | st.dates() | st.datetimes() | st.times() | st.none())
@settings(max_examples=200)
def test_no_typed_cell_makes_reading_fail(value: Any) -> None:
    numbers_in(value)
    day_in(value)


def test_wishes_become_fields_where_they_can() -> None:
    told = wishes.mixed("三房 90-110平 总价200~250万 改善")
    assert told == {
        "rooms": "3",
        "purpose": "better",
        "area_min": 90,
        "area_max": 110,
        "budget_min": 200,
        "budget_max": 250,
    }
    assert wishes.source("老带新") == "owner"
    assert wishes.source("抖音") == "抖音"


# Files


def read(data: bytes, name: str = "册.xlsx", options: Options = OPTIONS) -> list[Checked[Told]]:
    return read_lines(data, name, options, TODAY).lines


ROW = [1, "2025-03-08", "张伟", "13812341234", "2", "路过", "三房", "林悦", "喜欢高层"]


@pytest.mark.clause("TQ-3")
def test_the_heading_is_found_under_a_title_and_by_other_words() -> None:
    data = workbook(
        [["2025.3.8", "张伟", "13812341234", "林悦"]],
        head=["来访日期", "客户", "联系方式", "置业顾问"],
        above=[["湖畔雅居来访登记册"], [], ["制表：案场"]],
    )
    (one,) = read(data)
    assert one.line == 5
    assert one.told is not None
    assert (one.told.names, one.told.phones, one.told.receiver) == (("张伟",), (ZHANG,), "林悦")


@pytest.mark.clause("TQ-3")
def test_merged_cells_count_for_every_row_they_cover() -> None:
    rows = [
        ["2025-03-08", "张伟", "13812341234", "林悦"],
        [None, "李娜", "13912345678", None],
        ["2025-03-09", "王芳", "13712345678", "周航"],
    ]
    data = workbook(rows, head=["日期", "姓名", "电话", "接待人"], merged=["A2:A3", "D2:D3"])
    told = [one.told for one in read(data)]
    assert [t.day.day for t in told if t] == [8, 8, 9]
    assert [t.receiver for t in told if t] == ["林悦", "林悦", "周航"]
    assert not read(data)[1].warnings


@pytest.mark.clause("TQ-3")
def test_a_blank_day_is_that_of_the_row_above_and_says_so() -> None:
    rows = [["2025-03-08", "张伟", "13812341234"], ["", "李娜", "13912345678"]]
    second = read(workbook(rows, head=["日期", "姓名", "电话"]))[1]
    assert second.told is not None
    assert second.told.day == MARCH_8
    assert "上面第 2 行" in second.warnings[0]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_the_usual_encodings(code: str) -> None:
    (one,) = read(text_table([ROW], code=code), "册.csv")
    assert one.told is not None
    assert one.told.words["name"] == "张伟"


def test_blank_lines_sums_and_repeated_headings_are_passed_over() -> None:
    rows = [ROW, [], HEAD, ["", "", "合计", "", "31"], [*ROW[:3], "13912345678", *ROW[4:]]]
    found = [(one.line, one.skipped) for one in read(workbook(rows))]
    assert found == [(2, False), (4, True), (5, True), (6, False)]


def test_every_sheet_of_a_workbook_is_read() -> None:
    book = Workbook()
    for month in (3, 4):
        sheet = book.create_sheet(f"2025年{month}月")
        sheet.append(["日期", "姓名", "电话"])
        sheet.append([f"{month}月8日", "张伟", f"1381234123{month}"])
    out = io.BytesIO()
    book.save(out)
    told = [(one.sheet, one.told.day) for one in read(out.getvalue()) if one.told]
    assert told == [("2025年3月", date(2025, 3, 8)), ("2025年4月", date(2025, 4, 8))]


def test_the_bar_knows_how_many_rows_to_expect() -> None:
    book = workbook([ROW] * 300, above=[["登记册"]])
    assert REGISTER.survey(book, "a.xlsx", TODAY).lines == 300
    assert REGISTER.survey(text_table([ROW] * 300), "a.csv", TODAY).lines == 300


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "空的"),
        (b"x" * (21 * 1024 * 1024), "a.csv", "20 MB"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "a.xls", "另存为"),
        (b"PK\x03\x04 no archive", "a.xlsx", "打不开"),
        (zipped("xl/x.xml", b"0" * (260 * 1024 * 1024)), "a.xlsx", "展开后太大"),
        (zipped("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>'), "a.xlsx", "打不开"),
        (zipped("hello.txt", b"hello"), "a.xlsx", "打不开"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "a.png", "图片"),
        ("随便写的\n什么都不是".encode(), "a.csv", "标题行"),
    ],
    ids=["empty", "big", "old", "broken", "bomb", "entities", "no book", "picture", "no heading"],
)
def test_a_file_that_is_no_register_is_refused_in_words(data: bytes, name: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        REGISTER.survey(data, name, TODAY)


def test_more_rows_than_allowed_are_refused() -> None:
    rows = [["2025-03-08", f"客户{n}", ""] for n in range(50_001)]
    data = text_table(rows, head=["日期", "姓名", "电话"])
    with pytest.raises(Refused, match="50000 行"):
        read(data, "a.csv")


# From file to register


class Office:
    """The manager brings an old register in."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery

    def upload(self, rows: Sequence[Sequence[Any]], **more: Any) -> ImportRun:
        run = self.sent(workbook(rows, **more))
        self.settle(run)
        self.work()
        run.refresh_from_db()
        return run

    def sent(self, data: bytes, name: str = "旧册.xlsx") -> ImportRun:
        """A file that nobody has said anything of yet."""
        run_id = actions.upload(
            self.acting(),
            kind="register",
            file_name=name,
            data=data,
            survey=REGISTER.survey(data, name, TODAY),
        )
        return ImportRun.objects.get(id=run_id)

    def settle(self, run: ImportRun, choices: Choices | None = None) -> None:
        """Every column as proposed, or as chosen."""
        chosen = choices or proposed(queries.survey_of(run))
        actions.settle_columns(self.acting(), run_id=run.id, choices=chosen)

    def acting(self, by: str = "郑岚") -> Acting:
        """Somebody at this site, a second later."""
        gallery = self.gallery
        gallery.later(1 / 60)
        return Acting(gallery.site, f"t{next(gallery.keys)}", gallery.id(by), gallery.now)

    def work(self) -> None:
        while ticks.tick(self.gallery.now):
            pass

    def apply(self, one: ImportRun, *, whole: bool = False, receivers: bool = False) -> None:
        actions.apply_import(self.acting(), run_id=one.id, whole=whole, receivers=receivers)
        self.work()
        one.refresh_from_db()

    def bring(self, rows: Sequence[Sequence[Any]], **more: Any) -> ImportRun:
        one = self.upload(rows)
        self.apply(one, **more)
        return one

    def undo(self, one: ImportRun) -> None:
        actions.undo_import(self.acting(), run_id=one.id, why="导错了项目")
        self.work()
        one.refresh_from_db()

    def verdicts(self, one: ImportRun) -> list[str]:
        return list(
            ImportRow.objects.filter(of=one).order_by("n").values_list("verdict", flat=True)
        )


@pytest.fixture
def office(hall: Gallery) -> Office:
    return Office(hall)


def row(day: str, name: str, phone: str, receiver: str = "林悦", note: str = "") -> list[Any]:
    return ["", day, name, phone, "2", "路过", "三房", receiver, note]


GOOD = [row("2025-03-08", "张伟", "138 1234 1234"), row("2025-03-08", "李女士", "13912345678")]
MESSY = [
    *GOOD,
    row("2025-03-15", "张伟", "+86 13812341234"),  # comes again
    row("2025-03-08", "张伟", "13812341234"),  # stands there twice
    row("2025-02-30", "王芳", "13712345678"),  # no such day
    row("2025-03-09", "", ""),  # nobody
    row("2025-03-10", "", "13612345678"),  # only a number
    row("2025-03-10", "赵六", ""),  # only a name
]


@pytest.mark.clause("TQ-3")
def test_the_report_comes_before_anything_is_taken(office: Office) -> None:
    one = office.upload(MESSY)
    assert one.state == "read"
    assert office.verdicts(one) == [
        "new", "new", "known", "again", "refused", "refused", "new", "new",
    ]  # fmt: skip
    assert not RegisterEntry.objects.exists()
    assert not ImportFile.objects.exists()
    bad = ImportRow.objects.filter(of=one, verdict="refused").order_by("n")
    assert bad[0].faults == [["日期", "2025-02-30", "没有「2025/02/30」这一天，请核对年月日。"]]
    assert bad[0].line == 6
    assert queries.counts(one) == queries.Counts(
        new=4, known=1, again=1, refused=2, skipped=0, warned=1, kept=0
    )


@pytest.mark.clause("TQ-3")
def test_the_good_rows_become_register_rows_and_customers(office: Office) -> None:
    one = office.bring(MESSY)
    assert one.state == "applied"
    rows = list(live_entries(office.gallery.site).order_by("number").select_related("written"))
    assert [r.number for r in rows] == [1, 2, 3, 4, 5]
    assert {(r.hand, r.signed) for r in rows} == {("imported", "paper")}
    assert rows[0].signed_by == office.gallery.id("林悦")
    assert (rows[0].written.words or {})["receiver"] == "林悦"
    assert rows[0].customer_id == rows[2].customer_id
    assert Customer.objects.count() == 4
    (found,) = find(office.gallery.site, "5678 李")
    assert (found.name, found.title) == ("李", "女士")
    assert not ImportRow.objects.filter(of=one, number__isnull=False, told__isnull=False).exists()


@pytest.mark.clause("TQ-3")
def test_all_or_nothing_takes_nothing_while_a_row_is_refused(office: Office) -> None:
    one = office.upload(MESSY)
    with pytest.raises(Refused, match="有 2 行不能收，所以一行都没有收"):
        office.apply(one, whole=True)
    office.work()
    assert not RegisterEntry.objects.exists()
    good = office.bring(GOOD, whole=True)
    assert good.state == "applied"
    assert RegisterEntry.objects.count() == 2


@pytest.mark.clause("TQ-3", "TQ-8")
def test_somebody_known_is_not_registered_again(office: Office) -> None:
    hall = office.gallery
    visit = hall.arrive(name="张伟", phone="13812341234")
    office.bring(GOOD)
    visit.refresh_from_db()
    assert RegisterEntry.objects.get(number=1).customer_id == visit.customer_id
    assert Customer.objects.count() == 2


@pytest.mark.clause("TQ-3")
def test_the_same_file_twice_adds_nothing(office: Office) -> None:
    office.bring(GOOD)
    again = office.upload(GOOD)
    assert office.verdicts(again) == ["again", "again"]
    with pytest.raises(Refused, match="没有可以收的行"):
        office.apply(again)


@pytest.mark.clause("TQ-3")
def test_two_files_read_before_either_is_taken_still_add_nothing_twice(office: Office) -> None:
    first, second = office.upload(GOOD), office.upload(GOOD)
    office.apply(first)
    office.apply(second)
    assert office.verdicts(second) == ["again", "again"]
    assert RegisterEntry.objects.count() == 2


@pytest.mark.clause("TQ-8")
def test_receivers_become_those_of_record_only_where_nobody_is(office: Office) -> None:
    hall = office.gallery
    known = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(known)
    known.refresh_from_db()
    assert known.customer_id is not None
    theirs = receiver_of_record(hall.site, known.customer_id)
    rows = [
        row("2025-03-08", "张伟", "13812341234", "周航"),
        row("2025-03-08", "李娜", "13912345678", "周航"),
        row("2025-03-08", "王芳", "13712345678", "早已离开的人"),
    ]
    office.bring(rows, receivers=True)
    by_name = {f.name: f.receiver_id for t in ("张伟", "李娜", "王芳") for f in find(hall.site, t)}
    assert by_name == {"张伟": theirs, "李娜": hall.id("周航"), "王芳": None}


@pytest.mark.clause("TQ-3")
def test_each_chunk_is_one_entry_that_commits_to_its_rows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RegisterImporter, "chunk", 3)
    office.bring([row("2025-03-08", f"客户{n}", f"138123400{n:02d}") for n in range(7)])
    told = Entry.objects.filter(kind="register.imported").order_by("seq")
    assert [e.body["rows"] for e in told] == [3, 3, 1]
    for entry in told:
        rows = list(RegisterEntry.objects.filter(seq=entry.seq).order_by("number"))
        assert entry.body["commitment"] == commitment(rows)
        rows[0].digest = "sha256:" + "0" * 64
        assert entry.body["commitment"] != commitment(rows)
    assert "客户" not in str([e.body for e in Entry.objects.all()])


@pytest.mark.clause("TQ-3")
def test_an_undone_import_is_nowhere_any_more(office: Office) -> None:
    hall = office.gallery
    one = office.bring(MESSY, receivers=True)
    assert find(hall.site, "1234")
    office.undo(one)
    assert one.state == "undone"
    assert not live_entries(hall.site).exists()
    assert RegisterEntry.objects.count() == 5  # signed rows never go
    assert not find(hall.site, "1234")
    assert not find(hall.site, "张伟")
    assert Customer.objects.filter(erased_at__isnull=True).count() == 0
    assert office.verdicts(office.upload(GOOD)) == ["new", "new"]


@pytest.mark.clause("TQ-3")
def test_an_undo_gives_known_customers_back_as_they_were(office: Office) -> None:
    hall = office.gallery
    visit = hall.arrive(name="张伟", phone="13812341234")
    nobody = {"staff_id": None, "reason": "先空着"}
    hall.do(assign_receiver, "郑岚", customer_id=visit.customer_id, **nobody)
    one = office.bring(GOOD, receivers=True)
    assert visit.customer_id is not None
    assert receiver_of_record(hall.site, visit.customer_id) == hall.id("林悦")
    office.undo(one)
    assert receiver_of_record(hall.site, visit.customer_id) is None
    assert [f.name for f in find(hall.site, "1234")] == ["张伟"]


@pytest.mark.clause("TQ-3")
def test_cards_that_lived_on_are_kept_and_listed(office: Office) -> None:
    hall = office.gallery
    one = office.bring(
        [
            row("2025-03-08", "张伟", "13812341234"),
            row("2025-03-08", "李娜", "13912345678"),
            row("2025-03-08", "王芳", "13712345678"),
        ]
    )
    hall.arrive(name="张伟", phone="13812341234")
    (li,) = find(hall.site, "李娜")
    hall.do(edit, "苏晴", customer_id=li.id, name="李娜", note="要大阳台")
    office.undo(one)
    kept = {r.line: r.kept_why for r in queries.lines(one, "kept")}
    assert kept == {2: "来访过", 3: "卡片改过"}
    assert [f.name for f in find(hall.site, "张伟")] == ["张伟"]
    assert [f.name for f in find(hall.site, "李娜")] == ["李娜"]
    assert not find(hall.site, "王芳")


@pytest.mark.clause("TQ-3")
def test_a_worker_that_dies_while_reading_goes_on_where_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 2)
    data = workbook(MESSY)
    run = office.sent(data)
    office.settle(run)
    one = run.id
    for _ in range(10):
        actions.read_some(run_id=one, at=office.gallery.now, seconds=0)
        reading._readers.clear()  # what a new process finds
    told = ImportRun.objects.get(id=one)
    assert (told.state, told.rows) == ("read", 8)
    assert list(ImportRow.objects.order_by("n").values_list("line", flat=True)) == list(
        range(2, 10)
    )
    assert office.verdicts(told)[2:4] == ["known", "again"]


@pytest.mark.clause("TQ-3")
def test_a_worker_that_dies_between_chunks_leaves_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RegisterImporter, "chunk", 2)
    one = office.upload(MESSY)
    hall = office.gallery
    actions.apply_import(office.acting(), run_id=one.id, whole=False, receivers=False)
    actions.apply_some(run_id=one.id, at=hall.now, seconds=0)
    stale = ImportRun.objects.get(id=one.id)
    actions.apply_some(run_id=one.id, at=hall.now, seconds=0)
    assert chunks._apply(stale, hall.now) == 2  # the stored answer; nothing is done again
    actions.apply_some(run_id=one.id, at=hall.now, seconds=0)  # two that can't be taken
    broken = RuntimeError("power cut")
    with monkeypatch.context() as patch:
        patch.setattr(taking, "_settle", lambda *_: (_ for _ in ()).throw(broken))
        with pytest.raises(RuntimeError, match="power cut"):
            actions.apply_some(run_id=one.id, at=hall.now, seconds=0)
    office.work()
    one.refresh_from_db()
    assert one.state == "applied"
    assert list(RegisterEntry.objects.order_by("number").values_list("number", flat=True)) == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert RegisterWords.objects.count() == 5
    assert Customer.objects.count() == 4


@pytest.mark.clause("TQ-3")
def test_an_import_under_way_can_be_stopped_and_undone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RegisterImporter, "chunk", 2)
    one = office.upload(MESSY)
    hall = office.gallery
    actions.apply_import(office.acting(), run_id=one.id, whole=False, receivers=False)
    actions.apply_some(run_id=one.id, at=hall.now, seconds=0)
    office.undo(one)
    assert one.state == "undone"
    assert RegisterEntry.objects.count() == 2
    assert not live_entries(hall.site).exists()


@pytest.mark.clause("TQ-3")
def test_who_stands_in_the_old_register_owes_no_new_row(office: Office) -> None:
    office.bring(GOOD)
    assert registers.owed(office.gallery.arrive(name="张伟", phone="13812341234")) == 0
    assert registers.owed(office.gallery.arrive(name="新来的", phone="13712341234")) == 1


@pytest.mark.clause("TQ-3")
def test_a_file_that_breaks_the_reader_fails_in_words_and_holds_nobody_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(RegisterImporter, "read", broken)
        one = office.upload(GOOD)
    assert (one.state, "读不下去" in one.failed_why) == ("failed", True)
    stuck = office.upload(GOOD)
    actions.apply_import(office.acting(), run_id=stuck.id, whole=False, receivers=False)
    with monkeypatch.context() as patch:
        patch.setitem(ticks._WORK, "applying", broken_at_once)
        assert office.upload([row("2025-03-09", "王芳", "13712345678")]).state == "read"
    office.work()
    stuck.refresh_from_db()
    assert stuck.state == "applied"


def broken_at_once(**_: Any) -> int:
    raise ZeroDivisionError


def test_old_files_are_forgotten(office: Office) -> None:
    one = office.upload(MESSY)
    later = office.gallery.now + timedelta(days=31)
    assert actions.forget_old_files(at=later) == 1
    one.refresh_from_db()
    assert one.state == "dropped"
    assert not ImportRow.objects.filter(told__isnull=False).exists()
    assert actions.forget_old_files(at=later) == 0


def test_another_sites_import_is_not_there(office: Office) -> None:
    one = office.upload(GOOD)
    assert queries.run_of(UUID(int=1), "register", one.id) is None
    assert not ReceiverOfRecord.objects.exists()
