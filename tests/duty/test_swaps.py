"""Two people change places with a lead's consent, unless it empties a post or shortens a rest; leave is asked and granted."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.race import at_once
from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.duty.actions import leave, planning, swaps
from yingbin.duty.cells import Cell
from yingbin.duty.models import Leave, RosterCell, ShiftKind, ShiftSwap
from yingbin.duty.queries.grid import grid
from yingbin.duty.queries.roster import plan_of
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .flat import MONDAY, Flat

pytestmark = pytest.mark.clause("SF-3.2", "SF-4.3.7")
TUESDAY = MONDAY.date() + timedelta(days=1)
WEDNESDAY = TUESDAY + timedelta(days=1)


def plan(flat: Flat, day: date, **shifts: str) -> None:
    """A day's roster, published; 休 for a day off."""
    kinds = ShiftKind.objects.filter(site_id=flat.site, given_up_at__isnull=True)
    marks = {k.mark: k.id for k in kinds}
    cells = tuple(
        Cell(
            flat.people[who], day, marks.get(mark),
            flat.post if mark in marks and who != "许" else None,
        )
        for who, mark in shifts.items()
    )  # fmt: skip
    flat.do(planning.draft, "许", cells=cells)
    flat.do(planning.publish, "许", first=day, last=day)


@pytest.fixture
def week(flat: Flat) -> Flat:
    """Tuesday 叶 early, 陈 late, 苏 off; Wednesday 叶 off, 陈 all day; 许 leads."""
    return planned(flat)


def planned(flat: Flat) -> Flat:
    flat.roster(叶="早", 许="全")
    plan(flat, TUESDAY, 叶="早", 陈="晚", 苏="休", 许="全")
    plan(flat, WEDNESDAY, 叶="休", 陈="全", 苏="早", 许="全")
    return flat


def ask(flat: Flat, by: str, whom: str, day: date, other: date | None = None) -> UUID:
    told = {"with_whom": flat.people[whom], "day": day, "other_day": other or day}
    return flat.do(swaps.ask_swap, by, **told)


def agreed(flat: Flat, by: str, whom: str, day: date, other: date | None = None) -> UUID:
    """Both want it; the lead's request."""
    swap = ask(flat, by, whom, day, other)
    flat.do(swaps.answer_swap, whom, swap=swap, agrees=True)
    return Approval.objects.get(site_id=flat.site, status="asked").id


def decide(flat: Flat, request: UUID, *, grant: bool = True, by: str = "许") -> None:
    flat.do(approvals.decide, by, approval_id=request, grant=grant, words="人手不够")


def marks(flat: Flat, day: date) -> dict[str, str]:
    names = {who: name for name, who in flat.people.items()}
    rows = RosterCell.objects.filter(site_id=flat.site, day=day).select_related("published_shift")
    return {names[c.staff_id]: c.published_shift.mark if c.published_shift else "休" for c in rows}


def test_both_agree_and_the_lead_does_and_each_has_the_others_day(week: Flat) -> None:
    request = agreed(week, "叶", "陈", TUESDAY)
    assert marks(week, TUESDAY)["叶"] == "早"  # nothing before the lead has said yes
    decide(week, request)
    assert marks(week, TUESDAY) == {"叶": "晚", "陈": "早", "苏": "休", "许": "全"}
    (ye,) = [
        p for p in plan_of(week.site, TUESDAY, week.now).people if p.staff == week.people["叶"]
    ]
    assert ye.span is not None
    assert ye.span[0].astimezone(MONDAY.tzinfo).hour == 12
    assert set(Notice.objects.filter(title__startswith="已批准").values_list("to_id", flat=True)) == {
        week.people["叶"], week.people["陈"],
    }  # fmt: skip
    assert ShiftSwap.objects.get().status == "done"


def test_two_days_change_hands_together(week: Flat) -> None:
    decide(week, agreed(week, "叶", "苏", TUESDAY, WEDNESDAY))
    assert marks(week, TUESDAY)["苏"] == "早"
    assert marks(week, WEDNESDAY)["叶"] == "早"
    assert (marks(week, TUESDAY)["叶"], marks(week, WEDNESDAY)["苏"]) == ("休", "休")


def test_a_colleague_who_does_not_want_to_ends_it(week: Flat) -> None:
    swap = ask(week, "叶", "陈", TUESDAY)
    with pytest.raises(Refused, match="问的不是您"):
        week.do(swaps.answer_swap, "苏", swap=swap, agrees=True)
    week.do(swaps.answer_swap, "陈", swap=swap, agrees=False)
    assert not Approval.objects.exists()
    assert Notice.objects.filter(to_id=week.people["叶"], title="陈不换班").exists()


def test_a_lead_who_says_no_leaves_all_as_it_was(week: Flat) -> None:
    decide(week, agreed(week, "叶", "陈", TUESDAY), grant=False)
    assert marks(week, TUESDAY)["叶"] == "早"
    assert ShiftSwap.objects.get().status == "not_granted"


def test_nobody_grants_a_swap_of_their_own(week: Flat) -> None:
    request = agreed(week, "叶", "陈", TUESDAY)
    for who in ("叶", "陈", "苏"):
        with pytest.raises(Refused):
            decide(week, request, by=who)


def test_a_swap_that_empties_a_post_is_refused_with_the_hours(week: Flat) -> None:
    plan(week, WEDNESDAY, 陈="休", 苏="休", 叶="全", 许="晚")
    with pytest.raises(Refused, match="11月25日 09:00–12:00 样板间A就不够人了") as no:
        ask(week, "叶", "许", WEDNESDAY)
    assert no.value.clause == "SF-4.3.7"


def test_a_swap_that_leaves_less_than_eleven_hours_is_refused_with_the_day(week: Flat) -> None:
    told = {
        "mark": "夜",
        "title": "",
        "begins": MONDAY.time().replace(14),
        "ends": MONDAY.time().replace(23),
    }
    week.do(planning.keep_shift, "许", **told)
    plan(week, TUESDAY, 苏="夜")
    plan(week, WEDNESDAY, 叶="早")
    with pytest.raises(Refused, match="叶11月25日上班前休息不到 11 小时"):
        ask(week, "叶", "苏", TUESDAY)


def test_a_roster_that_changed_meanwhile_is_looked_at_again_when_the_lead_agrees(
    week: Flat,
) -> None:
    request = agreed(week, "叶", "苏", TUESDAY)
    plan(week, TUESDAY, 苏="早")
    with pytest.raises(Refused, match="两个人这天的班一样"):
        decide(week, request)
    assert Approval.objects.get(id=request).status == "asked"


@pytest.mark.parametrize(
    ("whom", "day", "words"),
    [
        ("叶", TUESDAY, "不能和自己换班"),
        ("陈", MONDAY.date() - timedelta(days=1), "已经开始"),
        ("陈", WEDNESDAY + timedelta(days=1), "还没有发布"),
    ],
)
def test_what_cannot_be_swapped_is_refused_in_words(
    week: Flat, whom: str, day: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        ask(week, "叶", whom, day)


def test_today_is_not_swapped_once_it_has_begun(week: Flat) -> None:
    plan(week, MONDAY.date(), 陈="晚")
    week.sign_on("叶", at="08:40")
    with pytest.raises(Refused, match="请领班在「岗位」页改班"):
        ask(week, "叶", "陈", MONDAY.date())


def test_the_same_question_twice_waits_for_the_first_and_can_be_taken_back(week: Flat) -> None:
    swap = ask(week, "叶", "陈", TUESDAY)
    with pytest.raises(Refused, match="已经问过"):
        ask(week, "叶", "陈", TUESDAY)
    week.do(swaps.withdraw_swap, "叶", swap=swap)
    ask(week, "叶", "陈", TUESDAY)


def test_a_draft_of_the_leads_own_stays_a_draft(week: Flat) -> None:
    request = agreed(week, "叶", "陈", TUESDAY)
    week.do(planning.draft, "许", cells=(Cell(week.people["叶"], TUESDAY, None),))
    decide(week, request)
    cell = RosterCell.objects.get(staff_id=week.people["叶"], day=TUESDAY)
    assert (cell.shift_id, cell.published_shift.mark) == (None, "晚")


def test_leave_is_granted_shown_in_the_roster_and_taken_back(week: Flat) -> None:
    told = {"first": TUESDAY, "last": WEDNESDAY, "sort": "ill", "words": "发烧"}
    request = week.do(leave.ask_leave, "叶", **told)
    decide(week, request)
    row = next(r for r in grid(week.site, TUESDAY, week.now).rows if r.name == "叶")
    cells = {c.day: c for c in row.cells}
    assert [f.short for f in cells[TUESDAY].faults] == ["假"]
    assert cells[WEDNESDAY].on_leave
    with pytest.raises(Refused, match="已经有准了的假"):
        week.do(leave.ask_leave, "叶", **told)
    week.do(leave.end_leave, "叶", leave=Leave.objects.get().id)
    row = next(r for r in grid(week.site, TUESDAY, week.now).rows if r.name == "叶")
    assert not any(c.on_leave for c in row.cells)


def test_what_somebody_is_ill_with_stands_in_no_entry_of_the_journal(week: Flat) -> None:
    told = {"first": TUESDAY, "last": TUESDAY, "sort": "ill", "words": "发烧"}
    decide(week, week.do(leave.ask_leave, "叶", **told))
    said = " ".join(str(e.body) for e in Entry.objects.filter(site_id=week.site))
    assert "病假" not in said
    assert "发烧" not in said


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(MONDAY.date() - timedelta(days=1), TUESDAY, "过去"), (WEDNESDAY, TUESDAY, "不能早于")],
)
def test_leave_that_makes_no_sense_is_refused(
    week: Flat, first: date, last: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        week.do(leave.ask_leave, "叶", first=first, last=last, sort="own")


def test_all_of_it_is_witnessed(week: Flat) -> None:
    decide(week, agreed(week, "叶", "陈", TUESDAY))
    week.do(swaps.withdraw_swap, "叶", swap=ask(week, "叶", "苏", WEDNESDAY))
    decide(week, week.do(leave.ask_leave, "苏", first=TUESDAY, last=TUESDAY, sort="own"))
    found = [str(f) for x in check_site(week.site) for f in x.found]
    assert [f for f in found if not f.startswith("角色")] == []


# Two swaps that each fit and together don't: 叶 with 陈 and 陈 with 苏, both granted at one instant.


def tangled() -> tuple[Flat, list[UUID]]:
    """Both requests wait for a lead; after one of them the other swaps something else than was agreed."""
    flat = planned(Flat())
    plan(flat, TUESDAY, 苏="全")
    first, second = ask(flat, "叶", "陈", TUESDAY), ask(flat, "苏", "叶", TUESDAY)
    flat.do(swaps.answer_swap, "陈", swap=first, agrees=True)
    flat.do(swaps.answer_swap, "叶", swap=second, agrees=True)
    rows = Approval.objects.filter(site_id=flat.site).order_by("number")
    return flat, list(rows.values_list("id", flat=True))


def grant(flat: Flat, request: UUID, key: str) -> object:
    return approvals.decide(
        Acting(flat.site, key, flat.people["许"], flat.now), approval_id=request, grant=True
    )


def shared(flat: Flat) -> list[str]:
    return sorted(m for who, m in marks(flat, TUESDAY).items() if who != "许")


@pytest.mark.django_db(transaction=True)
def test_two_swaps_granted_at_once_lose_nobodys_shift() -> None:
    flat, requests = tangled()
    at_once(2, lambda n: grant(flat, requests[n], f"g{n}"))
    assert shared(flat) == ["全", "早", "晚"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_shift_is_lost_or_the_database_objects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    for attempt in range(8):
        flat, requests = tangled()
        with monkeypatch.context() as without:
            without.setattr(path, "lock_site", unlocked)
            results = at_once(
                2, lambda n, f=flat, r=requests, a=attempt: grant(f, r[n], f"g{a}{n}")
            )
        lost = shared(flat) != ["全", "早", "晚"]
        if lost or any(isinstance(r, DatabaseError | Refused) for r in results):
            return
    pytest.fail("sixteen unlocked answers never collided: the race test proves nothing")
