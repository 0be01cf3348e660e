"""A stretch of days at the gates as a file of the contract, with names for ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yingbin.people.calendar import span
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import names_of
from yingbin.rules.times import written

from . import gatehouse
from .actions.keeping import says
from .gate_again import in_true_time
from .models import GateEvent, PassRevision, TourVisit

_PEOPLE = ("by", "escort", "leader")


@dataclass(frozen=True)
class GatesExported:
    """The file, and what its reader should know."""

    file: Plain
    remarks: tuple[str, ...] = ()


def exported(site_id: UUID, first: date, last: date) -> GatesExported | None:
    """All that happened in these days, with the whole lives of the visits it was about; None where nothing did."""
    rows = _rows(site_id, first, last)
    if not rows:
        return None
    visits = {one for row in rows for one in (*row.context["headcounts"], row.visit_id) if one}
    passes = PassRevision.objects.filter(site_id=site_id, number=1, visitor_pass__visit__in=visits)
    firsts = list(passes.select_related("visitor_pass__visit").order_by("seq"))
    names = _Names(site_id, rows, firsts)
    heads: dict[str, int] = {
        str(one.visitor_pass.visit_id): one.visitor_pass.visit.headcount for one in firsts
    }
    for row in rows:
        heads |= row.context["headcounts"]
    file: Plain = {
        "policy": rows[-1].context["policy"],
        "visits": {names.of(visit): most for visit, most in heads.items()},
        "passes": [names.first(one) for one in firsts],
        "gates": names.gates(),
        "supervisors": sorted({names.of(r.by) for r in rows if "supervise" in r.context["may"]}),
        "security": sorted({names.of(r.by) for r in rows if "security" in r.context["may"]}),
        "events": [names.event(row) for row in rows],
    }
    return GatesExported(file, tuple(_remarks(rows)))


def _rows(site_id: UUID, first: date, last: date) -> list[GateEvent]:
    """The events of these days, and of their visits all the others."""
    begin, end = span(first, last)
    events = GateEvent.objects.filter(site_id=site_id).select_related("visitor_pass", "device")
    of_days = list(events.filter(at__range=(begin, end)))
    if not of_days:
        return []
    visits = {one for row in of_days for one in (*row.context["headcounts"], row.visit_id) if one}
    since = min(row.at for row in of_days)
    lines = Q(event__in=["offline", "online", "roll_start", "roll_end"])
    own = events.filter(Q(visit__in=visits) | lines & Q(at__gte=since))
    found = {row.number: row for row in (*of_days, *own.filter(at__lte=end))}
    return in_true_time(found.values())


def _remarks(rows: list[GateEvent]) -> Iterable[str]:
    """Where figures changed in between, one file can't have those of every moment."""
    if any(row.context["policy"] != rows[-1].context["policy"] for row in rows):
        yield "这段时间里门岗的规定改过，文件写的是最后一次的；逐条按当时的规定核对请用 gate check。"
    seen: dict[str, int] = {}
    changed = {
        visit
        for row in rows
        for visit, most in row.context["headcounts"].items()
        if seen.setdefault(visit, most) != most
    }
    if changed:
        yield f"有 {len(changed)} 次来访的批准人数改过，文件写的是最后的人数。"
    by = {row.by for row in rows if row.event == "admit" and "supervise" not in row.context["may"]}
    if by & {row.by for row in rows if "supervise" in row.context["may"]}:
        yield "有人在这段时间里才成为门岗主管，文件里从头就是。"


class _Names:
    """Names for ids; nobody is called like somebody else."""

    def __init__(self, site_id: UUID, rows: list[GateEvent], firsts: list[PassRevision]) -> None:
        devices = gatehouse.devices_of(site_id)
        people = {row.by for row in rows if row.by} | {one.escort for one in firsts}
        people |= {
            UUID(str(row.fields[n]))
            for row in rows
            for n in ("escort", "leader")
            if n in row.fields
        }
        visits = {one.visitor_pass.visit_id for one in firsts} | {row.visit_id for row in rows}
        told = dict(names_of(people))
        told |= {str(one.id): str(one) for one in devices}
        named = TourVisit.objects.filter(site_id=site_id, id__in={v for v in visits if v})
        told |= {str(one.id): one.said for one in named}
        self.names, self.devices = _distinct(told), devices

    def of(self, value: object) -> str:
        """The name of somebody or something; the clock for what nobody of the staff did."""
        return self.names.get(str(value), str(value)) if value else "系统"

    def first(self, row: PassRevision) -> Plain:
        """A pass as the file brings it."""
        told = says(gatehouse.revision_of(row))
        held = row.visitor_pass
        return {
            "pass": str(held.number),
            "visit": self.of(held.visit_id),
            **told,
            "escort": self.of(row.escort),
        }

    def gates(self) -> list[Plain]:
        """Every device, as a gate of its own."""
        return [
            {"gate": self.of(one.id), "areas": one.gate.areas, "site": one.gate.on_site}
            for one in self.devices
        ]

    def event(self, row: GateEvent) -> Plain:
        """One event of the file."""
        told = gatehouse.event_of(row)
        fields: Plain = {"at": written(row.at), "event": row.event, **told.fields}
        for name in (*_PEOPLE, "gate", "visit"):
            if name in fields:
                fields[name] = self.of(fields[name] if fields[name] != gatehouse.CLOCK else None)
        return fields


def _distinct(told: dict[str, str]) -> dict[str, str]:
    """The same names, a number behind those that are taken."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in sorted(told.items()):
        own = next(n for n in (name, *(f"{name}{i}" for i in range(2, 10_000))) if n not in taken)
        found[key] = own
        taken.add(own)
    return found
