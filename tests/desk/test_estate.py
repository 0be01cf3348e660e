"""Homes and residents: who lives where from when until when, what one should know of them, and who may read it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.desk.residence import Residence
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer, Reveal
from yingbin.customers.queries import everything
from yingbin.desk.actions import estate as doing
from yingbin.desk.models import Home, ResidentNote, Tenancy
from yingbin.people.models import Site
from yingbin.rules.decision import Refused

ZHANG, LI = "13800138000", "13900139000"


@pytest.mark.clause("SD-4.1")
def test_a_home_is_one_home_however_it_is_spelt(residence: Residence) -> None:
    one = residence.home("三栋二单元1801室")
    assert residence.labels() == ["3-2-1801"]
    with pytest.raises(Refused, match="3-2-1801 已经有了"):
        residence.home("3#2-1801")
    with pytest.raises(Refused, match="看不出是哪一户"):
        residence.home("电梯口")
    residence.do(
        doing.change_home, "苏", home_id=one, area=Decimal("89.5"), delivery="lived_in", delivered_on=None
    )  # fmt: skip
    assert Home.objects.get().get_delivery_display() == "已入住"
    assert residence.unborne() == []


@pytest.mark.clause("SD-4.1")
def test_a_person_may_have_several_homes_and_a_home_several_people(residence: Residence) -> None:
    first, second = residence.home(), residence.home("3-2-1802")
    zhang = residence.moves_in(first, "张三", ZHANG, since=date(2023, 5, 1))
    assert residence.moves_in(second, "张三", ZHANG) == zhang
    li = residence.moves_in(first, "李四", LI, capacity="family")
    assert Tenancy.objects.filter(customer_id=zhang).count() == 2
    with pytest.raises(Refused, match="这位已经是 3-2-1801 的业主"):
        residence.moves_in(first, "张三", ZHANG)
    residence.do(doing.take_home, "苏", home="3栋2单元1802", capacity="family", customer_id=li)
    with pytest.raises(Refused, match="没有 9-9-909 这一户"):
        residence.do(doing.take_home, "苏", home="9-9-909", capacity="family", customer_id=li)
    assert residence.unborne() == []


@pytest.mark.clause("SD-4.1")
def test_whoever_moves_out_is_known_as_having_lived_there(residence: Residence) -> None:
    home = residence.home()
    zhang = residence.moves_in(home, "张三", ZHANG, since=date(2026, 11, 1))
    row = residence.tenancy(zhang)
    leave = {"home_id": home, "tenancies": (row.id,)}
    with pytest.raises(Refused, match="2026-11-01 才搬进来"):
        residence.do(doing.move_out, "苏", **leave, until=date(2026, 10, 1))
    assert residence.do(doing.move_out, "苏", **leave, until=date(2026, 11, 22)) == 1
    with pytest.raises(Refused, match="请勾选谁搬走"):
        residence.do(doing.move_out, "苏", **leave, until=date(2026, 11, 22))
    page = residence.browser("苏").get(reverse("desk:home", args=[home])).content.decode()
    assert "以前住过" in page
    assert "还没有登记业主和住的人" in page
    residence.moves_in(home, "张三", ZHANG)  # and back again
    assert Tenancy.objects.filter(customer_id=zhang, until=None).count() == 1
    assert residence.unborne() == []


@pytest.mark.parametrize(
    ("readers", "seen_by"),
    [("desk", "苏石林顾"), ("work", "苏石林顾钱赵"), ("leads", "林顾")],
)
def test_a_note_is_read_by_those_it_is_for(
    residence: Residence, readers: str, seen_by: str
) -> None:
    from yingbin.desk.queries.estate import notes_on

    zhang = residence.moves_in(residence.home(), "张三", ZHANG)
    residence.do(
        doing.note, "林", customer_id=zhang, about="hearing", text="请大声说", readers=readers
    )
    found = [who for who in "苏石林顾钱赵" if notes_on(residence.badge(who), [zhang])]
    assert "".join(found) == seen_by


def test_a_note_goes_when_it_no_longer_holds_and_its_words_when_the_person_asks(
    residence: Residence,
) -> None:
    zhang = residence.moves_in(residence.home(), "张三", ZHANG)
    with pytest.raises(Refused, match="请写清楚要注意什么"):
        residence.do(doing.note, "苏", customer_id=zhang, about="other")
    told = {"customer_id": zhang, "text": "下午三点后打电话", "readers": "desk"}
    kept = residence.do(doing.note, "苏", about="hours", **told)
    gone = residence.do(doing.note, "苏", about="hearing", **told)
    residence.do(doing.drop_note, "苏", note_id=gone)
    with pytest.raises(Refused, match="已经取消了"):
        residence.do(doing.drop_note, "苏", note_id=gone)
    handed = {s.title: s.rows for s in everything(residence.site, zhang)}
    assert handed["房屋"][0][:2] == ["3-2-1801", "业主"]
    assert "下午三点后打电话" in str(handed["提醒"])
    number = Customer.objects.get(id=zhang).number
    residence.do(erase_person, "顾", customer_id=zhang, reason="本人来信要求", sure=str(number))
    assert set(ResidentNote.objects.values_list("text", "salt")) == {("", "")}
    assert ResidentNote.objects.filter(id=kept).exists()
    assert residence.finds("3-2-1801").places[0].people == ()
    assert residence.unborne() == []


# Pages


def test_a_resident_moves_in_and_out_over_the_pages(residence: Residence) -> None:
    home, desk = residence.home(), residence.browser("苏")
    told = {
        "key": "a",
        "name": "张三",
        "phone": "138 0013 8000",
        "capacity": "owner",
        "since": "2023-05-01",
    }
    page = desk.post(reverse("desk:move_in", args=[home]), told, follow=True).content.decode()
    assert "138****8000" in page
    assert ZHANG not in page
    wrong = desk.post(
        reverse("desk:move_in", args=[home]), {**told, "key": "b", "phone": "1380013800"}
    )
    assert wrong.status_code == 422
    assert "少一位" in wrong.content.decode()
    row = Tenancy.objects.get()
    leaving = {"key": "c", "tenancies": [str(row.id)], "until": "2026-11-22"}
    page = desk.post(reverse("desk:move_out", args=[home]), leaving, follow=True).content.decode()
    assert "已记下 1 人搬走" in page
    nobody = desk.post(reverse("desk:move_out", args=[home]), {"key": "d", "until": "2026-11-22"})
    assert "请勾选谁搬走。" in nobody.content.decode()


def test_a_full_number_is_shown_once_its_look_is_logged(residence: Residence) -> None:
    zhang = residence.moves_in(residence.home(), "张三", ZHANG)
    phone = Customer.objects.get(id=zhang).phones.get()
    desk, address = residence.browser("苏"), reverse("desk:look", args=[zhang, phone.id])
    assert ZHANG not in desk.post(address, {"key": "a"}).content.decode()
    page = desk.post(address, {"key": "b", "why": "回电"}).content.decode()
    assert ZHANG in page
    assert Reveal.objects.get().by == residence.id("苏")
    assert ZHANG not in desk.get(reverse("desk:resident", args=[zhang])).content.decode()


def test_a_persons_card_takes_another_number_a_home_and_a_note(residence: Residence) -> None:
    residence.home("3-2-1802")
    zhang = residence.moves_in(residence.home(), "张三", ZHANG)
    desk = residence.browser("苏")
    for name, told, seen in (
        ("desk:add_phone", {"phone": LI}, "139****9000"),
        ("desk:add_phone", {"phone": "123"}, "手机号是 11 位"),
        ("desk:another_home", {"home": "3栋2单元1802", "capacity": "owner"}, "3-2-1802"),
        ("desk:another_home", {"home": "3-2-9999", "capacity": "owner"}, "没有 3-2-9999 这一户"),
        ("desk:note", {"about": "hearing", "readers": "desk", "text": "左耳"}, "左耳"),
    ):
        answer = desk.post(reverse(name, args=[zhang]), {"key": f"k{told}", **told}, follow=True)
        assert seen in answer.content.decode(), (name, told)
    note = ResidentNote.objects.get()
    desk.post(reverse("desk:drop_note", args=[zhang, note.id]), {"key": "z"})
    note.refresh_from_db()
    assert note.removed_at
    assert residence.unborne() == []


def test_another_places_homes_and_residents_are_not_found(residence: Residence) -> None:
    home = residence.home()
    zhang = residence.moves_in(home, "张三", ZHANG)
    row, building = Home.objects.get(), Home.objects.get().building_id
    other = Site.objects.create(
        kind="management_office", code="bie", name="别处", short_name="别处"
    )
    for model in (Home, Tenancy):
        model._default_manager.update(site=other)
    Home.objects.filter(id=row.id).update(site=other)
    type(row.building)._default_manager.update(site=other)
    Customer.objects.update(site=other)
    desk = residence.browser("苏")
    for name, one in (("desk:home", home), ("desk:building", building), ("desk:resident", zhang)):
        assert desk.get(reverse(name, args=[one])).status_code == 404
    for name in ("desk:move_in", "desk:move_out", "desk:change_home"):
        assert desk.post(reverse(name, args=[home]), {"key": "k"}).status_code == 404
    for name in ("desk:note", "desk:add_phone", "desk:another_home"):
        assert desk.post(reverse(name, args=[zhang]), {"key": "k"}).status_code == 404
    assert (
        desk.post(reverse("desk:drop_note", args=[zhang, uuid4()]), {"key": "k"}).status_code == 404
    )
    assert not residence.finds("3-2-1801")
    assert not residence.finds("张三")


@pytest.mark.parametrize(
    ("who", "opens"),
    [("苏", "查住房录导"), ("林", "查住房录导"), ("石", "查"), ("钱", ""), ("赵", "")],
)
def test_who_opens_which_page(residence: Residence, who: str, opens: str) -> None:
    home = residence.home()
    zhang = residence.moves_in(home, "张三", ZHANG)
    pages = {
        "查": reverse("desk:find"),
        "住": reverse("desk:estate"),
        "房": reverse("desk:home", args=[home]),
        "录": reverse("desk:resident", args=[zhang]),
        "导": reverse("desk:imports"),
    }
    desk = residence.browser(who)
    assert "".join(k for k, page in pages.items() if desk.get(page).status_code == 200) == opens


def test_the_estate_shows_its_buildings_in_the_order_people_count(residence: Residence) -> None:
    for spelling in ("10-1-101", "2-1-101", "2-1-1001", "2-1-201", "B座101"):
        residence.home(spelling)
    desk = residence.browser("苏")
    page = desk.get(reverse("desk:estate")).content.decode()
    assert [page.index(f"<b>{name}</b>") for name in ("2 栋", "10 栋", "B 座")] == sorted(
        page.index(f"<b>{name}</b>") for name in ("2 栋", "10 栋", "B 座")
    )
    two = Home.objects.get(label="2-1-101").building_id
    page = desk.get(reverse("desk:building", args=[two])).content.decode()
    assert page.index("<b>101</b>") < page.index("<b>201</b>") < page.index("<b>1001</b>")
