"""A show flat's day with one of everything: what the tests of the whole wing's records forge, export and erase."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.duty.actions import (
    assets,
    breaks,
    cases,
    check_lists,
    checks,
    faults,
    feeds,
    handovers,
    incidents,
    leave,
    lines,
    presence,
    questions,
    referrals,
    shared_lists,
    swaps,
    visit_sheets,
    visits,
)
from yingbin.duty.actions.facts import Facts, keep_facts, renew_code
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import Asset, Leave, VisitMatching
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.matters.models import Matter
from yingbin.people.actions import company_id
from yingbin.sheets.actions import Copy

from .beside import Beside
from .flat import INK, Flat
from .test_swaps import plan
from .test_visits import WANG, come_in


def full_day(flat: Flat) -> Flat:
    """Monday, from the roster to the sheet that sales confirmed; every table of the wing has a row of it."""
    flat.roster(叶="早", 陈="晚", 许="全")
    _asked_for(flat)
    _published(flat)
    flat.sign_on("叶", "许", at="08:20")
    _checked(flat)
    hall = Beside(flat).chosen()
    _visited(flat)
    _written(flat)
    _rested_and_handed_over(flat)
    _alarmed(flat)
    _confirmed(flat, hall)
    return flat


def _asked_for(flat: Flat) -> None:
    """叶 and 陈 change places tomorrow; 苏 is ill; 叶 has a calendar."""
    day = flat.now.date() + timedelta(days=1)
    plan(flat, day, 叶="早", 陈="晚", 苏="休", 许="全")
    told = {"with_whom": flat.people["陈"], "day": day, "other_day": day}
    swap = flat.do(swaps.ask_swap, "叶", **told)
    flat.do(swaps.answer_swap, "陈", swap=swap, agrees=True)
    flat.do(leave.ask_leave, "苏", first=day, last=day, sort="ill", words="发烧")
    for one in Approval.objects.filter(site_id=flat.site, status="asked"):
        flat.do(approvals.decide, "许", approval_id=one.id, grant=True, words="")
    flat.do(leave.end_leave, "苏", leave=Leave.objects.get(site_id=flat.site).id)
    flat.do(feeds.make_feed, "叶")


def _published(flat: Flat) -> None:
    """The lead writes the card of the flat, renews its code, adds a room to the opening check, changes the steps."""
    told = Facts("三房两厅", "约 118 平方米", answers=(("层高？", "2.95 米"),))
    flat.do(keep_facts, "许", post=flat.post, told=told, before=0)
    flat.do(renew_code, "许", post=flat.post)
    room = flat.do(check_lists.draft_section, "许", check="opening", title="书房")
    values = {"title": "书桌已擦", "kind": "tick"}
    flat.do(check_lists.draft_item, "许", check="opening", section=str(room), values=values)
    flat.do(check_lists.publish_list, "许", check="opening")
    share = Acting(company_id(), f"s{next(flat.keys)}", flat.people["许"], flat.now)
    shared_lists.share_list(share, site=flat.site, check="opening")
    flat.do(incidents.keep_procedure, "许", type="停电", steps=("看电闸", "报工程"), why="新配电箱")


def _checked(flat: Flat) -> None:
    """The opening check: a lamp that doesn't burn, the rest well; the lead wants one item again."""
    task = f"{flat.post}/opening"
    flat.do(checks.failed, "叶", task=task, item="goods", kind="repair", title="沙盘灯不亮")
    flat.well("叶", "opening")
    flat.do(checks.send_back, "许", task=task, item="environment", word="玻璃上有手印")
    flat.do(checks.answer, "叶", task=task, item="environment", result="ok")
    flat.do(checks.sign_check, "叶", task=task)


def _visited(flat: Flat) -> None:
    """王建国 asks and is sent to the gallery; the other gives no name."""
    flat.now = flat.at("10:00")
    sent, other = come_in(flat), come_in(flat, 1, been=True)
    flat.do(visits.tell_guests, "叶", visit_id=sent.id, size=2, been=False, note="带孩子", **WANG)
    flat.do(visits.tell_guests, "叶", visit_id=other.id, size=1, been=True, note="只看看")
    flat.do(referrals.send_over, "叶", visit_id=sent.id)
    flat.do(questions.ask_question, "叶", visit_id=sent.id, question="层高？", answer="2.95 米")
    for visit in (sent, other):
        flat.do(visits.guests_out, "叶", visit_id=visit.id)
    flat.do(cases.ready, "叶")


def _written(flat: Flat) -> None:
    """A slip, a damage with who was there, two faults that strangers told of an air conditioner."""
    flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title="客户问车位价格")
    hurt = Details(value=1800, cause="child", present="李女士和孩子")
    flat.do(lines.open_line, "叶", kind="damage", post=flat.post, title="花瓶碎了", details=hurt)
    known = {"notes": "先开总闸", "contact": "老赵", "supplier": "恒温机电", "place": "书房"}
    air = flat.do(assets.keep_asset, "许", name="空调", post=flat.post, **known)
    mark = Asset.objects.get(id=air).mark
    first, second = (flat.do(faults.tell_fault, "叶", mark=mark, words=w) for w in ("漏水", "响"))
    flat.do(faults.confirm_fault, "叶", fault=first, post=flat.post)
    flat.do(faults.dismiss_fault, "叶", fault=second, reason="是好的")


def _rested_and_handed_over(flat: Flat) -> None:
    """A break refused, one taken; 叶 hands over to 陈, who finds too few overshoes; an addition."""
    flat.ask("叶", at="11:00")
    flat.sign_on("陈", at="12:00")
    rest = flat.ask("叶", at="12:05").rest
    flat.do(breaks.start_break, "叶", rest=rest)
    flat.do(breaks.end_break, "叶", rest=rest, at="12:30")
    handover = flat.do(
        handovers.start_handover, "叶", post=flat.post, giver=flat.people["叶"],
        receiver=flat.people["陈"], keys=("大门1号",), stock=(("鞋套", 40),),
    ).handover  # fmt: skip
    word = handovers.Objection("stock", "鞋套", "只有 31 双")
    told = {"handover": handover, "signature": INK}
    flat.do(handovers.sign_handover, "陈", objections=(word,), accepts_rest=True, **told)
    flat.do(handovers.sign_handover, "叶", **told)
    flat.do(handovers.add_to_handover, "叶", handover=handover, words="备用钥匙在抽屉")


def _alarmed(flat: Flat) -> None:
    """Smoke in a bin, with its report handed out."""
    fire = flat.do(cases.open_case, "陈", at="15:00", kind="emergency", post=flat.post, type="火情")
    flat.do(incidents.tick_step, "陈", incident=fire.case, step=0)
    flat.do(cases.acknowledge_case, "许", case=fire.case)
    flat.do(cases.end_case, "许", case=fire.case)
    flat.do(incidents.write_report, "陈", incident=fire.case, text="垃圾桶冒烟，浇灭了。")
    copy = Copy("pdf", flat.now.date(), flat.now.date(), 1, "ab" * 32)
    flat.do(incidents.hand_out_report, "许", incident=fire.case, copy=copy, why="存档")


def _confirmed(flat: Flat, hall: Beside) -> None:
    """The visitors' sheet: signed, taken along, matched, settled, confirmed by sales. 叶 has gone home."""
    day = flat.now.date()
    flat.do(presence.sign_off, "叶", at="16:00")
    told = {"day": day, "word": "", "signature": INK}
    flat.do(visit_sheets.hand_over_sheet, "陈", **told)
    flat.do(
        visit_sheets.hand_out_sheet, "许", day=day, why="给地产", form="xlsx", rows=2, sha256="cd" * 32
    )  # fmt: skip
    row = VisitMatching.objects.get(id=flat.do(visit_sheets.match_sheet, "许", day=day).matching)
    for n, pair in enumerate(row.pairs):
        if pair["kind"] != "both":
            same = True if pair["kind"] == "likely" else None
            told = {"matching": row.id, "indexes": (n,), "word": "只看了样板间", "same": same}
            flat.do(visit_sheets.settle, "许", flat="样板间", **told)
    acting = Acting(flat.site, f"a{next(flat.keys)}", hall.people["郑岚"], flat.now)
    visit_sheets.answer_matching(
        acting, matching=row.id, gallery=hall.site, agreed=False, word="少一批"
    )


def findings(flat: Flat) -> list[str]:
    """What the check finds; roles were given by the helpers, behind the journal's back."""
    found = [str(f) for line in check_site(flat.site) for f in line.found]
    return [f for f in found if not f.startswith("角色")]


def kept_for_module(blocker: object) -> Iterator[Flat]:
    """The day, made once for all tests of a module; each undoes what it does to it."""
    with blocker.unblock():  # type: ignore[attr-defined]
        everything = transaction.atomic()
        everything._from_testcase = True
        with everything:
            yield full_day(Flat())
            transaction.set_rollback(True)


def damage(flat: Flat) -> UUID:
    """The vase that a child broke."""
    return Matter.objects.get(site_id=flat.site, kind="damage").id
