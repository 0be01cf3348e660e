"""The gallery's pages as people use them: what was typed stays, a refusal is a sentence, two taps are one visit."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from yingbin.gallery.forms import ArrivalForm, split
from yingbin.gallery.models import Presence, Visit
from yingbin.people import site_code


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("张伟", "张伟", ""),
        ("13812345678", "", "13812345678"),
        ("张伟 138 1234 5678", "张伟", "13812345678"),
        ("138-1234-5678,张伟", "张伟", "13812345678"),
        ("+1 650 253 0000 John Smith", "John Smith", "+16502530000"),
        ("８８２１", "", "8821"),
        ("客户2 13812345678", "客户2", "13812345678"),
        ("+86 138 1234 5678 王老师", "王老师", "+8613812345678"),
        ("", "", ""),
    ],
)
def test_one_box_takes_a_name_and_a_phone(typed: str, name: str, phone: str) -> None:
    assert split(typed) == (name, phone)


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"q": "张伟 1381234567"}, "q", "不是有效号码"),
        ({"q": "8821"}, "q", "不是完整号码"),
        ({"contact": "named"}, "named", "请点选"),
        ({"group_size": "0"}, "group_size", "至少 1 人"),
        ({"group_size": "二"}, "group_size", "填数字"),
        ({"q": "很" * 41}, "q", "最多 40"),
    ],
)
def test_bad_input_is_told_in_chinese(sent: dict[str, str], field: str, says: str) -> None:
    form = ArrivalForm(sent)
    assert not form.is_valid()
    assert says in str(form.errors[field])


def test_what_one_desk_types_never_shows_in_the_form_of_another() -> None:
    """Arrival forms share their fields; so a field must come out of any form as it went in."""

    def inside() -> dict[str, str]:
        return {
            name: repr([*vars(field).items(), *vars(field.widget).items()])
            for name, field in ArrivalForm().fields.items()
        }

    before = inside()
    wrong = ArrivalForm({"q": "8821", "group_size": "0", "named": "x", "first": "yes"})
    assert not wrong.is_valid()
    assert "8821" in wrong.as_p()
    assert inside() == before
    fresh = ArrivalForm()
    assert not fresh.errors
    assert "8821" not in fresh.as_p()


def as_(client: Client, gallery: Gallery, name: str) -> Client:
    """This browser is this person's."""
    from yingbin.people.models import Staff

    client.force_login(
        Staff.objects.get(id=gallery.id(name)), backend="yingbin.people.backends.AccountOrPhone"
    )
    return client


def test_the_desk_records_a_group_with_one_post_and_sees_why(client: Client, hall: Gallery) -> None:
    desk = as_(client, hall, "苏晴")
    sent: dict[str, Any] = {
        "kind": "customer",
        "first": "yes",
        "contact": "no",
        "q": "张伟 13812345678",
        "key": "k",
    }
    answer = desk.post(reverse("gallery:arrival"), sent, follow=True)
    page = answer.content.decode()
    assert "林悦" in page
    assert "TQ-1.2" in page
    assert "回执码" in page
    desk.post(reverse("gallery:arrival"), sent)
    assert Visit.objects.count() == 1


def test_a_refused_arrival_keeps_what_was_typed(client: Client, hall: Gallery) -> None:
    desk = as_(client, hall, "苏晴")
    answer = desk.post(
        reverse("gallery:arrival"), {"q": "张伟 138123", "note": "带了孩子", "key": "k"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "张伟 138123" in page
    assert "带了孩子" in page


def test_a_salesperson_signs_in_with_the_code_on_the_screen(
    client: Client, gallery: Gallery
) -> None:
    from django.utils import timezone

    phone = as_(client, gallery, "林悦")
    wrong = phone.post(reverse("gallery:sign_in"), {"code": "000000"}, follow=True)
    assert "签到码不对" in wrong.content.decode()
    now = site_code.current(gallery.site, timezone.now())
    phone.post(reverse("gallery:sign_in"), {"code": now})
    assert Presence.objects.filter(staff_id=gallery.id("林悦")).exists()
    for _ in range(6):
        last = phone.post(reverse("gallery:sign_in"), {"code": "000000"}, follow=True)
    assert "输错太多次" in last.content.decode()


@pytest.mark.parametrize("people", [1, 30])
def test_pages_ask_the_same_number_of_questions_however_many_rows(
    client: Client, hall: Gallery, people: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(people):
        hall.arrive(name=f"客户{n}")
    pages = {"苏晴": ["arrival", "waiting", "board"], "林悦": ["mine"], "郑岚": ["supervision"]}
    for name, names in pages.items():
        browser = as_(client, hall, name)
        for page in names:
            browser.get(reverse(f"gallery:{page}"))
            with django_assert_max_num_queries(26):
                assert browser.get(reverse(f"gallery:{page}")).status_code == 200


def test_the_signed_root_of_a_closed_day_can_be_taken_away(client: Client, hall: Gallery) -> None:
    from yingbin.gallery.actions import days
    from yingbin.journal import verify
    from yingbin.journal.export import export_lines

    hall.finish(hall.arrive())
    day = hall.now.strftime("%Y-%m-%d")
    desk = as_(client, hall, "林悦")
    assert desk.get(f"/gallery/decisions/root/{day}/").status_code == 404
    hall.do(days.close_gallery, "郑岚")
    root = desk.get(f"/gallery/decisions/root/{day}/").json()["root"]
    journal, faults = verify.verify(export_lines(hall.site), roots=[root])
    assert faults == []
    assert journal.roots[-1][1]["root"] == root["root"]
    assert desk.get("/gallery/decisions/root/nonsense/").status_code == 404
