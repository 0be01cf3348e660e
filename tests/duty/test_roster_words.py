"""How people write a roster: marks in cells, patterns, days above columns, names twice; read or refused in words (SF-3.2)."""

import random
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from yingbin.duty.importing.months import dated, day_written, days_above, heading, month_said
from yingbin.duty.marks import RESTS, Illegible, Marks, Meant, told_apart, usual_post
from yingbin.tables.grid import Cell, Line

pytestmark = pytest.mark.clause("SF-3.2")
A, B, BAR = uuid4(), uuid4(), uuid4()
EARLY, EARLIER, LATE, LETTER = uuid4(), uuid4(), uuid4(), uuid4()
MARKS = Marks(
    {"早": EARLY, "早早": EARLIER, "晚": LATE, "D1": LETTER},
    {"样板间A": A, "样板间B": B, "水吧": BAR},
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("早", Meant(EARLY, A)),
        (" 早 ", Meant(EARLY, A)),
        ("早早", Meant(EARLIER, A)),  # the longer mark, not 早 at a post 早
        ("D1", Meant(LETTER, A)),
        ("Ｄ１", Meant(LETTER, A)),  # full width, as an input method writes it
        ("早/水吧", Meant(EARLY, BAR)),
        ("早·水", Meant(EARLY, BAR)),
        ("早（水吧）", Meant(EARLY, BAR)),
        ("晚-样板间B", Meant(LATE, B)),
        ("晚 样板间B", Meant(LATE, B)),
        ("早早/水吧", Meant(EARLIER, BAR)),
    ],
)
def test_a_cell_means_a_shift_and_a_post(text: str, meant: Meant) -> None:
    assert MARKS.read(text, A) == meant


@pytest.mark.parametrize("text", [*RESTS, "OFF", "X", " 休 ", "Off"])
def test_a_day_off_is_one_however_people_write_it(text: str) -> None:
    assert MARKS.read(text, A) == Meant(None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("班", "“班”不是这里的班次，可以写 早、早早、晚、D1、休。"),
        ("8:30-17:30", "不是这里的班次"),
        ("早/门厅", "“门厅”不是这里的岗位，可以写 样板间A、样板间B、水吧。"),
        ("早/样板间", "“样板间”不是这里的岗位"),  # two begin so: nobody guesses
        ("一二三四五六七八九十十一", "“一二三四五六七八九十”不是"),
    ],
)
def test_what_nobody_can_read_is_told_with_what_can_be_written(text: str, words: str) -> None:
    with pytest.raises(Illegible) as no:
        MARKS.read(text, A)
    assert words in no.value.why


def test_a_lead_stands_at_no_post_whatever_is_written_behind_the_mark() -> None:
    assert MARKS.read("早/门厅", None, lead=True) == Meant(EARLY, None)


def test_a_house_may_use_a_mark_that_elsewhere_is_a_day_off() -> None:
    own = Marks({"假": LATE}, {"样板间A": A})
    assert own.read("假", A) == Meant(LATE, A)
    assert own.read("休", A) == Meant(None, None)


@pytest.mark.parametrize("seed", range(3))
def test_what_a_cell_shows_means_the_same_when_it_is_typed_again(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        mark = dice.choice([None, *MARKS.shifts])
        usual, post = dice.choice([A, B, BAR]), dice.choice([A, B, BAR])
        meant = Meant(MARKS.shifts[mark], post) if mark else Meant(None, None)
        shown = MARKS.written(mark, post, usual)
        assert MARKS.read(shown, usual) == meant, shown


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("晚晚休", ["晚", "晚", "休"]),
        ("早早早晚", ["早早", "早", "晚"]),
        ("早 早 晚", ["早", "早", "晚"]),
        ("早,早、晚；休", ["早", "早", "晚", "休"]),
        ("早，晚", ["早", "晚"]),
        ("D1D1休", ["D1", "D1", "休"]),
    ],
)
def test_a_pattern_is_read_mark_by_mark(text: str, marks: list[str]) -> None:
    assert MARKS.pattern(text) == marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请写规律，用 早、早早、晚、D1、休，例如 早早休休。"),
        (" ，、", "请写规律"),
        ("早夜", "“夜”读不懂"),
        ("早1", "“1”读不懂"),
    ],
)
def test_a_pattern_that_nobody_can_read_is_told_where_it_stops(text: str, words: str) -> None:
    with pytest.raises(Illegible) as no:
        MARKS.pattern(text)
    assert words in no.value.why


@pytest.mark.parametrize(
    ("posts", "usual"),
    [
        ([], None),
        ([None, None], None),
        ([A, B, B, None], B),
        ([B, A, A, B], B),  # as often: the one they were at first
    ],
)
def test_the_usual_post_is_the_one_somebody_is_most_at(
    posts: list[UUID | None], usual: UUID | None
) -> None:
    assert usual_post(posts) == usual


def test_two_people_of_one_name_are_told_apart_in_the_same_way_every_time() -> None:
    first, second, third = (UUID(int=n) for n in (1, 2, 3))
    said = {first: "陈", second: "陈（2）", third: "叶"}
    assert told_apart({second: "陈", third: "叶", first: "陈"}) == said
    assert told_apart({first: "陈", second: "陈", third: "叶"}) == said


# What stands above the columns of a sheet


def text(words: str) -> Cell:
    return Cell(words, words)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("1", (None, None, 1)),
        ("31日", (None, None, 31)),
        ("3号", (None, None, 3)),
        ("1 周二", (None, None, 1)),
        ("1（星期二）", (None, None, 1)),
        ("12/1", (None, 12, 1)),
        ("12月1日", (None, 12, 1)),
        ("12.1", (None, 12, 1)),
        ("2026-12-01", (2026, 12, 1)),
        ("2026/12/1", (2026, 12, 1)),
        ("2026年12月1日", (2026, 12, 1)),
        ("0", None),
        ("32", None),
        ("姓名", None),
        ("1班", None),
        ("", None),
        ("合计", None),
        ("1人", None),
    ],
)
def test_a_heading_is_a_day_or_it_is_none(
    words: str, written: tuple[int | None, int | None, int] | None
) -> None:
    assert day_written(text(words)) == written


@pytest.mark.parametrize("value", [date(2026, 12, 1), datetime(2026, 12, 1, 0, 0)])
def test_a_real_date_of_a_spreadsheet_is_its_day(value: date) -> None:
    assert day_written(Cell(value, "46357")) == (2026, 12, 1)


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (["2026年12月排班表"], date(2026, 12, 1)),
        (["澄湖样板间", "2027-01"], date(2027, 1, 1)),
        (["2026.2"], date(2026, 2, 1)),
        (["２０２６年３月"], date(2026, 3, 1)),
        (["2026年13月", "2026年4月"], date(2026, 4, 1)),
        (["12月排班"], None),  # of which year nobody said
        ([], None),
    ],
)
def test_a_title_names_a_month_or_does_not(texts: list[str], month: date | None) -> None:
    assert month_said(texts) == month


DECEMBER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("days", "month", "found"),
    [
        ([(None, None, 30), (None, None, 31), (None, None, 1)], DECEMBER, ["12-30", "12-31", "01-01"]),
        ([(None, None, 29), (None, None, 30), (None, None, 31)], date(2026, 11, 1), ["11-29", "11-30", ""]),
        ([(None, None, 28), (None, None, 29), (None, None, 1)], date(2028, 2, 1), ["02-28", "02-29", "03-01"]),
        ([(None, None, 28), (None, None, 29), (None, None, 1)], date(2027, 2, 1), ["02-28", "", "03-01"]),
        ([(None, 11, 30), (None, 12, 1), (None, 12, 2)], DECEMBER, ["11-30", "12-01", "12-02"]),
        ([(2027, 1, 1), (2027, 1, 2)], DECEMBER, ["01-01", "01-02"]),
        ([(None, None, 1), (None, None, 2)], None, ["", ""]),
    ],
    ids=["over new year", "no 31st", "a leap day", "no leap day", "own months", "own years", "no month"],
)  # fmt: skip
def test_columns_have_their_days_or_none_at_all(
    days: list[tuple[int | None, int | None, int]], month: date | None, found: list[str]
) -> None:
    read = dated(dict(enumerate(days)), month)
    assert [f"{d:%m-%d}" if d else "" for d in read.values()] == found


def line(number: int, *texts: str) -> Line:
    return Line(number, [text(t) for t in texts])


def test_a_line_is_a_heading_from_three_different_days_on() -> None:
    assert list(days_above(line(1, "姓名", "1", "2", "3"))) == [1, 2, 3]
    assert days_above(line(1, "姓名", "1", "2")) == {}
    assert days_above(line(1, "合计", "1", "1", "1", "1")) == {}  # a line of totals


def test_of_several_lines_with_days_the_fullest_is_the_heading() -> None:
    top = [line(1, "1", "2", "3"), line(2, "姓名", "1", "2", "3", "4"), line(3, "叶", "早", "晚")]
    chosen = heading(top)
    assert chosen is not None
    assert chosen.number == 2
    assert heading([line(1, "姓名", "电话")]) is None
    assert heading([]) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_year_of_bare_numbers_goes_on_day_by_day(seed: int) -> None:
    dice = random.Random(seed)
    first = date(2026, 1, 1) + timedelta(days=dice.randrange(0, 700))
    days = [first + timedelta(days=n) for n in range(dice.randrange(3, 90))]
    written = {n: (None, None, day.day) for n, day in enumerate(days)}
    assert list(dated(written, first.replace(day=1)).values()) == days
