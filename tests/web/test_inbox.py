"""待办: what waits for one, the late first, with a number that is live; below it what one asked oneself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db.models import Value
from django.db.models.expressions import Combinable
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import SATURDAY
from tests.force import guards_off
from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.gallery.actions import presence, receptions
from yingbin.pages import wing
from yingbin.pages.wing import Wing, all_wings
from yingbin.people.actions import delegate
from yingbin.people.frame import InboxLine
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import Badge, badge
from yingbin.web import navigation
from yingbin.web.frame import _turn
from yingbin.web.live import topics

CHECK = "样板间开门检查"


def checks(badge: Badge, at: datetime) -> list[InboxLine]:
    """A wing's due checks: one an hour late, one due soon, one due tomorrow."""
    hours = {"一": -1, "三": 24, "二": 1}
    return [
        InboxLine("检查", f"{CHECK}{n}", "/now/", at, due_at=at + timedelta(hours=h))
        for n, h in hours.items()
        if badge.may("turns.supervise")
    ]


def how_many_checks(badge: Badge, at: datetime) -> Combinable:
    """Their number, as a part of the frame's one question."""
    return Value(len(checks(badge, at)))


@pytest.fixture
def duty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A wing with due checks, which has no page in the group 待办."""
    more = Wing(
        app="checks",
        inbox=(f"{__name__}.checks",),
        inbox_counts=(f"{__name__}.how_many_checks",),
    )
    every = (*all_wings(), more)
    for module in (wing, navigation):
        monkeypatch.setattr(module, "all_wings", lambda: every)
    navigation.also_waiting.cache_clear()
    yield
    navigation.also_waiting.cache_clear()


def number(hall: Gallery, who: str) -> str:
    """The number of 待办 as it comes in live."""
    me = badge(Staff.objects.get(id=hall.id(who)), hall.site, hall.now)
    made = topics()["shell"].render(Viewer(me, "shell"))["n-inbox"]
    return made.replace('<span class="count">', "").replace("</span>", "").strip()


def read(hall: Gallery, who: str) -> str:
    """The page 待办 of this person, without what it says in the frame."""
    html = signed_in(Client(), hall, who).get("/inbox/").content.decode()
    return html[html.index("<main") :]


def test_a_wings_due_checks_stand_in_the_list_and_in_the_number(hall: Gallery, duty: None) -> None:
    before = number(hall, "苏晴")
    assert number(hall, "郑岚") == "3"
    html = read(hall, "郑岚")
    assert "1 件已超时" in html
    places = [html.index(f"{CHECK}{n}") for n in "一二三"]
    assert places == sorted(places)
    assert CHECK not in read(hall, "苏晴")
    assert before in ("", "0")


def test_the_longest_late_stands_first_then_what_falls_due_then_what_was_told_last() -> None:
    def line(
        title: str, due: int | None = None, *, since: int = 0, urgent: bool = False
    ) -> InboxLine:
        until = None if due is None else SATURDAY + timedelta(minutes=due)
        at = SATURDAY - timedelta(minutes=since)
        return InboxLine("事", title, "/", at, due_at=until, urgent=urgent)

    wanted = [
        line("昨天就该答复", -1500),
        line("刚过时限，急", -5, urgent=True),
        line("急，还有一小时", 60, urgent=True),
        line("还有十分钟", 10),
        line("明天", 1440),
        line("急的通知", since=30, urgent=True),
        line("刚到的通知", since=1),
        line("早上的通知", since=300),
    ]
    mixed = [*wanted[4:], *wanted[:4]]
    assert sorted(mixed, key=partial(_turn, SATURDAY)) == wanted


def test_leave_waits_for_the_manager_and_is_one_tap_away(hall: Gallery) -> None:
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行送按揭资料")
    page = reverse("approvals:decide", args=[request])
    assert f'href="{page}"' in read(hall, "郑岚").replace("/s/hupan", "")
    assert number(hall, "郑岚") == "1", "not once more for the notice of it"
    assert read(hall, "郑岚").count("去银行送按揭资料") == 1
    manager = signed_in(Client(), hall, "郑岚")
    html = manager.get(page).content.decode()
    assert "去银行送按揭资料" in html
    assert 'name="grant" value="yes"' in html
    assert manager.post(page, {"grant": "yes", "key": "one-tap"}).status_code == 302
    assert hall.person("林悦").status == "away"
    assert number(hall, "郑岚") in ("", "0")


def test_whoever_asked_sees_how_it_stands_and_nothing_of_it_is_counted(hall: Gallery) -> None:
    counted = number(hall, "林悦")
    request = hall.do(presence.ask_business_leave, "林悦", note="去银行")
    html = read(hall, "林悦")
    assert "我提出的" in html
    assert "等审批" in html
    assert number(hall, "林悦") == counted
    hall.do(approvals.decide, "郑岚", approval_id=request, grant=False, words="人手不够")
    html = read(hall, "林悦")
    assert "未批准" in html
    assert "人手不够" in html
    stale = timezone.now() - timedelta(days=2)
    with guards_off():
        Approval.objects.filter(id=request).update(decided_at=stale)
    assert "我提出的" not in read(hall, "林悦")


@pytest.mark.clause("TQ-6")
def test_a_claim_waits_for_the_manager_in_the_same_list(hall: Gallery) -> None:
    visit = hall.arrive(name="王五")
    claim = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司的")
    html = read(hall, "郑岚")
    assert "林悦申报：到访1，请当面核实" in html
    assert f"/gallery/supervision/#c-{claim}" in html
    assert "等经理核实" in read(hall, "林悦")
    assert number(hall, "郑岚") == "1"
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim, confirm=True, how="客户出示名片")
    assert number(hall, "郑岚") in ("", "0")
    html = read(hall, "林悦")
    assert "已确认" in html
    assert "客户出示名片" in html


@pytest.mark.clause("TQ-6")
def test_nobody_is_asked_about_their_own_claim(hall: Gallery) -> None:
    until = hall.now + timedelta(hours=2)
    hall.do(delegate, "郑岚", to=hall.id("林悦"), until=until, reason="开会")
    visit = hall.arrive(name="王五")
    before = number(hall, "林悦")
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司的")
    assert "请当面核实" not in read(hall, "林悦").split("我提出的")[0]
    assert number(hall, "林悦") == before
