"""信息传递单, 报修, 损坏: passed to whoever must accept, chased, verified, and always somebody's (SF-4.3.4, SF-4.3.6, SF-4.4)."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.files.shelf import picture as a_picture
from yingbin.customers.actions import register_customer
from yingbin.duty.actions import lines
from yingbin.duty.actions.lines import Details, LineOpened
from yingbin.duty.export import disagreements
from yingbin.duty.line_privacy import erase
from yingbin.duty.models import DutyEvent, LineDetail
from yingbin.duty.queries.picture import picture
from yingbin.files.actions import take_in
from yingbin.journal.action import Acting, action
from yingbin.journal.check import check_site
from yingbin.journal.write import Pen
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.ticks import tick as matters_tick
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Staff
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused

from .flat import MONDAY, Flat


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶 is on duty from half past eight, 许 leads; 梁 of the developer's department mends what breaks."""
    staff = Staff.objects.create(account=f"liang{flat.place.code}", name="梁", pinyin="liang")
    since = MONDAY - timedelta(days=400)
    Assignment.objects.create(
        site=flat.place, staff=staff, role="developer_department", since=since
    )
    flat.people["梁"] = staff.id
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.do(
        set_policy, "程", name="duty.routes", reason="工程由地产管",
        values={"slip": "", "repair": "role:developer_department", "damage": "role:developer_department"},
    )  # fmt: skip
    return flat


def shot(flat: Flat, who: str) -> UUID:
    """A photo somebody's phone has sent ahead of the form."""
    flat.now += timedelta(seconds=1)
    acting = Acting(flat.site, f"shot{flat.now:%H%M%S}", flat.people[who], flat.now)
    return take_in(acting, owner="matter", data=a_picture())


@action("test.guest")
def a_guest(pen: Pen, *, name: str, phone: str) -> UUID:
    return register_customer(pen=pen, name=name, phone=phone).id


@action("test.erase")
def erase_all(pen: Pen, *, customer: UUID) -> int:
    return erase(pen=pen, customer_ids=[customer])["damages"]


def write(flat: Flat, kind: str = "repair", who: str = "叶", **details: object) -> LineOpened:
    """A line at the first post."""
    told = Details(**details)  # type: ignore[arg-type]  # the fields of Details
    return flat.do(lines.open_line, who, kind=kind, post=flat.post, title="空调漏水", details=told)


def step(flat: Flat, who: str, opened: LineOpened, verb: str, **more: object) -> None:
    """One step of a line."""
    flat.do(matters.act, who, matter_id=opened.matter, verb=verb, **more)


def row(opened: LineOpened) -> Matter:
    return Matter.objects.get(id=opened.matter)


def faults(flat: Flat) -> list[str]:
    """What day, replay and journal don't agree on; the test gave the roles behind the journal's back."""
    found = [str(f) for line in check_site(flat.site) for f in line.found]
    return [*disagreements(flat.log), *(f for f in found if not f.startswith("角色"))]


@pytest.mark.clause("SF-4.3.6", "SC-4.3.8")
def test_a_repair_goes_to_its_route_and_stays_with_its_writer_until_the_handover(
    morning: Flat,
) -> None:
    opened = write(morning)
    assert row(opened).offered_group == "role:developer_department"
    assert row(opened).owner_id == morning.people["叶"]
    step(morning, "梁", opened, "accept")
    # Whoever takes the repair has it in hand; the first responsible person changes by a handover alone.
    assert row(opened).holder_id == morning.people["梁"]
    assert row(opened).owner_id == morning.people["叶"]
    assert [m.id for m in picture(morning.site, morning.now).lines_of(morning.people["叶"])] == [
        opened.matter
    ]


@pytest.mark.parametrize(
    ("to", "offered"), [("self", None), ("许", "许"), ("", "role:developer_department")]
)
def test_the_writer_may_keep_it_or_choose_somebody_else(
    morning: Flat, to: str, offered: str | None
) -> None:
    chosen = str(morning.people[to]) if to in morning.people else to
    found = row(write(morning, to=chosen))
    got = found.offered_group or found.offered_to
    assert got == (morning.people.get(offered or "", offered or None))


def test_where_nobody_stands_behind_the_route_it_stays_with_its_writer(flat: Flat) -> None:
    flat.sign_on("叶", at="08:20")
    opened = write(flat)
    assert (opened.to, row(opened).offered_group) == ("", "")


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_a_repair_is_open_until_its_owner_has_verified_it(morning: Flat, room: Path) -> None:
    opened = write(morning, photos=(shot(morning, "叶"),))
    step(morning, "梁", opened, "accept")
    step(morning, "梁", opened, "promise", due_at=morning.at("15:00"), note="师傅下午到")
    assert row(opened).due_at == morning.at("15:00")
    step(morning, "梁", opened, "finish", photos=(shot(morning, "梁"),), purpose="after")
    assert row(opened).stage == "finished"
    with pytest.raises(Refused, match="由别人负责"):
        step(morning, "梁", opened, "done")  # nobody verifies what they mended themselves
    step(morning, "叶", opened, "fail", note="还在滴水")
    assert row(opened).closed_at is None
    assert not DutyEvent.objects.filter(event="line_close").exists()
    step(morning, "梁", opened, "finish")
    step(morning, "叶", opened, "done")
    assert row(opened).closed_at is not None
    assert DutyEvent.objects.filter(event="line_close").count() == 1
    assert faults(morning) == []


@pytest.mark.parametrize(
    ("verb", "more", "why"),
    [
        ("done", {}, "现在还不到“验收合格”这一步"),
        ("fail", {"note": "没好"}, "现在还不到“验收不合格”这一步"),
        ("promise", {}, "约定的时间要比现在晚"),
        ("postpone", {"note": "晚点"}, "约定修好时间"),
        ("reply", {}, "请写一句办到哪一步"),
    ],
)
def test_each_refusal_of_a_repair_says_what_to_do(
    morning: Flat, verb: str, more: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        step(morning, "叶", write(morning), verb, **more)


@pytest.mark.clause("SF-4.4")
def test_where_the_site_asks_for_it_a_repair_needs_a_photo_of_after(
    morning: Flat, room: Path
) -> None:
    opened = write(morning)
    told = {"photos": {"repair/finish": {"least": 1}}}
    morning.do(set_policy, "程", name="matters.limits", values=told, reason="修前修后都要有照片")
    with pytest.raises(Refused, match="要附 1 张维修后照片") as no:
        step(morning, "叶", opened, "finish")
    assert no.value.about == "photos"
    with pytest.raises(Refused):
        step(morning, "叶", opened, "finish", photos=(shot(morning, "叶"),), purpose="before")
    step(morning, "叶", opened, "finish", photos=(shot(morning, "叶"),), purpose="after")
    assert row(opened).stage == "finished"


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_each_chase_and_each_answer_stands_in_the_repairs_history(morning: Flat) -> None:
    opened = write(morning)
    step(morning, "梁", opened, "accept")
    morning.clock("09:00")
    morning.clock("18:00")
    step(morning, "梁", opened, "reply", note="缺一个电容，明早换")
    morning.next_day()
    morning.roster(叶="全", 许="全")
    morning.clock("09:00")
    verbs = MatterStep.objects.filter(matter=opened.matter).order_by("index")
    chased = [v for v in verbs.values_list("verb", flat=True) if v in ("chase", "reply")]
    assert chased == ["chase", "chase", "reply", "chase"]
    asked = Notice.objects.filter(to_id=morning.people["梁"], kind="matter.chase")
    assert [n.body for n in asked] == ["请回一句办到哪一步、什么时候能好。"] * 3
    assert faults(morning) == []


def test_a_repair_settled_on_the_stroke_of_closing_is_chased_no_more(morning: Flat) -> None:
    opened = write(morning)
    step(morning, "叶", opened, "finish")
    step(morning, "叶", opened, "done", at="18:00")
    assert row(opened).closed_at is not None
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.6")
def test_a_slip_in_another_hand_is_dealt_with_there_and_settled_by_its_owner(morning: Flat) -> None:
    opened = write(morning, "slip", to=str(morning.people["梁"]))
    step(morning, "梁", opened, "accept")
    with pytest.raises(Refused):
        step(morning, "梁", opened, "done")
    step(morning, "梁", opened, "finish", note="已调好")
    assert row(opened).stage == "finished"
    step(morning, "叶", opened, "done")
    assert faults(morning) == []


def test_a_late_repair_reaches_the_lead_first_and_the_head_second(morning: Flat) -> None:
    opened = write(morning, to="self")
    # 24 working hours at nine a day: late on the third day at 14:20, told again eight working hours later.
    morning.now += timedelta(days=2)
    for clock, who in (("15:00", "许"), ("15:00", "程")):
        morning.now = morning.at(clock)
        matters_tick(morning.now)
        told = Notice.objects.filter(kind="matter.escalate", to_id=morning.people[who])
        assert told.count() == 1
        assert not (
            who == "许"
            and Notice.objects.filter(kind="matter.escalate", to_id=morning.people["程"]).exists()
        )
        morning.now += timedelta(days=1)
    assert row(opened).level == 2


@pytest.mark.clause("SF-4.3.4", "SC-4.3.3")
def test_a_damage_is_told_to_the_lead_at_once_and_goes_to_the_developers_department(
    morning: Flat,
) -> None:
    opened = write(
        morning, "damage", value=1800, cause="child", present="李女士、陈（接待员）",
        happened_at=morning.now - timedelta(minutes=3),
    )  # fmt: skip
    assert Notice.objects.filter(
        kind="duty.damage", to_id=morning.people["许"], urgent=True
    ).exists()
    assert row(opened).offered_group == "role:developer_department"
    kept = LineDetail.objects.get(matter=opened.matter)
    assert (kept.value, kept.cause, kept.present) == (1800, "child", "李女士、陈（接待员）")
    event = DutyEvent.objects.filter(event="line_open").get()
    assert event.facts["kind"] == "slip"
    assert faults(morning) == []


@pytest.mark.parametrize(
    ("details", "about"),
    [
        ({}, "cause"),
        ({"cause": "child", "value": -1}, "value"),
        ({"cause": "child", "happened_at": MONDAY + timedelta(days=1)}, "happened_at"),
        ({"cause": "child", "asset": UUID(int=1)}, "asset"),
    ],
)
def test_a_damage_that_says_too_little_or_nonsense_is_refused_at_its_field(
    morning: Flat, details: dict[str, object], about: str
) -> None:
    with pytest.raises(Refused) as no:
        write(morning, "damage", **details)
    assert no.value.about == about
    assert not Matter.objects.exists()


def test_who_was_there_is_erased_with_the_customer_it_is_about(morning: Flat) -> None:
    who = morning.do(a_guest, "叶", name="李敏", phone="13800138000")
    opened = write(morning, "damage", cause="child", present="李女士和孩子", customer=who)
    morning.do(erase_all, "程", customer=who)
    kept = LineDetail.objects.get(matter=opened.matter)
    assert (kept.present, kept.salt, kept.cause) == ("", "", "child")
