"""开场到收场: leave, claims, supervision, closing; stored, replayed and exported days are one."""

from datetime import timedelta

import pytest

from tests.gallery.conftest import Gallery
from yingbin.approvals import actions as approvals
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery import ticks
from yingbin.gallery.actions import days, presence, receptions, supervision, waiting
from yingbin.gallery.export import contract_day
from yingbin.gallery.models import StandingOrder, TurnDecision
from yingbin.gallery.queries import board as boards
from yingbin.gallery.queries import history
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.rules.turns.decide import replay


def ask_and_grant(hall: Gallery, name: str) -> None:
    """Business leave, approved."""
    done = hall.do(presence.ask_business_leave, name, note="去银行送按揭资料")
    request = done
    hall.do(approvals.decide, "郑岚", approval_id=request, grant=True)


@pytest.mark.clause("TQ-7")
def test_business_leave_that_was_passed_over_earns_one_turn(hall: Gallery) -> None:
    ask_and_grant(hall, "林悦")
    assert hall.receiver(hall.arrive()) == "周航"
    assert hall.queue()[-2:] == ["林悦", "周航"]
    hall.do(presence.come_back, "林悦", who=hall.id("林悦"))
    assert hall.person("林悦").make_up == ("TQ-7",)
    visit = hall.arrive()
    assert hall.receiver(visit) == "林悦"
    assert hall.decision(visit).clause == "TQ-7"


@pytest.mark.clause("TQ-7")
def test_business_leave_waits_for_the_manager_and_nobody_approves_their_own(hall: Gallery) -> None:
    done = hall.do(presence.ask_business_leave, "林悦", note="去房管局")
    assert hall.person("林悦").status == "free"
    with pytest.raises(Refused, match="自己的申请"):
        hall.do(approvals.decide, "林悦", approval_id=done, grant=True)
    with pytest.raises(Refused, match="先请经理批准"):
        hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="business")


@pytest.mark.clause("TQ-7")
def test_a_meal_keeps_the_place(hall: Gallery) -> None:
    hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="meal")
    hall.arrive()
    assert hall.queue()[0] == "林悦"


@pytest.mark.clause("TQ-6")
def test_an_unrelated_visitor_is_uncounted_once_the_manager_has_asked_them(hall: Gallery) -> None:
    visit = hall.arrive(name="王五", phone="13912345678")
    done = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司的")
    claim = done
    assert hall.person("林悦").counted == 1
    with pytest.raises(Refused, match="自己的申报"):
        hall.do(receptions.decide_claim, "林悦", claim_id=claim, confirm=True, how="问过了")
    with pytest.raises(Refused, match="怎样当面证实"):
        hall.do(receptions.decide_claim, "郑岚", claim_id=claim, confirm=True, how=" ")
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim, confirm=True, how="客户出示名片")
    assert hall.person("林悦").counted == 0
    assert hall.person("林悦").make_up == ("TQ-6",)
    hall.finish(visit)
    visit.refresh_from_db()
    assert receiver_of_record(hall.site, visit.customer_id) is None


@pytest.mark.clause("TQ-6")
def test_a_claim_can_follow_the_reception_and_a_declined_one_changes_nothing(hall: Gallery) -> None:
    visit = hall.arrive()
    hall.finish(visit)
    done = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="广告公司")
    claim = done
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim, confirm=False, how="客户说是来看房")
    assert hall.person("林悦").counted == 1
    done = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="再核实一次")
    claim = done
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim, confirm=True, how="客户来电说明")
    assert hall.person("林悦").counted == 0


@pytest.mark.clause("TQ-11")
def test_an_override_gives_back_and_everyone_in_the_queue_is_told(hall: Gallery) -> None:
    visit = hall.arrive()
    hall.do(
        supervision.override,
        "郑岚",
        visit_id=visit.id,
        to=hall.id("陈思远"),
        reason="客户是陈思远的亲戚",
        counts=True,
    )
    assert hall.receiver(visit) == "陈思远"
    assert hall.queue()[0] == "林悦"
    told = set(Notice.objects.filter(kind="override").values_list("to_id", flat=True))
    assert {hall.id(n) for n in ("林悦", "周航", "吴敏")} <= told


@pytest.mark.clause("TQ-11")
def test_a_correction_needs_a_reason_and_is_seen_by_everyone(hall: Gallery) -> None:
    with pytest.raises(Refused, match="为什么更正"):
        hall.do(supervision.adjust, "郑岚", who=hall.id("吴敏"), reason=" ", turns=1)
    hall.do(supervision.adjust, "郑岚", who=hall.id("吴敏"), reason="漏记一次", turns=1)
    assert hall.person("吴敏").make_up == ("TQ-11",)
    assert Notice.objects.filter(kind="adjust").count() == 4


@pytest.mark.clause("TQ-11")
def test_a_salesperson_cannot_override_even_as_a_delegate_of_themselves(hall: Gallery) -> None:
    visit = hall.arrive()
    with pytest.raises(Refused):
        hall.do(
            supervision.override,
            "周航",
            visit_id=visit.id,
            to=hall.id("周航"),
            reason="我来",
            counts=True,
        )


def test_a_turn_not_accepted_in_two_minutes_alerts_the_manager_once(hall: Gallery) -> None:
    hall.arrive()
    hall.later(1)
    assert ticks.tick(hall.now) == 0
    hall.later(2)
    assert ticks.tick(hall.now) == 1
    assert ticks.tick(hall.now) == 0
    told = Notice.objects.filter(to_id=hall.id("郑岚"), kind="not_accepted")
    assert told.count() == 1


@pytest.mark.clause("TQ-11")
def test_the_day_closes_only_when_nothing_is_open(hall: Gallery) -> None:
    visits = [hall.arrive() for _ in range(5)]
    with pytest.raises(Refused, match=r"还在接待.*还在等待"):
        hall.do(days.close_gallery, "郑岚")
    hall.do(waiting.leave, "苏晴", visit_id=visits[4].id, no_contact="赶时间")
    for visit in visits[:4]:
        hall.finish(visit)
    hall.do(days.close_gallery, "郑岚")
    assert boards.board(hall.site) is None
    standing = StandingOrder.objects.get(site_id=hall.site)
    here = ["林悦", "周航", "吴敏", "陈思远"]
    assert [n for n in map(hall.name, standing.order) if n in here] == here


@pytest.mark.clause("TQ-11")
def test_the_standing_order_and_the_accounts_carry_to_the_next_day(hall: Gallery) -> None:
    hall.finish(hall.arrive())
    hall.finish(hall.arrive(named="陈思远"))
    hall.do(days.close_gallery, "郑岚")
    hall.later(24 * 60)
    for name in ("陈思远", "林悦", "周航"):
        hall.do(presence.sign_in, name, who=hall.id(name))
    hall.do(days.set_policy, "郑岚", values={"opening": "carry"}, reason="恢复长期顺序")
    hall.do(days.open_gallery, "郑岚")
    assert hall.queue() == ["周航", "陈思远", "林悦"]
    assert hall.person("陈思远").owes == 1


def test_three_units_reach_the_manager_by_themselves(hall: Gallery) -> None:
    visit = hall.arrive(name="大客户", phone="13912345678")
    hall.finish(visit, units_wanted=3)
    from yingbin.matters.models import Matter

    alert = Matter.objects.get(kind="alert")
    assert alert.owner_id == hall.id("郑岚")


def test_stored_replayed_and_exported_day_are_one_and_the_same(hall: Gallery) -> None:
    first = hall.arrive()
    wrong = hall.arrive(kind="enquirer")
    from yingbin.gallery.actions import arrivals

    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    ask_and_grant(hall, "吴敏")
    hall.arrive(named="陈思远")
    hall.arrive(kind="peer")
    hall.finish(first)
    hall.do(presence.come_back, "吴敏", who=hall.id("吴敏"))
    day = history.day_of(hall.site, None)
    assert day is not None
    assert history.disagreements(day) == []
    exported = contract_day(day)
    assert len(exported["undone"]) == 1
    again = replay(exported)
    stored = TurnDecision.objects.filter(day=day, event__undone__isnull=True)
    assert [d["because"] for d in again["decisions"]] == [
        d.because for d in stored.order_by("seq", "position")
    ]
    assert again["queue"] == hall.queue()


@pytest.mark.clause("TQ-11")
def test_a_clock_that_steps_back_overtakes_nobody_who_signed_in_earlier(gallery: Gallery) -> None:
    for name in ("林悦", "周航", "吴敏"):
        gallery.now -= timedelta(minutes=3)
        gallery.do(presence.sign_in, name, who=gallery.id(name))
    gallery.do(days.set_policy, "郑岚", values={"opening": "sign_in"}, reason="按签到先后")
    gallery.do(days.open_gallery, "郑岚")
    assert gallery.queue() == ["林悦", "周航", "吴敏"]
