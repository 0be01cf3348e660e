"""What a lead may set up and plan, what is refused in which words, and that a press repeated acts once (SF-3.2, SF-4.3.7)."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from yingbin.duty.actions import planning
from yingbin.duty.actions.planning import MOST_DAYS, Cell
from yingbin.duty.models import PostRule, RosterCell, ShiftKind
from yingbin.duty.queries.grid import grid
from yingbin.duty.queries.roster import plan_of, shift_kinds
from yingbin.journal.models import Entry
from yingbin.journal.write import KeyReused
from yingbin.notices.models import Notice
from yingbin.people.models import Post
from yingbin.rules.decision import Refused

from .flat import MONDAY, Flat
from .rosters import TUESDAY, WEDNESDAY, cell, draft, marks, publish

pytestmark = pytest.mark.clause("SF-3.2")
EARLY: dict[str, Any] = {"mark": "早", "title": "早班", "begins": time(8, 30), "ends": time(14)}


@pytest.fixture
def planned(flat: Flat) -> Flat:
    """The shifts are 早, 晚 and 全; today 叶 is early and 许 leads."""
    flat.roster(叶="早", 许="全")
    return flat


# Posts


@pytest.mark.clause("SF-4.3.7")
@pytest.mark.parametrize(
    ("told", "words", "about"),
    [
        ({"name": ""}, "请写岗位名称，例如 A 户型样板间。", "name"),
        ({"name": " \t"}, "请写岗位名称，例如 A 户型样板间。", "name"),
        ({"name": "水吧", "opens": time(9)}, "要一起填", None),
        ({"name": "水吧", "closes": time(18)}, "要一起填", None),
        ({"name": "水吧", "opens": time(9), "closes": time(9)}, "关门要晚于开门", None),
        ({"name": "水吧", "opens": time(18), "closes": time(2)}, "关门要晚于开门", None),
        ({"name": "水吧", "minimum": 0}, "至少一个人", "minimum"),
        ({"name": "水吧", "minimum": -1}, "至少一个人", "minimum"),
    ],
)
def test_a_post_that_makes_no_sense_is_not_set_up(
    flat: Flat, told: dict[str, Any], words: str, about: str | None
) -> None:
    with pytest.raises(Refused, match=words) as no:
        flat.do(planning.keep_post, "许", kind="show_flat", **told)
    assert (no.value.clause, no.value.about or None) == ("SF-4.3.7", about)
    assert list(Post.objects.filter(site=flat.place).values_list("name", flat=True)) == ["样板间A"]


def test_a_post_is_not_renamed_to_one_that_is_there(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    rule = PostRule.objects.get(post_id=flat.posts["样板间B"]).id
    with pytest.raises(Refused, match="已经有岗位“样板间A”，请换个名称"):
        flat.do(planning.keep_post, "许", name="样板间A", kind="show_flat", rule=rule)
    names = Post.objects.filter(site=flat.place).order_by("name").values_list("name", flat=True)
    assert list(names) == ["样板间A", "样板间B"]


def test_a_renamed_post_is_the_same_post_on_the_roster(planned: Flat) -> None:
    rule = PostRule.objects.get(site_id=planned.site).id
    planned.do(planning.keep_post, "许", name=" 样板间甲 ", kind="show_flat", rule=rule)
    (post,) = plan_of(planned.site, MONDAY.date(), planned.now).posts
    assert (post.id, post.name) == (planned.post, "样板间甲")
    assert marks(planned, MONDAY.date())["叶"] == "早"


def test_a_post_that_was_given_up_comes_back_under_its_name(flat: Flat) -> None:
    rule = PostRule.objects.get(site_id=flat.site).id
    flat.do(planning.give_up_post, "许", rule=rule)
    assert flat.do(planning.keep_post, "许", name="样板间A", kind="show_flat") == rule
    assert plan_of(flat.site, MONDAY.date(), flat.now).is_open


@pytest.mark.parametrize("whose", ["another place's", "nobody's"])
def test_a_post_that_is_not_ones_own_cannot_be_given_up(flat: Flat, whose: str) -> None:
    other = Flat()
    rule = PostRule.objects.get(site_id=other.site).id if whose == "another place's" else uuid4()
    with pytest.raises(Refused, match="没有这个岗位，或者已经停用。请刷新页面。"):
        flat.do(planning.give_up_post, "许", rule=rule)
    assert plan_of(other.site, MONDAY.date(), other.now).is_open


# Shifts


@pytest.mark.parametrize(
    ("change", "words", "about"),
    [
        ({"mark": ""}, "代号写一两个字", "mark"),
        ({"mark": "  "}, "代号写一两个字", "mark"),
        ({"mark": "休"}, "“休”留给休息", "mark"),
        ({"mark": "假"}, "“休”留给休息", "mark"),
        ({"ends": time(8, 30)}, "上班和下班时间不能一样", "ends"),
    ],
)
def test_a_shift_that_makes_no_sense_is_not_kept(
    flat: Flat, change: dict[str, Any], words: str, about: str
) -> None:
    with pytest.raises(Refused, match=words) as no:
        flat.do(planning.keep_shift, "许", **{**EARLY, **change})
    assert no.value.about == about
    assert shift_kinds(flat.site) == []


def test_new_hours_of_a_mark_leave_what_was_published_with_the_old_ones(planned: Flat) -> None:
    planned.do(planning.keep_shift, "许", **{**EARLY, "ends": time(15)})
    assert [k.mark for k in shift_kinds(planned.site)].count("早") == 1
    kept = RosterCell.objects.get(staff_id=planned.people["叶"], day=MONDAY.date())
    assert kept.published_shift is not None
    assert kept.published_shift.ends == time(14)
    publish(planned, TUESDAY, 叶="早")
    new = RosterCell.objects.get(staff_id=planned.people["叶"], day=TUESDAY)
    assert new.published_shift is not None
    assert new.published_shift.ends == time(15)


def test_a_shift_without_a_name_is_called_by_its_mark(flat: Flat) -> None:
    flat.do(planning.keep_shift, "许", **{**EARLY, "title": " ", "mark": " 中 "})
    (kind,) = shift_kinds(flat.site)
    assert (kind.mark, kind.title) == ("中", "中")


# Drafts


def test_cells_of_strangers_shifts_and_posts_of_elsewhere_write_nothing(planned: Flat) -> None:
    other = Flat()
    other.roster(叶="早")
    ours = cell(planned, "陈", TUESDAY, "晚")
    theirs = ShiftKind.objects.filter(site_id=other.site).first()
    assert theirs is not None
    chen, who = planned.people["陈"], "不在这里上班的人或没有的班次"
    for bad, words in (
        (Cell(other.people["叶"], TUESDAY, None), who),
        (Cell(uuid4(), TUESDAY, None, blank=True), who),
        (Cell(chen, TUESDAY, theirs.id), who),
        (Cell(chen, TUESDAY, ours.shift, other.post), "排班里有没有的岗位"),
    ):
        with pytest.raises(Refused, match=words):
            planned.do(planning.draft, "许", cells=(ours, bad))
        assert not RosterCell.objects.filter(staff_id=chen).exists()


def test_one_persons_day_stands_in_a_draft_once(planned: Flat) -> None:
    twice = (cell(planned, "陈", TUESDAY, "早"), cell(planned, "陈", TUESDAY, "晚"))
    with pytest.raises(Refused, match="同一个人同一天排了两次"):
        planned.do(planning.draft, "许", cells=twice)
    assert not RosterCell.objects.filter(day=TUESDAY).exists()


def test_a_draft_emptied_before_anything_was_published_leaves_nothing(planned: Flat) -> None:
    draft(planned, TUESDAY, 陈="晚")
    gone = Cell(planned.people["陈"], TUESDAY, None, blank=True)
    planned.do(planning.draft, "许", cells=(gone,))
    planned.do(planning.draft, "许", cells=(gone,))  # a cell that isn't there empties again
    assert not RosterCell.objects.filter(day=TUESDAY).exists()


def test_the_same_press_again_drafts_and_publishes_once(planned: Flat) -> None:
    cells = (cell(planned, "陈", TUESDAY, "晚"),)
    first = planned.do(planning.draft, "许", key="d", cells=cells)
    planned.do(planning.draft, "许", cells=(cell(planned, "陈", TUESDAY, "早"),))
    assert planned.do(planning.draft, "许", key="d", cells=cells) == first
    span = {"first": TUESDAY, "last": TUESDAY}
    done = planned.do(planning.publish, "许", key="p", **span)
    assert planned.do(planning.publish, "许", key="p", **span) == done
    assert marks(planned, TUESDAY) == {"陈": "早"}  # the repeated draft wrote nothing over it
    assert Notice.objects.filter(to_id=planned.people["陈"], kind="duty.roster").count() == 1


def test_a_key_that_meant_another_span_is_told(planned: Flat) -> None:
    draft(planned, TUESDAY, 陈="晚")
    planned.do(planning.publish, "许", key="p", first=TUESDAY, last=TUESDAY)
    with pytest.raises(KeyReused):
        planned.do(planning.publish, "许", key="p", first=TUESDAY, last=WEDNESDAY)


# Publishing


@pytest.mark.parametrize(
    ("days", "refused"), [(-1, True), (0, False), (MOST_DAYS, False), (MOST_DAYS + 1, True)]
)
def test_a_publication_takes_two_months_at_most_and_never_backwards(
    planned: Flat, days: int, refused: bool
) -> None:
    draft(planned, TUESDAY, 陈="晚")
    span = {"first": TUESDAY, "last": TUESDAY + timedelta(days=days)}
    if refused:
        with pytest.raises(Refused, match=f"一次最多发布 {MOST_DAYS} 天"):
            planned.do(planning.publish, "许", **span)
    else:
        assert planned.do(planning.publish, "许", **span).cells == 1


def test_whose_days_did_not_change_hears_nothing(planned: Flat) -> None:
    publish(planned, TUESDAY, 叶="早", 陈="晚")
    Notice.objects.all().delete()
    publish(planned, TUESDAY, 叶="早", 陈="休")
    told = Notice.objects.filter(kind="duty.roster")
    assert [(n.to_id, n.body) for n in told] == [(planned.people["陈"], "11月24日休")]


def test_a_long_list_of_days_is_told_short(planned: Flat) -> None:
    days = [TUESDAY + timedelta(days=n) for n in range(8)]
    cells = tuple(cell(planned, "陈", day, "晚") for day in days)
    planned.do(planning.draft, "许", cells=cells)
    planned.do(planning.publish, "许", first=days[0], last=days[-1])
    body = Notice.objects.get(to_id=planned.people["陈"], kind="duty.roster").body
    assert body.startswith("11月24日晚、11月25日晚")
    assert body.endswith("11月29日晚等 8 天")


def test_a_draft_changed_back_is_nothing_to_publish(planned: Flat) -> None:
    publish(planned, TUESDAY, 陈="晚")
    draft(planned, TUESDAY, 陈="早")
    assert grid(planned.site, TUESDAY, planned.now).drafts == 1
    draft(planned, TUESDAY, 陈="晚")
    assert grid(planned.site, TUESDAY, planned.now).drafts == 0
    with pytest.raises(Refused, match="都发布过了，没有改动"):
        planned.do(planning.publish, "许", first=TUESDAY, last=TUESDAY)


def test_a_publication_touches_no_other_place(planned: Flat) -> None:
    other = Flat()
    other.roster(叶="早")
    draft(other, TUESDAY, 叶="晚")
    publish(planned, TUESDAY, 叶="晚")
    assert marks(other, TUESDAY) == {}
    assert grid(other.site, TUESDAY, other.now).drafts == 1


def test_what_the_journal_keeps_of_a_roster_names_nobody(planned: Flat) -> None:
    publish(planned, TUESDAY, 叶="晚", 陈="休")
    bodies = Entry.objects.filter(site_id=planned.site, kind="duty.roster")
    said = " ".join(str(e.body) for e in bodies)
    assert str(planned.people["陈"]) in said
    assert [name for name in planned.people if name in said] == []


def test_the_last_day_of_a_leap_february_can_be_planned(planned: Flat) -> None:
    leap = date(2028, 2, 29)
    publish(planned, leap, 叶="早")
    shown = grid(planned.site, leap, planned.now)
    assert shown.last == leap
    assert (shown.before, shown.after) == (date(2028, 1, 1), date(2028, 3, 1))
