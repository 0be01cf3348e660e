"""A stretch of days of a house as a file of the contract of visits, with names for ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.people.calendar import span
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import names_of
from yingbin.rules.times import written

from . import folding
from .models import TourEvent, TourVisit
from .names import DEPARTMENTS, departments_of
from .office import standing

_PEOPLE = ("by", "who", "escort", "asked_by", "applied_by")


@dataclass(frozen=True)
class Exported:
    """The file, and what its reader should know."""

    file: Plain
    remarks: tuple[str, ...] = ()


def exported(site_id: UUID, first: date, last: date) -> Exported | None:
    """The whole lives of the visits something happened to in these days, with all they lived beside; None for none."""
    moved = TourEvent.objects.filter(site_id=site_id, at__range=span(first, last))
    ids = _beside(site_id, set(moved.values_list("visit_id", flat=True)))
    rows = list(
        TourEvent.objects.filter(visit__in=ids).select_related("visit", "office").order_by("seq")
    )
    if not rows:
        return None
    office, names = rows[-1].office, _Names(site_id, rows)
    company = names.company(office.company)
    company["souvenirs"] = max(0, standing(office).company.souvenirs - _taken(site_id, ids))
    file: Plain = {
        "packs": office.packs,
        "company": company,
        "events": [names.event(row) for row in rows if row.event != folding.CLOCK],
        "until": written(max(row.visit.moved_at for row in rows).replace(microsecond=0)),
    }
    return Exported(file, tuple(_remarks(rows)))


def _taken(site_id: UUID, ids: set[UUID]) -> int:
    """Souvenirs that other visits took with them."""
    rows = TourVisit.objects.filter(site_id=site_id, souvenirs__gt=0).exclude(id__in=ids)
    return sum(rows.values_list("souvenirs", flat=True))


def _beside(site_id: UUID, ids: set[UUID]) -> set[UUID]:
    """These visits and all that went on at the same time as one of them, and so on: a decision may look at each."""
    lives = list(
        TourVisit.objects.filter(site_id=site_id).values_list(
            "id", "opened_at", "moved_at", "ends_at"
        )
    )
    spans = {one: (opened, max(moved, ends)) for one, opened, moved, ends in lives}
    while True:
        known = [spans[one] for one in ids]
        begin = min((a for a, _ in known), default=None)
        end = max((b for _, b in known), default=None)
        if begin is None or end is None:
            return ids
        found = {one for one, (a, b) in spans.items() if a <= end and b >= begin}
        if found == ids:
            return ids
        ids = found


def _remarks(rows: list[TourEvent]) -> Iterable[str]:
    """Where people, areas or rules changed in between, one file can't be the house of every moment."""
    offices = {row.office.version: row.office for row in rows}
    if len(offices) > 1:
        last = max(offices)
        when = "、".join(
            written(one.at)[:16] for v, one in sorted(offices.items()) if v != min(offices)
        )
        yield (
            f"这段时间里人员、部门或规定改过 {len(offices) - 1} 次（{when}）。文件写的是最后一版（第 {last} 版），"
            "之前的决定重放时可能不同；逐件按当时的规定核对请用 tours check。"
        )
    if any(row.fields.get(folding.WORDS) and not row.words for row in rows):
        yield "有些话已按本人要求删除，文件里写作“已删除”。"


class _Names:
    """Names for ids; nobody is called like somebody else."""

    def __init__(self, site_id: UUID, rows: list[TourEvent]) -> None:
        own = departments_of(site_id)
        told = {key: name for key, name in own.items() if key not in DEPARTMENTS}
        people = {UUID(one) for row in rows for one in _ids(row.fields) if one not in own}
        people |= {UUID(one) for row in rows for one in _ids(row.office.company) if one not in own}
        self.people = _distinct(names_of(people))
        self.departments = _distinct(told)

    def named(self, value: object) -> object:
        """The name of somebody."""
        return self.people.get(str(value), value) if isinstance(value, str) else value

    def event(self, row: TourEvent) -> Plain:
        """One event of the file."""
        fields = folding.raw_of(row)
        fields |= {name: self.named(fields[name]) for name in _PEOPLE if name in fields}
        if "department" in fields:
            fields["department"] = self._department(fields["department"])
        return fields

    def company(self, told: Mapping[str, object]) -> Plain:
        """The company with names."""
        departments, areas = told["departments"], told["areas"]
        assert isinstance(departments, dict)
        assert isinstance(areas, dict)
        return {
            **told,
            "departments": {self._department(d): self._all(own) for d, own in departments.items()},
            "approvers": self._all(told["approvers"]),
            "seniors": self._all(told["seniors"]),
            "areas": {
                name: {**one, "department": self._department(one["department"])}
                for name, one in areas.items()
            },
        }

    def _department(self, key: object) -> str:
        return self.departments.get(str(key), str(key))

    def _all(self, ids: object) -> list[object]:
        assert isinstance(ids, list)
        return [self.named(one) for one in ids]


def _ids(told: object) -> Iterable[str]:
    """Every id in a body."""
    if isinstance(told, str):
        if _is_id(told):
            yield told
    elif isinstance(told, list):
        for one in told:
            yield from _ids(one)
    elif isinstance(told, dict):
        for key, one in told.items():
            yield from _ids(key)
            yield from _ids(one)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _distinct(told: Mapping[str, str]) -> dict[str, str]:
    """The same names, a number behind those that are taken."""
    found: dict[str, str] = {}
    taken: set[str] = set(DEPARTMENTS)
    for key, name in sorted(told.items()):
        own = next(n for n in (name, *(f"{name}{i}" for i in range(2, 10_000))) if n not in taken)
        found[key] = own
        taken.add(own)
    return found
