"""Numbers as people type them become one number; shown as people here write them, or with the middle hidden."""

import pytest

from yingbin.pages.phones import masked, normalised, shown


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812348821", "+8613812348821"),
        (" 138 1234 8821 ", "+8613812348821"),
        ("138-1234-8821", "+8613812348821"),
        ("（138）1234·8821", "+8613812348821"),
        ("１３８１２３４８８２１", "+8613812348821"),
        ("8613812348821", "+8613812348821"),
        ("+86 138 1234 8821", "+8613812348821"),
        ("008613812348821", "+8613812348821"),
        ("0571-8765 4321", "+8657187654321"),
        ("+852 9123 4567", "+85291234567"),
        ("00852 91234567", "+85291234567"),
        ("+1 415 555 2671", "+14155552671"),
    ],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str, number: str) -> None:
    assert normalised(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "没留", "1381234882", "138123488211", "23812348821", "张三13812348821", "12345", "+999 123456789", "00", "+", "13812348821x"],
)  # fmt: skip
def test_what_is_no_number_is_none(typed: str) -> None:
    assert normalised(typed) is None


@pytest.mark.parametrize(
    ("number", "written", "hidden"),
    [
        ("+8613812348821", "13812348821", "138****8821"),
        ("+8657187654321", "057187654321", "057****4321"),
        ("+864008123456", "4008123456", "400****3456"),
        ("+85291234567", "+85291234567", "+852 ****4567"),
        ("+14155552671", "+14155552671", "+1 ****2671"),
        ("+86110", "110", "****10"),
        ("+861087654321", "01087654321", "010****4321"),
    ],
)
def test_a_number_is_shown_as_one_writes_it_here_or_with_its_middle_hidden(
    number: str, written: str, hidden: str
) -> None:
    assert shown(number) == written
    assert masked(number) == hidden


def test_a_hidden_number_tells_no_more_than_its_ends() -> None:
    for last in range(1000, 1100):
        number = f"+86138{last}8821"
        assert str(last) not in masked(number)
