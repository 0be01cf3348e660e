"""What somebody wrote into a fold stays there when it is refused, with why, and no live fragment wipes it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_pages import as_
from yingbin.gallery.actions import days, presence, receptions
from yingbin.gallery.models import Claim, LeaveRequest

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
    hall.do(presence.ask_business_leave, "林悦", note="去建行送资料")
    told = {"grant": "no", "answer": ""}
    return (
        "郑岚",
        reverse("gallery:decide_leave", args=[LeaveRequest.objects.get().id]),
        told,
        "去建行",
    )


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
        a_fault_without_a_word,
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
    assert page.count('class="refused"') + page.count("message error") == 1
    assert stands in page


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
    assert answer.status_code == 422
    assert "message error" in answer.content.decode()
