"""岗位、班次、排班: drafted, published with notice to whom it changes, with what it breaks (SF-3.2, SF-4.3.7)."""

from datetime import time, timedelta

import pytest

from yingbin.duty.actions import planning
from yingbin.duty.cells import Cell
from yingbin.duty.models import DutyEvent, PostRule
from yingbin.duty.queries.grid import grid
from yingbin.duty.queries.roster import plan_of
from yingbin.journal.check import check_site
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .flat import Flat

pytestmark = pytest.mark.clause("SF-3.2")


def shift(flat: Flat, mark: str, begins: time, ends: time) -> object:
    return flat.do(planning.keep_shift, "许", mark=mark, title="", begins=begins, ends=ends)


def test_nobody_is_told_before_it_is_published(flat: Flat) -> None:
    early = shift(flat, "早", time(8, 30), time(14))
    day = flat.now.date()
    flat.do(planning.draft, "许", cells=(Cell(flat.people["叶"], day, early, flat.post),))
    assert plan_of(flat.site, day, flat.now).guessed
    assert not Notice.objects.filter(kind="duty.roster").exists()
    done = flat.do(planning.publish, "许", first=day, last=day)
    assert (done.cells, done.people) == (1, 1)
    told = Notice.objects.get(kind="duty.roster")
    assert (told.to_id, told.body) == (flat.people["叶"], "11月23日早")
    with pytest.raises(Refused, match="没有改动"):
        flat.do(planning.publish, "许", first=day, last=day)


def test_a_day_without_a_roster_is_guessed_and_says_so(flat: Flat) -> None:
    plan = plan_of(flat.site, flat.now.date(), flat.now)
    assert plan.guessed
    spans = {p.span for p in plan.people if p.role == "receptionist"}
    assert spans == {(flat.at("09:00"), flat.at("18:00"))}


def test_another_shift_of_today_is_an_event_of_the_day(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.sign_on("叶", at="08:40")
    late = shift(flat, "晚", time(12), time(18, 30))
    cell = Cell(flat.people["陈"], flat.now.date(), late, flat.post)
    flat.do(planning.draft, "许", cells=(cell,))
    flat.do(planning.publish, "许", first=cell.day, last=cell.day)
    assert DutyEvent.objects.filter(event="shift").count() == 1
    flat.clock("12:06")
    assert "absent→lead" in flat.alerts()


def test_the_grid_says_what_a_day_breaks(flat: Flat) -> None:
    late, early = shift(flat, "晚", time(14), time(23)), shift(flat, "早", time(8), time(14))
    day, who = flat.now.date(), flat.people["叶"]
    week = [Cell(who, day + timedelta(days=n), early, flat.post) for n in range(1, 8)]
    flat.do(planning.draft, "许", cells=(Cell(who, day, late, flat.post), *week))
    shown = grid(flat.site, day, flat.now)
    row = next(r for r in shown.rows if r.name == "叶")
    by_day = {c.day: [f.short for f in c.faults] for c in row.cells}
    assert by_day[day + timedelta(days=1)] == ["<11h"]
    assert by_day[day + timedelta(days=6)] == ["连7"]
    assert "11月24日 叶与前一天的班只隔 9 小时，不到 11 小时。" in shown.faults
    assert "11月23日 样板间A09:00–14:00 缺人。" in shown.faults
    assert shown.drafts == 8


def test_a_shift_over_midnight_ends_on_the_next_day(flat: Flat) -> None:
    night = shift(flat, "夜", time(18), time(2))
    day = flat.now.date()
    flat.do(planning.draft, "许", cells=(Cell(flat.people["叶"], day, night, flat.post),))
    flat.do(planning.publish, "许", first=day, last=day)
    (ye,) = [p for p in plan_of(flat.site, day, flat.now).people if p.staff == flat.people["叶"]]
    assert ye.span is not None
    assert ye.span[1] - ye.span[0] == timedelta(hours=8)


def test_posts_and_shifts_are_refused_with_what_to_do(flat: Flat) -> None:
    for told, words in (
        ({"name": " ", "kind": "show_flat"}, "岗位名称"),
        ({"name": "B", "kind": "show_flat", "opens": time(9)}, "一起填"),
        ({"name": "B", "kind": "show_flat", "opens": time(9), "closes": time(8)}, "晚于开门"),
    ):
        with pytest.raises(Refused, match=words):
            flat.do(planning.keep_post, "许", **told)
    with pytest.raises(Refused, match="休"):
        shift(flat, "休", time(9), time(12))
    with pytest.raises(Refused, match="不能一样"):
        shift(flat, "早", time(9), time(9))


def test_a_post_of_the_same_name_is_the_same_post(flat: Flat) -> None:
    flat.do(planning.keep_post, "许", name="样板间A", kind="show_flat", minimum=2)
    rule = PostRule.objects.get(site_id=flat.site)
    assert rule.minimum == 2
    flat.do(planning.give_up_post, "许", rule=rule.id)
    with pytest.raises(Refused, match="停用"):
        flat.do(planning.give_up_post, "许", rule=rule.id)
    assert not plan_of(flat.site, flat.now.date(), flat.now).is_open


def test_what_was_planned_is_witnessed(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    found = [str(f) for x in check_site(flat.site) for f in x.found]
    assert [f for f in found if not f.startswith("角色")] == []


def test_nobody_from_another_place_gets_into_the_roster(flat: Flat) -> None:
    other = Flat()
    early = shift(flat, "早", time(8, 30), time(14))
    cell = Cell(other.people["叶"], flat.now.date(), early, flat.post)
    with pytest.raises(Refused, match="不在这里上班"):
        flat.do(planning.draft, "许", cells=(cell,))
