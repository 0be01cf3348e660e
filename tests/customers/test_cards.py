"""A customer's card: registered, kept, shown; whose customer it is; who looked at the number."""

import json
import logging
import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from yingbin.customers import actions, queries
from yingbin.customers.models import Customer, CustomerPhone, ReceiverOfRecord, Reveal
from yingbin.customers.numbers import fault, whole_number
from yingbin.journal.models import Entry, StoredResponse
from yingbin.journal.write import KeyReused, Pen, write
from yingbin.rules.decision import Refused

from .office import Office


@pytest.fixture
def zhangsan(office: Office) -> UUID:
    """张三, registered by the receptionist."""
    done = office.do(actions.register, "苏晴", name="张三", phone="138 0000 8821", title="mr")
    return done.customer


def phone_of(customer: UUID) -> CustomerPhone:
    return CustomerPhone.objects.get(customer_id=customer)


@pytest.mark.clause("TQ-3")
def test_a_new_customer_gets_the_sites_next_number(office: Office) -> None:
    numbers = [office.do(actions.register, "苏晴", name=n).number for n in ("张三", "李四")]
    other = Office("jiangnan", "江南里销售中心")
    numbers.append(other.do(actions.register, "苏晴", name="王五").number)
    assert numbers == [1, 2, 1]


@pytest.mark.clause("TQ-8")
@pytest.mark.parametrize("name", ["张三", "张", "", " 张 三 "])
def test_a_known_customer_is_not_registered_again(
    office: Office, zhangsan: UUID, name: str
) -> None:
    again = office.do(actions.register, "苏晴", name=name, phone="+86 138-0000-8821")
    assert again == actions.Registration(zhangsan, 1, known=True)
    assert Customer.objects.count() == 1


def test_someone_else_of_the_family_gets_a_card_of_their_own(
    office: Office, zhangsan: UUID
) -> None:
    wife = office.do(actions.register, "苏晴", name="李梅", phone="13800008821")
    assert wife.known is False
    assert Customer.objects.count() == 2


def test_neither_name_nor_phone_is_nobody(office: Office) -> None:
    with pytest.raises(Refused, match="姓名或电话"):
        office.do(actions.register, "苏晴", name="  ", phone="")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1380000882", "少一位"),
        ("138000088", "少两位"),
        ("138000088211", "多一位"),
        ("12300008821", "没有 123 开头"),
        ("88886666", "带上区号"),
        ("0755888866", "少了几位|区号或位数"),
        ("+852 1", "国外号码"),
        ("张三", "只能有数字"),
        ("", "请填写"),
        ("5551234", "带上区号"),
        ("+86 1380000882", "少一位"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong_with_it(typed: str, said: str) -> None:
    assert re.search(said, fault(typed)), fault(typed)
    assert whole_number(typed) is None


@pytest.mark.parametrize(
    "typed", ["13800008821", "+852 9123 4567", "0755-8888 6666", "00 1 212 736 5000"]
)
def test_nothing_is_wrong_with_a_right_one(typed: str) -> None:
    assert fault(typed) == ""


def test_a_wrong_number_registers_nobody(office: Office) -> None:
    with pytest.raises(Refused, match="少一位"):
        office.do(actions.register, "苏晴", name="张三", phone="1380000882")
    assert not Customer.objects.exists()
    assert not Entry.objects.exists()


def test_the_same_key_registers_once_and_another_payload_is_refused(office: Office) -> None:
    first = office.do(actions.register, "苏晴", key="k1", name="张三", phone="13800008821")
    again = office.do(actions.register, "苏晴", key="k1", name="张三", phone="13800008821")
    assert first == again
    assert Customer.objects.count() == 1
    with pytest.raises(KeyReused):
        office.do(actions.register, "苏晴", key="k1", name="李四")


def test_a_verb_works_inside_another_write_and_goes_with_it(office: Office) -> None:
    def arrival(pen: Pen) -> dict[str, Any]:
        customer = actions.register_customer(pen=pen, name="张三", phone="13800008821")
        actions.set_receiver(
            pen=pen, customer_id=customer.id, staff_id=office.id("林悦"), reason="首次接待"
        )
        raise Refused(None, "今天还没有开场")

    with pytest.raises(Refused):
        write(
            site_id=office.site, key="a", verb="x", by="y", at=office.now, payload={}, work=arrival
        )
    assert not Customer.objects.exists()
    assert not ReceiverOfRecord.objects.exists()


def test_the_journal_and_the_stored_response_hold_no_name_and_no_number(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.edit, "苏晴", customer_id=zhangsan, name="张叁", note="想看三房")
    office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone="0755-88886666")
    office.do(actions.add_name, "苏晴", customer_id=zhangsan, name="张小三")
    office.do(
        actions.reveal,
        "苏晴",
        customer_id=zhangsan,
        phone_id=queries.card(office.site, zhangsan).phones[0].id,
        why="回访",
    )
    told = json.dumps(
        [
            *Entry.objects.values_list("body", flat=True),
            *StoredResponse.objects.values_list("response", flat=True),
        ],
        ensure_ascii=False,
    )
    for secret in ("张", "8821", "8886666", "三房"):
        assert secret not in told
    assert told.count("sha256:") >= 5


def test_a_row_in_a_log_shows_no_number(
    office: Office, zhangsan: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    phone = phone_of(zhangsan)
    logging.getLogger("x").warning("%s %r %s", phone, phone, Customer.objects.get(id=zhangsan))
    assert "138****8821" in caplog.text
    assert "13800008821" not in caplog.text
    assert "张三" not in caplog.text


def test_a_former_name_stays_findable(office: Office, zhangsan: UUID) -> None:
    office.do(actions.edit, "苏晴", customer_id=zhangsan, name="章三", title="ms")
    card = queries.card(office.site, zhangsan)
    assert card is not None
    assert (card.called, [n.name for n in card.names]) == ("章三女士", ["章三", "张三"])
    assert [f.id for f in queries.find(office.site, "张三")] == [zhangsan]


def test_the_first_name_stays_and_another_can_go(office: Office, zhangsan: UUID) -> None:
    office.do(actions.add_name, "苏晴", customer_id=zhangsan, name="三哥")
    card = queries.card(office.site, zhangsan)
    assert card is not None
    first, other = card.names
    with pytest.raises(Refused, match="主要姓名"):
        office.do(actions.remove_name, "苏晴", customer_id=zhangsan, name_id=first.id)
    office.do(actions.remove_name, "苏晴", customer_id=zhangsan, name_id=other.id)
    assert queries.find(office.site, "三哥") == []


def test_when_the_first_phone_goes_the_next_takes_its_place(office: Office, zhangsan: UUID) -> None:
    office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone="13900001111")
    with pytest.raises(Refused, match="已经在卡片上"):
        office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone="139 0000 1111")
    card = queries.card(office.site, zhangsan)
    assert card is not None
    office.do(actions.remove_phone, "苏晴", customer_id=zhangsan, phone_id=card.phones[0].id)
    card = queries.card(office.site, zhangsan)
    assert card is not None
    assert [(p.e164, p.primary) for p in card.phones] == [("+8613900001111", True)]
    assert queries.find(office.site, "8821") == []


@pytest.mark.clause("TQ-8")
def test_the_latest_word_says_whose_customer_it_is(office: Office, zhangsan: UUID) -> None:
    assert queries.receiver_of_record(office.site, zhangsan) is None
    for who in ("林悦", "周航"):
        office.do(
            actions.assign_receiver,
            "郑岚",
            customer_id=zhangsan,
            staff_id=office.id(who),
            reason="交接",
        )
    assert queries.receiver_of_record(office.site, zhangsan) == office.id("周航")
    office.do(actions.assign_receiver, "郑岚", customer_id=zhangsan, staff_id=None, reason="离职")
    assert queries.receiver_of_record(office.site, zhangsan) is None
    assert ReceiverOfRecord.objects.count() == 3
    with pytest.raises(Refused, match="原因"):
        office.do(
            actions.assign_receiver,
            "郑岚",
            customer_id=zhangsan,
            staff_id=office.id("林悦"),
            reason=" ",
        )


def test_the_same_receiver_twice_is_one_fact(office: Office, zhangsan: UUID) -> None:
    for _ in range(2):
        office.do(
            actions.assign_receiver,
            "郑岚",
            customer_id=zhangsan,
            staff_id=office.id("林悦"),
            reason="老客户",
        )
    assert ReceiverOfRecord.objects.count() == 1
    assert [c.id for c in queries.own(office.site, office.id("林悦"))] == [zhangsan]
    assert queries.own(office.site, office.id("周航")) == []


def test_consent_is_recorded_with_its_wording_and_can_be_withdrawn(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken")
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="paper", given=False)
    card = queries.card(office.site, zhangsan)
    assert card is not None
    assert card.consent is not None
    assert [(c.given, c.wording_version) for c in card.consents] == [
        (False, "2026-1"),
        (True, "2026-1"),
    ]
    with pytest.raises(Refused):
        office.do(actions.consent, "苏晴", customer_id=zhangsan, how="telepathy")


def test_each_look_at_a_number_is_logged_with_who_and_why(office: Office, zhangsan: UUID) -> None:
    phone = phone_of(zhangsan)
    seen = office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="回访")
    assert queries.whole_number_of(office.site, seen) == "+8613800008821"
    (seen,) = queries.reveals(office.site)
    assert (seen.who, seen.why, seen.phone) == ("林悦", "回访", "138****8821")
    assert Entry.objects.filter(kind="customer.phone_revealed").count() == 1
    with pytest.raises(Refused, match="用途"):
        office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="")
    assert Reveal.objects.count() == 1


def test_another_sites_customer_does_not_exist_here(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    assert queries.card(other.site, zhangsan) is None
    assert queries.receiver_of_record(other.site, zhangsan) is None
    with pytest.raises(Refused, match="没有找到"):
        other.do(actions.edit, "苏晴", customer_id=zhangsan, name="改名")
    with pytest.raises(Refused):
        other.do(
            actions.reveal, "苏晴", customer_id=zhangsan, phone_id=phone_of(zhangsan).id, why="回访"
        )
    with pytest.raises(Refused):
        office.do(actions.edit, "苏晴", customer_id=uuid4(), name="谁")


def test_who_may_open_the_whole_card(office: Office, zhangsan: UUID, settings: Any) -> None:
    def may(who: str) -> bool:
        return queries.may_open(office.badge(who), office.now, office.site, zhangsan)

    assert all(may(who) for who in ("郑岚", "许诺", "苏晴", "林悦", "周航"))
    assert not may("高磊")
    office.do(
        actions.assign_receiver,
        "郑岚",
        customer_id=zhangsan,
        staff_id=office.id("林悦"),
        reason="老客户",
    )
    assert [may(who) for who in ("林悦", "苏晴", "周航")] == [True, True, False]
    settings.YINGBIN_CUSTOMER_OPENERS = ["tests.customers.test_cards.helper_today"]
    assert [may(who) for who in ("周航", "高磊")] == [True, False]


def helper_today(**asked: Any) -> bool:
    """What a wing answers for someone who looks after the group today."""
    return bool(asked["customer_ids"]) and asked["staff_id"] is not None


@pytest.mark.parametrize("rows", [1, 30])
def test_shown_as_costs_one_query(
    office: Office, django_assert_num_queries: Any, rows: int
) -> None:
    ids = [
        office.do(actions.register, "苏晴", name=f"张{n}", phone=f"138000{n:05d}").customer
        for n in range(rows)
    ]
    with django_assert_num_queries(1):
        shown = queries.shown_as(office.site, ids)
    assert shown[ids[0]].called == "张0"
    assert shown[ids[0]].phone == "138****0000"


def test_a_site_words_what_customers_are_told_and_earlier_consents_keep_their_version(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken")
    told = "我们登记您的姓名和电话，只为接待和回访；一年不来就删除，您也可以随时要求删除。"
    version = office.do(actions.word_consent, "郑岚", text=told)
    assert queries.wording_in_force(office.site).text == told
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="paper")
    card = queries.card(office.site, zhangsan)
    assert card is not None
    assert {c.wording_version for c in card.consents} == {"2026-1", version}
    for text in (told, "太短"):
        with pytest.raises(Refused):
            office.do(actions.word_consent, "郑岚", text=text)
    with pytest.raises(Refused):
        office.do(
            actions.consent, "苏晴", customer_id=zhangsan, how="paper", wording_version="nowhere"
        )
