"""Supervision ends with its time, its withdrawal or the delegate's last role here (TQ-11)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.leaving import ends
from tests.gallery.test_reception import signed_in
from yingbin.approvals.models import Approval
from yingbin.gallery import ticks
from yingbin.gallery.actions import presence
from yingbin.journal.models import Entry
from yingbin.matters.actions import open_new
from yingbin.notices.models import Notice
from yingbin.people import actions as people
from yingbin.people.models import Assignment, Delegation
from yingbin.people.queries import supervisors


def test_a_delegate_whose_last_role_here_ends_supervises_no_more(hall: Gallery) -> None:
    until = hall.now + timedelta(days=1)
    hall.do(people.delegate, "郑岚", to=hall.id("许诺"), until=until, reason="出差")
    ends(hall, "许诺", role="lead")
    assert Delegation.objects.get().revoked_at is not None
    kinds = Entry.objects.filter(site_id=hall.site).order_by("-seq").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["delegation.revoked", "role.ended"]


def test_withdrawing_a_delegation_leaves_the_queue_as_it_is(hall: Gallery) -> None:
    until = hall.now + timedelta(days=1)
    done = hall.do(people.delegate, "郑岚", to=hall.id("林悦"), until=until, reason="出差")
    before = hall.queue()
    hall.do(people.revoke_delegation, "郑岚", delegation_id=done.delegation)
    assert hall.queue() == before


@pytest.mark.clause("TQ-11")
def test_supervision_that_ends_by_its_time_is_over_on_the_minute_and_everybody_hears_of_it_once(
    hall: Gallery,
) -> None:
    until = hall.now + timedelta(hours=1)
    hall.do(people.delegate, "郑岚", to=hall.id("许诺"), until=until, reason="出差")
    group = hall.arrive(name="张伟")
    delegate_page = signed_in(Client(), hall, "许诺")
    asked = Approval.objects.get(id=hall.do(presence.ask_business_leave, "吴敏", note="去银行"))
    assert delegate_page.get("/gallery/supervision/").status_code == 200
    hall.do(open_new, "许诺", kind="alert", title="查看空调", agreed_at=until)
    hall.now = until
    assert ticks.tick(hall.now) == 2  # the group nobody came for is alerted too
    assert delegate_page.get("/gallery/supervision/").status_code == 403
    told = {"key": "late", "grant": "yes", "reason": "x", "to": str(hall.id("周航"))}
    for address in (
        reverse("gallery:decide_leave", args=[asked.id]),
        reverse("gallery:override", args=[group.id]),
        reverse("gallery:close"),
        reverse("gallery:adjust"),
    ):
        assert delegate_page.post(address, told).status_code == 403, address
    asked.refresh_from_db()
    assert asked.decided_at is None
    heard = Notice.objects.filter(kind="delegation", title="许诺的授权代管到期了")
    assert {hall.name(n.to_id) for n in heard} == {"郑岚", "许诺"}
    assert all("还有 1 件没办完的事" in n.body for n in heard)
    assert ticks.tick(hall.now + timedelta(minutes=1)) == 0
    assert heard.count() == 2


@pytest.mark.clause("TQ-11")
def test_who_holds_no_role_any_more_is_no_supervisor_though_the_delegation_runs_on(
    hall: Gallery,
) -> None:
    hall.do(
        people.delegate,
        "郑岚",
        to=hall.id("许诺"),
        until=hall.now + timedelta(days=2),
        reason="出差",
    )
    Assignment.objects.filter(staff_id=hall.id("许诺")).update(until=hall.now)
    assert {s.name for s in supervisors(hall.site, hall.now)} == {"郑岚"}
