"""Corporate visits: no pass for an area that is not open, no pass before approval; classes, grounds, plans, clocks."""

from __future__ import annotations

from typing import Any

import pytest

from yingbin.rules.malformed import Malformed
from yingbin.rules.tours.decide import decide

from .files import COMPANY, GENERAL, IMPORTANT, KEY, OFFICE, Visits, at_random, t


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize(
    ("answers", "klass"),
    [
        (KEY, "key_account"),
        (IMPORTANT, "important"),
        (GENERAL, "general"),
        (OFFICE, "institution"),
        ({**KEY, "purpose": "business"}, "general"),
        ({**KEY, "sender": "school"}, "key_account"),
    ],
)
def test_the_answers_make_the_class(answers: dict[str, str], klass: str) -> None:
    said = Visits().apply(answers).last()
    assert (said["class"], said["clause"], said["status"]) == (klass, "CV-2", "awaiting")


@pytest.mark.clause("CV-2")
def test_a_company_may_rank_its_classes_otherwise() -> None:
    asked = {**KEY, "sender": "school"}
    ranks = {"class_order": ["institution", "key_account", "important"]}
    assert Visits(**ranks).apply(asked).last()["class"] == "institution"
    assert Visits().apply(asked).last()["class"] == "key_account"


@pytest.mark.clause("CV-3.1")
def test_a_small_general_group_is_declined_until_an_approver_makes_an_exception() -> None:
    day = Visits().apply(GENERAL, headcount=5)
    assert (day.last()["status"], day.last()["waiting_for"], day.last()["clause"]) == (
        "declined",
        ["small_group"],
        "CV-3.1",
    )
    assert day.at(21, "area", area="plant", by="韩工", answer="open").code() == "declined"
    assert (
        day.at(21, "exception", ground="small_group", by="陈总", asked_by="陈总", reason="x").code()
        == "own_request"
    )
    lifted = day.at(
        22, "exception", ground="small_group", by="陈总", asked_by="苏青", reason="x"
    ).last()
    assert (lifted["status"], lifted["waiting_for"]) == ("awaiting", ["plant", "company"])
    assert lifted["areas"] == {"plant": "asked", "workshop": "closed"}
    # Its areas are asked as of that moment.
    assert day.records(t(23, "09:00")) == ["23T09:00 V1 area_late plant 生产部"]


@pytest.mark.clause("CV-3.2.1")
def test_too_late_needs_an_exception_and_departments_answer_meanwhile() -> None:
    day = Visits().apply(IMPORTANT, day=24)
    assert (day.last()["status"], day.last()["clause"]) == ("needs_exception", "CV-3.2.1")
    assert day.at(24, "area", area="plant", by="韩工", answer="open").code() == "ok"
    assert Visits().apply(IMPORTANT, day=23).last()["status"] == "awaiting"
    assert Visits(days="working").apply(IMPORTANT, day=22).last()["status"] == "needs_exception"
    assert Visits(days="working").apply(IMPORTANT, day=21).last()["status"] == "awaiting"


@pytest.mark.clause("CV-3.2.1")
def test_every_department_answers_for_itself_and_the_company_comes_last() -> None:
    day = Visits().apply(KEY)
    assert day.at(21, "company", by="陈总", answer="approved").code() == "not_asked"
    assert day.at(21, "area", area="plant", by="罗总监", answer="open").code() == "not_yours"
    assert day.at(21, "area", area="marketing", by="罗总监", answer="open").code() == "not_wanted"
    day.at(21, "area", area="plant", by="韩工", answer="open")
    day.at(21, "area", area="workshop", by="贺工", answer="refused", reason="检修")
    assert day.last()["waiting_for"] == ["company"]
    assert day.at(21, "company", by="苏青", answer="approved").code() == "not_approver"
    assert day.at(21, "company", by="陈总", answer="approved").last()["status"] == "approved"
    assert (
        day.at(22, "area", area="workshop", by="贺工", answer="open").last()["status"] == "approved"
    )


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_no_pass_before_approval_and_none_for_what_is_not_open() -> None:
    wants = {"pass_": "P", "areas": ["plant"], "persons": 8, "by": "韩工", "escort": "叶小满"}
    assert Visits().apply(KEY).at(21, "issue", **wants).code() == "not_approved"
    assert Visits().approved(KEY).at(21, "issue", **wants).code() == "plan_not_sent"
    day = Visits().approved(KEY).at(21, "send_plan", by="苏青")
    assert day.at(21, "issue", **{**wants, "areas": ["marketing"]}).code() == "not_open"
    assert day.at(21, "issue", **{**wants, "pass_": "Q", "by": "罗总监"}).code() == "not_yours"
    assert day.at(21, "issue", **{**wants, "pass_": "R", "persons": 9}).code() == "too_many"
    assert day.at(21, "issue", **{**wants, "pass_": "S", "photo": True}).code() == "no_photo"
    assert day.at(21, "issue", **{**wants, "pass_": "T"}).code() == "ok"


@pytest.mark.clause("CV-4.1")
def test_when_an_area_is_shut_again_its_passes_are_void() -> None:
    day = Visits().with_passes(KEY)
    assert day.visit()["passes"] == {"plant": 1, "workshop": 1}
    day.at(22, "area", area="plant", by="韩工", answer="refused", reason="检修")
    assert day.visit()["passes"] == {}


@pytest.mark.clause("CV-3.2.1")
def test_an_edit_asks_again_only_those_whom_it_concerns() -> None:
    fewer = Visits().with_passes(KEY).at(22, "edit", headcount=7)
    assert (fewer.last()["status"], fewer.visit()["passes"]) == (
        "approved",
        {},
    )  # for eight, and seven come
    later = Visits().with_passes(KEY).at(22, "edit", to=t(28, "12:30"))
    assert (later.last()["status"], later.visit()["passes"]) == (
        "approved",
        {"plant": 1, "workshop": 1},
    )
    more = Visits().with_passes(KEY).at(22, "edit", headcount=9).last()
    assert (more["status"], more["waiting_for"]) == ("awaiting", ["plant", "workshop", "company"])
    area = Visits().with_passes(KEY).at(22, "edit", areas=["workshop", "plant", "marketing"]).last()
    assert area["waiting_for"] == ["marketing"]
    assert (
        Visits().with_passes(KEY).at(22, "edit", areas=["workshop", "plant"]).code() == "no_change"
    )


@pytest.mark.clause("CV-3.2.1")
def test_once_begun_a_visit_may_only_last_longer() -> None:
    day = Visits().with_passes(KEY)
    assert day.at(28, "edit", clock="10:00", headcount=7).code() == "begun"
    assert day.at(28, "edit", clock="11:00", to=t(28, "13:00")).code() == "ok"
    assert day.visit()["passes"] == {"plant": 1, "workshop": 1}
    assert day.at(28, "withdraw", clock="13:00").code() == "ended"
    assert day.visit()["status"] == "over"


@pytest.mark.clause("CV-3.3.1", "CV-3.3.2", "CV-3.3.3", "CV-3.3.4")
def test_a_word_from_a_department_opens_the_plan_of_a_key_account_at_once() -> None:
    told = {
        "visitor": "某",
        "contact": "某",
        "from": t(28, "10:00"),
        "to": t(28, "12:00"),
        "headcount": 8,
        "areas": [],
    }
    assert Visits().at(21, "word", department="市场部", by="韩工", **told).code() == "not_yours"
    day = Visits().at(21, "word", department="市场部", by="罗总监", **told)
    assert (day.last()["class"], day.last()["clause"]) == ("key_account", "CV-3.3.1")
    plan = {job["task"]: job for job in day.visit()["plan"]}
    assert list(plan) == [
        "analysis",
        "rehearsal",
        "guide",
        "senior",
        "direction",
        "refreshments",
        "meal",
        "passes",
    ]
    assert (plan["analysis"]["due"], plan["refreshments"]["due"]) == (
        t(26, "18:00"),
        t(28, "10:00"),
    )
    assert day.at(22, "task", task="senior", by="苏青", who="路人").code() == "not_senior"
    assert day.at(22, "task", task="senior", by="苏青", who="罗总监").code() == "ok"
    assert day.at(22, "task", task="senior", by="苏青", who="罗总监").code() == "done_already"
    assert day.at(22, "task", task="senior", by="苏青", who="陈总").code() == "ok"
    assert day.at(22, "task", task="direction", by="苏青", serve="coffee").code() == "ok"
    assert (day.visit()["serve"], day.visit()["meal"]) == ("coffee", "lunch")


@pytest.mark.clause("CV-3.4.1", "CV-3.4.2")
def test_an_institution_that_reception_does_not_host_alone_is_administrations() -> None:
    alone, shared = (
        Visits().approved(OFFICE),
        Visits().approved({**OFFICE, "sender": "association"}),
    )
    of = {job["task"]: (job["who"], job["clause"]) for job in alone.visit()["plan"]}
    assert of["guide"] == ("reception", "CV-3.4.1")
    assert of["refreshments"] == ("reception", "CV-3.2.2")
    of = {job["task"]: (job["who"], job["clause"]) for job in shared.visit()["plan"]}
    assert of["guide"] == ("reception", "CV-3.4.2")
    assert of["refreshments"] == ("administration", "CV-3.4.2")


@pytest.mark.clause("CV-3.2.2")
def test_rooms_and_souvenirs_go_to_whoever_was_opened_first() -> None:
    day = Visits().approved(IMPORTANT).approved(IMPORTANT, "V2").approved(IMPORTANT, "V3")
    rooms = {name: day.visit(name)["room"] for name in ("V1", "V2", "V3")}
    assert rooms == {"V1": "一号会客室", "V2": "大会客室", "V3": None}
    codes = [c["code"] for c in day.visit("V3")["conflicts"]]
    assert codes[-2:] == ["no_room", "no_souvenirs"]
    day.at(22, "withdraw", "V1")
    assert (day.visit("V3")["room"], day.visit("V3")["souvenirs"]) == ("一号会客室", 1)
    assert day.run()["stock"] == 0


@pytest.mark.clause("CV-4.1")
def test_competitors_are_kept_apart_and_full_areas_stay_shut() -> None:
    day = Visits().approved(KEY, rivals="圈")
    day.apply(KEY, "V2", rivals="圈", from_=t(28, "12:30"), to=t(28, "14:00"))
    assert day.at(21, "area", "V2", area="plant", by="韩工", answer="open").code() == "rivals"
    full = Visits().approved(KEY, headcount=20).apply(KEY, "V2", headcount=11)
    assert (
        full.at(21, "area", "V2", area="workshop", by="韩工", answer="open").code() == "area_full"
    )
    warned = Visits(capacity="warn").approved(KEY, headcount=20).apply(KEY, "V2", headcount=11)
    said = warned.at(21, "area", "V2", area="workshop", by="韩工", answer="open").last()
    assert (said["code"], said["conflicts"][0]) == (
        "ok",
        {"area": "workshop", "code": "area_full", "with": ["V1"]},
    )


@pytest.mark.clause("CV-3.2.1", "CV-4.2")
def test_what_nobody_answers_is_shut_and_what_nobody_approves_lapses() -> None:
    assert Visits().apply(IMPORTANT).records(t(28, "10:00")) == [
        "22T09:00 V1 area_late plant 生产部",
        "22T09:00 V1 area_late workshop 生产部",
        "28T10:00 V1 unanswered plant 生产部",
        "28T10:00 V1 unanswered workshop 生产部",
        "28T10:00 V1 lapsed - reception",
    ]


@pytest.mark.clause("CV-4.1")
def test_a_task_whose_day_has_passed_is_late_at_once_and_told_once() -> None:
    day = Visits().apply(KEY, day=27)
    records = day.records(t(27, "12:00"))
    assert records == ["27T09:00 V1 task_late analysis reception"]
    day.file.pop("until")
    day.at(27, "reclass", by="苏青", to="important", reason="x", clock="10:00")
    day.at(27, "reclass", by="苏青", to="key_account", reason="x", clock="10:05")
    assert day.records(t(27, "12:00")) == records


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("packs", {"packs": []}),
        ("packs", {"packs": [{"version": "1", "from": "2027-01-01"}]}),
        ("packs", {"packs": [{"version": "1", "from": "2026-01-01", "colour": 1}]}),
        (
            "packs",
            {
                "packs": [
                    {
                        "version": "1",
                        "from": "2026-01-01",
                        "hospitality": {"general": {"tea": True}},
                    }
                ]
            },
        ),
        ("company", {"company": {**COMPANY, "approvers": []}}),
        ("company", {"company": {**COMPANY, "areas": {"plant": {"department": "没有"}}}}),
        ("company", {"company": {**COMPANY, "departments": {"reception": ["a"]}}}),
        ("until", {"until": None}),
        ("events", {"events": {}}),
    ],
)
def test_a_fault_is_named_with_its_place(place: str, change: dict[str, Any]) -> None:
    file = {**Visits().apply(KEY).file, **change}
    with pytest.raises(Malformed) as caught:
        decide(file)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("apply", {"areas": ["rnd"]}),
        ("apply", {"to": t(28, "10:00")}),
        ("apply", {"headcount": 8.0}),
        ("area", {"answer": "refused"}),
        ("task", {"task": "guide", "by": "苏青"}),
        ("edit", {}),
    ],
)
def test_a_wrong_event_is_named_with_its_number(event: str, change: dict[str, Any]) -> None:
    day = Visits().apply(KEY)
    if event == "apply":
        day.file["events"][0] |= change
    else:
        day.at(
            22, event, **{**({"area": "plant", "by": "韩工"} if event == "area" else {}), **change}
        )
    with pytest.raises(Malformed) as caught:
        day.run()
    assert caught.value.place == f"event {len(day.file['events']) - 1}"


@pytest.mark.clause("CV-4.1", "CV-4.2")
@pytest.mark.parametrize("seed", range(60))
def test_whatever_happens_no_pass_is_good_where_it_must_not_be(seed: int) -> None:
    file = at_random(seed)
    said = decide(file)
    for visit in said["visits"].values():  # type: ignore[attr-defined]
        for area, number in visit["passes"].items():
            assert visit["areas"][area] == "open"
            assert number == 0 or visit["status"] in ("approved", "over")
        assert visit["souvenirs"] >= 0
    held = sum(v["souvenirs"] for v in said["visits"].values())  # type: ignore[attr-defined]
    assert held + said["stock"] == COMPANY["souvenirs"]  # type: ignore[operator]
