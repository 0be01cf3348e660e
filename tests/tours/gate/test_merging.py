"""A gate that loses its line goes on, and everything it let through is there once when the line is back (CV-4.1)."""

from datetime import timedelta
from typing import Any

import pytest

from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions import gates
from yingbin.tours.actions.merging import Kept, Merge, Queue, merge
from yingbin.tours.gate_checking import GatesReplayed
from yingbin.tours.models import GateClash, GateDevice, GateEvent

from .post import Post


class Tablet:
    """A device at a gate without a line: what it decides it keeps."""

    def __init__(self, post: Post, gate: str = "北门", device: Any = None) -> None:
        self.post, self.gate = post, gate
        self.device = device or post.gates[gate]
        self.listed, self.kept = post.now, list[Kept]()
        post.later(seconds=1)

    def scan(self, number: int, *, let_in: bool = True, reason: str = "", **told: Any) -> None:
        """Somebody shows a pass."""
        self.post.later(seconds=20)
        more = {"device_at": self.post.now, "nonce": f"{self.gate}{len(self.kept)}", **told}
        through = self.post.through(number, self.gate, **more)
        self.kept.append(Kept(through, let_in, reason))

    def back(self, by: str = "高磊", *, ahead: int = 0) -> Merge:
        """The line is back; the device's clock is `ahead` minutes."""
        self.post.later(minutes=1)
        sent = self.post.now + timedelta(minutes=ahead, seconds=1)
        queue = Queue(self.device, self.listed, sent, tuple(self.kept))
        done: Merge = self.post.do(merge, by, told=queue)
        return done


@pytest.mark.clause("CV-4.1")
def test_what_a_gate_let_in_without_a_line_is_counted_when_it_is_back(post: Post) -> None:
    number = post.issue(post.visit(), persons=3)
    tablet = Tablet(post)
    tablet.scan(number, count=2)
    assert post.inside() == {}, "nobody else knows yet"
    assert tablet.back() == Merge(1, 0, 0)
    assert post.inside() == {number: 2}
    assert post.log() == [("offline", "ok"), ("scan", "ok"), ("online", "ok")]
    assert tablet.back() == Merge(0, 1, 0), "each scan is delivered once, however often it is sent"
    assert post.inside() == {number: 2}


@pytest.mark.clause("CV-4.1")
def test_a_copied_pass_comes_in_once_a_gate_off_line_and_the_merge_is_an_alarm(post: Post) -> None:
    number = post.issue(post.visit())
    north, south = Tablet(post, "北门"), Tablet(post, "南门")
    north.scan(number)
    south.scan(number)
    assert north.back() == Merge(1, 0, 0)
    assert south.back() == Merge(1, 0, 1)
    clash = GateClash.objects.get()
    assert (clash.code, clash.beside and clash.beside.device.gate.name) == ("already_in", "北门")
    heard = Notice.objects.filter(kind="gate.clash", to_id=post.id("周队"))
    assert heard.count() == 1
    post.do(
        verbs.settle_clash, "周队", clash_id=clash.id, finding="同一位客人先后出示，场内只有一人"
    )
    with pytest.raises(Refused, match="已经核对过"):
        post.do(verbs.settle_clash, "周队", clash_id=clash.id, finding="又一次")
    assert list(GatesReplayed(post.site).faults()) == []


@pytest.mark.clause("CV-4.1")
def test_a_pass_revoked_while_the_gate_was_off_line_is_an_alarm_afterwards(post: Post) -> None:
    number = post.issue(post.visit())
    tablet = Tablet(post)
    post.do(verbs.revoke, "苏青", number=number, reason="不来了")
    tablet.scan(number)
    assert tablet.back().clashes == 1
    assert GateClash.objects.get().code == "void"


def test_what_the_device_refused_lets_nobody_in_whatever_the_rules_say(post: Post) -> None:
    number = post.issue(post.visit())
    tablet = Tablet(post)
    tablet.scan(number, let_in=False)
    assert tablet.back() == Merge(0, 0, 0)
    assert post.inside() == {}
    kept = GateEvent.objects.get(event="scan")
    assert (kept.code, kept.fields["fault"]) == ("unknown_pass", "refused_there")


def test_what_the_device_let_in_against_the_rules_is_an_alarm(post: Post) -> None:
    number = post.issue(post.visit(opens=120))
    tablet = Tablet(post)
    tablet.scan(number)
    assert tablet.back() == Merge(0, 0, 1)
    assert GateClash.objects.get().code == "too_early"
    assert post.inside() == {}


def test_a_clock_that_goes_wrong_is_put_right_by_the_difference_at_delivery(post: Post) -> None:
    number = post.issue(post.visit())
    tablet = Tablet(post)
    tablet.scan(number, device_at=post.now + timedelta(minutes=40))
    tablet.back(ahead=40)
    scan = GateEvent.objects.get(event="scan")
    assert abs((scan.at - post.now).total_seconds()) < 120
    order = [row.event for row in GateEvent.objects.order_by("at", "number")]
    assert order == ["offline", "scan", "online"]


@pytest.mark.clause("CV-4.1")
def test_a_supervisor_admits_without_a_line_and_a_guard_may_not(post: Post) -> None:
    number = post.issue(post.visit(opens=60))
    tablet = Tablet(post)
    tablet.scan(number, reason="领导让先进")
    assert tablet.back("周队") == Merge(1, 0, 0)
    assert post.inside() == {number: 1}
    again = Tablet(post, "南门")
    again.scan(post.issue(post.visit(opens=60)), reason="想先进")
    assert again.back("高磊").clashes == 1
    assert GateClash.objects.get().code == "not_supervisor"


def test_a_wiped_tablet_is_another_device_and_the_gate_goes_on(post: Post) -> None:
    lost = Tablet(post)
    lost.scan(post.issue(post.visit()))
    gate = GateDevice.objects.get(id=post.gates["北门"]).gate
    new = post.do(gates.add_device, "高磊", gate_id=gate.id)
    assert str(GateDevice.objects.get(id=new)) == "北门·2号机"
    number = post.issue(post.visit())
    fresh = Tablet(post, "北门", new)
    fresh.scan(number)
    assert fresh.back().merged == 1
    assert post.inside() == {number: 1}


def test_a_scan_whose_answer_was_lost_on_the_way_is_not_taken_in_twice(post: Post) -> None:
    """It was decided with a line; the device didn't hear the answer and kept it."""
    number = post.issue(post.visit())
    post.scan(number, nonce="北门0")
    tablet = Tablet(post)
    tablet.scan(number)
    assert tablet.back() == Merge(0, 1, 0)
    assert post.inside() == {number: 1}


def test_a_queue_that_is_no_queue_is_refused_in_words(post: Post) -> None:
    from uuid import uuid4

    with pytest.raises(Refused, match="没有找到这个门岗"):
        post.do(merge, "高磊", told=Queue(uuid4(), post.now, post.now, ()))
