"""What nobody may do about a visit, each refused under its clause in words that say what to do; nothing is stored then."""

from typing import Any

import pytest

from yingbin.journal.models import Ledger
from yingbin.rules.decision import Refused
from yingbin.tours.allowed import Look
from yingbin.tours.models import TourEvent, TourVisit
from yingbin.tours.office import standing_now

from .headquarters import Headquarters

WHY = {"reason": "另有安排"}
SCENES: dict[str, Any] = {}


def lived(house: Headquarters) -> None:
    """One visit at each stage."""
    SCENES.clear()
    SCENES["等答复"] = house.apply()
    SCENES["等批示"] = house.apply("institution", areas=())
    SCENES["谢绝"] = house.apply("general", headcount=3)
    SCENES["要特批"] = house.apply(day=2, hour=14)
    SCENES["严申请的"] = house.apply("institution", by="严", areas=())
    SCENES["批准"] = house.approved(day=9)
    SCENES["发了方案"] = house.planned(day=10)
    SCENES["大客户"] = house.approved("key_account", day=11)
    SCENES["取消"] = house.apply(day=12)
    house.act("江", "withdraw", SCENES["取消"])
    SCENES["看关键区"] = house.apply("general", headcount=10, day=13)


def stored(house: Headquarters) -> tuple[object, ...]:
    """All that a refusal must leave as it was."""
    visits = list(TourVisit.objects.filter(site_id=house.site).order_by("id").values())
    ledger = Ledger.objects.get(site_id=house.site)
    return visits, TourEvent.objects.count(), ledger.seq


# who, event, scene, fields → clause, words
REFUSED = [
    ("韩", "reclass", "等答复", {"to": "general", **WHY}, "CV-2", "韩不是接待部的人，不能改类别。"),
    ("江", "reclass", "等答复", {"to": "important", **WHY}, "CV-2", "类别没有变。"),
    ("江", "reclass", "取消", {"to": "general", **WHY}, None, "2026-0009 号已经结束或取消，不能再办。"),
    ("江", "area", "等答复", {"area": "workshop", "answer": "open"}, "CV-3.2.1", "车间由生产部答复，江不能代答。"),
    ("秦", "area", "等答复", {"area": "rnd", "answer": "open"}, "CV-3.2.1", "这次来访没有要看研发。"),
    ("江", "area", "谢绝", {"area": "plant", "answer": "open"}, "CV-3.1", "人数少于团体的最低人数，这次来访已谢绝。"),
    ("韩", "area", "看关键区", {"area": "workshop", "answer": "open"}, "CV-3.1", "一般客户不参观车间。"),
    ("严", "company", "等答复", {"answer": "approved"}, "CV-3.2.1", "现在还不用公司批示：先等各部门答复，或已经批过。"),
    ("江", "company", "等批示", {"answer": "approved"}, "CV-2", "江不能代表公司批示。"),
    ("严", "company", "严申请的", {"answer": "approved"}, "CV-2", "这是严自己申请的，要由另一位批示。"),
    ("严", "exception", "等答复", {"ground": "late", "asked_by": "江", **WHY}, "CV-3.2.1", "没有这个问题，不用特批。"),
    ("韩", "exception", "要特批", {"ground": "late", "asked_by": "江", **WHY}, "CV-3.2.1", "韩不能代表公司批示。"),
    ("严", "exception", "要特批", {"ground": "late", "asked_by": "严", **WHY}, "CV-3.2.1", "这是严自己申请的，要由另一位批示。"),
    ("", "edit", "等答复", {"headcount": 12}, "CV-3.2.1", "没有改动。"),
    ("", "edit", "等答复", {"from": "2026-11-20T10:00:00+08:00"}, "CV-3.2.1", "新的时间已经过去，请改成以后的时间。"),
    ("", "edit", "等答复", {"to": "2026-12-01T09:00:00+08:00"}, "CV-3.2.1", "结束时间要在开始时间之后。"),
    ("", "withdraw", "取消", {}, None, "2026-0009 号已经结束或取消，不能再办。"),
    ("江", "task", "等答复", {"task": "guide", "who": "江"}, None, "这次来访没有讲解员这一项。"),
    ("江", "task", "谢绝", {"task": "guide", "who": "江"}, "CV-3.1", "人数少于团体的最低人数，这次来访已谢绝。"),
    ("白", "task", "大客户", {"task": "analysis"}, "CV-3.3.2", "需求分析由接待部办，白不能代办。"),
    ("江", "task", "大客户", {"task": "senior", "who": "江"}, "CV-3.3.3", "江不在陪同的高层名单里。"),
    ("江", "send_plan", "等答复", {}, "CV-4.1", "这次来访还没有批准，接待方案不能发。"),
    ("韩", "send_plan", "批准", {}, "CV-4.1", "接待方案由接待部发，韩不能发。"),
    ("江", "permit_photo", "批准", {"asked_by": "叶", **WHY}, "CV-4.3", "江不能代表公司批示。"),
    ("韩", "issue", "批准", {"areas": ("workshop",), "persons": 1, "escort": "江"}, "CV-4.1", "接待方案还没有发，先发方案再发参观证。"),
    ("韩", "issue", "发了方案", {"areas": ("rnd",), "persons": 1, "escort": "江"}, "CV-3.2.1", "研发没有批准参观。"),
    ("秦", "issue", "发了方案", {"areas": ("workshop",), "persons": 1, "escort": "江"}, "CV-4.1", "秦不是这些区域所属部门的人，不能发证。"),
    ("韩", "issue", "发了方案", {"areas": ("workshop",), "persons": 13, "escort": "江"}, "CV-4.2", "发出的参观证人数会超过批准的人数。"),
    ("韩", "issue", "发了方案", {"areas": ("workshop",), "persons": 1, "escort": "江", "photo": True}, "CV-4.3", "这次来访没有批准拍照。"),
    ("韩", "area", "等答复", {"area": "cellar", "answer": "open"}, None, "填得不全或不对"),
    ("韩", "area", "等答复", {"area": "workshop", "answer": "refused"}, None, "填得不全或不对"),
    ("江", "task", "大客户", {"task": "direction", "serve": "champagne"}, None, "填得不全或不对"),
]  # fmt: skip


@pytest.mark.clause(
    "CV-2", "CV-3.1", "CV-3.2.1", "CV-3.3.2", "CV-3.3.3", "CV-4.1", "CV-4.2", "CV-4.3"
)
@pytest.mark.parametrize(
    ("by", "event", "scene", "fields", "clause", "words"),
    REFUSED,
    ids=[f"{by or '来访人'} {event} {scene} {n}" for n, (by, event, scene, *_) in enumerate(REFUSED)],
)  # fmt: skip
def test_it_is_refused_under_its_clause_and_nothing_is_stored(
    kept: Headquarters,
    by: str,
    event: str,
    scene: str,
    fields: dict[str, Any],
    clause: str | None,
    words: str,
) -> None:
    before = stored(kept)
    with pytest.raises(Refused) as no:
        kept.act(by, event, SCENES[scene], **fields)
    assert (no.value.clause, words in no.value.message) == (clause, True), no.value.message
    assert stored(kept) == before


# scene, who → what would be accepted from them
ALLOWED = [
    ("等答复", "江", {"reclass", "area_open", "area_refused", "edit", "withdraw"}),
    ("等答复", "韩", {"area_open", "area_refused", "edit", "withdraw"}),
    ("等答复", "严", {"permit_photo", "edit", "withdraw"}),
    ("等批示", "罗", {"company", "permit_photo", "edit", "withdraw"}),
    ("严申请的", "严", {"edit", "withdraw"}),
    ("谢绝", "江", {"reclass", "edit", "withdraw"}),
    ("谢绝", "严", {"exception", "edit", "withdraw"}),
    ("要特批", "严", {"exception", "permit_photo", "edit", "withdraw"}),
    ("批准", "叶", {"reclass", "area_open", "area_refused", "edit", "withdraw", "task", "who_guide", "send_plan"}),
    ("发了方案", "贺", {"area_open", "area_refused", "edit", "withdraw", "issue"}),
    ("大客户", "江", {"reclass", "area_open", "area_refused", "edit", "withdraw", "task", "who_guide", "who_senior", "send_plan"}),
    ("取消", "江", set()),
]  # fmt: skip


@pytest.mark.clause("CV-2", "CV-4.1")
@pytest.mark.parametrize(
    ("scene", "who", "events"), ALLOWED, ids=[f"{scene} {who}" for scene, who, _ in ALLOWED]
)
def test_what_a_page_would_offer_is_what_the_rules_accept(
    kept: Headquarters, scene: str, who: str, events: set[str]
) -> None:
    row = kept.row(SCENES[scene])
    look = Look(row, standing_now(kept.site, kept.now), kept.now)
    told = look.allowed(kept.id(who))
    assert {*told.events} == events
    assert stored(kept) == stored(kept)


def test_a_house_without_reception_opens_no_visit_and_says_what_to_do(kept: Headquarters) -> None:
    from yingbin.people.models import Assignment

    for role, words in (
        ("reception_department", "还没有接待部的同事"),
        ("administration", "还没有行政部的同事"),
        ("senior", "还没有公司领导"),
    ):
        held = Assignment.objects.filter(site=kept.place, role=role)
        held.update(until=kept.now)
        with pytest.raises(Refused, match=words):
            kept.apply(by="何")
        held.update(until=None)


@pytest.mark.clause("CV-3.2.1")
def test_with_nobody_left_the_clock_still_runs_by_the_house_as_it_last_was(
    kept: Headquarters,
) -> None:
    from yingbin.people.models import Assignment

    one = kept.apply(day=8, hour=16)
    Assignment.objects.filter(site=kept.place, role="senior").update(until=kept.now)
    assert kept.clock(days=9) > 0
    assert kept.row(one).status == "lapsed"
