"""The settings of a headquarters as people type them, versions of the rules, and what an edit would bring about."""

from datetime import date, timedelta
from typing import Any

import pytest

from yingbin.people.models import Department
from yingbin.rules.decision import Refused
from yingbin.tours.actions import settings as choices
from yingbin.tours.changes import follows
from yingbin.tours.company import COMPANY, PACKS, TOUR_PACKS
from yingbin.tours.forms.settings import CompanyForm
from yingbin.tours.names import departments_of
from yingbin.tours.office import office_now, read, standing_now
from yingbin.tours.queries.one import page_of

from .headquarters import Headquarters

SCENES: dict[str, Any] = {}


def lived(house: Headquarters) -> None:
    """A key account with everything, and a neighbour on the same day."""
    SCENES.clear()
    house.choose(rooms=[{"room": "小会客室", "capacity": 8}, {"room": "报告厅", "capacity": 60}])
    one = SCENES["大客户"] = house.planned("key_account", headcount=8, rivals="家电")
    house.act("江", "task", one, task="guide", who="江")
    house.act("江", "task", one, task="meal")
    house.issue(one, persons=8)
    SCENES["邻居"] = house.planned(
        "institution", headcount=20, hour=14, rivals="家电", areas=("workshop",)
    )
    SCENES["一般"] = house.approved("general", headcount=10, day=9, areas=("plant",))


def at(day: int, hour: int, minute: int = 0) -> str:
    """A moment as the contract writes it; the visits are on 1 December."""
    return f"2026-12-{day:02}T{hour:02}:{minute:02}:00+08:00"


ASKED, WORD = "厂区、车间要重新答复", "公司要重新批示"
FOLLOWS = [
    ("大客户", {"headcount": 6}, {"用餐要重新办"}, {ASKED, WORD, "接待方案要重新发"}),
    ("大客户", {"headcount": 9}, {ASKED, WORD, "1 张参观证作废，要收回", "接待方案要重新发", "小会客室让出来"}, set()),
    ("大客户", {"from": at(1, 10, 20), "to": at(1, 12, 20)}, {"接待方案要重新发"}, {ASKED, WORD}),
    ("大客户", {"from": at(2, 10), "to": at(2, 12)}, {ASKED, WORD, "讲解员、用餐要重新办"}, set()),
    ("大客户", {"areas": ("plant", "workshop", "rnd")}, {"研发要重新答复"}, {WORD}),
    ("大客户", {"areas": ("plant",)}, {"1 张参观证作废，要收回"}, {ASKED}),
    ("一般", {"areas": ("plant", "workshop", "rnd")}, {"车间、研发不对这类客人开放"}, {ASKED}),
    ("一般", {"headcount": 8}, {"不用重新问谁，已经答复的照旧"}, {WORD}),
]  # fmt: skip


@pytest.mark.clause("CV-3.2.1")
@pytest.mark.parametrize(
    ("scene", "changed", "says", "without"),
    FOLLOWS,
    ids=[f"{scene} {n}" for n, (scene, *_) in enumerate(FOLLOWS)],
)
def test_an_edit_says_beforehand_whom_it_asks_again_and_does_just_that(
    kept: Headquarters, scene: str, changed: dict[str, Any], says: set[str], without: set[str]
) -> None:
    row = kept.row(SCENES[scene])
    told = follows(row, standing_now(kept.site, kept.now), dict(changed), kept.now)
    said = "；".join(one.words for one in told)
    assert says <= {one.words for one in told}, said
    assert not without & {one.words for one in told}, said
    kept.act("", "edit", SCENES[scene], **{f"{n}_": v for n, v in changed.items()})
    after = kept.row(SCENES[scene])
    asked = [name for name, state, _ in after.state["areas"] if state == "asked"]
    assert bool(asked) == ("重新答复" in said)
    assert (after.state["company"] is None) == (WORD in said)
    assert after.state["plan_sent"] == (row.state["plan_sent"] and "接待方案要重新发" not in said)
    gone = sum(b[3] for b in row.state["passes"]) - sum(a[3] for a in after.state["passes"])
    assert gone == (1 if "参观证作废" in said else 0)


def filled(house: Headquarters, **more: str) -> CompanyForm:
    """The form as somebody types it."""
    told = {
        "rooms": "一号会客室 12", "souvenirs": "10", "circles": "家电\n\n家电\n 电池 ", "reason": "搬家",
        "plant_department": "reception", **more,
    }  # fmt: skip
    chosen = COMPANY.in_force(house.site, house.now).values
    return CompanyForm(
        told, departments=departments_of(house.site).items(), leaders=(), chosen=chosen
    )


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"rooms": "一号会客室"}, "rooms", "「一号会客室」没有读懂"),
        ({"rooms": "一号会客室 0"}, "rooms", "没有读懂"),
        ({"rooms": "报告厅 60\n走廊 ²"}, "rooms", "「走廊 ²」没有读懂"),
        ({"souvenirs": "-1"}, "souvenirs", "0 到 100000 之间的整数"),
        ({"plant_capacity": "0"}, "plant_capacity", "1 到 100000 之间的整数"),
        ({"plant_department": "nobody"}, "plant_department", "nobody"),
        ({"reason": ""}, "reason", "请填写为什么改"),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_field(
    kept: Headquarters, told: dict[str, str], field: str, said: str
) -> None:
    form = filled(kept, **told)
    assert not form.is_valid()
    assert said in str(form.errors[field])


def test_settings_are_kept_as_they_were_meant(kept: Headquarters) -> None:
    form = filled(kept, rooms=" 一号 会客室 12 \n\n报告厅 60", plant_key="on")
    assert form.is_valid(), form.errors
    told = form.values()
    assert told["rooms"] == [
        {"room": "一号 会客室", "capacity": 12},
        {"room": "报告厅", "capacity": 60},
    ]
    assert told["circles"] == ["家电", "电池"]
    assert told["areas"] == {
        "plant": {"department": "reception", "capacity": None, "key": True, "closed_to": []}
    }
    twice = {**told, "rooms": [{"room": "厅", "capacity": 1}, {"room": "厅", "capacity": 2}]}
    with pytest.raises(Refused, match="有房间写了两次"):
        kept.do(choices.settle, "江", values=twice, reason="x")


def pack(house: Headquarters, since: date, base: str = "trade", **values: object) -> str:
    """A new version of the rules."""
    told = {**PACKS[base], **values}
    name: str = house.do(
        choices.new_pack, "江", base=base, since=since, values=told, reason="按行业"
    )
    return name


@pytest.mark.clause("CV-2")
def test_a_version_begins_on_a_day_on_which_nobody_was_judged(kept: Headquarters) -> None:
    today = kept.now.date()
    for day in (today, today - timedelta(days=3)):
        with pytest.raises(Refused, match="请从明天或更晚开始"):
            pack(kept, day)
    assert pack(kept, today + timedelta(days=9)) == "2"
    assert pack(kept, today + timedelta(days=2)) == "3"
    assert pack(kept, today + timedelta(days=9), general_min=10) == "4", "in place of the second"
    held = TOUR_PACKS.in_force(kept.site, kept.now).values.packs
    assert [one.version for one in held] == ["1", "3", "4"]
    with pytest.raises(Refused, match="规则包填得不对"):
        pack(kept, today + timedelta(days=4), general_min=-1)
    with pytest.raises(Refused, match="请选一个规则包"):
        kept.do(choices.new_pack, "江", base="none", since=today, values={}, reason="x")


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize(
    ("base", "lead", "small", "company"),
    [("text", 5, "decline", 4), ("trade", 3, "exception", 2)],
)
def test_both_shipped_packs_are_read_by_the_rules(
    kept: Headquarters, base: str, lead: int, small: str, company: int
) -> None:
    pack(kept, kept.now.date() + timedelta(days=1), base)
    found = read(office_now(kept.site, kept.now)).packs[-1]
    assert (found.lead_days["important"], found.grounds["small_group"]) == (lead, small)
    assert len(found.company_approval) == company


@pytest.mark.clause("CV-3.2.1")
def test_reception_answers_for_a_department_in_which_nobody_works(kept: Headquarters) -> None:
    empty = Department.objects.create(site=kept.place, name="市场部")
    areas = {"marketing": {"department": str(empty.id)}, "plant": {"department": "reception"}}
    values = {**COMPANY.plain(COMPANY.in_force(kept.site, kept.now).values), "areas": areas}
    with pytest.raises(Refused, match="还有来访要看车间"):
        kept.do(choices.settle, "江", values=values, reason="x")
    for one in SCENES.values():
        kept.act("", "withdraw", one)
    kept.do(choices.settle, "江", values=values, reason="市场部搬走")
    asked = kept.apply(areas=("marketing",), day=20)
    kept.act("江", "area", asked, area="marketing", answer="open")
    assert kept.row(asked).open_areas == ["marketing"]
    ended = page_of(kept.badge("江"), kept.row(SCENES["大客户"]), kept.now)
    assert [line.title for line in ended.areas] == ["厂区", "车间"], "what they wanted to see then"
