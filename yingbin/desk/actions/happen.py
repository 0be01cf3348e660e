"""One event of the desk inside a write: decided by `rules.desk`, stored, witnessed, told. The one door.

writing = at_the_desk(pen)
writing.record(Record(kind="help", home=…, …))
writing.happen("offer", matter_id, to=f"department:{works}")
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.trips import update
from yingbin.journal.write import Pen
from yingbin.matters.actions import Opening, SettledSteps, open_settled
from yingbin.matters.photos import attach_to
from yingbin.people.calendar import ZONE
from yingbin.people.ids import uuid7
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import names_of
from yingbin.people.rows import actor, next_number
from yingbin.rules import matters as steps
from yingbin.rules.decision import Refused
from yingbin.rules.desk import notices
from yingbin.rules.desk.desk import Desk, Event, Move
from yingbin.rules.desk.deskfile import read_event
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.replay import clause_of, decide
from yingbin.rules.malformed import Malformed
from yingbin.rules.times import written

from .. import folding, names
from ..apart import Apart, apart_from
from ..attached import MENDED, tell_owners
from ..models import DeskEvent, DeskMatter, DeskOffice
from ..office import last_office, standing
from ..places import Place
from ..telling import News, tell_of
from . import stepping_aside
from .at_hand import asked_at_the_desk, asked_to_record, moment, office
from .faults import check_amount, in_words
from .written_down import begun, parted, plain

NOT_HERE = "没有找到这件事，请回到登记表。"


@dataclass(frozen=True)
class Record:
    """What is recorded (SD-4.1). urgent None: as the subject has it; answer: given at once, of an enquiry.

    about: of a complaint, those of the staff whom it is about; they stay out of it (SD-4.2.5).
    """

    kind: str
    place: Place
    subject: str
    source: str
    title: str
    detail: str = ""
    urgent: bool | None = None
    answer: str = ""
    caller: str = ""
    customer_id: UUID | None = None
    photos: tuple[UUID, ...] = ()
    about: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Done:
    """An event that was accepted: the matter as it is now, the sentence of the rules, who hears of it."""

    row: DeskMatter
    because: str
    told: tuple[notices.Notice, ...] = ()

    def __str__(self) -> str:
        return self.because


class Taken(NamedTuple):
    """A step as it was taken."""

    before: steps.State
    step: steps.Step


class _DeskInWriting(Desk):
    """The desk of the rules that remembers which steps it took, so that they can be stored."""

    taken: list[Taken] = []

    def took(self, before: Matter, step: steps.Step, after: Matter) -> None:
        self.taken.append(Taken(before.state, step))


class Writing:
    """The desk while something is written at it."""

    def __init__(self, pen: Pen, office: DeskOffice) -> None:
        self.pen, self.office = pen, office
        stands = standing(office)
        self.desk = _DeskInWriting(stands.office, stands.policy, stands.calendar, stands.kinds)
        self.desk.taken = []
        self.at = moment(pen)
        self._rows: dict[UUID, DeskMatter] = {}
        self._steps: dict[UUID, SettledSteps] = {}
        self._aparts: dict[UUID, Apart] = {}
        self.names: dict[str, str] = {}
        # Whoever steps aside hands the matter on themselves, if the rules let them.
        self.steps_aside = False

    # What people do

    def record(self, told: Record) -> Done:
        """Something comes in. Raises `Refused` in the words of the rules; nothing is stored then."""
        if not told.title.strip():
            raise Refused("SD-4.1", "请写一句是什么事。", about="title")
        matter_id = uuid7()
        place = told.place
        facts: Plain = {
            "kind": told.kind, "home": place.key, "subject": told.subject, "source": told.source,
            "urgent": told.urgent, "answer": told.answer.strip() or None,
        }  # fmt: skip
        event = self._event("record", matter_id, facts)
        self.pen.foresee(*asked_to_record(self.pen.site_id, event.by, self.pen.at))
        if told.kind == "complaint":
            self._know_complaints(place.key, told.subject)
        move = self._decided(event, None)
        found = self.desk.make(event, move)
        row = self._open(matter_id, told, event, move)
        self._keep_steps(row)
        apart = stepping_aside.name(self, row.matter, found, told.about)
        done = self._close(row, event, move, found, None, told.photos, apart)
        self._rows[matter_id] = row
        stepping_aside.hand_over(self, row, apart)
        return done

    def happen(
        self, event: str, matter_id: UUID, *, photos: Sequence[UUID] = (), **facts: object
    ) -> Done:
        """Something is done to a matter; fields as the contract names them, `as_` for `as`. Raises `Refused`."""
        row = self._read(matter_id)
        if row is None:
            raise Refused(None, NOT_HERE)
        self._run(row)
        told = self._event(event, matter_id, _named(facts))
        self._know(row, told)
        before, apart = self.desk.matters[told.matter], self.apart(row.matter_id)
        if not self.steps_aside:
            apart.check(told.by)
        move = self._decided(told, before, apart)
        found = self.desk.make(told, move)
        self._keep_steps(row)
        if found.linked and not before.linked:
            apart = stepping_aside.name(self, row.matter, found)
        done = self._close(row, told, move, found, before, photos, apart)
        if not apart.has(before.state):
            stepping_aside.hand_over(self, row, apart)
        if found.stage in MENDED and before.stage not in MENDED:
            tell_owners(self.pen, row)
        return done

    def run(self, matter_id: UUID) -> int:
        """What the clock owes to a matter by now takes place; how many marks. Twice does it once."""
        row = self._read(matter_id)
        return self._run(row) if row else 0

    def _read(self, matter_id: UUID) -> DeskMatter | None:
        """A matter with all that the rules look at; read once, for nobody else writes meanwhile."""
        if matter_id not in self._rows:
            row = folding.row_of(self.pen.site_id, matter_id)
            if row is None:
                return None
            self.desk.add(folding.whole(row))
            self._rows[matter_id] = row
        return self._rows[matter_id]

    # Deciding

    def _event(self, kind: str, matter_id: UUID, facts: Plain) -> Event:
        by = actor(self.pen)
        raw = {"at": written(self.at), "event": kind, "matter": str(matter_id), "by": str(by or "")}
        try:
            event = read_event("event", {**plain(facts), **raw})
        except Malformed as no:
            raise in_words(no) from None
        check_amount(event)
        return event

    def would(self, event: str, matter_id: UUID, **facts: object) -> bool:
        """Whether the rules would accept this of whoever writes; nothing is written."""
        told = self._event(event, matter_id, _named(facts))
        try:
            decide(self.desk, told)
        except Refused:
            return False
        return True

    def apart(self, matter_id: UUID) -> Apart:
        """Those who stay out of a matter, because it is about them."""
        if matter_id not in self._aparts:
            self._aparts[matter_id] = apart_from(self.pen.site_id, matter_id, self.desk.office)
        return self._aparts[matter_id]

    def forget_apart(self, matter_id: UUID) -> Apart:
        """The same once somebody was named."""
        self._aparts.pop(matter_id, None)
        return self.apart(matter_id)

    def _decided(self, event: Event, before: Matter | None, apart: Apart | None = None) -> Move:
        try:
            move = decide(self.desk, event)
            if apart is not None:
                apart.check_taker(move)
            return move
        except Refused as no:
            words = names.in_words(self.pen.site_id, no.message, self.at)
            raise Refused(no.clause or clause_of(event, before), words, no.about) from None

    def _know(self, row: DeskMatter, event: Event) -> None:
        """Beside the matter: complaints of the same home and subject, and the one it is said to be a twin of."""
        if event.text("kind") == "complaint":
            self._know_complaints(row.home, row.subject, but=row)
        twin = _uid(event.text("of"))
        if twin is not None and str(twin) not in self.desk.matters:
            other = folding.row_of(self.pen.site_id, twin)
            if other is not None:
                self.desk.add(folding.neighbour(other))

    def _know_complaints(self, home: str, subject: str, but: DeskMatter | None = None) -> None:
        for one in folding.last_complaints(self.pen.site_id, home, subject):
            if (but is None or one.id != but.id) and one.matter_id not in self._rows:
                self.desk.add(folding.neighbour(one))

    def _run(self, row: DeskMatter) -> int:
        """All marks up to now, each told as the rules name who hears of it."""
        marks, found = 0, self.desk.matters[str(row.matter_id)]
        while (mark := steps.next_mark(found.state, self.desk.around)) and mark.at <= self.at:
            # What it is told of is the mark's own moment; it is written down now.
            found = self.desk.mark(found.id, replace(mark.step, at=self.at))
            self._keep_steps(row)
            marks += 1
            said = notices.of_mark(self.desk, found, mark.step)
            apart = self.apart(row.matter_id)
            tell_of(self.pen, News(row, apart=apart.people), apart.others(said))
        return marks

    # Storing

    def called(self, who: str) -> str:
        """The name of one of the staff by their id; asked once."""
        if who not in self.names:
            self.names |= names_of([UUID(who)], self.pen.ask)
        return self.names.get(who, "")

    def _open(self, matter_id: UUID, told: Record, event: Event, move: Move) -> DeskMatter:
        begun = move.matter.state
        first = steps.Step(
            "open", event.by, event.at, to=event.by, kind=told.kind, grade=begun.grade,
            clocks=tuple(enumerate(begun.clocks)),
        )  # fmt: skip
        opening = Opening(
            told.title, told.detail, clause="SD-4.1", customer_id=told.customer_id, photos=told.photos
        )  # fmt: skip
        matter = open_settled(self.pen, matter_id, first, opening, self.desk.around)
        self._steps[matter_id] = SettledSteps(self.pen, matter, last=0)
        year = self.at.astimezone(ZONE).year
        return DeskMatter(
            site_id=self.pen.site_id,
            matter=matter,
            year=year,
            number=next_number(DeskMatter, self.pen.site_id, self.pen.ask, year=year),
            home=told.place.key,
            home_id=told.place.home_id,
            place=told.place.words,
            place_salt=new_salt(),
            subject=told.subject,
            source=told.source,
            caller=told.caller.strip()[:40],
            salt=new_salt() if told.caller.strip() else "",
            events=0,
        )

    def _keep_steps(self, row: DeskMatter) -> None:
        """Stores the steps taken since the last time."""
        kept = self._steps.setdefault(row.matter_id, SettledSteps(self.pen, row.matter))
        for before, step in self.desk.taken:
            kept.store(before, step, self.desk.around)
        self.desk.taken = []

    def _close(
        self, row: DeskMatter, event: Event, move: Move, found: Matter, before: Matter | None,
        photos: Sequence[UUID], apart: Apart,
    ) -> Done:  # fmt: skip
        """The row, the event, the journal's line, photos, and those who hear of it."""
        linked = folding.row_of(self.pen.site_id, found.linked) if found.linked else None
        folding.show(row, found, linked)
        clause = clause_of(event, before) or "SD-4.1"
        index, row.events, row.moved_at = row.events, row.events + 1, self.at
        said = self._store(row, event, index, move.because, clause)
        if before is not None:
            self.pen.do(update(row, (*folding.FOLDED, "events", "moved_at")))
            attach_to(self.pen, row.matter, photos)
        of_event = apart.others(notices.of_event(index, event.at, found.id, event.by, move.told))
        actor_name = self.called(event.by) if of_event else ""
        tell_of(self.pen, News(row, said, actor_name, apart.people), of_event)
        return Done(row, said, tuple(of_event))

    def _store(self, row: DeskMatter, event: Event, index: int, because: str, clause: str) -> str:
        told = parted(event)
        salt = new_salt() if told.free else ""
        body: Plain = {
            "matter": str(row.matter_id), "index": index, "event": event.kind, "at": written(event.at),
            "fields": told.plain, "because": because, "office": self.office.version, "desk": folding.told(row),
        }  # fmt: skip
        if told.free:
            body["words"] = committed(told.free, salt)
        if index == 0:
            body |= begun(row)
        if index:
            line = self.pen.append("desk.event", body, clause=clause)
        else:
            line = self.pen.append("desk.recorded", body, clause=clause)
            row.seq = line.seq
            self.pen.add(row)
        happened = DeskEvent(
            site_id=self.pen.site_id, matter=row, index=index, seq=line.seq, at=event.at, by=UUID(event.by),
            event=event.kind, fields=told.plain, words=told.free, salt=salt, because=because, clause=clause,
            office=self.office,
        )  # fmt: skip
        self.pen.add(happened)
        if event.by in because:
            self.called(event.by)
        return names.in_words(self.pen.site_id, because, self.at, self.names)


def _named(facts: Plain) -> Plain:
    """Fields as the contract names them, `as` for `as_`."""
    return {name.rstrip("_"): value for name, value in facts.items()}


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def at_the_desk(pen: Pen) -> Writing:
    """The desk of now. Raises `Refused` where the office isn't complete: a supervisor, a manager, a clerk."""
    pen.foresee(*asked_at_the_desk(pen.site_id, pen.at))
    return Writing(pen, office(pen))


def on_the_clock(pen: Pen) -> Writing | None:
    """The desk for what the clock owes: where nobody supervises just now, the office as it last was."""
    try:
        return at_the_desk(pen)
    except Refused:
        last = last_office(pen.site_id)
        return Writing(pen, last) if last else None
