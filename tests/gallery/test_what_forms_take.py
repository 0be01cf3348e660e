"""What the gallery's forms make of what is typed: a call, an agency's customer, a ruling, a paper sheet; no database."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict

from tests.customers.office import ZONE
from yingbin.gallery.actions.cases import Correction
from yingbin.gallery.forms.calls import CallForm, RegistrationForm
from yingbin.gallery.forms.cases import RulingForm
from yingbin.gallery.forms.outage import LateSheetForm
from yingbin.gallery.forms.register import ASK, NO_CONSENT, EntryForm, NeedsForm
from yingbin.gallery.forms.succession import SuccessionForm
from yingbin.gallery.models import Agency

CHEN, ZHOU = UUID(int=1), UUID(int=2)
INK = "[[100,100,300,200,500,120,600,130,700,90,800,140,900,100]]"


def said(form: Any) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


def typed(**told: Any) -> QueryDict:
    """A form as a browser sends it; a list is a field sent several times."""
    data = QueryDict(mutable=True)
    for name, value in told.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


# A call


@pytest.mark.parametrize(
    ("q", "name", "phone"),
    [
        ("13800138000", "", "13800138000"),
        ("张伟 13800138000", "张伟", "13800138000"),
        ("13800138000 张伟", "张伟", "13800138000"),
        ("张伟", "张伟", ""),
        ("", "", ""),
    ],
)
def test_a_caller_is_a_number_a_name_or_both_out_of_one_box(q: str, name: str, phone: str) -> None:
    form = CallForm({"key": "k", "q": q, "asked": "三房均价"})
    assert form.is_valid(), said(form)
    told = form.told()
    assert (told.name, told.phone, told.asked) == (name, phone, "三房均价")


def test_a_number_that_is_not_whole_or_a_name_that_is_none_is_said_at_the_box() -> None:
    assert set(said(CallForm({"key": "k", "q": "张伟 1380013"}))) == {"q"}
    assert said(CallForm({"key": "k", "q": "张" * 41})) == {"q": "姓名最多 40 个字。"}
    assert said(CallForm({"key": "k", "next_contact": "周六"})) == {
        "next_contact": "约好的时间没有读懂，请从日历里选。"
    }


def test_an_agency_registers_from_the_list_alone() -> None:
    agencies = [Agency(id=CHEN, name="贝壳")]
    form = RegistrationForm(
        {"key": "k", "agency": str(CHEN), "q": "张伟 13800138000"}, agencies=agencies
    )
    assert form.is_valid(), said(form)
    assert (form.agency_id, form.who) == (CHEN, ("张伟", "13800138000"))
    other = RegistrationForm({"key": "k", "agency": str(ZHOU), "q": "张伟"}, agencies=agencies)
    assert said(other) == {"agency": "请从列表里选择渠道。"}


# A ruling

PARTIES = {str(CHEN): "陈思远", str(ZHOU): "周雨"}


@pytest.mark.parametrize(
    ("told", "corrections"),
    [
        ({}, [(0, 0), (0, 0)]),
        ({f"count-{CHEN}": "1", f"turns-{ZHOU}": "-2"}, [(1, 0), (0, -2)]),
        ({f"count-{CHEN}": "-20", f"turns-{CHEN}": "20"}, [(-20, 20), (0, 0)]),
    ],
)
def test_a_ruling_changes_just_what_was_written_on_each_account(
    told: dict[str, str], corrections: list[tuple[int, int]]
) -> None:
    form = RulingForm({"key": "k", "for_whom": str(ZHOU), **told}, parties=PARTIES)
    assert form.is_valid(), said(form)
    assert form.whom == ZHOU
    assert form.corrections() == [
        Correction(who, *pair) for who, pair in zip((CHEN, ZHOU), corrections, strict=True)
    ]
    assert [one.name for one in form.accounts] == ["陈思远", "周雨"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("21", "陈思远的次数最多 20。"),
        ("-21", "陈思远的次数最少 -20。"),
        ("半次", "次数和轮次请填整数，例如 1 或 -1。"),
    ],
)
def test_an_account_that_cannot_be_names_whose_it_is(value: str, why: str) -> None:
    form = RulingForm({"key": "k", f"count-{CHEN}": value}, parties=PARTIES)
    assert said(form) == {f"count-{CHEN}": why}


@pytest.mark.parametrize("nobody", ["", "nobody", "7"])
def test_a_ruling_for_nobody_leaves_the_customer_where_they_are(nobody: str) -> None:
    form = RulingForm({"key": "k", "for_whom": nobody}, parties=PARTIES)
    assert form.is_valid(), said(form)
    assert form.whom is None


# A paper sheet after an outage


def sheet(*lines: dict[str, str], day: str = "2026-11-23") -> LateSheetForm:
    """A sheet of these lines, as it was sent."""
    told = {f"l{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}
    return LateSheetForm(typed(key="k", day=day, **told), lines=max(len(lines), 3))


GOOD = {"began": "14:05", "receiver": str(CHEN)}


def test_a_sheet_has_its_written_lines_alone_by_our_clock() -> None:
    form = sheet(
        {}, {**GOOD, "ended": "14:40", "q": "张伟 13800138000", "counts": "no"}, {"began": " "}
    )
    assert form.is_valid(), said(form)
    (late,) = form.late()
    assert late.began_at == datetime(2026, 11, 23, 14, 5, tzinfo=ZONE)
    assert late.ended_at == datetime(2026, 11, 23, 14, 40, tzinfo=ZONE)
    assert (late.name, late.phone, late.counts, late.group_size) == (
        "张伟",
        "13800138000",
        False,
        1,
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"began": "14:05"}, "第 2 行：开始时间和接待人都要填。"),
        ({"receiver": str(CHEN)}, "第 2 行：开始时间和接待人都要填。"),
        ({**GOOD, "began": "下午"}, "第 2 行：开始时间写成 14:05 这样。"),
        ({**GOOD, "ended": "25:00"}, "第 2 行：结束时间写成 14:40 这样。"),
        ({**GOOD, "group_size": "100"}, "第 2 行：人数请填 1 到 99 之间的整数。"),
        ({"note": "下雨"}, "第 2 行：开始时间和接待人都要填。"),
    ],
)
def test_what_is_wrong_on_a_sheet_is_said_with_its_line(line: dict[str, str], why: str) -> None:
    form = sheet(GOOD, line)
    assert not form.is_valid()
    assert form.refused == why


def test_a_sheet_is_of_a_day() -> None:
    assert said(sheet(GOOD, day="昨天"))["day"] == "请选这些接待发生在哪一天。"


# The register's row, and customers handed over


def entry(**told: Any) -> EntryForm:
    """A row of the register as it was signed."""
    return EntryForm({"key": "k", "hand": "own", "drawn": INK, **told})


def test_a_customer_who_was_not_asked_is_asked_before_anything_of_them_stays() -> None:
    hand = EntryForm.base_fields["hand"].choices[0][0]  # type: ignore[attr-defined]
    assert said(entry(hand=hand)) == {"consent": ASK}
    form = entry(hand=hand, consent="refused", wording="2026-1")
    assert form.is_valid(), said(form)
    words = form.words()
    assert (words.agreed, words.refused, words.why) == ("", "2026-1", NO_CONSENT)
    form = entry(hand=hand, consent="agreed", wording="2026-1", first="no")
    assert form.is_valid(), said(form)
    assert (form.words().agreed, form.words().first_visit) == ("2026-1", False)


@pytest.mark.clause("TQ-2.1")
@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("area_min", "0", "面积从至少是 1。"),
        ("area_max", "2001", "面积到最多 2000，请核对。"),
        ("budget_min", "百万", "预算从请填整数。"),
        ("rooms", "castle", "请从列表里选择户型。"),
    ],
)
def test_a_wish_that_no_flat_fits_is_said_in_its_own_words(
    field: str, value: str, why: str
) -> None:
    assert said(NeedsForm({"key": "k", field: value})) == {field: why}


def test_customers_are_handed_to_those_who_were_ticked_and_a_leaver_is_named() -> None:
    form = SuccessionForm(typed(leaver=str(CHEN), to=[str(ZHOU), "nobody"]))
    assert form.is_valid(), said(form)
    assert form.to == [ZHOU]
    assert said(SuccessionForm(typed(to=[str(ZHOU)]))) == {"leaver": "请先选交出客户的同事。"}
    assert SuccessionForm().ticked == []
