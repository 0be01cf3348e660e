"""Whether what is stored of the gates and its replay are one: every event decided again in true time, by the figures of then."""

from collections.abc import Iterator
from uuid import UUID

from yingbin.people.policy_rows import Plain

from . import gatehouse
from .gate_again import Again
from .models import GateClash, GateEvent, VisitorPass

# What of an answer is told by the whole site at that moment and compared elsewhere, or not stored by the rules alone.
_ELSEWHERE = frozenset({"off_line", "on_site", "balance", "conflicts", "expected", "not_returned"})


class GatesReplayed:
    """The gates of a site that live their whole life again; a visit is known from its first event to its last."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.again = Again(gatehouse.devices_of(site_id), ())
        self.passes: dict[str, list[VisitorPass]] = {}
        self.issued: dict[str, int] = {}
        for row in VisitorPass.objects.filter(site_id=site_id).order_by("number"):
            self.passes.setdefault(str(row.visit_id), []).append(row)
            self.issued[str(row.number)] = row.seq

    def faults(self) -> Iterator[str]:
        """Every way in which the stored gates and their replay aren't one, in words."""
        rows = GateEvent.objects.filter(site_id=self.site_id).order_by("at", "number")
        first, last = self._spans(rows.values_list("number", "visit_id", "context"))
        for row in rows.select_related("visitor_pass", "device__gate").iterator():
            for visit in first.pop(row.number, ()):
                self.again.know(self.passes.get(visit, ()))
            yield from self._event(row)
            for visit in last.pop(row.number, ()):
                yield from self._end(visit)
        touched = set(
            GateEvent.objects.filter(site_id=self.site_id).values_list("visit_id", flat=True)
        )
        for visit, passes in self.passes.items():
            if UUID(visit) not in touched:
                self.again.know(passes)
                yield from self._end(visit)
        yield from self._clashes()

    def _spans(self, told: object) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """Which visits begin and which end with an event."""
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for number, visit, context in told:  # type: ignore[attr-defined]
            named = {*context.get("headcounts", {}), *([str(visit)] if visit else [])}
            for one in named:
                first.setdefault(one, number)
                last[one] = number
        return _by_number(first), _by_number(last)

    def _event(self, row: GateEvent) -> Iterator[str]:
        said, which = self._said(row), f"第 {row.number} 条（{row.event}）"
        if (said["code"], said["clause"] or "") != (row.code, row.clause):
            yield f"{which}：存的是 {row.code}，重放是 {said['code']}"
            return
        if said["because"] != row.because:
            yield f"{which}：判定的话，存的和重放的不一样"
        for name, value in row.answer.items():
            if name not in _ELSEWHERE and said.get(name) != value:
                yield f"{which}：{name}，存的和重放的不一样"
        yield from self._of_the_site(row, said, which)

    def _said(self, row: GateEvent) -> Plain:
        """What the rules say of it now; an evening counts only the passes that were issued by then."""
        held = self.again.day.site.passes
        later = {name: one for name, one in held.items() if self.issued[name] > row.seq}
        if row.event != "day_end" or not later:
            return self.again.take(row)
        for name in later:
            del held[name]
        said = self.again.take(row)
        held.update(later)
        return said

    def _of_the_site(self, row: GateEvent, said: Plain, which: str) -> Iterator[str]:
        """What an event says of all that are here."""
        for name in ("on_site", "balance", "expected"):
            kept, again = row.answer.get(name), said.get(name)
            if isinstance(kept, dict) and isinstance(again, dict):
                own = {visit: again.get(visit) for visit in kept}
                if own != kept:
                    yield f"{which}：{name}，存的和重放的不一样"
        if sorted(row.answer.get("not_returned", ())) != sorted(_texts(said.get("not_returned"))):
            yield f"{which}：没有交还的，存的和重放的不一样"
        if row.event == "online":
            again_ = [(scan.number, code) for scan, code, _ in self.again.clashes(said)]
            kept_ = [(c["scan"], c["code"]) for c in row.answer["conflicts"]]
            refused = {r.number for r in self.again.rows if r.code and not r.is_allowed}
            if again_ != [pair for pair in kept_ if pair[0] not in refused]:
                yield f"{which}：对不上的记录，存的和重放的不一样"

    def _end(self, visit: str) -> Iterator[str]:
        """A visit's passes as they stand, after its last event."""
        rows = self.passes.get(visit, [])
        stored = gatehouse.shelf(rows)
        for row in rows:
            name, held = str(row.number), self.again.day.site.passes.get(str(row.number))
            if held is None:
                yield f"{row}：重放里没有"
                continue
            fates = {one.number: one.fate for one in stored.revisions.get(name, ())}
            if fates != {number: held.fate(number) for number in held.revisions}:
                yield f"{row}：去向，存的和重放的不一样"
            kept = sorted((p.zone, p.persons) for p in stored.places.get(name, ()))
            there = gatehouse.persons_there(self.again.day.site.places, name)
            if kept != sorted(there):
                yield f"{row}：谁在哪里，存的和重放的不一样"
        self.again.forget(str(row.number) for row in rows)

    def _clashes(self) -> Iterator[str]:
        rows = GateClash.objects.filter(site_id=self.site_id).select_related("scan", "merge")
        kept = {(one.merge.number, one.scan.number, one.code) for one in rows}
        merges = GateEvent.objects.filter(site_id=self.site_id, event="online")
        told = {
            (number, c["scan"], c["code"])
            for number, answer in merges.values_list("number", "answer")
            for c in answer["conflicts"]
        }
        if kept != told:
            yield f"对不上的记录：存了 {len(kept)} 条，判定里有 {len(told)} 条"


def _by_number(told: dict[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for visit, number in told.items():
        found.setdefault(number, []).append(visit)
    return found


def _texts(told: object) -> list[str]:
    return list(map(str, told)) if isinstance(told, list) else []
