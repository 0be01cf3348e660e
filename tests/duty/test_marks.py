"""A cell of the roster as people write it, read and written (SF-3.2)."""

from uuid import UUID, uuid4

import pytest

from yingbin.duty.marks import Illegible, Marks, Meant, told_apart, usual_post

EARLY, LATE, EARLY2, BAR, DESK = (uuid4() for _ in range(5))
MARKS = Marks({"早": EARLY, "早2": EARLY2, "晚": LATE}, {"水吧": BAR, "前台": DESK})


@pytest.mark.parametrize(
    ("text", "shift", "post"),
    [
        ("早", EARLY, DESK),
        (" 早 ", EARLY, DESK),
        ("早2", EARLY2, DESK),
        ("早/水吧", EARLY, BAR),
        ("早水吧", EARLY, BAR),
        ("晚（水吧）", LATE, BAR),
        ("晚·水", LATE, BAR),
        ("休", None, None),
        ("OFF", None, None),
        ("年假", None, None),
        ("/", None, None),
    ],
)
def test_what_people_write_is_read(text: str, shift: UUID | None, post: UUID | None) -> None:
    assert MARKS.read(text, DESK) == Meant(shift, post)


def test_what_is_no_shift_or_post_is_refused_with_what_can_be_written() -> None:
    with pytest.raises(Illegible) as no:
        MARKS.read("班", DESK)
    assert no.value.why == "“班”不是这里的班次，可以写 早、早2、晚、休。"
    with pytest.raises(Illegible) as no:
        MARKS.read("早/吧台", DESK)
    assert no.value.why == "“吧台”不是这里的岗位，可以写 水吧、前台。"


def test_a_lead_has_no_post() -> None:
    assert MARKS.read("晚", None, lead=True) == Meant(LATE, None)


@pytest.mark.parametrize("mark", ["早", "早2", "晚"])
@pytest.mark.parametrize("post", [BAR, DESK])
@pytest.mark.parametrize("usual", [BAR, DESK])
def test_what_was_written_is_read_the_same(mark: str, post: UUID, usual: UUID) -> None:
    text = MARKS.written(mark, post, usual)
    assert MARKS.read(text, usual) == Meant(MARKS.shifts[mark], post)
    assert MARKS.read(MARKS.written(None, None, usual), usual) == Meant(None, None)


def test_a_pattern_is_its_marks() -> None:
    assert MARKS.pattern("早早2休 晚，休") == ["早", "早2", "休", "晚", "休"]
    with pytest.raises(Illegible, match="“夜”读不懂"):
        MARKS.pattern("早夜")
    with pytest.raises(Illegible, match="请写规律"):
        MARKS.pattern(" ")


def test_two_of_one_name_are_told_apart() -> None:
    first, second = sorted((uuid4(), uuid4()))
    assert told_apart({second: "陈", first: "陈"}) == {first: "陈", second: "陈（2）"}


def test_the_usual_post_is_the_one_somebody_is_most_at() -> None:
    assert usual_post([BAR, DESK, None, BAR]) == BAR
    assert usual_post([None]) is None
