"""What the desk's forms make of what is typed: events, the register's one screen, calls, complaints; no database."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from yingbin.desk.doings import DOINGS
from yingbin.desk.forms.acts import ActForm, kinds, listed
from yingbin.desk.forms.callbacks import CallForm
from yingbin.desk.forms.complaints import AboutForm, CauseForm, CorrectForm
from yingbin.desk.forms.register import AttachedForm, GuardForm, RegisterForm
from yingbin.desk.forms.sheet import FilterForm
from yingbin.desk.forms.supervision import ReassignForm
from yingbin.desk.queries.sheet import Filter
from yingbin.pages.forms import first_error

ONE, TWO = UUID(int=1), UUID(int=2)


def said(form: Any) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


# One event


def act(event: str, offers: dict[str, list[tuple[str, str]]] | None = None, **told: Any) -> ActForm:
    """The form of an event as it was sent."""
    doing = DOINGS[event]
    return ActForm(doing, {"key": "k", **told}, asks=doing.asks, offers=offers or {})


@pytest.mark.parametrize(
    ("event", "told", "facts"),
    [
        ("quote", {"yuan": "80"}, {"amount": 8000}),
        ("quote", {"yuan": "99.50"}, {"amount": 9950}),
        ("quote", {"yuan": "0"}, {"amount": 0}),
        ("quote", {"yuan": "0.07"}, {"amount": 7}),
        ("agree", {"agreed": "no", "amount": "8000"}, {"agreed": False, "amount": 8000}),
        ("agree", {"agreed": "yes", "amount": "0"}, {"agreed": True, "amount": 0}),
        ("done", {"signed": "on", "amount": "8000"}, {"signed": True, "amount": 8000}),
        ("assess", {"severity": "grave"}, {"severity": "grave"}),
        ("answer", {"text": " 明天上午来修 "}, {"text": "明天上午来修"}),
        ("decline", {"reason": "不归我们"}, {"reason": "不归我们"}),
        ("change", {"reason": "说错了"}, {"reason": "说错了"}),
    ],
)
def test_an_event_hears_what_was_typed_in_the_contracts_words(
    event: str, told: dict[str, str], facts: dict[str, object]
) -> None:
    form = act(event, **told)
    assert form.is_valid(), said(form)
    assert form.facts() == facts


@pytest.mark.parametrize(
    ("event", "told", "field", "why"),
    [
        ("quote", {"yuan": "八十"}, "yuan", "金额请填数字，例如 80 或 99.50。"),
        ("quote", {"yuan": "1.234"}, "yuan", "金额请填数字，例如 80 或 99.50。"),
        ("quote", {"yuan": "NaN"}, "yuan", "金额请填数字，例如 80 或 99.50。"),
        ("done", {"amount": "1"}, "signed", "请先请住户签字确认完工。"),
        ("answer", {"text": "  "}, "text", "请写下要告诉住户的话。"),
        ("investigate", {"note": ""}, "note", "请写下调查结果。"),
        ("decline", {"reason": ""}, "reason", "请写下为什么不接。"),
        ("reopen", {"reason": "水" * 1001}, "reason", "最多写 1000 个字。"),
    ],
)
def test_what_an_event_lacks_is_said_in_the_events_own_words(
    event: str, told: dict[str, str], field: str, why: str
) -> None:
    form = act(event, **told)
    assert said(form)[field] == why


def test_an_event_has_no_field_that_it_does_not_ask_for() -> None:
    for doing in DOINGS.values():
        form = ActForm(doing, None, asks=doing.asks, offers={})
        asked = {name if name != "as" else "as_" for name in doing.asks}
        assert {one.rstrip("_") for one in form.fields} - {"key"} == {
            one.rstrip("_")
            for one in asked
            if one.rstrip("_") in {n.rstrip("_") for n in form.fields}
        }, doing.event


def test_a_listed_reason_is_chosen_and_nothing_else_goes() -> None:
    offers = {"reason": listed("pause")}
    first = next(iter(dict(listed("pause"))))
    assert act("pause", offers, reason=first).is_valid()
    assert said(act("pause", offers, reason="午饭")) == {"reason": "请从列表里选。"}
    assert said(act("pause", offers)) == {"reason": "请选原因。"}
    assert dict(listed("cancel")) == {"withdrawn": "住户不要了", "duplicate": "和另一件重复"}
    assert listed("answer") == []


def test_kinds_stand_in_a_choice_under_the_names_that_residents_hear() -> None:
    assert kinds(["help", "complaint"]) == [("help", "求助"), ("complaint", "投诉")]
    form = act("change", {"kind": kinds(["complaint"])}, kind="complaint", reason="其实是投诉")
    assert form.is_valid(), said(form)
    assert form.facts() == {"kind": "complaint", "reason": "其实是投诉"}


# One line of the register

SUBJECTS = [("leak", "漏水"), ("other", "其他")]


def register(**told: Any) -> RegisterForm:
    """The screen of a clerk as it was sent."""
    plain = {"key": "k", "words": "厨房漏水", "kind": "help", "source": "call", **told}
    form = RegisterForm(plain, subjects=SUBJECTS)
    form.offer([(str(ONE), "赵")])
    return form


def test_the_first_line_is_the_title_and_the_rest_is_kept_too() -> None:
    form = register(words="  厨房漏水\n楼下也湿了  ")
    assert form.is_valid(), said(form)
    assert (form.title, form.detail) == ("厨房漏水", "厨房漏水\n楼下也湿了")


def test_one_line_is_a_title_without_a_detail_and_a_long_one_is_cut_only_in_the_list() -> None:
    short, long = register(words="漏水"), register(words="水" * 81)
    assert short.is_valid()
    assert long.is_valid()
    assert (short.title, short.detail) == ("漏水", "")
    assert (long.title, long.detail) == ("水" * 80, "水" * 81)


@pytest.mark.parametrize(
    ("urgent", "means"), [("", None), ("yes", True), ("no", False)], ids=["按事项", "紧急", "一般"]
)
def test_whether_it_is_urgent_is_left_to_the_subject_where_nobody_says(
    urgent: str, means: bool | None
) -> None:
    form = register(urgent=urgent)
    assert form.is_valid(), said(form)
    assert form.urgency is means


@pytest.mark.parametrize(
    ("told", "how", "which"),
    [
        ({}, "", None),
        ({"twin": "new"}, "new", None),
        ({"twin": f"add:{ONE}"}, "add", ONE),
        ({"twin": f"parent:{TWO}"}, "parent", TWO),
        ({"twin": "parent:3"}, "parent", None),
        ({"pick": f"matter:{TWO}"}, "add", TWO),
        ({"pick": f"matter:{TWO}", "twin": f"parent:{ONE}"}, "add", TWO),
        ({"pick": f"{ONE}|{TWO}"}, "", None),
    ],
)
def test_what_is_known_already_is_joined_as_it_was_chosen(
    told: dict[str, str], how: str, which: UUID | None
) -> None:
    form = register(**told)
    assert form.is_valid(), said(form)
    assert form.joined == (how, which)


@pytest.mark.parametrize("kind", ["help", "paid", "suggestion", "complaint"])
def test_only_an_enquiry_is_answered_at_the_counter(kind: str) -> None:
    entry = uuid4()
    form = register(kind=kind, answer="今天就修", entry=str(entry))
    assert said(form) == {"answer": "只有咨询能当场答复。别的事请先登记，再一步步办。"}
    assert form.taken is None
    asked = register(kind="enquiry", answer="八点到六点", entry=str(entry))
    assert asked.is_valid(), said(asked)
    assert asked.taken == entry


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"words": " "}, "words", "请写一句是什么事。"),
        ({"words": "水" * 1001}, "words", "最多写 1000 个字。"),
        ({"source": "guard"}, "source", "请从列表里选择方式。"),
        ({"kind": "gift"}, "kind", "请从列表里选择类别。"),
        ({"subject": "moon"}, "subject", "请从列表里选择事项。"),
        ({"place": "楼" * 61}, "place", "在哪里最多 60 个字。"),
        ({"about": [str(TWO)]}, "about", "请从名单里选投诉的是哪位同事。"),
    ],
)
def test_a_line_of_the_register_that_cannot_be_says_where(
    told: dict[str, Any], field: str, why: str
) -> None:
    assert said(register(**told)) == {field: why}


def test_a_kind_that_was_chosen_is_known_while_the_rest_is_missing() -> None:
    form = register(words="", kind="complaint")
    assert not form.is_valid()
    assert form.kind_said == "complaint"
    assert RegisterForm(subjects=SUBJECTS).kind_said == "", "a fresh form says nothing yet"


def test_a_guard_says_where_and_what_and_no_more() -> None:
    form = GuardForm({"key": "k", "place": "3 栋大堂", "words": "灯不亮"})
    assert form.is_valid(), said(form)
    assert (form.title, form.cleaned_data["urgent"]) == ("灯不亮", False)
    assert said(GuardForm({"key": "k"})) == {
        "place": "请填写哪一户，或在哪里。",
        "words": "请填写什么事。",
    }


def test_only_those_that_hang_on_a_fault_are_ticked_as_told() -> None:
    form = AttachedForm({"key": "k", "text": "水来了", "told": [str(ONE)]}).offer([ONE, TWO])
    assert form.is_valid(), said(form)
    assert form.cleaned_data["told"] == [ONE]
    other = AttachedForm({"key": "k", "text": "水来了", "told": [str(TWO)]}).offer([ONE])
    assert set(said(other)) == {"told"}


# What narrows the register


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({}, Filter()),
        ({"which": "all", "kind": "help"}, Filter("all", kind="help")),
        ({"since": "2026-11-01", "until": "2026-11-30"}, Filter(since=date(2026, 11, 1), until=date(2026, 11, 30))),
        ({"since": "2026-13-01", "until": "昨天"}, Filter()),
        ({"which": "everything", "kind": "gift", "source": "pigeon"}, Filter()),
        ({"who": str(ONE)}, Filter(who=ONE)),
        ({"who": str(TWO)}, Filter()),
        ({"who": "赵"}, Filter()),
        ({"words": " 漏水 "}, Filter(words="漏水")),
        ({"words": "水" * 41}, Filter()),
    ],
)  # fmt: skip
def test_what_an_address_asks_for_narrows_and_nonsense_narrows_nothing(
    typed: dict[str, str], asked: Filter
) -> None:
    assert FilterForm(typed, people=[(str(ONE), "赵")]).chosen == asked


def test_several_are_given_away_to_somebody_with_a_reason() -> None:
    told = {"key": "k", "to": str(ONE), "as_": "owner", "reason": "赵休假"}
    people = [(str(ONE), "钱")]
    assert ReassignForm(told, people=people).is_valid()
    assert said(ReassignForm({**told, "reason": " "}, people=people)) == {
        "reason": "请写为什么改派，接手的人看得到。"
    }
    assert said(ReassignForm({**told, "to": str(TWO)}, people=people)) == {
        "to": "请从列表里选择改派给。"
    }
    assert said(ReassignForm({**told, "as_": "king"}, people=people)) == {
        "as_": "请从列表里选择换什么。"
    }


# A call


@pytest.mark.parametrize("points", ["1", "2"])
def test_whoever_is_not_satisfied_is_asked_why_before_the_call_is_kept(points: str) -> None:
    told = {"key": "k", "points": points, "asked": "no"}
    assert said(CallForm({**told, "remark": "  "})) == {
        "remark": "住户不满意，请写下为什么不满意。"
    }
    form = CallForm({**told, "remark": "还在漏"})
    assert form.is_valid(), said(form)
    assert (form.answers.points, form.answers.asked, form.answers.remark) == (
        int(points),
        False,
        "还在漏",
    )


@pytest.mark.parametrize("points", ["3", "4", "5"])
def test_whoever_is_satisfied_need_not_say_more(points: str) -> None:
    form = CallForm({"key": "k", "points": points, "asked": "yes", "wanted": "一条烟"})
    assert form.is_valid(), said(form)
    assert (form.answers.asked, form.answers.wanted) == (True, "一条烟")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"asked": "no"}, "points"),
        ({"points": "5"}, "asked"),
        ({"points": "6", "asked": "no"}, "points"),
    ],
)
def test_neither_question_of_a_call_is_left_out(told: dict[str, str], field: str) -> None:
    form = CallForm({"key": "k", **told})
    assert set(said(form)) == {field}
    assert first_error(form).startswith("请")


# Complaints


def test_a_correction_says_what_who_and_until_when() -> None:
    told = {"key": "k", "what": "换掉旧阀", "who": str(ONE), "until": "2026-12-01T18:00"}
    people = [(str(ONE), "赵")]
    assert CorrectForm(told, people=people).is_valid()
    wrong = CorrectForm({"key": "k", "who": str(TWO), "until": "明天"}, people=people)
    assert said(wrong) == {
        "what": "请写要做什么，免得再有人投诉。",
        "who": "请从列表里选。",
        "until": "请选日期和时间。",
    }
    assert said(CorrectForm({"key": "k", "what": "换"}, people=people)) == {
        "who": "请选谁来做。",
        "until": "请选做到什么时候。",
    }


def test_a_cause_is_one_of_the_list_and_its_words_are_short() -> None:
    assert said(CauseForm({"key": "k"})) == {"cause": "请选一项原因。"}
    assert said(CauseForm({"key": "k", "cause": "moon", "words": "x" * 501})) == {
        "cause": "请从列表里选。",
        "words": "最多写 500 个字。",
    }


def test_a_complaint_may_be_about_several_and_about_nobody() -> None:
    people = [(str(ONE), "赵"), (str(TWO), "钱")]
    both = AboutForm({"key": "k", "about": [str(ONE), str(TWO)]}, people=people)
    assert both.is_valid()
    assert both.cleaned_data["about"] == [ONE, TWO]
    nobody = AboutForm({"key": "k"}, people=people)
    assert nobody.is_valid()
    assert nobody.cleaned_data["about"] == []
