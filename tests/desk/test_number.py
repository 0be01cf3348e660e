"""A resident's number is masked on the matter's page, and shown to whoever has to do with it once that is logged."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from yingbin.customers.actions import register
from yingbin.customers.models import Reveal

from .counter import Counter

NUMBER = "13912345678"


@pytest.fixture
def one(counter: Counter) -> UUID:
    """王女士's matter, in the hands of 钱."""
    card = counter.do(register, "苏", name="王女士", phone=NUMBER)
    found = counter.record("苏", customer_id=card.customer)
    counter.offer("苏", found)
    counter.act("钱", "accept", found)
    return found


def look(counter: Counter, who: str, one: UUID) -> tuple[str, int, str]:
    """The page before the tap, then how the tap is answered and with what."""
    browser = counter.browser(who)
    html = browser.get(reverse("desk:matter", args=[one]), follow=True).content.decode()
    tap = re.search(r'action="([^"]+/phone/[^"]+)"', html)
    address = tap[1] if tap else reverse("desk:look_at_phone", args=[one, one])
    answer = browser.post(address, {"key": f"look{who}"}, follow=True)
    return html, answer.status_code, answer.content.decode()


@pytest.mark.parametrize("who", ["苏", "钱", "林"])
def test_whoever_has_to_do_with_it_sees_the_number_and_that_is_logged(
    counter: Counter, one: UUID, who: str
) -> None:
    before, status, after = look(counter, who, one)
    assert "139****5678" in before
    assert NUMBER not in before
    assert status == 200
    assert f"tel:+86{NUMBER}" in after
    (row,) = Reveal.objects.all()
    assert (row.by, row.why) == (counter.id(who), f"来电来访 {counter.desk(one).said} 号")


def test_nobody_else_finds_it_and_after_the_end_the_worker_no_longer_does(
    counter: Counter, one: UUID
) -> None:
    assert look(counter, "周", one)[1] == 404
    counter.act("钱", "arrive", one)
    counter.act("钱", "done", one)
    counter.act("苏", "tell", one)
    assert look(counter, "钱", one)[1] == 404
    assert look(counter, "苏", one)[1] == 200
    assert Reveal.objects.count() == 1
