"""What people are told: at once on screen, once, without customers' numbers; who sees what."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.customers.office import Office, as_
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen, write
from yingbin.notices import actions, queries
from yingbin.notices.models import Delivery, Notice
from yingbin.rules.decision import Refused


def tell(office: Office, *to: str, **more: Any) -> None:
    """One write that tells these people something."""

    def work(pen: Pen) -> dict[str, Any]:
        said = {"kind": "turn", "title": "轮到您接待了"} | more
        actions.tell(pen, to=[office.id(who) for who in to], **said)
        return {}

    office.later(seconds=1)
    write(
        site_id=office.site,
        key=f"tell-{next(office.keys)}",
        verb="x",
        by=str(office.id("郑岚")),
        at=office.now,
        payload={},
        work=work,
    )


def test_each_person_has_it_on_their_screen_at_once(office: Office) -> None:
    tell(office, "林悦", "周航", "林悦", link="/gallery/mine/", urgent=True, clause="TQ-1.1")
    for who in ("林悦", "周航"):
        (row,) = queries.mine(office.id(who), office.site)
        assert (row.title, row.urgent, row.clause, row.seen_at) == (
            "轮到您接待了", True, "TQ-1.1", None
        )  # fmt: skip
        assert queries.unread(office.id(who), office.site) == 1
    assert queries.unread(office.id("吴敏"), office.site) == 0
    assert not Delivery.objects.exists()


def test_the_same_thing_is_never_twice_on_a_screen(office: Office) -> None:
    tell(office, "林悦", dedupe="visit:1")
    tell(office, "林悦", "周航", dedupe="visit:1")
    tell(office, "林悦", dedupe="visit:2")
    assert queries.unread(office.id("林悦"), office.site) == 2
    assert queries.unread(office.id("周航"), office.site) == 1


def test_what_a_refused_write_said_is_not_said(office: Office) -> None:
    def work(pen: Pen) -> dict[str, Any]:
        actions.tell(pen, to=[office.id("林悦")], kind="turn", title="x")
        raise Refused(None, "不行")

    with pytest.raises(Refused):
        write(site_id=office.site, key="r", verb="x", by="y", at=office.now, payload={}, work=work)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("请回电 13800008821。", "请回电 138****8821。"),
        ("电话138-0000-8821", "电话138****8821"),
        ("+86 138 0000 8821", "138****8821"),
        ("到访12，3 人，120 平米，预算 300 万", "到访12，3 人，120 平米，预算 300 万"),
        ("2026-11-21 09:30 到访", "2026-11-21 09:30 到访"),
        ("0755-88886666", "075****6666"),
        ("+852 9123 4567", "+852 ****4567"),
    ],
)
def test_whole_numbers_in_a_notice_are_masked(said: str, kept: str) -> None:
    assert actions.without_numbers(said) == kept


@given(st.text(alphabet="0123456789 -+电话a", max_size=40))
def test_no_eleven_digits_in_a_row_get_out(text: str) -> None:
    import re

    assert re.search(r"1\d{10}", actions.without_numbers(text)) is None


def test_seen_marks_ones_own_alone(office: Office) -> None:
    tell(office, "林悦", "周航")
    assert actions.seen(site_id=office.site, by=office.id("林悦"), at=office.now) == 1
    assert queries.unread(office.id("林悦"), office.site) == 0
    assert queries.unread(office.id("周航"), office.site) == 1


@pytest.mark.clause("TQ-10")
def test_what_must_be_acknowledged_stays_on_top_until_it_is(office: Office) -> None:
    tell(office, "郑岚", title="客户要一次买 5 套", must_acknowledge=True)
    tell(office, "郑岚", title="别的事")
    first = queries.mine(office.id("郑岚"), office.site)[0]
    assert first.title == "客户要一次买 5 套"
    with pytest.raises(Refused, match="不是发给您"):
        office.do(actions.acknowledge, "林悦", notice_id=first.id)
    office.do(actions.acknowledge, "郑岚", notice_id=first.id)
    assert queries.mine(office.id("郑岚"), office.site)[0].title == "别的事"
    assert Entry.objects.filter(kind="notice.acknowledged").count() == 1


def test_the_page_shows_ones_own_and_leads_on(office: Office) -> None:
    tell(office, "林悦", title="轮到您了", link="/gallery/mine/")
    tell(office, "周航", title="给周航的")
    browser = as_(office, "林悦")
    html = browser.get(reverse("notices:index")).content.decode()
    assert "轮到您了" in html
    assert "给周航的" not in html
    mine, other = (Notice.objects.get(to_id=office.id(who)) for who in ("林悦", "周航"))
    answer = browser.get(reverse("notices:follow", args=[mine.id]))
    assert answer["Location"] == "/gallery/mine/"
    assert queries.unread(office.id("林悦"), office.site) == 0
    assert browser.get(reverse("notices:follow", args=[other.id])).status_code == 404


def test_a_link_elsewhere_is_not_followed(office: Office) -> None:
    tell(office, "林悦", title="看", link="https://evil.example/")
    answer = as_(office, "林悦").get(reverse("notices:follow", args=[Notice.objects.get().id]))
    assert answer["Location"] == reverse("notices:index")


def test_acknowledging_and_seeing_by_the_page(office: Office) -> None:
    tell(office, "郑岚", title="急事", must_acknowledge=True)
    manager = as_(office, "郑岚")
    one = Notice.objects.get()
    assert "知道了" in manager.get(reverse("notices:index")).content.decode()
    manager.post(reverse("notices:acknowledge", args=[one.id]), {"key": "a"})
    one.refresh_from_db()
    assert one.acknowledged_at
    tell(office, "郑岚", title="再一件")
    manager.post(reverse("notices:seen"), {"next": "https://evil.example/"})
    assert queries.unread(office.id("郑岚"), office.site) == 0


def test_each_page_opens_to_those_it_is_for(office: Office) -> None:
    def got_in(name: str) -> list[str]:
        url = reverse(f"notices:{name}")
        return [who for who in office.staff if as_(office, who).get(url).status_code == 200]

    assert got_in("index") == list(office.staff)
    assert got_in("channels") == ["郑岚"]
    for name in ("choose", "try"):
        url = reverse(f"notices:{name}")
        assert as_(office, "林悦").post(url, {"name": "x", "use": "yes"}).status_code == 403
    again = reverse("notices:again", args=[UUID(int=1)])
    assert as_(office, "苏晴").post(again).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_thirty(office: Office) -> None:
    browser, url = as_(office, "林悦"), reverse("notices:index")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(url)
        return len(seen)

    tell(office, "林悦")
    cost()
    few = cost()
    for _ in range(29):
        tell(office, "林悦", clause="TQ-1.1")
    assert cost() == few
