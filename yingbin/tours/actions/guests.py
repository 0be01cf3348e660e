"""Who comes with a visit: the list as it is from now on, somebody replaced at the gate, a full number looked at, a line erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.rules.times import written

from .. import folding
from ..guest_lines import GuestLine, faults_of
from ..guest_words import fault_said
from ..models import GuestLook, TourGuest, TourVisit
from ..queries.guests import allowing, line_of, listed, stamp
from .happen import NOT_HERE

CLAUSE = "CV-4.1"
NOT_LISTED = "这一位已经不在名单上了，请刷新后再看。"
Stands = TourGuest.Stands


@dataclass(frozen=True)
class ListChange:
    """How many came onto a list, how many were struck off."""

    added: int
    gone: int


@dataclass(frozen=True)
class _Place:
    """How somebody came onto a list at the gate: in whose place, who allowed it and why."""

    instead: TourGuest | None = None
    allowed_by: UUID | None = None
    why: str = ""


@action("tours.guests")
def keep_list(pen: Pen, *, visit_id: UUID, guests: tuple[GuestLine, ...], seen: int) -> ListChange:
    """The list is as told from now on; lines that stay the same stay. seen: the list's `stamp` as whoever writes saw it.

    Raises `Refused` where it changed meanwhile, where it names more than were asked for, or nothing changes.
    """
    visit = _going_on(pen, visit_id)
    if seen != stamp(visit):
        raise Refused(CLAUSE, "名单刚才被别人改过。您填的还在，请对照现在的名单再保存。")
    kept = {line_of(one): one for one in listed(visit).exclude(salt="")}
    guests = tuple(_whole(one, kept) for one in guests)
    _fits(visit, guests)
    gone = [row for line, row in kept.items() if line not in guests]
    fresh = [line for line in guests if line not in kept]
    if not gone and not fresh:
        raise Refused(CLAUSE, "名单没有改动。")
    _strike(pen, visit, gone)
    _add(pen, visit, fresh, _Place())
    return ListChange(len(fresh), len(gone))


@action("tours.guest_replaced")
def replace_guest(
    pen: Pen, *, visit_id: UUID, guest_id: UUID, comes: GuestLine, allowed_by: UUID, why: str
) -> UUID:
    """Somebody else comes in a guest's place; who allowed it is of reception or supervises the gates. Raises `Refused`."""
    visit = _going_on(pen, visit_id)
    if visit.status != TourVisit.Status.APPROVED:
        raise Refused(CLAUSE, "这次来访还没有批准，直接改名单就可以。")
    old = listed(visit).filter(id=guest_id).first()
    if old is None:
        raise Refused(CLAUSE, NOT_LISTED)
    if not why.strip():
        raise Refused(CLAUSE, "请写一句为什么换人。", about="why")
    if allowed_by not in allowing(pen.site_id, pen.at):
        raise Refused(CLAUSE, "换人要接待部或值班队长同意，请选是谁同意的。", about="allowed_by")
    _sound(_whole(comes, ()))
    _strike(pen, visit, [old])
    return _add(pen, visit, [comes], _Place(old, allowed_by, why.strip()[:100]))[0]


@action("tours.guest_revealed")
def reveal_guest(pen: Pen, *, visit_id: UUID, guest_id: UUID, why: str) -> UUID:
    """Somebody looks at a guest's full number and says what for; the guest's id, for no stored answer holds a number."""
    who = actor(pen)
    row = TourGuest.objects.filter(site_id=pen.site_id, visit=visit_id, id=guest_id).first()
    if row is None or who is None or not row.phone:
        raise Refused(CLAUSE, "这个号码已经不在名单上了，请刷新。")
    if not why:
        raise Refused(CLAUSE, "请选一个查看用途，会记在查看记录里。", about="why")
    at = pen.at.replace(microsecond=0)
    body = {"guest": str(row.id), "why": why, "at": written(at)}
    line = pen.append("tours.guest_revealed", body)
    GuestLook.objects.create(
        site_id=pen.site_id, guest=row, seq=line.seq, at=at, by=who, why=why[:20]
    )
    return row.id


@action("tours.guest_erased")
def erase_guest(pen: Pen, *, visit_id: UUID, guest_id: UUID, reason: str) -> None:
    """A guest asks to be forgotten: their words go, the line stays as a number. Raises `Refused` without a reason."""
    rows = TourGuest.objects.filter(site_id=pen.site_id, visit=visit_id, id=guest_id)
    if not rows.exists():
        raise Refused(CLAUSE, NOT_LISTED)
    if not reason.strip():
        raise Refused(None, "请写明依据，例如：本人来信要求删除。", about="reason")
    empty_guests(pen, [guest_id])
    pen.append("tours.words_erased", {"erased_rows": [str(guest_id)], "because": "guest"})


def empty_guests(pen: Pen, ids: Sequence[UUID]) -> int:
    """Empties the words of these lines; how many. Whoever calls it names them, or their visits, in an entry as `erased_rows`."""
    rows = TourGuest.objects.filter(site_id=pen.site_id, id__in=ids).exclude(salt="")
    return rows.update(name="", phone="", role="", paper="", care_of="", why="", salt="")


def _going_on(pen: Pen, visit_id: UUID) -> TourVisit:
    row = folding.row_of(pen.site_id, visit_id)
    if row is None:
        raise Refused(None, NOT_HERE)
    if row.status in folding.ENDED:
        raise Refused(CLAUSE, "这次来访已经结束或取消，名单不能再改。")
    return row


def _whole(one: GuestLine, kept: Iterable[GuestLine]) -> GuestLine:
    """The line with its whole number, where it has the masked one of the list. Raises `Refused` where there is none."""
    if "*" not in one.phone:
        return one
    same = (line for line in kept if (line.name, line.hidden) == (one.name, one.phone))
    if (found := next(same, None)) is None:
        raise Refused(CLAUSE, f"{one.name}的电话没有写全，请写完整的号码。", about="lines")
    return replace(one, phone=found.phone)


def _fits(visit: TourVisit, guests: Sequence[GuestLine]) -> None:
    erased = listed(visit).filter(salt="").count()
    if len(guests) + erased > visit.headcount:
        words = f"名单上有 {len(guests) + erased} 位，申请的是 {visit.headcount} 人。请先改人数，或去掉不来的人。"
        raise Refused("CV-4.2", words, about="lines")
    if len(set(guests)) < len(guests):
        raise Refused(CLAUSE, "有一位写了两次，请去掉一行。", about="lines")
    for one in guests:
        _sound(one)


def _sound(one: GuestLine) -> None:
    if code := next(iter(faults_of(one)), ""):
        raise Refused(CLAUSE, fault_said(code, "zh"), about="lines")


def _strike(pen: Pen, visit: TourVisit, rows: Sequence[TourGuest]) -> None:
    if not rows:
        return
    at = pen.at.replace(microsecond=0)
    body = {"visit": str(visit.id), "at": written(at), "guests": [str(row.id) for row in rows]}
    line = pen.append("tours.guests_gone", body, clause=CLAUSE)
    TourGuest.objects.filter(id__in=[row.id for row in rows]).update(
        stands=Stands.GONE, gone_seq=line.seq, gone_at=at, gone_by=actor(pen)
    )


def _add(pen: Pen, visit: TourVisit, lines: Sequence[GuestLine], place: _Place) -> list[UUID]:
    if not lines:
        return []
    at, first = pen.at.replace(microsecond=0), next_number(TourGuest, pen.site_id, visit=visit)
    rows = [
        TourGuest(
            site_id=pen.site_id, visit=visit, number=first + n, at=at, by=actor(pen), name=one.name, phone=one.phone,
            role=one.role, paper=one.paper, minor=one.minor, care_of=one.care_of, instead=place.instead,
            allowed_by=place.allowed_by, why=place.why,
        )
        for n, one in enumerate(lines)
    ]  # fmt: skip
    body = {"visit": str(visit.id), "at": written(at), "added": [_told(row) for row in rows]}
    line = pen.append("tours.guests", body, clause=CLAUSE)
    for row in rows:
        row.seq = line.seq
    TourGuest.objects.bulk_create(rows)
    return [row.id for row in rows]


def _told(row: TourGuest) -> dict[str, object]:
    """A line as the journal keeps it; the row keeps the salt."""
    kept = commit_to(**row.words)
    row.salt = kept.salt
    return {
        "guest": str(row.id), "number": row.number, "minor": row.minor, "words": kept.words,
        "instead": str(row.instead_id) if row.instead_id else None,
        "allowed_by": str(row.allowed_by) if row.allowed_by else None,
    }  # fmt: skip
