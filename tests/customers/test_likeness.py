"""Cards that may be one person are proposed with why; nobody is proposed for a reason that is none."""

from uuid import UUID

import pytest

from yingbin.customers import actions
from yingbin.customers.models import CustomerPhone
from yingbin.customers.queries import look_alikes, look_alikes_of
from yingbin.customers.queries.likeness import _slip

from .office import Office


def registered(office: Office, name: str, phone: str = "") -> UUID:
    return office.do(actions.register, "苏晴", name=name, phone=phone).customer


def proposed(office: Office) -> list[tuple[set[str], str]]:
    """Who is proposed, by name, and why."""
    return [({p.first.called, p.second.called}, p.why) for p in look_alikes(office.site)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+8613800008821", "+8613800008822"),
        ("+8613800008821", "+8613900008821"),
        ("+8613800008821", "+8613800008812"),
        ("+8613800008821", "+861380000821"),
        ("+8613800008821", "+86138000088210"),
    ],
)
def test_one_slip_of_the_finger_is_one(one: str, other: str) -> None:
    assert _slip(one, other)
    assert _slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+8613800008821", "+8613800008832"),
        ("+8613800008821", "+8613900008822"),
        ("+8613800008821", "+8618300008822"),
        ("+8613800008821", "+86138000088"),
        ("+8613800008821", "+8513800008812"),
    ],
)  # fmt: skip
def test_two_slips_are_two_people(one: str, other: str) -> None:
    assert not _slip(one, other)


def test_two_names_with_one_number_are_proposed(office: Office) -> None:
    registered(office, "张三", "13800008821")
    registered(office, "李梅", "13800008821")
    assert proposed(office) == [({"张三", "李梅"}, "同一个电话")]


def test_one_name_with_nearly_one_number_is_proposed(office: Office) -> None:
    registered(office, "张三", "13800008821")
    registered(office, "张三", "13800008812")
    assert proposed(office) == [({"张三"}, "同名，电话只差一处")]


@pytest.mark.parametrize(
    "pair",
    [
        (("张三", "13800008821"), ("张三", "13911112222")),
        (("张三", "13800008821"), ("张叁", "13800008822")),
        (("张三", ""), ("张三", "")),
        (("张", "13800008821"), ("张", "13800008822")),
    ],
)
def test_nobody_is_proposed_for_a_name_alone_or_a_number_that_is_nearly_theirs(
    office: Office, pair: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    for name, phone in pair:
        registered(office, name, phone)
    assert proposed(office) == []


def test_the_same_number_says_more_than_the_same_name(office: Office) -> None:
    first = registered(office, "张三", "13800008821")
    second = registered(office, "张三", "13800008822")
    office.do(actions.add_phone, "苏晴", customer_id=second, phone="13800008821")
    assert proposed(office) == [({"张三"}, "同一个电话")]
    mine = look_alikes_of(office.site, [first])
    assert [(p.why, {p.first.id, p.second.id}) for p in mine] == [("同一个电话", {first, second})]


def test_whoever_was_erased_taken_together_or_told_apart_is_proposed_no_more(
    office: Office,
) -> None:
    ids = [registered(office, name, "13800008821") for name in ("张三", "李梅", "张小宝", "外婆")]
    assert len(proposed(office)) == 6
    office.do(actions.merge, "郑岚", into_id=ids[0], source_id=ids[1], why="夫妻")
    assert len(proposed(office)) == 3
    office.do(actions.erase_person, "郑岚", customer_id=ids[2], reason="本人来信", sure="3")
    assert proposed(office) == [({"张三", "外婆"}, "同一个电话")]
    office.do(actions.dismiss_pair, "郑岚", one_id=ids[3], other_id=ids[0])
    assert proposed(office) == []


def test_a_number_taken_off_a_card_joins_nobody(office: Office) -> None:
    one = registered(office, "张三", "13800008821")
    registered(office, "李梅", "13800008821")
    gone = CustomerPhone.objects.get(customer_id=one)
    office.do(actions.remove_phone, "苏晴", customer_id=one, phone_id=gone.id)
    assert proposed(office) == []


def test_customers_of_two_sites_are_never_one(office: Office) -> None:
    registered(office, "张三", "13800008821")
    other = Office("jiangnan", "江南里销售中心")
    registered(other, "张三", "13800008821")
    assert proposed(office) == proposed(other) == []
    assert look_alikes_of(office.site, []) == []
