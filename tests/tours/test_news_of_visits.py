"""Who hears of what about a visit: decided on how it stood and stands, without a database (CV-3.2.1, CV-4.1)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from yingbin.rules.tours.visit import Window
from yingbin.rules.tours.visitfile import Area, Company
from yingbin.tours import telling
from yingbin.tours.models import TourVisit
from yingbin.tours.snapshots import Snapshot
from yingbin.tours.telling import ALOUD, News, tell_of

SITE, OTHER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
PEOPLE = {who: str(UUID(int=n)) for n, who in enumerate("江叶白严罗韩秦", 11)}
NAMED = {UUID(one): who for who, one in PEOPLE.items()}


def those(names: str) -> frozenset[str]:
    """People by their names."""
    return frozenset(PEOPLE[one] for one in names)


HOUSE = Company(
    departments={"reception": those("江叶"), "administration": those("白"), "p": those("韩"), "r": those("秦")},
    approvers=those("严罗"), seniors=those("严"),
    areas={
        "plant": Area("reception"), "workshop": Area("p"), "rnd": Area("r"), "finished_goods": Area("p"),
    },
    rooms=(), souvenirs=0, off=frozenset(), work=frozenset(),
)  # fmt: skip
WAITS = Snapshot(
    {}, "awaiting", frozenset({"plant", "workshop"}), frozenset(), False, False, frozenset(), frozenset(),
    Window(NOON, NOON + timedelta(hours=2)),
)  # fmt: skip
YES = replace(WAITS, status="approved", asked=frozenset(), open=frozenset({"plant", "workshop"}))


def visit(applied_by: str = "") -> TourVisit:
    """A visit of 长丰机械."""
    return TourVisit(
        id=UUID(int=99), year=2026, number=1, visitor="长丰机械", headcount=12, klass="important", starts_at=NOON,
        applied_by=UUID(PEOPLE[applied_by]) if applied_by else None,
    )  # fmt: skip


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every notice that was told."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(telling, "tell", lambda pen, **notice: told.append(notice))
    return told


def heard(said: list[dict[str, Any]]) -> dict[str, str]:
    """Who was told of what, by the notice's short name."""
    found: dict[str, set[str]] = {}
    for one in said:
        if one["to"]:
            found.setdefault(one["kind"].removeprefix("tours."), set()).update(
                NAMED[who] for who in one["to"]
            )
    return {
        name: "".join(who for who in "江叶白严罗韩秦" if who in to) for name, to in found.items()
    }


def tell_people(news: News, by: str = "") -> None:
    """Everybody is told of it."""
    tell_of(SimpleNamespace(by=PEOPLE.get(by, by)), HOUSE, news)  # type: ignore[arg-type]


# before, after, who applied, who did it → who hears what
TOLD = [
    ("opened", None, WAITS, "", "", {"opened": "江叶", "area": "江叶韩"}),
    ("opened by a colleague", None, WAITS, "秦", "秦", {"opened": "江叶", "area": "江叶韩"}),
    ("nothing changed", WAITS, WAITS, "", "", {}),
    ("one more area", WAITS, replace(WAITS, asked=WAITS.asked | {"rnd"}), "", "", {"area": "秦"}),
    ("one more area of a house that has it no more", WAITS, replace(WAITS, asked=WAITS.asked | {"laboratory"}), "", "", {}),
    ("the company's turn", WAITS, replace(WAITS, company_asked=True), "", "", {"company": "严罗"}),
    ("the company was asked already", replace(WAITS, company_asked=True), replace(WAITS, company_asked=True), "", "", {}),
    ("too late to come", WAITS, replace(WAITS, status="needs_exception"), "", "", {"exception": "严罗"}),
    ("approved", WAITS, YES, "秦", "", {"approved": "江叶秦"}),
    ("approved by 江", WAITS, YES, "秦", "江", {"approved": "叶秦"}),
    ("declined", WAITS, replace(YES, status="declined"), "", "", {"declined": "江叶"}),
    ("withdrawn", YES, replace(YES, status="withdrawn"), "秦", "", {"withdrawn": "江叶韩秦"}),
    ("refused", WAITS, replace(WAITS, status="refused"), "", "严", {"refused": "江叶韩"}),
    ("lapsed with tasks", replace(YES, owners=frozenset({"administration"})), replace(YES, status="lapsed"), "", "", {"lapsed": "江叶白韩"}),
    ("over", YES, replace(YES, status="over"), "秦", "", {}),
    ("the plan", YES, replace(YES, plan_sent=True), "", "江", {"plan": "叶韩"}),
    ("tasks", YES, replace(YES, owners=frozenset({"administration", "reception"})), "", "", {"tasks": "白"}),
    ("a pass is void", replace(YES, passes=frozenset({"1", "2"})), replace(YES, passes=frozenset({"2"})), "", "", {"void": "江叶韩"}),
    ("a pass is made", YES, replace(YES, passes=frozenset({"1"})), "", "", {}),
]  # fmt: skip


@pytest.mark.clause("CV-3.2.1", "CV-3.4.2", "CV-4.1")
@pytest.mark.parametrize(
    ("before", "after", "applied_by", "by", "hear"), [one[1:] for one in TOLD], ids=[one[0] for one in TOLD]
)  # fmt: skip
def test_just_those_hear_who_have_something_to_do_and_nobody_of_their_own_deed(
    said: list[dict[str, Any]], before: Snapshot | None, after: Snapshot, applied_by: str, by: str, hear: dict[str, str]
) -> None:  # fmt: skip
    tell_people(News(visit(applied_by), before, after), by)
    assert heard(said) == hear


def test_a_department_is_asked_once_for_all_its_areas_in_the_houses_order(
    said: list[dict[str, Any]],
) -> None:
    asked = frozenset({"finished_goods", "workshop", "rnd"})
    tell_people(News(visit(), replace(WAITS, asked=frozenset()), replace(WAITS, asked=asked)))
    assert [one["title"] for one in said] == [
        "请答复能不能看车间、成品：长丰机械 12 人",
        "请答复能不能看研发：长丰机械 12 人",
    ]
    assert {one["body"] for one in said} == {"2026-0001 号 · 重要客户 · 12 月 1 日 12:00。"}


@pytest.mark.clause("CV-3.2.1", "CV-3.3.2")
@pytest.mark.parametrize(
    ("warning", "to", "hear", "title", "urgent"),
    [
        ("unanswered", "p", "韩", "没有答复，按不开放处理", False),
        ("area_late", "p", "韩", "超时没有答复", False),
        ("company_late", "company", "严罗", "超时没有批示", True),
        ("task_late", "administration", "白", "接待任务到期没办", True),
        ("lapsed", "reception", "江叶", "没有批准，已作废", False),
        ("task_late", "nobody", "", "", True),
    ],
)
def test_what_is_late_reaches_its_owner_with_the_rules_sentence(
    said: list[dict[str, Any]], warning: str, to: str, hear: str, title: str, *, urgent: bool
) -> None:
    news = News(visit(), WAITS, WAITS, "clock", "等了 24 小时。", {"to": to, "warning": warning})
    tell_people(news)
    assert heard(said) == ({warning: hear} if hear else {})
    assert said[0]["urgent"] is urgent
    assert said[0]["body"].endswith("等了 24 小时。")
    assert said[0]["title"].startswith(title)


def test_a_visitor_whose_name_was_erased_is_told_of_without_it(said: list[dict[str, Any]]) -> None:
    row = visit()
    row.visitor = ""
    tell_people(News(row, YES, replace(YES, status="withdrawn")))
    assert {one["title"] for one in said} == {"来访取消：来访 12 人"}


def test_a_phone_reads_aloud_no_name_of_a_guest() -> None:
    for words in ALOUD.values():
        assert not {"{", "长丰"} & set(words)
        assert words.startswith(("有一", "有参观证"))
