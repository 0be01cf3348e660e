"""Two days of a gallery with every kind of fact that the journal witnesses, made by the real actions."""

from datetime import time, timedelta

from tests.gallery.conftest import Gallery
from tests.gallery.test_importing import Office, row
from yingbin.approvals import actions as approvals
from yingbin.customers.actions import (
    assign_receiver,
    consent,
    dismiss_pair,
    hand_out_person,
    merge,
    register,
    reveal,
    undo_merge,
)
from yingbin.customers.models import CustomerPhone
from yingbin.gallery.actions import (
    agencies,
    arrivals,
    calls,
    cases,
    days,
    outage,
    presence,
    receptions,
    steps,
    supervision,
    waiting,
)
from yingbin.gallery.actions.book import hand_out
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.casefiles import hand_out_case
from yingbin.gallery.models import GalleryDay
from yingbin.matters.actions import act
from yingbin.matters.models import Matter
from yingbin.notices.hooks import add_hook, address
from yingbin.people.actions import (
    assign_role,
    delegate,
    set_exception,
    set_hours,
    share_tablet,
    staff_leaves,
)
from yingbin.people.actions.tokens import make_token
from yingbin.reports.actions import issue
from yingbin.sheets.actions import Copy


def rich(hall: Gallery) -> Gallery:
    """Everything happens at this open gallery; the first day is closed, the second goes on."""
    _groups(hall)
    _requests(hall)
    _book(hall)
    _quarrel(hall)
    _people(hall)
    _evening(hall)
    return hall


def _groups(hall: Gallery) -> None:
    hall.do(steps.note_needs, "林悦", visit_id=_with(hall, "张伟", "13812340001"), needs=NEEDS)
    wrong = hall.arrive(name="点错了")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    named = hall.arrive(name="李莉", phone="13812340002", named="吴敏", group_size=3)
    hall.arrive(kind="peer", note="同行")
    hall.arrive(kind="enquirer")
    hall.do(supervision.override, "郑岚", visit_id=named.id, to=hall.id("周航"), reason="客户要求换人",
            counts=True)  # fmt: skip
    hall.do(supervision.adjust, "郑岚", who=hall.id("吴敏"), reason="漏记一次", count=1)
    waits = hall.arrive(name="赵先生", named="周航", looks="灰大衣", looked_for="售楼处")
    hall.do(waiting.describe, "苏晴", visit_id=waits.id, looks="灰大衣", seat_at="3 号桌")
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, phone="13812340003", name="赵先生")


NEEDS = steps.NeedsTold(area_min=90, rooms="3", budget_max=300, said="想要南向，离地铁近")


def _with(hall: Gallery, name: str, phone: str) -> object:
    visit = hall.arrive(name=name, phone=phone, first_visit=True, group_size=2)
    who = hall.receiver(visit)
    hall.do(receptions.accept_turn, who, visit_id=visit.id)
    hall.do(steps.do_step, who, visit_id=visit.id, which="model", things=("沙盘",), note="很仔细",
            next_contact=hall.now + timedelta(days=2))  # fmt: skip
    return visit.id


def _requests(hall: Gallery) -> None:
    visit = hall.arrive(name="装修公司")
    who = hall.receiver(visit)
    hall.finish(visit)
    told = hall.do(receptions.claim_unrelated, who, visit_id=visit.id, note="业务员")
    hall.do(receptions.decide_claim, "郑岚", claim_id=told, confirm=True, how="出示名片")
    for grant in (False, True):
        asked = hall.do(presence.ask_business_leave, "吴敏", note="去银行")
        hall.do(approvals.decide, "郑岚", approval_id=asked, grant=grant, words="稍后再去")
    hall.do(presence.come_back, "吴敏", who=hall.id("吴敏"))


def _book(hall: Gallery) -> None:
    rang = CallTold(phone="13812340004", name="钱女士", asked="学区", source="friend")
    hall.do(calls.record_call, "吴敏", told=rang)
    values = {"opening": "sign_in", "channels": True}
    hall.do(days.set_policy, "郑岚", values=values, reason="开渠道")
    made = hall.do(agencies.add_agency, "郑岚", name="好房中介")
    hall.do(agencies.register_by_agency, "苏晴", agency_id=made, name="孙总",
            phone="13812340005")  # fmt: skip
    Office(hall).bring([row("2025-03-08", "老客户", "13712340006")], receivers=True)
    hall.do(hand_out, "郑岚", why="总部检查", form="sheet", since=None, until=None, rows=3)
    then = hall.now - timedelta(hours=2)
    late = outage.Late(
        began_at=then, receiver=hall.id("陈思远"), name="纸上客", phone="13812340007"
    )
    hall.do(outage.enter_late, "郑岚", lines=[late])


def _quarrel(hall: Gallery) -> None:
    first = hall.do(register, "苏晴", name="周先生", phone="13812340008").customer
    second = hall.do(register, "苏晴", name="周太太", phone="13812340009").customer
    third = hall.do(register, "苏晴", name="周小姐").customer
    hall.do(merge, "郑岚", into_id=first, source_id=second, why="夫妻")
    again = hall.do(merge, "郑岚", into_id=first, source_id=third, why="以为是女儿")
    hall.do(undo_merge, "郑岚", merge_id=again.merge)
    hall.do(dismiss_pair, "郑岚", one_id=first, other_id=third)
    hall.do(consent, "苏晴", customer_id=first, how="spoken")
    phone = CustomerPhone.objects.get(customer_id=first)
    hall.do(reveal, "林悦", customer_id=first, phone_id=phone.id, why="回电")
    hall.do(hand_out_person, "郑岚", customer_id=first, reason="本人查阅")
    hall.do(assign_receiver, "郑岚", customer_id=third, staff_id=hall.id("林悦"), reason="熟人")
    parties = [hall.id("林悦"), hall.id("吴敏")]
    told = hall.do(cases.open_dispute, "林悦", customer_id=first, parties=parties, words="我先接待")
    hall.do(cases.state_case, "吴敏", dispute_id=told.dispute, words="来电在先")
    adjusted = [cases.Correction(hall.id("吴敏"), turns=1)]
    hall.do(cases.rule, "郑岚", dispute_id=told.dispute, for_whom=hall.id("林悦"),
            reason="登记在先", corrections=adjusted)  # fmt: skip
    copy = Copy("pdf", None, None, 9, "ab" * 32)
    hall.do(
        hand_out_case, "郑岚", customer_id=first, dispute_id=told.dispute, copy=copy, why="复核"
    )


def _people(hall: Gallery) -> None:
    hall.do(assign_role, "顾北", staff_id=hall.id("苏晴"), role="lead")
    hall.do(staff_leaves, "顾北", staff_id=hall.id("叶小满"))
    until = hall.now + timedelta(days=2)
    hall.do(delegate, "郑岚", to=hall.id("许诺"), until=until, reason="出差")
    hall.do(
        set_hours,
        "顾北",
        hours={0: [(time(9), time(18))], 5: [(time(9), time(12)), (time(13), time(19))]},
    )
    hall.do(set_exception, "顾北", day=hall.now.date() + timedelta(days=9), works=False)
    {"site_id": hall.site, "by": hall.id("郑岚"), "at": hall.now}
    hall.do(make_token, "郑岚", name="大屏", kind="device", scopes=["queue.read"],
            acts_as=hall.id("郑岚"))  # fmt: skip
    hall.do(share_tablet, "郑岚", name="前台平板")
    hall.do(add_hook, "郑岚", to=address("https://93.184.216.34/in"), kinds=["day.closed"])
    owed = Matter.objects.filter(kind="follow_up", closed_at=None).first()
    assert owed is not None
    hall.do(act, "郑岚", matter_id=owed.id, verb="note", note="请尽快")


def _evening(hall: Gallery) -> None:
    from yingbin.gallery.queries import board as boards

    while busy := [p.visit for p in boards.board(hall.site).people if p.visit]:  # type: ignore[union-attr]
        hall.finish(busy[0])
    hall.do(days.close_gallery, "郑岚")
    issue(day=GalleryDay.objects.get(), at=hall.now)
    hall.now += timedelta(days=1)
    for name in ("林悦", "周航"):
        hall.do(presence.sign_in, name, who=hall.id(name))
    hall.do(days.open_gallery, "郑岚")
    hall.arrive(name="第二天的客户", phone="13812340010")
