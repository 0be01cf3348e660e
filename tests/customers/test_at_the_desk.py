"""Who stands at the desk: one question finds their card, whose customer they are, and the next card's number."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from yingbin.customers import actions, queries
from yingbin.customers.models import Customer, CustomerName, CustomerPhone
from yingbin.customers.queries import AtTheDesk
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from .office import Office


@pytest.fixture
def zhangsan(office: Office) -> UUID:
    """张三 of 林悦, with a phone."""
    one = office.do(actions.register, "苏晴", name="张三", phone="13800008821").customer
    office.do(
        actions.assign_receiver,
        "郑岚",
        customer_id=one,
        staff_id=office.id("林悦"),
        reason="首次接待",
    )
    return one


def asked(office: Office, **by: Any) -> AtTheDesk:
    """What the desk is answered."""
    found: list[AtTheDesk] = []

    def work(pen: Pen) -> None:
        rows = pen.ask(queries.at_the_desk(office.site, **by))
        found.append(queries.the_one_at_the_desk(rows))

    office.within(work)
    return found[0]


@pytest.mark.clause("TQ-8")
@pytest.mark.parametrize("typed", ["13800008821", "138 0000 8821", "+86 138-0000-8821"])
def test_a_known_number_gives_the_card_and_whose_it_is(
    office: Office, zhangsan: UUID, typed: str
) -> None:
    assert asked(office, phone=typed) == AtTheDesk(zhangsan, office.id("林悦"), 2, "张三")


@pytest.mark.parametrize("typed", ["13900001234", "8821", "", "1380000882", "张三"])
def test_a_number_that_is_not_whole_or_not_known_is_a_new_customer(
    office: Office, zhangsan: UUID, typed: str
) -> None:
    assert asked(office, phone=typed) == AtTheDesk(None, None, 2)


def test_a_tapped_card_is_that_customer_whatever_number_they_have_today(
    office: Office, zhangsan: UUID
) -> None:
    assert asked(office, customer_id=zhangsan, phone="13900001234").customer_id == zhangsan


def test_of_two_of_a_family_with_one_number_it_is_whoever_was_here_last(
    office: Office, zhangsan: UUID
) -> None:
    wife = office.do(actions.register, "苏晴", name="李梅", phone="13800008821").customer
    assert asked(office, phone="13800008821").customer_id == wife
    office.within(lambda pen: actions.note_seen(pen=pen, customer_id=zhangsan))
    assert asked(office, phone="13800008821").customer_id == zhangsan


@pytest.mark.clause("TQ-8")
def test_a_card_shown_under_another_counts_as_that_one_with_its_receiver(
    office: Office, zhangsan: UUID
) -> None:
    other = office.do(actions.register, "苏晴", name="张叁", phone="13911112222").customer
    office.do(actions.merge, "郑岚", into_id=other, source_id=zhangsan, why="本人确认")
    found = asked(office, phone="13800008821")
    assert (found.customer_id, found.receiver_id) == (other, office.id("林悦"))
    assert asked(office, customer_id=zhangsan) == found


def test_another_sites_card_is_nobody_here(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    assert asked(other, customer_id=zhangsan) == AtTheDesk(None, None, 1)
    assert asked(other, phone="13800008821") == AtTheDesk(None, None, 1)


def test_an_erased_card_is_nobody_and_its_number_is_not_given_again(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.erase_person, "郑岚", customer_id=zhangsan, reason="本人来信", sure="1")
    assert asked(office, customer_id=zhangsan) == AtTheDesk(None, None, 2)
    assert asked(office, phone="13800008821").customer_id is None


def welcome(office: Office, **told: str) -> UUID:
    """Somebody comes to the desk: the one found by the number, or somebody new."""

    def work(pen: Pen) -> str:
        rows = pen.ask(queries.at_the_desk(office.site, phone=told["phone"]))
        found = queries.the_one_at_the_desk(rows)
        return str(actions.welcome_customer(pen=pen, found=found, **told))

    return UUID(office.within(work))


def test_who_is_known_is_welcomed_by_their_card_and_seen_now(
    office: Office, zhangsan: UUID
) -> None:
    assert welcome(office, name="张先生", phone="13800008821") == zhangsan
    assert Customer.objects.get(id=zhangsan).last_seen_at == office.now
    assert Customer.objects.count() == 1


def test_who_is_new_gets_the_next_number_with_name_title_and_phone(
    office: Office, zhangsan: UUID
) -> None:
    new = welcome(office, name="王小丽", phone="13900001234", title="ms")
    card = queries.card(office.site, new)
    assert card is not None
    assert (card.customer.number, card.called) == (2, "王小丽女士")
    assert [p.e164 for p in card.phones] == ["+8613900001234"]
    entry = Entry.objects.filter(kind="customer.registered").latest("seq")
    assert (entry.body["number"], entry.clause) == (2, "TQ-3")


def test_a_wrong_number_welcomes_nobody(office: Office) -> None:
    with pytest.raises(Refused, match="少一位") as no:
        welcome(office, name="王小丽", phone="1390000123")
    assert no.value.about == "phone"
    assert not Customer.objects.exists()


def test_being_seen_never_goes_back_in_time(office: Office, zhangsan: UUID) -> None:
    later = office.now + timedelta(days=3)
    Customer.objects.filter(id=zhangsan).update(last_seen_at=later)
    office.within(lambda pen: actions.note_seen(pen=pen, customer_id=zhangsan))
    assert Customer.objects.get(id=zhangsan).last_seen_at == later


def test_one_sites_visit_says_nothing_of_another_sites_customer(
    office: Office, zhangsan: UUID
) -> None:
    before = Customer.objects.get(id=zhangsan).last_seen_at
    other = Office("jiangnan", "江南里销售中心")
    other.now = office.now + timedelta(days=1)
    other.within(lambda pen: actions.note_seen(pen=pen, customer_id=zhangsan))
    assert Customer.objects.get(id=zhangsan).last_seen_at == before


# What the register adds to a card


def completed(office: Office, customer: UUID, **told: Any) -> None:
    office.within(
        lambda pen: _nothing(actions.complete_card(pen=pen, customer_id=customer, **told))
    )


def _nothing(_: object) -> None:
    return None


def shown(customer: UUID) -> tuple[list[str], list[str]]:
    """Names and numbers on the card, the one shown first at the head."""
    live = {"customer_id": customer, "removed_at": None}
    names = CustomerName.objects.filter(**live).order_by("-primary", "id")
    phones = CustomerPhone.objects.filter(**live).order_by("-primary", "id")
    return [n.name for n in names], [p.e164[3:] for p in phones]


def test_what_a_card_has_already_is_not_written_twice(office: Office, zhangsan: UUID) -> None:
    before = Entry.objects.count()
    completed(office, zhangsan, name="张三 ", phone="138-0000-8821")
    assert shown(zhangsan) == (["张三"], ["13800008821"])
    assert Entry.objects.count() == before


def test_what_is_new_stands_behind_what_was_there(office: Office, zhangsan: UUID) -> None:
    completed(office, zhangsan, name="张叁", phone="13911112222")
    assert shown(zhangsan) == (["张三", "张叁"], ["13800008821", "13911112222"])
    assert queries.find(office.site, "张叁")[0].id == zhangsan


def test_a_correction_puts_name_and_number_first_and_keeps_the_others(
    office: Office, zhangsan: UUID
) -> None:
    completed(office, zhangsan, name="张叁", phone="13911112222", first=True)
    assert shown(zhangsan) == (["张叁", "张三"], ["13911112222", "13800008821"])
    completed(office, zhangsan, name="张三", first=True)
    assert shown(zhangsan)[0] == ["张三", "张叁"]


def test_a_card_without_a_name_gets_its_first(office: Office) -> None:
    one = office.do(actions.register, "苏晴", phone="13800008821").customer
    card = queries.card(office.site, one)
    assert card is not None
    assert card.called == "未留姓名的客户"
    completed(office, one, name="张三")
    assert shown(one)[0] == ["张三"]
    assert CustomerName.objects.get(customer_id=one).primary


@pytest.mark.parametrize(
    ("told", "said", "about"),
    [
        ({"phone": "1380000882"}, "少一位", "phone"),
        ({"name": "张" * 41}, "最多 40 个字", "name"),
    ],
)
def test_what_is_wrong_completes_nothing(
    office: Office, zhangsan: UUID, told: dict[str, str], said: str, about: str
) -> None:
    with pytest.raises(Refused, match=said) as no:
        completed(office, zhangsan, **told)
    assert no.value.about == about
    assert shown(zhangsan) == (["张三"], ["13800008821"])


def test_the_journal_says_that_a_card_was_completed_and_not_with_what(
    office: Office, zhangsan: UUID
) -> None:
    completed(office, zhangsan, name="张叁", phone="13911112222")
    body = Entry.objects.filter(kind="customer.edited").latest("seq").body
    assert (body["customer"], body["what"]) == (str(zhangsan), "completed")
    assert body["name"].startswith("sha256:")
    assert body["phone"].startswith("sha256:")
    assert "张" not in str(body)
    assert "1391" not in str(body)
