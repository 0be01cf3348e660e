"""What an entry of the journal makes of a fact of each kind; what it doesn't hold is named as not proven.

Standard library and the rules only: it is part of the checker that goes with a packet.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yingbin.rules.gone import ERASED

from . import words
from .chronicle import Chronicle, Entry, when

Fact = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What an entry makes of a fact. `detail` None: the words aren't in the journal, not even committed."""

    at: datetime
    title: str
    clause: str = ""
    people: tuple[str, ...] = ()
    detail: str | None = ""
    unproven: tuple[str, ...] = ()


class NotSo(Exception):
    """The entry says otherwise, in words."""


def commitment(text: str, salt: str) -> str:
    """What the journal holds in place of words."""
    digest = hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()
    return f"sha256:{digest}"


def _same(fact: Fact, entry: Entry, *names: str) -> None:
    """What the fact is about must be what the entry is about."""
    for name in names:
        if fact["about"].get(name) != entry["body"].get(name):
            raise NotSo(f"记录链第{entry['seq']}条说的不是同一件事（{name}）")


def _said(
    fact: Fact, entry: Entry, name: str, before: str = ""
) -> tuple[str | None, tuple[str, ...]]:
    """The words behind a commitment, and what is missing where they were erased."""
    return _proven(fact, name, entry["body"].get(name), before)


def _words(
    fact: Fact, name: str, kept: Mapping[str, str] | None
) -> tuple[str | None, tuple[str, ...]]:
    """Free words against the commitments that an entry keeps under `words`; entries of before have none."""
    if kept is None and not fact["proof"]:
        return None, ()
    return _proven(fact, name, (kept or {}).get(name), "")


def _kept(entry: Entry, under: str = "") -> Mapping[str, str] | None:
    """The commitments to free words in an entry, or in the part of it that speaks of the fact."""
    found: Mapping[str, str] | None = (entry["body"].get(under) or entry["body"]).get("words")
    return found


_OF_VISIT = ("turns.event", "visit.late", "visit.identified", "visit.described")


def _note(made: Chronicle, fact: Fact) -> tuple[str | None, tuple[str, ...]]:
    """What was noted of a visit, by the last entry that says its words."""
    numbers = made.of("visit", fact["about"]["visit"], *_OF_VISIT)
    said = [kept for n in numbers if (kept := _kept(made.entries[n], "came")) is not None]
    return _words(fact, "note", said[-1] if said else None)


def _proven(
    fact: Fact, name: str, held: str | None, before: str
) -> tuple[str | None, tuple[str, ...]]:
    proof = fact["proof"]
    if held is None:
        if proof:
            raise NotSo("记录链里没有这段文字的存证")
        return before, ()
    if not proof:
        if fact["detail"] not in (before, ERASED, f"{before}；{ERASED}"):
            raise NotSo("显示了文字，却没有凭据")
        return None, ("原话（已删除）",)
    if proof["field"] != name or held != commitment(proof["words"], proof["salt"]):
        raise NotSo("文字与记录链里的存证不符")
    return "；".join(w for w in (before, proof["words"]) if w), ()


def _number(made: Chronicle, fact: Fact, visit: str) -> tuple[int, int, tuple[str, ...]]:
    """The visit's number and size: from its arrival where they stand there, else as the file says."""
    seq = made.arrived.get(visit)
    came = made.entries[seq]["body"].get("came") if seq else None
    if came:
        return came["number"], came["size"], ()
    about = fact["about"]
    return about["number"], about.get("size", 0), ("到访编号和人数",)


def _decision(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    d = made.decisions[entry["seq"]][fact["about"]["position"]]
    if d.visit != fact["about"].get("visit"):
        raise NotSo("这条判定说的是另一批客户")
    number, _, unproven = _number(made, fact, d.visit) if d.visit else ("", 0, ())
    counted = d.counted if d.turn or d.kind == "claim" else None
    return Told(
        made.moment[entry["seq"]],
        words.decision_title(number, counted, undone=entry["seq"] in made.undone),
        d.clause or "",
        (d.receiver,) if d.receiver else (),
        d.because,
        tuple(w.replace("和人数", "") for w in unproven),
    )


def _visit(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    visit, seq = fact["about"]["visit"], entry["seq"]
    if entry["kind"] == "visit.late":
        _same(fact, entry, "visit")
        number, size = fact["about"]["number"], fact["about"]["size"]
        title = words.visit_title(number, size, named=False, undone=False)
        began = when(entry["body"]["began"])
        detail, gone = _note(made, fact)
        unproven = ("到访编号和人数", *gone)
        return Told(began, title, "TQ-1", (entry["actor"],), detail, unproven)
    event = entry["body"]["event"]
    if event["event"] != "arrive" or event["visit"] != visit:
        raise NotSo(f"记录链第{seq}条不是这批客户的到访")
    number, size, unproven = _number(made, fact, visit)
    named = event.get("named")
    if event.get("kind", "customer") != "customer" and len(fact["people"]) > 1:
        named, unproven = fact["people"][1], (*unproven, "点名要找谁")
    title = words.visit_title(number, size, named=bool(named), undone=seq in made.undone)
    people = (entry["actor"], *((named,) if named else ()))
    detail, gone = _note(made, fact)
    return Told(made.moment[seq], title, "TQ-1", people, detail, (*unproven, *gone))


def _accepted(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "visit")
    for stay in made.stays[fact["about"]["visit"]]:
        if stay.accepted and stay.accepted[0] == entry["seq"]:
            at = stay.accepted[1]
            return Told(at, f"接单，{words.lasted(at - stay.began)}后", "", (stay.receiver,))
    raise NotSo("这次接单对不上任何一次接待")


def _nudge(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "visit")
    another = entry["kind"] == "turn.change_asked"
    people = (entry["body"]["who"], entry["actor"])
    clause = entry["clause"] or ""
    return Told(when(entry["body"]["at"]), words.nudge_title(another=another), clause, people)


def _ended(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    for stay in made.stays[fact["about"]["visit"]]:
        if (
            stay.ended
            and stay.ended[0] == entry["seq"]
            and (stay.receiver,) == tuple(fact["people"])
        ):
            _, at, finished = stay.ended
            over = "接待完毕" if finished else "不再由其接待"
            return Told(at, f"{over}，历时 {words.lasted(at - stay.began)}", "", (stay.receiver,))
    raise NotSo("这一条没有结束这次接待")


def _left(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    event = entry["body"]["event"]
    if event["event"] != "leave" or event["visit"] != fact["about"]["visit"]:
        raise NotSo("这一条不是这批客户离开")
    number, _, unproven = _number(made, fact, event["visit"])
    title = f"到访 {number} 没有等到接待，先离开了"
    unproven = tuple(w.replace("和人数", "") for w in unproven)
    detail, gone = _note(made, fact)
    return Told(made.moment[entry["seq"]], title, detail=detail, unproven=(*unproven, *gone))


def _claim(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    at, who = made.moment[entry["seq"]], (entry["actor"],)
    if entry["kind"] == "turns.event":
        event = entry["body"]["event"]
        if event["event"] != "claim_unrelated" or event["visit"] != fact["about"]["visit"]:
            raise NotSo("这一条不是这批客户的核实")
        detail, gone = _words(
            fact, "answer", _kept(entry, "answered") if "answered" in entry["body"] else None
        )
        return Told(at, "经理向客户核实：属实", "TQ-6", who, detail, gone)
    _same(fact, entry, "visit", "claim")
    asked = entry["kind"] == "claim.asked"
    detail, gone = _words(fact, "note" if asked else "answer", _kept(entry))
    return Told(at, "申报无关来访" if asked else "经理核实：不属实", "TQ-6", who, detail, gone)


def _call(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "customer")
    detail, gone = _said(fact, entry, "asked")
    people = (entry["body"]["taken_by"],)
    return Told(when(entry["at"]), "来电", "TQ-1", people, detail, gone)


def _channel(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "customer", "channel")
    title = f"{fact['about']['called']}报备：{words.STANDINGS[entry['body']['standing']]}"
    return Told(when(entry["at"]), title, "", (entry["actor"],), "", ("渠道名称",))


def _needs(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "visit")
    detail, gone = _said(fact, entry, "said", words.needs_in_words(entry["body"]))
    return Told(when(entry["at"]), "记下需求", "TQ-2.1", (entry["actor"],), detail, gone)


def _step(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "visit")
    body = entry["body"]
    then = when(body["next"]) if body.get("next") else None
    title = words.step_title(body["step"], list(map(str, body["things"])), then)
    detail, gone = _said(fact, entry, "note")
    return Told(when(entry["at"]), title, entry["clause"] or "", (entry["actor"],), detail, gone)


def _register(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    body, about = entry["body"], fact["about"]
    if entry["kind"] == "register.imported":
        first, last = body["numbers"]
        if not first <= about["number"] <= last:
            raise NotSo("这一号不在这一批导入里")
        title = words.register_title(about["number"], "imported", "paper", None)
        return Told(when(fact["at"]), title, "TQ-3", tuple(fact["people"]), "", ("日期和接待人",))
    _same(fact, entry, "entry", "customer")
    if hashlib.sha256(_plain(fact["strokes"])).hexdigest() != body["signature"]:
        raise NotSo("签名与记录链里的存证不符")
    title = words.register_title(body["number"], body["hand"], body["signed"], body["corrects"])
    signer = body.get("signed_by", fact["people"][0] if fact["people"] else None)
    unproven = () if "signed_by" in body else ("接待人",)
    people = (signer,) if signer else ()
    return Told(when(entry["at"]), title, "TQ-3", people, None, unproven)


def _plain(strokes: list[list[int]]) -> bytes:
    """Canonical bytes of lists of whole numbers."""
    return ("[" + ",".join(f"[{','.join(map(str, s))}]" for s in strokes) + "]").encode()


def _receiver(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    to = _handed_to(fact, entry)
    people = tuple(dict.fromkeys(p for p in (to, *_person(entry)) if p))
    title = "登记接待人" if to else "不再有登记接待人"
    detail, gone = _words(fact, "reason", _kept(entry))
    return Told(when(entry["at"]), title, entry["clause"] or "", people, detail, gone)


def _handed_to(fact: Fact, entry: Entry) -> str | None:
    """Whose the customer became: alone, by a leaver's hand-over, or by an import and its withdrawal."""
    customer, body = fact["about"]["customer"], entry["body"]
    if entry["kind"] == "customer.receiver":
        _same(fact, entry, "customer")
        found: str | None = body["receiver"]
    elif entry["kind"] == "register.import_withdrawn":
        found = None
        if customer not in body["back"]:
            raise NotSo("这一条没有提到这位客户")
    else:
        found = body["to" if entry["kind"] == "customers.handed_over" else "receivers"][customer]
    return found


def _person(entry: Entry) -> tuple[str, ...]:
    """Who acted, where it was a person and not the clock."""
    return (entry["actor"],) if len(entry["actor"]) == 36 else ()


def _card(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "customer")
    title = f"建立客户卡片（编号 {entry['body']['number']}）"
    return Told(when(entry["at"]), title, "", _person(entry))


def _merge(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "merge", "into", "source")
    detail, gone = _words(fact, "why", _kept(entry))
    return Told(when(entry["at"]), "两张卡片合并为一人", "", _person(entry), detail, gone)


def _notice(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    """Who was told stands outside the journal; only the decision it tells of stands in it."""
    made_at, title = made.moment[entry["seq"]], fact["title"]
    if not title.startswith("通知："):
        raise NotSo("通知的样子不对")
    return Told(made_at, title, "", tuple(fact["people"]), "", ("通知的内容、收件人和是否看到",))


def _matter(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "matter")
    body, proof = entry["body"], fact["proof"]
    unproven: tuple[str, ...] = ("是否办结",)
    called = fact["about"]["called"]
    if not proof:
        unproven = (*unproven, "事项名称")
    elif proof["words"] != called or body["title"] != commitment(called, proof["salt"]):
        raise NotSo("事项名称与记录链里的存证不符")
    last = made.last(0, "matter", body["matter"], "matter.step")
    owner = (last or entry)["body"]["owner"]
    done = "，已办结" if fact["title"].endswith("，已办结") else ""
    title = f"事项 {body['number']}：{called}{done}"
    return Told(when(entry["at"]), title, entry["clause"] or "", (owner,), "", unproven)


def _dispute_number(made: Chronicle, dispute: str) -> int:
    opened = [n for n, e in made.entries.items() if e["kind"] == "dispute.opened"]
    for number, seq in enumerate(opened, 1):
        # The entry of a dispute carries no id of its own: the first statement follows it at once.
        after = made.entries.get(seq + 1)
        if after and after["kind"] == "dispute.stated" and after["body"]["dispute"] == dispute:
            return number
    raise NotSo("记录链里没有这件争议")


def _statement(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "dispute")
    number = _dispute_number(made, entry["body"]["dispute"])
    detail, gone = _said(fact, entry, "words")
    title = f"争议第 {number} 号：说明"
    return Told(when(entry["at"]), title, "TQ-11", (entry["actor"],), detail, gone)


def _ruling(made: Chronicle, fact: Fact, entry: Entry) -> Told:
    _same(fact, entry, "dispute")
    body = entry["body"]
    number = _dispute_number(made, body["dispute"])
    detail, gone = _said(fact, entry, "reason")
    people = tuple(p for p in (entry["actor"], body["for"]) if p)
    waits = "（账目待开场后更正）" if _waits(made, entry) else ""
    title = f"争议第 {number} 号：裁定{waits}"
    return Told(when(entry["at"]), title, "TQ-11", people, detail, gone)


def _waits(made: Chronicle, entry: Entry) -> bool:
    """Its corrections haven't reached the queue yet."""
    later = [
        (b["event"]["who"], b["event"].get("count", 0), b["event"].get("turns", 0))
        for seq, e in made.entries.items()
        if seq > entry["seq"] and "event" in (b := e["body"]) and b["event"]["event"] == "adjust"
    ]
    return any((a["who"], a["count"], a["turns"]) not in later for a in entry["body"]["adjust"])


_RECEIVERS = (
    "customer.receiver",
    "customers.handed_over",
    "register.imported",
    "register.import_withdrawn",
)
Teller = Callable[[Chronicle, Fact, Entry], Told]
KINDS: dict[str, tuple[tuple[str, ...], Teller]] = {
    "card": (("customer.registered",), _card),
    "merge": (("customer.merged",), _merge),
    "call": (("call.taken",), _call),
    "channel": (("channel.registered",), _channel),
    "visit": (("turns.event", "visit.late"), _visit),
    "decision": (("turns.event",), _decision),
    "notice": (("turns.event",), _notice),
    "accepted": (("turn.accepted",), _accepted),
    "nudge": (("turn.called_again", "turn.change_asked"), _nudge),
    "ended": (("turns.event", "turns.undone"), _ended),
    "left": (("turns.event",), _left),
    "step": (("reception.step",), _step),
    "claim": (("claim.asked", "claim.declined", "turns.event"), _claim),
    "needs": (("needs.told",), _needs),
    "register": (("register.signed", "register.imported"), _register),
    "receiver": (_RECEIVERS, _receiver),
    "matter": (("matter.opened",), _matter),
    "statement": (("dispute.stated",), _statement),
    "ruling": (("dispute.ruled",), _ruling),
}
