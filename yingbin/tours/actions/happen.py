"""One event of a visit inside a write: decided by `rules.tours`, stored, witnessed, told. The one door.

writing = at_reception(pen)
writing.open(Application(visitor="长丰机械", …))
writing.happen("area", visit_id, area="workshop", answer="open")
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.customers.actions import register_customer
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.ids import uuid7
from yingbin.people.policy_rows import Plain
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.rules.malformed import Malformed
from yingbin.rules.times import HERE, written
from yingbin.rules.tours.clock import Record
from yingbin.rules.tours.decide import VisitFold
from yingbin.rules.tours.refusal import VisitRefusal
from yingbin.rules.tours.visitfile import Event

from .. import folding, names
from ..models import TourEvent, TourOffice, TourVisit
from ..office import last_office, office_now, standing
from ..snapshots import Snapshot, snapshot
from ..telling import News, tell_of
from ..waiting import kept, waits
from .application import Application
from .passes import Issue, issued, moved, voided

# Free words among an event's fields; they may name a visitor, so they stand apart from the facts.
FREE = ("visitor", "contact", "reason")
_HEAD = frozenset({"at", "event", "visit"})
NOT_HERE = "没有找到这次来访，请回到参观台账。"


@dataclass(frozen=True)
class Done:
    """An event that was accepted: the visit as it is now, the sentence of the rules."""

    row: TourVisit
    because: str


@dataclass
class _Facts:
    """What is stored of an event or a record, its free words apart."""

    kind: str
    at: datetime
    clause: str
    because: str
    plain: Plain = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)


class Writing:
    """The house while something is written at its reception; what the clock owed by now has taken place."""

    def __init__(self, pen: Pen, office: TourOffice) -> None:
        self.pen, self.office, self.stands = pen, office, standing(office)
        self.at = _moment(pen)
        rows = folding.looked_at(pen.site_id, self.at, self.stands.packs)
        self.rows = {str(row.id): row for row in rows}
        self.waited = {str(row.id): row.waits for row in rows}
        self.fold = VisitFold(self.stands.file)
        self.house, self.clock = self.fold.house, self.fold.clock
        now = folding.house_of(pen.site_id, self.stands, rows)
        self.house.visits, self.house.stock = now.visits, now.stock
        self.seen = {name: snapshot(self.house, v) for name, v in self.house.visits.items()}
        # What another company brings about, as a task due on another day, arises with it.
        self.clock.note(folding.since(office))
        with pen.in_name_of("clock"):
            self.marks = self._run()
        self._wait_anew()

    # What people do

    def open(self, told: Application) -> Done:
        """Somebody asks for a visit, or a department announces a key account. Raises `Refused`."""
        visit_id = uuid7()
        facts = told.facts(actor(self.pen))
        event = self._event("word" if told.department else "apply", visit_id, facts)
        clause = self._take(event)
        row = self._new_row(visit_id, told)
        self.rows[str(row.id)] = row
        facts_ = self._facts(event, clause)
        return self._close(row, facts_, told)

    def happen(self, event: str, visit_id: UUID, **facts: object) -> Done:
        """Something happens to a visit; fields as the contract names them, `from_` for `from`. Raises `Refused`."""
        row = self._known(visit_id)
        plain = {name.rstrip("_"): value for name, value in facts.items()}
        told = self._event(event, visit_id, plain)
        return self._close(row, self._facts(told, self._take(told)))

    # Deciding

    def _known(self, visit_id: UUID) -> TourVisit:
        row = self.rows.get(str(visit_id)) or folding.row_of(self.pen.site_id, visit_id)
        if row is None:
            raise Refused(None, NOT_HERE)
        if str(visit_id) not in self.rows:
            # It has ended and nothing is decided beside it; it is looked at to be refused.
            visit = folding.whole(row, self.stands)
            self.rows[str(row.id)], self.house.visits[str(row.id)] = row, visit
            self.seen[str(row.id)] = snapshot(self.house, visit)
        return row

    def _event(self, kind: str, visit_id: UUID, facts: Plain) -> Event:
        raw = {**_plain(facts), "at": written(self.at), "event": kind, "visit": str(visit_id)}
        try:
            return folding.event_from(self.office, raw)
        except Malformed as no:
            raise Refused(None, f"填得不全或不对：{no.fault}。请改好再提交。") from None

    def _take(self, event: Event) -> str:
        try:
            clause = self.fold.take(event)
        except VisitRefusal as no:
            raise Refused(no.clause, names.in_words(self.pen.site_id, no.because)) from None
        self.house.settle(self.at)
        self.clock.note(self.at)
        return clause

    def _facts(self, event: Event, clause: str) -> _Facts:
        because = self.fold.sentence(self.house.visits[event.visit])
        told = _Facts(event.kind, self.at, clause, because)
        for name, value in event.fields.items():
            if name in FREE:
                told.free[name] = str(value)
            elif name not in _HEAD:
                told.plain[name] = value
        if told.free:
            told.plain[folding.WORDS] = sorted(told.free)
        return told

    def _run(self) -> int:
        """Every record due by now, each stored and told; visits that are over meanwhile."""
        marks = 0
        for record in self.clock.run(self.at):
            marks += 1
            due = record.due
            self._close(self.rows[due.visit.name], _of_clock(record))
        over = self._changed()
        if over:
            body = {"visits": {str(row.id): folding.told(row) for row in over}}
            self.pen.append("tours.over", body, clause="CV-4.1")
            self._save(over)
        return marks

    # Storing

    def _new_row(self, visit_id: UUID, told: Application) -> TourVisit:
        card = register_customer(pen=self.pen, name=told.contact, phone=told.phone)
        year = self.at.astimezone(ZONE).year
        return TourVisit(
            id=visit_id, site_id=self.pen.site_id, year=year,
            number=next_number(TourVisit, self.pen.site_id, year=year), opened_at=self.at, how=told.how,
            applied_by=actor(self.pen), customer_id=card.id, visitor=told.visitor, contact=told.contact,
            words=told.kept_words, salt=new_salt(), language=told.language, terms=told.terms,
            key_digest=told.key_digest or None,
        )  # fmt: skip

    def _changed(self, own: str = "") -> list[TourVisit]:
        """Rows of the visits that stand otherwise than before, shown as they are now; `own` among them."""
        found = []
        for name, visit in self.house.visits.items():
            row, status = self.rows[name], self.house.status(visit)
            folding.show(row, visit, status)
            row.waits = kept(waits(visit, self.house.company))
            if name == own or name not in self.seen or folding.told(row) != self.seen[name].told:
                row.next_clock_at, row.moved_at = self.clock.next_of(visit), self.at
                found.append(row)
        return found

    def _wait_anew(self) -> None:
        """Visits that stand as before but, by the house of now, wait for somebody else or until another time."""
        ids = [name for name, waited in self.waited.items() if self.rows[name].waits != waited]
        for name in ids:
            self.rows[name].next_clock_at = self.clock.next_of(self.house.visits[name])
        TourVisit.objects.bulk_update([self.rows[n] for n in ids], ["waits", "next_clock_at"])

    def _close(self, row: TourVisit, told: _Facts, opened: Application | None = None) -> Done:
        """The rows, the event, the journal's line; passes; those who hear of it."""
        changed = self._changed(str(row.id))
        index, row.events = row.events, row.events + 1
        salt = new_salt() if told.free else ""
        body: Plain = {
            "visit": str(row.id), "index": index, "event": told.kind, "at": written(told.at),
            "fields": told.plain, "because": told.because, "office": self.office.version,
            "visits": {str(one.id): folding.told(one) for one in changed},
        }  # fmt: skip
        if told.free:
            body["said"] = committed(told.free, salt)
        line = self._witness(row, body, told.clause, opened)
        self._save(changed)
        TourEvent.objects.create(
            site_id=self.pen.site_id, visit=row, index=index, seq=line, at=told.at,
            by=None if told.kind == folding.CLOCK else actor(self.pen), event=told.kind, fields=told.plain,
            words=told.free, salt=salt, because=told.because, clause=told.clause, office=self.office,
        )  # fmt: skip
        said = names.in_words(self.pen.site_id, told.because)
        self._follow(row, told, said, changed)
        return Done(row, said)

    def _witness(self, row: TourVisit, body: Plain, clause: str, opened: Application | None) -> int:
        """The journal's line; of one that opens a visit with what its row begins with, words as commitments."""
        if opened is None:
            kind = "tours.clock" if body["event"] == folding.CLOCK else "tours.event"
            if kind == "tours.clock":
                return self.pen.append("tours.clock", body, clause=clause).seq
            return self.pen.append("tours.event", body, clause=clause).seq
        body |= folding.opened(row)
        row.seq = self.pen.append("tours.opened", body, clause=clause).seq
        return row.seq

    def _save(self, rows: list[TourVisit]) -> None:
        for row in rows:
            row.save(force_insert=row._state.adding)
            self.waited[str(row.id)] = row.waits

    def _follow(self, own: TourVisit, told: _Facts, said: str, changed: list[TourVisit]) -> None:
        """What follows from how visits stand now: their passes, and who is told of what."""
        for row in changed:
            name = str(row.id)
            before, visit = self.seen.get(name), self.house.visits[name]
            after = self.seen[name] = snapshot(self.house, visit)
            self._passes(row, before, after, told if row is own else None)
            mine = row is own
            news = News(
                row, before, after, told.kind if mine else "", said if mine else "",
                told.plain if mine else {},
            )  # fmt: skip
            tell_of(self.pen, self.stands.company, news)

    def _passes(
        self, row: TourVisit, before: Snapshot | None, after: Snapshot, told: _Facts | None
    ) -> None:
        if before is None:
            return
        if gone := sorted(before.passes - after.passes):
            voided(self.pen, row, [UUID(one) for one in gone])
        if told is not None and told.kind == "issue":
            issued(self.pen, row, _issue(told.plain))
        if before.window != after.window and after.passes:
            moved(self.pen, row)


def _issue(told: Plain) -> Issue:
    areas = told["areas"]
    assert isinstance(areas, list)
    return Issue(
        UUID(str(told["pass"])), tuple(areas), int(str(told["persons"])), UUID(str(told["escort"])),
        bool(told.get("photo", False)), UUID(str(told["by"])),
    )  # fmt: skip


def _of_clock(record: Record) -> _Facts:
    due = record.due
    plain: Plain = {
        "warning": due.warning, "about": due.about, "moment": written(due.moment), "to": due.to,
    }  # fmt: skip
    return _Facts(folding.CLOCK, record.at, due.clause, record.because, plain)


def _plain(facts: Plain) -> Plain:
    """Fields as JSON has them; what is None is left out."""
    told = {name: value for name, value in facts.items() if value is not None}
    return {name: _value(value) for name, value in told.items()}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, UUID) else value


def _moment(pen: Pen) -> datetime:
    """The second that counts; a clock that was set back doesn't undo what happened."""
    rows = TourEvent.objects.filter(site_id=pen.site_id)
    last = rows.order_by("-seq").values_list("at", flat=True)
    return max([pen.at.replace(microsecond=0), *last[:1]]).astimezone(HERE)


def at_reception(pen: Pen) -> Writing:
    """The house of now. Raises `Refused` where it isn't complete: reception, administration, a leader."""
    return Writing(pen, _office(pen))


def on_the_clock(pen: Pen) -> Writing | None:
    """The house for what the clock owes: where somebody is missing just now, as it last was."""
    try:
        return at_reception(pen)
    except Refused:
        last = last_office(pen.site_id)
        return Writing(pen, last) if last else None


def _office(pen: Pen) -> TourOffice:
    """The version of the company that holds, written down where somebody or something changed."""
    now, last = office_now(pen.site_id, pen.at), last_office(pen.site_id)
    if last is not None and now.is_as(last):
        return last
    version, at = last.version + 1 if last else 1, _moment(pen)
    body: Plain = {
        "version": version, "at": written(at), "company": now.company, "packs": now.packs,
    }  # fmt: skip
    line = pen.append("tours.office", body, clause="CV-2")
    return TourOffice.objects.create(
        site_id=pen.site_id, version=version, seq=line.seq, at=at, company=now.company,
        packs=now.packs,
    )  # fmt: skip
