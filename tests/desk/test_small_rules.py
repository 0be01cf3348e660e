"""Small rules of the desk's pages that need no database: keys of subjects, their form, amounts, what a mark says."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.desk.actions.subjects import OWN, _letters, seen_as
from yingbin.desk.choices import DESK, DeskChoices, in_contract
from yingbin.desk.forms.callbacks import CallsOutForm
from yingbin.desk.forms.money import MoveForm
from yingbin.desk.forms.subjects import SubjectsForm
from yingbin.desk.importing.prices import PriceLine, fen
from yingbin.desk.names import put_in
from yingbin.desk.subjects import SHIPPED, Topic
from yingbin.desk.templatetags.money import yuan
from yingbin.rules.decision import Refused

WORKS, GREEN = "department:works", "department:green"
TWO = DeskChoices(
    subjects=(
        Topic("leak", "漏水", departments=(WORKS,)),
        Topic("gas", "燃气", urgent=True, instead="燃气公司 96777"),
        Topic("pets", "宠物", retired=True),
        Topic("other", "其他"),
    ),
    scoped=True,
)


# Keys


def test_keys_of_an_offices_own_subjects_are_all_different() -> None:
    keys = [_letters(n) for n in range(2000)]
    assert len(set(keys)) == len(keys)
    assert keys[:3] + keys[25:28] == ["a", "b", "c", "z", "ba", "bb"]


@given(number=st.integers(0, 10**9))
def test_sentences_of_the_rules_say_the_title_for_any_key(number: int) -> None:
    key = OWN + _letters(number)
    assert re.fullmatch("[a-z_]+", key)
    said = put_in(f"工程部不负责“{key}”。", {}, {key: "充电桩"})
    assert said == "工程部不负责“充电桩”。"


@given(st.lists(st.sampled_from(SHIPPED), min_size=1, max_size=5, unique=True), st.booleans())
def test_whatever_is_read_is_recognized_and_any_change_of_it_too(
    topics: list[Topic], scoped: bool
) -> None:
    chosen = DeskChoices(subjects=tuple(topics), scoped=scoped)
    assert seen_as(chosen) == seen_as(DESK.read(DESK.plain(chosen))), "kept and read again"
    assert seen_as(chosen) != seen_as(DeskChoices(subjects=tuple(topics), scoped=not scoped))
    more = (*topics, Topic("own_a", "充电桩"))
    assert seen_as(chosen) != seen_as(DeskChoices(subjects=more, scoped=scoped))


# What is chosen


@pytest.mark.parametrize(
    ("key", "scoped", "not_served"),
    [
        ("gas", True, True),
        ("leak", True, False),
        ("gas", False, False),
        ("nothing", True, False),
    ],
)
def test_a_subject_is_somebody_elses_only_once_the_departments_bind(
    key: str, *, scoped: bool, not_served: bool
) -> None:
    chosen = DeskChoices(subjects=TWO.subjects, scoped=scoped)
    assert (chosen.not_served(key) is not None) is not_served


def test_what_is_retired_is_offered_no_more_and_the_contract_knows_the_scope() -> None:
    assert [one.key for one in TWO.offered] == ["leak", "gas", "other"]
    plain = in_contract(TWO, frozenset({WORKS, GREEN}))
    assert plain["scope"] == {"leak": [WORKS]}
    assert plain["urgent_subjects"] == ["gas"]
    assert in_contract(TWO, frozenset({GREEN}))["scope"] == {"leak": []}, "nobody works there now"


@pytest.mark.parametrize(
    ("subjects", "why"),
    [
        ([], "至少留一项"),
        ([{"key": "a", "title": "甲"}, {"key": "a", "title": "乙"}], "自己的代号"),
        ([{"key": "a", "title": "甲"}, {"key": "b", "title": "甲"}], "「甲」写了两次"),
        ([{"key": "a", "title": " "}], "每个事项要有名称"),
    ],
)
def test_subjects_that_make_no_sense_are_no_choice(
    subjects: list[dict[str, str]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        DESK.read({"subjects": subjects})


def test_a_retired_subject_may_be_called_as_one_that_is_used() -> None:
    told = [{"key": "a", "title": "甲", "retired": True}, {"key": "b", "title": "甲"}]
    assert [one.key for one in DESK.read({"subjects": told}).offered] == ["b"]


def test_versions_of_before_have_nobody_instead_and_nothing_retired() -> None:
    kept = {"subjects": [{"key": "leak", "title": "漏水", "urgent": False, "departments": []}]}
    (one,) = DESK.read(kept).subjects
    assert (one.instead, one.retired) == ("", False)


# The form


def form(data: dict[str, Any] | None = None) -> SubjectsForm:
    """The form of two departments, as it is opened or sent."""
    departments = [(WORKS, "工程部"), (GREEN, "绿化部")]
    return SubjectsForm(data, chosen=TWO, seen="s", departments=departments)


def sent(**more: Any) -> SubjectsForm:
    """As it stands, some of it changed."""
    data = {"key": "k", "seen": "s", "reason": "新合同", "departments_leak": [WORKS]}
    data |= {f"title_{one.key}": one.title for one in TWO.subjects}
    return form({**data, **more})


def test_the_form_shows_what_is_used_first_and_folds_what_is_right() -> None:
    rows = form().rows
    assert [row.topic.key for row in rows if row.topic] == ["leak", "gas", "other", "pets"]
    assert rows[0].served_by == ("工程部",)
    assert not any(row.wrong for row in rows)
    assert [row.retired is None for row in rows] == [False, False, True, False], "其他 stays"
    assert "required" not in str(rows[0].title), "a browser would hold the form back without a word"


def test_what_was_sent_is_what_is_drawn_and_an_empty_new_row_is_none() -> None:
    told = sent(
        instead_gas="港华 96777", title_new_2="充电桩", departments_new_2=[GREEN, WORKS], urgent_new_2="on"
    )  # fmt: skip
    assert told.is_valid(), told.errors
    drawn = {one.title: one for one in told.drawn()}
    assert list(drawn) == ["漏水", "燃气", "宠物", "其他", "充电桩"]
    assert drawn["燃气"] == Topic("gas", "燃气", instead="港华 96777")
    assert drawn["充电桩"] == Topic("", "充电桩", urgent=True, departments=(GREEN, WORKS))
    assert drawn["宠物"].retired is False, "unticked, it is used again"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title_leak": ""}, "title_leak"),
        ({"title_leak": "漏" * 21}, "title_leak"),
        ({"instead_gas": "气" * 61}, "instead_gas"),
        ({"departments_leak": ["department:no"]}, "departments_leak"),
        ({"departments_new_1": [GREEN]}, "title_new_1"),
    ],
)
def test_a_subject_with_something_wrong_stands_open(told: dict[str, Any], field: str) -> None:
    wrong = sent(**told)
    assert not wrong.is_valid()
    assert set(wrong.errors) == {field}
    key = field.partition("_")[2]
    open_rows = [row for row in (*wrong.rows, *wrong.new_rows) if row.wrong]
    assert [row.title.name for row in open_rows] == [f"title_{key}"]


# Amounts and days


@given(st.integers(0, 9_999_999))
def test_an_amount_that_is_written_by_us_is_read_as_it_was(amount: int) -> None:
    for text in (yuan(amount), f"¥{yuan(amount)}", f"{yuan(amount)} 元", f"{amount / 100:.2f}"):
        assert fen(text) == amount, text


@given(st.integers(0, 4_000_000), st.integers(0, 4_000_000))
def test_labour_and_material_come_to_the_price_however_it_is_written(
    labour: int, material: int
) -> None:
    apart = PriceLine("疏通", "A01", "次", yuan(labour), yuan(material))
    whole = PriceLine("疏通", "A01", "次", "", yuan(material), yuan(labour + material))
    assert apart.item == whole.item
    assert list(apart.faults()) == list(whole.faults()) == []
    assert PriceLine.of(apart.to_json()) == apart, "kept and read again"


@pytest.mark.parametrize(
    ("many", "valid"), [("", False), ("-1", False), ("0", True), ("2.5", True), ("几个", False)]
)
def test_how_many_were_moved_is_a_number_and_never_nothing(many: str, *, valid: bool) -> None:
    assert MoveForm({"key": "k", "what": "count", "many": many}).is_valid() is valid


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        ("2026-11-01", "2026-11-01", set()),
        ("2026-11-02", "2026-11-01", {"until"}),
        ("", "2026-11-01", {"since"}),
        ("2026-02-30", "2026-11-01", {"since"}),
    ],
)
def test_calls_leave_of_days_in_their_order(since: str, until: str, wrong: set[str]) -> None:
    told = {"key": "k", "since": since, "until": until, "why": "月度分析"}
    assert set(CallsOutForm(told).errors) == wrong
