"""A leaver's customers pass to colleagues in one step (TQ-8)."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.models import ReceiverOfRecord
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions.succession import Succession, shares, succeed
from yingbin.journal.models import Entry
from yingbin.matters.actions.verbs import answer, offer, open_new
from yingbin.matters.models import Matter
from yingbin.people.models import Assignment
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-8")
def test_customers_are_dealt_out_and_come_to_their_new_receiver(hall: Gallery) -> None:
    visits = [hall.arrive(named="林悦", phone=f"1381234{n:04d}", name="张伟") for n in range(1)]
    hall.finish(visits[0])
    for n in range(1, 4):
        visit = hall.arrive(named="林悦", phone=f"1381234{n:04d}", name="张伟")
        hall.finish(visit)
        visits.append(visit)
    to = [hall.id("周航"), hall.id("吴敏")]
    done = hall.do(succeed, "郑岚", leaver=hall.id("林悦"), to=to, reason="十月底离职")
    assert done == Succession(customers=4, matters=0)
    now = [receiver_of_record(hall.site, v.customer_id) for v in visits]  # type: ignore[arg-type]
    assert sorted(now.count(w) for w in to) == [2, 2]
    assert Entry.objects.filter(kind="customers.handed_over").count() == 1
    assert (
        ReceiverOfRecord.objects.filter(reason="十月底离职").values("seq").distinct().count() == 1
    )
    again = hall.arrive(phone="13812340000")
    assert again.registered_with in to


@pytest.mark.clause("TQ-8")
def test_a_hand_over_says_why_and_to_whom(hall: Gallery) -> None:
    leaver = hall.id("林悦")
    with pytest.raises(Refused, match="为什么交接"):
        hall.do(succeed, "郑岚", leaver=leaver, to=[hall.id("周航")], reason=" ")
    with pytest.raises(Refused, match="接手的同事"):
        hall.do(succeed, "郑岚", leaver=leaver, to=[leaver], reason="离职")
    with pytest.raises(Refused, match="在岗的置业顾问"):
        hall.do(succeed, "郑岚", leaver=leaver, to=[hall.id("苏晴")], reason="离职")
    with pytest.raises(Refused, match="没有客户"):
        hall.do(succeed, "郑岚", leaver=leaver, to=[hall.id("周航")], reason="离职")


@pytest.mark.clause("TQ-8")
def test_someone_who_left_stands_first_on_the_page(client: Client, hall: Gallery) -> None:
    hall.finish(hall.arrive(named="林悦", phone="13812341234", name="张伟"))
    Assignment.objects.filter(staff_id=hall.id("林悦")).update(until=timezone.now())
    page = signed_in(client, hall, "郑岚")
    assert "已离开本案场" in page.get("/gallery/succession/").content.decode()
    posted = {"leaver": str(hall.id("林悦")), "reason": "离职", "key": "h"}
    answer = page.post("/gallery/succession/", posted)
    assert answer.status_code == 422
    assert "离职" in answer.content.decode()


def test_nobody_gets_more_than_one_more_than_another(hall: Gallery) -> None:
    from uuid import uuid4

    customers, to = [uuid4() for _ in range(11)], [uuid4() for _ in range(3)]
    dealt = list(shares(customers, to).values())
    assert {dealt.count(w) for w in to} == {3, 4}


@pytest.mark.clause("TQ-8")
def test_what_can_be_handed_over_is_and_what_was_left_is_told_line_by_line(
    client: Client, hall: Gallery
) -> None:
    hall.finish(hall.arrive(named="林悦", phone="13812341234", name="张伟"))
    owner = {"owner": hall.id("林悦"), "kind": "question"}
    answered = hall.do(open_new, "苏晴", title="学区怎么划", **owner)
    hall.do(answer, "林悦", matter_id=answered.matter, note="明年公布")
    offered = hall.do(open_new, "苏晴", title="车位多少钱", **owner)
    hall.do(offer, "林悦", matter_id=offered.matter, to=hall.id("周航"))
    plain = hall.do(open_new, "苏晴", title="几号交房", **owner)
    sent = {
        "leaver": str(hall.id("林悦")),
        "to": str(hall.id("周航")),
        "reason": "离职",
        "key": "h",
    }
    page = signed_in(client, hall, "郑岚").post("/gallery/succession/", sent, follow=True)
    text = page.content.decode()
    assert "已交接 1 位客户、1 件没办完的事" in text
    for left in (answered, offered):
        assert f"事项 {left.number} 没有交出" in text
    assert Matter.objects.get(id=plain.matter).offered_to == hall.id("周航")


@pytest.mark.parametrize(("before", "now"), [("handover", "succession"), ("channels", "agencies")])
def test_whoever_kept_an_address_of_before_is_led_on(
    client: Client, hall: Gallery, before: str, now: str
) -> None:
    page = signed_in(client, hall, "郑岚").get(f"/gallery/{before}/")
    assert (page.status_code, page.url) == (301, f"/gallery/{now}/")  # type: ignore[attr-defined]
