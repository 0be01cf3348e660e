"""A roster published for today reaches a day that has begun, or says what can't be changed any more (SF-3.2, SF-4.3.7)."""

from datetime import time, timedelta
from uuid import UUID

import pytest

from yingbin.duty.actions import breaks, planning, presence
from yingbin.duty.cells import Cell
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent, DutyLog, RosterCell, ShiftKind
from yingbin.duty.queries.picture import SeenPerson, picture
from yingbin.duty.ticks import tick
from yingbin.people.models import Assignment, OpeningHours, Staff
from yingbin.rules.decision import Refused

from .flat import MONDAY, Flat

pytestmark = pytest.mark.clause("SF-3.2", "SF-4.3.7")


def mark(name: str) -> UUID:
    return ShiftKind.objects.get(mark=name, given_up_at__isnull=True).id


def publish(
    flat: Flat, who: str, shift: str, post: UUID | None = None, at: str = ""
) -> planning.Published:
    """One person's day of today as it is now to be."""
    day, kind = flat.now.date(), mark(shift) if shift else None
    cell = Cell(flat.people[who], day, kind, (post or flat.post) if shift else None)
    flat.do(planning.draft, "许", cells=(cell,), at=at)
    return flat.do(planning.publish, "许", first=day, last=day)


def seen(flat: Flat, who: str) -> SeenPerson:
    return picture(flat.site, flat.now).people[str(flat.people[who])]


def events(flat: Flat) -> list[str]:
    return list(
        DutyEvent.objects.filter(log=flat.log).order_by("index").values_list("event", flat=True)
    )


def test_a_rest_day_published_for_today_is_no_longer_waited_for(flat: Flat) -> None:
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    publish(flat, "陈", "", at="10:00")
    assert seen(flat, "陈").off
    before = flat.alerts()
    flat.clock("12:30")
    assert [a for a in flat.alerts()[len(before) :] if a.startswith("absent")] == []
    assert list(disagreements(flat.log)) == []


def test_and_whoever_was_off_by_then_is_missed_again_once_they_have_a_shift_again(
    flat: Flat,
) -> None:
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    publish(flat, "陈", "", at="10:00")
    publish(flat, "陈", "晚", at="10:30")
    before = flat.alerts()
    flat.clock("12:06")
    assert "absent→lead" in flat.alerts()[len(before) :]


def test_what_was_promised_to_somebody_now_off_is_taken_back(flat: Flat) -> None:
    flat.roster(叶="全", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    assert flat.ask("陈", at="09:10", begins="15:00").accepted
    publish(flat, "陈", "", at="10:00")
    assert events(flat)[-2:] == ["shift", "break_cancel"]


def test_somebody_who_is_there_stays_and_the_lead_reads_why(flat: Flat) -> None:
    flat.roster(叶="早", 陈="早", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:40")
    with pytest.raises(Refused, match="陈已经到岗，今天改不成休"):
        publish(flat, "陈", "", at="10:00")
    flat.do(
        planning.draft,
        "许",
        cells=(Cell(flat.people["苏"], flat.now.date(), mark("晚"), flat.post),),
    )
    cells = (Cell(flat.people["陈"], flat.now.date(), None),)
    flat.do(planning.draft, "许", cells=cells)
    done = flat.do(planning.publish, "许", first=flat.now.date(), last=flat.now.date())
    assert done.cells == 1
    assert "请先签退" in done.held[0]
    kept = RosterCell.objects.get(staff_id=flat.people["陈"], day=flat.now.date())
    assert kept.published_shift_id == mark("早")
    assert kept.shift_id is None


def test_another_post_is_where_somebody_signs_on(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    publish(flat, "陈", "晚", flat.posts["样板间B"], at="10:00")
    flat.sign_on("陈", at="11:58")
    assert seen(flat, "陈").at == "样板间B"


def test_somebody_who_is_there_moves_to_their_new_post_if_they_can_leave(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="早", 陈="早", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:40")
    publish(flat, "陈", "早", flat.posts["样板间B"], at="10:00")
    assert seen(flat, "陈").at == "样板间B"
    with pytest.raises(Refused, match="叶一走，样板间A就不够人了"):
        publish(flat, "叶", "早", flat.posts["样板间B"], at="10:05")
    assert list(disagreements(flat.log)) == []


def test_a_post_set_up_today_is_for_tomorrow_and_the_lead_reads_so(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.sign_on("叶", at="08:40")
    flat.do(planning.keep_post, "许", name="水吧", kind="sales_centre")
    bar = RosterCell._meta.get_field("post").related_model.objects.get(name="水吧").id
    with pytest.raises(Refused, match="水吧今天没有开岗"):
        publish(flat, "陈", "晚", bar, at="10:00")


def test_somebody_who_joined_the_house_today_can_be_put_on_todays_roster(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.sign_on("叶", at="08:40")
    new = Staff.objects.create(account="xin", name="新", pinyin="xin")
    Assignment.objects.create(site=flat.place, staff=new, role="receptionist", since=flat.now)
    flat.people["新"] = new.id
    publish(flat, "新", "晚", at="10:00")
    before = flat.alerts()
    flat.clock("12:06")
    assert "absent→lead" in flat.alerts()[len(before) :]
    assert list(disagreements(flat.log)) == []


def test_the_first_roster_of_a_guessed_day_lets_the_others_be_off(flat: Flat) -> None:
    told = {"mark": "晚", "title": "", "begins": time(12), "ends": time(18, 30)}
    flat.do(planning.keep_shift, "许", **told)
    flat.sign_on("叶", at="08:40")
    assert not seen(flat, "苏").off
    publish(flat, "陈", "晚", at="08:50")
    assert seen(flat, "苏").off
    assert not seen(flat, "叶").off


def test_a_day_told_of_shifts_again_and_again_is_still_its_replay(flat: Flat) -> None:
    flat.roster(叶="全", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    told = {"who": flat.people["陈"], "post": flat.post}
    for hour, shift in enumerate(("", "早", "晚", "", "全"), 9):
        publish(flat, "陈", shift, at=f"{hour:02}:10")
    with pytest.raises(Refused):
        flat.do(breaks.stand_in, "许", **told, begins=flat.at("15:00"), ends=flat.at("16:00"))
    flat.sign_on("陈", at="14:00")
    flat.do(presence.sign_off, "陈", at="15:00")
    assert list(disagreements(flat.log)) == []


def test_a_place_set_up_late_on_a_day_begins_its_day_by_itself(flat: Flat) -> None:
    OpeningHours.objects.filter(site=flat.place, weekday=0).delete()
    assert flat.clock("09:10") == 0
    assert not DutyLog.objects.filter(site_id=flat.site).exists()
    OpeningHours.objects.create(site=flat.place, weekday=0, opens="09:00", closes="18:00")
    assert (
        flat.clock("09:20") == 0
    )  # nothing has been written since: it isn't asked again every second
    flat.do(planning.keep_post, "许", name="样板间B", kind="show_flat", at="09:30")
    tick(flat.now + timedelta(seconds=1))
    assert DutyLog.objects.filter(site_id=flat.site, day=MONDAY.date()).exists()
    assert time(9) < flat.log.began_at.astimezone(MONDAY.tzinfo).time()
