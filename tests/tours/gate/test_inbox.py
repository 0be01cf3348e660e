"""The gates in 待办: a report to confirm, a pass that isn't back, a scan that doesn't fit; each counted once (CV-4.1, CV-4.2)."""

from datetime import timedelta

import pytest

from yingbin.notices.queries import news
from yingbin.tours.actions import breaches, passes
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions.merging import Kept, Queue, merge
from yingbin.tours.inbox import lines
from yingbin.tours.models import GateClash, TourVisit
from yingbin.tours.ticks import tick
from yingbin.web.shell import counts

from .post import Post


def waits(post: Post, who: str) -> list[str]:
    """What 待办 lists for somebody; as many are counted."""
    badge = post.badge(who)
    found = [one.title for one in lines(badge, post.now)]
    assert counts(badge, "headquarters").also == len(found)
    return found


def heard(post: Post, who: str) -> list[str]:
    """Notices counted beside the lines."""
    return [one.kind for one in news(post.id(who), post.site)]


@pytest.mark.clause("CV-4.2")
def test_a_report_waits_for_security_until_one_confirms_it_but_not_for_whoever_it_names(
    post: Post,
) -> None:
    told = {"leader": post.id("韩工"), "note": "从侧门带人"}
    one = post.do(breaches.report_breach, "高磊", **told).breach
    assert waits(post, "郑主管") == ["查实并确认第 1 号违规带人报告"]
    assert (heard(post, "郑主管"), waits(post, "高磊"), waits(post, "韩工")) == ([], [], [])
    named = {"leader": post.id("郑主管"), "note": "又一次"}
    post.do(breaches.report_breach, "高磊", **named)
    assert waits(post, "郑主管") == ["查实并确认第 1 号违规带人报告"]
    post.do(breaches.confirm_breach, "郑主管", breach_id=one, finding="录像对得上")
    assert waits(post, "郑主管") == []


@pytest.mark.clause("CV-4.1")
def test_a_pass_waits_two_hours_after_its_time_for_whoever_handed_it_out(post: Post) -> None:
    number = post.issue(post.visit(hours=1))
    post.issue(post.visit(hours=1, visitor="别家"))
    given = post.row(number).revisions.get()
    post.do(passes.hand_out, "韩工", revisions=(given.id,))
    TourVisit.objects.update(next_clock_at=None)
    post.now = post.row(number).ends_at + timedelta(hours=2, seconds=-1)
    assert waits(post, "韩工") == waits(post, "苏青") == []
    post.later(seconds=30)
    tick(post.now)
    assert waits(post, "韩工") == [f"追回 {number} 号证：云启科技 12 人"]
    assert waits(post, "苏青") == [f"追回 {number + 1} 号证：别家 12 人"], "who issued it"
    assert heard(post, "苏青") == []
    assert heard(post, "周队") == ["gate.overdue"] * 2, "who keeps the gates hears of both"
    post.do(verbs.take_back, "高磊", number=number)
    assert waits(post, "韩工") == []


@pytest.mark.clause("CV-4.1")
def test_a_scan_that_does_not_fit_waits_for_a_supervisor(post: Post) -> None:
    number = post.issue(post.visit())
    post.scan(number)
    through = post.through(number, "南门", device_at=post.now, nonce="one")
    queue = Queue(
        post.gates["南门"], post.now, post.now + timedelta(minutes=1), (Kept(through, let_in=True),)
    )
    post.later(minutes=2)
    post.do(merge, "高磊", told=queue)
    assert waits(post, "周队") == waits(post, "郑主管") == ["核对断线时放行的人：南门"]
    assert (heard(post, "周队"), waits(post, "高磊")) == ([], [])
    clash = GateClash.objects.get()
    post.do(verbs.settle_clash, "周队", clash_id=clash.id, finding="同一位")
    assert waits(post, "周队") == []
