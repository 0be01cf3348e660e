"""The day's meals as the program proposes them: whatever the day is like, nobody's lunch empties a post (SF-4.3.7)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingbin.rules.duty.dayfile import read_day
from yingbin.rules.duty.moments import MINUTE, clock, read, written
from yingbin.rules.duty.replay import Fold, begin, replay
from yingbin.rules.duty.rota import Rota, Wish, propose
from yingbin.rules.duty.terms import Span

from .days import Day, t

pytestmark = pytest.mark.clause("SF-4.3.7", "SC-4.3.9")


def wish(who: str, first: str = "11:00", last: str = "13:30", minutes: int = 30) -> Wish:
    return Wish(who, minutes * MINUTE, Span(read(t(first)), read(t(last))))


def proposed(day: Day, wishes: list[Wish], at: str = "09:30") -> Rota:
    file = read_day(day.file)
    fold = Fold(begin(file))
    for number, event in enumerate(file.events):
        fold.happen(number, event)
    return propose(fold.day, read(t(at)), wishes)


def said(rota: Rota) -> list[str]:
    return [
        f"{m.who} {clock(m.span.start)}–{clock(m.span.end)}{f' {m.cover}顶岗' if m.cover else ''}"
        for m in rota.meals
    ]


def two_at_one_post() -> Day:
    day = Day().post("A").person("叶", "A").person("陈", "A")
    return day.at("08:20", "sign_on", who="叶").at("08:20", "sign_on", who="陈")


def test_two_at_one_post_eat_one_after_the_other() -> None:
    assert said(proposed(two_at_one_post(), [wish("叶"), wish("陈")])) == [
        "叶 11:00–11:30",
        "陈 11:30–12:00",
    ]


def test_somebody_alone_eats_while_the_lead_stands_in() -> None:
    day = Day().post("A").person("叶", "A").person("许", role="lead")
    day.at("08:20", "sign_on", who="叶").at("08:20", "sign_on", who="许")
    rota = proposed(day, [wish("叶"), wish("许")])
    assert "叶 11:00–11:30 许顶岗" in said(rota) or "叶 11:30–12:00 许顶岗" in said(rota)
    assert rota.left == ()


def test_somebody_nobody_can_stand_in_for_is_left_and_named() -> None:
    day = Day().post("A").person("叶", "A").at("08:20", "sign_on", who="叶")
    assert proposed(day, [wish("叶")]) == Rota((), ("叶",))


def test_a_window_too_small_for_both_feeds_one_and_names_the_other() -> None:
    rota = proposed(two_at_one_post(), [wish("叶", last="11:45"), wish("陈", last="11:45")])
    assert (len(rota.meals), len(rota.left)) == (1, 1)


def test_a_break_already_promised_stays_free_of_others() -> None:
    day = two_at_one_post()
    told = {"break_": "b", "kind": "meal", "from_": "11:00", "to": "11:40"}
    day.at("09:10", "break_request", who="叶", **told)
    assert said(proposed(day, [wish("陈")])) == ["陈 11:40–12:10"]


def test_nothing_is_proposed_for_what_is_over() -> None:
    assert said(proposed(two_at_one_post(), [wish("叶")], at="11:52")) == ["叶 11:55–12:25"]


@st.composite
def days(draw: st.DrawFn) -> tuple[Day, list[str]]:
    """One or two posts that the shifts alone give their minimum, some people more, perhaps a lead; all have come."""
    day, people = Day(), []
    for post in "AB"[: draw(st.integers(1, 2))]:
        least = draw(st.integers(1, 2))
        day.post(post, minimum=least)
        for n in range(least + draw(st.integers(0, 2))):
            who = f"{post}{n}"
            short = {"from": t(draw(st.sampled_from(["08:30", "12:00"])))} if n >= least else {}
            day.person(who, post, **short)
            people.append(who)
    if draw(st.booleans()):
        day.person("许", role="lead")
        people.append("许")
    for who in people:
        day.at("08:20", "sign_on", who=who)
    return day, people


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(days(), st.sampled_from([20, 30, 45]), st.sampled_from(["12:00", "13:30"]))
def test_every_proposal_is_accepted_as_a_whole_and_opens_no_gap(
    made: tuple[Day, list[str]], minutes: int, last: str
) -> None:
    day, people = made
    rota = proposed(day, [wish(who, last=last, minutes=minutes) for who in people])
    assert sorted([m.who for m in rota.meals] + list(rota.left)) == sorted(people)
    asked, later = _events(rota, day)
    day.file["events"] += [*asked, *sorted(later, key=lambda e: e["at"])]
    log = day.until("18:00").run()["log"]
    assert [e["because"] for e in log if e["what"] == "refused"] == []
    assert [e for e in log if e["what"] in ("gap", "unsafe")] == []


def _events(rota: Rota, day: Day) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What asks for a proposal, and how everybody then keeps to it: back a second before the end, as was promised."""
    homes = {p["who"]: p.get("post") for p in day.file["people"]}
    asked: list[dict[str, Any]] = []
    ends, starts = [], []
    for n, meal in enumerate(rota.meals):
        span = {"from": written(meal.span.start), "to": written(meal.span.end)}
        told = {"at": t("09:30"), **span}
        if meal.cover:
            at_post = {"who": meal.cover, "post": homes[meal.who]}
            asked.append({**told, "event": "stand_in", "stand_in": f"s{n}", **at_post})
        rest = {"break": f"b{n}", "who": meal.who, "kind": "meal"}
        asked.append({**told, "event": "break_request", **rest})
        back = written(meal.span.end - MINUTE // 60)
        ends.append({"at": back, "event": "break_end", "break": f"b{n}"})
        starts.append({"at": span["from"], "event": "break_start", "break": f"b{n}"})
    return asked, [*ends, *starts]


def test_the_property_would_see_a_gap() -> None:
    day = two_at_one_post().at("11:00", "taken_away", who="叶")
    day.at("11:01", "taken_away", who="陈")
    assert [e["what"] for e in replay(day.file)["log"] if e["what"] == "gap"] == ["gap"]  # type: ignore[attr-defined]
