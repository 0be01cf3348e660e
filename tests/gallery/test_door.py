"""At the door: both questions are asked, and nobody who is here already is registered without a word (TQ-1)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from tests.race import at_once
from tests.web.caller import call, token
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.gallery.actions import arrivals, calls, receptions
from yingbin.gallery.actions.arrivals import Arrival, OnTheFloor
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.events import VisitDecisions
from yingbin.gallery.forms import ArrivalForm
from yingbin.gallery.models import TurnEvent, Visit
from yingbin.journal import write as path
from yingbin.journal.action import AT_ONCE
from yingbin.rules.greeting import Answers, Unanswered, open_questions

NEW = {"kind": "customer", "first": "yes", "contact": "no"}


def post(page: Client, **sent: Any) -> Any:
    return page.post(reverse("gallery:arrival"), {"key": "k", **sent})


@pytest.mark.clause("TQ-1")
@pytest.mark.parametrize(
    ("told", "missing"),
    [
        (Answers(None, None, False, False, False), ["first", "contact"]),
        (Answers(True, None, False, False, False), ["contact"]),
        (Answers(True, True, False, False, False), ["named"]),
        (Answers(None, False, False, True, False), ["first"]),
        (Answers(False, False, False, False, False), ["q"]),
        (Answers(False, False, False, False, True), []),
        (Answers(False, None, True, True, False), []),
        (Answers(True, False, False, False, False), []),
    ],
)
def test_what_is_still_to_be_asked(told: Answers, missing: list[str]) -> None:
    assert [q.field for q in open_questions(told)] == missing


@pytest.mark.clause("TQ-1")
def test_an_arrival_with_nothing_answered_is_refused_beside_both_questions_and_keeps_what_was_typed(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "苏晴")
    answer = post(page, q="张伟 13812345678", note="带了孩子", looks="红外套", people="3")
    text = answer.content.decode()
    assert answer.status_code == 422
    first, contact = (
        text.index("「第一次来访吗？」还没有回答"),
        text.index("「和我们的同事联系过吗？」还没有回答"),
    )
    assert text.index("<legend>第一次来访吗") < first < text.index("<legend>和我们的同事") < contact
    assert 'value="张伟 13812345678"' in text
    assert 'value="带了孩子"' in text
    assert 'value="红外套"' in text
    assert 'name="people" value="3" checked' in text
    assert not Visit.objects.exists()
    assert post(page, **NEW, q="张伟 13812345678", people="3").status_code == 302
    assert Visit.objects.get().group_size == 3


@pytest.mark.clause("TQ-1")
@pytest.mark.parametrize("box", ["张伟 13812345678", "张伟", ""])
def test_came_before_is_a_card_or_said_to_be_not_found(
    client: Client, hall: Gallery, box: str
) -> None:
    page = signed_in(client, hall, "苏晴")
    came = {"first": "no", "contact": "no", "q": box}
    text = post(page, **came).content.decode()
    assert "以前来过的，请在查到的客户里点选他" in text
    assert not Visit.objects.exists()
    if not box:
        assert "还没有查" in post(page, **came, customer="none").content.decode()
        return
    assert 'name="customer" value="none"' in text
    assert post(page, **came, customer="none").status_code == 302
    visit = Visit.objects.get()
    assert (visit.first_visit, visit.not_found) == (False, True)
    assert TurnEvent.objects.get(visit=visit).event["not_found"] is True


@pytest.mark.clause("TQ-1", "TQ-8")
def test_came_before_with_a_number_we_know_is_that_customer(client: Client, hall: Gallery) -> None:
    first = hall.arrive(name="张伟", phone="13812345678")
    hall.finish(first)
    page = signed_in(client, hall, "苏晴")
    post(page, first="no", contact="no", q="13812345678", customer="none")
    again = Visit.objects.latest("number")
    first.refresh_from_db()
    assert again.customer_id == first.customer_id
    assert again.not_found is False


def test_looked_up_by_the_end_of_a_number_and_not_found_is_a_new_customer(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "苏晴")
    assert post(page, first="no", contact="no", q="王 8821", customer="none").status_code == 302
    assert Visit.objects.get().called == "王"


@pytest.mark.clause("TQ-1", "TQ-1.1")
def test_ticking_that_they_rang_says_which_customer_it_is(client: Client, hall: Gallery) -> None:
    hall.do(calls.record_call, "陈思远", told=CallTold(phone="13812345678", name="张伟"))
    hall.do(calls.record_call, "周航", told=CallTold(phone="13900005678", name="李娜"))
    page = signed_in(client, hall, "苏晴")
    found = page.post("/gallery/arrival/find/", {"q": "5678"}).content.decode()
    ticks = [part.split('"')[0] for part in found.split('name="rang" value="')[1:]]
    assert len(ticks) == 2
    said = {"first": "no", "q": "5678"}
    both = post(page, **said, rang=ticks).content.decode()
    assert "好几位客户都勾了" in both
    assert "不是完整号码" not in both
    theirs = next(t for t in ticks if t.endswith(str(hall.id("周航"))))
    answer = post(page, **said, rang=theirs)
    assert answer.status_code == 302
    assert hall.receiver(Visit.objects.get()) == "周航"


def test_a_tick_at_another_card_names_nobody() -> None:
    one, other, taker = (UUID(int=n) for n in (1, 2, 3))
    told = {"first": "no", "contact": "no", "customer": str(one), "rang": f"{other}:{taker}"}
    form = ArrivalForm(told)
    assert form.is_valid(), form.errors
    assert form.arrival().named is None


@pytest.mark.parametrize(
    ("sent", "size"),
    [({}, 1), ({"people": "3"}, 3), ({"people": "5+", "group_size": "12"}, 12),
     ({"people": "2", "group_size": "7"}, 2), ({"people": "5+"}, 5), ({"group_size": "4"}, 4)],
)  # fmt: skip
def test_people_are_chips_and_a_number_beside_five(sent: dict[str, str], size: int) -> None:
    form = ArrivalForm({**NEW, **sent})
    assert form.is_valid(), form.errors
    assert form.arrival().group_size == size


@pytest.mark.clause("TQ-1")
def test_a_device_is_told_which_question_is_open(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")

    def said(n: int, **told: Any) -> tuple[int, str, str]:
        status, problem = call(client, secret, "POST", "/arrivals", told, f"arrival-{n}")
        return status, problem.get("clause", ""), problem.get("detail", "")

    assert said(1, name="张伟")[:2] == (422, "TQ-1")
    assert "第一次来访吗" in said(1, name="张伟")[2]
    assert "联系过吗" in said(2, name="张伟", first_visit=True)[2]
    assert "点选" in said(3, first_visit=True, contacted=True)[2]
    assert "没找到" in said(4, name="张伟", first_visit=False, contacted=False)[2]
    assert said(5, name="张伟", first_visit=False, contacted=False, not_found=True)[0] == 201
    assert said(6, kind="enquirer")[0] == 201
    assert said(7, first_visit=True, named=str(hall.id("吴敏")))[0] == 201


@pytest.mark.clause("TQ-1")
def test_a_customer_who_waits_or_is_received_is_not_registered_again_without_a_word(
    hall: Gallery,
) -> None:
    first = hall.arrive(name="严杰", phone="13812345678")
    hall.later(2)
    with pytest.raises(OnTheFloor, match=r"严杰 2 分钟前已到，等林悦接单") as no:
        hall.arrive(phone="138 1234 5678")
    assert no.value.visit_id == first.id
    hall.do(receptions.accept_turn, "林悦", visit_id=first.id)
    with pytest.raises(OnTheFloor, match="林悦正在接待"):
        hall.arrive(phone="13812345678")
    with pytest.raises(OnTheFloor):
        hall.arrive(customer_id=first.customer_id)
    assert Visit.objects.count() == 1
    again = hall.arrive(customer_id=first.customer_id, again=True)
    assert again.again_of == first.id
    assert TurnEvent.objects.get(visit=again).event["again_of"] == str(first.id)


def test_whoever_has_gone_may_come_again(hall: Gallery) -> None:
    first = hall.arrive(name="严杰", phone="13812345678")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=first.id, may_any=False)
    second = hall.arrive(phone="13812345678")
    hall.finish(second)
    third = hall.arrive(phone="13812345678")
    assert third.again_of is None


@pytest.mark.clause("TQ-1")
def test_a_merged_card_is_the_same_customer_also_on_the_floor(hall: Gallery) -> None:
    from yingbin.customers.actions import merge as join

    first = hall.arrive(name="严杰", phone="13812345678")
    other = hall.arrive(name="严先生", phone="13900001111")
    hall.finish(other)
    hall.do(join, "郑岚", into_id=other.customer_id, source_id=first.customer_id, why="同一人")
    for told in (
        {"phone": "13900001111"},
        {"phone": "13812345678"},
        {"customer_id": other.customer_id},
    ):
        with pytest.raises(OnTheFloor):
            hall.arrive(**told)


def test_the_page_asks_whether_it_is_the_same_group(client: Client, hall: Gallery) -> None:
    first = hall.arrive(name="严杰", phone="13812345678")
    page = signed_in(client, hall, "叶小满")
    answer = post(page, **NEW, q="13812345678")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "等林悦接单" in text
    assert reverse("gallery:visit", args=[first.id]) in text
    assert "又来了一拨" in text
    assert post(page, **NEW, q="13812345678", again="yes").status_code == 302
    assert Visit.objects.latest("number").again_of == first.id


@pytest.mark.clause("TQ-1")
def test_a_number_said_later_is_not_registered_again_without_a_word_either(
    client: Client, hall: Gallery
) -> None:
    first = hall.arrive(name="严杰", phone="13812345678")
    later = hall.arrive(name="小严")
    desk = signed_in(client, hall, "苏晴")
    to, told = (
        reverse("gallery:identify", args=[later.id]),
        {"name": "严杰", "phone": "13812345678"},
    )
    answer = desk.post(to, told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "严杰 刚刚已到，等林悦接单" in text
    assert reverse("gallery:visit", args=[first.id]) in text
    assert 'value="13812345678"' in text
    later.refresh_from_db()
    assert later.customer_id is None
    assert desk.post(to, told | {"again": "yes"}).status_code == 302
    later.refresh_from_db()
    first.refresh_from_db()
    assert later.customer_id == first.customer_id


def test_a_device_is_told_where_they_are_and_may_insist(client: Client, hall: Gallery) -> None:
    secret = token(hall, "苏晴", "arrivals.write")
    first = hall.arrive(name="严杰", phone="13812345678")
    told = {"phone": "13812345678", "first_visit": False, "contacted": False}
    status, problem = call(client, secret, "POST", "/arrivals", told, "arrival-1")
    assert (status, problem["clause"], problem["visit"]) == (409, "TQ-1", str(first.id))
    assert call(client, secret, "POST", "/arrivals", told | {"again": True}, "arrival-1")[0] == 201


def test_erasing_a_customer_empties_what_they_were_known_by(hall: Gallery) -> None:
    visit = hall.arrive(name="严杰", phone="13812345678", looks="红外套，带小孩", seat="3 号桌")
    hall.finish(visit)
    number = str(Customer.objects.get(id=visit.customer_id).number)
    hall.do(erase_person, "郑岚", customer_id=visit.customer_id, reason="本人要求", sure=number)
    visit.refresh_from_db()
    assert (visit.looks, visit.seat, visit.called) == ("", "", "")


def test_colleagues_are_found_by_name_spelling_or_initials(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "苏晴")

    def named(typed: str, **more: str) -> str:
        asked = {"contact": "named", "who": typed, **more}
        text = str(page.post(reverse("gallery:find"), asked).content.decode())
        return text.split('data-slot="who"')[1].split('data-slot="next"', maxsplit=1)[0]

    for typed in ("吴敏", "wm", "wum"):
        text = named(typed)
        assert "吴敏" in text
        assert "林悦" not in text
    chosen = named("吴", named=str(hall.id("林悦")))
    assert "林悦" in chosen
    assert "没有叫这个名字的同事" in named("zzz")


@pytest.fixture
def busy(transactional_db: None) -> Gallery:
    """An open gallery, committed for every connection to see."""
    gallery = Gallery()
    gallery.open("林悦", "周航", "吴敏", "陈思远", "赵雨桐", "王建国", "孙倩", "何家豪")
    return gallery


def both_desks(gallery: Gallery, n: int) -> Callable[[int], Any]:
    """Two receptionists register the same customer in the same instant."""

    def work(desk: int) -> Any:
        acting = gallery.acting(["苏晴", "叶小满"][desk % 2], f"both-{n}-{desk}")
        told = Arrival(name="严杰", phone=f"138{n:08d}", first_visit=True, contacted=False)
        return arrivals.record_arrival(acting, arrival=told)

    return work


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("TQ-1")
def test_two_desks_at_once_register_one_customer_once(busy: Gallery) -> None:
    for n in range(4):
        results = at_once(4, both_desks(busy, n))
        assert sum(isinstance(r, OnTheFloor) for r in results) == 3, results
    assert Visit.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_customer_is_registered_twice_or_the_database_objects(
    busy: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(site_id: UUID) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    monkeypatch.setattr(path, "lock_site", unlocked)
    for n in range(10):
        results = at_once(4, both_desks(busy, n))
        if any(isinstance(r, DatabaseError) or AT_ONCE in str(r) for r in results):
            return
        if sum(isinstance(r, VisitDecisions) for r in results) > 1:
            return
    pytest.fail("forty unlocked arrivals never collided: the race test proves nothing")


def test_unanswered_is_a_refusal_of_the_clause() -> None:
    no = Unanswered("first", "…")
    assert (no.clause, no.field) == ("TQ-1", "first")
