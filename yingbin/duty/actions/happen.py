"""One event of a day on duty inside a write: decided by the rules, stored, with all that follows from it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.duty.log import Entry

from ..chasing import log_chases
from ..folding import Day, Names, events_of, folded, moment, numbers, when
from ..hours import day_of
from ..models import DutyAlert, DutyEvent, DutyLog
from ..opening import Plain, opening, written
from ..queries.check_lists import Lists, item_names, lists_of
from ..queries.roster import plan_of
from ..standing import kept, troubles
from ..telling import tell_of
from .check_lists import begun_with

# What somebody wrote; kept apart from the facts, since it may name a customer.
WORDS = ("reason",)
# Asked and refused is worth keeping for this one alone: who asked for a break, and why not.
KEPT_REFUSED = frozenset({"break_request"})


@dataclass(frozen=True)
class Said:
    """What the rules answered, in words."""

    because: str

    def __str__(self) -> str:
        return self.because


class Writing:
    """A day on duty while something is being written into it; `stored`: the event written last."""

    stored: DutyEvent

    def __init__(self, pen: Pen, day: Day) -> None:
        self.pen, self.day, self.log = pen, day, day.log

    @cached_property
    def names(self) -> Names:
        """The names behind the ids, asked for when a sentence is to be read."""
        found = Names(self.pen.site_id)
        found.add(numbers(self.pen.site_id, self.day.fold.day.lines))
        found.add(item_names(self.lists))
        return found

    @cached_property
    def lists(self) -> Lists:
        """The check lists this day began with."""
        return lists_of(self.log)

    @property
    def at(self) -> datetime:
        """The moment that counts: a clock that was set back doesn't undo what happened."""
        return max(self.pen.at, self.log.last_at)

    def happen(self, event: str, **facts: object) -> Entry:
        """Decides and stores an event. Raises `Refused` in the words of the rules; nothing is stored then."""
        at = self.at
        fields = {k: v for k, v in facts.items() if v is not None}
        raw: Plain = {"at": written(at), "event": event, **fields}
        decided = self.day.happen(raw)
        accepted = decided.what == "accepted"
        if not accepted and event not in KEPT_REFUSED:
            raise Refused(decided.clause, self.names.put_in(decided.because))
        self._store(event, fields, at, decided)
        self._follow(at)
        return decided

    def say(self, event: str, **facts: object) -> Said:
        """The same, answered with the sentence of the rules."""
        return Said(self.names.put_in(self.happen(event, **facts).because))

    def attempt(self, event: str, **facts: object) -> str:
        """Why the rules refuse it, in words, and the day stands as before; "" once it has happened."""
        try:
            self.happen(event, **facts)
        except Refused as no:
            self.day = folded(self.log, events_of(self.log))
            return no.message
        return ""

    def _store(self, event: str, fields: Plain, at: datetime, decided: Entry) -> None:
        words = {k: str(v) for k, v in fields.items() if k in WORDS}
        plain = {k: v for k, v in fields.items() if k not in WORDS}
        salt = new_salt() if words else ""
        index, accepted = self.day.events - 1, decided.what == "accepted"
        body: dict[str, object] = {
            "day": self.log.day.isoformat(), "index": index, "event": event,
            "at": written(at), "facts": plain, "accepted": accepted,
        }  # fmt: skip
        if words:
            body["words"] = committed(words, salt)
        typed = self.pen.typed_at
        if typed is not None:
            body["typed_at"] = written(typed)
        line = self.pen.append("duty.event", body, clause=decided.clause)
        self.stored = DutyEvent.objects.create(
            site_id=self.pen.site_id,
            log=self.log,
            index=index,
            seq=line.seq,
            at=at,
            made_at=self.pen.at,
            typed_at=typed,
            by=actor(self.pen),
            event=event,
            facts=plain,
            words=words,
            salt=salt,
            accepted=accepted,
        )
        self.log.last_at = at

    def add_person(self, told: Plain) -> None:
        """Somebody more takes part in the day: off, so nothing that was decided changes."""
        body: dict[str, object] = {"day": self.log.day.isoformat(), "person": told}
        self.pen.append("duty.joined", body, clause="SF-3.2")
        self.log.opening = {**self.log.opening, "people": [*self.log.opening["people"], told]}
        self.log.save(update_fields=["opening"])
        self.day = folded(self.log, events_of(self.log))

    def run(self) -> int:
        """The clock goes on to now; how many consequences there were."""
        before, at = self.log.told, self.at
        self.day.fold.run(moment(at))
        self._follow(at)
        return self.log.told - before

    def _follow(self, at: datetime) -> None:
        """Stores and tells what is new, and how things stand."""
        fresh = self.day.alerts()[self.log.told :]
        for number, alert in enumerate(fresh, self.log.told):
            self._store_alert(number, alert)
        if fresh:
            tell_of(self.pen, self.day, fresh, self.names)
            log_chases(self.pen, fresh)
        self.log.told += len(fresh)
        # Also where nobody is told: a break that lapsed, a stand-in that began are as of this moment.
        self.log.last_at = max(self.log.last_at, at)
        self.log.standing = kept(self.day.fold.day, moment(at), self.day.late)
        self.log.trouble = troubles(self.day.fold.day, moment(at))
        self.log.next_at = self.day.next_after(at)
        self.log.save(update_fields=["standing", "trouble", "told", "last_at", "next_at"])

    def _store_alert(self, index: int, alert: Entry) -> None:
        facts = cast("Plain", alert.more)
        body: dict[str, object] = {
            "day": self.log.day.isoformat(), "index": index, "what": alert.what,
            "at": written(when(alert.at)), "to": alert.to, "facts": facts,
        }  # fmt: skip
        line = self.pen.append("duty.alert", body, clause=alert.clause)
        DutyAlert.objects.create(
            site_id=self.pen.site_id,
            log=self.log,
            index=index,
            seq=line.seq,
            at=when(alert.at),
            what=alert.what,
            to=alert.to or "",
            clause=alert.clause or "",
            because=alert.because,
            facts=facts,
        )


def today(pen: Pen) -> Writing:
    """The day on duty of now, begun if it hasn't. Raises `Refused` where no post is open."""
    day = day_of(pen.at)
    log = DutyLog.objects.filter(site_id=pen.site_id, day=day).first() or _begin(pen)
    return Writing(pen, folded(log, events_of(log)))


def _begin(pen: Pen) -> DutyLog:
    day = day_of(pen.at)
    plan = plan_of(pen.site_id, day, pen.at)
    if not plan.is_open:
        raise Refused(
            "SF-4.3.7", "今天没有开放的岗位。请领班在「岗位与班次」里设好岗位和开放时间。"
        )
    if not plan.people:
        raise Refused("SF-4.3.7", "这里还没有接待员和领班。请先在「人员」里加上。")
    began = opening(pen.site_id, plan, pen.at, begun_with(pen))
    body: dict[str, object] = {"day": day.isoformat(), "opening": began, "guessed": plan.guessed}
    pen.append("duty.day_begun", body, clause="SF-3.2")
    return DutyLog.objects.create(
        site_id=pen.site_id,
        day=day,
        began_at=pen.at,
        opening=began,
        last_at=pen.at,
        next_at=pen.at,
    )


def from_to(begins: datetime, ends: datetime) -> dict[str, str]:
    """A span in whole minutes, as events have it. Raises `Refused` for one that ends before it begins."""
    first, last = (t.replace(second=0, microsecond=0) for t in (begins, ends))
    if not first < last:
        raise Refused(None, "结束要晚于开始，请改一下时间。", about="to")
    return {"from": written(first), "to": written(last)}
