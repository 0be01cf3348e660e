"""The work itself (SD-4.2.1 to SD-4.2.4): responded, arrived, quoted, agreed, started, done, answered, told."""

from __future__ import annotations

from dataclasses import replace

from .desk import Desk, Event, Move, Told, refuse
from .handing import ended
from .kinds import TITLES
from .matter import Matter, Quote
from .who import check, check_chief


def respond(desk: Desk, found: Matter, event: Event) -> Move:
    """The resident has heard from us for the first time; a complaint is acknowledged by it."""
    check(desk, found, event)
    if not found.unsolved:
        raise refuse("这件事已经有答复或者已经办结，不用再响应。")
    if found.responded:
        raise refuse("已经响应过了，请接着办下一步。")
    complaint = found.is_of("complaint")
    if complaint and not found.is_of("complaint", "new"):
        raise refuse("这件投诉已经受理，请接着定级、调查。")
    words = f"{event.by}受理了投诉。" if complaint else f"{event.by}已经响应住户。"
    return Move(replace(found, responded=True), (event.step("respond"),), words)


def arrive(desk: Desk, found: Matter, event: Event) -> Move:
    """Whoever holds the task is at the resident's door."""
    check(desk, found, event)
    if not (found.is_of("help", "new") or found.is_of("paid", "new")):
        raise refuse("只有还没到场的求助和有偿服务要记到场，请接着办下一步。")
    moved = replace(found, responded=True)
    return Move(moved, (event.step("arrive"),), f"{event.by}已经到场。")


def quote(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.2.3: a price, which the resident accepts before work; another one while at work must be accepted anew."""
    check(desk, found, event)
    if not found.is_of("paid", "new", "arrived", "working"):
        raise refuse("只有还没完工的有偿服务可以报价，请看这件事的类别和进度。")
    amount = event.number("amount") or 0
    words = f"报价{yuan(amount)}，住户同意后才能开工。"
    return Move(replace(found, quote=Quote(amount)), (event.step("quote"),), words)


def agree(desk: Desk, found: Matter, event: Event) -> Move:
    """The resident's word: on a quote of a paid service, or on what a complaint was answered."""
    check(desk, found, event)
    if found.is_of("complaint"):
        return _on_proposal(desk, found, event)
    if not found.is_of("paid"):
        raise refuse("只有有偿服务的报价和投诉的处理方案要住户表态，这一步不用办。")
    if not found.unsolved or found.quote is None or found.quote.agreed:
        raise refuse("现在没有等住户同意的报价，请先报价。")
    if event.number("amount") != found.quote.amount:
        raise refuse(f"报价是{yuan(found.quote.amount)}，请按这个数请住户确认；变了要重新报价。")
    told = (Told("changed", (found.state.owner, found.state.holder, found.offer)),)
    if event.flag("agreed"):
        agreed = replace(found, quote=replace(found.quote, agreed=True))
        return Move(agreed, (event.step("agree"),), "住户同意报价，可以开工。", told)
    words = "住户不同意报价，要做就重新报价。"
    return Move(replace(found, quote=None), (event.step("disagree"),), words, told)


def _on_proposal(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.2.5: the complaint is closed, or goes on from its assessment; the second time the manager hears of it."""
    if found.stage != "told":
        raise refuse("还没有把处理方案告诉住户，请先告知，再记住户的意见。")
    if event.flag("agreed"):
        return Move(found, (event.step("agree"),), "住户认可处理结果，投诉办结。")
    moved = replace(found, disagreed=found.disagreed + 1)
    to = desk.office.supervisor if moved.disagreed == 1 else desk.office.manager
    words = f"住户不认可，已报{to}，请重新调查并提出方案。"
    return Move(moved, (event.step("disagree"),), words, (Told("not_agreed", (to,)),))


def start(desk: Desk, found: Matter, event: Event) -> Move:
    """Paid work begins, once the resident accepted the price."""
    check(desk, found, event)
    if not found.is_of("paid", "arrived"):
        raise refuse("到场以后、开工以前的有偿服务才能开工，请先记到场。")
    if found.quote is None or not found.quote.agreed:
        raise refuse("住户还没有同意报价，请先报价并请住户确认，再开工。")
    return Move(found, (event.step("start"),), f"{event.by}开工，价格{yuan(found.quote.amount)}。")


def done(desk: Desk, found: Matter, event: Event) -> Move:
    """The work is finished; a paid one is signed for, at the price that was accepted."""
    check(desk, found, event)
    amount = found.amount
    if found.is_of("paid", "working") and found.quote is not None:
        if event.flag("signed") is not True:
            raise refuse("请先请住户签字确认完工，再记完工。")
        if event.number("amount") != found.quote.amount:
            raise refuse(f"住户同意的是{yuan(found.quote.amount)}，金额不同请先重新报价。")
        amount += found.quote.amount
    elif not found.is_of("help", "arrived"):
        raise refuse("还没有到场或开工，请先记到场（有偿服务还要住户同意报价并开工）。")
    words = f"{event.by}办完了，请{found.state.owner}答复住户。"
    return Move(replace(found, amount=amount), (event.step("done"),), words, solved(found))


def solved(found: Matter) -> tuple[Told, ...]:
    """An offer is over with it, and the owner hears that the resident can be told."""
    return (*ended(found), Told("solved", (found.state.owner,)))


def analyse(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.2.4: what a suggestion comes to, before it is handled or reported."""
    check(desk, found, event)
    if not found.is_of("suggestion", "new"):
        raise refuse("只有新的建议要分析，这一步不用再办。")
    return Move(found, (event.step("analyse"),), "建议已经分析，可以答复，也可以上报。")


def answer(desk: Desk, found: Matter, event: Event) -> Move:
    """The answer is found; it is the owner who gives it to the resident. Complaints: a proposal."""
    if found.is_of("suggestion", "reported"):
        check_chief(desk, found, event, "上报的建议由主管或经理答复")
    check(desk, found, event)
    kind = found.state.kind
    ready = {"enquiry": "new", "complaint": "investigated", "help": "new"}.get(kind)
    if kind == "help" and not desk.policy.is_out_of_scope(found.subject):
        raise refuse("这项求助在服务范围内，请派人上门，办好后记完工。")
    if kind == "paid":
        raise refuse("有偿服务要到场、报价、完工，不能只答复；住户不要了就取消。")
    stages = (ready,) if ready else ("analysed", "reported")
    if not found.is_of(kind, *stages):
        raise refuse(
            f"这件{TITLES[kind]}还不到答复这一步，请先办前面的（建议先分析，投诉先调查）。"
        )
    words = f"答复已经有了，请{found.state.owner}告诉住户。"
    return Move(found, (event.step("answer"),), words, solved(found))


def tell(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.4: the resident has the answer; only now is a matter closed."""
    check(desk, found, event)
    if found.stage not in ("solved", "proposed"):
        raise refuse("还没有可以告诉住户的答复，请先办好或写下答复。")
    words = "住户已经得到答复，办结。"
    if found.is_of("complaint"):
        words = "处理方案已经告诉住户，等住户表态。"
    return Move(found, (event.step("tell"),), words)


def yuan(fen: int) -> str:
    """An amount as it is said; fen are shown where there are any, and of what nobody pays no figures."""
    if fen >= 10**15:
        return "天文数字"
    return f"{fen // 100}元" if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}元"
