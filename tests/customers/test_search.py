"""One box finds a customer by whatever the desk happens to know."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.customers import actions, terms
from yingbin.customers.models import Customer
from yingbin.customers.queries import find, search

from .office import Office

Register = Callable[..., UUID]


@pytest.fixture
def register(office: Office) -> Register:
    """Registers someone and gives their id."""

    def one(name: str, phone: str = "", **more: Any) -> UUID:
        return office.do(actions.register, "苏晴", name=name, phone=phone, **more).customer

    return one


@pytest.fixture
def zhangsan(register: Register) -> UUID:
    """张三, 138 0000 8821, among others."""
    register("李四", "13900001234")
    register("王小丽", "+852 9123 4567")
    return register("张三", "13800008821", title="mr")


@pytest.mark.parametrize(
    "text",
    [
        "8821", "0008821", "3800008821", "00008821", "13800008821", "138 0000 8821",
        "138-0000-8821", "+86 13800008821",
        "0086 138 0000 8821", "１３８００００８８２１", "张三", "张", "三", "zhangsan", "zhang san",
        "ZhangSan", "zhangs", "zha", "zs", "z", "张三 8821", "张8821", "张先生", "张san", "821",
    ],
)  # fmt: skip
def test_zhang_san_is_found_by(office: Office, zhangsan: UUID, text: str) -> None:
    assert [f.id for f in find(office.site, text)] == [zhangsan]


@pytest.mark.parametrize(
    "text", ["", " ", "2", "88", "李三", "zhangsi", "5555", "%", "_", "张三 1234", "'"]
)
def test_nobody_is_found_by(office: Office, zhangsan: UUID, text: str) -> None:
    assert find(office.site, text) == []


def test_what_is_shown_has_no_whole_number_and_says_whose_customer_it_is(
    office: Office, zhangsan: UUID
) -> None:
    office.do(
        actions.assign_receiver,
        "郑岚",
        customer_id=zhangsan,
        staff_id=office.id("林悦"),
        reason="老客户",
    )
    (found,) = find(office.site, "8821")
    assert (found.called, found.phones, found.number) == ("张三先生", ("138****8821",), 3)
    assert (found.receiver_id, found.receiver_name) == (office.id("林悦"), "林悦")
    assert "13800008821" not in repr(found)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("单雄信", ["shanxiongxin", "sxx", "shanxx", "单雄", "雄信"]),
        ("欧阳锋", ["ouyangfeng", "oyf", "ouyangf", "欧阳"]),
        ("阿依古丽·买买提", ["阿依", "买买提", "aygl"]),
        ("John Smith", ["john", "smith", "johnsmith", "js"]),
        ("吕布", ["lvbu", "lb"]),
    ],
)
def test_names_of_every_sort_are_found(
    office: Office, register: Register, name: str, texts: list[str]
) -> None:
    one = register(name, "13811112222")
    for text in texts:
        assert [f.id for f in find(office.site, text)] == [one], text


def test_whole_matches_come_first_then_whoever_was_here_last(
    office: Office, register: Register
) -> None:
    old = register("张三", "13800000001")
    longer = register("张三丰", "13800000002")
    newer = register("张三", "13800000003")
    assert [f.id for f in find(office.site, "张三")] == [newer, old, longer]
    assert [f.id for f in find(office.site, "张")] == [newer, longer, old]


def test_a_family_shares_a_phone_and_all_of_them_are_shown(
    office: Office, register: Register
) -> None:
    father, daughter = register("陈国栋", "13855556666"), register("陈雨桐", "13855556666")
    assert father != daughter
    assert {f.id for f in find(office.site, "13855556666")} == {father, daughter}


def test_another_site_finds_nothing_of_it(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    for text in ("张三", "zs", "8821", "13800008821"):
        assert find(other.site, text) == []


def test_a_customer_with_two_names_and_two_phones_is_one_line(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.add_name, "苏晴", customer_id=zhangsan, name="张叁")
    office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone="0755-8888 6666")
    for text in ("张叁", "6666", "075588886666", "zs"):
        (found,) = find(office.site, text)
        assert found.id == zhangsan
    assert found.other_names == ("张叁",)
    assert found.phones == ("138****8821", "075****6666")


@pytest.mark.parametrize("rows", [1, 30])
def test_finding_is_one_query_however_many_there_are(
    office: Office, register: Register, django_assert_num_queries: Any, rows: int
) -> None:
    for n in range(rows):
        register(f"张{chr(0x4E00 + n)}", f"138000{n:05d}")
    with django_assert_num_queries(1):
        assert find(office.site, "张")
    with django_assert_num_queries(1):
        assert find(office.site, "138000") is not None


@pytest.mark.parametrize(("lately", "many"), [(100, 1), (1, 100), (3, 100)])
def test_those_seen_last_come_first_however_they_are_looked_up(
    office: Office, register: Register, monkeypatch: pytest.MonkeyPatch, lately: int, many: int
) -> None:
    monkeypatch.setattr(search, "_LATELY", lately)
    monkeypatch.setattr(search, "_MANY", many)
    ids = [register(f"张{chr(0x4E00 + n)}") for n in range(12)]
    whole = register("张")
    for n in range(5):
        register(f"李{chr(0x4E00 + n)}")
    assert [f.id for f in find(office.site, "张")] == [whole, *ids[:4:-1]]


@given(st.text(max_size=30))
def test_whatever_is_typed_is_understood_or_left(text: str) -> None:
    ask = terms.of_query(UUID(int=7), text)
    assert all(len(t) <= 4 + 1 + terms.LONGEST for t in (*ask.terms, *ask.exact))


@given(st.text(alphabet="张王李单曾欧阳三四娜abc ·", min_size=1, max_size=8))
def test_a_name_typed_whole_finds_its_own_terms(name: str) -> None:
    site = UUID(int=7)
    ask = terms.of_query(site, name)
    kept = set(terms.of_names(site, [name]))
    assert set(ask.terms) <= kept
    assert not ask.terms or set(ask.exact) & kept


def test_terms_fit_their_column(office: Office, register: Register) -> None:
    one = register("Wolfeschlegelsteinhausen Bergerdorff")
    assert max(len(t) for t in Customer.objects.get(id=one).terms) <= 32
    assert [f.id for f in find(office.site, "wolfeschlegelsteinhausen")] == [one]
