"""Swaps and leave at their edges: what changed meanwhile, the same press again, forged rows, random askings (SF-3.2)."""

import random
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.force import unguarded
from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.duty.actions import feeds, leave, swaps
from yingbin.duty.models import Leave, RosterCell, ShiftSwap
from yingbin.duty.queries.mine import my_roster
from yingbin.duty.queries.roster import plan_of
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment
from yingbin.rules.decision import Refused

from .doors import enter
from .flat import MONDAY, Flat
from .rosters import TUESDAY, WEDNESDAY, found, marks, publish

pytestmark = pytest.mark.clause("SF-3.2")
FRIDAY = TUESDAY + timedelta(days=3)


@pytest.fixture
def week(flat: Flat) -> Flat:
    """Tuesday 叶 early, 陈 late, 苏 off; Wednesday 叶 off, 陈 all day, 苏 early; 许 leads."""
    flat.roster(叶="早", 许="全")
    publish(flat, TUESDAY, 叶="早", 陈="晚", 苏="休", 许="全")
    publish(flat, WEDNESDAY, 叶="休", 陈="全", 苏="早", 许="全")
    return flat


def ask(flat: Flat, by: str, whom: str, day: date = TUESDAY, other: date | None = None) -> UUID:
    told = {"with_whom": flat.people[whom], "day": day, "other_day": other or day}
    return flat.do(swaps.ask_swap, by, **told)


def agreed(flat: Flat, by: str = "叶", whom: str = "陈", day: date = TUESDAY) -> UUID:
    """Both want it; the request that waits for a lead."""
    swap = ask(flat, by, whom, day)
    flat.do(swaps.answer_swap, whom, swap=swap, agrees=True)
    request = ShiftSwap.objects.get(id=swap).approval_id
    assert request is not None
    return request


def decide(flat: Flat, request: UUID, *, grant: bool = True) -> None:
    flat.do(approvals.decide, "许", approval_id=request, grant=grant, words="看过了")


# Swaps


@pytest.mark.parametrize(
    ("days", "words"),
    [(31, "还没有发布"), (32, "两天相差最多一个月"), (60, "两天相差最多一个月")],
)
def test_two_days_lie_at_most_a_month_apart(week: Flat, days: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        ask(week, "叶", "陈", TUESDAY, TUESDAY + timedelta(days=days))


def test_the_same_press_again_asks_once_and_tells_once(week: Flat) -> None:
    told = {"with_whom": week.people["陈"], "day": TUESDAY, "other_day": TUESDAY}
    swap = week.do(swaps.ask_swap, "叶", key="a", **told)
    assert week.do(swaps.ask_swap, "叶", key="a", **told) == swap
    for _ in range(2):
        assert week.do(swaps.answer_swap, "陈", key="b", swap=swap, agrees=True) == "agreed"
    assert Notice.objects.filter(to_id=week.people["陈"], kind="duty.swap").count() == 1
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("ended", ["declined", "withdrawn", "agreed", "done"])
def test_a_swap_that_is_settled_takes_no_more_answers(week: Flat, ended: str) -> None:
    swap = ask(week, "叶", "陈")
    if ended == "withdrawn":
        week.do(swaps.withdraw_swap, "叶", swap=swap)
    else:
        week.do(swaps.answer_swap, "陈", swap=swap, agrees=ended != "declined")
    if ended == "done":
        decide(week, Approval.objects.get().id)
    assert ShiftSwap.objects.get().status == ended
    with pytest.raises(Refused, match="没有这次换班，或者已经有结果了"):
        week.do(swaps.answer_swap, "陈", swap=swap, agrees=True)
    with pytest.raises(Refused, match="没有这次换班，或者已经有结果了"):
        week.do(swaps.withdraw_swap, "叶", swap=swap)


def test_a_colleague_agrees_to_nothing_that_does_not_fit_any_more(week: Flat) -> None:
    swap = ask(week, "叶", "陈")
    publish(week, TUESDAY, 陈="早")
    with pytest.raises(Refused, match="两个人这天的班一样，不用换"):
        week.do(swaps.answer_swap, "陈", swap=swap, agrees=True)
    week.do(swaps.answer_swap, "陈", swap=swap, agrees=False)  # no is always possible
    assert ShiftSwap.objects.get().status == "declined"


def test_a_swap_of_a_day_that_began_meanwhile_can_only_be_declined(week: Flat) -> None:
    request = agreed(week)
    week.next_day()
    week.sign_on("叶", at="08:35")
    with pytest.raises(Refused, match="当天的班已经开始，不能再换。请领班在「岗位」页改班。"):
        decide(week, request)
    decide(week, request, grant=False)
    assert ShiftSwap.objects.get().status == "not_granted"
    assert marks(week, TUESDAY)["叶"] == "早"


def test_before_four_in_the_morning_it_is_still_the_day_before(week: Flat) -> None:
    week.now = week.at("03:59") + timedelta(days=1)
    told = {"with_whom": week.people["陈"], "day": MONDAY.date(), "other_day": MONDAY.date()}
    with pytest.raises(Refused, match="还没有发布"):  # of Monday, which isn't over
        week.do(swaps.ask_swap, "叶", **told)
    week.now = week.at("04:00")
    with pytest.raises(Refused, match="当天的班已经开始"):
        week.do(swaps.ask_swap, "叶", **told)


def test_a_lead_who_swaps_with_a_receptionist_stands_at_no_post(week: Flat) -> None:
    publish(week, FRIDAY, 叶="早", 陈="全", 许="晚")
    told = {"with_whom": week.people["叶"], "day": FRIDAY, "other_day": FRIDAY}
    swap = week.do(swaps.ask_swap, "许", **told)
    week.do(swaps.answer_swap, "叶", swap=swap, agrees=True)
    request = Approval.objects.get().id
    with pytest.raises(Refused):  # not even a lead grants a swap of their own
        decide(week, request)
    week.do(approvals.decide, "程", approval_id=request, grant=True)
    there = {p.staff: p for p in plan_of(week.site, FRIDAY, week.now).people}
    assert there[week.people["许"]].post is None
    assert there[week.people["叶"]].post == week.post
    assert (marks(week, FRIDAY)["许"], marks(week, FRIDAY)["叶"]) == ("早", "晚")


def test_nobody_swaps_with_somebody_who_is_not_on_the_roster(week: Flat) -> None:
    for who in ("秦", "程"):
        with pytest.raises(Refused, match=f"{who}这天的班还没有发布"):
            ask(week, "叶", who)
    stranger = {"with_whom": uuid4(), "day": TUESDAY, "other_day": TUESDAY}
    with pytest.raises(Refused, match="同事已经不在这里上班"):
        week.do(swaps.ask_swap, "叶", **stranger)
    assert not ShiftSwap.objects.exists()


@pytest.mark.parametrize("seed", range(2))
def test_however_people_swap_the_days_shifts_stay_the_same_ones(week: Flat, seed: int) -> None:
    """A plain dictionary follows; every day keeps its marks, whoever has them."""
    dice = random.Random(seed)
    model = {day: marks(week, day) for day in (TUESDAY, WEDNESDAY)}
    before = {day: sorted(had.values()) for day, had in model.items()}
    for _ in range(8):
        one, other = dice.sample(["叶", "陈", "苏"], 2)
        days = dice.choice([(TUESDAY,), (WEDNESDAY,), (TUESDAY, WEDNESDAY)])
        try:
            swap = ask(week, one, other, days[0], days[-1])
        except Refused:
            continue
        wants, grants = dice.random() < 0.8, dice.random() < 0.8
        week.do(swaps.answer_swap, other, swap=swap, agrees=wants)
        if not wants:
            continue
        row = ShiftSwap.objects.get(id=swap)
        assert row.approval_id is not None
        decide(week, row.approval_id, grant=grants)
        if grants:
            for day in days:
                had = model[day]
                had[one], had[other] = had[other], had[one]
    assert {day: marks(week, day) for day in model} == model
    assert {day: sorted(had.values()) for day, had in model.items()} == before
    assert "done" in set(ShiftSwap.objects.values_list("status", flat=True))
    assert found(week) == []


def test_two_people_do_not_ask_each_other_for_the_same_days_at_once(week: Flat) -> None:
    """Both granted, the second swap would undo the first."""
    swap = ask(week, "叶", "苏", TUESDAY, WEDNESDAY)
    for first, second in ((TUESDAY, WEDNESDAY), (WEDNESDAY, TUESDAY)):
        with pytest.raises(Refused, match="这位同事已经问过您换这两天"):
            ask(week, "苏", "叶", first, second)
    with pytest.raises(Refused, match="已经问过这位同事了"):
        ask(week, "叶", "苏", WEDNESDAY, TUESDAY)
    ask(week, "叶", "陈", TUESDAY)  # somebody else may be asked meanwhile
    ask(week, "苏", "叶", TUESDAY)  # and another pair of days
    week.do(swaps.withdraw_swap, "叶", swap=swap)
    ask(week, "苏", "叶", WEDNESDAY, TUESDAY)


# Leave


@pytest.mark.parametrize(
    ("first", "last", "words", "about"),
    [
        (-1, 0, "过去的日子不能再请假，请从今天起。", "first"),
        (2, 1, "结束不能早于开始", "last"),
        (0, 60, "一次最多 60 天", "last"),
    ],
)
def test_leave_of_impossible_days_is_refused_beside_the_field(
    week: Flat, first: int, last: int, words: str, about: str
) -> None:
    days = {"first": first, "last": last}
    told = {name: MONDAY.date() + timedelta(days=n) for name, n in days.items()}
    with pytest.raises(Refused, match=words) as no:
        week.do(leave.ask_leave, "叶", sort="own", **told)
    assert no.value.about == about
    assert not Approval.objects.exists()


def test_sixty_days_from_today_are_the_most_that_can_be_asked_for(week: Flat) -> None:
    today = MONDAY.date()
    told = {"first": today, "last": today + timedelta(days=59), "sort": "other"}
    request = week.do(leave.ask_leave, "叶", key="l", **told)
    assert week.do(leave.ask_leave, "叶", key="l", **told) == request
    assert Approval.objects.get().title == "请假 11月23日–1月21日"


@pytest.mark.parametrize(
    ("sort", "word"),
    [("annual", "年假"), ("own", "事假"), ("ill", "病假"), ("instead", "调休"), ("?", "其他")],
)
def test_what_leave_it_is_stands_in_the_words_alone(week: Flat, sort: str, word: str) -> None:
    week.do(leave.ask_leave, "叶", first=TUESDAY, last=TUESDAY, sort=sort)
    row = Approval.objects.get()
    assert (row.title, row.words) == ("请假 11月24日", word)
    assert word not in "".join(f"{n.title}{n.body}" for n in Notice.objects.all())


def test_why_somebody_is_away_is_for_them_their_lead_and_whoever_answers(week: Flat) -> None:
    told = {"first": TUESDAY, "last": TUESDAY, "sort": "ill", "words": "发烧"}
    request = week.do(leave.ask_leave, "叶", **told)
    page, home = f"/approvals/{request}/", "/approvals/"

    def reads(who: str, where: str) -> bool:
        shown = enter(week, who).get(f"/s/{week.place.code}{where}")
        text = shown.content.decode() if shown.status_code == 200 else ""
        assert shown.status_code == 404 or "请假 11月24日" in text
        return "病假：发烧" in text

    assert all((reads("叶", page), reads("许", home), reads("许", page)))
    assert not reads("程", home), "the head has it in a list, and doesn't read why"
    assert reads("程", page), "until the head opens it to answer it"
    week.do(approvals.decide, "许", approval_id=request, grant=True)
    assert (reads("程", page), reads("许", page)) == (False, True)


def on_leave(flat: Flat, first: date, last: date, who: str = "叶") -> Leave:
    request = flat.do(leave.ask_leave, who, first=first, last=last, sort="own")
    decide(flat, request)
    return Leave.objects.get(approval_id=request)


def test_the_same_days_asked_for_twice_are_granted_once(week: Flat) -> None:
    told = {"first": TUESDAY, "last": WEDNESDAY, "sort": "own"}
    requests = [week.do(leave.ask_leave, "叶", **told) for _ in range(2)]
    decide(week, requests[0])
    with pytest.raises(Refused, match="这几天里已经有准了的假"):
        decide(week, requests[1])
    decide(week, requests[1], grant=False)
    week.do(leave.end_leave, "叶", leave=Leave.objects.get().id)
    days = my_roster(week.site, week.people["叶"], TUESDAY, week.now).days
    assert not any(day.on_leave for day in days)


def test_leave_that_touches_another_is_asked_for_and_one_that_overlaps_is_not(week: Flat) -> None:
    on_leave(week, TUESDAY, WEDNESDAY)
    for first, last in ((WEDNESDAY, FRIDAY), (MONDAY.date(), TUESDAY), (TUESDAY, TUESDAY)):
        with pytest.raises(Refused, match="不用再请"):
            week.do(leave.ask_leave, "叶", first=first, last=last, sort="own")
    on_leave(week, WEDNESDAY + timedelta(days=1), FRIDAY)
    on_leave(week, TUESDAY, TUESDAY, who="陈")
    assert Leave.objects.count() == 3


def test_leave_declined_stands_nowhere(week: Flat) -> None:
    decide(
        week, week.do(leave.ask_leave, "叶", first=TUESDAY, last=TUESDAY, sort="own"), grant=False
    )
    assert not Leave.objects.exists()


def test_leave_is_taken_back_until_its_last_day_is_over_and_once_alone(week: Flat) -> None:
    row = on_leave(week, TUESDAY, WEDNESDAY)
    week.now = week.at("03:59") + timedelta(days=3)  # the night after Wednesday
    week.do(leave.end_leave, "叶", key="e", leave=row.id)
    week.do(leave.end_leave, "叶", key="e", leave=row.id)
    with pytest.raises(Refused, match="没有这次请假，或者已经收回了"):
        week.do(leave.end_leave, "叶", leave=row.id)


def test_leave_that_is_over_is_not_taken_back(week: Flat) -> None:
    row = on_leave(week, TUESDAY, WEDNESDAY)
    week.now = week.at("04:00") + timedelta(days=3)
    with pytest.raises(Refused, match="这次假已经过了，不用收回"):
        week.do(leave.end_leave, "叶", leave=row.id)
    assert Leave.objects.get().ended_at is None


# What the check finds when somebody with the database's password writes by hand


FORGED = [
    ("duty_leave", "last = last + 5", "请假"),
    ("duty_leave", "ended_at = now()", "请假"),
    ("duty_shiftswap", "status = 'declined'", "换班"),
    ("duty_shiftswap", "other_day = other_day + 1", "换班"),
    ("duty_rosterfeed", "revoked_at = now()", "日历订阅"),
    ("duty_rosterfeed", "made_at = made_at - interval '1 day'", "日历订阅"),
    ("duty_rostercell", "published_shift_id = null", "排班"),
    ("duty_rostercell", "day = day + 300", "排班"),
    ("duty_postrule", "minimum = minimum + 1", "岗位要求"),
    ("duty_shiftkind", "ends = '15:00'", "班次"),
]


@pytest.mark.parametrize(("table", "change", "what"), FORGED)
def test_a_row_changed_by_hand_is_found_and_named(
    week: Flat, table: str, change: str, what: str
) -> None:
    on_leave(week, FRIDAY, FRIDAY)
    decide(week, agreed(week))
    week.do(feeds.make_feed, "叶")
    assert found(week) == []
    unguarded(f"update {table} set {change}")
    said = found(week)
    assert said
    assert all(words.startswith(what) for words in said), said


def test_a_row_taken_away_by_hand_is_missed(week: Flat) -> None:
    on_leave(week, FRIDAY, FRIDAY)
    unguarded("delete from duty_leave")
    assert any(words.startswith("请假") for words in found(week))


def test_a_swap_with_somebody_who_left_meanwhile_is_not_granted(week: Flat) -> None:
    request = agreed(week, "叶", "苏", WEDNESDAY)
    Assignment.objects.filter(staff_id=week.people["苏"]).update(until=week.now)
    week.now += timedelta(minutes=1)
    with pytest.raises(Refused, match="苏已经不在这里上班"):
        decide(week, request)
    assert RosterCell.objects.filter(day=WEDNESDAY).count() == 4
    assert marks(week, WEDNESDAY)["苏"] == "早"
