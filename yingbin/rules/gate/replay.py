"""A whole day at the gates folded event by event: every scan judged, every warning, the balance in the evening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from ..times import written
from .gatefile import Event, GateFile, read_gates
from .judging import CLAUSES, WORDS, Scan
from .passes import Pass
from .site import Breach, OffLine, Roll, Site

Said = dict[str, object]
Due = tuple[datetime, Callable[[datetime], None]]


class GateRefusal(Exception):
    """The rules refuse an event that is no scan."""

    def __init__(self, code: str, because: str) -> None:
        super().__init__(code)
        self.code, self.because = code, because


class GateDay:
    """A site and its decisions; `happen` and `run` bring it on."""

    def __init__(self, file: GateFile) -> None:
        self.file, self.site = file, Site(file)
        self.decisions: list[Said] = []
        self._answers: dict[tuple[str, str], Said] = {}
        self._tested: set[tuple[str, int]] = set()
        self._verbs: dict[str, Callable[[int, Event], Said]] = {
            "offline": self._offline,
            "online": self._online,
            "revoke": self._revoke,
            "lost": self._lost,
            "returned": self._returned,
            "reissue": self._reissue,
            "breach": self._breach,
            "confirm": self._confirm,
            "roll_start": self._roll_start,
            "roll_mark": self._roll_mark,
            "roll_end": self._roll_end,
            "day_end": self._day_end,
        }

    def happen(self, number: int, event: Event) -> None:
        """The clock runs up to the event; then it is decided."""
        self.run(event.at)
        head: Said = {"event": number, "at": written(event.at)}
        if event.kind in ("scan", "admit"):
            self.decisions.append({**head, **self._scan(number, event)})
            return
        clause = None if event.kind == "offline" or event.kind.startswith("roll_") else "CV-4.1"
        clause = "CV-4.2" if event.kind in ("breach", "confirm") else clause
        try:
            said = self._verbs[event.kind](number, event)
            self.decisions.append({**head, "clause": clause, "code": "ok", **said})
        except GateRefusal as no:
            clause = None if no.code == "online_already" else clause
            refusal: Said = {"code": no.code, "because": no.because, "refused": True}
            self.decisions.append({**head, "clause": clause, **refusal})

    # Scans and admissions

    def _scan(self, number: int, event: Event) -> Said:
        nonce = event.fields.get("nonce")
        mark = (event.text("gate"), str(nonce))
        if nonce is not None and mark in self._answers:
            return {**self._answers[mark], "repeat": True}
        held = self.site.passes.get(event.text("pass"))
        gate = self.site.gates[event.text("gate")]
        scan = Scan(number, event, gate, held, strict=event.kind == "scan")
        answer = self._judged(scan)
        if nonce is not None:
            self._answers[mark] = answer
        return answer

    def _judged(self, scan: Scan) -> Said:
        site, event = self.site, scan.event
        view = site.view(scan.gate.name)
        code = self.site.judge.code(scan, view)
        if not scan.strict and event.text("by") not in self.file.supervisors:
            code = "not_supervisor"
        allowed = code in ("ok", "not_in")
        site.codes[scan.number] = {code}
        if allowed:
            site.let_through(scan)
        held, off = scan.held, site.off_line.get(scan.gate.name)
        said: Said = {
            "code": code,
            "clause": CLAUSES[code],
            "because": f"{event.text('pass')}：{WORDS[code]}。",
            "gate": scan.gate.name,
            "pass": event.text("pass"),
            "visit": held.visit if held else None,
            "result": "allow" if allowed else "refuse",
            "offline": off is not None,
            "repeat": False,
            "in_pass": view.places.on_site(held.name) if held else None,
            "in_visit": site.of_visit(view.places, held.visit) if held else None,
        }
        if off is not None:
            said["list_age"] = (event.device - off.listed) // timedelta(minutes=1)
        if allowed and scan.inward and scan.revision is not None:
            said |= {"escort": scan.revision.escort, "photo": scan.revision.photo}
        return said

    # Lines

    def _offline(self, number: int, event: Event) -> Said:
        name = event.text("gate")
        if name in self.site.off_line:
            raise GateRefusal("offline_already", f"{name}已经断线，不用再记。")
        listed = event.at - timedelta(minutes=event.number("list_age"))
        self.site.off_line[name] = OffLine(number, event.at, listed, self.site.places.copy())
        return {"gate": name, "because": f"{name}断线，按手里的名单自行判断。"}

    def _online(self, number: int, event: Event) -> Said:
        name = event.text("gate")
        if name not in self.site.off_line:
            raise GateRefusal("online_already", f"{name}没有断线。")
        merged, conflicts = self.site.merge(name)
        words = f"，其中{len(conflicts)}条与联网时的判断不同，请核对" if conflicts else ""
        return {
            "gate": name,
            "merged": merged,
            "conflicts": [{"scan": c.scan, "code": c.code, "with": c.beside} for c in conflicts],
            "because": f"{name}恢复联网，并入{merged}条放行记录{words}。",
        }

    # Passes

    def _pass(self, event: Event) -> Pass:
        held = self.site.passes.get(event.text("pass"))
        if held is None:
            raise GateRefusal("unknown_pass", f"没有{event.text('pass')}这张参观证，请核对编号。")
        return held

    def _outstanding(self, event: Event, *also: str) -> Pass:
        held = self._pass(event)
        if held.fate() not in ("outstanding", *also):
            became = {"void": "作废", "lost": "挂失", "returned": "交还"}[held.fate()]
            raise GateRefusal("not_outstanding", f"{held.name}已经{became}，不用再办。")
        return held

    def _said_of(self, held: Pass, words: str) -> Said:
        return {
            "pass": held.name,
            "visit": held.visit,
            "in_pass": self.site.places.on_site(held.name),
            "because": f"{held.name}{words}。",
        }

    def _revoke(self, number: int, event: Event) -> Said:
        held = self._outstanding(event)
        held.becomes(number, event.at, "void")
        return self._said_of(held, "已作废")

    def _lost(self, number: int, event: Event) -> Said:
        held = self._outstanding(event)
        held.becomes(number, event.at, "lost")
        return self._said_of(held, "已挂失")

    def _returned(self, number: int, event: Event) -> Said:
        held = self._outstanding(event, "lost")
        said = self._said_of(held, "已交还")
        held.becomes(number, event.at, "returned")
        self.site.happened[number] = held
        self.site.places.leave(held.name)
        return said

    def _reissue(self, number: int, event: Event) -> Said:
        held = self._pass(event)
        revision = held.reissue(number, event)
        return {**self._said_of(held, f"已换发第{revision}版"), "revision": revision}

    # Breaches and the roll call

    def _breach(self, number: int, event: Event) -> Said:
        name, leader = event.text("breach"), event.text("leader")
        self.site.breaches[name] = Breach(name, leader, event.text("by"))
        return {"breach": name, "because": f"{leader}未经批准带人参观，已报告，等安全部门确认。"}

    def _confirm(self, number: int, event: Event) -> Said:
        by, breach = event.text("by"), self.site.breaches.get(event.text("breach"))
        if breach is None:
            raise GateRefusal("unknown_breach", "没有这次违规报告，请核对编号。")
        if breach.confirmed_by is not None:
            raise GateRefusal("confirmed_already", f"{breach.confirmed_by}已经确认过。")
        if by not in self.file.security:
            raise GateRefusal("not_security", f"{by}不是安全部门的人，不能确认。")
        if by in (breach.by, breach.leader):
            raise GateRefusal("own_report", f"{by}是报告人或当事人，请由别人确认。")
        breach.confirmed_by = by
        return {"breach": breach.name, "because": f"{by}确认{breach.leader}违规带人参观。"}

    def _roll_start(self, number: int, event: Event) -> Said:
        if self.site.roll is not None:
            raise GateRefusal("running", "清点正在进行，不用再开始。")
        roll = Roll(number, bool(event.fields.get("drill", False)), self.site.expected())
        self.site.rolls.append(roll)
        return {
            "drill": roll.drill,
            "expected": dict(roll.expected),
            "off_line": [name for name in self.site.gates if name in self.site.off_line],
            "because": f"开始清点，应有{sum(roll.expected.values())}人在场。",
        }

    def _running(self) -> Roll:
        roll = self.site.roll
        if roll is None:
            raise GateRefusal("no_roll_call", "现在没有清点，请先开始清点。")
        return roll

    def _roll_mark(self, number: int, event: Event) -> Said:
        roll, visit = self._running(), event.text("visit")
        if visit not in self.file.visits:
            raise GateRefusal("not_listed", f"没有{visit}这次参访，请核对编号。")
        roll.safe[visit] = event.number("safe")
        missing = roll.missing(visit)
        return {"visit": visit, "missing": missing, "because": f"{visit}还差{missing}人。"}

    def _roll_end(self, number: int, event: Event) -> Said:
        roll = self._running()
        roll.ended = number
        missing = {v: roll.missing(v) for v in self.file.visits if roll.missing(v)}
        words = "人都找到了" if not missing else f"还差{sum(missing.values())}人"
        return {"missing": missing, "because": f"清点结束，{words}。"}

    def _day_end(self, number: int, event: Event) -> Said:
        found = self.site.reconciled()
        words = "都已交还" if not found["not_returned"] else "还有参观证没有交还，请追回"
        return {**found, "because": f"今日对账：参观证{words}。"}

    # The clock

    def run(self, upto: datetime) -> None:
        """Makes every clock record due up to and with a moment, the earliest first."""
        while due := [*self._overstays(upto), *self._old_lists(upto)]:
            at, record = min(due, key=lambda one: one[0])  # of one moment: passes, then gates
            record(at)

    def _overstays(self, upto: datetime) -> list[Due]:
        grace = timedelta(minutes=self.file.policy.grace_minutes)
        found: list[Due] = []
        for held in self.site.passes.values():
            number = held.current
            moment, issued = held.revisions[number].end + grace, held.issued[number]
            too_late = issued >= 0 and moment <= self.file.events[issued].at
            if moment <= upto and not too_late and (held.name, number) not in self._tested:
                found.append((moment, partial(self._overstay, held)))
        return found

    def _overstay(self, held: Pass, at: datetime) -> None:
        self._tested.add((held.name, held.current))
        persons, revision = self.site.places.on_site(held.name), held.revisions[held.current]
        if persons:
            words = f"{held.name}的参观时间已过，还有{persons}人在场，请{revision.escort}带出。"
            self._warn(
                at,
                "overstay",
                words,
                visit=held.visit,
                persons=persons,
                to=revision.escort,
                **{"pass": held.name},
            )

    def _old_lists(self, upto: datetime) -> list[Due]:
        limit = timedelta(minutes=self.file.policy.list_minutes)
        found: list[Due] = []
        for name in self.site.gates:
            off = self.site.off_line.get(name)
            if off is not None and not off.warned:
                moment = max(off.listed + limit, off.since)
                if moment <= upto:
                    found.append((moment, partial(self._old_list, name)))
        return found

    def _old_list(self, name: str, at: datetime) -> None:
        self.site.off_line[name].warned = True
        words = f"{name}断线太久，名单过旧，不再放行，请尽快恢复联网。"
        self._warn(at, "list_old", words, gate=name, to="security")

    def _warn(self, at: datetime, warning: str, because: str, **more: object) -> None:
        head: Said = {"event": None, "at": written(at), "warning": warning, "clause": "CV-4.1"}
        self.decisions.append({**head, "because": because, **more})


def replay(raw: object) -> Said:
    """Every decision of a parsed file and how things stand at its end. Raises Malformed."""
    file = read_gates(raw)
    day = GateDay(file)
    for number, event in enumerate(file.events):
        day.happen(number, event)
    end = file.until or (file.events[-1].at if file.events else None)
    if end is not None:
        day.run(end)
    return {
        "decisions": day.decisions,
        "breaches": [
            {"breach": b.name, "leader": b.leader, "by": b.by, "confirmed_by": b.confirmed_by}
            for b in day.site.breaches.values()
        ],
        **day.site.reconciled(),
    }
