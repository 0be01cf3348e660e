"""到访: whose customer is this, and why."""

import pytest

from tests.gallery.conftest import Gallery
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions import arrivals, waiting
from yingbin.gallery.models import Reception, TurnEvent, Visit
from yingbin.gallery.queries import history
from yingbin.journal.write import KeyReused
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-1.2", "TQ-9")
def test_a_new_customer_goes_to_the_first_and_the_turn_passes(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13912345678")
    assert hall.receiver(visit) == "林悦"
    assert hall.queue() == ["周航", "吴敏", "陈思远", "林悦"]
    decision = hall.decision(visit)
    assert (decision.clause, decision.counted, decision.turn) == ("TQ-1.2", True, "queue")
    assert "林悦" in decision.because
    assert decision.receipt


@pytest.mark.clause("TQ-1", "TQ-1.1")
def test_a_named_salesperson_on_the_floor_receives_and_owes_a_turn(hall: Gallery) -> None:
    visit = hall.arrive(named="吴敏", name="李娜", phone="13911112222")
    assert hall.receiver(visit) == "吴敏"
    assert hall.person("吴敏").owes == 1
    assert hall.queue() == ["林悦", "周航", "吴敏", "陈思远"]


@pytest.mark.clause("TQ-1.1")
def test_a_named_salesperson_who_is_busy_is_waited_for_and_told(hall: Gallery) -> None:
    first = hall.arrive()
    second = hall.arrive(named="林悦", name="李娜")
    assert hall.receiver(second) == ""
    assert Notice.objects.filter(to_id=hall.id("林悦"), kind="awaited").count() == 1
    hall.finish(first)
    assert hall.receiver(second) == "林悦"


@pytest.mark.clause("TQ-4")
def test_a_declared_peer_goes_to_the_last_and_costs_nothing(hall: Gallery) -> None:
    visit = hall.arrive(kind="peer")
    assert hall.receiver(visit) == "陈思远"
    assert hall.decision(visit).counted is False
    assert hall.queue() == ["林悦", "周航", "吴敏", "陈思远"]


@pytest.mark.clause("TQ-5")
def test_an_undeclared_peer_is_a_new_customer_and_counts(hall: Gallery) -> None:
    visit = hall.arrive(note="像是同行，没有说明")
    assert hall.receiver(visit) == "林悦"
    assert hall.decision(visit).counted is True


@pytest.mark.clause("TQ-8")
def test_a_registered_customer_of_someone_absent_is_helped_by_the_last(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13912345678")
    hall.finish(first)
    first.refresh_from_db()
    assert receiver_of_record(hall.site, first.customer_id) == hall.id("林悦")
    from yingbin.gallery.actions import presence

    hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="private")
    again = hall.arrive(customer_id=first.customer_id, first_visit=False)
    assert hall.receiver(again) == "陈思远"
    assert hall.decision(again).clause == "TQ-8"
    assert hall.decision(again).counted is False
    assert Notice.objects.filter(to_id=hall.id("林悦"), kind="own_customer").exists()
    hall.finish(again)
    assert receiver_of_record(hall.site, first.customer_id) == hall.id("林悦")


@pytest.mark.clause("TQ-9")
def test_own_returning_customer_is_received_and_counted(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13912345678")
    hall.finish(first)
    first.refresh_from_db()
    again = hall.arrive(customer_id=first.customer_id, first_visit=False)
    assert hall.receiver(again) == "林悦"
    assert hall.decision(again).turn == "owed"


@pytest.mark.clause("TQ-9")
def test_someone_asking_the_way_is_recorded_and_takes_nobodys_turn(hall: Gallery) -> None:
    visit = hall.arrive(kind="enquirer", looked_for="问公交站")
    decision = hall.decision(visit)
    assert (decision.receiver, decision.counted, decision.turn) == (None, False, "none")
    assert hall.queue() == ["林悦", "周航", "吴敏", "陈思远"]


@pytest.mark.clause("SC-4.3.2")
def test_a_group_that_leaves_becomes_a_follow_up_for_whoever_stood_first(hall: Gallery) -> None:
    for _ in range(4):
        hall.arrive()
    waits = hall.arrive(name="李娜")
    with pytest.raises(Refused, match=r"联系方式|电话"):
        hall.do(waiting.leave, "苏晴", visit_id=waits.id)
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, name="李娜", phone="13911112222")
    matter = Matter.objects.get(subject_id=waits.id)
    assert matter.kind == "follow_up"
    assert matter.owner_id == hall.id("林悦")


@pytest.mark.clause("SC-4.3.2")
def test_the_first_who_becomes_free_takes_the_waiting_group(hall: Gallery) -> None:
    visits = [hall.arrive() for _ in range(4)]
    waits = hall.arrive(name="李娜")
    assert hall.receiver(waits) == ""
    hall.finish(visits[2])
    assert hall.receiver(waits) == "吴敏"


@pytest.mark.clause("SC-4.3.1")
def test_a_question_is_passed_on_and_tracked(hall: Gallery) -> None:
    visit = hall.arrive(name="李娜", phone="13911112222")
    hall.do(
        waiting.pass_question_on,
        "苏晴",
        visit_id=visit.id,
        question="学区划片今年有没有变化？",
        to=hall.id("郑岚"),
    )
    matter = Matter.objects.get(kind="question")
    assert matter.owner_id == hall.id("苏晴")
    assert matter.offered_to == hall.id("郑岚")
    assert matter.closed_at is None


def test_the_same_key_gives_the_same_visit(hall: Gallery) -> None:
    first = hall.arrive(key="tap", name="张伟")
    hall.now = first.arrived_at
    again = hall.arrive(key="tap", name="张伟")
    assert again.id == first.id
    assert Visit.objects.count() == 1


def test_the_same_key_for_something_else_is_refused(hall: Gallery) -> None:
    hall.arrive(key="tap", name="张伟")
    with pytest.raises(KeyReused):
        hall.arrive(key="tap", name="李娜")


@pytest.mark.clause("TQ-11")
def test_a_wrong_tap_is_taken_back_and_everything_is_as_before(hall: Gallery) -> None:
    before = hall.queue()
    visit = hall.arrive(name="张伟")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=visit.id, may_any=False)
    assert hall.queue() == before
    assert hall.person("林悦").status == "free"
    assert not Reception.objects.filter(ended_at__isnull=True).exists()
    assert TurnEvent.objects.filter(undone__isnull=False).count() == 1
    assert Notice.objects.filter(to_id=hall.id("林悦"), kind="undone").exists()
    day = history.day_of(hall.site, None)
    assert day is not None
    assert history.disagreements(day) == []


@pytest.mark.clause("TQ-11")
def test_nobody_elses_tap_and_nothing_older_than_two_minutes_is_taken_back(hall: Gallery) -> None:
    visit = hall.arrive()
    with pytest.raises(Refused, match="不是您登记"):
        hall.do(arrivals.undo_arrival, "叶小满", visit_id=visit.id, may_any=False)
    hall.later(3)
    with pytest.raises(Refused, match="超过2分钟"):
        hall.do(arrivals.undo_arrival, "苏晴", visit_id=visit.id, may_any=False)


@pytest.mark.clause("TQ-11")
def test_a_tap_that_later_decisions_stand_on_is_not_taken_back(hall: Gallery) -> None:
    first = hall.arrive()
    hall.arrive()
    with pytest.raises(Refused, match="以它为前提"):
        hall.do(arrivals.undo_arrival, "苏晴", visit_id=first.id, may_any=False)


def test_nothing_is_recorded_before_opening(gallery: Gallery) -> None:
    with pytest.raises(Refused, match="还没有开场"):
        gallery.arrive()
    assert not Visit.objects.exists()


def test_the_whole_number_of_a_known_customer_is_that_customer(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13912345678")
    hall.finish(first)
    first.refresh_from_db()
    again = hall.arrive(name="张先生", phone="139 1234 5678")
    assert again.customer_id == first.customer_id
    assert hall.receiver(again) == "林悦"


@pytest.mark.clause("TQ-8")
def test_the_helper_may_open_the_card_and_sees_the_history_while_receiving(hall: Gallery) -> None:
    from django.utils import timezone

    from yingbin.customers.queries import history as told
    from yingbin.customers.queries import may_open
    from yingbin.gallery.actions import presence
    from yingbin.people.models import Staff
    from yingbin.people.queries import badge

    first = hall.arrive(name="张伟", phone="13912345678", note="想要三房")
    hall.finish(first)
    first.refresh_from_db()
    hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="private")
    helper = badge(Staff.objects.get(id=hall.id("陈思远")), hall.site, timezone.now())
    assert not may_open(helper, hall.now, hall.site, first.customer_id)
    again = hall.arrive(customer_id=first.customer_id, first_visit=False)
    assert hall.receiver(again) == "陈思远"
    assert may_open(helper, hall.now, hall.site, first.customer_id)
    lines = [f"{v.title} {v.detail}" for v in told(helper, hall.site, first.customer_id)]
    assert any("林悦接待" in line and "想要三房" in line for line in lines)
    hall.finish(again)
    assert not may_open(helper, hall.now, hall.site, first.customer_id)


def test_a_customer_of_another_site_is_not_taken(hall: Gallery) -> None:
    from uuid import uuid4

    with pytest.raises(Refused, match="没有找到点选的客户"):
        hall.arrive(customer_id=uuid4())
