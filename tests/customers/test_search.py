"""One box finds a customer by whatever the desk happens to know."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from yingbin.customers import actions, terms, ticks
from yingbin.customers.models import TERMS_VERSION, Customer
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
        ("阿依古丽", ["阿依", "古丽", "aygl"]),
        ("John Smith", ["john", "smith", "johnsmith", "js"]),
        ("吕布", ["lvbu", "lubu", "lyubu", "lübu", "lv", "lu", "lyu", "lub", "lb"]),
        ("单雄", ["shanxiong", "danxiong", "单", "sx", "dx", "danx"]),
        ("陈重", ["chenchong", "chenzhong", "cc", "cz", "chenc"]),
        ("曾乐行", ["zenglexing", "cengyuehang", "zyx", "zenglehang", "zengy"]),
        (
            "阿依古丽·买买提",
            ["买买提", "maimaiti", "mmt", "maim", "ayigulimaimaiti", "ayglmmt", "古丽"],
        ),
        ("陳國強", ["陈国强", "陳國強", "陈國强", "国强", "國強", "强", "chenguoqiang", "cgq"]),
        ("陈国强", ["陳國強", "陳", "強"]),
        ("José García", ["jose", "José", "garcia", "JOSE GARCIA", "josegarcia", "jg", "García"]),
        ("Søren Łuczak", ["soren", "luczak", "Søren", "sl"]),
    ],
)
def test_names_of_every_sort_are_found(
    office: Office, register: Register, name: str, texts: list[str]
) -> None:
    one = register(name, "13811112222")
    for text in texts:
        assert [f.id for f in find(office.site, text)] == [one], text


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("陈国强", ["zhenguoqiang", "chenguojiang", "cgj"]),
        ("陆川", ["lvchuan", "lyu", "liu"]),
        ("吕布", ["nvbu", "lvb u x"]),
        ("阿依古丽·买买提", ["gulimai", "提江"]),
    ],
)
def test_nobody_is_found_by_a_sound_their_name_does_not_have(
    office: Office, register: Register, name: str, texts: list[str]
) -> None:
    register(name, "13811112222")
    for text in texts:
        assert find(office.site, text) == [], text


def test_a_whole_reading_comes_first_whichever_it_is(office: Office, register: Register) -> None:
    chong = register("陈重", "13800000001")
    longer = register("陈重阳", "13800000002")
    for text in ("chenchong", "chenzhong", "陈重", "陳重"):
        assert [f.id for f in find(office.site, text)] == [chong, longer], text


def test_the_same_person_written_otherwise_is_no_new_customer(register: Register) -> None:
    assert register("陳國強", "13811112222") == register("陈国强", "13811112222")
    assert register("José", "13811113333") == register("Jose", "13811113333")


def test_a_name_of_polyphones_alone_has_no_more_terms_than_the_bound(office: Office) -> None:
    found = terms.of_names(office.site, ["重乐行长曾单解查" * 5])
    assert len(found) < 16 * 4 * terms.LONGEST


def old_terms(customer: UUID, *words: str) -> None:
    """The card as an earlier version left it."""
    Customer.objects.filter(id=customer).update(terms=list(words), terms_version=1)


def test_cards_of_an_earlier_version_are_made_findable_by_the_worker(
    office: Office, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "CHUNK", 2)
    monkeypatch.setattr(ticks, "_walk", ticks._Walk())
    old = [register(name) for name in ("陈重", "吕布", "單雄信", "张三", "李四")]
    for one in old:
        old_terms(one)
    assert find(office.site, "chenchong") == []
    assert ticks.tick() == 5
    for text, one in zip(("chenchong", "lyubu", "danxiong", "zs", "ls"), old, strict=True):
        assert [f.id for f in find(office.site, text)] == [one]
    assert ticks.tick() == 0
    assert not Customer.objects.filter(terms_version__lt=TERMS_VERSION).exists()


def test_an_erased_card_stays_unfindable(
    office: Office, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "_walk", ticks._Walk())
    gone = register("陈重")
    told = {"customer_id": gone, "reason": "本人来信", "sure": "1"}
    office.do(actions.erase_person, "郑岚", **told)
    old_terms(gone)
    ticks.tick()
    assert Customer.objects.get(id=gone).terms == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_waits_for_nobody_who_writes_on_a_card_and_comes_back_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ticks, "_walk", ticks._Walk())
    office = Office()
    held, free = (office.do(actions.register, "苏晴", name=n).customer for n in ("陈重", "吕布"))
    for one in (held, free):
        old_terms(one)
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        Customer.objects.select_for_update().get(id=held)

        def worker() -> int:
            try:
                return ticks._chunk(UUID(int=0)).__len__()
            finally:
                connection.close()

        assert other.submit(worker).result(timeout=5) == 1
    assert [f.id for f in find(office.site, "lyubu")] == [free]
    assert ticks.tick() == 1
    assert [f.id for f in find(office.site, "chenchong")] == [held]


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


@given(st.text(alphabet="张王李单曾欧阳三四娜陳國乐重吕éØabc ·", min_size=1, max_size=8))
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
