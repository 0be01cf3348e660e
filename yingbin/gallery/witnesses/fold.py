"""The gallery as its entries alone make it: the queue folded from the journal, who receives whom, what is open.

Rows of the event table have no say here. What the fold comes to at the end of each day is held against the
live state, the records of visits that ended, and the standing order.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from yingbin.journal.check import read_through
from yingbin.journal.held import UNTOLD, Found, Seen, differ, moment, plain
from yingbin.journal.reading import Body
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State
from yingbin.rules.turns.version import RULE_VERSION

from ..models import QueueState, StandingOrder, Visit

PAGE = "「督导」页"


def at_of(event: Body) -> datetime:
    """When an event happened by the gallery's clock."""
    return datetime.fromisoformat(event["at"])


def is_reception(event: Body, decision: Body) -> bool:
    """Whether this decision, as the journal keeps it, gave a visit to a receiver."""
    if "passed_over" not in decision or not decision["visit"] or not decision["receiver"]:
        return False
    return not (event["event"] == "arrive" and event.get("kind") == "enquirer")


class Fold:
    """Goes through the entries in order; `now` says which rows the present one speaks of."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.found: list[Found] = []
        self.days = 0
        self.day: str | None = None
        self.now: dict[str, list[str]] = {}
        self.standing: Body = {}
        self.claims: dict[str, str] = {}
        self.leaves: dict[str, str] = {}
        self.present: dict[tuple[str, str], str] = {}
        self.signed: tuple[str, datetime] | None = None

    # Walking

    def walk(self, seen: Seen) -> None:
        """Takes the next entry."""
        self.now = {}
        if self.day is not None:
            seen.clock = max(seen.at, self.last_at)
        take = getattr(self, "_on_" + seen.kind.replace(".", "_"), None)
        if take:
            take(seen)

    def subjects(self, name: str) -> Any:
        """What the entry just walked says of this kind of row."""
        return lambda seen: self.now.get(name, [])

    def _say(self, name: str, *subjects: str) -> None:
        self.now.setdefault(name, []).extend(subjects)

    def _on_day_opened(self, seen: Seen) -> None:
        self._settle()
        body = seen.body
        policy = TurnsPolicy.from_json(body["policy"])
        self.opening = State.opening(body["queue"], body["make_up"], body["owes"], policy)
        self.day, self.state, self.last_at = body["day"], self.opening.copy(), seen.at
        self.events: list[tuple[int, int, Body]] = []
        self.undone: set[int] = set()
        self.records: dict[str, Body] = {}
        self.away_since: dict[str, str] = {}
        self.receiving: dict[str, str] = {}
        self.comparable = True
        self._carry(body)

    def _carry(self, body: Body, *accounts: str) -> None:
        self.standing |= {n: body[n] for n in accounts}
        if "standing" in body:
            self.standing["order"] = body["standing"]

    def _on_turns_event(self, seen: Seen) -> None:
        body = seen.body
        event, visit = body["event"], body["event"].get("visit")
        self.events.append((seen.seq, body["index"], event))
        self.last_at = max(self.last_at, at_of(event))
        seen.clock = at_of(event)
        if visit in self.records:
            self.state.admit(visit, self.records[visit])
        made = [d.to_json() for d in apply(self.state, event, index=body["index"])]
        self._decided(seen, [{k: v for k, v in d.items() if k != "because"} for d in made])
        self.records |= self.state.take_ended()
        since = event["at"]
        self.away_since = {w: self.away_since.get(w, since) for w in self.state.away}
        self._receptions(seen, event, visit)
        self._answers(seen, event)

    def _decided(self, seen: Seen, made: list[Body]) -> None:
        if made == seen.body["decisions"]:
            return
        if seen.body["rule_version"] != RULE_VERSION:
            self.comparable = False
            return
        words = "按规则重放，得到的判定不同"
        self.found.append(
            Found(f"{self.day} 第 {seen.body['index']} 个事件", words, seen.seq, PAGE)
        )

    def _receptions(self, seen: Seen, event: Body, visit: Any) -> None:
        if event["event"] in ("finish", "override") and visit in self.receiving:
            self._say("reception", self.receiving.pop(visit))
        for n, decision in enumerate(seen.body["decisions"]):
            if is_reception(event, decision):
                subject = f"{seen.seq}/{n}"
                self.receiving[decision["visit"]] = subject
                self._say("begun", subject)

    def _answers(self, seen: Seen, event: Body) -> None:
        """An event that settles a claim or a request for leave."""
        if event["event"] == "claim_unrelated" and event["visit"] in self.claims:
            self._say("claim", self.claims.pop(event["visit"]))
        if event["event"] in ("away", "sign_out") and event["who"] in self.leaves:
            self._say("leave", self.leaves.pop(event["who"]))

    def _on_turns_undone(self, seen: Seen) -> None:
        self.undone.add(seen.body["undoes"])
        self.last_at = seen.clock
        taken = {seq: event for seq, _, event in self.events}[seen.body["undoes"]]
        self.state = self.opening.copy()
        for seq, index, event in self.events:
            if seq not in self.undone:
                apply(self.state, event, index=index)
        self.state.take_ended()
        self._say("undone", taken["visit"])
        if taken["visit"] in self.receiving:
            self._say("reception", self.receiving.pop(taken["visit"]))

    def _on_turn_accepted(self, seen: Seen) -> None:
        if seen.body["visit"] in self.receiving:
            self._say("reception", self.receiving[seen.body["visit"]])

    _on_turn_not_accepted = _on_turn_accepted

    def _on_claim_asked(self, seen: Seen) -> None:
        self.claims[seen.body["visit"]] = seen.body["claim"]

    def _on_claim_declined(self, seen: Seen) -> None:
        self.claims.pop(seen.body["visit"], None)

    def _on_leave_asked(self, seen: Seen) -> None:
        self.leaves[seen.body["who"]] = seen.body["request"]

    def _on_leave_withdrawn(self, seen: Seen) -> None:
        if seen.body["who"] in self.leaves:
            self._say("leave", self.leaves.pop(seen.body["who"]))

    def _on_leave_declined(self, seen: Seen) -> None:
        self.leaves = {w: r for w, r in self.leaves.items() if r != seen.body["request"]}

    def _on_approval_ended(self, seen: Seen) -> None:
        """Leave asked in an entry of before may be answered as requests are now."""
        self.leaves = {w: r for w, r in self.leaves.items() if r != seen.body["approval"]}

    def _on_presence_signed_in(self, seen: Seen) -> None:
        day, who, at = seen.body["day"], seen.body["who"], seen.at
        if self.signed and self.signed[0] == day:
            at = max(at, self.signed[1] + timedelta(microseconds=1))
        else:
            self.present.clear()
        self.signed = (day, at)
        subject = present(day, who, at)
        self.present[day, who] = subject
        self._say("present", subject)

    def _on_presence_withdrawn(self, seen: Seen) -> None:
        subject = self.present.pop((seen.body["day"], seen.body["who"]), None)
        if subject:
            self._say("withdrawn", subject)

    def _on_day_closed(self, seen: Seen) -> None:
        self._carry(seen.body, "make_up", "owes")

    # What it comes to

    def _settle(self) -> None:
        """Holds what the day came to against its stored state and its ended visits."""
        if self.day is None:
            return
        self.days += 1
        day = date.fromisoformat(self.day)
        row = QueueState.objects.filter(day__site_id=self.site_id, day__day=day).first()
        here = f"{self.day} 轮排状态"
        if row is None:
            self.found.append(Found(here, "不见了", None, PAGE))
        elif self.comparable:
            told = _live(row, self)
            self.found += [Found(here, words, self._last(), PAGE) for words in told]
            self.found += list(self._ended(day))

    def _last(self) -> int | None:
        return self.events[-1][0] if self.events else None

    def _ended(self, day: date) -> Iterator[Found]:
        """What the rules remember of visits that ended; of undone ones nothing counts any more."""
        rows = Visit.objects.filter(
            site_id=self.site_id, day__day=day, late_at=None, undone_at=None
        )
        for row in rows.only("id", "number", "record").iterator():
            if row.record != self.records.get(str(row.id)) and str(row.id) not in self.state.visits:
                where = f"到访 {self.day} 第 {row.number} 批"
                yield Found(where, "轮排对它的记忆和记录链重放出来的不一样", None, PAGE)

    def results(self) -> list[Found]:
        """Everything found, once all entries were walked."""
        self._settle()
        row = StandingOrder.objects.filter(site_id=self.site_id).first()
        order, kept = self.standing.get("order", UNTOLD), self.standing
        if row is not None:
            said = differ(
                ("顺序", row.order, order),
                ("补接", row.make_up, kept.get("make_up", UNTOLD)),
                ("欠轮", row.owes, kept.get("owes", UNTOLD)),
            )
            self.found += [Found("长期顺序", words, None, PAGE) for words in said]
        elif kept:
            self.found.append(Found("长期顺序", "不见了", None, PAGE))
        return self.found


def _live(row: QueueState, fold: Fold) -> Iterator[str]:
    expected = fold.state.to_json()
    called = {"queue": "顺序", "counts": "次数", "make_up": "补接", "owes": "欠轮", "line": "等候"}
    for name, value in expected.items():
        if row.state.get(name) != value:
            yield f"{called.get(name, name)}和记录链重放出来的不一样"
    if row.state.keys() != expected.keys():
        yield "多了或少了内容"
    yield from differ(
        ("事件数", row.events, len(fold.events)),
        ("离开的时刻", row.away_since, fold.away_since),
        ("最后的时刻", row.last_at, plain(fold.last_at)),
    )


def present(day: str, who: object, at: datetime) -> str:
    """The subject of someone's signing in before the opening."""
    return f"{day}/{who}/{moment(at.astimezone(UTC))}"


def folded(site_id: UUID) -> list[Found]:
    """Where the live state, ended visits or the standing order differ from a fold of the journal's entries."""
    fold = Fold(site_id)
    for seen in read_through(site_id):
        try:
            fold.walk(seen)
        except Exception as error:  # whatever a forged body provokes is a fault, never a crash
            words = f"读不懂：{type(error).__name__}"
            fold.found.append(Found(f"第 {seen.seq} 条", words, seen.seq, PAGE))
    return fold.results()
