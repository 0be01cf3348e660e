"""信息传递单, 报修, 损坏 by the rules alone: what comes next for whom, what a step does to the limits, who is told (SF-4.4)."""

from datetime import UTC, datetime, timedelta

import pytest

from yingbin.duty.kinds import DAMAGE, KINDS, REPAIR, SLIP
from yingbin.duty.queries.performance import RepairPast
from yingbin.matters.policies import LIMITS
from yingbin.matters.words import asks_of, status_of, waiting_for
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Around, Kind, State, Step

YE, LIANG, XU, SU = "ye", "liang", "xu", "su"
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
# What a repair has gone through, in words a person would use.
WRITTEN = ()
TAKEN = (("offer", YE, LIANG), ("accept", LIANG, ""))
PROMISED = (*TAKEN, ("promise", LIANG, ""))
MENDED = (*TAKEN, ("finish", LIANG, ""))
FAILED = (*MENDED, ("fail", YE, ""))
AGAIN = (*FAILED, ("finish", LIANG, ""))
Steps = tuple[tuple[str, str, str], ...]


def lived(kind: Kind, steps: Steps) -> State:
    """A line of 叶's after these steps, an hour between two of them; words wherever they are wanted."""
    around = Around()
    state = rule.begin(kind.id, rule.opened(kind.id, Step("open", YE, NINE, to=YE), around))
    for n, (verb, by, to) in enumerate(steps, 1):
        state = rule.fold(state, decided(state, verb, by, at=NINE + n * HOUR, to=to), around)
    return state


def decided(state: State, verb: str, by: str, *, at: datetime, to: str = "") -> Step:
    due = at + 3 * HOUR if verb == "promise" else None
    step = Step(verb, by, at, to=to, note="一句话", due_at=due)
    return rule.decide(state, step, Around(supervisor=by == XU))


@pytest.mark.clause("SF-4.4", "SC-4.4")
@pytest.mark.parametrize(
    ("steps", "owner", "holder"),
    [
        (WRITTEN, "finish", ""),
        (TAKEN, "", "finish"),
        (PROMISED, "", "finish"),
        (MENDED, "done", ""),
        (FAILED, "", "finish"),
        (AGAIN, "done", ""),
        ((*AGAIN, ("done", YE, "")), "", ""),
    ],
)
def test_a_repair_waits_for_whoever_mends_it_then_for_its_owner(
    steps: Steps, owner: str, holder: str
) -> None:
    state = lived(REPAIR, steps)
    assert rule.next_verb(state, YE) == owner
    assert rule.next_verb(state, LIANG) == holder
    assert rule.next_verb(state, SU) == ""


@pytest.mark.clause("SF-4.3.6", "SC-4.3.8")
@pytest.mark.parametrize("kind", [SLIP, DAMAGE])
def test_who_has_a_slip_in_hand_deals_with_it_and_its_owner_settles_it(kind: Kind) -> None:
    assert rule.next_verb(lived(kind, WRITTEN), YE) == "done"
    taken = lived(kind, TAKEN)
    assert (rule.next_verb(taken, LIANG), rule.next_verb(taken, YE)) == ("finish", "")
    dealt = lived(kind, MENDED)
    assert (rule.next_verb(dealt, LIANG), rule.next_verb(dealt, YE)) == ("", "done")
    assert dealt.owner == YE


@pytest.mark.parametrize(
    ("steps", "verb", "by"),
    [
        (WRITTEN, "done", YE),  # nothing was mended yet
        (WRITTEN, "fail", YE),
        (MENDED, "finish", LIANG),  # mended twice over
        (MENDED, "promise", LIANG),
        (MENDED, "done", LIANG),  # one doesn't verify what one mended oneself
        (MENDED, "fail", LIANG),
        (TAKEN, "finish", SU),  # who has no part in it
        (TAKEN, "push", LIANG),  # one doesn't chase oneself
        (WRITTEN, "chase", YE),  # the clock's alone
        (WRITTEN, "postpone", YE),
        (WRITTEN, "assign_owner", XU),
        ((*AGAIN, ("done", YE, "")), "reopen", YE),
        ((*AGAIN, ("done", YE, "")), "finish", LIANG),
    ],
)
def test_a_repair_refuses_what_isnt_its_turn_or_not_theirs(
    steps: Steps, verb: str, by: str
) -> None:
    state = lived(REPAIR, steps)
    with pytest.raises(Refused) as no:
        decided(state, verb, by, at=NINE + 20 * HOUR)
    assert no.value.message.endswith("。")


@pytest.mark.parametrize("verb", ["finish", "promise", "done", "fail", "reply", "push"])
def test_a_lead_may_take_any_step_in_somebodys_place(verb: str) -> None:
    steps = MENDED if verb in ("done", "fail") else TAKEN
    assert decided(lived(REPAIR, steps), verb, XU, at=NINE + 9 * HOUR).verb == verb


@pytest.mark.clause("SF-4.4", "SC-4.4")
def test_the_moment_promised_takes_the_limits_place_and_verifying_has_a_limit_of_its_own() -> None:
    written, promised = lived(REPAIR, WRITTEN), lived(REPAIR, PROMISED)
    assert written.due_at == NINE + 24 * HOUR
    assert promised.due_at == NINE + 3 * HOUR + 3 * HOUR
    mended = lived(REPAIR, MENDED)
    assert mended.due_clock is not None
    assert (mended.due_clock.name, mended.due_at) == ("verify", NINE + 3 * HOUR + 4 * HOUR)
    failed = lived(REPAIR, FAILED)
    assert failed.due_clock is not None
    assert (failed.due_clock.name, failed.due_at) == ("due", NINE + 4 * HOUR + 24 * HOUR)


@pytest.mark.parametrize("kind", KINDS)
def test_a_late_line_reaches_the_lead_and_then_everybody_above(kind: Kind) -> None:
    for limit in kind.row("normal"):
        if limit.clock != rule.ACCEPT:
            assert [rung.to[-1] for rung in limit.ladder] == ["role:lead", "supervisor"]
            assert limit.warn is not None
            assert not limit.always  # counted in the hours the place is open
    assert kind.supervisor == "duty.lead"


@pytest.mark.parametrize("verb", ["reply", "push", "chase"])
def test_to_ask_and_to_answer_moves_nothing(verb: str) -> None:
    state = lived(REPAIR, TAKEN)
    by = "" if verb == "chase" else YE
    after = rule.fold(state, decided(state, verb, by, at=NINE + 9 * HOUR))
    assert (after.owner, after.holder, after.stage, after.due_at) == (
        state.owner, state.holder, state.stage, state.due_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "steps", "status", "waits"),
    [
        (REPAIR, WRITTEN, "待处理", "等您修好"),
        (REPAIR, PROMISED, "已约定时间", ""),
        (REPAIR, MENDED, "等验收", "等您验收"),
        (REPAIR, FAILED, "要重修", ""),
        (REPAIR, (*AGAIN, ("done", YE, "")), "已办结", ""),
        (REPAIR, (*MENDED[:0], ("offer", YE, LIANG)), "等人接手", "等您修好"),
        (SLIP, MENDED, "等办结", "等您办结"),
    ],
)
def test_a_list_says_where_a_line_stands_and_what_waits_for_its_owner(
    kind: Kind, steps: Steps, status: str, waits: str
) -> None:
    state = lived(kind, steps)
    assert status_of(state.status, state.stage, kind) == status
    assert waiting_for(rule.next_verb(state, YE), kind) == waits


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("promise", ("due_at", "note", "photos", "purpose")),
        ("finish", ("note", "photos")),  # what they show is said by the verb
        ("fail", ("note", "photos", "purpose")),
    ],
)
def test_a_form_asks_for_what_its_verb_needs(verb: str, asked: tuple[str, ...]) -> None:
    assert asks_of(verb, REPAIR)[0] == asked


@pytest.mark.parametrize(
    "photos",
    [
        {"repair/done": {"least": 1}},  # a step that takes no photos of its own
        {"slip/finish": {"least": 1}},
        {"nothing/finish": {"least": 1}},
        {"repair/finish": {"least": 10}},
    ],
)
def test_a_site_can_ask_photos_of_no_other_step(photos: dict[str, object]) -> None:
    with pytest.raises(Refused):
        LIMITS.read({"photos": photos})


def test_how_many_photos_a_step_needs_is_a_line_of_the_sites_limits() -> None:
    row = LIMITS.row("repair/finish")
    assert row is not None
    assert row.title == "修好了 · 维修后照片"
    assert row.said(None) == (("至少", "不要求"),)
    assert row.put({}, {"least": 2}) == {"photos": {"repair/finish": {"least": 2}}}


@pytest.mark.parametrize(
    ("promised", "mended", "now", "kept"),
    [
        (None, 1, 9, None),  # nothing was promised
        (4, 3, 9, True),
        (4, 4, 9, True),  # to the minute
        (4, 5, 9, False),
        (4, None, 9, False),  # time is over and it isn't mended
        (4, None, 2, None),  # not due yet
    ],
)
def test_a_promise_is_kept_or_not_by_the_first_moment_named(
    promised: int | None, mended: int | None, now: int, kept: bool | None
) -> None:
    past = RepairPast(NINE, closed=False, by=LIANG)
    past.promised_for = None if promised is None else NINE + promised * HOUR
    past.mended_at = None if mended is None else NINE + mended * HOUR
    assert past.kept(NINE + now * HOUR) is kept
