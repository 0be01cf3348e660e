"""What somebody wrote into a fold stays there when it is refused, with why, and no live fragment wipes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_pages import as_
from yingbin.gallery.actions import days, nudges, presence, receptions
from yingbin.gallery.models import Claim, Visit

Case = tuple[str, str, dict[str, str], str]


def a_claim_that_says_nothing(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    hall.finish(visit)
    told = {"note": " "}
    return (
        "林悦",
        reverse("gallery:claim", args=[visit.id]),
        told,
        f'id="claim-{hall.decision(visit).id}" open',
    )


def a_fault_without_a_word(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    told = {"where": "A 户型客厅", "what": " "}
    return "林悦", reverse("gallery:fault", args=[visit.id]), told, 'value="A 户型客厅"'


def nobody_ticked(hall: Gallery) -> Case:
    hall.do(days.close_gallery, "郑岚")
    hall.now += timedelta(days=1)
    return "郑岚", reverse("gallery:all_present"), {}, 'id="missing" open'


def a_turn_ended_with_a_number_of_units_that_is_none(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    hall.sign(visit)
    told = {"units": "三套"}
    return "林悦", reverse("gallery:finish", args=[visit.id]), told, 'value="三套"'


def a_no_show_given_away_without_a_reason(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    hall.do(nudges.ask_for_another, "苏晴", visit_id=visit.id)
    told = {"from": "no-show", "to": str(hall.id("周航")), "reason": " "}
    return (
        "郑岚",
        reverse("gallery:override", args=[visit.id]),
        told,
        f'id="no-show-{visit.id}-reason"',
    )


def a_name_without_a_number(hall: Gallery) -> Case:
    visit = hall.arrive()
    told = {"name": "张伟", "phone": ""}
    return "苏晴", reverse("gallery:identify", args=[visit.id]), told, 'value="张伟"'


def a_leave_that_says_nothing(hall: Gallery) -> Case:
    return "林悦", reverse("gallery:ask_leave"), {"note": " "}, 'id="leave" open'


def a_claim_decided_without_saying_how(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    hall.finish(visit)
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司的人")
    told = {"confirm": "yes", "how": " "}
    return (
        "郑岚",
        reverse("gallery:decide_claim", args=[Claim.objects.get().id]),
        told,
        "装修公司的人",
    )


def a_leave_declined_without_a_reason(hall: Gallery) -> Case:
    asked = hall.do(presence.ask_business_leave, "林悦", note="去建行送资料")
    told = {"grant": "no", "words": ""}
    return "郑岚", reverse("gallery:decide_leave", args=[asked]), told, "去建行"


def an_override_to_somebody_busy(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    hall.arrive(name="李莉")
    told = {"to": str(hall.id("周航")), "reason": "老客户点名"}
    return "郑岚", reverse("gallery:override", args=[visit.id]), told, 'value="老客户点名"'


def a_correction_of_nothing(hall: Gallery) -> Case:
    told = {"who": str(hall.id("吴敏")), "count": "0", "turns": "0", "reason": "算错了一次"}
    return "郑岚", reverse("gallery:adjust"), told, 'value="算错了一次"'


def an_end_without_a_row(hall: Gallery) -> Case:
    visit = hall.arrive(name="张伟")
    told = {"next": reverse("gallery:supervision"), "without_entry": " "}
    return (
        "郑岚",
        reverse("gallery:finish", args=[visit.id]),
        told,
        f'id="p-{hall.id("林悦")}" open',
    )


def a_reopening_without_a_reason(hall: Gallery) -> Case:
    hall.do(days.close_gallery, "郑岚")
    return "郑岚", reverse("gallery:reopen"), {"reason": " "}, 'id="reopen" open'


def an_end_of_everything_without_a_reason(hall: Gallery) -> Case:
    hall.arrive(name="张伟")
    return "郑岚", reverse("gallery:wind_up"), {"reason": " "}, "全部代为结束"


@pytest.mark.parametrize(
    "refusal",
    [
        a_claim_that_says_nothing,
        nobody_ticked,
        a_turn_ended_with_a_number_of_units_that_is_none,
        a_no_show_given_away_without_a_reason,
        a_name_without_a_number,
        a_leave_that_says_nothing,
        a_claim_decided_without_saying_how,
        a_leave_declined_without_a_reason,
        an_override_to_somebody_busy,
        a_correction_of_nothing,
        an_end_without_a_row,
        a_reopening_without_a_reason,
        an_end_of_everything_without_a_reason,
    ],
)
def test_a_refused_fold_stays_open_with_why_and_its_words(
    client: Client, hall: Gallery, refusal: Callable[[Gallery], Case]
) -> None:
    who, address, told, stands = refusal(hall)
    answer = as_(client, hall, who).post(address, {**told, "key": "k"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" autofocus") == 1, "the page leads to what is wrong"
    assert page.count('class="errorlist"') + page.count('class="refused"') == 1
    assert stands in page


def test_a_fault_without_a_word_keeps_where_it_is(client: Client, hall: Gallery) -> None:
    who, address, told, stands = a_fault_without_a_word(hall)
    answer = as_(client, hall, who).post(address, {**told, "key": "k"})
    assert answer.status_code == 422
    assert stands in answer.content.decode()


def test_a_fold_that_is_gone_meanwhile_says_why_at_the_top_of_the_page(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    hall.finish(visit)
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司的人")
    claim = Claim.objects.get()
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim.id, confirm=True, how="出示了名片")
    told = {"confirm": "yes", "how": "看了名片", "key": "k"}
    manager = as_(client, hall, "郑岚")
    answer = manager.post(reverse("gallery:decide_claim", args=[claim.id]), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这条申报已经处理过了" in page
    assert "看了名片" in page, "what was typed can be read and used elsewhere"


def test_a_group_that_no_longer_waits_keeps_what_its_customer_said(
    client: Client, hall: Gallery
) -> None:
    for n in range(4):
        hall.arrive(name=f"客户{n}")
    waits = hall.arrive(name="李娜")
    hall.finish(Visit.objects.get(number=1))
    assert hall.receiver(waits) == "林悦"
    told = {"name": "李娜", "phone": "13812345678", "key": "k"}
    answer = as_(client, hall, "苏晴").post(reverse("gallery:leave", args=[waits.id]), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="refused"') == 1, "said once, at the top"
    assert "13812345678" in page


def test_an_override_while_nobody_is_free_any_more_keeps_its_reason(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    for n in range(3):
        hall.arrive(name=f"客户{n}")
    told = {"to": str(hall.id("周航")), "reason": "老客户点名", "counts": "on", "key": "k"}
    answer = as_(client, hall, "郑岚").post(reverse("gallery:override", args=[visit.id]), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="ov-{visit.id}" open' in page
    assert 'value="老客户点名"' in page
    assert "现在没有人空闲" in page


def test_a_wrong_code_is_said_at_its_box(client: Client, gallery: Gallery) -> None:
    answer = as_(client, gallery, "林悦").post(reverse("gallery:sign_in"), {"code": "000000"})
    page = answer.content.decode()
    assert answer.status_code == 422
    box = page[page.index('id="code"') :]
    assert 'aria-invalid="true"' in box.split(">", 1)[0]
    assert "签到码不对" in box
