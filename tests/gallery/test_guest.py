"""请客户签: the device is the customer's, nothing opens but their page, and nothing is kept they didn't agree to (TQ-3)."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import DRAWN, signed_in
from yingbin.customers.models import Consent
from yingbin.customers.wording import SHIPPED
from yingbin.gallery.models import RegisterEntry, RegisterWords, Visit
from yingbin.people.handing import HANDED
from yingbin.rules.decision import Refused

PASSWORD = "yingbin-2026"
THEIRS = json.dumps([[10, 20, 300, 200, 500, 120, 600, 130], [40, 50, 90, 95]])
YES = {"name": "王建国", "title": "mr", "phone": "13812341234", "consent": "agreed", "wording": SHIPPED}  # fmt: skip


def handed_over(client: Client, hall: Gallery, visit: Visit) -> Client:
    page = signed_in(client, hall, "林悦")
    answer = page.post(reverse("gallery:hand_over", args=[visit.id]))
    assert answer["Location"] == reverse("gallery:guest")
    return page


def back(page: Client, secret: str = PASSWORD) -> int:
    return page.post(reverse("people:handed_back"), {"secret": secret}).status_code


@pytest.mark.clause("TQ-3")
def test_the_customer_writes_and_signs_then_the_receiver_takes_it_back_and_signs(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    page = handed_over(client, hall, visit)
    text = page.get(reverse("gallery:guest")).content.decode()
    assert 'class="nav"' not in text
    assert "checked" not in text.split('name="consent"', 1)[1]
    assert page.post(reverse("gallery:guest"), YES)["Location"] == reverse("gallery:guest_glass")
    drawn = {"drawn": THEIRS}
    assert page.post(reverse("gallery:guest_glass"), drawn)["Location"] == reverse(
        "gallery:guest_thanks"
    )
    assert not RegisterEntry.objects.exists()
    assert back(page) == 302
    sign = reverse("gallery:sign", args=[visit.id])
    shown = page.get(sign).content.decode()
    assert "客户本人填写，同意保存，已签名" in shown
    assert "138****1234" in shown
    # What the receiver could slip in beside it counts for nothing.
    page.post(sign, {"key": "s", "hand": "dictated", "name": "别人", "drawn": DRAWN})
    row = RegisterEntry.objects.get()
    words = RegisterWords.objects.get(entry=row).words
    assert (row.hand, words["name"], words["phone"]) == ("customer", "王建国", "+8613812341234")
    assert words["strokes"] == json.loads(THEIRS)
    consent = Consent.objects.get(customer_id=row.customer_id)
    assert (consent.given, consent.how, consent.wording_version) == (True, "screen", SHIPPED)
    assert "王建国" not in json.dumps(dict(page.session), default=str, ensure_ascii=False)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("known", [False, True])
def test_a_no_keeps_the_row_without_anything_that_names_the_customer(
    client: Client, hall: Gallery, known: bool
) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234") if known else hall.arrive()
    page = handed_over(client, hall, visit)
    answer = page.post(reverse("gallery:guest"), {**YES, "consent": "refused"})
    assert answer["Location"] == reverse("gallery:guest_thanks")
    assert "王建国" not in json.dumps(dict(page.session), ensure_ascii=False)
    assert back(page) == 302
    sign = reverse("gallery:sign", args=[visit.id])
    assert "不留客户的姓名、电话和签名" in page.get(sign).content.decode()
    page.post(sign, {"key": "s", "name": "王建国", "phone": "13812341234", "drawn": DRAWN})
    row = RegisterEntry.objects.get()
    words = RegisterWords.objects.get(entry=row).words
    assert row.hand == "declined"
    assert (words["name"], words["phone"], words["strokes"]) == ("", "", [])
    assert words["why"] == "客户不同意保存姓名和电话"
    said = Consent.objects.filter(given=False, how="screen")
    assert said.count() == (1 if known else 0)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"consent": ""}, "选「同意」或「不同意」"),
        ({"consent": "perhaps"}, "选「同意」或「不同意」"),
        ({"name": " "}, "请写下您的姓名"),
        ({"phone": "1381"}, "电话不是有效号码"),
    ],
)
def test_nothing_is_kept_before_the_choice_is_made(
    client: Client, hall: Gallery, wrong: dict[str, str], said: str
) -> None:
    page = handed_over(client, hall, hall.arrive())
    answer = page.post(reverse("gallery:guest"), {**YES, **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "13812341234" not in json.dumps(dict(page.session))


@pytest.mark.clause("TQ-3")
def test_a_signature_that_cannot_be_read_keeps_words_and_strokes(
    client: Client, hall: Gallery
) -> None:
    page = handed_over(client, hall, hall.arrive())
    page.post(reverse("gallery:guest"), YES)
    answer = page.post(reverse("gallery:guest_glass"), {"drawn": "[[1,2]]"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请在框里签上您的名字" in text
    assert 'value="[[1,2]]"' in text
    assert "王建国" in text


@pytest.mark.clause("TQ-3")
def test_every_other_page_answers_with_the_gate(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    page = handed_over(client, hall, visit)
    for path in ("/", "/gallery/mine/", f"/gallery/visit/{visit.id}/sign/", "/customers/", "/switch/",
                 "/login/", "/me/", "/nowhere/", "/manual/", "/notices/"):  # fmt: skip
        answer = page.get(path)
        assert answer.status_code == 423, path
        assert "请交还给林悦" in answer.content.decode()
        assert "张伟" not in answer.content.decode()
    sent = {"key": "s", "hand": "declined", "why": "只看看", "drawn": DRAWN}
    assert page.post(f"/gallery/visit/{visit.id}/sign/", sent).status_code == 423
    assert not RegisterEntry.objects.exists()


@pytest.mark.clause("TQ-3")
def test_only_its_person_takes_the_device_back(client: Client, hall: Gallery) -> None:
    visit = hall.arrive()
    page = handed_over(client, hall, visit)
    assert back(page, "") == 423
    assert back(page, "guessed-it") == 423
    assert back(page, "1111") == 423
    assert page.get("/gallery/mine/").status_code == 423
    assert back(page) == 302
    assert HANDED not in page.session
    assert page.get("/gallery/mine/").status_code == 200
    # Going forward again shows the customer's page to nobody.
    assert page.get(reverse("gallery:guest"))["Location"] == reverse("gallery:receiving")


@pytest.mark.clause("TQ-3")
def test_a_pin_takes_it_back_too_and_its_tries_are_counted(client: Client, hall: Gallery) -> None:
    from django.contrib.auth.hashers import make_password

    from yingbin.people.models import Staff

    Staff.objects.filter(id=hall.id("林悦")).update(pin=make_password("2580"))
    page = handed_over(client, hall, hall.arrive())
    for _ in range(5):
        assert back(page, "1111") == 423
    assert back(page, "2580") == 423
    assert back(page) == 302
    assert Staff.objects.get(id=hall.id("林悦")).pin_failures == 0


@pytest.mark.clause("TQ-3")
def test_a_colleague_hands_over_nothing(client: Client, hall: Gallery) -> None:
    visit = hall.arrive()
    page = signed_in(client, hall, "周航")
    answer = page.post(reverse("gallery:hand_over", args=[visit.id]))
    assert answer["Location"] == reverse("gallery:reception", args=[visit.id])
    assert HANDED not in page.session


@pytest.mark.clause("TQ-3")
def test_a_name_is_not_registered_before_the_customer_was_asked(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    with pytest.raises(Refused, match="还没有表示同不同意"):
        hall.sign(visit, name="王建国", agreed="")
    page = signed_in(client, hall, "林悦")
    sent = {"key": "s", "hand": "dictated", "name": "王建国", "why": "没留", "drawn": DRAWN}
    answer = page.post(reverse("gallery:sign", args=[visit.id]), sent)
    assert answer.status_code == 422
    assert "选「同意」或「不同意」" in answer.content.decode()
    assert not RegisterEntry.objects.exists()


@pytest.mark.clause("TQ-3")
def test_a_row_that_names_nobody_is_not_corrected_into_a_name_without_asking(
    client: Client, hall: Gallery
) -> None:
    row = hall.sign(hall.arrive(), hand="declined", name="", why="只看看")
    assert row
    page = signed_in(client, hall, "林悦")
    sent = {"key": "c", "hand": "dictated", "name": "王建国", "why": "后来愿意留了", "drawn": DRAWN}
    path = reverse("gallery:correct", args=[row.id])
    assert page.post(path, sent).status_code == 422
    assert page.post(path, {**sent, "consent": "agreed", "wording": SHIPPED}).status_code == 302
    new = RegisterEntry.objects.get(corrects=row)
    assert Consent.objects.get(customer_id=new.customer_id).given
