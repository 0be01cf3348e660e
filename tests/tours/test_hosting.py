"""How a key account's visit is prepared: analysis, rehearsal, companions, direction, meal; who may, what is refused."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from yingbin.approvals.actions import decide
from yingbin.approvals.models import Approval
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.tours.actions import companions, meals, preparing
from yingbin.tours.hosting import Hosting, hosting
from yingbin.tours.hosting_rules import Table
from yingbin.tours.models import HostingEvent
from yingbin.tours.ticks import tick

from .headquarters import Headquarters


def prepared(house: Headquarters, one: UUID) -> Hosting:
    """What is prepared so far."""
    return hosting(house.row(one))


def done(house: Headquarters, one: UUID) -> set[str]:
    """The tasks of the plan that are done."""
    return set(house.row(one).state["done"])


def rehearse(house: Headquarters, by: str, one: UUID, **more: Any) -> None:
    house.later(hours=1)
    told = {"held_at": house.now - timedelta(minutes=30, microseconds=7), "passed": True, **more}
    house.do(preparing.sign_rehearsal, by, visit_id=one, **told)


def refused(house: Headquarters, action: Any, by: str, **told: Any) -> Refused:
    """Why somebody may not; nothing is written."""
    before = HostingEvent.objects.count()
    with pytest.raises(Refused) as no:
        house.do(action, by, **told)
    assert HostingEvent.objects.count() == before
    return no.value


@pytest.mark.clause("CV-3.3.2")
def test_an_analysis_is_kept_in_versions_and_completes_the_plans_task(house: Headquarters) -> None:
    one = house.word()
    told = {"visit_id": one, "aims": "看能不能供整线", "needs": "自动焊接线、检测数据"}
    house.do(preparing.analyse, "江", **told)
    house.do(preparing.analyse, "叶", **told, care="不提价格")
    assert [(n.version, n.mark.by, n.care) for n in prepared(house, one).notes] == [
        (1, house.id("江"), ""), (2, house.id("叶"), "不提价格"),
    ]  # fmt: skip
    assert house.log(one).count("task") == 1
    assert "analysis" in done(house, one)
    assert "没有改动" in refused(house, preparing.analyse, "江", **told, care="不提价格").message
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.2")
@pytest.mark.parametrize(
    ("by", "told", "about", "says"),
    [
        ("白", {}, "", "需求分析由接待部办"),
        ("韩", {}, "", "需求分析由接待部办"),
        ("江", {"aims": " "}, "aims", "来宾为什么来"),
        ("江", {"needs": ""}, "needs", "需要什么"),
    ],
)
def test_an_analysis_is_receptions_and_says_aims_and_needs(
    house: Headquarters, by: str, told: dict[str, str], about: str, says: str
) -> None:
    one = house.word()
    no = refused(house, preparing.analyse, by, visit_id=one, **{"aims": "a", "needs": "n", **told})
    assert (no.about or "", says in no.message) == (about, True), no.message


@pytest.mark.clause("CV-3.3.2")
def test_other_guests_have_no_analysis(house: Headquarters) -> None:
    one = house.approved("important")
    no = refused(house, preparing.analyse, "江", visit_id=one, aims="a", needs="n")
    assert "没有需求分析这一项" in no.message


@pytest.mark.clause("CV-3.3.2")
def test_a_rehearsal_is_signed_by_another_than_whoever_explains_and_what_to_mend_comes_first(
    house: Headquarters,
) -> None:
    one = house.word()
    no = refused(
        house, preparing.sign_rehearsal, "叶", visit_id=one, held_at=house.now, passed=True
    )
    assert "讲解员还没有定" in no.message
    house.act("江", "task", one, task="guide", who="江")
    told = {"visit_id": one, "held_at": house.now, "passed": False}
    assert "不能给自己签认" in refused(house, preparing.sign_rehearsal, "江", **told).message
    assert refused(house, preparing.sign_rehearsal, "叶", **told).about == "mend"
    rehearse(house, "叶", one, passed=False, mend="数据太旧，换成今年的")
    assert "rehearsal" not in done(house, one)
    rehearse(house, "叶", one)
    assert "rehearsal" in done(house, one)
    signed = prepared(house, one).rehearsals
    assert [(r.passed, r.mend, r.guide) for r in signed] == [
        (False, "数据太旧，换成今年的", str(house.id("江"))), (True, "", str(house.id("江"))),
    ]  # fmt: skip
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.2")
@pytest.mark.parametrize("when", [timedelta(days=-40), timedelta(hours=2)])
def test_a_rehearsal_lies_between_the_application_and_now(
    house: Headquarters, when: timedelta
) -> None:
    one = house.word()
    house.act("江", "task", one, task="guide", who="江")
    told = {"visit_id": one, "held_at": house.now + when, "passed": True}
    assert refused(house, preparing.sign_rehearsal, "叶", **told).about == "held_at"


def reminded(house: Headquarters, kind: str) -> list[tuple[str, datetime]]:
    """Who was told of a kind, in order."""
    rows = Notice.objects.filter(kind=f"tours.{kind}").order_by("made_at", "id")
    names = {one.id: who for who, one in house.staff.items()}
    return [(names[row.to_id], row.made_at) for row in rows]


@pytest.mark.clause("CV-3.3.2")
def test_a_rehearsal_without_its_sign_off_the_day_before_warns_upward_each_once(
    house: Headquarters,
) -> None:
    one = house.word(day=5)
    due = house.at(4, 18)
    for hours, people in ((-9, []), (-8, ["江"]), (-7, ["江"]), (-3, ["江", "严", "罗"])):
        house.now = due + timedelta(hours=hours)
        tick(house.now)
        tick(house.now)
        assert sorted(who for who, _ in reminded(house, "rehearsal")) == sorted(people), hours
    assert house.faults() == []
    # Moved by three days, it falls due anew, and is told anew.
    later = house.at(4, 10)
    house.act("江", "edit", one, from_=later, to=later + timedelta(hours=2))
    house.now = house.at(3, 11)
    tick(house.now)
    assert [who for who, _ in reminded(house, "rehearsal")].count("江") == 2


@pytest.mark.clause("CV-3.3.2")
def test_it_warns_where_the_house_lacks_a_leader_just_now(house: Headquarters) -> None:
    house.word(day=5)
    Assignment.objects.filter(site=house.place, role="senior").update(until=house.now)
    house.now = house.at(4, 17)
    assert tick(house.now) > 0
    assert [who for who, _ in reminded(house, "rehearsal")].count("江") == 1


@pytest.mark.parametrize(("second", "looks"), [(0, True), (4, True), (5, False), (59, False)])
def test_the_worker_looks_at_preparations_at_the_beginning_of_each_minute(
    house: Headquarters, second: int, looks: bool
) -> None:
    house.word(day=5)
    house.now = house.at(4, 17).replace(second=second)
    tick()
    assert bool(reminded(house, "rehearsal")) == looks


@pytest.mark.clause("CV-3.3.2")
def test_a_rehearsal_that_was_signed_warns_nobody(house: Headquarters) -> None:
    one = house.word(day=5)
    house.act("江", "task", one, task="guide", who="江")
    rehearse(house, "叶", one)
    house.now = house.at(4, 17)
    tick(house.now)
    assert reminded(house, "rehearsal") == []


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_is_asked_on_their_phone_and_says_yes(house: Headquarters) -> None:
    one = house.word()
    asked = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    notice = Notice.objects.get(kind="tours.companion")
    assert (notice.to_id, notice.urgent) == (house.id("严"), True)
    assert notice.link == f"/tours/{one}/companion/{asked.index}/"
    assert "senior" not in done(house, one)
    told = {"visit_id": one, "ask": asked.index, "answer": "confirmed"}
    house.do(companions.answer_companion, "严", **told)
    assert house.row(one).state["done"]["senior"] == str(house.id("严"))
    assert "companion_answer" in house.heard("江")
    assert "已经答应过" in refused(house, companions.answer_companion, "严", **told).message
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_declines_with_a_reason_and_the_deputy_they_propose_is_asked(
    house: Headquarters,
) -> None:
    one = house.word()
    asked = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    told = {"visit_id": one, "ask": asked.index, "answer": "declined"}
    assert refused(house, companions.answer_companion, "严", **told).about == "reason"
    assert "由本人答复" in refused(house, companions.answer_companion, "罗", **told).message
    told |= {"reason": "出差", "deputy": house.id("罗")}
    house.do(companions.answer_companion, "严", **told)
    said = prepared(house, one).companions[0]
    assert (said.answer, said.reason, said.deputy) == ("declined", "出差", str(house.id("罗")))
    again = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("罗"))
    house.do(
        companions.answer_companion, "叶", visit_id=one, ask=again.index, answer="confirmed"
    )  # said on the phone, written down by reception
    assert house.row(one).state["done"]["senior"] == str(house.id("罗"))
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.3")
def test_whom_reception_may_not_ask(house: Headquarters) -> None:
    one, two = house.word(), house.word(hour=11)
    ask = companions.ask_companion
    assert (
        "不在陪同的高层名单" in refused(house, ask, "江", visit_id=one, who=house.id("韩")).message
    )
    assert (
        "高层陪同由接待部办" in refused(house, ask, "严", visit_id=one, who=house.id("罗")).message
    )
    made = house.do(ask, "江", visit_id=one, who=house.id("严"))
    assert "已经请过" in refused(house, ask, "江", visit_id=one, who=house.id("严")).message
    house.do(companions.answer_companion, "严", visit_id=one, ask=made.index, answer="confirmed")
    no = refused(house, ask, "江", visit_id=two, who=house.id("严"))
    assert no.message == "严同一时间要陪另一批客人，请另请一位。"


@pytest.mark.clause("CV-3.3.3")
def test_a_second_companion_leaves_the_first_the_visits_companion_and_one_who_is_dropped_hears(
    house: Headquarters,
) -> None:
    one = house.word()
    for who in "严罗":
        made = house.do(companions.ask_companion, "江", visit_id=one, who=house.id(who))
        house.do(companions.answer_companion, who, visit_id=one, ask=made.index, answer="confirmed")
    assert house.row(one).state["done"]["senior"] == str(house.id("严"))
    house.do(companions.drop_companion, "江", visit_id=one, ask=made.index)
    assert [c.who for c in prepared(house, one).companions] == [str(house.id("严"))]
    assert house.heard("罗").count("companion") == 2
    told = {"visit_id": one, "ask": made.index, "answer": "confirmed"}
    assert "已经取消" in refused(house, companions.answer_companion, "罗", **told).message


@pytest.mark.clause("CV-3.3.3")
def test_a_visit_that_moved_asks_its_companions_anew(house: Headquarters) -> None:
    one = house.word()
    made = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    house.act("江", "edit", one, to=house.at(8, 12, 20))
    told = {"visit_id": one, "ask": made.index, "answer": "confirmed"}
    assert "时间改过" in refused(house, companions.answer_companion, "严", **told).message
    again = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    assert [c.number for c in prepared(house, one).companions] == [again.index]


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_without_an_answer_is_reminded_once_and_so_is_whoever_asked(
    house: Headquarters,
) -> None:
    one = house.word()
    house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    for hours, times in ((23, 1), (2, 2), (1, 2)):
        house.now += timedelta(hours=hours)
        tick(house.now)
        assert house.heard("严").count("companion") == times
    assert house.heard("江").count("companion_answer") == 1


@pytest.mark.clause("CV-3.3.3")
def test_what_the_company_directs_is_written_down_with_who_directed_it(house: Headquarters) -> None:
    one = house.word()
    told = {"visit_id": one, "serve": "coffee", "directed_by": house.id("严"), "said": "不加糖"}
    house.do(preparing.direct, "江", **told)
    kept = prepared(house, one).direction
    assert kept is not None
    assert (kept.serve, kept.directed_by, kept.said) == ("coffee", str(house.id("严")), "不加糖")
    assert house.row(one).state["done"]["direction"] == "coffee"
    house.do(preparing.direct, "江", **{**told, "said": "不加糖，加一壶茶"})
    assert house.log(one).count("task") == 1, "what is served stayed as it was"
    house.do(preparing.direct, "叶", **{**told, "serve": "pastries"})
    assert house.row(one).state["done"]["direction"] == "pastries"
    for more, about in (
        ({"directed_by": house.id("韩")}, "directed_by"),
        ({"serve": "other", "said": ""}, "said"),
    ):
        assert refused(house, preparing.direct, "江", **{**told, **more}).about == about
    assert house.faults() == []


def table(house: Headquarters, **more: Any) -> Table:
    told: dict[str, Any] = {
        "starts_at": house.at(8, 12, 15) + timedelta(microseconds=7), "guests": 12, "ours": 4, "per_head": 15_000, "place": "湖畔厅",
        "diet": "两位清真", **more,
    }  # fmt: skip
    return Table(**told)


@pytest.mark.clause("CV-3.3.4")
def test_a_table_has_seats_diet_and_cost_and_completes_the_plans_task(house: Headquarters) -> None:
    one = house.word()
    house.do(meals.book_meal, "江", visit_id=one, table=table(house))
    kept = prepared(house, one).meal
    assert kept is not None
    assert (kept.guests, kept.ours, kept.total, kept.diet) == (12, 4, 240_000, "两位清真")
    assert kept.mark.by == house.id("江")
    assert "meal" in done(house, one)
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.4")
@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({"guests": 13}, "guests"), ({"guests": 0}, "guests"), ({"ours": 0}, "ours"), ({"per_head": 0}, "per_head"),
        ({"place": " "}, "place"), ({"per_head": 1_000_001}, "per_head"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_refused_at_its_field(
    house: Headquarters, more: dict[str, Any], about: str
) -> None:
    told = {"visit_id": house.word(), "table": table(house, **more)}
    assert refused(house, meals.book_meal, "江", **told).about == about


@pytest.mark.clause("CV-3.3.4")
def test_a_table_on_another_day_is_refused(house: Headquarters) -> None:
    told = {"visit_id": house.word(), "table": table(house, starts_at=house.at(9, 12))}
    assert refused(house, meals.book_meal, "江", **told).about == "time"


@pytest.mark.clause("CV-3.3.4")
def test_a_table_above_the_limit_waits_for_a_leader_who_did_not_book_it(
    house: Headquarters,
) -> None:
    house.do(set_policy, "何", name="tours.hosting", values={"meal_yuan": 100}, reason="节约")
    one = house.word()
    house.do(meals.book_meal, "江", visit_id=one, table=table(house))
    asked = Approval.objects.get(kind="tours_meal")
    assert asked.title == "宴请超标：2026-0001 号，每位 150元"
    assert "meal" not in done(house, one)
    no = refused(house, meals.book_meal, "叶", visit_id=one, table=table(house, ours=5))
    assert "还在等领导批准" in no.message
    house.do(meals.book_meal, "江", visit_id=one, table=table(house, ours=5))
    asked.refresh_from_db()
    assert asked.status == "withdrawn"
    last = Approval.objects.get(kind="tours_meal", status="asked")
    house.do(decide, "严", approval_id=last.id, grant=True)
    assert "meal" in done(house, one)
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.4")
def test_a_table_within_the_limit_asks_nobody(house: Headquarters) -> None:
    house.do(set_policy, "何", name="tours.hosting", values={"meal_yuan": 150}, reason="节约")
    one = house.word()
    house.do(meals.book_meal, "江", visit_id=one, table=table(house))
    assert not Approval.objects.exists()
    assert "meal" in done(house, one)


@pytest.mark.clause("CV-4.1")
def test_nothing_is_prepared_for_a_visit_that_has_ended_or_is_not_here(house: Headquarters) -> None:
    one = house.word()
    house.act("江", "withdraw", one)
    told = {"aims": "a", "needs": "n"}
    assert "已经结束" in refused(house, preparing.analyse, "江", visit_id=one, **told).message
    nowhere = UUID("018f0000-0000-7000-8000-000000000000")
    assert "没有找到" in refused(house, preparing.analyse, "江", visit_id=nowhere, **told).message


def test_erasing_a_guest_empties_what_was_prepared_for_them_and_its_notices(
    house: Headquarters,
) -> None:
    from yingbin.journal.write import Pen
    from yingbin.tours.privacy import erase, sections

    one = house.apply("key_account")
    house.do(preparing.analyse, "江", visit_id=one, aims="扩产", needs="看焊接线")
    house.do(companions.ask_companion, "江", visit_id=one, who=house.id("严"))
    house.do(meals.book_meal, "江", visit_id=one, table=table(house))
    whose = house.row(one).customer_id
    assert whose is not None
    words = str(sections(site_id=house.site, customer_ids=[whose])[0].rows)
    assert all(said in words for said in ("看焊接线", "湖畔厅", "两位清真"))

    def work(pen: Pen) -> dict[str, object]:
        pen.append("customer.erased", {"customers": [str(whose)]})
        return dict(erase(pen=pen, customer_ids=[whose]))

    house.within(work, by="江")
    assert [row.words for row in HostingEvent.objects.all()] == [{}] * 3
    assert not Notice.objects.filter(title__contains="长丰").exists()
    assert [f for f in house.faults() if "准备" in f] == []
