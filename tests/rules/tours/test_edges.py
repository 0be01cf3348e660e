"""What becomes of a visit at the edges: grounds, words that fall, neighbours, rooms, passes and clocks."""

from __future__ import annotations

import pytest

from .files import GENERAL, IMPORTANT, KEY, OFFICE, Visits, t

LIFT = {"by": "陈总", "asked_by": "苏青", "reason": "老客户"}
OPEN = {"area": "plant", "by": "韩工", "answer": "open"}


@pytest.mark.clause("CV-3.1", "CV-3.2.1")
def test_an_exception_stays_but_another_day_brings_lateness_back() -> None:
    small = Visits().apply(GENERAL, headcount=5).at(21, "exception", ground="small_group", **LIFT)
    small.at(21, "edit", headcount=8).at(22, "edit", headcount=4)
    assert small.last()["waiting_for"] == ["plant", "company"]
    late = Visits().apply(IMPORTANT, day=24).at(24, "exception", ground="late", **LIFT)
    hour = late.at(24, "edit", from_=t(28, "11:00")).last()
    assert hour["status"] == "awaiting"
    moved = late.at(24, "edit", from_=t(27, "11:00")).last()
    assert (moved["status"], moved["waiting_for"][0]) == ("needs_exception", "late")
    far = late.at(24, "edit", from_=t(29, "11:00"), to=t(29, "12:00")).last()
    assert far["status"] == "awaiting"


@pytest.mark.clause("CV-3.2.1")
def test_lead_days_count_the_day_of_judging_and_not_the_day_of_the_visit() -> None:
    week = Visits(days="working", lead_days={"important": 6})
    six = {"from_": t(29, "10:00"), "to": t(29, "12:00")}  # Monday 21st to Monday 28th, no weekend
    assert week.apply(IMPORTANT, **six).last()["status"] == "awaiting"
    week.apply(IMPORTANT, "V2", **{**six, "from_": t(28, "10:00")})
    assert week.last()["status"] == "needs_exception"


@pytest.mark.clause("CV-3.2.1")
@pytest.mark.parametrize(
    ("edit", "asked"),
    [
        ({"to": t(28, "12:30")}, []),
        ({"to": t(28, "12:31")}, ["plant", "workshop", "company"]),
        ({"from_": t(28, "09:30")}, []),
        ({"from_": t(28, "09:29")}, ["plant", "workshop", "company"]),
        ({"from_": t(28, "11:59")}, []),
        ({"from_": t(27, "23:59")}, ["plant", "workshop", "company"]),
        ({"from_": t(29, "00:00"), "to": t(29, "00:01")}, ["plant", "workshop", "company"]),
        ({"headcount": 9}, ["plant", "workshop", "company"]),
        ({"headcount": 7}, []),
        ({"areas": ["plant"]}, []),
    ],
)
def test_who_is_asked_again(edit: dict[str, object], asked: list[str]) -> None:
    assert Visits().approved(KEY).at(22, "edit", **edit).last()["waiting_for"] == asked


@pytest.mark.clause("CV-3.2.1")
def test_a_refused_area_is_asked_again_for_another_time_but_not_for_more_people() -> None:
    day = Visits().apply(KEY).at(21, "area", **{**OPEN, "answer": "refused", "reason": "检修"})
    assert day.at(21, "edit", headcount=9).last()["areas"]["plant"] == "refused"
    assert day.at(21, "edit", to=t(28, "15:00")).last()["areas"]["plant"] == "asked"


@pytest.mark.clause("CV-3.2.1")
def test_when_its_word_falls_the_company_is_asked_as_of_then() -> None:
    day = Visits().apply(KEY, areas=[]).at(21, "edit", headcount=9, clock="15:00")
    late = [line for line in day.records(t(24)) if "company_late" in line]
    assert late == ["22T15:00 V1 company_late - company"]
    other = Visits().apply(KEY, areas=[]).at(21, "edit", headcount=7, clock="15:00")
    late = [line for line in other.records(t(24)) if "company_late" in line]
    assert late == ["22T09:00 V1 company_late - company"]


@pytest.mark.clause("CV-2")
def test_another_class_keeps_answers_opens_closed_doors_and_takes_the_word_back() -> None:
    day = Visits().approved(GENERAL, areas=["plant", "workshop"])
    assert day.last()["areas"] == {"plant": "open", "workshop": "closed"}
    day.at(22, "reclass", by="苏青", to="important", reason="合作")
    assert day.last()["areas"] == {"plant": "open", "workshop": "asked"}
    assert day.last()["waiting_for"] == ["workshop", "company"]
    day.at(22, "reclass", by="苏青", to="general", reason="更正")
    assert (day.last()["areas"]["workshop"], day.last()["waiting_for"]) == ("closed", ["company"])
    shut = day.at(22, "area", area="workshop", by="韩工", answer="open")
    assert (shut.code(), shut.last()["clause"]) == ("closed", "CV-3.1")


@pytest.mark.clause("CV-3.2.1")
def test_nobody_speaks_for_the_company_on_a_visit_they_asked_for() -> None:
    day = Visits().apply(KEY, areas=[], applied_by="陈总")
    assert day.at(21, "company", by="陈总", answer="approved").code() == "own_request"
    assert (
        day.at(21, "permit_photo", by="陈总", asked_by="苏青", reason="宣传").code()
        == "own_request"
    )
    assert day.at(21, "company", by="许总", answer="approved").last()["status"] == "approved"


@pytest.mark.clause("CV-3.1", "CV-4.3")
def test_what_is_asked_of_a_declined_visit_is_refused_under_its_first_ground() -> None:
    day = Visits(lead_days={"general": 9}).apply(GENERAL, headcount=5)
    assert day.last()["waiting_for"] == ["small_group", "late"]
    for event, told in (
        ("area", OPEN),
        ("task", {"task": "guide", "by": "苏青", "who": "苏青"}),
        ("permit_photo", LIFT),
    ):
        said = day.at(21, event, **told).last()
        assert (said["code"], said["clause"]) == ("declined", "CV-3.1")
    lifted = day.at(21, "exception", ground="small_group", **LIFT).last()
    assert (lifted["status"], lifted["waiting_for"]) == (
        "needs_exception",
        ["late", "plant", "company"],
    )


@pytest.mark.clause("CV-4.1")
def test_who_leaves_as_the_next_comes_is_never_counted_beside_them() -> None:
    first = {"headcount": 15, "areas": ["workshop"]}
    day = Visits().approved(KEY, from_=t(28, "10:00"), to=t(28, "11:00"), **first)
    day.approved(KEY, "V2", from_=t(28, "11:00"), to=t(28, "12:00"), **first)
    day.apply(KEY, "V3", **{**first, "from_": t(28, "10:30"), "to": t(28, "11:30")})
    assert day.at(21, "area", "V3", **{**OPEN, "area": "workshop"}).code() == "ok"
    day.apply(KEY, "V4", **{**first, "headcount": 1, "from_": t(28, "10:30"), "to": t(28, "11:30")})
    day.at(21, "area", "V4", **{**OPEN, "area": "workshop"})
    assert day.code() == "area_full"
    assert day.visit("V4")["conflicts"] == [
        {"area": "workshop", "code": "area_full", "with": ["V1", "V2", "V3"]}
    ]


@pytest.mark.clause("CV-4.1")
def test_rivals_meet_within_the_buffer_and_not_at_its_edge() -> None:
    for start, code in (("12:59", "rivals"), ("13:00", "ok")):
        day = (
            Visits()
            .approved(KEY, rivals="圈")
            .apply(KEY, "V2", rivals="圈", from_=t(28, start), to=t(28, "15:00"))
        )
        assert day.at(21, "area", "V2", **OPEN).code() == code


@pytest.mark.clause("CV-4.1")
def test_moved_into_rivals_an_open_area_is_asked_again_but_the_word_stands() -> None:
    day = Visits(window_slack=300).approved(KEY, rivals="圈")
    day.approved(KEY, "V2", rivals="圈", from_=t(28, "14:00"), to=t(28, "15:00"))
    moved = day.at(22, "edit", "V2", from_=t(28, "12:30")).last()
    assert moved["waiting_for"] == ["plant", "workshop"]
    assert [c["code"] for c in moved["conflicts"]] == ["rivals", "rivals"]


@pytest.mark.clause("CV-3.2.1", "CV-4.1")
def test_what_nobody_answered_is_shut_and_the_rest_goes_ahead() -> None:
    day = Visits().approved(IMPORTANT, areas=["plant"])
    day.at(22, "edit", areas=["plant", "workshop"])
    assert day.last()["waiting_for"] == ["workshop"]
    assert "28T10:00 V1 unanswered workshop 生产部" in day.records(t(28, "11:00"))
    visit = day.visit()
    assert (visit["status"], visit["areas"]["workshop"]) == ("approved", "refused")
    assert day.at(28, "send_plan", clock="11:00", by="苏青").code() == "ok"


@pytest.mark.clause("CV-4.1")
def test_a_guide_is_at_one_visit_at_a_time_and_is_let_go_where_an_edit_makes_them_two() -> None:
    guide = {"task": "guide", "by": "苏青", "who": "叶小满"}
    day = Visits(window_slack=300).approved(KEY).at(21, "task", **guide)
    later = {"from_": t(28, "12:00"), "to": t(28, "14:00")}
    day.approved(KEY, "V2", **later)
    assert day.at(21, "task", "V2", **guide).code() == "ok"  # one begins as the other ends
    day.approved(KEY, "V3", **{**later, "from_": t(28, "11:59")})
    assert day.at(21, "task", "V3", **guide).code() == "busy"
    day.at(22, "edit", "V2", from_=t(28, "11:30"))
    done = {job["task"]: job["done"] for job in day.visit("V2")["plan"]}
    assert done["guide"] is False
    assert {job["task"]: job["done"] for job in day.visit()["plan"]}["guide"] is True


@pytest.mark.clause("CV-3.2.2")
def test_a_room_is_kept_with_its_visit_unless_another_holds_it_at_the_new_time() -> None:
    day = (
        Visits()
        .approved(IMPORTANT)
        .approved(IMPORTANT, "V2", from_=t(28, "12:30"), to=t(28, "14:00"))
    )
    assert (day.visit("V1")["room"], day.visit("V2")["room"]) == ("一号会客室", "一号会客室")
    kept = day.at(22, "edit", from_=t(28, "10:30"))
    assert kept.visit()["room"] == "一号会客室"
    longer = day.at(28, "edit", clock="11:00", to=t(28, "12:15"))
    assert (longer.visit()["room"], longer.visit("V2")["room"]) == ("大会客室", "一号会客室")


@pytest.mark.clause("CV-3.2.2")
def test_more_people_give_up_their_room_and_souvenirs_until_approved_again() -> None:
    day = Visits(souvenirs="person").approved(IMPORTANT, headcount=2, areas=["plant"])
    assert (day.visit()["souvenirs"], day.run()["stock"]) == (2, 0)
    day.at(22, "edit", headcount=13)
    assert (day.visit()["room"], day.visit()["souvenirs"], day.run()["stock"]) == (None, 0, 2)
    day.at(22, "area", **OPEN).at(22, "company", by="陈总", answer="approved")
    visit = day.visit()
    assert (visit["room"], visit["souvenirs"]) == ("大会客室", 0)
    assert visit["conflicts"] == [{"area": None, "code": "no_souvenirs", "with": []}]


@pytest.mark.clause("CV-4.2")
def test_when_fewer_come_the_passes_issued_last_are_void() -> None:
    day = Visits().approved(KEY).at(21, "send_plan", by="苏青")
    told = {"by": "韩工", "escort": "叶小满"}
    day.at(21, "issue", pass_="P1", areas=["plant"], persons=4, **told)
    day.at(21, "issue", pass_="P2", areas=["plant", "workshop"], persons=3, **told)
    day.at(21, "issue", pass_="P3", areas=["workshop"], persons=5, **told)
    assert day.at(22, "edit", headcount=7).visit()["passes"] == {"plant": 2, "workshop": 1}
    assert day.at(22, "edit", headcount=6).visit()["passes"] == {"plant": 1}


@pytest.mark.clause("CV-4.1")
def test_a_plan_goes_out_again_unless_only_fewer_come() -> None:
    def sent(**edit: object) -> bool:
        day = Visits().with_passes(KEY).at(22, "edit", **edit)
        told = {"areas": ["workshop"], "persons": 1, "by": "韩工", "escort": "叶小满"}
        return day.at(22, "issue", pass_="P2", **told).code() == "ok"

    assert sent(headcount=7)
    assert not sent(headcount=7, areas=["workshop"])
    assert not sent(to=t(28, "12:10"))
    assert not sent(to=t(28, "12:10"), headcount=7)
    day = Visits().with_passes(KEY).at(22, "area", **{**OPEN, "answer": "refused", "reason": "x"})
    told = {"areas": ["workshop"], "persons": 1, "by": "韩工", "escort": "叶小满"}
    assert day.at(22, "issue", pass_="P2", **told).code() == "plan_not_sent"


@pytest.mark.clause("CV-4.1")
def test_tasks_are_due_at_the_hour_of_a_counted_day_and_told_to_whom_they_block() -> None:
    day = Visits(days="working", due_hour=8, blocking=["guide"]).approved(KEY, areas=["plant"])
    due = {job["task"]: job["due"] for job in day.visit()["plan"]}
    assert (due["analysis"], due["guide"]) == (t(24, "08:00"), t(25, "08:00"))  # Thursday, Friday
    assert due["souvenirs"] == t(28, "10:00")
    late = [line for line in day.records(t(25, "08:00")) if "task_late" in line]
    assert late[:3] == [
        "24T08:00 V1 task_late analysis reception",
        "25T08:00 V1 task_late rehearsal reception",
        "25T08:00 V1 task_late guide company",
    ]


@pytest.mark.clause("CV-4.1")
def test_a_visit_keeps_the_pack_of_the_day_on_which_it_was_opened() -> None:
    day = Visits()
    day.file["packs"].append({"version": "2", "from": "2026-09-22", "company_approval": []})
    day.apply(KEY, areas=[]).apply(KEY, "V2", day=22, areas=[])
    day.at(23, "edit", from_=t(29, "10:00"), to=t(29, "12:00"))
    assert (day.last()["version"], day.last()["status"]) == ("1", "awaiting")
    assert (day.visit("V2")["version"], day.visit("V2")["status"]) == ("2", "approved")


@pytest.mark.clause("CV-4.1")
def test_at_its_end_a_visit_is_over_and_keeps_what_it_held() -> None:
    day = Visits().approved(IMPORTANT)
    day.file["until"] = t(28, "12:00")
    visit = day.visit()
    assert (visit["status"], visit["room"], visit["souvenirs"]) == ("over", "一号会客室", 1)
    assert (visit["ready"], visit["conflicts"], day.run()["stock"]) == (False, [], 1)


@pytest.mark.clause("CV-3.4.1", "CV-2")
def test_a_general_group_has_a_guide_only_if_large_enough() -> None:
    general = Visits().approved(GENERAL, headcount=8, areas=["plant"])
    assert [(job["task"], job["clause"]) for job in general.visit()["plan"]] == [
        ("guide", "CV-3.1"),
        ("passes", "CV-4.1"),
    ]
    few = Visits().apply(GENERAL, headcount=5, areas=["plant"])
    few.at(21, "exception", ground="small_group", **LIFT).at(21, "area", **OPEN)
    few.at(21, "company", by="陈总", answer="approved")
    assert [job["task"] for job in few.visit()["plan"]] == ["passes"]
    office = Visits().apply(OFFICE, areas=[]).at(21, "company", by="苏青", answer="approved")
    assert (office.code(), office.last()["clause"]) == ("not_approver", "CV-2")


@pytest.mark.clause("CV-3.2.1", "CV-3.3.1")
def test_a_refusal_names_departments_as_the_house_does() -> None:
    word = {"visitor": "某", "contact": "某", "from": t(28, "10:00"), "to": t(28, "12:00")}
    word |= {"headcount": 8, "areas": [], "department": "reception", "by": "韩工"}
    assert Visits().at(21, "word", **word).last()["because"] == "韩工不是接待部的人。"
    day = Visits()
    plant = {"department": "administration", "capacity": 7}
    day.file["company"] = {**day.file["company"], "areas": {"plant": plant}}
    day.apply(KEY, areas=["plant"]).at(21, "area", **OPEN)
    assert day.last()["because"] == "厂区由行政部答复，韩工不能代答。"
    day.at(21, "area", **{**OPEN, "by": "顾北"})
    assert (day.code(), day.last()["because"]) == ("area_full", "厂区容不下这么多人。")


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_a_pass_once_void_stays_void_whatever_is_allowed_afterwards() -> None:
    def issued(answers: dict[str, str], **pack: object) -> Visits:
        day = Visits(**pack).approved(answers, areas=["plant"]).at(21, "send_plan", by="苏青")
        told = {"areas": ["plant"], "persons": 2, "by": "韩工", "escort": "叶小满"}
        return day.at(21, "issue", pass_="P1", **told)

    few = issued(GENERAL).at(22, "edit", headcount=5)
    assert (few.last()["status"], few.visit()["passes"]) == ("declined", {})
    few.at(22, "exception", ground="small_group", **LIFT)
    assert (few.last()["status"], few.visit()["passes"]) == ("approved", {})
    other = issued(KEY).at(22, "reclass", by="苏青", to="important", reason="更正")
    assert (other.last()["waiting_for"], other.visit()["passes"]) == (["company"], {})
    other.at(22, "company", by="陈总", answer="approved")
    assert (other.last()["status"], other.visit()["passes"]) == ("approved", {})
    free = issued(KEY, company_approval=[]).at(22, "reclass", by="苏青", to="important", reason="x")
    assert (free.last()["status"], free.visit()["passes"]) == ("approved", {"plant": 1})


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3")
def test_a_task_that_leaves_the_plan_is_undone_when_it_comes_back() -> None:
    day = Visits().apply(KEY, areas=[]).at(21, "task", task="rehearsal", by="苏青")
    day.at(21, "task", task="direction", by="苏青", serve="coffee")
    assert day.visit()["serve"] == "coffee"
    day.at(21, "reclass", by="苏青", to="general", reason="x")
    assert (day.visit()["plan"], day.visit()["serve"]) == ([], None)
    day.at(21, "reclass", by="苏青", to="key_account", reason="x")
    done = [job["task"] for job in day.visit()["plan"] if job["done"]]
    assert (done, day.visit()["serve"]) == ([], None)


@pytest.mark.clause("CV-3.3.3")
def test_one_person_may_guide_and_accompany_the_same_visit() -> None:
    day = Visits().apply(KEY).at(21, "task", task="guide", by="苏青", who="罗总监")
    assert day.at(21, "task", task="senior", by="苏青", who="罗总监").code() == "ok"
    day.apply(KEY, "V2").at(21, "task", "V2", task="guide", by="苏青", who="罗总监")
    assert day.code() == "busy"
    day.at(21, "withdraw", "V1")
    assert day.at(21, "task", "V2", task="guide", by="苏青", who="罗总监").code() == "ok"


@pytest.mark.clause("CV-3.2.1")
def test_moved_to_another_day_lateness_counts_from_the_day_of_the_edit() -> None:
    day = Visits().apply(IMPORTANT).at(25, "edit", from_=t(28, "11:00"))
    assert day.last()["status"] == "awaiting"  # judged on the 21st still
    day.at(25, "edit", from_=t(29, "11:00"), to=t(29, "12:00"))
    assert day.last()["status"] == "needs_exception"


@pytest.mark.clause("CV-3.2.1")
@pytest.mark.parametrize(
    ("clock", "edit", "code"),
    [
        ("09:00", {"from": t(28, "09:00")}, "past"),
        ("09:00", {"from": t(28, "09:01")}, "ok"),
        ("09:00", {"to": t(28, "10:00")}, "bad_window"),
        ("09:00", {"from": t(28, "12:00")}, "bad_window"),
        ("09:00", {"from": t(28, "10:00"), "to": t(28, "12:00")}, "no_change"),
        ("10:00", {"to": t(28, "12:00")}, "begun"),
        ("10:00", {"from": t(28, "10:00"), "to": t(28, "13:00")}, "begun"),
        ("10:00", {"to": t(28, "12:01")}, "ok"),
    ],
)
def test_until_a_visit_begins_its_time_may_change_and_then_only_its_end(
    clock: str, edit: dict[str, str], code: str
) -> None:
    day = Visits().approved(KEY)
    told = {"from_" if name == "from" else name: time for name, time in edit.items()}
    assert day.at(28, "edit", clock=clock, **told).code() == code


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize(
    ("capacity", "asked"), [("stop", ["plant", "workshop"]), ("warn", ["plant"])]
)
def test_moved_into_a_full_area_it_is_asked_again_unless_the_company_only_warns(
    capacity: str, asked: list[str]
) -> None:
    day = Visits(window_slack=300, capacity=capacity).approved(KEY, headcount=20, rivals="圈")
    later = {"from_": t(28, "14:00"), "to": t(28, "15:00")}
    day.approved(KEY, "V2", headcount=11, areas=["workshop"], **later)
    assert day.last()["status"] == "approved"
    day.at(22, "edit", "V2", areas=["workshop", "plant"])
    day.at(22, "edit", "V2", from_=t(28, "11:59"))
    assert day.last()["waiting_for"] == asked


@pytest.mark.clause("CV-3.2.1")
def test_from_the_second_it_begins_a_visit_that_lasts_longer_asks_nobody_again() -> None:
    day = Visits().with_passes(KEY).at(28, "edit", clock="10:00", to=t(28, "16:00"))
    assert (day.last()["status"], day.last()["waiting_for"]) == ("approved", [])
    assert day.visit()["passes"] == {"plant": 1, "workshop": 1}
