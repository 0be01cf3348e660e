"""What the clock does by itself: days begin where a post opens, what fell due is told once, names stand in place of ids."""

from datetime import timedelta

import pytest

from yingbin.duty.actions import breaks, lines, presence
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyLog
from yingbin.duty.ticks import tick
from yingbin.notices.models import Notice
from yingbin.people.models import OpeningHours

from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.7")


def test_a_break_nobody_went_to_lapses_and_the_stored_day_stays_its_replay(flat: Flat) -> None:
    flat.roster(叶="全", 陈="全", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:40")
    assert flat.ask("叶", at="10:10", begins="10:20").accepted
    flat.clock("10:50")
    assert list(disagreements(flat.log)) == []


def test_a_stand_in_that_begins_by_itself_is_in_the_stored_day(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    span = {"begins": flat.at("10:20"), "ends": flat.at("10:40")}
    flat.do(breaks.stand_in, "许", at="10:01", who=flat.people["许"], post=flat.post, **span)
    flat.clock("10:20")
    assert str(flat.people["许"]) in flat.log.standing["posts"][str(flat.post)]["on"]
    assert list(disagreements(flat.log)) == []


@pytest.mark.clause("SF-4.3.6", "SF-4.4")
def test_a_line_is_told_by_its_number_to_whoever_hears_of_it(flat: Flat) -> None:
    flat.roster(叶="全", 陈="全", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:20")
    flat.do(lines.open_line, "叶", kind="repair", post=flat.post, title="灯不亮", at="08:30")
    flat.clock("09:00")
    flat.do(presence.sign_off, "叶", at="10:00")
    told = dict(Notice.objects.values_list("kind", "body"))
    assert told["duty.chase"] == "样板间A开门了，报修第1号还没有办完，请叶跟进。"
    assert told["duty.lines_left"] == "叶离开时，样板间A的第1号还没有办完，请安排人接手。"


def test_a_day_begins_by_itself_only_where_a_post_opens(flat: Flat) -> None:
    OpeningHours.objects.filter(site=flat.place, weekday=0).delete()
    flat.clock("08:40")
    assert not DutyLog.objects.exists()
    flat.next_day()
    assert tick(flat.at("04:59")) == 0
    assert not DutyLog.objects.exists()
    flat.clock("08:40")
    assert flat.log.day == flat.now.date()
    assert "late→lead" in flat.alerts()


def test_after_three_hours_without_a_worker_everything_due_is_told_once(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.clock("08:31")
    flat.clock("11:31")
    told = flat.alerts()
    assert told.count("absent→lead") == 2
    assert told.count("gap→lead") == told.count("gap_long→head") == 1
    assert told.count("missing→lead") == 2  # the rounds of ten and eleven
    flat.clock("11:31")
    assert flat.alerts() == told
    assert list(disagreements(flat.log)) == []


def test_a_day_that_is_over_owes_nothing(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.clock("08:31")
    log, told = flat.log, len(flat.alerts())
    tick(flat.at("08:31") + timedelta(days=1))
    log.refresh_from_db()
    assert log.next_at is None
    assert log.alerts.count() == told
