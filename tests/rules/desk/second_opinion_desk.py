"""The desk of the second opinion: its matters, their clocks, who is told, and how time passes."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypedDict

from .second_opinion_file import File, Row
from .second_opinion_time import Hours, written

ORDER = ["respond", "arrive", "solve", "reply", "accept", "pause_over", "callback"]
LATE = 1


class Notice(TypedDict):
    """One notice of the output."""

    at: str | None
    event: int | None
    notice: str
    matter: str
    to: str
    clock: str | None
    level: int | None


@dataclass
class Clock:
    """One clock; limits and counts are in seconds, `marks` are (seconds, 0 warn · 1 late · 2–4 levels)."""

    name: str
    started: int
    limit: int
    always: bool
    marks: list[tuple[int, int]]
    counted: int = 0
    since: int = 0
    coming: list[tuple[int, int]] = field(default_factory=list)
    due: int | None = None
    late: bool = False
    ended: int | None = None
    how: str = ""

    def run(self, hours: Hours, now: int) -> None:
        """It counts from now on."""
        self.how, self.since = "running", now
        self.coming = [
            (hours.after(now, total - self.counted, self.always), rank)
            for total, rank in self.marks
        ]
        if not self.late:
            self.due = hours.after(now, self.limit - self.counted, self.always)

    def halt(self, hours: Hours, now: int) -> None:
        """It waits; what it has counted stays."""
        self.counted += hours.between(self.since, now, self.always)
        self.how, self.coming = "paused", []
        if not self.late:
            self.due = None

    def end(self, now: int, how: str) -> None:
        """It has stopped for ever."""
        self.ended, self.how, self.coming = now, how, []

    def pass_mark(self) -> int:
        """Its next mark has come: which."""
        at, rank = self.coming.pop(0)
        self.marks.pop(0)
        if rank == LATE:
            self.late, self.due = True, at
        return rank


@dataclass
class CallBack:
    """A call-back: what came of it and which hours had an attempt."""

    due: int | None
    state: str = "due"
    tried: list[int] = field(default_factory=list)
    score: str | None = None


@dataclass
class Matter:
    """One matter as it stands."""

    id: str
    recorded: int
    home: str
    subject: str
    kind: str
    owner: str
    holder: str
    grade: str = "normal"
    state: str = "new"
    hand_offs: int = 0
    offer: str | None = None
    offered_by: str = ""
    paused: str | None = None
    paused_at: int = 0
    paused_for: int = 0
    pause_ends: int = 0
    linked: str | None = None
    amount: int = 0
    quote: int | None = None
    quote_accepted: bool = False
    responded: bool = False
    not_agreed: int = 0
    ever_reopened: bool = False
    clocks: list[Clock] = field(default_factory=list)
    callback: CallBack | None = None
    handled: set[str] = field(default_factory=set)

    @property
    def open(self) -> bool:
        """Somebody still has to do with it."""
        return self.state not in ("closed", "cancelled")

    @property
    def unsolved(self) -> bool:
        """Nobody has solved it yet."""
        return self.open and self.state not in ("solved", "proposed", "told")

    @property
    def call_due(self) -> bool:
        """A call-back is due."""
        return self.callback is not None and self.callback.state == "due"

    @property
    def next_due(self) -> int | None:
        """When something falls due next."""
        if self.paused is not None:
            return self.pause_ends
        return min(
            (c.due for c in self.clocks if c.how == "running" and c.due is not None), default=None
        )


class Desk:
    """All matters, the people and the time."""

    def __init__(self, file: File) -> None:
        self.hours, self.people, self.policy = file.hours, file.people, file.policy
        self.matters: dict[str, Matter] = {}
        self.notices: list[Notice] = []
        self.now = 0
        self.event: int | None = None
        self.by = ""

    # People

    def in_charge(self, name: str) -> bool:
        """The supervisor or the manager."""
        return name in (self.people.supervisor, self.people.manager)

    def desk_people(self, name: str) -> bool:
        """Clerks, guards, supervisor and manager."""
        return name in self.people.clerks or name in self.people.guards or self.in_charge(name)

    def department(self, name: str) -> str | None:
        """Whose department, if any."""
        for title, department in self.people.departments.items():
            if name == department.head or name in department.members:
                return title
        return None

    def known(self, name: str) -> bool:
        """A person of this estate."""
        return self.desk_people(name) or self.department(name) is not None

    def head(self, name: str) -> str:
        """The head of a person."""
        department = self.department(name)
        return (
            self.people.supervisor
            if department is None
            else self.people.departments[department].head
        )

    # Notices

    def tell(
        self,
        notice: str,
        m: Matter,
        to: list[str | None],
        clock: str | None = None,
        level: int | None = None,
    ) -> None:
        """Each receiver once, and nobody of their own event."""
        for name in dict.fromkeys(to):
            if name and not (self.event is not None and name == self.by):
                self.notices.append(
                    Notice(
                        at=written(self.now),
                        event=self.event,
                        notice=notice,
                        matter=m.id,
                        to=name,
                        clock=clock,
                        level=level,
                    )
                )

    # Clocks

    def row(self, m: Matter) -> Row:
        """The limits that hold for a matter."""
        name = m.kind
        if m.kind == "complaint" or m.grade == "urgent":
            name = f"{m.kind}_{m.grade}"
        return self.policy.limits[name]

    def start(self, m: Matter, names: list[str]) -> None:
        """Start those of the clocks that the row of the matter has."""
        row = self.row(m)
        limits = {
            "respond": row.respond,
            "arrive": row.arrive if m.kind in ("help", "paid") else None,
            "solve": row.solve,
            "reply": row.reply,
            "accept": row.accept,
            "callback": self.policy.callback_within[m.kind],
        }
        for name in names:
            limit = limits[name]
            if limit is None:
                continue
            marks = [(limit * 60, LATE)]
            if name not in ("accept", "callback"):
                marks.insert(0, (limit * 60 * self.policy.warn_percent // 100, 0))
                marks += [((limit + step) * 60, 2 + level) for level, step in enumerate(row.ladder)]
            always = row.always and name != "callback"
            clock = Clock(name, self.now, limit * 60, always, marks)
            clock.run(self.hours, self.now)
            m.clocks.append(clock)

    def end(self, m: Matter, how: str, names: list[str]) -> list[str]:
        """End those of the running clocks; which they were."""
        ended = [c for c in m.clocks if c.how == "running" and c.name in names]
        for clock in ended:
            clock.end(self.now, how)
        return [c.name for c in ended]

    def replace(self, m: Matter) -> None:
        """Another grade: each running clock by one of the new row."""
        running = self.end(m, "replaced", ORDER)
        self.start(m, sorted(running, key=ORDER.index))

    def end_offer(self, m: Matter, how: str = "void") -> str | None:
        """No offer stands any more; to whom it was made."""
        old, m.offer = m.offer, None
        self.end(m, how, ["accept"])
        return old

    # Pauses

    def pause(self, m: Matter, reason: str) -> None:
        """The running clocks wait."""
        always = self.row(m).always
        m.paused, m.paused_at = reason, self.now
        m.pause_ends = self.hours.after(self.now, self.policy.pause_cap * 60 - m.paused_for, always)
        for clock in m.clocks:
            if clock.how == "running":
                clock.halt(self.hours, self.now)

    def resume(self, m: Matter) -> None:
        """The clocks go on."""
        m.paused_for += self.hours.between(m.paused_at, self.now, self.row(m).always)
        m.paused = None
        for clock in m.clocks:
            if clock.how == "paused":
                clock.run(self.hours, self.now)

    # Closing

    def close(self, m: Matter) -> None:
        """Closed; perhaps somebody calls the resident back."""
        m.state = "closed"
        drawn = int(sha256(f"{self.policy.seed}:{m.id}".encode()).hexdigest()[:8], 16) % 100
        if m.kind == "complaint" or m.ever_reopened or drawn < self.policy.callback_percent[m.kind]:
            self.start(m, ["callback"])
            m.callback = CallBack(m.clocks[-1].due)

    # Time

    def advance(self, until: int) -> None:
        """All marks and ends of pauses up to a moment take place."""
        while True:
            coming: list[tuple[int, int, int, int]] = []
            matters = list(self.matters.values())
            for index, m in enumerate(matters):
                if m.paused is not None:
                    coming.append((m.pause_ends, index, ORDER.index("pause_over"), 0))
                for c in m.clocks:
                    coming += [(at, index, ORDER.index(c.name), rank) for at, rank in c.coming[:1]]
            if not coming or min(coming)[0] > until:
                return
            self.now, index, place, _ = min(coming)
            self.event = None
            self._happens(matters[index], ORDER[place])

    def _happens(self, m: Matter, name: str) -> None:
        if name == "pause_over":
            self.resume(m)
            self.tell("pause_over", m, [m.owner])
            return
        clock = next(c for c in m.clocks if c.name == name and c.how == "running")
        rank = clock.pass_mark()
        if rank > LATE:
            responsible = self.head(m.owner if name == "reply" else m.holder)
            to = [responsible, self.people.supervisor, self.people.manager][rank - 2]
            self.tell("level", m, [to], name, rank - 1)
        else:
            self.tell("late" if rank else "warn", m, self._of_clock(m, name), name)

    def _of_clock(self, m: Matter, name: str) -> list[str | None]:
        if name == "reply":
            return [m.owner]
        if name == "callback":
            return [self.people.supervisor]
        if name == "accept":
            department = self.people.departments.get(m.offer or "")
            return [department.head if department else self.people.manager]
        return [m.owner, m.holder]
