"""A breach (CV-4.2): reported, evidence added, confirmed by security, kept for legal until security releases it, copied out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from yingbin.files.actions import attach, release
from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of, those_who_may
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.sheets import actions as sheets
from yingbin.sheets.actions import Copy, HandOut
from yingbin.sheets.book import Papers

from ..evidence import EVIDENCE
from ..models import BreachCopy, BreachStep, GateBreach
from ..telling_gates import tell_of_breach, tell_of_confirmation
from .gate import Telling, at_the_gates

What = BreachStep.What
CLAUSE = "CV-4.2"
RECORDS = Papers("违规带人记录", CLAUSE, BreachCopy, "breach.handed_out")


@dataclass(frozen=True)
class Report:
    """The number people say of a report, and its id."""

    number: int
    breach: UUID


@action("gate.breach")
def report_breach(
    pen: Pen,
    *,
    leader: UUID | None,
    called: str = "",
    note: str = "",
    photos: tuple[UUID, ...] = (),
) -> Report:
    """Somebody leads visitors without approval. leader: a colleague; called: who else it was; photos: of what was seen."""
    fields, words = _whom("leader", leader, called)
    named = fields.get("leader")
    row = GateBreach(
        id=uuid7(), site_id=pen.site_id, number=next_number(GateBreach, pen.site_id),
        leader=UUID(named) if named else None,
    )  # fmt: skip
    if note.strip():
        words["note"] = note.strip()
    told = {"breach": str(row.id), "number": row.number, **fields}
    row.event = at_the_gates(pen).happen(Telling("breach", fields=told, words=words))
    row.save(force_insert=True)
    if photos:
        _keep(pen, row, What.EVIDENCE, photos=photos)
    tell_of_breach(pen, row, _security(pen, row))
    return Report(row.number, row.id)


@action("breach.evidence")
def add_evidence(
    pen: Pen, *, breach_id: UUID, note: str = "", photos: tuple[UUID, ...] = ()
) -> None:
    """Photos, or words, are added by security or by whoever reported it; they stay until `release_evidence`."""
    row = _known(pen, breach_id)
    if actor(pen) != row.event.by:
        _is_security(pen)
    if not (photos or note.strip()):
        raise Refused(CLAUSE, "请附照片，或写下看到、查到了什么。", about="note")
    if is_released(row):
        raise Refused(CLAUSE, "这次报告已经解除封存，不能再附证据。有新情况请另报一次。")
    _keep(pen, row, What.EVIDENCE, note, photos)


@action("gate.confirm")
def confirm_breach(
    pen: Pen, *, breach_id: UUID, finding: str, leader: UUID | None = None, called: str = ""
) -> None:
    """Security confirms a breach and says on what grounds; neither who reported it nor who it was may (CV-4.2).

    leader, called: who led them as it turned out, where the report didn't know or named somebody else.
    """
    row = _known(pen, breach_id)
    if not finding.strip():
        raise Refused(CLAUSE, "请写怎么查实的：谁、带了谁、看了什么。", about="finding")
    if leader is not None and leader == actor(pen):
        raise Refused(CLAUSE, "带人的是您自己，请安全部门的另一位确认。", about="leader")
    known = leader is not None or called.strip()
    fields, words = _whom("found", leader, called) if known else ({}, {})
    words["finding"] = finding.strip()
    told = {"breach": str(row.id), **fields}
    telling = Telling("confirm", fields=told, words=words, breach=row)
    row.confirmed = at_the_gates(pen).happen(telling)
    row.save(update_fields=["confirmed"])
    tell_of_confirmation(pen, row, those_who_may(pen.site_id, "tours.approve", pen.at))


@action("breach.release")
def release_evidence(pen: Pen, *, breach_id: UUID, reason: str) -> int:
    """Security says why the evidence is needed no longer: from here on it is kept as long as the policy of files; how many photos."""
    row = _known(pen, breach_id)
    _is_security(pen)
    if not reason.strip():
        raise Refused(CLAUSE, "请写为什么可以解除封存，例如法务已结案。", about="reason")
    if is_released(row):
        raise Refused(CLAUSE, "已经解除封存了，请刷新。")
    many = release(pen, about=(EVIDENCE.id, row.id))
    _keep(pen, row, What.RELEASED, reason)
    return many


@action("breach.hand_out")
def hand_out_record(pen: Pen, *, breach_id: UUID, copy: Copy, why: str) -> HandOut:
    """Keeps that the record on A4 was handed out: who, when, why, the file's SHA-256."""
    _is_security(pen)
    row = _known(pen, breach_id)
    return sheets.hand_out(pen, RECORDS, copy, why, about={"breach_id": row.id})


def is_released(row: GateBreach) -> bool:
    """Whether security let the evidence go."""
    return BreachStep.objects.filter(breach=row, what=What.RELEASED).exists()


def _known(pen: Pen, breach_id: UUID) -> GateBreach:
    rows = GateBreach.objects.select_related("event", "confirmed")
    row = rows.filter(site_id=pen.site_id, id=breach_id).first()
    if row is None:
        raise Refused(CLAUSE, "没有找到这次报告，请刷新后再点。")
    return row


def _security(pen: Pen, row: GateBreach) -> list[UUID]:
    """Who may confirm it: security, but neither who reported it nor who it was."""
    here = those_who_may(pen.site_id, "gate.security", pen.at)
    return [one.id for one in here if one.id not in (row.leader, row.event.by)]


def _is_security(pen: Pen) -> None:
    here = those_who_may(pen.site_id, "gate.security", pen.at)
    if actor(pen) not in {one.id for one in here}:
        raise Refused(CLAUSE, "只有安全部门能办这一步，报告的人可以补充证据。")


def _whom(name: str, who: UUID | None, called: str) -> tuple[dict[str, str], dict[str, str]]:
    """Who it was: a colleague among the fields, somebody else among the words. Raises `Refused` where it is nobody."""
    if who is not None and names_of([who]):
        return {name: str(who)}, {}
    if not called.strip():
        raise Refused(CLAUSE, "请选是哪位同事，或写下是谁带的人。", about="called")
    return {}, {name: called.strip()}


def _keep(
    pen: Pen, row: GateBreach, what: BreachStep.What, note: str = "", photos: Sequence[UUID] = ()
) -> None:
    """The step with its entry, and its photos, held from then on."""
    words: Mapping[str, str] = {"note": note.strip()} if note.strip() else {}
    salt = new_salt() if words else ""
    body: dict[str, object] = {"breach": str(row.id), "photos": len(photos)}
    if words:
        body["words"] = committed(words, salt)
    if what == What.EVIDENCE:
        line = pen.append("breach.evidence", body, clause=CLAUSE)
    else:
        line = pen.append("breach.released", body, clause=CLAUSE)
    if photos:
        attach(pen, about=(EVIDENCE.id, row.id), files=photos, held=True)
    BreachStep.objects.create(
        site_id=pen.site_id, breach=row, what=what, photos=len(photos), words=words, salt=salt,
        at=pen.at, by=UUID(pen.by), seq=line.seq,
    )  # fmt: skip
