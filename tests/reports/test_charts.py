"""Pictures of figures: what is more is drawn longer, nothing runs out of the picture, and nothing is drawn of nothing."""

from collections.abc import Callable, Mapping

import pytest

from yingbin.reports.charts import LABEL, WIDE, Picture, columns, differences, rows

HOURS = {"9时": 2, "10时": 8, "11时": 0, "12时": 4}
GAINS = {"林悦": 1.5, "周航": -0.5, "吴敏": 0.0, "陈思远": -1.0}


@pytest.mark.parametrize("draw", [columns, rows, differences])
def test_of_nothing_there_is_no_picture(
    draw: Callable[[Mapping[str, int]], Picture | None],
) -> None:
    assert draw({}) is None


def drawn(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


def test_columns_grow_with_their_number_from_one_ground() -> None:
    picture = drawn(columns(HOURS))
    assert picture.upright
    assert [b.label for b in picture.bars] == list(HOURS)
    assert [b.value for b in picture.bars] == ["2", "8", "0", "4"]
    tall = [b.height for b in picture.bars]
    assert tall[1] == 2 * tall[3] == 4 * tall[0]
    assert tall[2] == 0
    assert len({round(b.y + b.height, 6) for b in picture.bars}) == 1


def test_columns_stand_side_by_side_with_their_number_above() -> None:
    picture = drawn(columns(HOURS))
    for left, right in zip(picture.bars, picture.bars[1:], strict=False):
        assert left.x + left.width < right.x
    for bar in picture.bars:
        assert bar.text_y < bar.y
        assert bar.x < bar.text_x < bar.x + bar.width


@pytest.mark.parametrize("many", [1, 2, 12, 24])
def test_columns_fill_the_width_and_stay_in_the_picture(many: int) -> None:
    picture = drawn(columns({f"{h}时": h + 1 for h in range(many)}))
    assert picture.width == WIDE
    for bar in picture.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= picture.width
        assert bar.text_y >= 0
        assert bar.y + bar.height <= picture.height


def test_rows_grow_with_their_number_from_behind_the_labels() -> None:
    picture = drawn(rows({"朋友介绍": 6, "路过": 3, "网络": 1}))
    assert not picture.upright
    wide = [b.width for b in picture.bars]
    assert wide[0] == 2 * wide[1] == pytest.approx(6 * wide[2])
    assert {b.x for b in picture.bars} == {LABEL}
    assert all(b.text_x > b.x + b.width for b in picture.bars)
    assert picture.bars[0].y < picture.bars[1].y < picture.bars[2].y


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_the_longest_row_leaves_room_for_its_number(most: int) -> None:
    picture = drawn(rows({"朋友介绍": most, "路过": 1}))
    assert picture.bars[0].text_x + 8 * len(str(most)) < WIDE
    assert picture.bars[-1].y + picture.bars[-1].height < picture.height


def test_more_rows_make_a_higher_picture() -> None:
    assert drawn(rows({"甲": 1, "乙": 2})).height > drawn(rows({"甲": 1})).height


@pytest.mark.parametrize("draw", [columns, rows])
def test_where_everything_is_none_the_bars_are_flat_and_the_noughts_are_said(
    draw: Callable[[Mapping[str, int]], Picture | None],
) -> None:
    picture = drawn(draw({"甲": 0, "乙": 0}))
    assert [b.value for b in picture.bars] == ["0", "0"]
    assert all(0 in (b.width, b.height) for b in picture.bars)


def test_who_has_more_is_to_the_right_and_who_has_less_to_the_left() -> None:
    picture = drawn(differences(GAINS))
    more, less, even, least = picture.bars
    assert more.x == picture.zero
    assert less.x + less.width == pytest.approx(picture.zero)
    assert even.width == 0
    assert least.width == pytest.approx(2 * less.width)
    assert more.width == pytest.approx(3 * less.width)
    assert [b.less for b in picture.bars] == [False, True, False, True]


def test_differences_are_said_with_their_sign_and_an_even_share_without() -> None:
    told = [b.value for b in drawn(differences(GAINS | {"赵雨桐": 0.04})).bars]
    assert told == ["+1.5", "-0.5", "0", "-1.0", "0"]


def test_a_difference_that_is_said_to_be_none_is_drawn_on_no_side_of_less() -> None:
    (bar,) = drawn(differences({"赵雨桐": -0.04})).bars
    assert (bar.value, bar.less) == ("0", False)


@pytest.mark.parametrize("size", [0.2, 1.0, 12.0, 300.0])
def test_differences_stay_in_the_picture_with_their_numbers(size: float) -> None:
    picture = drawn(differences({"林悦": size, "周航": -size}))
    right, left = picture.bars
    assert right.x + right.width < right.text_x < WIDE - 40
    assert LABEL - 8 <= left.text_x < left.x
    assert picture.bars[-1].y + picture.bars[-1].height < picture.height


def test_small_differences_look_small() -> None:
    """A tenth of a turn doesn't fill the picture as if somebody had been wronged."""
    (bar,) = drawn(differences({"林悦": 0.1})).bars
    assert bar.width < (WIDE - LABEL) / 2 * 0.12
