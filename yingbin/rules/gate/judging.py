"""Allow or refuse: one scan or admission, in the order of the contract's table, the first that fails (CV-4.1, CV-4.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .gatefile import Event, Gate, GatePolicy, Revision
from .passes import Knowledge, Pass
from .places import Places

CLAUSES: dict[str, str | None] = {
    "roll_call": None,
    **dict.fromkeys(("clock_off", "list_old", "too_early", "too_late", "already_in"), "CV-4.1"),
    **dict.fromkeys(("not_supervisor", "ok", "not_in"), "CV-4.1"),
    **dict.fromkeys(("unknown_pass", "old_revision", "void", "lost", "returned"), "CV-4.2"),
    **dict.fromkeys(("wrong_area", "wrong_escort", "over_headcount"), "CV-4.2"),
}
WORDS = {
    "ok": "可以通行",
    "not_in": "系统里人数对不上，先放行，请核对",
    "roll_call": "正在清点人数，暂停进入，请稍候",
    "clock_off": "门岗设备的时间不准，请校准后再试",
    "list_old": "门岗断线太久，名单过旧，请联网后再试或请值班队长放行",
    "unknown_pass": "没有这张参观证，请到接待处查询",
    "old_revision": "这张参观证已经换发，请出示新证",
    "void": "这张参观证已经作废，请到接待处办理",
    "lost": "这张参观证已经挂失，请到接待处办理",
    "returned": "这张参观证已经交还，请到接待处办理",
    "too_early": "还没有到参观时间，请稍候",
    "too_late": "参观时间已过，请联系陪同人员",
    "wrong_area": "这张参观证不含这个区域",
    "wrong_escort": "陪同人员不是证上的人，请由证上的陪同人员带领",
    "already_in": "这张参观证的人数不够：算上已经进去的，超过了证上的人数",
    "over_headcount": "超过批准的参观人数，请联系接待处",
    "not_supervisor": "只有值班队长可以特准放行",
}


@dataclass(frozen=True)
class View:
    """What whoever decides sees at that moment; listed: the time of an off-line gate's list, None on line."""

    places: Places
    knows: Callable[[Pass], Knowledge]
    listed: datetime | None
    roll_call: bool


@dataclass(frozen=True)
class Scan:
    """One scan or admission: where, which pass and revision, how many; `strict` for a scan, not for an admission."""

    number: int
    event: Event
    gate: Gate
    held: Pass | None
    strict: bool

    @property
    def inward(self) -> bool:
        """Whether it leads in."""
        return not self.strict or self.event.text("direction") == "in"

    @property
    def count(self) -> int:
        """Persons going through."""
        return self.event.number("count", 1)

    @property
    def revision(self) -> Revision | None:
        """What the pass presented says; None for one that was never issued."""
        number = self.event.number("revision")
        if self.held is None or number not in self.held.revisions:
            return None
        return self.held.revisions[number] if self.held.issued[number] < self.number else None


@dataclass(frozen=True)
class Judge:
    """The rules with the numbers of a site; of_visit: persons of a visit on site, by its passes."""

    policy: GatePolicy
    headcounts: dict[str, int]
    of_visit: Callable[[Places, str], int]

    def code(self, scan: Scan, view: View) -> str:
        """`ok`, or the first reason why not; out: `ok` or `not_in`, nobody is kept in."""
        if scan.inward:
            return next(self._in(scan, view), "ok")
        if scan.held is None or scan.revision is None:
            return "unknown_pass"
        if view.listed is None and _missing(scan, view.places):
            return "not_in"
        return "ok"

    def _in(self, scan: Scan, view: View) -> Iterator[str]:
        if view.listed is None and view.roll_call:
            yield "roll_call"
        if scan.strict:
            yield from self._of_device(scan, view)
        if scan.held is None or scan.revision is None:
            yield "unknown_pass"
            return
        known, number = view.knows(scan.held), scan.event.number("revision")
        if known.latest() > number:
            yield "old_revision"
        if known.fate(number) != "outstanding":
            yield known.fate(number)
        yield from self._of_revision(scan, scan.revision, view)
        yield from self._of_persons(scan, scan.held, scan.revision, view.places)

    def _of_device(self, scan: Scan, view: View) -> Iterator[str]:
        device, minute = scan.event.device, timedelta(minutes=1)
        if view.listed is None and abs(device - scan.event.at) > self.policy.clock_minutes * minute:
            yield "clock_off"
        if view.listed is not None and device - view.listed > self.policy.list_minutes * minute:
            yield "list_old"

    def _of_revision(self, scan: Scan, revision: Revision, view: View) -> Iterator[str]:
        now = scan.event.at if view.listed is None else scan.event.device
        if scan.strict and now < revision.start - timedelta(minutes=self.policy.early_minutes):
            yield "too_early"
        if scan.strict and now >= revision.end:
            yield "too_late"
        if not scan.gate.areas <= revision.areas:
            yield "wrong_area"
        if scan.strict and scan.event.fields.get("led_by", revision.escort) != revision.escort:
            yield "wrong_escort"

    def _of_persons(
        self, scan: Scan, held: Pass, revision: Revision, places: Places
    ) -> Iterator[str]:
        name, gate, count = held.name, scan.gate, scan.count
        there = places.on_site(name) if gate.site else places.inside(name, gate.areas)
        if scan.strict and there + count > revision.persons:
            yield "already_in"
        more = places.from_outside(name, gate, count)
        if more and self.of_visit(places, held.visit) + more > self.headcounts[held.visit]:
            yield "over_headcount"


def _missing(scan: Scan, places: Places) -> bool:
    assert scan.held is not None
    name, gate = scan.held.name, scan.gate
    there = places.on_site(name) if gate.site else places.inside(name, gate.areas)
    return there < scan.count


def moved(places: Places, scan: Scan) -> None:
    """What was let through has happened."""
    assert scan.held is not None
    if scan.inward:
        places.go_in(scan.held.name, scan.gate, scan.count)
    else:
        places.go_out(scan.held.name, scan.gate, scan.count)
