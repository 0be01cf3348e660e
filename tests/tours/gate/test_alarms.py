"""Guests who stay too long, passes that aren't back, words that are erased, and another place's gates (CV-4.1)."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from yingbin.customers.actions import register_customer
from yingbin.journal.write import Pen
from yingbin.notices.models import Notice
from yingbin.people.models import Site
from yingbin.rules.decision import Refused
from yingbin.tours.actions import breaches, gates
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.models import Gate, GateDevice, GateEvent, TourVisit
from yingbin.tours.privacy import erase
from yingbin.tours.ticks import tick

from .post import Post


def heard(post: Post, who: str) -> list[str]:
    rows = Notice.objects.filter(to_id=post.id(who), kind__startswith="gate.").order_by("id")
    return list(rows.values_list("kind", flat=True))


def over(post: Post, **span: float) -> int:
    """Time goes on, and the worker looks; visits themselves are none of its business here."""
    TourVisit.objects.update(next_clock_at=None)
    post.later(**span)
    return tick(post.now)


@pytest.mark.clause("CV-4.1")
def test_an_escort_hears_once_that_the_guests_are_still_here(post: Post) -> None:
    number = post.issue(post.visit(hours=1), 3)
    post.scan(number, count=2)
    assert over(post, minutes=74) == 0, "a quarter of an hour is given"
    assert over(post, minutes=1) == 1
    assert over(post, minutes=5) == 0, "once"
    assert heard(post, "韩工") == heard(post, "周队") == ["gate.overstay"]
    assert "还有 2 人在场" in Notice.objects.filter(kind="gate.overstay")[0].title
    page = post.browser("高磊").get(reverse("tours:here")).content.decode()
    assert "时间已过" in page


@pytest.mark.clause("CV-4.1")
def test_a_pass_that_is_not_back_two_hours_later_is_the_supervisors_alarm(post: Post) -> None:
    number, given = post.issue(post.visit(hours=1)), post.issue(post.visit(hours=1))
    post.do(verbs.take_back, "高磊", number=given)
    assert over(post, hours=2, minutes=59) == 0
    assert over(post, minutes=2) == 1
    assert over(post, minutes=2) == 0
    assert heard(post, "周队") == ["gate.overdue"]
    assert f"{number} 号证还没有交还" in Notice.objects.filter(kind="gate.overdue")[0].title
    page = post.browser("周队").get(reverse("tours:evening")).content.decode()
    assert "该交还了" in page


def test_who_left_in_time_and_gave_the_pass_back_troubles_nobody(post: Post) -> None:
    number = post.issue(post.visit(hours=1))
    post.scan(number)
    post.out(number)
    post.do(verbs.take_back, "高磊", number=number)
    assert over(post, hours=5) == 0


def test_void_while_its_guests_are_inside_they_are_still_asked_for(post: Post) -> None:
    number = post.issue(post.visit(hours=1), 2)
    post.scan(number, count=2)
    post.do(verbs.revoke, "苏青", number=number, reason="提前结束")
    assert over(post, minutes=80) == 1
    assert heard(post, "韩工") == ["gate.overstay"]


def test_what_was_written_of_a_guest_goes_when_they_ask_and_the_rest_stands(post: Post) -> None:
    known: list[Any] = []

    def card(pen: Pen) -> dict[str, object]:
        known.append(register_customer(pen=pen, name="许文博", phone="13800138000"))
        return {}

    post.within(card, "苏青")
    number = post.issue(post.visit(opens=60, customer_id=known[0].id))
    post.admit(number)
    assert GateEvent.objects.get(event="admit").words == {"reason": "公司临时安排"}

    def gone(pen: Pen) -> dict[str, object]:
        pen.append("customer.erased", {"customers": [str(known[0].id)]})
        erase(pen=pen, customer_ids=[known[0].id])
        return {}

    post.within(gone, "苏青")
    kept = GateEvent.objects.get(event="admit")
    assert (kept.words, kept.code) == ({}, "ok")
    assert [f for f in post.faults() if "门岗" in f] == []


@pytest.fixture
def elsewhere(post: Post) -> GateDevice:
    """A gate of another headquarters."""
    site = Site.objects.create(kind="headquarters", code="fen", name="分部", short_name="分部")
    gate = Gate.objects.create(
        site=site, name="西门", areas=[], on_site=True, seq=1, opened_at=post.now
    )
    return GateDevice.objects.create(site=site, gate=gate, number=1, seq=2, made_at=post.now)


@pytest.mark.parametrize(
    "page", ["gate", "gate_shell", "find_pass", "scan", "gate_list", "gate_merge"]
)
def test_the_gates_of_another_place_are_not_there(
    post: Post, elsewhere: GateDevice, page: str
) -> None:
    to = reverse(f"tours:{page}", args=[elsewhere.id])
    browser = post.browser("周队")
    reads = page in ("gate", "gate_shell", "find_pass")
    answer = browser.get(to) if reads else browser.post(to, {"code": "1", "way": "in"})
    assert answer.status_code == 404


def test_nothing_is_done_to_what_belongs_to_another_place(
    post: Post, elsewhere: GateDevice
) -> None:
    for action, told, words in (
        (gates.close_gate, {"gate_id": elsewhere.gate_id}, "没有找到这个门岗"),
        (gates.add_device, {"gate_id": elsewhere.gate_id}, "没有找到这个门岗"),
        (verbs.lose, {"number": 1}, "没有找到这张参观证"),
        (breaches.confirm_breach, {"breach_id": uuid4(), "finding": "x"}, "没有找到这次报告"),
        (verbs.settle_clash, {"clash_id": uuid4(), "finding": "x"}, "已经核对过"),
    ):
        with pytest.raises(Refused, match=words):
            post.do(action, "郑主管", **told)
    number = post.issue(post.visit())
    assert post.row(number).number == 1, "numbers count at each place"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "请写门岗的名称"),
        ({"name": "门" * 21}, "20 个字以内"),
        ({"areas": ("roof",)}, "请选这个门岗守着哪些区域"),
        ({"areas": (), "on_site": False}, "请选这个门岗守着哪些区域"),
        ({"name": "北门"}, "已经有叫北门的门岗"),
    ],
)
def test_a_gate_that_makes_no_sense_is_not_set_up(
    post: Post, told: dict[str, Any], words: str
) -> None:
    said = {"name": "东门", "areas": ("rnd",), "on_site": True, **told}
    with pytest.raises(Refused, match=words):
        post.do(gates.add_gate, "苏青", **said)


def test_a_closed_gates_name_is_free_again_and_who_went_in_by_it_is_still_counted(
    post: Post,
) -> None:
    number = post.issue(post.visit(), 2)
    post.scan(number, "北门", count=2)
    gate = GateDevice.objects.get(id=post.gates["北门"]).gate
    post.do(gates.close_gate, "苏青", gate_id=gate.id)
    post.do(gates.add_gate, "苏青", name="北门", areas=("plant",), on_site=True)
    assert post.inside() == {number: 2}
    assert post.out(number, "南门", count=2).allowed
    assert post.inside() == {}
    with pytest.raises(Refused, match="可能已经停用"):
        post.scan(number, "北门")
