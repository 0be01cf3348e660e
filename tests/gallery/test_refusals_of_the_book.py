"""What a page of the book refuses keeps every word typed, and says why beside it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_calls import on, report
from tests.gallery.test_reception import entry_form, signed_in
from yingbin.gallery.actions import agencies, cases
from yingbin.gallery.models import Agency, AgencyRegistration, Call, Dispute, RegisterEntry, Visit
from yingbin.matters.models import Matter


def sent(client: Client, hall: Gallery, who: str, address: str, **told: str) -> str:
    """The page that refuses what was sent."""
    answer = signed_in(client, hall, who).post(address, {"key": "once", **told})
    assert answer.status_code == 422, answer.headers.get("Location")
    return str(answer.content.decode())


@pytest.fixture
def dispute(hall: Gallery) -> Dispute:
    """陈思远 and 林悦 dispute a customer."""
    visit = hall.arrive(name="张伟", phone="13812341234")
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=visit.customer_id,
                     parties=[hall.id("林悦")], words="来电是我接的")  # fmt: skip
    return Dispute.objects.get(id=opened.dispute)


@pytest.mark.clause("TQ-2.4")
def test_a_promise_for_yesterday_is_refused_beside_the_note_and_what_was_ticked(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    past = (hall.now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    address = reverse("gallery:step", args=[visit.id, "farewell"])
    text = sent(client, hall, "林悦", address, note="下周带太太来", next_contact=past)
    assert "请选一个以后的时间" in text
    assert 'value="下周带太太来"' in text
    assert f'value="{past}"' in text
    assert not Matter.objects.filter(kind="follow_up").exists()


@pytest.mark.clause("TQ-2.2", "SF-4.3.4")
def test_a_fault_without_words_keeps_the_place_and_its_fold_open(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    text = sent(client, hall, "林悦", reverse("gallery:fault", args=[visit.id]), where="B 户型厨房")
    assert "请写一句看到了什么" in text
    assert 'value="B 户型厨房"' in text
    assert '<details class="fold" id="fault" open>' in text


@pytest.mark.clause("TQ-2.1")
def test_needs_the_wrong_way_round_stay_and_the_fold_is_open(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    address = reverse("gallery:needs", args=[visit.id])
    told = {"area_min": "120", "area_max": "90", "said": "看重学区"}
    text = sent(client, hall, "林悦", address, **told)
    assert "下限比上限大" in text
    assert "看重学区" in text
    assert 'value="120"' in text


@pytest.mark.clause("TQ-3")
def test_a_correction_without_a_reason_keeps_the_new_words(client: Client, hall: Gallery) -> None:
    row = hall.sign(hall.arrive(name="张维"), name="张维")
    assert row
    address = reverse("gallery:correct", args=[row.id])
    text = sent(client, hall, "林悦", address, **entry_form(name="张伟", why="", key="c9"))
    assert "请写明更正了什么、为什么" in text
    assert 'value="张伟"' in text
    assert RegisterEntry.objects.count() == 1


def test_a_call_without_number_or_name_keeps_the_question(client: Client, hall: Gallery) -> None:
    text = sent(client, hall, "林悦", reverse("gallery:calls"), q="", asked="问学区")
    assert "请至少留下来电号码或姓名" in text
    assert "问学区" in text
    assert not Call.objects.exists()


def test_an_agency_named_twice_is_refused_and_its_contact_stays(
    client: Client, hall: Gallery
) -> None:
    on(hall)
    hall.do(agencies.add_agency, "苏晴", name="安居中介")
    address = reverse("gallery:new_agency")
    text = sent(client, hall, "苏晴", address, name="安居中介", contact="李经理 6123")
    assert "已经在名单里了" in text
    assert 'value="李经理 6123"' in text
    assert Agency.objects.count() == 1


def test_a_registration_without_a_number_keeps_the_name(client: Client, hall: Gallery) -> None:
    on(hall)
    one = hall.do(agencies.add_agency, "苏晴", name="安居中介")
    text = sent(client, hall, "苏晴", reverse("gallery:agencies"), agency=str(one), q="张伟")
    assert "报备请填完整号码" in text
    assert 'value="张伟"' in text
    assert not AgencyRegistration.objects.exists()


def test_an_agency_does_not_take_a_customer_from_itself(hall: Gallery) -> None:
    on(hall)
    one = hall.do(agencies.add_agency, "苏晴", name="安居中介")
    other = hall.do(agencies.add_agency, "苏晴", name="链家")
    assert [report(hall, one, "13812341234").standing for _ in range(2)] == ["valid", "valid"]
    assert report(hall, other, "13812341234").standing == "taken"


@pytest.mark.clause("TQ-11")
def test_a_dispute_with_nobody_keeps_what_happened(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    address = reverse("gallery:open_case", args=[visit.customer_id])
    text = sent(client, hall, "陈思远", address, words="三周前来电是我接的")
    assert "至少两位置业顾问" in text
    assert "三周前来电是我接的" in text
    assert not Dispute.objects.exists()


@pytest.mark.clause("TQ-11")
def test_an_empty_statement_is_refused_on_the_case_itself(
    client: Client, hall: Gallery, dispute: Dispute
) -> None:
    text = sent(client, hall, "林悦", reverse("gallery:state_case", args=[dispute.id]), words=" ")
    assert "请写下经过再提交" in text
    assert dispute.statements.count() == 1


@pytest.mark.clause("TQ-11")
def test_a_ruling_with_half_a_turn_keeps_reason_choice_and_the_other_account(
    client: Client, hall: Gallery, dispute: Dispute
) -> None:
    first, second = dispute.parties
    told = {
        "for_whom": first,
        "reason": "来电在先",
        f"turns-{first}": "半",
        f"count-{second}": "-1",
    }
    text = sent(client, hall, "郑岚", reverse("gallery:rule_case", args=[dispute.id]), **told)
    assert "次数和轮次请填整数" in text
    assert "来电在先" in text
    assert f'value="{first}" checked' in text
    assert f'name="count-{second}" value="-1"' in text
    assert not dispute.rulings.exists()


@pytest.mark.clause("TQ-8")
def test_a_succession_without_a_reason_keeps_who_and_to_whom(client: Client, hall: Gallery) -> None:
    hall.finish(hall.arrive(named="林悦", phone="13812341234", name="张伟"))
    told = {"leaver": str(hall.id("林悦")), "to": str(hall.id("周航")), "reason": " "}
    text = sent(client, hall, "郑岚", reverse("gallery:succession"), **told)
    assert "请写明为什么交接" in text
    assert f'value="{hall.id("林悦")}" checked' in text
    assert f'value="{hall.id("周航")}" checked' in text


@pytest.mark.clause("TQ-11")
def test_paper_without_a_day_keeps_its_lines(client: Client, hall: Gallery) -> None:
    told = {"day": "", "l0-began": "08:31", "l0-q": "张伟", "l0-receiver": str(hall.id("周航"))}
    text = sent(client, hall, "郑岚", reverse("gallery:late"), **told)
    assert "请选这些接待发生在哪一天" in text
    assert 'value="08:31"' in text
    assert not Visit.objects.exists()


@pytest.mark.parametrize("site", ["gallery:state_case", "gallery:rule_case", "gallery:case"])
def test_another_sites_dispute_is_nobodys_here(
    client: Client, hall: Gallery, dispute: Dispute, site: str
) -> None:
    from yingbin.people.models import Site

    other = Site.objects.create(kind="sales_centre", code="binhe", name="滨河", short_name="滨河")
    Dispute.objects.filter(id=dispute.id).update(site=other)
    page, address = signed_in(client, hall, "郑岚"), reverse(site, args=[dispute.id])
    answer = page.get(address) if site == "gallery:case" else page.post(address, {"words": "x"})
    assert answer.status_code == 404
