"""What is typed into the month's grid, a plan of meals or a file of another place: odd forms harm nothing (SF-3.2, SC-4.3.9)."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from yingbin.duty.actions.rota import plan_rota
from yingbin.duty.export import disagreements
from yingbin.duty.meals import MealPlan
from yingbin.duty.models import DutyEvent, RosterCell, ShiftKind
from yingbin.duty.queries.grid import grid
from yingbin.importing import actions as imports
from yingbin.importing.models import ImportRun
from yingbin.journal.action import Acting
from yingbin.rules.decision import Refused

from .doors import enter, here
from .flat import MONDAY, Flat
from .rosters import TUESDAY, WEDNESDAY, draft, found, publish
from .test_roster_file import sheet_of

pytestmark = pytest.mark.clause("SF-3.2")


@pytest.fixture
def planned(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """It is Monday the 23rd; 叶, 陈 and 许 work all day."""
    flat.roster(叶="全", 陈="全", 许="全")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def lead(planned: Flat) -> Client:
    """许, signed in."""
    return enter(planned, "许")


def field(flat: Flat, who: str, day: date) -> str:
    return f"c.{flat.people[who]}.{day.isoformat()}"


def written(flat: Flat, who: str, month: date = TUESDAY) -> dict[int, str]:
    row = next(r for r in grid(flat.site, month, flat.now).rows if r.staff == flat.people[who])
    return {c.day.day: c.text for c in row.cells if c.known and c.day >= TUESDAY}


def send(page: Client, flat: Flat, path: str, **told: Any) -> str:
    """A plain form post, followed; what the page then says."""
    sent = {"key": str(uuid4()), "month": "2026-11", **told}
    return page.post(here(flat, f"roster/{path}/"), sent, follow=True).content.decode()


@pytest.mark.parametrize("was", ["", "{", "[1, 2]", "null", '"早"', '{"c.x": 3}', '{"p.": null}'])
def test_a_page_that_tells_nonsense_of_what_stood_there_is_read_as_typed(
    planned: Flat, lead: Client, was: str
) -> None:
    said = send(lead, planned, "draft", was=was, **{field(planned, "陈", TUESDAY): "晚"})
    assert "已存 1 格草稿，发布后大家才看到。" in said
    assert written(planned, "陈") == {24: "晚"}


def test_saving_without_a_change_says_so_and_writes_nothing(planned: Flat, lead: Client) -> None:
    publish(planned, TUESDAY, 陈="晚")
    before = list(RosterCell.objects.order_by("id").values())
    chen = field(planned, "陈", TUESDAY)
    assert "没有改动。" in send(
        lead, planned, "draft", was=json.dumps({chen: "晚"}), **{chen: "晚"}
    )
    assert "没有改动。" in send(lead, planned, "draft")
    assert list(RosterCell.objects.order_by("id").values()) == before


def test_cells_of_strangers_and_days_of_other_months_are_no_fields(
    planned: Flat, lead: Client
) -> None:
    other = Flat()
    told = {
        field(other, "叶", TUESDAY): "早",
        f"c.{uuid4()}.{TUESDAY}": "早",
        field(planned, "秦", TUESDAY): "早",  # a guard is on no roster
        field(planned, "陈", date(2026, 12, 1)): "早",
    }
    before = RosterCell.objects.count()
    assert "没有改动。" in send(lead, planned, "draft", **told)
    assert RosterCell.objects.count() == before


def test_a_bare_mark_follows_the_post_that_stands_beside_the_name(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="早", 许="全")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    page, chen, second = enter(flat, "许"), flat.people["陈"], flat.posts["样板间B"]
    told = {
        f"p.{chen}": str(second),
        field(flat, "陈", TUESDAY): "早",
        field(flat, "陈", WEDNESDAY): "晚/样板间A",
    }
    send(page, flat, "draft", **told)
    kept = (
        RosterCell.objects.filter(staff_id=chen).order_by("day").values_list("post_id", flat=True)
    )
    assert list(kept) == [second, flat.posts["样板间A"]]


def test_a_month_that_is_over_is_read_and_not_written(planned: Flat, lead: Client) -> None:
    shown = lead.get(here(planned, "roster/"), {"month": "2026-10"}).content.decode()
    assert 'name="c.' not in shown
    assert "存草稿" not in shown
    past = date(2026, 10, 20)
    send(lead, planned, "draft", month="2026-10", **{field(planned, "陈", past): "早"})
    assert not RosterCell.objects.filter(day=past).exists()


def test_a_name_that_stands_twice_in_a_pasted_block_is_refused_whole(
    planned: Flat, lead: Client
) -> None:
    block = "陈\t早\n苏\t晚\n陈\t晚"
    told = {"key": "k", "month": "2026-11", "first": "2026-11-24", "block": block}
    answer = lead.post(here(planned, "roster/paste/"), told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "同一个人同一天排了两次" in text
    assert "苏\t晚" in text
    assert written(planned, "陈") == written(planned, "苏") == {}


def test_a_block_may_reach_back_into_the_past_and_leaves_it_alone(
    planned: Flat, lead: Client
) -> None:
    said = send(lead, planned, "paste", first="2026-11-21", block="陈\t早\t早\t休\t晚\r\n\r\n")
    assert "贴进了 2 格草稿" in said  # Monday, which isn't over, and Tuesday
    assert not RosterCell.objects.filter(day__lt=MONDAY.date()).exists()


@pytest.mark.parametrize(
    ("fold", "told", "says"),
    [
        ("copy", {"to": "2026-12-30"}, "上周（12月21日–12月27日）没有排班，没有可抄的"),
        ("copy", {"to": "2026-11-20"}, "这一周已经过去了，不能再排"),
        ("paste", {"first": "2026-11-24", "block": "陈\t\t\n"}, "没有贴进来的班次"),
        ("paste", {"first": "2026-11-02", "block": "陈\t早\t早"}, "今天以前的格子不能再排"),
    ],
)
def test_where_nothing_can_be_laid_out_the_page_says_why(
    planned: Flat, lead: Client, fold: str, told: dict[str, str], says: str
) -> None:
    text = send(lead, planned, fold, **told)
    assert says in text
    assert "0 格" not in text


def test_a_copied_week_is_a_draft_of_what_was_drafted_with_nothing_published(
    planned: Flat, lead: Client
) -> None:
    draft(planned, TUESDAY, 陈="晚")
    publish(planned, WEDNESDAY, 陈="早", 叶="休")
    send(lead, planned, "copy", to="2026-12-03")
    rows = RosterCell.objects.filter(day__range=(date(2026, 11, 30), date(2026, 12, 6)))
    assert not rows.filter(published_at__isnull=False).exists()
    kinds = {k.id: k.mark for k in ShiftKind.objects.filter(site_id=planned.site)}
    chen = rows.filter(staff_id=planned.people["陈"]).order_by("day")
    assert [(c.day.day, kinds.get(c.shift_id or uuid4())) for c in chen] == [
        (30, "全"), (1, "晚"), (2, "早"),
    ]  # fmt: skip


def test_publishing_nothing_says_that_nothing_changed(planned: Flat, lead: Client) -> None:
    assert "这段时间的排班都发布过了，没有改动。" in send(lead, planned, "publish")


def test_publishing_says_how_many_cells_and_people_it_reached(planned: Flat, lead: Client) -> None:
    draft(planned, TUESDAY, 陈="晚", 苏="休")
    draft(planned, WEDNESDAY, 陈="早")
    assert "已发布 3 格，通知了 2 人。" in send(lead, planned, "publish")
    assert found(planned) == []


# Meals


@pytest.fixture
def noon(planned: Flat) -> Flat:
    """叶 and 陈 are at the one post all day; it is ten o'clock."""
    planned.sign_on("叶", "陈", "许", at="08:40")
    planned.now = planned.at("10:00")
    return planned


def meal(flat: Flat, who: str, at: str, minutes: int = 30) -> MealPlan:
    return MealPlan(flat.people[who], flat.at(at), minutes)


@pytest.mark.clause("SC-4.3.9")
@pytest.mark.parametrize("minutes", [0, -30, 181, 10_000])
def test_a_meal_of_an_impossible_length_plans_nobodys(noon: Flat, minutes: int) -> None:
    meals = (meal(noon, "叶", "11:00"), meal(noon, "陈", "12:00", minutes))
    with pytest.raises(Refused, match="用餐时间填 1 到 180 分钟"):
        noon.do(plan_rota, "许", meals=meals)
    assert not DutyEvent.objects.filter(event="break_request").exists()


@pytest.mark.clause("SC-4.3.9")
def test_the_same_press_again_plans_the_meals_once(noon: Flat) -> None:
    meals = (meal(noon, "叶", "11:00"), meal(noon, "陈", "12:00"))
    assert [noon.do(plan_rota, "许", key="m", meals=meals) for _ in range(2)] == [2, 2]
    assert DutyEvent.objects.filter(event="break_request").count() == 2
    assert list(disagreements(noon.log)) == []


@pytest.mark.clause("SC-4.3.9")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"minutes": "30", "first": "13:00", "last": "12:00"}, "要晚于最早去的时间。"),
        ({"minutes": "30", "first": "12:00", "last": "12:00"}, "要晚于最早去的时间。"),
        (
            {"minutes": "viele", "first": "11:00", "last": "13:00"},
            "分钟数请填 5 到 120 之间的整数。",
        ),
        ({"minutes": "121", "first": "11:00", "last": "13:00"}, "120"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_told_beside_its_field(
    noon: Flat, lead: Client, told: dict[str, str], words: str
) -> None:
    text = lead.get(here(noon, "posts/rota/"), told).content.decode()
    assert words in text
    assert [v for v in told.values() if f'value="{v}"' not in text] == []


def test_before_the_day_has_begun_there_is_nothing_to_propose(planned: Flat, lead: Client) -> None:
    asked = {"minutes": "30", "first": "11:00", "last": "13:00"}
    answer = lead.get(here(planned, "posts/rota/"), asked)
    assert answer.status_code == 200
    assert 'name="t.' not in answer.content.decode()


# Files


def run_of(flat: Flat) -> ImportRun:
    """许 of this place has brought a file in."""
    data = sheet_of(["2026年12月"], ["姓名", 1, 2, 3], ["叶", "早", "休", "晚"])
    acting = Acting(flat.site, "file", flat.people["许"], flat.now)
    told = {"kind": "roster", "file_name": "班.xlsx", "data": data, "told": {}}
    return ImportRun.objects.get(id=imports.take_as_proposed(acting, **told))


def test_a_file_of_another_place_is_not_found_and_a_receptionist_opens_none(planned: Flat) -> None:
    run, other = run_of(planned), Flat()
    path = f"roster/imports/{run.id}/"
    assert enter(planned, "许").get(here(planned, path)).status_code == 200
    assert enter(planned, "叶").get(here(planned, path)).status_code == 403
    assert enter(other, "许").get(here(other, path)).status_code == 404
    assert not RosterCell.objects.filter(day__gte=TUESDAY + timedelta(days=1)).exists()


def test_what_the_grid_would_break_is_said_before_it_is_saved(planned: Flat, lead: Client) -> None:
    """By the reading and the rules of 存草稿; a cell that nobody can read is named, and nothing is written."""
    draft(planned, TUESDAY, 陈="晚", 苏="休")
    drafts = RosterCell.objects.count()

    def said(**cells: str) -> str:
        told = {f"c.{planned.people[who]}.2026-11-25": mark for who, mark in cells.items()}
        return send(lead, planned, "preview", was="{}", **told)

    short = said(陈="晚", 苏="休")
    assert 'data-cell="2026-11-25" data-short="缺"' in short
    assert "改了 2 格，还没存" in short
    assert "11月25日 样板间A09:00–12:00 缺人" in short
    assert 'data-cell="2026-11-25"' not in said(陈="晚", 苏="早")
    assert "data-unread" in said(陈="班")
    assert RosterCell.objects.count() == drafts
    name = f"c.{planned.people['陈']}.2026-11-24"
    emptied = send(lead, planned, "preview", **{name: "", "was": json.dumps({name: "晚"})})
    assert "改了 1 格" in emptied
    assert 'data-short="缺">样板间A09:00–18:00' in emptied


def test_nobody_but_the_planner_is_told_ahead(planned: Flat) -> None:
    told = {"key": "k", "month": "2026-11"}
    assert enter(planned, "叶").post(here(planned, "roster/preview/"), told).status_code == 403
