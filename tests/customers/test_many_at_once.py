"""Many cards at once, as an old register brings them: who is known, what is made, what is taken back and what is not."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yingbin.customers import actions, queries
from yingbin.customers.actions import give_receivers, make_cards, new_card, withdraw_cards
from yingbin.customers.models import Customer, CustomerName, CustomerPhone, ReceiverOfRecord
from yingbin.customers.queries import KnownBook, find, known_book, touched_cards
from yingbin.journal.write import Pen

from .office import ZONE, Office

LONG_AGO = datetime(2025, 3, 1, 10, 0, tzinfo=ZONE)
ROWS = [
    (("张三", "张叁"), ("+8613800008821",), "mr"),
    (("李梅",), ("+8613900001234", "+8613900005678"), "ms"),
    (("阿依古丽",), (), ""),
]


@pytest.fixture
def brought(office: Office) -> list[UUID]:
    """Three cards of an old register, under one entry, the first of 林悦."""
    cards = [new_card(office.site, *row, LONG_AGO) for row in ROWS]

    def work(pen: Pen) -> int:
        seq = pen.append("test.brought", {"cards": len(cards)}).seq
        make_cards(pen=pen, cards=cards)
        to = {cards[0].id: office.id("林悦")}
        give_receivers(pen=pen, receivers=to, seq=seq, reason="旧登记册")
        return seq

    office.within(work, by="郑岚")
    return [card.id for card in cards]


def test_each_card_has_the_sites_next_number_and_all_that_the_line_said(
    office: Office, brought: list[UUID]
) -> None:
    cards = [queries.card(office.site, one) for one in brought]
    assert [c.customer.number for c in cards if c] == [1, 2, 3]
    assert [c.called for c in cards if c] == ["张三先生", "李梅女士", "阿依古丽"]
    first, second = cards[0], cards[1]
    assert first is not None
    assert second is not None
    assert [n.name for n in first.names] == ["张三", "张叁"]
    assert [p.e164 for p in second.phones] == ["+8613900001234", "+8613900005678"]
    assert [n.primary for n in first.names] == [True, False]
    assert first.customer.last_seen_at == LONG_AGO
    assert first.customer.registered_by == office.id("郑岚")


def test_they_are_found_like_any_other(office: Office, brought: list[UUID]) -> None:
    asked = ("张叁", "8821", "5678", "limei", "aygl", "阿依")
    assert [[f.number for f in find(office.site, text)] for text in asked[:4]] == [
        [1],
        [1],
        [2],
        [2],
    ]
    assert [f.id for f in find(office.site, "阿依")] == [brought[2]]


def test_nothing_to_make_asks_nothing(office: Office) -> None:
    def work(pen: Pen) -> int:
        with CaptureQueriesContext(connection) as seen:
            make_cards(pen=pen, cards=[])
        return len(seen)

    assert office.within(work) == 0


@pytest.mark.clause("TQ-3")
def test_whose_customer_they_are_says_why_and_under_which_entry(
    office: Office, brought: list[UUID]
) -> None:
    row = ReceiverOfRecord.objects.get()
    assert (row.staff_id, row.reason, row.clause) == (office.id("林悦"), "旧登记册", "TQ-3")
    assert queries.receiver_row(office.site, brought) == {brought[0]: row.seq}
    assert queries.receiver_of_record(office.site, brought[0]) == office.id("林悦")
    assert queries.receiver_of_record(office.site, brought[1]) is None


def test_a_receiver_given_later_is_the_one_that_counts(office: Office, brought: list[UUID]) -> None:
    told = {"customer_id": brought[0], "staff_id": office.id("周航"), "reason": "换人"}
    office.do(actions.assign_receiver, "郑岚", **told)
    latest = ReceiverOfRecord.objects.latest("seq")
    assert queries.receiver_row(office.site, brought[:1]) == {brought[0]: latest.seq}


# Who is known


@pytest.mark.parametrize(
    ("name", "phone", "which"),
    [
        ("张三", "+8613800008821", 0),
        ("张", "+8613800008821", 0),
        ("张三丰", "+8613800008821", 0),
        ("张叁", "+8613800008821", 0),
        ("", "+8613800008821", 0),
        ("李梅", "+8613900005678", 1),
        ("李四", "+8613800008821", None),
        ("张三", "+8613900001234", None),
        ("张三", "+8613700000000", None),
        ("阿依古丽", "", None),
    ],
)
def test_who_has_the_number_and_goes_by_the_name_is_known(
    office: Office, brought: list[UUID], name: str, phone: str, which: int | None
) -> None:
    phones = [phone] if phone else []
    found = known_book(office.site, phones).find(name, phones)
    assert found == (None if which is None else brought[which])


def test_a_book_says_who_is_somebodys_already(office: Office, brought: list[UUID]) -> None:
    book = known_book(office.site, ["+8613800008821", "+8613900001234"])
    assert book.receivers == {brought[0]}


def test_a_book_is_one_question_and_none_without_a_number(
    office: Office, brought: list[UUID]
) -> None:
    with CaptureQueriesContext(connection) as seen:
        known_book(office.site, [f"+86138{n:08}" for n in range(200)] + ["+8613800008821"])
    assert len(seen) == 1
    with CaptureQueriesContext(connection) as seen:
        assert known_book(office.site, []).find("张三", ["+8613800008821"]) is None
    assert len(seen) == 0


def test_another_site_knows_nobody_of_here(office: Office, brought: list[UUID]) -> None:
    other = Office("jiangnan", "江南里销售中心")
    book = known_book(other.site, ["+8613800008821"])
    assert book.find("张三", ["+8613800008821"]) is None


def test_an_erased_or_withdrawn_card_is_not_known(office: Office, brought: list[UUID]) -> None:
    office.do(actions.erase_person, "郑岚", customer_id=brought[0], reason="本人来信", sure="1")
    office.within(lambda pen: withdraw_cards(pen=pen, customer_ids=[brought[1]]))
    book = known_book(office.site, ["+8613800008821", "+8613900001234"])
    assert book.find("张三", ["+8613800008821"]) is None
    assert book.find("李梅", ["+8613900001234"]) is None


def test_a_card_merged_into_another_is_known_as_that_one(
    office: Office, brought: list[UUID]
) -> None:
    office.do(actions.merge, "郑岚", into_id=brought[1], source_id=brought[0], why="夫妻")
    book = known_book(office.site, ["+8613800008821"])
    assert book.find("张三", ["+8613800008821"]) == brought[1]
    assert brought[1] in book.receivers


def test_lines_further_down_know_whom_lines_above_made() -> None:
    book, below = KnownBook(), KnownBook()
    first, second = uuid4(), uuid4()
    book.add(first, ["张三"], ["+8613800008821"])
    below.add(second, ["张三"], ["+8613800008821", "+8613900001234"])
    below.receivers.add(second)
    book.update(below)
    assert book.find("张三", ["+8613800008821"]) == first, "whoever was there stays first"
    assert book.find("张三", ["+8613900001234"]) == second
    assert book.receivers == {second}


def test_somebody_without_a_name_is_whoever_has_the_number() -> None:
    book, one = KnownBook(), uuid4()
    book.add(one, [], ["+8613800008821"])
    assert book.find("张三", ["+8613800008821"]) == one
    assert book.find("张三", ["+8613900001234"]) is None


def test_the_first_number_of_a_line_that_is_known_decides() -> None:
    book, one, two = KnownBook(), uuid4(), uuid4()
    book.add(one, ["张三"], ["+8613800008821"])
    book.add(two, ["张三"], ["+8613900001234"])
    assert book.find("张三", ["+8613900001234", "+8613800008821"]) == two


# Taken back


def test_withdrawn_cards_are_nowhere_and_their_numbers_stay_taken(
    office: Office, brought: list[UUID]
) -> None:
    many = office.within(lambda pen: withdraw_cards(pen=pen, customer_ids=brought[:2]))
    assert many == 2
    assert queries.card(office.site, brought[0]) is None
    assert find(office.site, "张三") == []
    assert find(office.site, "8821") == []
    assert not CustomerName.objects.filter(customer__in=brought[:2], removed_at=None).exists()
    assert not CustomerPhone.objects.filter(customer__in=brought[:2], removed_at=None).exists()
    assert queries.card(office.site, brought[2]) is not None
    assert office.do(actions.register, "苏晴", name="新客").number == 4


def test_a_card_withdrawn_twice_counts_once_and_another_sites_not_at_all(
    office: Office, brought: list[UUID]
) -> None:
    office.within(lambda pen: withdraw_cards(pen=pen, customer_ids=brought[:1]))
    assert office.within(lambda pen: withdraw_cards(pen=pen, customer_ids=brought[:1])) == 0
    other = Office("jiangnan", "江南里销售中心")
    assert other.within(lambda pen: withdraw_cards(pen=pen, customer_ids=brought)) == 0
    assert Customer.objects.filter(erased_at=None).count() == 2


def touched(office: Office, brought: list[UUID]) -> dict[UUID, str]:
    own = set(ReceiverOfRecord.objects.order_by("seq").values_list("seq", flat=True)[:1])
    return touched_cards(office.site, brought, since=min(own), own=own)


def test_cards_nobody_touched_since_may_be_taken_back(office: Office, brought: list[UUID]) -> None:
    assert touched(office, brought) == {}


@pytest.mark.parametrize(
    ("verb", "told", "why"),
    [
        (actions.edit, {"name": "张三", "note": "想看三房"}, "卡片改过"),
        (actions.add_name, {"name": "张小三"}, "卡片改过"),
        (actions.add_phone, {"phone": "13911112222"}, "卡片改过"),
        (actions.consent, {"how": "spoken"}, "有同意记录"),
        (actions.assign_receiver, {"staff_id": "周航", "reason": "换人"}, "换过接待人"),
    ],
)
def test_a_card_that_lived_on_is_kept_and_says_why(
    office: Office, brought: list[UUID], verb: object, told: dict[str, object], why: str
) -> None:
    if "staff_id" in told:
        told = told | {"staff_id": office.id(str(told["staff_id"]))}
    office.later(hours=1)
    office.do(verb, "郑岚", customer_id=brought[0], **told)  # type: ignore[arg-type]
    assert touched(office, brought) == {brought[0]: why}


def test_a_name_or_a_phone_taken_off_touches_the_card_too(
    office: Office, brought: list[UUID]
) -> None:
    name = CustomerName.objects.get(customer_id=brought[0], primary=False)
    phone = CustomerPhone.objects.filter(customer_id=brought[1]).latest("id")
    office.do(actions.remove_name, "郑岚", customer_id=brought[0], name_id=name.id)
    office.do(actions.remove_phone, "郑岚", customer_id=brought[1], phone_id=phone.id)
    assert touched(office, brought) == {brought[0]: "卡片改过", brought[1]: "卡片改过"}


def test_both_cards_of_a_merge_are_touched_also_after_it_was_undone(
    office: Office, brought: list[UUID]
) -> None:
    old = office.do(actions.register, "苏晴", name="老客").customer
    done = office.do(actions.merge, "郑岚", into_id=old, source_id=brought[2], why="本人确认")
    assert touched(office, brought) == {brought[2]: "合并过"}
    office.do(actions.undo_merge, "郑岚", merge_id=done.merge)
    assert touched(office, brought) == {brought[2]: "合并过"}


def test_what_somebody_did_to_another_card_touches_none_of_these(
    office: Office, brought: list[UUID]
) -> None:
    old = office.do(actions.register, "苏晴", name="老客").customer
    office.do(actions.edit, "郑岚", customer_id=old, name="老客户", note="常来")
    office.later(seconds=timedelta(days=1).total_seconds())
    office.do(actions.consent, "苏晴", customer_id=old, how="spoken")
    assert touched(office, brought) == {}
