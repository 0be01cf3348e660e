"""The reception on the salesperson's phone: four steps, needs, drinks, faults, three units (TQ-2, TQ-10)."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from yingbin.customers.wording import SHIPPED
from yingbin.gallery.actions import receptions, steps
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.models import Needs, RegisterEntry, Step
from yingbin.matters.models import Matter
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

BACKEND = "yingbin.people.backends.AccountOrPhone"
DRAWN = json.dumps([[100, 100, 300, 200, 500, 120], [300, 40, 320, 330, 400, 380]])


def signed_in(client: Client, gallery: Gallery, name: str) -> Client:
    client.force_login(Staff.objects.get(id=gallery.id(name)), backend=BACKEND)
    return client


@pytest.mark.clause("TQ-2.1")
def test_needs_are_fields_and_the_latest_telling_counts(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    hall.do(steps.note_needs, "林悦", visit_id=visit.id, needs=NeedsTold(area_min=90, rooms="3"))
    told = NeedsTold(area_min=110, rooms="4", said="孩子上学")
    hall.do(steps.note_needs, "林悦", visit_id=visit.id, needs=told)
    assert Needs.objects.filter(visit=visit).count() == 2
    assert Needs.objects.filter(visit=visit).order_by("seq").last().area_min == 110  # type: ignore[union-attr]
    wrong = NeedsTold(area_min=120, area_max=90)
    with pytest.raises(Refused, match="下限比上限大"):
        hall.do(steps.note_needs, "林悦", visit_id=visit.id, needs=wrong)
    with pytest.raises(Refused, match="接待人本人"):
        hall.do(steps.note_needs, "周航", visit_id=visit.id, needs=told)


@pytest.mark.clause("TQ-2.2", "SF-4.3.4")
def test_damage_in_the_show_flat_reaches_whoever_looks_after_it(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    hall.do(steps.do_step, "林悦", visit_id=visit.id, which="flat", things=("A 户型样板间",))
    hall.do(steps.report_fault, "林悦", visit_id=visit.id, where="A 户型客厅", what="茶几有裂纹")
    matter = Matter.objects.get(kind="flat_fault")
    assert matter.owner_id == hall.id("许诺")
    assert "茶几有裂纹" in matter.title
    assert Step.objects.get(visit=visit).things == ["A 户型样板间"]


@pytest.mark.clause("TQ-2.3")
def test_drinks_are_asked_of_the_service_staff(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    page = signed_in(client, hall, "林悦")
    page.post(f"/gallery/visit/{visit.id}/drinks/", {"what": ["热茶", "咖啡"], "key": "d1"})
    assert Matter.objects.get(kind="service").title == f"到访{visit.number}：热茶、咖啡"


@pytest.mark.clause("TQ-2.4")
def test_the_next_contact_agreed_at_the_door_becomes_a_reminder(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    then = hall.now + timedelta(days=3)
    hall.do(
        steps.do_step,
        "林悦",
        visit_id=visit.id,
        which="farewell",
        note="带爱人来",
        next_contact=then,
    )
    matter = Matter.objects.get(kind="follow_up")
    assert (matter.owner_id, matter.due_at) == (hall.id("林悦"), then)
    past = hall.now - timedelta(hours=1)
    with pytest.raises(Refused, match="已经过去"):
        hall.do(steps.do_step, "林悦", visit_id=visit.id, which="farewell", next_contact=past)


@pytest.mark.clause("TQ-10")
def test_three_units_tell_the_manager_with_needs_and_what_was_said(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    needs = NeedsTold(area_min=89, purpose="invest", said="想做公寓出租")
    hall.do(steps.note_needs, "林悦", visit_id=visit.id, needs=needs)
    hall.do(steps.do_step, "林悦", visit_id=visit.id, which="talk", note="要整层的折扣")
    hall.finish(visit, units_wanted=3)
    alert = Matter.objects.get(kind="alert")
    assert alert.owner_id == hall.id("郑岚")
    assert alert.closed_at is None
    for told in ("3套", "89㎡以上", "投资", "想做公寓出租", "要整层的折扣"):
        assert told in alert.title + alert.detail, told


@pytest.mark.clause("TQ-10")
def test_two_units_tell_nobody(hall: Gallery) -> None:
    hall.finish(hall.arrive(name="张伟"), units_wanted=2)
    assert not Matter.objects.filter(kind="alert").exists()


@pytest.mark.clause("TQ-2.1", "TQ-2.2", "TQ-2.3", "TQ-2.4", "TQ-3")
def test_the_page_shows_four_steps_with_prompts_and_what_is_owed(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    page = signed_in(client, hall, "林悦")
    text = page.get(f"/gallery/visit/{visit.id}/reception/").content.decode()
    for word in ("沙盘讲解", "看样板间", "洽谈", "送客", "还差 <b>1</b> 份登记", "138****1234"):
        assert word in text, word
    assert "13812341234" not in text
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    assert page.get(reverse("gallery:mine")).content.decode().count("请客户登记、签名") == 1


def test_a_colleague_does_not_see_it_and_the_manager_does(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    address = f"/gallery/visit/{visit.id}/reception/"
    assert signed_in(client, hall, "周航").get(address).status_code == 404
    assert signed_in(client, hall, "郑岚").get(address).status_code == 200


def entry_form(**more: str) -> dict[str, str]:
    return {"key": "s1", "hand": "customer", "name": "张伟", "phone": "13812341234",
            "group_size": "2", "consent": "agreed", "wording": SHIPPED, "drawn": DRAWN, **more}  # fmt: skip


@pytest.mark.clause("TQ-3")
def test_signing_on_the_glass_makes_one_row_however_often_it_is_sent(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    page = signed_in(client, hall, "林悦")
    for _ in range(2):
        answer = page.post(f"/gallery/visit/{visit.id}/sign/", entry_form(rooms="3"))
        assert answer.status_code == 302
    row = RegisterEntry.objects.get()
    shown = page.get(f"/gallery/entry/{row.id}/").content.decode()
    assert "张伟" in shown
    assert "138****1234" in shown
    assert "<path" in shown
    assert "三房" in shown


@pytest.mark.clause("TQ-3")
def test_a_page_gone_back_to_and_sent_once_more_keeps_what_was_typed_and_leads_to_the_row(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    page = signed_in(client, hall, "林悦")
    address = f"/gallery/visit/{visit.id}/sign/"
    page.post(address, entry_form())
    row = RegisterEntry.objects.get()
    for key in ("s1", "s2"):  # the page's own key, then the one that the refusal put in its place
        answer = page.post(address, entry_form(key=key, name="张玮", note="姓名写错了"))
        text = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="张玮"' in text
        assert 'value="姓名写错了"' in text
        assert f'href="/gallery/entry/{row.id}/correct/"' in text
        assert "更正第 1 号" in text
    assert RegisterEntry.objects.count() == 1
    looked = page.get(address).content.decode()
    assert "不用再登记" in looked
    assert 'name="name"' not in looked


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"drawn": ""}, "请接待人在签名框里签上自己的名字"),
        ({"drawn": "[[1,2]]"}, "请接待人在签名框里签上自己的名字"),
        ({"drawn": "[[1,2,5000,7]]"}, "签名没有读出来"),
        ({"drawn": "{"}, "签名没有读出来"),
        ({"phone": "1381"}, "电话不是有效号码"),
        ({"name": ""}, "请填写客户姓名"),
        ({"phone": "", "why": ""}, "没留电话的原因"),
        ({"area_min": "很大"}, "请填整数"),
        ({"drawn": "", "password": "wrong"}, "密码不对"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(
    client: Client, hall: Gallery, wrong: dict[str, str], said: str
) -> None:
    visit = hall.arrive()
    page = signed_in(client, hall, "林悦")
    answer = page.post(f"/gallery/visit/{visit.id}/sign/", entry_form(note="喜欢花园", **wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "喜欢花园" in text
    assert not RegisterEntry.objects.exists()


@pytest.mark.clause("TQ-3")
def test_without_a_glass_the_password_stands_for_the_signature(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    page = signed_in(client, hall, "林悦")
    page.post(f"/gallery/visit/{visit.id}/sign/", entry_form(drawn="", password="yingbin-2026"))
    assert RegisterEntry.objects.get().signed == "password"


@pytest.mark.clause("TQ-3")
def test_a_correction_by_page_keeps_the_number_unless_it_is_written_anew(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张维", phone="13812341234")
    row = hall.sign(visit, name="张维")
    assert row
    page = signed_in(client, hall, "林悦")
    form = page.get(f"/gallery/entry/{row.id}/correct/").content.decode()
    assert "13812341234" not in form
    answer = page.post(
        f"/gallery/entry/{row.id}/correct/", entry_form(phone="", why="姓名少写一个字")
    )
    assert answer.status_code == 302
    new = RegisterEntry.objects.get(corrects=row)
    assert new.written.words["phone"] == "+8613812341234"
