"""A page that was sent before, changed and sent again, is refused once: what was typed stays, under a fresh key."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_calls import on
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import agencies, cases
from yingbin.gallery.models import Agency, Call, Statement
from yingbin.matters.models import Matter
from yingbin.pages.forms import USED

OLD = "an-old-page"
Sent = tuple[str, str, dict[str, str], dict[str, str], str, Callable[[], int]]


def a_call(hall: Gallery) -> Sent:
    told = {"q": "王女士 13812341234", "asked": "问学区"}
    return "林悦", reverse("gallery:calls"), told, {"asked": "问车位"}, "问车位", Call.objects.count


def a_statement(hall: Gallery) -> Sent:
    visit = hall.arrive(name="张伟", phone="13812341234")
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=visit.customer_id,
                     parties=[hall.id("林悦")], words="来电是我接的")  # fmt: skip
    told, other = {"words": "我先接待的"}, {"words": "我先接待的，有登记"}
    address = reverse("gallery:state_case", args=[opened.dispute])
    return "林悦", address, told, other, other["words"], Statement.objects.count


def an_agency(hall: Gallery) -> Sent:
    on(hall)
    address = reverse("gallery:new_agency")
    return "苏晴", address, {"name": "安居"}, {"name": "乐居"}, "乐居", Agency.objects.count


def a_registration(hall: Gallery) -> Sent:
    on(hall)
    one = hall.do(agencies.add_agency, "苏晴", name="安居中介")
    told = {"agency": str(one), "q": "李雷 13912341234"}
    other = {"q": "韩梅 13912341299"}
    from yingbin.gallery.models import AgencyRegistration

    return (
        "苏晴",
        reverse("gallery:agencies"),
        told,
        other,
        "韩梅",
        AgencyRegistration.objects.count,
    )


def a_matter(hall: Gallery) -> Sent:
    told = {"kind": "question", "title": "问物业费"}
    address = reverse("matters:new")
    return "林悦", address, told, {"title": "问停车费"}, "问停车费", Matter.objects.count


PAGES = [a_call, a_statement, an_agency, a_registration, a_matter]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.__name__)
def test_an_old_page_is_refused_once_and_can_be_sent_again_as_it_stands(
    client: Client, hall: Gallery, page: Callable[[Gallery], Sent]
) -> None:
    who, address, told, other, typed, count = page(hall)
    browser = signed_in(client, hall, who)
    before = count()
    first = browser.post(address, {"key": OLD, **told})
    assert first.status_code == 302, first.content.decode()
    assert count() == before + 1
    refused = browser.post(address, {"key": OLD, **told, **other})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert USED in text
    assert typed in text, "what was typed stays"
    assert count() == before + 1, "nothing was written"
    keys = re.findall(r'name="key" value="([^"]+)"', text)
    assert OLD not in keys
    for key in keys:
        again = browser.post(address, {"key": key, **told, **other})
        if again.status_code == 302:
            break
    assert count() == before + 2, "sent again it is a write of its own"


def test_the_same_page_sent_twice_unchanged_is_one_write_and_no_refusal(
    client: Client, hall: Gallery
) -> None:
    who, address, told, _, _, count = a_call(hall)
    browser = signed_in(client, hall, who)
    for _ in range(2):
        assert browser.post(address, {"key": OLD, **told}).status_code == 302
    assert count() == 1
