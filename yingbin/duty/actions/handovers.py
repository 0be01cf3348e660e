"""交接班: what is handed over is frozen, each entry accepted or objected to, both sides sign (SF-4.1, SF-4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import new_salt
from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import take
from yingbin.notices.actions import tell
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.duty.lines import about_handover
from yingbin.rules.duty.terms import Handover as Decided
from yingbin.rules.matters import Step
from yingbin.sheets.ink import Signature

from ..alongside import Also, alongside
from ..folding import events_of, folded
from ..models import Handover, HandoverNote, HandoverSignature
from ..queries.chain import hearing
from ..queries.handovers import LONGEST, facilities, proposal
from ..queries.roster import staff_on_duty
from .happen import Said, Writing, today
from .presence import sign_on

ABOVE = ("lead", "head")
LEFT_OUT = "上次交接有、这次没有列"


@dataclass(frozen=True)
class HandoverBegun:
    """A handover that was begun, with how many entries."""

    handover: UUID
    entries: int


@dataclass(frozen=True)
class Objection:
    """An entry that the receiver doesn't accept, and why."""

    kind: str
    entry: str
    reason: str


@action("duty.start_handover")
def start_handover(
    pen: Pen,
    *,
    post: UUID,
    giver: UUID,
    receiver: UUID,
    keys: Sequence[str] = (),
    stock: Sequence[tuple[str, int]] = (),
) -> HandoverBegun:
    """Begins a handover: open lines, keys and counts as they are now. An unfinished one of the post is dropped.

    Raises `Refused` for anybody but giver, receiver and those above them.
    """
    handover, writing = uuid7(), today(pen)
    if actor(pen) not in (giver, receiver) and not _is_above(writing, str(actor(pen))):
        raise Refused(None, "交接由交班人、接班人或领班开始。请在名单里选上自己，或请领班来开始。")
    facts: dict[str, object] = {"handover": str(handover), "post": str(post)}
    facts |= {"giver": str(giver), "receiver": str(receiver)}
    facts |= {"keys": list(keys)} if keys else {}
    facts |= {"stock": [{"item": i, "count": n} for i, n in stock]} if stock else {}
    decided = writing.happen("handover_start", **facts)
    entries = decided.more["entries"]
    assert isinstance(entries, list)
    _freeze(writing, Handover(id=handover, post_id=post, giver=giver, receiver=receiver))
    return HandoverBegun(handover, len(entries))


def _is_above(writing: Writing, who: str) -> bool:
    person = writing.day.fold.day.people.get(who)
    return person is not None and person.role in ABOVE


def _freeze(writing: Writing, row: Handover) -> None:
    """What was filled in by itself, as it is now."""
    pen, event = writing.pen, writing.stored
    row.site_id, row.log, row.event, row.at = pen.site_id, writing.log, event, event.at
    row.facilities = facilities(writing.log, writing.day.fold.day, str(row.post_id), writing.names)
    counted = {one["item"] for one in event.facts.get("stock", ())}
    last = proposal(pen.site_id, row.post_id)
    row.expected = {item: n for item, n in last.expected().items() if item in counted}
    row.also = [one.kept() for one in alongside(pen.site_id, row.post_id, event.at)]
    if missed := last.left_out(event.facts.get("keys", ()), counted):
        row.also.append(Also(LEFT_OUT, missed[:LONGEST]).kept())
    row.seq = pen.append("duty.handover_begun", row.told(), clause=_clause(writing, row.id)).seq
    row.save(force_insert=True)


def _clause(writing: Writing, handover: UUID) -> str | None:
    """A handover to or from a guard stands under closing or opening; else under the first responsible person."""
    found = _decided(writing, handover)
    day = writing.day.fold.day
    return day.clause(about_handover(day, found.giver, found.receiver), found.post)


def _decided(writing: Writing, handover: UUID) -> Decided:
    found = writing.day.fold.day.handovers.get(str(handover))
    if found is None:
        raise Refused(None, "今天没有这次交接。请回到「现在」，从那里打开。")
    return found


@action("duty.answer_entry")
def answer_entry(
    pen: Pen, *, handover: UUID, kind: str, entry: str, accepts: bool, reason: str = ""
) -> Said:
    """The receiver accepts an entry or objects to it, with a reason."""
    return Said(_answer(today(pen), handover, Objection(kind, entry, reason), accepts=accepts))


def _answer(writing: Writing, handover: UUID, word: Objection, *, accepts: bool) -> str:
    why = word.reason.strip()
    if not accepts and not why:
        raise Refused(None, "不接收要写一句原因，领班会看到。", about="reason")
    if (word.kind, word.entry) not in {(e.kind, e.id) for e in _decided(writing, handover).entries}:
        raise Refused(None, "这次交接里没有这一项。请回到交接的页面，从那里再点一次。")
    facts = {"handover": str(handover), "who": str(actor(writing.pen))}
    facts |= {"kind": word.kind, "id": word.entry}
    said = writing.say("handover_answer", **facts, accepts=accepts, reason=why or None)
    return said.because


@action("duty.accept_rest")
def accept_rest(pen: Pen, *, handover: UUID) -> int:
    """The receiver accepts every entry not answered yet; how many that were."""
    return _accept_rest(today(pen), handover)


def _accept_rest(writing: Writing, handover: UUID) -> int:
    left = [e for e in _decided(writing, handover).entries if e.accepted is None]
    for entry in left:
        _answer(writing, handover, Objection(entry.kind, entry.id, ""), accepts=True)
    return len(left)


@action("duty.sign_handover")
def sign_handover(
    pen: Pen,
    *,
    handover: UUID,
    signature: Signature,
    objections: Sequence[Objection] = (),
    accepts_rest: bool = False,
    device: UUID | None = None,
) -> Said:
    """Signs for one's side; with both, accepted lines have the receiver as their owner.

    objections, accepts_rest: the receiver's words on all entries in the same write. device: whose phone or tablet
    it was signed on, where it isn't the signer's own. A guard who signs here has come: they are signed on by it.
    """
    writing = _here(pen)
    for word in objections:
        _answer(writing, handover, word, accepts=False)
    if accepts_rest:
        _accept_rest(writing, handover)
    said = writing.say("handover_sign", handover=str(handover), who=str(actor(pen)))
    found = _decided(writing, handover)
    side = "receiving" if found.receiver == str(actor(pen)) else "giving"
    row = HandoverSignature(handover=handover, side=side, device=device)
    row.completes = found.state == "done"
    _keep(writing, row, signature)
    if row.completes:
        _pass_on(writing, found)
    return said


def _here(pen: Pen) -> Writing:
    """The day, with a guard who had not signed on."""
    writing = today(pen)
    if pen.by in writing.day.fold.day.signed_on:
        return writing
    if staff_on_duty(pen.site_id, pen.at).get(UUID(pen.by)) != "guard":
        return writing
    sign_on.within(pen)
    return today(pen)


def _keep(writing: Writing, row: HandoverSignature, signature: Signature) -> None:
    pen, event = writing.pen, writing.stored
    row.site_id, row.event, row.at = pen.site_id, event, event.at
    row.by, row.signed, row.strokes = UUID(pen.by), signature.how, signature.kept()
    clause = _clause(writing, row.handover)
    row.seq = pen.append("duty.handover_signed", row.told(), clause=clause).seq
    row.save(force_insert=True)


def _pass_on(writing: Writing, found: Decided) -> None:
    """The matters follow: their owner is whoever received them."""
    pen, day = writing.pen, writing.day.fold.day
    for entry in found.entries:
        if entry.kind == "line" and entry.accepted and day.lines[entry.id].open:
            step = Step("hand_over", str(actor(pen) or ""), pen.at, to=found.receiver)
            take(pen=pen, matter_id=UUID(entry.id), step=step, quiet=True)


@action("duty.handover_refused")
def refuse_handover(pen: Pen, *, handover: UUID, who: UUID, words: str) -> None:
    """Somebody would not sign: kept with the reason, and the lead hears of it at once (SF-4.7, SC-4.7).

    The handover stays open. Raises `Refused` for a side that has signed, and without a reason.
    """
    writing = today(pen)
    found, me = _decided(writing, handover), str(actor(pen))
    sides = {found.giver: "giving", found.receiver: "receiving"}
    if str(who) not in sides or (me not in sides and not _is_above(writing, me)):
        raise Refused(None, "拒签由交班人、接班人或领班记下，说的是其中一方。")
    if found.state != "open" or sides[str(who)] in found.signed:
        raise Refused(None, "这一方已经签过，或者这次交接已经结束，不用再记拒签。")
    what, why = HandoverNote.What.REFUSAL, words.strip()
    if not why:
        raise Refused(None, "请写一句为什么不签，领班会看到。", "words")
    row = HandoverNote(handover=handover, log=writing.log, what=what, about=who)
    clause = _clause(writing, handover)
    _note(pen, row, why, clause)
    post, name = writing.names.of(found.post), writing.names.of(str(who))
    tell(
        pen,
        to=hearing(pen.site_id, pen.at)["lead"].people,
        kind="duty.handover_refused",
        title=f"{post}的交接，{name}不签",
        body=f"{why} 请到场处理：说清楚哪一项不接收，或者由领班接下。",
        link=f"/duty/handover/{handover}/",
        urgent=True,
        clause=clause,
        aloud="交接有人不签，请到场",
    )


@action("duty.handover_added")
def add_to_handover(pen: Pen, *, handover: UUID, words: str) -> None:
    """补充: words added to a handover that both sides have signed, of today or of a day gone by; never changed.

    Raises `Refused` before that, for anybody but the two and those above them, and for nothing said.
    """
    row = Handover.objects.filter(site_id=pen.site_id, id=handover).select_related("log").first()
    writing = Writing(pen, folded(row.log, events_of(row.log))) if row else None
    if row is None or writing is None or _decided(writing, handover).state != "done":
        raise Refused(None, "双方签完以后才能补充。现在还可以逐项改，不接收的写明原因。")
    above = staff_on_duty(pen.site_id, pen.at).get(UUID(pen.by)) in ABOVE
    if actor(pen) not in (row.giver, row.receiver) and not above:
        raise Refused(None, "补充由交班人、接班人或领班来写，请告诉他们。")
    if not words.strip():
        raise Refused(None, "请写下要补充的话。", "words")
    note = HandoverNote(handover=handover, log=row.log, what=HandoverNote.What.ADDITION)
    _note(pen, note, words.strip(), _clause(writing, handover))


def _note(pen: Pen, row: HandoverNote, words: str, clause: str | None) -> None:
    row.site_id, row.by, row.at = pen.site_id, UUID(pen.by), pen.at
    row.words, row.salt = words[:300], new_salt()
    row.seq = pen.append("duty.handover_note", row.told(), clause=clause).seq
    row.save(force_insert=True)
