"""What a change does to a visit: reclassing, editing, and all that follows by itself."""

from __future__ import annotations

from tests.rules.second_form import AREAS, Row, day_of, seconds
from tests.rules.tours.second_opinion_plan import in_plan
from tests.rules.tours.second_opinion_visit import GONE, Company, Visit


def want(company: Company, v: Visit, area: str, now: int) -> None:
    """A wanted area is closed or asked."""
    if company.is_closed(v, area):
        v.areas[area] = "closed"
    else:
        ask(v, area, now)


def ask(v: Visit, area: str, now: int) -> None:
    v.areas[area] = "asked"
    v.asked[area] = now


def reclass(company: Company, v: Visit, klass: str, now: int) -> None:
    v.klass = klass
    for area, state in list(v.areas.items()):
        closed = company.is_closed(v, area)
        if closed:
            v.areas[area] = "closed"
        elif state == "closed":
            ask(v, area, now)
    v.word, v.sent = False, False


class Edit:
    """One accepted edit, step by step. `word_fell`: the company must speak anew."""

    def __init__(self, company: Company, v: Visit, event: Row, now: int) -> None:
        self.company, self.v, self.now = company, v, now
        self.start, self.end, self.headcount = v.start, v.end, v.headcount
        self.old_areas = set(v.areas)
        v.start = seconds(event["from"]) if "from" in event else v.start
        v.end = seconds(event["to"]) if "to" in event else v.end
        v.headcount = event.get("headcount", v.headcount)
        self.wanted = event.get("areas", list(v.areas))
        self.window_changes = (self.start, self.end) != (v.start, v.end)
        self.moves_day = day_of(self.start) != day_of(v.start)
        self.grows = v.headcount > self.headcount
        self.word_fell = False

    @property
    def leaves(self) -> bool:
        slack = self.v.pack["window_slack"] * 60
        early, late = self.v.start < self.start - slack, self.v.end > self.end + slack
        return early or late or self.moves_day

    def begun(self) -> None:
        """After `from`: nothing but the room."""
        self.room()

    def ahead(self) -> None:
        """Before `from`: everything."""
        v = self.v
        if self.moves_day:
            v.judged = day_of(self.now)
            v.lifted.discard("late")
        self.areas()
        only_falls = not self.window_changes and set(v.areas) == self.old_areas
        if not (only_falls and v.headcount < self.headcount):
            v.sent = False
        if self.grows or self.leaves:
            for permit in v.permits:
                permit.valid = False
        self.room()
        self.tasks()
        if self.window_changes:
            self.clashes()

    def areas(self) -> None:
        v = self.v
        v.areas = {area: state for area, state in v.areas.items() if area in self.wanted}
        again = {"open"} if self.grows else set()
        if self.leaves:
            again |= {"open", "refused"}
        for area, state in list(v.areas.items()):
            if state in again:
                ask(v, area, self.now)
        for area in self.wanted:
            if area not in v.areas:
                want(self.company, v, area, self.now)
        if self.grows or self.leaves:
            v.word = False
            self.word_fell = True

    def room(self) -> None:
        v = self.v
        held = v.room is not None and self.company.holders(v, v.room)
        if self.grows or (self.window_changes and held):
            v.room = None

    def tasks(self) -> None:
        v = self.v
        undone: set[str] = set()
        if self.leaves:
            undone |= {"guide", "senior", "refreshments", "meal"}
        if v.headcount != self.headcount:
            undone |= {"refreshments", "souvenirs", "meal"}
            self.company.stock += v.souvenirs
            v.souvenirs = 0
        for task in undone:
            v.done.pop(task, None)

    def clashes(self) -> None:
        v = self.v
        for area in AREAS:
            if v.areas.get(area) == "open" and self.company.clash(v, area):
                ask(v, area, self.now)
        for task in ("guide", "senior"):
            if task in v.done and self.company.busy(v, v.done[task]):
                del v.done[task]


# what follows by itself


def void(company: Company, v: Visit) -> None:
    """The passes that may not stay valid."""
    if not v.valid():
        return
    if company.grounds(v) or v.needs_word or v.ended in GONE:
        for permit in v.permits:
            permit.valid = False
    for permit in v.valid():
        if any(v.areas.get(area) != "open" for area in permit.areas):
            permit.valid = False
    while crowded := [area for area in v.areas if v.persons_in(area) > v.headcount]:
        last = [p for p in v.valid() if set(p.areas) & set(crowded)][-1]
        last.valid = False


def give_up(company: Company, v: Visit) -> None:
    """Room and souvenirs to which there is no more right."""
    gone = v.ended in GONE
    if gone or not company.wants_room(v):
        v.room = None
    if gone or not v.hospitality["souvenirs"]:
        company.stock += v.souvenirs
        v.souvenirs = 0


def hand_out(company: Company) -> None:
    """Each approved visit, in order of opening, gets what it lacks."""
    for v in company.visits.values():
        if company.status(v) != "approved":
            continue
        if company.wants_room(v) and v.room is None:
            free = [room for room in company.rooms_for(v) if not company.holders(v, room)]
            v.room = free[0] if free else None
        if not v.souvenirs and v.souvenirs_due() <= company.stock:
            v.souvenirs = v.souvenirs_due()
            company.stock -= v.souvenirs


def settle(company: Company, now: int, fell: Visit | None = None, hands: bool = True) -> None:
    """After an event or a record: what changes by itself, for every visit."""
    for v in company.visits.values():
        declined = company.status(v) == "declined"
        if v.declined and not declined:
            for area in v.asked_areas():
                v.asked[area] = now
        v.declined = declined
        void(company, v)
        give_up(company, v)
        v.been_approved = v.been_approved or company.status(v) == "approved"
    if hands:
        hand_out(company)
    for v in company.visits.values():
        tasks = in_plan(company, v)
        v.done = {task: what for task, what in v.done.items() if task in tasks}
        if not company.company_is_asked(v):
            v.company_asked = None
        elif v.company_asked is None or v is fell:
            v.company_asked = now
