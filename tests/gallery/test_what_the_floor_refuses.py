"""What the floor refuses says why and what to do next, and leaves no trace (TQ-1.1, TQ-6, TQ-11)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.gallery.conftest import Gallery
from yingbin.gallery.actions import arrivals, cases, days, presence, receptions, reopening
from yingbin.gallery.actions import supervision as supervising
from yingbin.gallery.models import Dispute, Visit
from yingbin.journal.models import Ledger
from yingbin.rules.decision import Refused


def refuses(
    hall: Gallery,
    words: str,
    action: Callable[..., Any],
    by: str,
    clause: str = "TQ-11",
    /,
    **told: Any,
) -> None:
    """The action is refused in these words under this clause, and nothing is written of it."""
    before = Ledger.objects.get(site_id=hall.site).seq
    with pytest.raises(Refused, match=re.escape(words)) as no:
        hall.do(action, by, **told)
    assert (no.value.clause or "") == clause
    assert Ledger.objects.get(site_id=hall.site).seq == before


@pytest.mark.clause("TQ-11")
def test_an_arrival_is_taken_back_once_by_whoever_wrote_it_or_the_manager(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    back = arrivals.undo_arrival
    refuses(hall, "不是您登记的，请登记人本人或销售经理撤销", back, "叶小满", visit_id=visit.id, may_any=False)  # fmt: skip
    hall.do(back, "苏晴", visit_id=visit.id, may_any=False)
    refuses(hall, "已经撤销过了，不用再撤", back, "苏晴", visit_id=visit.id, may_any=False)
    refuses(hall, "可能已经收场。请刷新页面。", back, "苏晴", visit_id=uuid4(), may_any=False)
    refuses(
        hall, "可能已经撤销或收场。请刷新页面。", receptions.accept_turn, "林悦", visit_id=visit.id
    )


@pytest.mark.clause("TQ-11")
def test_two_minutes_later_an_arrival_is_a_matter_for_the_manager(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    hall.later(2.1)
    for by, any_ in (("苏晴", False), ("郑岚", True)):
        refuses(hall, "已超过2分钟，不能撤销。请销售经理用调派或更正处理。", arrivals.undo_arrival, by,
                visit_id=visit.id, may_any=any_)  # fmt: skip


def test_nobody_comes_for_a_group_that_waits_or_only_asks_the_way(hall: Gallery) -> None:
    asks = hall.arrive(kind="enquirer")
    refuses(
        hall, "页面可能已过时，请刷新看看", receptions.accept_turn, "林悦", "", visit_id=asks.id
    )
    for name in ("甲", "乙", "丙", "丁"):
        hall.arrive(name=name)
    waits = hall.arrive(name="戊")
    assert hall.receiver(waits) == ""
    refuses(hall, "页面可能已过时，请刷新看看", receptions.finish, "林悦", "", visit_id=waits.id)


@pytest.mark.clause("TQ-6")
def test_what_is_no_unrelated_visit_is_not_claimed(hall: Gallery) -> None:
    claim = receptions.claim_unrelated
    peer = hall.arrive(kind="peer")
    refuses(
        hall,
        "本来就不计次，不用申报",
        claim,
        hall.receiver(peer),
        "TQ-6",
        visit_id=peer.id,
        note="同行",
    )
    visit = hall.arrive(name="张伟")
    refuses(hall, "请写明客户是谁", claim, "林悦", "TQ-6", visit_id=visit.id, note="  ")
    refuses(hall, "只有接待这批客户的人", claim, "周航", "TQ-6", visit_id=visit.id, note="是我表哥")
    hall.do(claim, "林悦", visit_id=visit.id, note="是我表哥")
    refuses(hall, "正在等销售经理核实", claim, "林悦", "TQ-6", visit_id=visit.id, note="是我表哥")


@pytest.mark.clause("TQ-6")
def test_a_claim_is_answered_once_with_a_reason_and_by_somebody_else(hall: Gallery) -> None:
    visit, answer = hall.arrive(name="张伟"), receptions.decide_claim
    asked = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="是我表哥")
    told = {"claim_id": asked, "confirm": True, "how": "客户当面说的"}
    refuses(hall, "不能核实自己的申报", answer, "林悦", "TQ-6", **told)
    refuses(hall, "请写明客户怎样当面证实", answer, "郑岚", "TQ-6", **(told | {"how": " "}))
    refuses(
        hall,
        "请写明不予确认的原因",
        answer,
        "郑岚",
        "TQ-6",
        **(told | {"how": " ", "confirm": False}),
    )
    refuses(
        hall,
        "没有找到这条申报，请刷新页面",
        answer,
        "郑岚",
        "TQ-6",
        **(told | {"claim_id": uuid4()}),
    )
    hall.do(answer, "郑岚", **told)
    refuses(hall, "已经处理过了，请刷新看结果", answer, "郑岚", "TQ-6", **told)
    assert hall.person("林悦").counted == 0


@pytest.mark.clause("TQ-11")
def test_an_open_day_is_not_opened_again_and_takes_nobody_by_the_list(hall: Gallery) -> None:
    refuses(hall, "今天已经开场了，请刷新页面", days.open_gallery, "郑岚")
    refuses(
        hall, "正开着场，不用重新开场", reopening.reopen_gallery, "郑岚", reason="又有客户", gone=[]
    )
    everybody = [hall.id("赵雨桐")]
    refuses(
        hall, "晚到的同事请自己签到，或逐位代为签到", presence.sign_in_all, "郑岚", who=everybody
    )


@pytest.mark.clause("TQ-11")
def test_a_day_left_open_takes_nothing_of_the_next(hall: Gallery) -> None:
    hall.now += timedelta(days=1)
    told = {"arrival": arrivals.Arrival(name="张伟", first_visit=True, contacted=False)}
    refuses(hall, "11月21日还没有收场，今天的事不能记到那一天。请销售经理先在督导页收场，再开今天的场。",
            arrivals.record_arrival, "苏晴", **told)  # fmt: skip
    refuses(hall, "11月21日还没有收场，请先收场再开今天的场", days.open_gallery, "郑岚")
    assert not Visit.objects.exists()


@pytest.mark.clause("TQ-11")
def test_before_the_opening_each_salesperson_is_there_once(gallery: Gallery) -> None:
    gallery.do(presence.sign_in, "林悦", who=gallery.id("林悦"))
    refuses(
        gallery,
        "您今天已经签到了，等经理开场即可",
        presence.sign_in,
        "林悦",
        who=gallery.id("林悦"),
    )
    refuses(gallery, "苏晴现在不是本案场的置业顾问，不能签到。要排接待，请先在人员页", presence.sign_in, "苏晴",
            who=gallery.id("苏晴"))  # fmt: skip
    refuses(
        gallery, "没到的不勾，到了的勾上", presence.sign_in_all, "郑岚", who=[gallery.id("林悦")]
    )
    assert (
        gallery.do(presence.sign_in_all, "郑岚", who=[gallery.id(n) for n in ("林悦", "周航")]) == 1
    )
    refuses(gallery, "请销售经理先在督导页开场", receptions.accept_turn, "林悦", visit_id=uuid4())


@pytest.mark.clause("TQ-11")
def test_a_correction_is_small_and_says_why(hall: Gallery) -> None:
    adjust, whom = supervising.adjust, {"who": hall.id("林悦")}
    for told in ({"count": 21}, {"turns": -21}):
        refuses(
            hall, "一次更正不能超过 20，请核对数字", adjust, "郑岚", **whom, reason="记错了", **told
        )
    refuses(hall, "请填要加减多少", adjust, "郑岚", **whom, reason="记错了")
    refuses(hall, "请写明为什么更正", adjust, "郑岚", **whom, reason=" ", count=1)
    hall.do(adjust, "郑岚", **whom, reason="记错了", count=20, turns=-20)
    assert (hall.person("林悦").counted, hall.person("林悦").owes) == (20, 20)


@pytest.mark.clause("TQ-11")
def test_a_customer_has_one_open_dispute_and_it_is_told_of_in_its_place(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    told = {"customer_id": visit.customer_id, "parties": [hall.id("林悦")], "words": "来电是我接的"}
    first = hall.do(cases.open_dispute, "陈思远", **told)
    again = cases.open_dispute
    refuses(hall, "已经有一件没有裁定的争议，请在那一件里补充", again, "陈思远", **told)
    refuses(
        hall, "没有找到这位客户，请重新查找", again, "陈思远", **(told | {"customer_id": uuid4()})
    )
    refuses(hall, "至少两位置业顾问", again, "郑岚", **told)
    refuses(
        hall,
        "没有这件争议，请回到争议列表",
        cases.state_case,
        "陈思远",
        dispute_id=uuid4(),
        words="x",
    )
    hall.do(
        cases.rule,
        "郑岚",
        dispute_id=first.dispute,
        for_whom=None,
        reason="来电在先",
        corrections=[],
    )
    hall.do(again, "陈思远", **told)
    assert list(Dispute.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.clause("TQ-3")
def test_who_isnt_a_customer_signs_nothing(hall: Gallery) -> None:
    peer = hall.arrive(kind="peer")
    with pytest.raises(Refused, match="同行市调、找人问路的不用登记"):
        hall.sign(peer)
