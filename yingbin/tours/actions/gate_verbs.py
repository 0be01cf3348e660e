"""What people do at the gates and with passes, each one idempotent write; the rules decide, by `gate.at_the_gates`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.trips import Statement
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.times import written

from .. import gatehouse, phones
from ..gate_answer import Answer, answer_of
from ..models import Fate, GateClash, GateDevice, GateEvent, TourVisit, VisitorPass
from ..queries import scanning
from ..queries.gates import pass_numbered
from .gate import Telling, at_the_gates

NO_DEVICE = "没有找到这个门岗，可能已经停用。请回到门岗页重新选。"
NO_PASS = "没有找到这张参观证，请核对证号。"
NO_VISIT = "没有找到这次来访，请刷新后再点。"


@dataclass(frozen=True)
class Through:
    """Somebody at a gate with a pass. number: 0 where what they showed is no pass of ours, `fault` then says why.

    typed: presented without a code, looked up by a guard. led_by: somebody else than the escort on the pass leads.
    nonce: the device's own name of this scan, so that it is answered once. phone: the browser it comes from.
    """

    device: UUID
    number: int
    revision: int
    inward: bool = True
    count: int = 1
    device_at: datetime | None = None
    other_escort: bool = False
    typed: bool = False
    fault: str = ""
    mark: str = ""
    nonce: str = ""
    phone: UUID | None = None


def _foreseen(acting: Acting, *, told: Through) -> Iterator[Statement]:
    number = 0 if told.fault else told.number
    return scanning.asked(acting.site_id, acting.at, told.device, number, told.nonce)


@action("gate.scan", asks=_foreseen)
def scan(pen: Pen, *, told: Through) -> Answer:
    """Somebody goes in or out by a pass; the answer, a refusal too, is stored (CV-4.1, CV-4.2)."""
    return _through(pen, "scan", told, "")


@action("gate.admit", asks=lambda acting, *, told, reason: _foreseen(acting, told=told))
def admit(pen: Pen, *, told: Through, reason: str) -> Answer:
    """A supervisor lets them in with a reason (CV-4.1); not past a roll call, a wrong area or the headcount."""
    if not reason.strip():
        raise Refused("CV-4.1", "请写为什么特准放行。", about="reason")
    return _through(pen, "admit", told, reason.strip())


def _through(pen: Pen, event: str, told: Through, reason: str) -> Answer:
    """All is read with the lock; from then on nothing is read that is written, so that all of it leaves in one trip."""
    gates = at_the_gates(pen)
    device = gatehouse.open_one(gates.devices, told.device)
    if device is None:
        raise Refused("CV-4.1", NO_DEVICE)
    before = scanning.answered(pen, device.id, told.nonce)
    if before is not None:
        return answer_of(before, repeat=True)
    if not phones.stands(device, told.phone, gates.at, gates.policy).may_scan:
        raise Refused("CV-4.1", phones.ELSEWHERE)
    seen = scanning.scene(pen, 0 if told.fault else told.number)
    telling = replace(telling_of(event, told, device, seen.held, reason), shelf=seen.shelf)
    pen.hold()
    return answer_of(gates.happen(telling), names=seen.names)


def shown(pen: Pen, told: Through) -> VisitorPass | None:
    """The pass that was presented; None where it is no pass of ours."""
    return None if told.fault else pass_numbered(pen.site_id, told.number)


def telling_of(
    event: str, told: Through, device: GateDevice, held: VisitorPass | None, reason: str
) -> Telling:
    """A scan or admission as the door takes it; held: the pass that was presented."""
    revision = held.revision if told.typed and held is not None else max(told.revision, 1)
    fields: dict[str, object] = {"revision": revision, "count": max(told.count, 1)}
    if event == "scan":
        fields["direction"] = "in" if told.inward else "out"
    if told.device_at is not None:
        fields["device"] = written(told.device_at.replace(microsecond=0))
    if told.other_escort and event == "scan":
        fields["led_by"] = "另一位同事"
    if told.typed:
        fields["typed"] = True
    if held is None:
        fields |= {"called": f"?{told.mark or told.number}", "fault": told.fault or "no_pass"}
    words = {"reason": reason} if event == "admit" else {}
    return Telling(event, device, held, fields=fields, words=words, nonce=told.nonce)


# Passes


@action("gate.lost")
def lose(pen: Pen, *, number: int) -> None:
    """The pass is lost: nobody comes in by it (CV-4.1)."""
    _of_pass(pen, "lost", number)


@action("gate.returned")
def take_back(pen: Pen, *, number: int) -> None:
    """The pass was given back, and all its persons have left (CV-4.1)."""
    _of_pass(pen, "returned", number)


@action("gate.all_returned")
def take_all_back(pen: Pen, *, visit_id: UUID) -> int:
    """Every pass of a visit that is out was given back (CV-4.1); how many. Raises `Refused` where none is out."""
    rows = VisitorPass.objects.filter(site_id=pen.site_id, visit=visit_id, fate=Fate.OUTSTANDING)
    out = list(rows.select_related("visit").order_by("number"))
    if not out:
        raise Refused("CV-4.1", "这次来访没有在外的证，请刷新。")
    gates = at_the_gates(pen)
    for held in out:
        gates.happen(Telling("returned", held=held))
    return len(out)


@action("gate.revoke")
def revoke(pen: Pen, *, number: int, reason: str) -> None:
    """The pass is void from now on (CV-4.1)."""
    if not reason.strip():
        raise Refused("CV-4.1", "请写为什么作废。", about="reason")
    _of_pass(pen, "revoke", number, reason.strip())


@action("gate.reissue")
def reissue(
    pen: Pen, *, number: int, reason: str, escort: UUID | None = None, photo: bool | None = None
) -> int:
    """Another revision of a pass, for one that was lost, with another escort or for photographs; its number.

    Areas and persons stay: other ones are another pass, which the department issues. Raises `Refused`.
    """
    held = _held(pen, number)
    if not reason.strip():
        raise Refused("CV-4.1", "请写为什么换发。", about="reason")
    if held.visit.status != TourVisit.Status.APPROVED or held.ends_at <= pen.at:
        raise Refused("CV-4.1", "这次来访已经结束或不再有效，不能换发。")
    if not set(held.areas) <= set(held.visit.open_areas):
        raise Refused("CV-3.2.1", "证上有区域已经不开放，请由部门另发一张。")
    if photo and not held.photo and not held.visit.state.get("photo"):
        raise Refused("CV-4.3", "这次来访没有批准拍照，先由公司批示再换发。", about="photo")
    fields: dict[str, object] = {} if escort is None else {"escort": str(escort)}
    if photo is not None:
        fields["photo"] = photo
    _of_pass(pen, "reissue", number, reason.strip(), fields)
    return held.revision + 1


def _of_pass(
    pen: Pen, event: str, number: int, reason: str = "", fields: dict[str, object] | None = None
) -> GateEvent:
    words = {"reason": reason} if reason else {}
    held = _held(pen, number)
    return at_the_gates(pen).happen(Telling(event, held=held, fields=fields or {}, words=words))


def _held(pen: Pen, number: int) -> VisitorPass:
    held = pass_numbered(pen.site_id, number)
    if held is None:
        raise Refused("CV-4.1", NO_PASS)
    return held


# Clashes


@action("gate.settle")
def settle_clash(pen: Pen, *, clash_id: UUID, finding: str) -> None:
    """A supervisor says what a clash turned out to be. Raises `Refused` without words, or where it was said already."""
    rows = GateClash.objects.filter(site_id=pen.site_id, settled_at__isnull=True)
    row = rows.select_related("scan").filter(id=clash_id).first()
    if row is None:
        raise Refused("CV-4.1", "这一条已经核对过，请刷新。")
    if not finding.strip():
        raise Refused("CV-4.1", "请写核对的结果：是谁，现在在哪里。", about="finding")
    row.settled_at, row.settled_by = pen.at, actor(pen)
    row.finding, row.salt = finding.strip()[:200], new_salt()
    words = committed({"finding": row.finding}, row.salt)
    body = {"scan": row.scan.number, "code": row.code, "words": words}
    pen.append("gate.settled", body, clause="CV-4.1")
    row.save()


# Who is here


@action("gate.roll_start")
def start_roll(pen: Pen, *, drill: bool = False) -> int:
    """Everybody on site is to be found; nobody is let in meanwhile. How many are expected."""
    row = at_the_gates(pen).happen(Telling("roll_start", fields={"drill": drill}))
    return sum(row.answer["expected"].values())


@action("gate.roll_mark")
def mark_roll(pen: Pen, *, visit_id: UUID, safe: int) -> int:
    """So many of a visit are safe by now; how many are missing still."""
    visit = TourVisit.objects.filter(site_id=pen.site_id, id=visit_id).first()
    if visit is None:
        raise Refused(None, NO_VISIT)
    row = at_the_gates(pen).happen(Telling("roll_mark", visit=visit, fields={"safe": safe}))
    return int(row.answer["missing"])


@action("gate.roll_end")
def end_roll(pen: Pen) -> int:
    """The roll call is over; how many were not found."""
    row = at_the_gates(pen).happen(Telling("roll_end"))
    return sum(row.answer["missing"].values())


@action("gate.day_end")
def end_day(pen: Pen) -> int:
    """The evening's reconciliation is written down; how many passes are still out (CV-4.1)."""
    row = at_the_gates(pen).happen(Telling("day_end"))
    return len(row.answer["not_returned"])
