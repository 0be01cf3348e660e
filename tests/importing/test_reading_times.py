"""Hours as a Chinese reader reads them (TQ-3)."""

import pytest

from tests.importing.old_registers import stored

pytestmark = pytest.mark.clause("TQ-3")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("十二点一刻", "12:15"), ("两点三刻", "02:45"), ("下午三点二十", "15:20"), ("十点零五分", "10:05"), ("零点三十分", "00:30"),
        ("早上9点", "09:00"), ("凌晨12点", "00:00"), ("中午12点", "12:00"), ("中午11点半", "11:30"), ("下午14:30", "14:30"),
        ("pm3:00", "15:00"), ("11:30AM", "11:30"), ("16：05", "16:05"), ("下午2點半", "14:30"), ("1430", "14:30"), ("9.30", "09:30"), ("0.75", "18:00"),
        ("9点3刻", "09:45"), ("下午3点1刻", "15:15"), ("3:15 下午", "15:15"), ("9:30上午", "09:30"), ("12:10 中午", "12:10"), ("7点 晚上", "19:00"),
    ],
)  # fmt: skip
def test_a_plain_hour_is_stored_without_a_word(written: str, at: str) -> None:
    entry, told = stored("时间", written)
    assert (entry.time, entry.note, told) == (at, None, [])


@pytest.mark.parametrize(
    "written", ["晚上12点", "晚12点", "夜里12点", "半夜12点", "24:00", "晚上12点半"]
)
def test_midnight_of_an_evening_is_the_end_of_that_day(written: str) -> None:
    entry, told = stored("时间", written)
    assert entry.time == "23:59"
    assert len(told) == 1


@pytest.mark.parametrize(
    ("written", "at"),
    [("下午4点多", "16:00"), ("14:30左右", "14:30"), ("下午1点到3点", "13:00"), ("10:00-11:00", "10:00"), ("晚上1点", "01:00"),
     ("上午15:00", "15:00"), ("早上13点", "13:00"), ("14:30 AM", "14:30"), ("9点至下午3点", "09:00")],
)  # fmt: skip
def test_about_from_to_after_midnight_and_mornings_past_noon_are_told(
    written: str, at: str
) -> None:
    entry, told = stored("时间", written)
    assert (entry.time, len(told)) == (at, 1)


@pytest.mark.parametrize("written", ["14.3", "下午3.3", "下午", "午夜", "25:10", "14:60", "看情况"])
def test_what_is_no_hour_is_told_and_kept_in_the_note(written: str) -> None:
    entry, told = stored("时间", written)
    assert (entry.time, entry.note, len(told)) == (None, f"时间：{written}", 1)


@pytest.mark.parametrize(
    "written", ["2025-03-08 14:30", "2025/3/8 下午2:30", "2025-03-08T14:30:00"]
)
def test_a_day_before_the_hour_is_none_of_the_hour(written: str) -> None:
    entry, told = stored("时间", written)
    assert entry.time == "14:30"
    assert entry.note in ("2025-03-08", "2025/3/8")
    assert len(told) == 1
