"""A ruling: who may make it, what it moves and corrects, and when it waits (TQ-11)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions import cases, days, presence
from yingbin.gallery.actions.cases import Correction
from yingbin.gallery.actions.succession import succeed
from yingbin.gallery.models import Dispute, GalleryDay, Ruling, TurnDecision, TurnEvent, Visit
from yingbin.gallery.queries import history
from yingbin.gallery.ticks import tick
from yingbin.notices.models import Notice
from yingbin.people.actions import staff_leaves
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-11")
def test_a_ruling_moves_the_customer_and_the_accounts_and_no_past_decision(
    quarrel: tuple[Gallery, Visit, Dispute],
) -> None:
    hall, _visit, dispute = quarrel
    before = list(TurnDecision.objects.order_by("seq", "position").values())
    adjusted = [
        Correction(hall.id("林悦"), count=-1, turns=1),
        Correction(hall.id("陈思远"), count=1),
    ]
    hall.do(
        cases.rule,
        "郑岚",
        dispute_id=dispute.id,
        for_whom=hall.id("陈思远"),
        reason="来电在先",
        corrections=adjusted,
    )
    assert receiver_of_record(hall.site, dispute.customer_id) == hall.id("陈思远")
    assert hall.person("林悦").counted == 0
    assert hall.person("陈思远").counted == 1
    assert len(hall.person("林悦").make_up) == 1
    after = list(TurnDecision.objects.order_by("seq", "position").values())
    assert after[: len(before)] == before
    assert history.disagreements(GalleryDay.objects.get()) == []


@pytest.mark.clause("TQ-11")
def test_nobody_rules_in_their_own_case_or_without_a_reason(
    quarrel: tuple[Gallery, Visit, Dispute],
) -> None:
    hall, _, dispute = quarrel
    told = {"dispute_id": dispute.id, "for_whom": None, "corrections": []}
    with pytest.raises(Refused, match="当事人"):
        hall.do(cases.rule, "林悦", reason="我的", **told)
    with pytest.raises(Refused, match="请写明依据"):
        hall.do(cases.rule, "郑岚", reason=" ", **told)
    with pytest.raises(Refused, match="争议的一方"):
        hall.do(cases.rule, "郑岚", reason="x", **(told | {"for_whom": hall.id("吴敏")}))
    with pytest.raises(Refused, match="当事人和销售经理"):
        hall.do(cases.state_case, "吴敏", dispute_id=dispute.id, words="我也看见了")


@pytest.mark.clause("TQ-11")
def test_a_ruling_in_the_evening_corrects_the_accounts_after_the_next_opening(
    quarrel: tuple[Gallery, Visit, Dispute],
) -> None:
    hall, _, dispute = quarrel
    hall.do(days.close_gallery, "郑岚")
    adjusted = [Correction(hall.id("陈思远"), turns=1)]
    hall.do(cases.rule, "郑岚", dispute_id=dispute.id, for_whom=None, reason="补一轮",
            corrections=adjusted)  # fmt: skip
    assert Ruling.objects.get().applied_at is None
    hall.now += timedelta(days=1)
    hall.do(presence.sign_in, "陈思远", who=hall.id("陈思远"))
    hall.do(days.open_gallery, "郑岚")
    tick(hall.now)
    tick(hall.now)
    assert Ruling.objects.get().applied_at is not None
    assert len(hall.person("陈思远").make_up) == 1


@pytest.mark.clause("TQ-11")
def test_a_later_ruling_refers_to_the_one_it_replaces(
    quarrel: tuple[Gallery, Visit, Dispute],
) -> None:
    hall, _, dispute = quarrel
    for who in ("陈思远", "林悦"):
        hall.do(cases.rule, "郑岚", dispute_id=dispute.id, for_whom=hall.id(who), reason="裁定",
                corrections=[])  # fmt: skip
    first, second = Ruling.objects.order_by("seq")
    assert second.replaces_id == first.id
    assert receiver_of_record(hall.site, dispute.customer_id) == hall.id("林悦")


@pytest.mark.clause("TQ-11")
def test_the_manager_rules_by_page_and_a_refusal_keeps_the_reason(
    client: Client, quarrel: tuple[Gallery, Visit, Dispute]
) -> None:
    hall, _, dispute = quarrel
    page = signed_in(client, hall, "郑岚")
    posted = {"key": "r1", "for_whom": str(hall.id("陈思远")), "reason": "来电在先",
              f"turns-{hall.id('林悦')}": "一"}  # fmt: skip
    refused = page.post(f"/gallery/cases/{dispute.id}/rule/", posted)
    assert refused.status_code == 422
    assert "来电在先" in refused.content.decode()
    posted[f"turns-{hall.id('林悦')}"] = "1"
    assert page.post(f"/gallery/cases/{dispute.id}/rule/", posted).status_code == 302
    text = page.get(f"/gallery/cases/{dispute.id}/").content.decode()
    assert "裁定" in text
    assert "轮次 +1" in text


@pytest.mark.clause("TQ-11")
def test_a_party_who_has_left_is_not_ruled_for_and_the_refusal_says_what_to_do(
    quarrel: tuple[Gallery, Visit, Dispute], client: Client
) -> None:
    hall, _, dispute = quarrel
    hall.do(staff_leaves, "顾北", staff_id=hall.id("林悦"))
    told = {"dispute_id": dispute.id, "reason": "到访在先", "corrections": []}
    with pytest.raises(Refused, match=r"林悦现在不是本案场的置业顾问.*离职交接.*归属不变"):
        hall.do(cases.rule, "郑岚", for_whom=hall.id("林悦"), **told)
    hall.do(succeed, "郑岚", leaver=hall.id("林悦"), to=[hall.id("吴敏")], reason="离职")
    page = signed_in(client, hall, "郑岚").get(f"/gallery/cases/{dispute.id}/").content.decode()
    assert "林悦现在不是本案场的置业顾问" in page
    offered = re.findall(r'name="for_whom" value="([^"]*)"', page)
    assert offered == [str(hall.id("陈思远")), str(hall.id("吴敏")), ""]
    hall.do(cases.rule, "郑岚", for_whom=hall.id("吴敏"), **told)
    assert receiver_of_record(hall.site, dispute.customer_id) == hall.id("吴敏")
    with pytest.raises(Refused, match="要是争议的一方"):
        hall.do(cases.rule, "郑岚", for_whom=hall.id("周航"), **told)


@pytest.mark.clause("TQ-11")
def test_a_ruling_that_waited_and_cannot_correct_a_leavers_account_says_so_once_until_it_is_replaced(
    quarrel: tuple[Gallery, Visit, Dispute],
) -> None:
    hall, _, dispute = quarrel
    hall.do(days.close_gallery, "郑岚")
    hall.do(cases.rule, "郑岚", dispute_id=dispute.id, for_whom=hall.id("陈思远"), reason="来电在先",
            corrections=[Correction(hall.id("林悦"), turns=-1)])  # fmt: skip
    hall.do(staff_leaves, "顾北", staff_id=hall.id("林悦"))
    hall.now += timedelta(days=1)
    for name in ("周航", "吴敏"):
        hall.do(presence.sign_in, name, who=hall.id(name))
    hall.do(days.open_gallery, "郑岚")

    assert tick(hall.now) == tick(hall.now) == 0
    said = Notice.objects.filter(title="争议第 1 号裁定的账目更正做不了")
    assert [hall.name(n.to_id) for n in said] == ["郑岚"]
    assert said.get().body.endswith("请打开这件争议，重新裁定一次。")
    told = {"dispute_id": dispute.id, "reason": "林悦已离职", "corrections": []}
    hall.do(cases.rule, "郑岚", for_whom=None, **told)
    assert tick(hall.now) == 0
    assert said.count() == 1
    assert [r.applied_at is None for r in Ruling.objects.order_by("seq")] == [True, False]
    assert not TurnEvent.objects.filter(event__event="adjust").exists()
