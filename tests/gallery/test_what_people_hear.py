"""What the floor tells people in so many words, and nobody else: whose customer waits, is helped, was a mistake."""

import pytest

from tests.gallery.conftest import Gallery
from yingbin.gallery.actions import arrivals, presence, waiting
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice


def heard(hall: Gallery, kind: str) -> list[tuple[str, str, str]]:
    """Who heard what of this kind: name, title, text."""
    rows = Notice.objects.filter(kind=kind).order_by("made_at")
    return [(hall.name(n.to_id), n.title, n.body) for n in rows]


@pytest.mark.clause("TQ-1.1")
def test_whoever_is_asked_for_while_receiving_hears_that_somebody_waits(hall: Gallery) -> None:
    hall.arrive(name="张伟")
    hall.arrive(name="李娜", named="林悦", group_size=3)
    assert heard(hall, "awaited") == [
        ("林悦", "您的客户到了，正在等您", "到访2，3人。接待完手上的客户就到。")
    ]


@pytest.mark.clause("TQ-8")
def test_whose_customer_is_helped_by_a_colleague_hears_of_it(hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(first)
    first.refresh_from_db()
    hall.do(presence.sign_out, "林悦", who=hall.id("林悦"))
    again = hall.arrive(name="张伟", phone="13812341234", customer_id=first.customer_id)
    assert hall.decision(again).clause == "TQ-8"
    ((who, title, words),) = heard(hall, "own_customer")
    assert (who, title) == ("林悦", "您的老客户到访，同事正在协助")
    assert words == hall.decision(again).because


@pytest.mark.clause("TQ-11")
def test_whoever_was_given_a_group_by_mistake_hears_that_the_order_is_as_it_was(
    hall: Gallery,
) -> None:
    before = hall.queue()
    visit = hall.arrive(name="张伟")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=visit.id, may_any=False)
    assert heard(hall, "undone") == [
        ("林悦", "刚才的到访已撤销", "前台登记有误，您的顺序已恢复原样。")
    ]
    assert hall.queue() == before


@pytest.mark.clause("TQ-10")
def test_whoever_wants_three_flats_is_told_to_the_manager_and_two_are_not(hall: Gallery) -> None:
    for units in (2, 3):
        hall.finish(hall.arrive(name="张伟"), units_wanted=units)
    alert = Matter.objects.get(kind="alert")
    assert (hall.name(alert.owner_id), alert.title) == ("郑岚", "客户要一次买3套：到访2")
    assert alert.detail == "周航刚接待完，客户要3套，请尽快了解。需求还没有记。"


@pytest.mark.clause("SC-4.3.2")
def test_a_group_that_could_not_wait_leaves_a_number_and_somebody_rings_it(hall: Gallery) -> None:
    for name in ("甲", "乙", "丙", "丁"):
        hall.arrive(name=name)
    waits = hall.arrive(name="王芳", named="周航")
    hall.do(
        waiting.leave, "苏晴", visit_id=waits.id, name="王芳", phone="13812341234", no_contact=""
    )
    task = Matter.objects.get(kind="follow_up")
    assert hall.name(task.owner_id) == "周航", "whom they asked for"
    assert task.detail == "客户等待时无人有空，先行离开，已留联系方式。请尽快致电。"
    assert "13812341234" not in task.title + task.detail
