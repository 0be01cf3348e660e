"""What can't be done about an emergency, and the sentence that says so; the same tap twice; edges of the day."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from yingbin.duty.actions import cases, incidents
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent, EmergencyProcedure, Incident, IncidentCopy, IncidentNote
from yingbin.journal.write import KeyReused
from yingbin.notices.models import Notice
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.sheets.actions import Copy

from .flat import Flat
from .manned import drilled, faults, happen, manned, seen

COPY = Copy("pdf", since=None, until=None, rows=3, sha256="a" * 64)
Deed = Callable[[Flat, UUID], object]


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten."""
    return manned(flat, monkeypatch)


def tick(day: Flat, incident: UUID) -> object:
    return day.do(incidents.tick_step, "叶", incident=incident, step=0)


def words(day: Flat, incident: UUID) -> object:
    return day.do(incidents.add_words, "叶", incident=incident, text="119 在路上")


def report(day: Flat, incident: UUID) -> object:
    return day.do(incidents.write_report, "叶", incident=incident, text="已扑灭")


def take_out(day: Flat, incident: UUID) -> object:
    return day.do(incidents.hand_out_report, "许", incident=incident, copy=COPY, why="存档")


def hear(day: Flat, incident: UUID) -> object:
    return day.do(incidents.hear, "许", incident=incident)


def end_drill(day: Flat, incident: UUID) -> object:
    return day.do(incidents.end_drill, "许", incident=incident)


def acknowledge(day: Flat, incident: UUID) -> object:
    return day.do(cases.acknowledge_case, "许", case=incident)


def escalate(day: Flat, incident: UUID) -> object:
    return day.do(cases.escalate_case, "许", case=incident)


def end_case(day: Flat, incident: UUID) -> object:
    return day.do(cases.end_case, "许", case=incident)


BESIDE = [tick, words, report, take_out, hear, end_drill]
OF_THE_DAY = [acknowledge, escalate, end_case]


@pytest.mark.parametrize("deed", BESIDE, ids=lambda d: d.__name__)
@pytest.mark.parametrize("whose", ["nobody's", "another place's"])
def test_what_is_not_of_this_place_is_not_found_and_nothing_is_noted(
    day: Flat, deed: Deed, whose: str
) -> None:
    other = Flat()
    other.now = day.now
    foreign = drilled(other) if whose == "another place's" else uuid4()
    with pytest.raises(Refused, match="这里没有这件事，请回到「突发事件」里找"):
        deed(day, foreign)
    assert not IncidentNote.objects.exists()
    assert not IncidentCopy.objects.exists()


@pytest.mark.parametrize("deed", OF_THE_DAY, ids=lambda d: d.__name__)
@pytest.mark.parametrize("whose", ["nobody's", "another place's"])
def test_a_case_that_is_not_of_this_day_is_refused_by_the_rules(
    day: Flat, deed: Deed, whose: str
) -> None:
    other = Flat()
    other.now = day.now
    other.roster(叶="全")
    foreign = happen(other) if whose == "another place's" else uuid4()
    before = DutyEvent.objects.filter(log=day.log).count()
    with pytest.raises(Refused, match="没有这件事，或者已经结束"):
        deed(day, foreign)
    assert DutyEvent.objects.filter(log=day.log).count() == before


@pytest.mark.parametrize("deed", OF_THE_DAY, ids=lambda d: d.__name__)
def test_what_is_over_is_not_worked_on_any_more(day: Flat, deed: Deed) -> None:
    case = happen(day)
    end_case(day, case)
    with pytest.raises(Refused, match="已经结束"):
        deed(day, case)
    assert IncidentNote.objects.filter(what="over").count() == 1


@pytest.mark.parametrize(
    ("deed", "why"),
    [(tick, "已经处理完了"), (hear, "已经处理完了"), (end_drill, "已经处理完了")],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_a_drill_that_is_over_takes_words_and_its_report_alone(
    day: Flat, deed: Deed, why: str
) -> None:
    drill = drilled(day)
    end_drill(day, drill)
    with pytest.raises(Refused, match=why):
        deed(day, drill)
    words(day, drill)
    report(day, drill)
    assert faults(day) == []


@pytest.mark.parametrize("step", [-1, 7, 99])
def test_a_step_that_the_type_does_not_have_is_refused(day: Flat, step: int) -> None:
    case = happen(day, "火情")  # seven steps
    with pytest.raises(Refused, match="没有这一步，请刷新页面再点"):
        day.do(incidents.tick_step, "叶", incident=case, step=step)


def test_a_disruption_has_no_steps_to_tick(day: Flat) -> None:
    with pytest.raises(Refused, match="没有这一步"):
        tick(day, happen(day, ""))


@pytest.mark.clause("SF-4.5", "SC-4.5")
@pytest.mark.parametrize(
    ("type", "who", "why"),
    [
        ("", "许", "这件事还没有报给接待领班，不用许回应"),
        ("", "程", "这件事还没有报给项目负责人"),
        ("", "秦", "这件事还没有报给安全员"),
        ("", "叶", "这件事还没有报给接待员"),
        ("火情", "叶", "这件事还没有报给接待员"),
    ],
)
def test_whoever_was_not_told_is_not_asked_to_answer(
    day: Flat, type: str, who: str, why: str
) -> None:
    case = happen(day, type)
    with pytest.raises(Refused, match=why):
        day.do(cases.acknowledge_case, who, case=case)


def test_a_role_answers_once_and_an_emergency_rises_no_higher(day: Flat) -> None:
    case = happen(day)
    acknowledge(day, case)
    with pytest.raises(Refused, match="接待领班已经有人回应"):
        acknowledge(day, case)
    with pytest.raises(Refused, match="样板间A突发事件已经报到最高一级"):
        escalate(day, case)


def test_nobody_answers_for_a_role_in_a_drill_twice(day: Flat) -> None:
    drill = drilled(day)
    hear(day, drill)
    with pytest.raises(Refused, match="您的角色已经有人回应"):
        hear(day, drill)
    assert IncidentNote.objects.filter(what="heard").count() == 1


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (cases.open_case, {"kind": "disruption", "type": ""}),
        (cases.open_case, {"kind": "emergency", "type": "火情"}),
        (incidents.open_drill, {"type": "火情"}),
    ],
)
def test_nothing_happens_at_a_post_of_another_place(
    day: Flat, action: Callable[..., object], told: dict[str, str]
) -> None:
    other = Flat()
    with pytest.raises(Refused):
        day.do(action, "许", post=other.post, **told)
    assert not Incident.objects.exists()
    assert not Notice.objects.filter(kind__in=("duty.escalated", "duty.drill")).exists()


@pytest.mark.parametrize("why", ["", "  "])
def test_a_report_leaves_with_a_reason_or_not_at_all(day: Flat, why: str) -> None:
    case = happen(day)
    with pytest.raises(Refused):
        day.do(incidents.hand_out_report, "许", incident=case, copy=COPY, why=why)
    assert not IncidentCopy.objects.exists()


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_empty_words_are_asked_for_again(day: Flat, text: str) -> None:
    case = happen(day)
    with pytest.raises(Refused, match="请写几句"):
        day.do(incidents.add_words, "叶", incident=case, text=text)


@pytest.mark.parametrize("deed", [tick, words, end_case, acknowledge], ids=lambda d: d.__name__)
def test_the_same_tap_arriving_twice_counts_once(day: Flat, deed: Deed) -> None:
    case = happen(day)
    deed(day, case)
    noted, said = IncidentNote.objects.count(), DutyEvent.objects.count()
    key = f"t{next(day.keys) - 1}"
    action, told = {
        "tick": (incidents.tick_step, {"incident": case, "step": 0}),
        "words": (incidents.add_words, {"incident": case, "text": "119 在路上"}),
        "end_case": (cases.end_case, {"case": case}),
        "acknowledge": (cases.acknowledge_case, {"case": case}),
    }[deed.__name__]
    day.do(action, "叶" if deed in (tick, words) else "许", key=key, **told)
    assert (IncidentNote.objects.count(), DutyEvent.objects.count()) == (noted, said)


def test_one_button_pressed_twice_opens_one_emergency_and_tells_once(day: Flat) -> None:
    told = {"kind": "emergency", "post": day.post, "type": "停电"}
    first = day.do(cases.open_case, "叶", key="twice", **told)
    assert day.do(cases.open_case, "叶", key="twice", **told) == first
    assert Incident.objects.count() == 1
    assert Notice.objects.filter(kind="duty.escalated").count() == 3
    with pytest.raises(KeyReused):
        day.do(cases.open_case, "叶", key="twice", **{**told, "type": "火情"})


def test_a_drill_begun_twice_by_one_tap_is_one_drill(day: Flat) -> None:
    told = {"type": "停电", "post": day.post}
    first = day.do(incidents.open_drill, "许", key="twice", **told)
    assert day.do(incidents.open_drill, "许", key="twice", **told) == first
    assert Notice.objects.filter(kind="duty.drill").count() == 3


def test_steps_saved_twice_by_one_tap_are_one_version(day: Flat) -> None:
    keep, steps = incidents.keep_procedure, ("跑",)
    for _ in range(2):
        assert day.do(keep, "许", key="twice", type="火情", steps=steps, why="试") == 1
    assert EmergencyProcedure.objects.count() == 1


def test_two_people_report_two_things_in_the_same_second(day: Flat) -> None:
    first = happen(day, "火情", at="10:30")
    second = happen(day, "跑水", by="秦", at="10:30")
    rows = Incident.objects.order_by("number").values_list("id", "number", "at")
    assert list(rows) == [(first, 1, day.now), (second, 2, day.now)]
    assert faults(day) == []


def test_two_who_tick_and_take_back_in_one_second_leave_it_as_the_last_said(day: Flat) -> None:
    case = happen(day)
    for done in (True, True, False, False, True):
        day.do(incidents.tick_step, "叶", at="10:30", incident=case, step=2, done=done)
    assert [s.number for s in seen(day, case).steps if s.at] == [3]
    whats = IncidentNote.objects.order_by("number").values_list("what", flat=True)
    assert list(whats) == ["step", "unstep", "step"]


# Edges of the day


@pytest.mark.parametrize("at", ["04:30", "08:59", "09:00", "17:59", "18:00", "23:59"])
def test_an_emergency_is_taken_at_any_hour_of_a_day_that_has_posts(flat: Flat, at: str) -> None:
    case = happen(flat, at=at)
    assert Incident.objects.get(id=case).at == flat.at(at)
    assert list(disagreements(flat.log)) == []


def test_one_that_goes_on_past_midnight_belongs_to_the_day_it_began_on(day: Flat) -> None:
    case = happen(day, "跑水", at="23:58")
    day.now += timedelta(minutes=20)
    day.do(incidents.tick_step, "叶", incident=case, step=0)
    day.do(cases.end_case, "许", case=case)
    page = seen(day, case)
    assert (page.is_open, page.row.at.date() < day.now.date()) == (False, True)
    assert [f.at for f in page.facts] == sorted(f.at for f in page.facts)
    assert list(disagreements(day.log)) == []


@pytest.mark.parametrize("type", ["火情", ""])
def test_one_that_nobody_ended_can_still_be_ended_the_next_day(day: Flat, type: str) -> None:
    case = happen(day, type)
    day.next_day()
    day.do(cases.end_case, "许", case=case)
    assert not seen(day, case).is_open
    report(day, case)
    assert faults(day) == []


def test_a_drill_left_running_is_ended_the_next_day_and_tells_nobody_by_then(day: Flat) -> None:
    drill = drilled(day)
    for minute in (5, 10, 15, 20, 25):
        day.clock(f"10:{minute:02}")
    told = Notice.objects.filter(kind="duty.drill").count()
    day.next_day()
    day.clock("08:00")
    end_drill(day, drill)
    assert Notice.objects.filter(kind="duty.drill").count() == told


@pytest.mark.clause("SF-4.6", "SC-4.6")
@pytest.mark.parametrize(("repeats", "rings"), [(0, 1), (1, 2), (3, 4)])
def test_a_drill_rings_as_often_as_the_place_has_chosen(
    flat: Flat, monkeypatch: pytest.MonkeyPatch, repeats: int, rings: int
) -> None:
    flat.do(set_policy, "程", name="duty.numbers", values={"repeats": repeats}, reason="试")
    manned(flat, monkeypatch)
    drilled(flat, at="10:00")
    for minute in range(4, 40, 3):
        flat.clock(f"10:{minute:02}")
    told = Notice.objects.filter(kind="duty.drill", to_id=flat.people["程"])
    assert told.count() == rings
