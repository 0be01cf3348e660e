"""What falls due and who hears of it, minute by minute: warnings, lateness, levels, pauses, offers, call-backs."""

from datetime import date, datetime, timedelta

import pytest

from tests.desk.house import House
from yingbin.desk.checking import Replayed
from yingbin.desk.ticks import tick
from yingbin.notices.models import Notice
from yingbin.people.actions.calendar import set_exception
from yingbin.people.calendar import ZONE

SCENES_PLAYED = ()


def moment(said: str) -> datetime:
    """`24 08:30` or `24 08:30:10` of November; beyond the thirtieth it is December."""
    day, clock = said.split()
    parts = [int(part) for part in clock.split(":")]
    over = timedelta(days=int(day) - 1)
    return datetime(2026, 11, 1, *parts, tzinfo=ZONE) + over


def begin(house: House, said: str, *, by: str = "苏", kind: str = "help", **told: object) -> None:
    """A matter is written down at this second; its scene is 它."""
    house.now = moment(said) - timedelta(seconds=1)
    house.at["它"] = house.record(by, kind, **told)


def now(house: House, said: str, by: str, event: str, **fields: object) -> None:
    """Something is done at this second."""
    house.now = moment(said) - timedelta(seconds=1)
    house.says(by, event, "它", **fields)


def told(house: House, since: int = 0) -> list[str]:
    """Everybody who was told so far: `苏 响应快到时限`."""
    names = {one.id: who for who, one in house.staff.items()}
    rows = Notice.objects.filter(site_id=house.site).order_by("id")[since:]
    return [f"{names[row.to_id]} {row.title.split('：')[0]}" for row in rows]


def at(house: House, said: str) -> list[str]:
    """Whom the clock tells when it looks at this second, and not a second before."""
    house.now = moment(said)
    early = house.now - timedelta(seconds=1)
    many = Notice.objects.filter(site_id=house.site).count()
    assert (tick(early), told(house, many)) == (0, []), f"too early at {said}"
    tick(house.now)
    assert tick(house.now) == 0, "what was told is told once"
    return told(house, many)


Line = tuple[str, str]
# A matter of 苏 that nobody touches, from Monday nine o'clock: when who hears what.
LEFT_ALONE: dict[str, tuple[dict[str, object], list[Line]]] = {
    "an enquiry": ({"kind": "enquiry"}, [
        ("23 13:42", "苏 解决快到时限"), ("23 14:30", "苏 解决已超时/林 解决超时仍未办"),
        ("23 16:30", "林 解决超时仍未办"), ("24 14:30", "顾 解决超时仍未办"),
    ]),
    "a help request": ({}, [
        ("23 09:24", "苏 响应快到时限"), ("23 09:30", "苏 响应已超时/林 响应超时仍未办"),
        ("23 11:30", "林 响应超时仍未办"), ("23 13:42", "苏 到场快到时限"),
        ("23 14:30", "苏 到场已超时/林 到场超时仍未办"), ("23 16:30", "林 到场超时仍未办/苏 解决快到时限"),
        ("24 09:00", "苏 解决已超时/林 解决超时仍未办"), ("24 09:30", "顾 响应超时仍未办"),
        ("24 11:00", "林 解决超时仍未办"), ("24 14:30", "顾 到场超时仍未办"), ("25 09:00", "顾 解决超时仍未办"),
    ]),
    "an urgent help request": ({"urgent": True}, [
        ("23 09:04", "苏 响应快到时限"), ("23 09:05", "苏 响应已超时/林 响应超时仍未办"),
        ("23 09:20", "林 响应超时仍未办"), ("23 09:24", "苏 到场快到时限"),
        ("23 09:30", "苏 到场已超时/林 到场超时仍未办"), ("23 09:35", "顾 响应超时仍未办"),
        ("23 09:45", "林 到场超时仍未办"), ("23 10:00", "顾 到场超时仍未办"), ("23 12:12", "苏 解决快到时限"),
        ("23 13:00", "苏 解决已超时/林 解决超时仍未办"), ("23 13:15", "林 解决超时仍未办"), ("23 13:30", "顾 解决超时仍未办"),
    ]),
    "a suggestion": ({"kind": "suggestion"}, [
        ("23 16:30", "苏 响应快到时限"), ("24 09:00", "苏 响应已超时/林 响应超时仍未办"),
        ("25 09:00", "林 响应超时仍未办"), ("25 12:00", "苏 解决快到时限"),
        ("26 09:00", "顾 响应超时仍未办/苏 解决已超时/林 解决超时仍未办"), ("27 09:00", "林 解决超时仍未办"),
        ("30 09:00", "顾 解决超时仍未办"),
    ]),
    "a complaint": ({"kind": "complaint"}, [
        ("23 09:24", "苏 响应快到时限"), ("23 09:30", "苏 响应已超时/林 响应超时仍未办"), ("23 14:45", "林 响应超时仍未办"),
        ("24 09:30", "顾 响应超时仍未办"), ("24 15:00", "苏 解决快到时限"), ("25 09:00", "苏 解决已超时/林 解决超时仍未办"),
        ("25 14:15", "林 解决超时仍未办"), ("26 09:00", "顾 解决超时仍未办"),
    ]),
}  # fmt: skip


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize("what", LEFT_ALONE)
def test_a_matter_left_alone_climbs_from_the_clerk_to_the_manager(house: House, what: str) -> None:
    recorded, lines = LEFT_ALONE[what]
    begin(house, "23 09:00", **recorded)
    for when, said in lines:
        assert at(house, when) == said.split("/"), when
    house.later(days=40)
    assert tick(house.now) == 0, "nothing is left to say"
    assert list(Replayed(house.site).faults()) == []


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize("what", LEFT_ALONE)
def test_after_an_outage_everything_is_told_at_once_and_only_once(house: House, what: str) -> None:
    recorded, lines = LEFT_ALONE[what]
    begin(house, "23 09:00", **recorded)
    house.now = moment("30 09:00")
    marks = tick(house.now)
    said = [one for _, many in lines for one in many.split("/")]
    assert sorted(told(house)) == sorted(said)
    assert (marks, tick(house.now)) == (len(said), 0)
    assert house.faults() == []
    assert list(Replayed(house.site).faults()) == []


@pytest.mark.clause("SD-4.3", "SD-4.4")
def test_while_a_department_has_it_its_worker_and_its_head_hear_too(house: House) -> None:
    begin(house, "23 09:00")
    now(house, "23 09:01", "苏", "offer", to="工程部")
    now(house, "23 09:02", "钱", "accept")
    assert at(house, "23 09:24") == ["苏 响应快到时限", "钱 响应快到时限"]
    assert at(house, "23 09:30") == ["苏 响应已超时", "钱 响应已超时", "赵 响应超时仍未办"]
    assert at(house, "23 11:30") == ["林 响应超时仍未办"]
    now(house, "23 11:40", "钱", "arrive")
    now(house, "23 11:41", "钱", "done")
    # The answer is the clerk's to give; the worker hears no more of it.
    assert at(house, "23 13:59") == ["苏 答复快到时限"]
    assert at(house, "23 14:11") == ["苏 答复已超时", "林 答复超时仍未办"]


@pytest.mark.clause("SD-4.4")
def test_an_offer_that_nobody_takes_is_told_to_whoever_answers_for_it(house: House) -> None:
    begin(house, "23 09:00", kind="suggestion")
    now(house, "23 09:10", "苏", "offer", to="工程部")
    assert at(house, "23 11:10") == ["赵 接手已超时"]
    for minute in (20, 22):
        now(house, f"23 11:{minute}", "孙", "decline", reason="不归我们")
        now(house, f"23 11:{minute + 1}", "苏", "offer", to="工程部")
    # The third goes to the supervisor: whoever answers for them is the manager.
    assert house.row(house.at["它"]).offered_to == house.id("林")
    assert "顾 接手已超时" in at(house, "23 14:53")


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize(
    ("begun", "kind", "urgent", "warned", "late"),
    [
        ("27 17:10", "help", None, "30 08:34", "30 08:40"),  # over the weekend
        ("28 03:00", "help", None, "30 08:54", "30 09:00"),  # on Saturday night
        ("28 23:58", "help", True, "29 00:02", "29 00:03"),  # urgent ones don't wait for Monday
        ("23 11:40", "help", None, "23 13:34", "23 13:40"),  # over noon
        ("23 11:30", "help", None, "23 11:54", "23 12:00"),  # just to noon
        ("23 08:00", "help", None, "23 08:54", "23 09:00"),  # before opening
        ("23 17:30", "help", None, "24 08:54", "24 09:00"),  # at closing time
        ("23 17:10", "paid", True, "23 17:18", "23 17:20"),
        ("25 17:00", "suggestion", None, "26 15:30", "26 17:00"),
    ],
)
def test_working_time_is_what_counts(
    house: House, begun: str, kind: str, urgent: bool | None, warned: str, late: str
) -> None:
    begin(house, begun, kind=kind, urgent=urgent)
    assert at(house, warned) == ["苏 响应快到时限"]
    assert at(house, late)[0] == "苏 响应已超时"


@pytest.mark.clause("SD-4.3")
def test_a_holiday_in_the_middle_moves_what_starts_after_it_is_known(house: House) -> None:
    """A clock that runs keeps the moment it was promised for; what begins later knows the holiday."""
    begin(house, "23 17:20")
    house.do(set_exception, "林", day=date(2026, 11, 24), works=False, name="停水检修")
    house.at["旧的"] = house.at["它"]
    begin(house, "23 17:25", home="1-1-101")
    assert house.row(house.at["旧的"]).due_at == moment("24 08:50")
    assert house.row(house.at["它"]).due_at == moment("25 08:55")
    assert at(house, "24 08:44")[:1] == ["苏 响应快到时限"]
    assert at(house, "24 08:50")[:1] == ["苏 响应已超时"]
    house.says("苏", "cancel", "旧的", reason="withdrawn")
    assert at(house, "25 08:49")[:1] == ["苏 响应快到时限"]
    assert list(Replayed(house.site).faults()) == []
    assert house.desk(house.at["它"]).log.get(index=0).office.version == 2


@pytest.mark.clause("SD-4.3")
def test_what_is_done_at_the_very_second_of_its_limit_is_late_and_a_second_before_is_not(
    house: House,
) -> None:
    begin(house, "23 09:00")
    house.at["早一秒"] = house.record(home="1-1-101")  # 09:00:01
    now(house, "23 09:30:00", "苏", "respond")
    assert "苏 响应已超时" in told(house)
    before = len(told(house))
    house.now = moment("23 09:30:00") - timedelta(seconds=1)
    house.says("苏", "respond", "早一秒")
    assert told(house)[before:] == ["苏 响应快到时限"], "warned, for nobody had looked; not late"
    late = {c["clock"]: c["late"] for c in clocks(house, "它") if c["clock"] == "respond"}
    assert late == {"respond": True}
    assert [c["late"] for c in clocks(house, "早一秒") if c["clock"] == "respond"] == [False]


def clocks(house: House, scene: str) -> list[dict[str, object]]:
    """The clocks of a matter as they are kept."""
    from yingbin.desk.folding import whole

    found = whole(house.desk(house.at[scene]))
    return [{"clock": c.name, "late": c.told_late, "how": c.how} for c in found.state.clocks]


@pytest.mark.clause("SD-4.3")
def test_a_pause_stops_the_clocks_and_is_over_when_its_time_is_used_up(house: House) -> None:
    begin(house, "23 09:00")
    now(house, "23 09:10", "苏", "respond")
    now(house, "23 10:00", "苏", "pause", reason="parts")
    assert {c["how"] for c in clocks(house, "它")} == {"met", "paused"}
    for when in ("23 14:30", "24 09:00", "25 12:00"):
        assert at(house, when) == []
    # 1350 working minutes from Monday ten: 120 and 240, 450, 450, and 90 on Thursday.
    assert at(house, "26 10:00") == ["苏 暂停时间用完，请接着办"]
    assert at(house, "26 13:42") == ["苏 到场快到时限"]
    with pytest.raises(Exception, match="可以暂停的时间已经用完"):
        house.says("苏", "pause", "它", reason="parts")
    assert list(Replayed(house.site).faults()) == []


@pytest.mark.clause("SD-4.3")
def test_whoever_resumes_gets_the_rest_of_the_limit_back(house: House) -> None:
    begin(house, "23 09:00")
    now(house, "23 09:10", "苏", "respond")
    now(house, "23 10:00", "苏", "pause", reason="access")
    now(house, "23 11:00", "苏", "resume")
    assert at(house, "23 14:42") == ["苏 到场快到时限"]  # an hour later than 13:42
    assert at(house, "23 15:30") == ["苏 到场已超时", "林 到场超时仍未办"]


@pytest.mark.clause("SD-4.3")
def test_another_step_on_a_paused_matter_lets_it_go_on_but_a_change_of_shift_does_not(
    house: House,
) -> None:
    begin(house, "23 09:00")
    now(house, "23 09:10", "苏", "respond")
    now(house, "23 10:00", "苏", "pause", reason="resident")
    now(house, "23 10:10", "苏", "assign", to="叶", as_="owner", reason="换班")
    assert house.row(house.at["它"]).paused == "resident"
    now(house, "23 10:20", "叶", "offer", to="工程部")
    assert house.row(house.at["它"]).paused == ""


@pytest.mark.clause("SD-4.3")
def test_a_call_back_that_nobody_makes_is_told_to_the_supervisor_though_the_matter_is_closed(
    house: House,
) -> None:
    begin(house, "23 09:00", kind="complaint")
    for minute, event, fields in (
        (1, "respond", {}), (2, "assess", {"severity": "minor"}), (3, "investigate", {"note": "看了"}),
        (4, "answer", {"text": "停工"}), (5, "tell", {}), (6, "agree", {"agreed": True}),
    ):  # fmt: skip
        now(house, f"23 09:0{minute}", "苏", event, **fields)
    assert house.row(house.at["它"]).closed_at
    # 1350 working minutes from Monday 09:06.
    assert at(house, "26 09:06") == ["林 回访已超时"]
    now(house, "26 09:30", "叶", "call", reached=True, score="satisfied", asked=False)
    assert {c["how"] for c in clocks(house, "它") if c["clock"] == "callback"} == {"met"}
    house.later(days=30)
    assert tick(house.now) == 0


@pytest.mark.clause("SD-4.3")
def test_a_higher_grade_starts_its_own_clocks_and_the_old_ones_are_replaced(house: House) -> None:
    begin(house, "23 09:00", kind="complaint")
    now(house, "23 09:01", "苏", "respond")
    now(house, "23 09:10", "苏", "assess", severity="grave")
    assert told(house) == ["顾 苏"], "the manager hears of a grave complaint"
    assert [c["how"] for c in clocks(house, "它") if c["clock"] == "solve"] == [
        "replaced",
        "running",
    ]
    assert house.row(house.at["它"]).due_at == moment("24 09:10")  # 1440 minutes, night and day
    assert at(house, "24 04:22") == ["苏 解决快到时限"]
    assert at(house, "24 09:10") == ["苏 解决已超时", "林 解决超时仍未办", "林 解决超时仍未办"]
    assert at(house, "24 10:10") == ["顾 解决超时仍未办"]


def test_a_clock_of_another_office_is_not_looked_at_for_this_one(house: House) -> None:
    """Two offices, two matters: each hears of its own."""
    begin(house, "23 09:00")
    house.now = moment("23 09:30")
    assert tick(house.now) == 3
    assert set(Notice.objects.values_list("site_id", flat=True)) == {house.site}
