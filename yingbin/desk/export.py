"""A stretch of days of a desk as a file of the replay contract, with names for ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yingbin.matters.models import MatterStep
from yingbin.people.calendar import span
from yingbin.people.models import Department
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import names_of
from yingbin.rules import matters as steps
from yingbin.rules.times import written

from . import folding
from .models import DeskEvent, DeskMatter, DeskOffice

_PEOPLE = ("by", "to", "approved_by")


@dataclass(frozen=True)
class Exported:
    """The file, and what its reader should know."""

    file: Plain
    remarks: tuple[str, ...] = ()


def exported(site_id: UUID, first: date, last: date) -> Exported | None:
    """The whole lives of the matters that moved in these days, with those they are decided beside; None for no matter."""
    begin, end = span(first, last)
    moved = DeskEvent.objects.filter(site_id=site_id, at__range=(begin, end))
    ids = _with_neighbours(site_id, set(moved.values_list("matter_id", flat=True)))
    rows = list(
        DeskEvent.objects.filter(matter__in=ids).select_related("matter", "office").order_by("seq")
    )
    if not rows:
        return None
    office = rows[-1].office
    names = _Names(site_id, office, rows)
    file: Plain = {
        "calendar": office.calendar,
        "people": names.people(office.people),
        "policy": names.policy(office.policy),
        "events": [names.event(row) for row in rows],
        "until": written(_until(rows, ids)),
    }
    return Exported(file, tuple(_remarks(rows)))


def _with_neighbours(site_id: UUID, ids: set[UUID]) -> set[UUID]:
    """These matters, the twins they are said to have, and for complaints those of the same home and subject."""
    while True:
        rows = DeskMatter.objects.filter(id__in=ids)
        places = set(rows.filter(_ever_complaints()).values_list("home", "subject"))
        beside = Q(pk__in=[])
        for home, subject in places:
            beside |= Q(home=home, subject=subject)
        told = DeskEvent.objects.filter(matter__in=ids, event="cancel", fields__has_key="of")
        twins = [one for one in told.values_list("fields__of", flat=True) if _is_id(one)]
        wider = DeskMatter.objects.filter(beside | Q(matter_id__in=twins), site_id=site_id)
        found = ids | set(wider.values_list("id", flat=True))
        if found == ids:
            return ids
        ids = found


def _ever_complaints() -> Q:
    """Matters that were recorded as a complaint, or made one."""
    made = DeskEvent.objects.filter(fields__kind="complaint").values("matter_id")
    return Q(id__in=made)


def _is_id(text: object) -> bool:
    try:
        return bool(UUID(str(text)))
    except ValueError:
        return False


def _until(rows: list[DeskEvent], ids: set[UUID]) -> datetime:
    """The last moment at which something is known of these matters."""
    marks = MatterStep.objects.filter(matter__desk__in=ids, verb__in=steps.BY_CLOCK)
    last = marks.order_by("-at").values_list("at", flat=True).first()
    return max(rows[-1].at, last or rows[-1].at)


def _remarks(rows: list[DeskEvent]) -> Iterable[str]:
    """Where people, limits or hours changed in between, one file can't be the office of every moment."""
    offices = {row.office.version: row.office for row in rows}
    if len(offices) > 1:
        last = max(offices)
        when = "、".join(
            written(one.at)[:16] for v, one in sorted(offices.items()) if v != min(offices)
        )
        yield (
            f"这段时间里人员、时限或日历改过 {len(offices) - 1} 次（{when}）。文件写的是最后一版（第 {last} 版），"
            "之前的决定重放时可能不同；逐件按当时的规定核对请用 desk check。"
        )
    if any(row.fields.get(folding.WORDS) and not row.words for row in rows):
        yield "有些话已按本人要求删除，文件里写作“已删除”。"


class _Names:
    """Names for ids; nobody is called like somebody else."""

    def __init__(self, site_id: UUID, office: DeskOffice, rows: list[DeskEvent]) -> None:
        people = {str(row.by) for row in rows} | {str(row.fields.get("to", "")) for row in rows}
        people |= set(_people_of(office.people))
        departments = {one for one in people if one.startswith("department:")}
        departments |= set(office.people["departments"])
        ids = [UUID(one) for one in people if _is_id(one)]
        told = {str(k): v for k, v in names_of(ids).items()}
        own = Department.objects.filter(site_id=site_id, id__in=[d[11:] for d in departments])
        told |= {f"department:{one.id}": one.name for one in own}
        homes = {row.matter.home: row.matter.place for row in rows}
        self.names, self.homes = _distinct(told), _distinct(homes)

    def named(self, value: object) -> object:
        """The name of somebody or of a department."""
        return self.names.get(str(value), value) if isinstance(value, str) else value

    def event(self, row: DeskEvent) -> Plain:
        """One event of the file."""
        fields = dict(folding.event_of(row).fields)
        fields |= {name: self.named(fields[name]) for name in _PEOPLE if name in fields}
        if "home" in fields:
            fields["home"] = self.homes[str(fields["home"])]
        return fields

    def people(self, told: Mapping[str, object]) -> Plain:
        """The office's people."""
        departments = told["departments"]
        assert isinstance(departments, dict)
        return {
            "clerks": self._all(told["clerks"]),
            "guards": self._all(told["guards"]),
            "supervisor": self.named(told["supervisor"]),
            "manager": self.named(told["manager"]),
            "departments": {
                self.names.get(d, d): {"head": self.named(own["head"]), "members": self._all(own["members"])}
                for d, own in departments.items()
            },
        }  # fmt: skip

    def policy(self, told: Mapping[str, object]) -> Plain:
        """The office's policy."""
        scope = told.get("scope")
        if not isinstance(scope, dict):
            return dict(told)
        return {**told, "scope": {subject: self._all(own) for subject, own in scope.items()}}

    def _all(self, ids: object) -> list[object]:
        assert isinstance(ids, list)
        return [self.named(one) for one in ids]


def _people_of(told: Mapping[str, object]) -> Iterable[str]:
    for value in told.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from map(str, value)
        elif isinstance(value, dict):
            yield from _people_of(value)


def _distinct(told: Mapping[str, str]) -> dict[str, str]:
    """The same names, a number behind those that are taken."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in sorted(told.items()):
        own = next(n for n in (name, *(f"{name}{i}" for i in range(2, 10_000))) if n not in taken)
        found[key] = own
        taken.add(own)
    return found
